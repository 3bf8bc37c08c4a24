"""Thrifty drawing: what the terminal shows is remembered, and only cells that differ are sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from warmcall.terminal.screen_cells import BLANK, Cell, Row, cells_of, join, put
from warmcall.terminal.styles import PLAIN, CellStyle, turned

ERASE = "\x1b[K"
CLEAR = "\x1b[m\x1b[2J"

_NEAR = 12
"""Columns beyond which writing over what has not changed is never shorter than moving the cursor."""

Run = tuple[str, CellStyle]
Piece = tuple[int, int, Sequence[Run]]
"""What is to be seen from a column and a row on, counted from 0: texts, each in its pen."""


class FrameDiff:
    """Remembers what the terminal shows, cell by cell, and where its cursor is."""

    def __init__(self) -> None:
        self._rows: list[Row] = []
        self._cursor: tuple[int, int] | None = None

    def forget(self) -> None:
        """Take nothing on the terminal for known, so that all that comes next is sent."""
        self._rows = []
        self._cursor = None

    def draw(
        self, size: tuple[int, int], pieces: Iterable[Piece], cursor: tuple[int, int], whole: bool
    ) -> str:
        """Return what to send so that the terminal shows `pieces` over what it shows already.

        `size` is in columns and rows, `cursor` where the cursor is to be in the end. `whole` says that the
        pieces fill the screen: if nothing is known of it, it is wiped first.

        Raises:
            NotCells: if one of them is more than characters in cells; nothing is remembered of it then.
        """
        columns, count = size
        rows, before = self._rows, ""
        if not rows or (len(rows[0]), len(rows)) != size:
            self._cursor = None
            before = CLEAR if whole else "\x1b[m"
            rows = [[BLANK if whole else None] * columns for _ in range(count)]
        wanted: dict[int, Row] = {}
        for x, y, runs in pieces:
            if 0 <= y < count:
                _lay(wanted.setdefault(y, rows[y].copy()), x, runs)
        sending = EscapeWriter(columns, self._cursor)
        for y in sorted(wanted):
            _send_row(sending, y, rows[y], wanted[y])
            rows[y] = wanted[y]
        self._rows = rows
        if before or sending.parts or cursor != self._cursor:
            sending.turn(PLAIN)
            sending.go(*cursor)
        self._cursor = cursor
        return before + "".join(sending.parts)


class EscapeWriter:
    """What is sent in one go, and how it leaves the terminal.

    The cursor's column is None where terminals may differ on it: where nothing is known of it at first,
    behind the last column, and behind characters of which they do not agree how wide they are.
    """

    def __init__(self, columns: int, cursor: tuple[int, int] | None = None) -> None:
        self.parts: list[str] = []
        self._columns = columns
        self._x: int | None = cursor[0] if cursor else None
        self._y: int | None = cursor[1] if cursor else None
        self._pen = PLAIN

    def go(self, x: int, y: int) -> None:
        """Bring the cursor to a place by the shortest sequence."""
        if (x, y) != (self._x, self._y):
            self.parts.append(self._way(x, y))
            self._x, self._y = x, y

    def turn(self, style: CellStyle) -> None:
        """Take up a pen."""
        if style != self._pen:
            self.parts.append(turned(self._pen, style))
            self._pen = style

    def reach(self, x: int, y: int, row: Row) -> None:
        """Bring the cursor to a place, over what `row` shows before it where writing that is no longer."""
        if y == self._y and self._x is not None and 0 < x - self._x <= _NEAR:
            between = row[self._x : x]
            if all(cell is not None and cell.sure and cell.style == self._pen for cell in between):
                text = "".join(cell.text for cell in between if cell is not None)
                if len(text.encode(errors="replace")) <= len(self._way(x, y)):
                    self.parts.append(text)
                    self._x = x
        self.go(x, y)

    def write(self, cell: Cell) -> None:
        """Write a cell where the cursor is."""
        self.turn(cell.style)
        if not cell.sure and cell.width > 1:  # a terminal that takes it for narrow would leave the other half
            self.parts.append(f"  \x1b[{cell.width}D")
        self.parts.append(cell.text)
        behind = (self._x or 0) + cell.width
        self._x = behind if cell.sure and behind < self._columns else None

    def erase(self) -> None:
        """Blank the row from the cursor on; only a plain pen leaves the same paper on every terminal."""
        self.turn(PLAIN)
        self.parts.append(ERASE)

    def _way(self, x: int, y: int) -> str:
        """Return the shortest of the sequences that bring the cursor to a place."""
        ways = [f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H" if y else "\x1b[H"]
        if y == self._y:
            ways.append(f"\x1b[{x + 1}G")
            if self._x is not None:
                ways.append(_by(x - self._x, "C", "D"))
        elif x == self._x and self._y is not None:
            ways.append(_by(y - self._y, "B", "A"))
        return min(ways, key=len)


def _by(count: int, ahead: str, back: str) -> str:
    """Return the sequence that moves the cursor by `count`, which is not 0."""
    letter = ahead if count > 0 else back
    return f"\x1b[{abs(count)}{letter}" if abs(count) > 1 else f"\x1b[{letter}"


def _lay(row: Row, x: int, runs: Sequence[Run]) -> None:
    """Put texts into a row one behind the other; what joins the character before them does so too."""
    for text, style in runs:
        joins, cells = cells_of(text, style)
        if joins:
            join(row, x, joins)
        x = put(row, x, cells)


def _send_row(sending: EscapeWriter, y: int, old: Row, new: Row) -> None:
    """Send what differs in a row, from left to right; its blank end is erased where that is shorter."""
    if old == new:
        return
    last = max(x for x in range(len(new)) if old[x] != new[x])
    end = len(new)
    while end and new[end - 1] == BLANK:
        end -= 1
    x, spoilt = 0, False
    while x <= last or (spoilt and x < len(new)):
        cell = new[x]
        width = max(cell.width, 1) if cell else 1
        if cell is None or not (spoilt or old[x : x + width] != new[x : x + width]):
            spoilt = False
            x += width
            continue
        sending.reach(x, y, new)
        if x >= end and last - x >= len(ERASE):
            sending.erase()
            return
        sending.write(cell)
        before = old[x]
        spoilt = not cell.sure or (before is not None and not before.sure)
        x += width
