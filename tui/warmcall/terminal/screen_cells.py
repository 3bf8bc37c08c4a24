"""The cells of a screen, and how text fills them, wide and combining characters included."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from rich.cells import split_graphemes

from warmcall.terminal.styles import PLAIN, SEEN_ON_BLANKS, CellStyle

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_WIDE = ("W", "F")
_UNSURE_KINDS = ("Cn", "Co", "Cf", "Cs", "Mn", "Me", "Mc")
_JOINERS = re.compile("[\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]")
"""Regional indicators (flags) and skin tones: some terminals join them with their neighbours."""


class Cell(NamedTuple):
    """One cell. `width` is the columns its text takes: 1 or 2, or 0 for the right half of the cell before it.

    `sure` is whether terminals agree on that width.
    """

    text: str
    style: CellStyle
    width: int = 1
    sure: bool = True


BLANK = Cell(" ", PLAIN)
"""What a terminal shows where it was erased in the plain style."""


@lru_cache(maxsize=256)
def blank(background: str) -> Cell:
    """Return the blank of a background: what a terminal shows where it was erased in that colour."""
    return BLANK._replace(style=PLAIN._replace(background=background))


@lru_cache(maxsize=256)
def space(style: CellStyle) -> Cell:
    """Return the cell of a space: a blank unless something but the background is seen of its style."""
    return blank(style.background) if SEEN_ON_BLANKS.isdisjoint(style.attributes) else Cell(" ", style)


Row = list[Cell | None]
"""The cells of one row; None where it is not known what the terminal shows."""


class NotCells(ValueError):
    """A text contains control characters, so it cannot be laid out in cells."""


class _AsciiCells(dict[str, Cell]):
    """The cells of one style by their characters of ASCII, each made when it is first asked for."""

    def __init__(self, style: CellStyle) -> None:
        self._style = style

    def __missing__(self, character: str) -> Cell:
        cell = self[character] = space(self._style) if character == " " else Cell(character, self._style)
        return cell


_ascii_cells = lru_cache(maxsize=256)(_AsciiCells)
"""Returns the cells of a style, which all texts in that style share."""


@lru_cache(maxsize=2048)
def _cells_of_grapheme(grapheme: str, style: CellStyle, width: int) -> tuple[Cell, ...]:
    """Return the cells of a grapheme in a text that is not all of ASCII, which all such texts share."""
    if grapheme == " ":
        return (space(style),)
    return (Cell(grapheme, style, width, _sure(grapheme, width)), *[Cell("", style, 0)] * (width - 1))


@lru_cache(maxsize=1024)
def cells_of(text: str, style: CellStyle) -> tuple[str, tuple[Cell, ...]]:
    """Return the start of `text` that joins the character before it, and the cells of the rest.

    Raises:
        NotCells: if there are control characters in it.
    """
    if _CONTROL.search(text):
        raise NotCells("a control character")
    if text.isascii():
        return "", tuple(map(_ascii_cells(style).__getitem__, text))
    joins = ""
    cells: list[Cell] = []
    for start, end, width in split_graphemes(text)[0]:
        grapheme = text[start:end]
        if not width:
            joins += grapheme
            continue
        cells += _cells_of_grapheme(grapheme, style, width)
    return joins, tuple(cells)


def put(row: Row, x: int, cells: tuple[Cell, ...]) -> int:
    """Put `cells` into `row` from column `x` on, as far as there is room; return the column after them.

    A wide character that loses one half becomes a space.
    """
    end = min(x + len(cells), len(row))
    if x >= end:
        return x + len(cells)
    cut = list(cells[: end - x])
    if cut[-1].width > 1:
        cut[-1] = space(cut[-1].style)
    left, right = row[x], row[end] if end < len(row) else None
    if x and left is not None and left.width == 0:
        row[x - 1] = space(left.style)
    if right is not None and right.width == 0:
        row[end] = space(right.style)
    row[x:end] = cut
    return x + len(cells)


def join(row: Row, x: int, joins: str) -> None:
    """Add `joins`, which are combining characters, to the character that ends before column `x`."""
    at = min(x, len(row)) - 1
    while at >= 0 and (cell := row[at]) is not None:
        if cell.width:
            row[at] = Cell(cell.text + joins, cell.style, cell.width, sure=False)
            return
        at -= 1


def _sure(grapheme: str, width: int) -> bool:
    """Return whether terminals agree that a grapheme is `width` wide: not on joined or recent ones."""
    if len(grapheme) > 1 or unicodedata.category(grapheme) in _UNSURE_KINDS or _JOINERS.match(grapheme):
        return False
    return width == (2 if unicodedata.east_asian_width(grapheme) in _WIDE else 1)
