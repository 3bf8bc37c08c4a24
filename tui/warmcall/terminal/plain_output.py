"""Standard output that is not UTF-8: what it cannot hold is written as what looks like it."""

from __future__ import annotations

import codecs
import io
import unicodedata
from typing import TextIO

from warmcall.terminal.ascii_fallback import ascii_for

_ERRORS = "warmcall-likeness"
_ASCII = "warmcall_ascii"


def never_fail(*streams: TextIO) -> None:
    """Have `streams` write a likeness, or "?", where their encoding lacks a character.

    Streams that are UTF-8 stay as they are. ASCII gets another name, because click takes that for a
    mistake and would send UTF-8 all the same.
    """
    for stream in streams:
        if not isinstance(stream, io.TextIOWrapper):
            continue
        name = codecs.lookup(stream.encoding).name
        if name.startswith("utf"):
            continue
        codecs.register_error(_ERRORS, _likeness)
        codecs.register(_renamed_ascii)
        stream.reconfigure(encoding=_ASCII if name == "ascii" else name, errors=_ERRORS)


def _likeness(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    letters = (item for item in lacking if not unicodedata.category(item).startswith("M"))
    return "".join(map(ascii_for, letters)), error.end


def _renamed_ascii(name: str) -> codecs.CodecInfo | None:
    if name != _ASCII:
        return None
    usual = codecs.lookup("ascii")
    return codecs.CodecInfo(
        usual.encode, usual.decode, usual.streamreader, usual.streamwriter,
        usual.incrementalencoder, usual.incrementaldecoder, name=_ASCII,
    )  # fmt: skip
