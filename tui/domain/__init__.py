"""Frozen records and pure functions: what warmcall knows, without a clock, a file or a screen."""
