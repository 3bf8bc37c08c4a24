"""Generic pieces of a screen: they show what they are given and speak in messages.

Know no service, no storage and no record.
"""
