"""Drawing by differences: what the terminal shows is remembered, and only cells that differ are sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from warmcall.terminal.screen_cells import BLANK, Cell, Row, cells_of, join, put
from warmcall.terminal.styles import PLAIN, SEEN_ON_BLANKS, CellStyle, style_change

ERASE = "\x1b[K"
LINE_FEED = "\v"
"""Leads to the same column of the next row, as a line feed does (VT, as terminals have it since the VT100),
but is no line feed to the system, which would go to the first column as well."""
CLEAR = "\x1b[2J"

_NEAR = 12
"""The most columns that are written over unchanged rather than skipped by moving the cursor."""

_FEWEST_ERASED = 5
"""The fewest blanks that are erased within a row rather than written: the sequence has four characters."""

_FEWEST_BEFORE_OTHERS = 8
"""The same where other cells are written after them: the cursor stays before blanks that are erased."""

_MOST_COMPARED = 40
"""The most segments of a frame that are compared with one another: the time grows with their square."""

Run = tuple[str, CellStyle]
Piece = tuple[int, int, Sequence[Run]]
"""Texts with their styles, and the column and row, counted from 0, at which they begin."""


_ERASES_PLAIN = ("screen", "eterm", "cygwin", "sun", "vt100", "ansi", "kterm", "dtterm", "xterm-color")
"""How the names of terminals begin that erase in their own background, or no cells within a row."""


def erases_in_color(environ: Mapping[str, str]) -> bool:
    """Return whether the terminal erases in the background that is set, and cells within a row as well.

    Most do ("bce" and "ech" of terminfo(5)); GNU screen does neither. tmux does both under the names of
    screen.
    """
    term = environ.get("TERM", "").lower()
    if environ.get("TMUX") and not term.startswith("screen."):
        return True
    return not environ.get("STY") and not term.startswith(_ERASES_PLAIN)


class FrameDiff:
    """Remembers what the terminal shows, cell by cell, where its cursor is, and the style that is set there.

    A frame leaves the style of its last cell: one that changes cells like those before it needs no colours.
    Where the terminal does not erase in the background that is set, as `erases_in_color` says, only the end
    of a row is erased, in the plain style, and rows are reached by sequences alone.
    """

    def __init__(self, erases_in_color: bool = True) -> None:
        self._erases_in_color = erases_in_color
        self._rows: list[Row] = []
        self._cursor: tuple[int, int] | None = None
        self._style = PLAIN

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
        rows, clear = self._rows, False
        if not rows or (len(rows[0]), len(rows)) != size:
            clear = whole
            rows, self._cursor = [], None
        new_rows: dict[int, Row] = {}
        for x, y, runs in pieces:
            if 0 <= y < count:
                if y not in new_rows:
                    new_rows[y] = rows[y].copy() if rows else [None] * columns
                _lay(new_rows[y], x, runs)
        prefix, style = "", self._style
        if not rows:
            style, cleared = PLAIN, None
            if clear:
                cleared = _commonest_blank(new_rows.values()) if self._erases_in_color else BLANK
                style = cleared.style
                new_rows = {y: [cell or cleared for cell in row] for y, row in new_rows.items()}
            rows = [[cleared] * columns for _ in range(count)]
            prefix = "\x1b[m" + style_change(PLAIN, style) + (CLEAR if clear else "")
        segments = [
            segment
            for y in sorted(new_rows)
            for segment in _segments(y, rows[y], new_rows[y], self._erases_in_color)
        ]
        for y, row in new_rows.items():
            rows[y] = row
        self._rows = rows
        text = ""
        if prefix or segments or cursor != self._cursor:
            orders = [segments, _by_style(segments)]
            if len(segments) <= _MOST_COMPARED and all(segment.sure for segment in segments):
                orders.append(_nearest_first(segments, self._writer(columns, style)))
            written = [self._written(order, columns, style, cursor) for order in orders]
            shortest, style = min(written, key=lambda found: len(found[0]))
            text = prefix + shortest
        self._cursor, self._style = cursor, style
        return text

    def _written(
        self, segments: Iterable[Segment], columns: int, style: CellStyle, cursor: tuple[int, int]
    ) -> tuple[str, CellStyle]:
        """Return what writes `segments` and leaves the cursor in its place; and the style it leaves."""
        writer = self._writer(columns, style)
        for segment in segments:
            writer.write_segment(segment, self._rows[segment.y])
        writer.move(*cursor)
        return "".join(writer.parts), writer.style

    def _writer(self, columns: int, style: CellStyle) -> EscapeWriter:
        return EscapeWriter(columns, self._cursor, style, feeds=self._erases_in_color)


class Segment(NamedTuple):
    """Cells of a row that are written together in one style, and the blanks after them that are erased.

    Unless it has `letters`, only the background of its style is seen. `erased` is how many cells are erased,
    -1 for all to the end of the row. `sure` is whether terminals agree on how wide all around it is: if not,
    its row is written from left to right.
    """

    x: int
    y: int
    cells: list[Cell]
    style: CellStyle
    letters: bool
    erased: int = 0
    sure: bool = True

    def takes(self, cell: Cell) -> bool:
        """Return whether a cell can be written in the same style, after those it has."""
        if _is_blank(cell):
            return _shows_blanks(self.style, cell.style.background)
        return self.style == cell.style if self.letters else _shows_blanks(cell.style, self.style.background)

    def add(self, cell: Cell) -> Segment:
        """Add a cell that it takes; return the segment with it."""
        self.cells.append(cell)
        return self if self.letters or _is_blank(cell) else self._replace(style=cell.style, letters=True)


class EscapeWriter:
    """Collects in `parts` what is sent for one frame, and knows the cursor and the style it leaves behind.

    The cursor's column is None while it is unknown: at the start if no cursor is given, after the last column
    of a row, and after a character whose width terminals do not agree on. `feeds` is whether LINE_FEED leads
    to the next row.
    """

    def __init__(
        self,
        columns: int,
        cursor: tuple[int, int] | None = None,
        style: CellStyle = PLAIN,
        feeds: bool = True,
    ) -> None:
        self.parts: list[str] = []
        self._feeds = feeds
        self._columns = columns
        self._x: int | None = cursor[0] if cursor else None
        self._y: int | None = cursor[1] if cursor else None
        self._style = style

    @property
    def style(self) -> CellStyle:
        """The style that is set."""
        return self._style

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

    def way_to(self, segment: Segment) -> int:
        """Return how many bytes it takes to get to a segment and into its style."""
        stays = (segment.x, segment.y) == (self._x, self._y)
        move = 0 if stays else len(self._shortest_move(segment.x, segment.y))
        return move + len(style_change(self._style, self._style_for(segment)))

    def skip_to_end_of(self, segment: Segment) -> None:
        """Stand where a segment ends, in its style, as if it had been written."""
        self._style = self._style_for(segment)
        end = segment.x + sum(cell.width for cell in segment.cells)
        self._x, self._y = end if end < self._columns else None, segment.y

    def write_segment(self, segment: Segment, row: Row) -> None:
        """Write a segment of `row`; of the style of blanks only what is seen of it."""
        self._move_or_rewrite(segment.x, segment.y, row)
        self.set_style(self._style_for(segment))
        for cell in segment.cells:
            self._write(cell)
        if segment.erased:
            x = segment.x + sum(cell.width for cell in segment.cells)
            self.move(x, segment.y)
            self.parts.append(ERASE if segment.erased < 0 else f"\x1b[{segment.erased}X")

    def _style_for(self, segment: Segment) -> CellStyle:
        """Return the style in which a segment is written after the one that is set."""
        if segment.letters or not SEEN_ON_BLANKS.isdisjoint(self._style.attributes):
            return segment.style
        return self._style._replace(background=segment.style.background)

    def _write(self, cell: Cell) -> None:
        """Write a cell where the cursor is, in the style that is set."""
        if not cell.width:
            return
        if not cell.sure and cell.width > 1:  # a terminal that draws it narrow leaves the other half
            self.parts.append(f"  \x1b[{cell.width}D")
        self.parts.append(cell.text)
        after = (self._x or 0) + cell.width
        self._x = after if cell.sure and after < self._columns else None

    def _move_or_rewrite(self, x: int, y: int, row: Row) -> None:
        """Move the cursor, by writing the unchanged cells of `row` on the way where that is not longer."""
        if y == self._y and self._x is not None and 0 < x - self._x <= _NEAR:
            between = row[self._x : x]
            if between[0] and between[0].width and all(map(self._is_in_style, between)):
                text = "".join(cell.text for cell in between if cell is not None)
                if len(text.encode(errors="replace")) <= len(self._shortest_move(x, y)):
                    self.parts.append(text)
                    self._x = x
        self.move(x, y)

    def _is_in_style(self, cell: Cell | None) -> bool:
        """Return whether a cell looks the same when it is written in the style that is set."""
        if cell is None or not cell.sure:
            return False
        if _is_blank(cell):
            return _shows_blanks(self._style, cell.style.background)
        return cell.style == self._style

    def _shortest_move(self, x: int, y: int) -> str:
        """Return the shortest of the sequences that move the cursor to a column and row."""
        absolute = f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H" if y else "\x1b[H"
        if self._y is None or (y != self._y and abs(y - self._y) > 99):
            return absolute
        down = _relative_move(y - self._y, "B", "A")
        if self._feeds and self._x is not None and 0 < y - self._y <= len(down):
            down = LINE_FEED * (y - self._y)
        if x == self._x:
            return min(absolute, down, key=len)
        across = [f"\x1b[{x + 1}G", "\r" + _relative_move(x, "C", "D")]
        if self._x is not None:
            across.append(_relative_move(x - self._x, "C", "D"))
            if x < self._x:
                across.append("\b" * (self._x - x))
        return min(absolute, down + min(across, key=len), key=len)


def _relative_move(count: int, forward: str, backward: str) -> str:
    """Return the sequence that moves the cursor by `count`, which may be 0."""
    letter = forward if count > 0 else backward
    return f"\x1b[{abs(count)}{letter}" if abs(count) > 1 else f"\x1b[{letter}" if count else ""


def _lay(row: Row, x: int, runs: Sequence[Run]) -> None:
    """Put texts into a row one after the other; a combining character joins the one before it."""
    for text, style in runs:
        joins, cells = cells_of(text, style)
        if joins:
            join(row, x, joins)
        x = put(row, x, cells)


def _is_blank(cell: Cell) -> bool:
    """Return whether nothing but the background is seen of a cell."""
    return cell.text == " " and not cell.style.attributes


def _shows_blanks(style: CellStyle, background: str) -> bool:
    """Return whether blanks written in `style` look like those of a background."""
    return style.background == background and SEEN_ON_BLANKS.isdisjoint(style.attributes)


def _commonest_blank(rows: Iterable[Row]) -> Cell:
    """Return the blank that is most often in some rows."""
    counts: Counter[Cell] = Counter()
    for row in rows:
        counts.update(cell for cell in row if cell is not None and cell.text == " ")
    return next((cell for cell, _ in counts.most_common() if not cell.style.attributes), BLANK)


def _by_style(segments: Sequence[Segment]) -> list[Segment]:
    """Return `segments` with those of one style one after the other, where their order does not matter."""
    places: dict[CellStyle | str, int] = {}
    keys = []
    for segment in segments:
        key = segment.style if segment.letters else segment.style.background
        place = places.setdefault(key, len(places)) if segment.sure else -1
        places.setdefault(segment.style.background, place)
        keys.append(place)
    return [segment for _, segment in sorted(zip(keys, segments, strict=True), key=itemgetter(0))]


def _nearest_first(segments: Sequence[Segment], writer: EscapeWriter) -> list[Segment]:
    """Return `segments` so that after each of them follows the one to which `writer` has the shortest way."""
    left, found = [*segments], []
    while left:
        nearest = min(left, key=writer.way_to)
        left.remove(nearest)
        found.append(nearest)
        writer.skip_to_end_of(nearest)
    return found


def _segments(y: int, old: Row, new: Row, erases_in_color: bool) -> list[Segment]:
    """Return what differs in a row, from left to right; long blanks are erased where that is shorter."""
    if old == new:
        return []
    differs = [before is not after and before != after for before, after in zip(old, new, strict=True)]
    last = len(new) - 1 - differs[::-1].index(True)
    found: list[Segment] = []
    segment: Segment | None = None  # the last one found, if more can be added to it
    damaged, sure = False, True
    x = differs.index(True)
    while x <= last or (damaged and x < len(new)):
        cell = new[x]
        width = max(cell.width, 1) if cell else 1
        if cell is None or not (damaged or True in differs[x : x + width]):
            segment, damaged = None, False
            x += width
            continue
        if segment is None or not segment.takes(cell):
            segment = Segment(x, y, [], cell.style, letters=False)
            found.append(segment)
        blanks, erased = (0, 0) if damaged else _erased(x, old, new, differs, erases_in_color)
        if erased:
            found[-1], segment = segment._replace(erased=erased), None
            damaged = not all(before is None or before.sure for before in old[x : x + blanks])
            x += blanks
        else:
            found[-1] = segment = segment.add(cell)
            previous = old[x]
            damaged = not cell.sure or (previous is not None and not previous.sure)
            if not cell.sure:  # where the cursor is then is not known
                segment = None
            x += width
        sure = sure and not damaged
    return found if sure else [each._replace(sure=False) for each in found]


def _erased(x: int, old: Row, new: Row, differs: Sequence[bool], erases_in_color: bool) -> tuple[int, int]:
    """Return how many blanks at column `x`, which differs, are better erased, and 'erased' of a segment."""
    blank = new[x]
    if blank is None or not _is_blank(blank):
        return 0, 0
    end = x + 1
    while end < len(new) and new[end] == blank:
        end += 1
    blanks = end - x - differs[x:end][::-1].index(True)
    if end == len(new) and blanks >= len(ERASE) and (erases_in_color or blank == BLANK):
        return blanks, -1
    cut = old[x + blanks] if x + blanks < len(old) else None
    if (
        cut is not None and not cut.width
    ):  # a left half that is erased, not written over, leaves its right one
        blanks -= 1
    goes_on = x + blanks < len(new) and differs[x + blanks]
    fewest = _FEWEST_BEFORE_OTHERS if goes_on else _FEWEST_ERASED
    return (blanks, blanks) if erases_in_color and blanks >= fewest else (0, 0)
