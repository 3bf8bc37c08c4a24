"""State files that cannot be used, and what is said of each."""

from __future__ import annotations

import gzip

GOOD = b'{"meta": {"1": {"app": "warmcall", "schema": 2}}, "contacts": {"1": {"id": "a", "name": "A"}}}'
"""A file that can be read, though a contact in it cannot."""

NO_TABLES, NO_JSON, NO_TEXT = "not the tables of a warmcall file", "not JSON from there", "is not UTF-8 text"
NO_VERSION, TOO_DEEP = "is not a version", "nested too deep"


def of_schema(value: str) -> bytes:
    return GOOD.replace(b"2", value.encode("ascii"))


BAD_FILES: dict[str, tuple[bytes, str]] = {
    "nothing in it": (b"", "the file is there but empty"),
    "nothing but zeros": (b"\x00" * 4096, "the file is there but empty"),
    "cut off": (
        b'{"meta": {"1": {"app": "warmcall", "sche',
        "line 1, column 36: it is not JSON from there on",
    ),
    "deep": (b"[" * 100_000, TOO_DEEP),
    "nothing but spaces": (b"  \n\t ", "the file is there but empty"),
    "zeros after it": (GOOD + bytes(512), NO_JSON),
    "zeros before it": (bytes(512) + GOOD, NO_JSON),
    "a zero in it": (GOOD.replace(b"A", b"\0"), NO_JSON),
    "its last byte lost": (GOOD[:-1], NO_JSON),
    "twice in it": (GOOD + b"\n" + GOOD, "line 2, column 1: it is not JSON from there on"),
    "a merge conflict": (b"<<<<<<< ours\n" + GOOD + b"\n=======\n", "a merge conflict was left in it"),
    "a comma too many": (GOOD[:-1] + b",}", NO_JSON),
    "null": (b"null", NO_TABLES),
    "a number": (b"42", NO_TABLES),
    "a text": (b'"warmcall"', NO_TABLES),
    "a list": (b"[" + GOOD + b"]", NO_TABLES),
    "nothing in the braces": (b"{}", "not a warmcall file"),
    "of another program": (b'{"people": {"1": {"name": "Ana"}}}', "not a warmcall file"),
    "of another app": (GOOD.replace(b"warmcall", b"coldcall"), "not a warmcall file"),
    "no record in meta": (b'{"meta": {"1": 7}}', "not a warmcall file"),
    "no tables": (b'{"meta": [1, 2]}', "its “meta” is not a table"),
    "a list for a table": (GOOD[: GOOD.index(b'{"1": {"id"')] + b"[]}", "its “contacts” is not a table"),
    "not text": (b"\xff\xfe{}", "line 1, column 1: this byte is not UTF-8 text"),
    "latin-1": (GOOD.replace(b'"A"', b'"Zo\xe9"'), NO_TEXT),
    "utf-16": (GOOD.decode().encode("utf-16"), NO_TEXT),
    "utf-16 without a mark": (GOOD.decode().encode("utf-16-le"), NO_JSON),
    "half a character": (GOOD.replace(b'"A"', b'"\xed\xa0\x80"'), NO_TEXT),
    "a byte-order mark": (b"\xef\xbb\xbf" + GOOD, "a byte-order mark stands before the JSON"),
    "compressed": (gzip.compress(GOOD, mtime=0), NO_TEXT),
    "a program": (b"\x7fELF\x02\x01\x01" + bytes(60), NO_JSON),
    "a deep value": (GOOD.replace(b'"A"', b"[" * 100_000 + b"]" * 100_000), TOO_DEEP),
    "a number of 5,000 figures": (GOOD.replace(b'"A"', b"9" * 5000), "a number too long to be read"),
    "no version": (GOOD.replace(b"schema", b"shema"), "its schema “null” is not a version"),
    "no number for a version": (of_schema("NaN"), "its schema “NaN” is not a version"),
    "a text for a version": (of_schema('"two"'), NO_VERSION),
    "a version before the first": (of_schema("-1"), NO_VERSION),
    "a version of 400 figures": (of_schema("9" * 400), NO_VERSION),
}

NEWER = b'{"meta": {"1": {"app": "warmcall", "schema": 99}}}'
"""A file written by a warmcall to come: it is read, and never written."""
