"""A list of rows in columns, with a cursor and the keys that move it; only what shows is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple, overload

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
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

    def __init__(self, columns: Sequence[Column], id: str | None = None, opens: str = "Open") -> None:
        super().__init__(id=id)
        self._columns = tuple(columns)
        self._rows: Sequence[Row] = ()
        self._at = -1
        self._drawn: dict[int, Row] = {}
        self._marked: frozenset[str] = frozenset()
        self._opens = opens
        self._unseen = False
        self._had_focus = False
        self._known_keys: dict[str, int] = {}

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

    def label_of(self, action: str) -> str:
        """Return what Enter does on a row of this list."""
        return self._opens if action == "choose" else ""

    def disabled_reason(self, action: str) -> str:
        """Return why no row can be chosen now, as the screen has it."""
        asked = getattr(self.screen, "disabled_reason", None) if action == "choose" else None
        reason = str(asked(action)) if callable(asked) else ""
        return reason or ("" if self.key or action != "choose" else "There is nothing here to choose")

    def show(self, rows: Sequence[Row], key: str = "") -> None:
        """Show `rows`, the cursor on `key` if given, else on the row it was on, else nearby."""
        wanted = key or self.key
        before = self.key
        if not isinstance(rows, LazyRows) and rows == self._rows and wanted == before:
            return
        if self._differs_in_lines_alone(rows, wanted == before):
            return
        self._rows = rows
        self._drawn.clear()
        if isinstance(rows, LazyRows):
            self._known_keys = dict(zip(rows.keys, range(len(rows)), strict=True))
        else:
            self._known_keys = {row.key: at for at, row in enumerate(rows) if not row.heading}
        self.virtual_size = Size(self.size.width, len(rows))
        at = self._known_keys.get(wanted)
        if at is not None and rows[at].passed_over:
            at = self._nearest(at)
        self._at = at if at is not None else self._nearest(min(max(self._at, 0), len(rows) - 1))
        self._keep_in_view()
        self.refresh()
        if self.key != before or at is None:
            self.post_message(self.Moved(self, self.key))

    def _differs_in_lines_alone(self, rows: Sequence[Row], stays: bool) -> bool:
        """Take `rows` and draw anew the lines that differ, if they are the same rows, told otherwise."""
        if not (stays and isinstance(rows, LazyRows) and isinstance(self._rows, LazyRows)):
            return False
        if rows.keys != self._rows.keys:
            return False
        self._rows = rows
        top = int(self.scroll_offset.y)
        for at, row in list(self._drawn.items()):
            if not top <= at < top + self.size.height:
                del self._drawn[at]
            elif rows[at] != row:
                self.refresh(Region(0, at - top, self.size.width, 1))
        return True

    def go(self, key: str) -> None:
        """Put the cursor on the row with `key`, if it is there."""
        at = self._known_keys.get(key)
        if at is not None:
            self._move_to(at)

    def action_move(self, by: int) -> None:
        """Move the cursor by one row, over headings."""
        at = self._at + by
        while 0 <= at < len(self._rows) and self._rows[at].passed_over:
            at += by
        if 0 <= at < len(self._rows):
            self._move_to(at)
        elif by < 0:
            self.scroll_to(y=0, animate=False)

    def action_first(self) -> None:
        """Move to the first row."""
        self._move_to(self._nearest(0))
        self.scroll_to(y=0, animate=False)

    def action_last(self) -> None:
        """Move to the last row."""
        self._move_to(self._nearest(len(self._rows) - 1))

    def action_page(self, pages: float) -> None:
        """Move by so many screenfuls."""
        by = int(max(self.size.height - 1, 1) * pages)
        self._move_to(self._nearest(min(max(self._at + by, 0), len(self._rows) - 1)))

    def action_choose(self) -> None:
        """Choose the row under the cursor, or say why there is none to be chosen."""
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
        """Draw what shows; a cursor that moved while the list was hidden is then brought into view.

        Textual does not always tell a widget that it shows again.
        """
        if self._unseen:
            self.call_later(self._keep_in_view)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one line of what shows."""
        at = y + int(self.scroll_offset.y)
        width = self.size.width
        base = self.rich_style
        if not 0 <= at < len(self._rows):
            return Strip.blank(width, base)
        row = self._drawn[at] = self._rows[at]
        return Strip([Segment(self._text(row, at == self._at, width), base + self._style(row, at))], width)

    def focus_on_click(self) -> bool:
        """Take the focus, and remember whether it was here: the click that brings it only selects."""
        self._had_focus = self.has_focus
        return super().focus_on_click()

    def on_click(self, event: events.Click) -> None:
        """Move to the row clicked; a row that was selected before, or is clicked twice, is chosen."""
        at = event.y + int(self.scroll_offset.y)
        if at == self._at:
            if self._had_focus or event.chain > 1:
                self.action_choose()
        elif 0 <= at < len(self._rows) and not self._rows[at].passed_over:
            self._move_to(at)

    def _nearest(self, at: int) -> int:
        """Return the row nearest to `at` that is not passed over, down first; -1 if there is none."""
        after = (item for item in range(max(at, 0), len(self._rows)) if not self._rows[item].passed_over)
        last = min(at, len(self._rows) - 1)
        before = (item for item in range(last, -1, -1) if not self._rows[item].passed_over)
        return next(after, next(before, -1))

    def _move_to(self, at: int) -> None:
        if at == self._at or at < 0:
            return
        before, self._at = self._at, at
        for line in (before, at):
            self.refresh(Region(0, line - int(self.scroll_offset.y), self.size.width, 1))
        self._keep_in_view()
        self.post_message(self.Moved(self, self.key))

    def _keep_in_view(self) -> None:
        height = self.size.height
        self._unseen = self._at >= 0 and not height
        if self._at < 0 or not height:
            return
        top = int(self.scroll_offset.y)
        first = self._at - 1 if self._at and self._rows[self._at - 1].heading else self._at
        if first < top:
            self.scroll_to(y=first, animate=False)
        elif self._at >= top + height:
            self.scroll_to(y=self._at - height + 1, animate=False)

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
