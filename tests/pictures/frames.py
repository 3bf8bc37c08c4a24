"""What stood on the screen at one moment of a story: rows of cells, each run of them in one style."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip


@dataclass(frozen=True)
class Run:
    """Characters in one style, from the cell `at` on.

    Colours are "#rrggbb"; `back` is empty where it is the screen's own.
    """

    at: int
    text: str
    color: str
    back: str = ""
    bold: bool = False
    italic: bool = False
    underline: bool = False

    @property
    def cells(self) -> int:
        """How many cells it takes."""
        return cell_len(self.text)


Row = tuple[Run, ...]


@dataclass(frozen=True)
class Frame:
    """A screen, for so many seconds, with the keys that led to it and what is to be said of it."""

    rows: tuple[Row, ...]
    seconds: float
    keys: str = ""
    caption: str = ""

    @property
    def text(self) -> str:
        """What a person reads on it."""
        return "\n".join("".join(run.text for run in row).rstrip() for row in self.rows)


def frame_of(strips: list[Strip], color: str, back: str, seconds: float, keys: str, caption: str) -> Frame:
    """Return the frame of what an app draws, on a screen with `color` and `back` where a cell has none."""
    return Frame(tuple(tuple(_runs(strip, color, back)) for strip in strips), seconds, keys, caption)


def _runs(strip: Strip, color: str, back: str) -> Iterator[Run]:
    """Yield the runs of one line."""
    at = 0
    for segment in Segment.simplify(strip):
        style = segment.style or Style()
        ink, ground = _hex(style.color, color), _hex(style.bgcolor, back)
        if style.reverse:
            ink, ground = ground, ink
        yield Run(
            at,
            segment.text,
            ink,
            "" if ground == back else ground,
            bool(style.bold),
            bool(style.italic),
            bool(style.underline),
        )
        at += cell_len(segment.text)


def _hex(color: object, otherwise: str) -> str:
    """Return a colour of Rich as "#rrggbb"; `otherwise` where there is none."""
    triplet = getattr(color, "triplet", None)
    return str(triplet.hex) if triplet is not None else otherwise
