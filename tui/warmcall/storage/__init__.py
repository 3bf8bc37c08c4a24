"""The state file: read, changed by one writer, merged with other sessions' edits, backed up, migrated.

The only package that knows TinyDB. May import config, formats and domain.
"""
