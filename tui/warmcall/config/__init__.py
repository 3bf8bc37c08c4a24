"""What the user sets and writes: paths, settings, keymap, and the YAML of scripts, questions and messages.

May import formats and domain. Knows files; knows no state file.
"""
