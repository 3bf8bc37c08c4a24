"""The files a user writes, and where all files are: paths, settings, keymap, scripts, questions, messages.

May import formats and domain. It reads YAML, but never the content of the state file.
"""
