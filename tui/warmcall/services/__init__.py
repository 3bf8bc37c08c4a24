"""One verb, one change: what a key press or a command does to the store.

May import storage, config, formats and domain.
"""
