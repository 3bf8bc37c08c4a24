"""Standard output that is not UTF-8: characters it cannot hold are replaced with ones that look like them."""

from __future__ import annotations

import codecs
import io
import unicodedata
from typing import TextIO

from warmcall.terminal.ascii_fallback import ascii_for

_ERRORS = "warmcall-similar"
_ASCII = "warmcall_ascii"


def never_fail(*streams: TextIO) -> None:
    """Have `streams` write a similar character, or "?", where their encoding lacks one.

    UTF-8 streams are left unchanged. ASCII is registered under another name, because click treats an ASCII
    stream as misconfigured and writes UTF-8 to it.
    """
    for stream in streams:
        if not isinstance(stream, io.TextIOWrapper):
            continue
        name = codecs.lookup(stream.encoding).name
        if name.startswith("utf"):
            continue
        codecs.register_error(_ERRORS, _similar)
        codecs.register(_renamed_ascii)
        stream.reconfigure(encoding=_ASCII if name == "ascii" else name, errors=_ERRORS)


def _similar(error: UnicodeError) -> tuple[str, int]:
    """Handle an encoding error (`codecs.register_error`): return the replacement and where to go on."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    letters = (item for item in lacking if not unicodedata.category(item).startswith("M"))
    return "".join(map(ascii_for, letters)), error.end


def _renamed_ascii(name: str) -> codecs.CodecInfo | None:
    """Return the ASCII codec if its other name is asked for (`codecs.register`)."""
    if name != _ASCII:
        return None
    usual = codecs.lookup("ascii")
    return codecs.CodecInfo(
        usual.encode, usual.decode, usual.streamreader, usual.streamwriter,
        usual.incrementalencoder, usual.incrementaldecoder, name=_ASCII,
    )  # fmt: skip
