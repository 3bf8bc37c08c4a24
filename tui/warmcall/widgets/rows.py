"""A list of rows in columns, with a cursor and the keys that move it; only what shows is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple, overload

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from warmcall.domain.sanitize import one_line
from warmcall.widgets.rich_text import Excerpt
from warmcall.widgets.text_width import fit_width

_MATCH = Style(bold=True, underline=True)
"""How the stretch of an excerpt that was found is marked, in colour or not."""


class Column(NamedTuple):
    """One column: `width` cells, or with 0 a share of the rest by `weight`.

    It shows only in a list that has at least `min_width` and fewer than `below_width` cells.
    """

    width: int = 0
    weight: int = 1
    min_width: int = 0
    below_width: int = 10_000


class Row(NamedTuple):
    """One row: a key, a text for each column, a style for the row, and whether it is a heading.

    `style` is one of "", "dim", "late", "good". The cursor skips a heading that has no key. An `excerpt`
    stands in place of the columns from number `excerpt_from` on, counted from 0.
    """

    key: str
    cells: tuple[str, ...]
    style: str = ""
    heading: bool = False
    excerpt: Excerpt | None = None
    excerpt_from: int = 1

    @property
    def selectable(self) -> bool:
        """Whether the cursor may be on it."""
        return bool(self.key) or not self.heading


class LazyRows(Sequence[Row]):
    """Rows that are made when they are drawn, for long lists. `keys` are all different."""

    def __init__(self, keys: Sequence[str], make: Callable[[str], Row]) -> None:
        self.keys = keys
        self._make = make

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        if isinstance(index, slice):
            return [self._make(key) for key in self.keys[index]]
        return self._make(self.keys[index])


class Rows(ScrollView, can_focus=True):
    """Shows rows, and a cursor that stays on its row when the rows change around it."""

    DEFAULT_CSS = """
    Rows { height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; }
    Rows > .rows--cursor { text-style: bold reverse; }
    Rows > .rows--blurred { text-style: bold; }
    Rows > .rows--heading { text-style: bold; color: $primary; }
    Rows > .rows--dim { color: $muted; }
    Rows > .rows--late { color: $warning; }
    Rows > .rows--good { color: $success; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--cursor", "rows--blurred", "rows--heading", "rows--dim", "rows--late", "rows--good",
    }  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move(1)", "Down", show=False, id="rows.down", tooltip="Next row"),
        Binding("k,up", "move(-1)", "Up", show=False, id="rows.up", tooltip="Previous row"),
        Binding("g,home", "first", "First", show=False, id="rows.first", tooltip="First row"),
        Binding("G,end", "last", "Last", show=False, id="rows.last", tooltip="Last row"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="rows.page_down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="rows.page_up"),
        Binding("ctrl+d", "page(0.5)", "Half page down", show=False, id="rows.half_down"),
        Binding("ctrl+u", "page(-0.5)", "Half page up", show=False, id="rows.half_up"),
        Binding("enter", "choose", "Open", id="rows.choose", tooltip="Do what the row says"),
    ]

    class Chosen(Message):
        """Enter was pressed on the row with `key`."""

        def __init__(self, rows: Rows, key: str) -> None:
            self.rows = rows
            self.key = key
            super().__init__()

        @property
        def control(self) -> Rows:
            """The list."""
            return self.rows

    class Moved(Chosen):
        """The cursor came to the row with `key`."""

    def __init__(
        self, columns: Sequence[Column], id: str | None = None, enter_label: str | None = "Open"
    ) -> None:
        """Make an empty list; `enter_label` says what Enter does, None that Enter is no key of this list."""
        super().__init__(id=id)
        self._columns = tuple(columns)
        self._rows: Sequence[Row] = ()
        self._cursor_index = -1
        self._drawn: dict[int, Row] = {}
        self._marked: frozenset[str] = frozenset()
        self._enter_label = enter_label
        self._scroll_pending = False
        self._had_focus = False
        self._index_by_key: dict[str, int] = {}

    @property
    def key(self) -> str:
        """The key of the row under the cursor; empty if there is none."""
        return self._rows[self._cursor_index].key if 0 <= self._cursor_index < len(self._rows) else ""

    @property
    def rows(self) -> Sequence[Row]:
        """The rows shown."""
        return self._rows

    def mark(self, keys: frozenset[str]) -> None:
        """Mark the rows with these keys, and only these; a column for the marks shows while there are any."""
        if keys != self._marked:
            self._marked = keys
            self.refresh()

    def label_of(self, action: str) -> str:
        """Return what Enter does on a row of this list."""
        return (self._enter_label or "") if action == "choose" else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Enter out where it is no key of this list."""
        if action == "choose" and self._enter_label is None:
            return False
        return super().check_action(action, parameters)

    def disabled_reason(self, action: str) -> str:
        """Return why no row can be chosen now; the screen's reason comes first."""
        method = getattr(self.screen, "disabled_reason", None) if action == "choose" else None
        reason = str(method(action)) if callable(method) else ""
        return reason or ("" if self.key or action != "choose" else "There is nothing here to choose")

    def show(self, rows: Sequence[Row], key: str = "") -> None:
        """Show `rows`, the cursor on `key` if given, else on the row it was on, else nearby."""
        target = key or self.key
        before = self.key
        if not isinstance(rows, LazyRows) and rows == self._rows and target == before:
            return
        if self._update_in_place(rows, target == before):
            return
        self._rows = rows
        self._drawn.clear()
        if isinstance(rows, LazyRows):
            self._index_by_key = dict(zip(rows.keys, range(len(rows)), strict=True))
        else:
            self._index_by_key = {row.key: index for index, row in enumerate(rows) if row.selectable}
        self.virtual_size = Size(self.size.width, len(rows))
        index = self._index_by_key.get(target)
        if index is not None and not rows[index].selectable:
            index = self._nearest(index)
        nearby = min(max(self._cursor_index, 0), len(rows) - 1)
        self._cursor_index = index if index is not None else self._nearest(nearby)
        self._keep_in_view()
        self.refresh()
        if self.key != before or index is None:
            self.post_message(self.Moved(self, self.key))

    def _update_in_place(self, rows: Sequence[Row], same_cursor: bool) -> bool:
        """Redraw only the lines that differ, if `rows` have the same keys; return whether that was enough."""
        if not (same_cursor and isinstance(rows, LazyRows) and isinstance(self._rows, LazyRows)):
            return False
        if rows.keys != self._rows.keys:
            return False
        self._rows = rows
        top = int(self.scroll_offset.y)
        for index, row in list(self._drawn.items()):
            if not top <= index < top + self.size.height:
                del self._drawn[index]
            elif rows[index] != row:
                self.refresh(Region(0, index - top, self.size.width, 1))
        return True

    def go(self, key: str) -> None:
        """Move the cursor to the row with `key`, if it is there."""
        index = self._index_by_key.get(key)
        if index is not None:
            self._move_cursor(index)

    def action_move(self, by: int) -> None:
        """Move the cursor by one row, skipping headings."""
        index = self._cursor_index + by
        while 0 <= index < len(self._rows) and not self._rows[index].selectable:
            index += by
        if 0 <= index < len(self._rows):
            self._move_cursor(index)
        elif by < 0:
            self.scroll_to(y=0, animate=False)

    def action_first(self) -> None:
        """Move to the first row."""
        self._move_cursor(self._nearest(0))
        self.scroll_to(y=0, animate=False)

    def action_last(self) -> None:
        """Move to the last row."""
        self._move_cursor(self._nearest(len(self._rows) - 1))

    def action_page(self, pages: float) -> None:
        """Move by so many screenfuls."""
        by = int(max(self.size.height - 1, 1) * pages)
        self._move_cursor(self._nearest(min(max(self._cursor_index + by, 0), len(self._rows) - 1)))

    def action_choose(self) -> None:
        """Choose the row under the cursor, or say why none can be chosen."""
        reason = self.disabled_reason("choose")
        if reason:
            self.notify(reason, markup=False, timeout=4)
        else:
            self.post_message(self.Chosen(self, self.key))

    def on_resize(self, event: events.Resize) -> None:
        """Fit the rows to the new width."""
        self.virtual_size = Size(event.size.width, len(self._rows))
        self._keep_in_view()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the visible lines; scroll to a cursor that moved while the list was hidden.

        Textual does not always send a widget an event when it is shown again.
        """
        if self._scroll_pending:
            self.call_later(self._keep_in_view)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one visible line."""
        index = y + int(self.scroll_offset.y)
        width = self.size.width
        base = self.rich_style
        if not 0 <= index < len(self._rows):
            return Strip.blank(width, base)
        row = self._drawn[index] = self._rows[index]
        on_cursor = index == self._cursor_index
        text, start, end = self._text(row, on_cursor, width)
        style = base + self._style(row, on_cursor)
        if start >= end:
            return Strip([Segment(text, style)], width)
        marked = Segment(text[start:end], style + _MATCH)
        return Strip([Segment(text[:start], style), marked, Segment(text[end:], style)], width)

    def focus_on_click(self) -> bool:
        """Take the focus, and remember whether it was here: a click that moves the focus only selects."""
        self._had_focus = self.has_focus
        return super().focus_on_click()

    def on_click(self, event: events.Click) -> None:
        """Move to the row clicked; choose it if it was selected before, or is clicked twice."""
        index = event.y + int(self.scroll_offset.y)
        if index == self._cursor_index:
            if self._had_focus or event.chain > 1:
                self.action_choose()
        elif 0 <= index < len(self._rows) and self._rows[index].selectable:
            self._move_cursor(index)

    def _nearest(self, index: int) -> int:
        """Return the next selectable row from `index` down, else the next one up; -1 if there is none."""
        down = (row for row in range(max(index, 0), len(self._rows)) if self._rows[row].selectable)
        last = min(index, len(self._rows) - 1)
        up = (row for row in range(last, -1, -1) if self._rows[row].selectable)
        return next(down, next(up, -1))

    def _move_cursor(self, index: int) -> None:
        if index == self._cursor_index or index < 0:
            return
        before, self._cursor_index = self._cursor_index, index
        for line in (before, index):
            self.refresh(Region(0, line - int(self.scroll_offset.y), self.size.width, 1))
        self._keep_in_view()
        self.post_message(self.Moved(self, self.key))

    def _keep_in_view(self) -> None:
        """Scroll to the cursor, and to a heading right above it; later if the list is hidden."""
        height, index = self.size.height, self._cursor_index
        self._scroll_pending = index >= 0 and not height
        if index < 0 or not height:
            return
        top = int(self.scroll_offset.y)
        first = index - 1 if index and self._rows[index - 1].heading else index
        if first < top:
            self.scroll_to(y=first, animate=False)
        elif index >= top + height:
            self.scroll_to(y=index - height + 1, animate=False)

    def _style(self, row: Row, on_cursor: bool) -> Style:
        style = Style()
        if row.heading:
            style = self.get_component_rich_style("rows--heading", partial=True)
        elif row.style:
            style = self.get_component_rich_style(f"rows--{row.style}", partial=True)
        if on_cursor:
            name = "rows--cursor" if self.has_focus else "rows--blurred"
            return style + self.get_component_rich_style(name, partial=True)
        return style

    def _text(self, row: Row, on_cursor: bool, width: int) -> tuple[str, int, int]:
        """Return the line of a row, and where in it the stretch to mark begins and ends."""
        sign = "▸" if on_cursor else " "
        if row.heading:
            return set_cell_size(f"{sign}{one_line(row.cells[0])}", width), 0, 0
        if self._marked:
            sign += "●" if row.key in self._marked else " "
        shown = [
            (column, one_line(text))
            for column, text in zip(self._columns, row.cells, strict=False)
            if column.min_width <= width < column.below_width
        ]
        gaps = len(shown)
        fixed = sum(column.width for column, _ in shown)
        weights = sum(column.weight for column, _ in shown if not column.width) or 1
        room = max(width - len(sign) - gaps - fixed, 0)
        parts = []
        for column, text in shown[: row.excerpt_from if row.excerpt else None]:
            size = column.width or room * column.weight // weights
            parts.append(fit_width(text, size))
        line = f"{sign}{' '.join(parts)}"
        if row.excerpt is None:
            return set_cell_size(line, width), 0, 0
        begin = len(line) + 1
        line = f"{line} {fit_width(row.excerpt.text, max(width - cell_len(line) - 1, 0))}"
        start, end = (min(begin + place, len(line)) for place in row.excerpt[1:])
        return set_cell_size(line, width), start, end
