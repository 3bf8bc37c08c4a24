"""State files that cannot be used, and what is said of each."""

from __future__ import annotations

BAD_FILES: dict[str, tuple[bytes, str]] = {
    "nothing in it": (b"", "the file is there but empty"),
    "nothing but zeros": (b"\x00" * 4096, "the file is there but empty"),
    "null": (b"null", "not the tables of a warmcall file"),
    "cut off": (b'{"meta": {"1": {"app": "warmcall", "sche', "it is not JSON from line 1"),
    "of another program": (b'{"people": {"1": {"name": "Ana"}}}', "not a warmcall file"),
    "no tables": (b'{"meta": [1, 2]}', "not the tables of a warmcall file"),
    "newer": (b'{"meta": {"1": {"app": "warmcall", "schema": 99}}}', "by a newer warmcall (schema 99"),
    "not text": (b"\xff\xfe{}", "byte 1 is not text"),
    "deep": (b"[" * 100_000, "nested too deep"),
    "no number": (b'{"meta": {"1": {"schema": NaN}}}', "a number that cannot be kept: NaN"),
}
