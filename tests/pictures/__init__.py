"""The pictures of the README: what the app shows, key by key, with the sample data on the clock of the tests.

`python -m tests.pictures` makes them anew.
"""
