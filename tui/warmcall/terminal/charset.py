"""Which characters the terminal is sent: all, none beyond ASCII in what the app draws, or none at all."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import lru_cache
from pathlib import Path

from rich.cells import split_graphemes
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from warmcall.terminal.ascii_fallback import ASCII_FOR, ascii_for

_LOCALE = ("LC_ALL", "LC_CTYPE", "LANG")
"""What POSIX takes the encoding from: the first that is not empty wins."""

_COERCED = frozenset({"C.UTF-8", "C.utf8", "UTF-8"})
"""What Python may put into LC_CTYPE of its own accord, when the locale is C (PEP 538)."""

_MINUS = ("╺━╸", " - ")
"""The minus of the large figures, which would lie on the ground as their strokes do."""


class Charset(Enum):
    """What the terminal can show."""

    ALL = "all"
    OWN_ASCII = "own"
    """Names and notes as they are; borders, marks and signs of the app's own in ASCII."""
    ASCII = "ascii"


def environment_at_start() -> Mapping[str, str]:
    """Return the environment this process was started with, before Python touched it; empty if unknown."""
    try:
        pairs = Path("/proc/self/environ").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return {}
    return dict(pair.split("=", 1) for pair in pairs if "=" in pair)


def charset_for(
    wanted: bool | None,
    environ: Mapping[str, str],
    at_start: Callable[[], Mapping[str, str]] = environment_at_start,
) -> Charset:
    """Return what to send: `wanted` is whether ASCII was asked for, None if nothing was said.

    `at_start` tells whether LC_CTYPE was set by Python itself. Where that cannot be known, as on macOS, it
    is taken at its word: terminals there are UTF-8.
    """
    if wanted is False:
        return Charset.ALL
    if not _is_utf_8(environ, at_start):
        return Charset.ASCII
    return Charset.OWN_ASCII if wanted else Charset.ALL


def encoding_of(
    environ: Mapping[str, str], at_start: Callable[[], Mapping[str, str]] = environment_at_start
) -> str:
    """Return the encoding of what is typed, as the locale says; UTF-8 where it says nothing useful."""
    codeset = _codeset(environ, at_start)
    try:
        name = codecs.lookup(codeset).name
        extends_ascii = "\x1b[m".encode(name) == b"\x1b[m"
    except (LookupError, ValueError):
        return "utf-8"
    return name if extends_ascii and name != "ascii" else "utf-8"


def filters_for(letters: Charset) -> Sequence[LineFilter]:
    """Return what every line is to pass before it is drawn."""
    return () if letters is Charset.ALL else (AsciiFilter(letters),)


class AsciiFilter(LineFilter):
    """Draws in ASCII what has a likeness there, each character as wide as before.

    With `Letters.OWN_ASCII` only the signs that the app draws, which in a name are drawn so too.
    """

    def __init__(self, letters: Charset) -> None:
        super().__init__()
        self._draw = _own_in_ascii if letters is Charset.OWN_ASCII else _in_ascii

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return `segments` with their text in ASCII."""
        draw = self._draw
        return [
            Segment(text if text.isascii() else draw(text), style, control)
            for text, style, control in segments
        ]


def _is_utf_8(environ: Mapping[str, str], at_start: Callable[[], Mapping[str, str]]) -> bool:
    """Return whether both the locale and what Python was told to write are UTF-8."""
    told = environ.get("PYTHONIOENCODING", "").partition(":")[0]
    if told and not _names_utf_8(told):
        return False
    return _names_utf_8(_codeset(environ, at_start))


def _codeset(environ: Mapping[str, str], at_start: Callable[[], Mapping[str, str]]) -> str:
    """Return what the locale names as its encoding, or else the whole of the locale's name."""
    if not environ.get("LC_ALL") and environ.get("LC_CTYPE") in _COERCED and (before := at_start()):
        environ = {**environ, "LC_CTYPE": before.get("LC_CTYPE", "")}
    locale = next(filter(None, (environ.get(name) for name in _LOCALE)), "")
    whole = locale.partition("@")[0]
    return whole.partition(".")[2] or whole


def _names_utf_8(codeset: str) -> bool:
    return codeset.strip().casefold().replace("-", "").replace("_", "") == "utf8"


@lru_cache(maxsize=8192)
def _in_ascii(text: str) -> str:
    """Return `text` in ASCII, each character in as many cells as it took; marks without width vanish."""
    text = text.replace(*_MINUS)
    return "".join(_cells(text[start:end], width) for start, end, width in split_graphemes(text)[0])


def _cells(grapheme: str, width: int) -> str:
    sign = ascii_for(grapheme[0])
    return sign * width if sign == "?" else sign.ljust(width)[:width]


@lru_cache(maxsize=8192)
def _own_in_ascii(text: str) -> str:
    """Return `text` with the signs that the app draws in ASCII, each in as many cells as it took."""
    text = text.replace(*_MINUS)
    parts = []
    for start, end, width in split_graphemes(text)[0]:
        first, marks = text[start], text[start + 1 : end]
        if first in ASCII_FOR and width and all(unicodedata.category(mark) == "Mn" for mark in marks):
            sign = ASCII_FOR[first].ljust(width)
            parts.append(sign + marks.replace("\ufe0f", ""))
        else:
            parts.append(text[start:end])
    return "".join(parts)
