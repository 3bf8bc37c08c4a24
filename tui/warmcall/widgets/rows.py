"""A list of rows in columns, with a cursor and the keys that move it; only what shows is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar, NamedTuple, overload

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from warmcall.domain.sanitize import one_line
from warmcall.widgets.rich_text import Excerpt, RichPart
from warmcall.widgets.text_width import fit_width

_MATCH = Style(bold=True, underline=True)
"""How the stretch of an excerpt that was found is marked, in colour or not."""

WIDE = 100
"""In a window with at least this many columns the whole row under the cursor has the tint. In a narrower one
only the columns that lead it have, which sends half the bytes for a move."""


Span = tuple[str, str, bool]
"""A part of a row: its text, its style, and whether it has the tint of the cursor."""

_FOUND = "found"
"""The style of the stretch of an excerpt that was found."""


class Column(NamedTuple):
    """One column: `width` cells, or with 0 a share of the rest by `weight`, at most `at_most` cells.

    It shows only in a list that has at least `min_width` and fewer than `below_width` cells. The last one
    gets what the others leave. `name` stands above it in a wide list.
    """

    width: int = 0
    weight: int = 1
    min_width: int = 0
    below_width: int = 10_000
    at_most: int = 10_000
    name: str = ""


class Row(NamedTuple):
    """One row: a key, for each column a text or a text with its style, a style for the whole row, and
    whether it is a heading.

    `style` is one of "", "dim", "late", "good"; the style of a cell is one such as "$warning". A heading has
    all its cells one after the other. The cursor skips a heading that has no key. An `excerpt` stands in
    place of the columns from number `excerpt_from` on, counted from 0.
    """

    key: str
    cells: tuple[RichPart, ...]
    style: str = ""
    heading: bool = False
    excerpt: Excerpt | None = None
    excerpt_from: int = 1

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of the cells."""
        return tuple(cell if isinstance(cell, str) else cell[0] for cell in self.cells)

    @property
    def selectable(self) -> bool:
        """Whether the cursor may be on it."""
        return bool(self.key) or not self.heading


_MADE_MAX = 500
"""How many rows that were made are kept at most: those of a few screenfuls."""


class LazyRows(Sequence[Row]):
    """Rows that are made when they are drawn, each once, for long lists. `keys` are all different."""

    def __init__(self, keys: Sequence[str], make: Callable[[str], Row]) -> None:
        self.keys = keys
        self._make = make
        self._made: dict[str, Row] = {}

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        if isinstance(index, slice):
            return [self._made_once(key) for key in self.keys[index]]
        return self._made_once(self.keys[index])

    def _made_once(self, key: str) -> Row:
        row = self._made.get(key)
        if row is None:
            if len(self._made) >= _MADE_MAX:
                self._made.clear()
            row = self._made[key] = self._make(key)
        return row


class Rows(ScrollView, can_focus=True):
    """Shows rows, and a cursor that stays on its row when the rows change around it."""

    DEFAULT_CSS = """
    Rows { height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; }
    Rows > .rows--cursor { background: $selected; }
    Rows:ansi > .rows--cursor { text-style: bold reverse; background: transparent; }
    Rows > .rows--blurred { text-style: bold; }
    Rows > .rows--heading { text-style: bold; }
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
        self,
        columns: Sequence[Column],
        id: str | None = None,
        enter_label: str | None = "Open",
        leading: int = 0,
    ) -> None:
        """Make an empty list; `enter_label` says what Enter does, None that Enter is no key of this list.

        `leading` is the number of columns that have the tint of the cursor in a window that is not wide, up
        to the end of the last one's text; with 0 all have.
        """
        super().__init__(id=id)
        self._columns = tuple(columns)
        self._leading = leading
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

    @property
    def cursor_screen_offset(self) -> Offset:
        """The first cell of the selected row on the screen; of the list, if there is none in view."""
        line = self._cursor_index - int(self.scroll_offset.y)
        x, y, _, height = self.content_region
        return Offset(x, y + line if 0 <= line < height else y)

    def mark(self, keys: frozenset[str]) -> None:
        """Mark the rows with these keys, and only these; a column for the marks shows while there are any."""
        if keys != self._marked:
            self._marked = keys
            self.refresh()

    def name_enter(self, label: str) -> None:
        """Say from now on that Enter does `label`; the caller lets the key bar know."""
        self._enter_label = label

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
        grows = self.styles.is_auto_height and len(rows) != len(self._rows)
        self._rows = rows
        self._drawn.clear()
        if not isinstance(rows, LazyRows):
            self._index_by_key = {row.key: index for index, row in enumerate(rows) if row.selectable}
        self.virtual_size = Size(self.size.width, len(rows))
        index = self._index_of(target)
        if index is not None and not rows[index].selectable:
            index = self._nearest(index)
        nearby = min(max(self._cursor_index, 0), len(rows) - 1)
        self._cursor_index = index if index is not None else self._nearest(nearby)
        self._keep_in_view()
        self.refresh(layout=grows)
        if self.key != before or index is None:
            self.post_message(self.Moved(self, self.key))

    def _update_in_place(self, rows: Sequence[Row], same_cursor: bool) -> bool:
        """Redraw only the lines that differ, if `rows` have the same keys; return whether that was enough."""
        if not (same_cursor and isinstance(rows, LazyRows) and isinstance(self._rows, LazyRows)):
            return False
        if rows.keys is not self._rows.keys and rows.keys != self._rows.keys:
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
        index = self._index_of(key)
        if index is not None:
            self._move_cursor(index)

    def _index_of(self, key: str) -> int | None:
        """Return the place of the row with `key`; thousands are looked through sooner than put in a table."""
        if not isinstance(self._rows, LazyRows):
            return self._index_by_key.get(key)
        try:
            return self._rows.keys.index(key) if key else None
        except ValueError:
            return None

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
        width = self.scrollable_content_region.width
        if not 0 <= index < len(self._rows):
            return Strip.blank(width, self.rich_style)
        row = self._drawn[index] = self._rows[index]
        on_cursor = index == self._cursor_index
        spans = self._heading(row) if row.heading else self._spans(row, width)
        base = self.rich_style + self._row_style(row)
        tint = self._tint() if on_cursor else None
        segments: list[Segment] = []
        sign = f"{'▸' if on_cursor else ' '}{self._mark(row)}"
        for text, style, tinted in spans:
            found = base + self._parsed(style) if style else base
            if tint is not None and tinted:
                # Reversed, a coloured letter would be a block of that colour.
                found = (self.rich_style + found.without_color if tint.reverse else found) + tint
            segments.append(Segment(f"{sign}{text}", found))
            sign = ""
        return Strip(segments).simplify().adjust_cell_length(width, base)

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

    def _row_style(self, row: Row) -> Style:
        if row.heading:
            return self.get_component_rich_style("rows--heading", partial=True)
        return self.get_component_rich_style(f"rows--{row.style}", partial=True) if row.style else Style()

    def _tint(self) -> Style:
        name = "rows--cursor" if self.has_focus else "rows--blurred"
        return self.get_component_rich_style(name, partial=True)

    def _parsed(self, style: str) -> Style:
        return _MATCH if style == _FOUND else self.app.stylesheet.parse_style(style).rich_style

    def _mark(self, row: Row) -> str:
        """Return what stands for a marked row; empty while no row is marked, and for headings."""
        if not self._marked or row.heading:
            return ""
        return "●" if row.key in self._marked else " "

    def _heading(self, row: Row) -> Iterator[Span]:
        """Yield the parts of a heading, one after the other."""
        for cell in row.cells:
            text, style = _text_and_style(cell)
            yield text, style, True

    def _spans(self, row: Row, width: int) -> Iterator[Span]:
        """Yield the parts of a row that fill its width after the sign of the cursor and the mark."""
        room = width - 1 - bool(self._marked) - self.show_vertical_scrollbar  # a blank before the scrollbar
        sizes = column_sizes(self._columns, width, room)
        whole = self.app.size.width >= WIDE or not self._leading
        end = 0
        for number, size in sizes:
            if row.excerpt is not None and number >= row.excerpt_from:
                break
            if number >= len(row.cells):
                break
            text, style = _text_and_style(row.cells[number])
            gap = " " if end else ""
            end += size + len(gap)
            text = f"{gap}{fit_width(text, size)}"
            if whole or number != self._leading - 1:
                yield text, style, whole or number < self._leading
                continue
            tinted = f"{text.rstrip()} "
            yield tinted[: len(text)], style, True
            yield text[len(tinted) :], style, False
        if row.excerpt is None:
            yield " " * max(room - end, 0), "", whole
            return
        text = fit_width(row.excerpt.text, max(room - end - 1, 0))
        start, stop = (min(place, len(text)) for place in row.excerpt[1:])
        yield f" {text[:start]}", "", whole
        yield text[start:stop], _FOUND, whole
        yield text[stop:], "", whole


def column_sizes(columns: Sequence[Column], width: int, room: int) -> list[tuple[int, int]]:
    """Return the number and the cells of each column that shows in a list `width` cells wide.

    The columns, with a cell between each two, share `room` cells.
    """
    shown = [
        (n, column) for n, column in enumerate(columns) if column.min_width <= width < column.below_width
    ]
    rest = max(room - max(len(shown) - 1, 0) - sum(column.width for _, column in shown), 0)
    sharing = [column for _, column in shown if not column.width]
    sizes = []
    weights = sum(column.weight for column in sharing)
    for number, column in shown:
        size = column.width
        if not size:
            size = min(rest * column.weight // weights, column.at_most) if weights > column.weight else rest
            rest, weights = rest - size, weights - column.weight
        sizes.append((number, size))
    return sizes


def _text_and_style(cell: RichPart) -> tuple[str, str]:
    text, style = (cell, "") if isinstance(cell, str) else cell
    return one_line(text), style


class ColumnNames(Widget):
    """Shows the names of the columns above a wide list, at their places."""

    DEFAULT_CSS = """
    ColumnNames { height: 1; display: none; color: $muted; }
    """

    def __init__(self, columns: Sequence[Column], id: str | None = None) -> None:
        super().__init__(id=id)
        self._columns = tuple(columns)
        self._sorted_by = ""

    def show(self, sorted_by: str) -> None:
        """Mark the column of that name as the one the rows are sorted by."""
        if sorted_by != self._sorted_by:
            self._sorted_by = sorted_by
            self.refresh()

    def render(self) -> Content:
        """Draw the names."""
        width = self.size.width
        names = []
        for number, size in column_sizes(self._columns, width, width - 1):
            name = self._columns[number].name
            names.append(fit_width(f"{name} ▾" if name and name == self._sorted_by else name, size))
        return Content(f" {' '.join(names)}")
