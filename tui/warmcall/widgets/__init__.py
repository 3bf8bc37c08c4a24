"""Generic parts of a screen: they show what they are given, and report what the user does in messages.

Know no service, no storage and no record.
"""
