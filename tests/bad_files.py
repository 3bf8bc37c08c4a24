"""State files that cannot be used, and what is said of each."""

from __future__ import annotations

BAD_FILES: dict[str, tuple[bytes, str]] = {
    "nothing in it": (b"", "the file is there but empty"),
    "nothing but zeros": (b"\x00" * 4096, "the file is there but empty"),
    "null": (b"null", "not the tables of a warmcall file"),
    "cut off": (
        b'{"meta": {"1": {"app": "warmcall", "sche',
        "line 1, column 36: it is not JSON from there on",
    ),
    "of another program": (b'{"people": {"1": {"name": "Ana"}}}', "not a warmcall file"),
    "no tables": (b'{"meta": [1, 2]}', "its “meta” is no table"),
    "not text": (b"\xff\xfe{}", "line 1, column 1: this byte is not UTF-8 text"),
    "deep": (b"[" * 100_000, "nested too deep"),
    "no number": (
        b'{"meta": {"1": {"app": "warmcall", "schema": NaN}}}',
        "its schema “nan” is not a version",
    ),
}

NEWER = b'{"meta": {"1": {"app": "warmcall", "schema": 99}}}'
"""A file written by a warmcall to come: it is read, and never written."""
