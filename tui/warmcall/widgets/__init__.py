"""Generic parts of a screen: they show what they are given, and report what the user does in messages.

May import Textual and the text rules of domain (`sanitize`, `text_merge`); know no service, no storage and
no record.
"""
