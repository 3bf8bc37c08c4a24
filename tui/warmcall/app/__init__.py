"""The Textual app: one class, and the objects it owns for navigation, ticking, saving and signals.

May import everything but cli.
"""
