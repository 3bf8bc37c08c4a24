"""Drawing by differences: what the terminal shows is remembered, and only cells that differ are sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from warmcall.terminal.screen_cells import BLANK, Cell, Row, cells_of, join, put
from warmcall.terminal.styles import PLAIN, SEEN_ON_BLANKS, CellStyle, style_change

ERASE = "\x1b[K"
CLEAR = "\x1b[m\x1b[2J"

_NEAR = 12
"""The most columns that are written over unchanged rather than skipped by moving the cursor."""

Run = tuple[str, CellStyle]
Piece = tuple[int, int, Sequence[Run]]
"""Texts with their styles, and the column and row, counted from 0, at which they begin."""


class FrameDiff:
    """Remembers what the terminal shows, cell by cell, and where its cursor is."""

    def __init__(self) -> None:
        self._rows: list[Row] = []
        self._cursor: tuple[int, int] | None = None

    def forget(self) -> None:
        """Treat what the terminal shows as unknown, so that everything drawn next is sent in full."""
        self._rows = []
        self._cursor = None

    def draw(
        self, size: tuple[int, int], pieces: Iterable[Piece], cursor: tuple[int, int], whole: bool
    ) -> str:
        """Return what to send so that the terminal shows `pieces` over what it shows already.

        `size` is in columns and rows, `cursor` the column and row where the cursor is left. `whole` is
        whether the pieces fill the screen: if its contents are unknown, it is cleared first.

        Raises:
            NotCells: if a piece contains control characters; the memory of the screen is unchanged then.
        """
        columns, count = size
        rows, prefix = self._rows, ""
        if not rows or (len(rows[0]), len(rows)) != size:
            self._cursor = None
            prefix = CLEAR if whole else "\x1b[m"
            rows = [[BLANK if whole else None] * columns for _ in range(count)]
        new_rows: dict[int, Row] = {}
        for x, y, runs in pieces:
            if 0 <= y < count:
                _lay(new_rows.setdefault(y, rows[y].copy()), x, runs)
        writer = EscapeWriter(columns, self._cursor)
        for y in sorted(new_rows):
            _send_row(writer, y, rows[y], new_rows[y])
            rows[y] = new_rows[y]
        self._rows = rows
        if prefix or writer.parts or cursor != self._cursor:
            writer.set_style(PLAIN)
            writer.move(*cursor)
        self._cursor = cursor
        return prefix + "".join(writer.parts)


class EscapeWriter:
    """Collects in `parts` what is sent for one frame, and knows the cursor and the style it leaves behind.

    The cursor's column is None while it is unknown: at the start if no cursor is given, after the last column
    of a row, and after a character whose width terminals do not agree on.
    """

    def __init__(self, columns: int, cursor: tuple[int, int] | None = None) -> None:
        self.parts: list[str] = []
        self._columns = columns
        self._x: int | None = cursor[0] if cursor else None
        self._y: int | None = cursor[1] if cursor else None
        self._style = PLAIN

    def move(self, x: int, y: int) -> None:
        """Move the cursor to a column and row by the shortest sequence."""
        if (x, y) != (self._x, self._y):
            self.parts.append(self._shortest_move(x, y))
            self._x, self._y = x, y

    def set_style(self, style: CellStyle) -> None:
        """Set the style of what is written next."""
        if style != self._style:
            self.parts.append(style_change(self._style, style))
            self._style = style

    def move_or_rewrite(self, x: int, y: int, row: Row) -> None:
        """Move the cursor, by writing the unchanged cells of `row` on the way where that is not longer."""
        if y == self._y and self._x is not None and 0 < x - self._x <= _NEAR:
            between = row[self._x : x]
            if all(cell is not None and cell.sure and cell.style == self._style for cell in between):
                text = "".join(cell.text for cell in between if cell is not None)
                if len(text.encode(errors="replace")) <= len(self._shortest_move(x, y)):
                    self.parts.append(text)
                    self._x = x
        self.move(x, y)

    def write(self, cell: Cell) -> None:
        """Write a cell where the cursor is; of the style of a blank only what is seen of it."""
        style = cell.style
        if cell.text == " " and SEEN_ON_BLANKS.isdisjoint(style.attributes | self._style.attributes):
            style = self._style._replace(background=style.background)
        self.set_style(style)
        if not cell.sure and cell.width > 1:  # a terminal that draws it narrow leaves the other half
            self.parts.append(f"  \x1b[{cell.width}D")
        self.parts.append(cell.text)
        after = (self._x or 0) + cell.width
        self._x = after if cell.sure and after < self._columns else None

    def erase(self) -> None:
        """Erase the row from the cursor on, in the plain style: terminals differ on other backgrounds."""
        self.set_style(PLAIN)
        self.parts.append(ERASE)

    def _shortest_move(self, x: int, y: int) -> str:
        """Return the shortest of the sequences that move the cursor to a column and row."""
        candidates = [f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H" if y else "\x1b[H"]
        if y == self._y:
            candidates.append(f"\x1b[{x + 1}G")
            if self._x is not None:
                candidates.append(_relative_move(x - self._x, "C", "D"))
        elif x == self._x and self._y is not None:
            candidates.append(_relative_move(y - self._y, "B", "A"))
        return min(candidates, key=len)


def _relative_move(count: int, forward: str, backward: str) -> str:
    """Return the sequence that moves the cursor by `count`, which is not 0."""
    letter = forward if count > 0 else backward
    return f"\x1b[{abs(count)}{letter}" if abs(count) > 1 else f"\x1b[{letter}"


def _lay(row: Row, x: int, runs: Sequence[Run]) -> None:
    """Put texts into a row one after the other; a combining character joins the one before it."""
    for text, style in runs:
        joins, cells = cells_of(text, style)
        if joins:
            join(row, x, joins)
        x = put(row, x, cells)


def _send_row(writer: EscapeWriter, y: int, old: Row, new: Row) -> None:
    """Write what differs in a row, from left to right; its blank end is erased where that is shorter."""
    if old == new:
        return
    last = max(x for x in range(len(new)) if old[x] != new[x])
    end = len(new)
    while end and new[end - 1] == BLANK:
        end -= 1
    x, damaged = 0, False
    while x <= last or (damaged and x < len(new)):
        cell = new[x]
        width = max(cell.width, 1) if cell else 1
        if cell is None or not (damaged or old[x : x + width] != new[x : x + width]):
            damaged = False
            x += width
            continue
        writer.move_or_rewrite(x, y, new)
        if x >= end and last - x >= len(ERASE):
            writer.erase()
            return
        writer.write(cell)
        previous = old[x]
        damaged = not cell.sure or (previous is not None and not previous.sure)
        x += width
