"""Frozen records and pure functions: what warmcall knows, without a clock, a file or a screen.

May import the standard library and msgspec only.
"""
