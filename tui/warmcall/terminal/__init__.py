"""What makes the app good over SSH: drawing by differences, clipboard, signals, character sets.

Knows nothing of interviews. Only `textual_patches` touches what Textual keeps private.
"""
