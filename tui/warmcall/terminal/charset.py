"""Which characters the terminal is sent: all, ASCII only for what the app draws, or ASCII only."""

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
"""The variables of the locale by precedence (POSIX): the first that is not empty decides."""

_COERCED = frozenset({"C.UTF-8", "C.utf8", "UTF-8"})
"""What Python itself may set LC_CTYPE to if the locale is C (PEP 538)."""


class Charset(Enum):
    """What the terminal can show."""

    ALL = "all"
    OWN_ASCII = "own"
    """Names and notes unchanged; borders, marks and signs that the app draws in ASCII."""
    ASCII = "ascii"


def environment_at_start() -> Mapping[str, str]:
    """Return the environment this process was started with, before Python changed it; empty if unknown."""
    try:
        pairs = Path("/proc/self/environ").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return {}
    return dict(pair.split("=", 1) for pair in pairs if "=" in pair)


def charset_for(
    ascii_only: bool | None,
    environ: Mapping[str, str],
    at_start: Callable[[], Mapping[str, str]] = environment_at_start,
) -> Charset:
    """Return what to send. `ascii_only` is the user's setting; if it is None, the locale decides.

    `at_start` returns the environment at the start of the process, which shows whether Python itself set
    LC_CTYPE. Where that is unknown, as on macOS, LC_CTYPE is believed: terminals there are UTF-8.
    """
    if ascii_only is False:
        return Charset.ALL
    if not _is_utf_8(environ, at_start):
        return Charset.ASCII
    return Charset.OWN_ASCII if ascii_only else Charset.ALL


def encoding_of(
    environ: Mapping[str, str], at_start: Callable[[], Mapping[str, str]] = environment_at_start
) -> str:
    """Return the encoding of what is typed, by the locale; UTF-8 if it names none that extends ASCII."""
    codeset = _codeset(environ, at_start)
    try:
        name = codecs.lookup(codeset).name
        extends_ascii = "\x1b[m".encode(name) == b"\x1b[m"
    except (LookupError, ValueError):
        return "utf-8"
    return name if extends_ascii and name != "ascii" else "utf-8"


def filters_for(charset: Charset) -> Sequence[LineFilter]:
    """Return the filters that Textual applies to every line before it is drawn."""
    return () if charset is Charset.ALL else (AsciiFilter(charset),)


class AsciiFilter(LineFilter):
    """Replaces characters with ASCII ones that look like them, in as many columns.

    With `Charset.OWN_ASCII` it replaces only the signs that the app draws, also where a name contains them.
    """

    def __init__(self, charset: Charset) -> None:
        super().__init__()
        self._draw = _own_in_ascii if charset is Charset.OWN_ASCII else _in_ascii

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return `segments` with their text in ASCII."""
        draw = self._draw
        return [
            Segment(text if text.isascii() else draw(text), style, control)
            for text, style, control in segments
        ]


def _is_utf_8(environ: Mapping[str, str], at_start: Callable[[], Mapping[str, str]]) -> bool:
    """Return whether the locale and, if it is set, PYTHONIOENCODING name UTF-8."""
    io_encoding = environ.get("PYTHONIOENCODING", "").partition(":")[0]
    if io_encoding and not _names_utf_8(io_encoding):
        return False
    return _names_utf_8(_codeset(environ, at_start))


def _codeset(environ: Mapping[str, str], at_start: Callable[[], Mapping[str, str]]) -> str:
    """Return the encoding named by the locale, such as UTF-8 in C.UTF-8, or else the locale's whole name."""
    if not environ.get("LC_ALL") and environ.get("LC_CTYPE") in _COERCED and (started_with := at_start()):
        environ = {**environ, "LC_CTYPE": started_with.get("LC_CTYPE", "")}
    locale = next(filter(None, (environ.get(name) for name in _LOCALE)), "")
    whole = locale.partition("@")[0]
    return whole.partition(".")[2] or whole


def _names_utf_8(codeset: str) -> bool:
    return codeset.strip().casefold().replace("-", "").replace("_", "") == "utf8"


@lru_cache(maxsize=8192)
def _in_ascii(text: str) -> str:
    """Return `text` in ASCII, each character in as many cells as it took; marks without width vanish."""
    return "".join(_cells(text[start:end], width) for start, end, width in split_graphemes(text)[0])


def _cells(grapheme: str, width: int) -> str:
    """Return what replaces a grapheme, padded or cut to `width` columns."""
    sign = ascii_for(grapheme[0])
    return sign * width if sign == "?" else sign.ljust(width)[:width]


@lru_cache(maxsize=8192)
def _own_in_ascii(text: str) -> str:
    """Return `text` with the signs that the app draws in ASCII, each in as many columns."""
    parts = []
    for start, end, width in split_graphemes(text)[0]:
        first, marks = text[start], text[start + 1 : end]
        if first in ASCII_FOR and width and all(unicodedata.category(mark) == "Mn" for mark in marks):
            sign = ASCII_FOR[first].ljust(width)
            parts.append(sign + marks.replace("\ufe0f", ""))
        else:
            parts.append(text[start:end])
    return "".join(parts)
