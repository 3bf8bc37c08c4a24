"""Rows in columns, and how they are drawn: only what shows, however many there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple, overload

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.scroll_view import ScrollView
from textual.strip import Strip

from warmcall.domain.sanitize import one_line
from warmcall.widgets.text_width import fitted


class Column(NamedTuple):
    """One column: `width` cells, or with 0 a share by `weight`.

    It shows only where the list has at least `needs` and fewer than `upto` cells.
    """

    width: int = 0
    weight: int = 1
    needs: int = 0
    upto: int = 10_000


class Row(NamedTuple):
    """One row: a key, a text for each column, a style for the row, and whether it is a heading.

    `style` is one of "", "dim", "late", "good". The cursor passes over a heading unless that has a key.
    """

    key: str
    cells: tuple[str, ...]
    style: str = ""
    heading: bool = False

    @property
    def passed_over(self) -> bool:
        """Whether the cursor never stands on it."""
        return self.heading and not self.key


class LazyRows(Sequence[Row]):
    """Rows that are made when they are looked at: for long lists. `keys` are different from each other."""

    def __init__(self, keys: Sequence[str], make: Callable[[str], Row]) -> None:
        self.keys = keys
        self._make = make

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        if isinstance(at, slice):
            return [self._make(key) for key in self.keys[at]]
        return self._make(self.keys[at])


class RowView(ScrollView):
    """Draws rows, one of them under a cursor, some of them marked."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--cursor", "rows--blurred", "rows--heading", "rows--dim", "rows--late", "rows--good",
    }  # fmt: skip

    def __init__(self, columns: Sequence[Column], id: str | None = None) -> None:
        super().__init__(id=id)
        self._columns = tuple(columns)
        self._rows: Sequence[Row] = ()
        self._at = -1
        self._drawn: dict[int, Row] = {}
        self._marked: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """The key of the row under the cursor; empty if there is none."""
        return self._rows[self._at].key if 0 <= self._at < len(self._rows) else ""

    @property
    def rows(self) -> Sequence[Row]:
        """What is shown."""
        return self._rows

    def mark(self, keys: frozenset[str]) -> None:
        """Show the rows with these keys as marked; there is a column for it while any is."""
        if keys != self._marked:
            self._marked = keys
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line of what shows."""
        at = y + int(self.scroll_offset.y)
        width = self.size.width
        base = self.rich_style
        if not 0 <= at < len(self._rows):
            return Strip.blank(width, base)
        row = self._drawn[at] = self._rows[at]
        return Strip([Segment(self._text(row, at == self._at, width), base + self._style(row, at))], width)

    def _style(self, row: Row, at: int) -> Style:
        style = Style()
        if row.heading:
            style = self.get_component_rich_style("rows--heading", partial=True)
        elif row.style:
            style = self.get_component_rich_style(f"rows--{row.style}", partial=True)
        if at == self._at:
            name = "rows--cursor" if self.has_focus else "rows--blurred"
            return style + self.get_component_rich_style(name, partial=True)
        return style

    def _text(self, row: Row, here: bool, width: int) -> str:
        sign = "▸" if here else " "
        if row.heading:
            return set_cell_size(f"{sign}{one_line(row.cells[0])}", width)
        if self._marked:
            sign += "●" if row.key in self._marked else " "
        shown = [
            (column, one_line(text))
            for column, text in zip(self._columns, row.cells, strict=False)
            if column.needs <= width < column.upto
        ]
        gaps = len(shown)
        fixed = sum(column.width for column, _ in shown)
        weights = sum(column.weight for column, _ in shown if not column.width) or 1
        room = max(width - len(sign) - gaps - fixed, 0)
        parts = []
        for column, text in shown:
            size = column.width or room * column.weight // weights
            parts.append(fitted(text, size))
        return set_cell_size(f"{sign}{' '.join(parts)}", width)
