"""What makes the app good over SSH: drawing by differences, clipboard, signals, character sets.

May import config, domain and Textual; knows nothing of interviews. Only `textual_patches` touches what
Textual keeps private.
"""
