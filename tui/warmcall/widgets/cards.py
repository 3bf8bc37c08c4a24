"""Cards in columns side by side, or one below the other, with a cursor on one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from warmcall.widgets.card_lines import CardLine, fitted, lines_of
from warmcall.widgets.rich_text import CardGroup
from warmcall.widgets.rows import Rows

SIDE_BY_SIDE_FROM = 70
"""The width from which the groups stand side by side: with less, lines would be too short to read."""

EMPTY_CELLS = 24
"""The width of a column without cards, beside one that has some."""

_BETWEEN = " │"
"""What stands between two columns."""

_MATCH = Style(bold=True, underline=True)

Find = Callable[[str], tuple[int, int] | None]
"""Gives the stretch of a text to mark, if any."""


class _Place(NamedTuple):
    """Where a card is: its column, its first line, and the line after its last."""

    column: int
    start: int
    end: int


def _nothing(_text: str) -> None:
    return None


class Cards(ScrollView, can_focus=True):
    """Shows groups of cards; the cursor goes through one group after the other.

    A card longer than the window is scrolled through before the cursor leaves it.
    """

    DEFAULT_CSS = """
    Cards { height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; }
    Cards > .cards--cursor { background: $selected; }
    Cards:ansi > .cards--cursor { text-style: bold reverse; background: transparent; }
    Cards > .cards--blurred { text-style: bold; }
    Cards > .cards--rule { color: $rule; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"cards--cursor", "cards--blurred", "cards--rule"}
    BINDINGS: ClassVar[list[BindingType]] = list(Rows.BINDINGS)

    class Moved(Message):
        """The cursor came to another card, or to none."""

    class Chosen(Message):
        """Enter was pressed on the card under the cursor."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._groups: tuple[CardGroup, ...] = ()
        self._find: Find = _nothing
        self._columns: list[list[CardLine]] = []
        self._places: dict[str, _Place] = {}
        self._key = ""
        self._laid_out_for = 0

    @property
    def key(self) -> str:
        """The key of the card under the cursor; empty if there is none."""
        return self._key

    @property
    def keys(self) -> list[str]:
        """The keys of all cards, in the order the cursor goes through them."""
        return [card.key for group in self._groups for card in group.cards]

    def show(self, groups: Sequence[CardGroup], find: Find = _nothing) -> None:
        """Show `groups`, the cursor on the card it was on, else on the first; mark what `find` gives."""
        self._find = find
        if tuple(groups) == self._groups:
            self.refresh()
            return
        before, self._groups = self._key, tuple(groups)
        keys = self.keys
        self._key = before if before in keys else next(iter(keys), "")
        self._lay_out()
        if self._key != before:
            self.scroll_to(y=0, animate=False)
            self._keep_in_view()
            self.post_message(self.Moved())

    def go(self, key: str) -> None:
        """Move the cursor to the card with `key`, if it is there."""
        if key in self._places and key != self._key:
            self._key = key
            self._keep_in_view()
            self.refresh()
            self.post_message(self.Moved())

    def label_of(self, action: str) -> str:
        """Return what Enter does here."""
        return "Person" if action == "choose" else ""

    def disabled_reason(self, action: str) -> str:
        """Return why no card can be chosen now."""
        return "There is nothing here to choose" if action == "choose" and not self._key else ""

    def action_move(self, by: int) -> None:
        """Scroll on in a card that goes on beyond the window, else move to the next or the one before."""
        place, height = self._places.get(self._key), self.size.height
        if place is None:
            return
        top = int(self.scroll_offset.y)
        if by > 0 and place.end > top + height:
            self.scroll_to(y=min(top + height - 1, place.end - height), animate=False)
        elif by < 0 and place.start < top:
            self.scroll_to(y=max(top - height + 1, place.start - 1), animate=False)
        else:
            keys = self.keys
            at = keys.index(self._key) + by
            if 0 <= at < len(keys):
                self.go(keys[at])
            elif by < 0:
                self.scroll_to(y=0, animate=False)

    def action_first(self) -> None:
        """Move to the first card."""
        self.go(next(iter(self.keys), ""))
        self.scroll_to(y=0, animate=False)

    def action_last(self) -> None:
        """Move to the last card."""
        self.go(next(reversed(self.keys), ""))

    def action_page(self, pages: float) -> None:
        """Move to the card that is about so many screenfuls further in the same column."""
        place = self._places.get(self._key)
        if place is None:
            return
        by = int(max(self.size.height - 1, 1) * pages)
        column = [(key, other) for key, other in self._places.items() if other.column == place.column]
        if place.start + by >= place.end or by < 0:
            key = min(column, key=lambda item: abs(item[1].start - place.start - by))[0]
            self.go(key)
        self.scroll_to(y=int(self.scroll_offset.y) + by, animate=False)

    def action_choose(self) -> None:
        """Choose the card under the cursor, or say why none can be chosen."""
        reason = self.disabled_reason("choose")
        if reason:
            self.notify(reason, markup=False, timeout=4)
        else:
            self.post_message(self.Chosen())

    def on_resize(self, event: events.Resize) -> None:
        """Fit the cards to the new width."""
        if event.size.width != self._laid_out_for:
            self._lay_out()
        self._keep_in_view()

    def on_click(self, event: events.Click) -> None:
        """Move to the card clicked; choose it if it is clicked twice."""
        y, starts = event.y + int(self.scroll_offset.y), self._starts()
        column = max(n for n, start in enumerate(starts) if start <= max(event.x, 0))
        for key, place in self._places.items():
            if place.column == column and place.start <= y < place.end:
                self.go(key)
                if event.chain > 1:
                    self.action_choose()

    def render_line(self, y: int) -> Strip:
        """Draw one visible line."""
        index, width = y + int(self.scroll_offset.y), self.scrollable_content_region.width
        base = self.rich_style
        segments: list[Segment] = []
        sizes = self._sizes()
        for number, (size, lines) in enumerate(zip(sizes, self._columns, strict=False)):
            if number:
                segments.append(Segment(_BETWEEN, base + self._part("cards--rule")))
            if index < len(lines):
                segments += self._drawn(lines[index], size, base)
            else:
                segments.append(Segment(" " * size, base))
        return Strip(segments).simplify().adjust_cell_length(width, base)

    def _drawn(self, line: CardLine, size: int, base: Style) -> list[Segment]:
        """Return a line in exactly `size` cells."""
        on_cursor = line.first and line.key == self._key
        tint = self._part("cards--cursor" if self.has_focus else "cards--blurred") if on_cursor else None
        sign = ("▸" if on_cursor else " ",) if line.first else ()
        spans: list[tuple[str, Style]] = []
        for text, style in fitted((*sign, *line.parts), size):
            found = base + (self.app.stylesheet.parse_style(style).rich_style if style else Style())
            if tint is not None:
                found = (base + found.without_color if tint.reverse else found) + tint
            spans.append((text, found))
        rest = size - sum(cell_len(text) for text, _ in spans)
        spans.append((" " * rest, base + tint if tint is not None else base))
        if line.is_text and (stretch := self._find(spans[0][0])) is not None:
            words, plain = spans[0]
            start, end = stretch
            spans[:1] = [(words[:start], plain), (words[start:end], plain + _MATCH), (words[end:], plain)]
        return [Segment(*span) for span in spans if span[0]]

    def _part(self, name: str) -> Style:
        return self.get_component_rich_style(name, partial=True)

    def _sizes(self) -> list[int]:
        """Return the cells of each column."""
        width = self.size.width - 1
        if len(self._columns) < 2:
            return [width]
        room = width - len(_BETWEEN) * (len(self._columns) - 1)
        empty = min(room // len(self._groups), EMPTY_CELLS)
        full = sum(bool(group.cards) for group in self._groups)
        room -= empty * (len(self._groups) - full)
        return [room // full if group.cards else empty for group in self._groups]

    def _starts(self) -> list[int]:
        """Return the first cell of each column."""
        sizes = self._sizes()
        return [sum(sizes[:number]) + len(_BETWEEN) * number for number in range(len(sizes))]

    def _lay_out(self) -> None:
        """Break the cards into lines, for the width there is."""
        width = self._laid_out_for = self.size.width
        if not width:
            return
        groups = self._groups
        beside = width >= SIDE_BY_SIDE_FROM and len(groups) > 1 and any(group.cards for group in groups)
        self._columns = [[] for _ in groups] if beside else [[]]
        sizes = self._sizes()
        self._places = {}
        for number, group in enumerate(groups):
            lines = self._columns[number if beside else 0]
            if lines:
                lines.append(CardLine())
            start = len(lines)
            column = number if beside else 0
            lines += lines_of(group, sizes[column])
            self._find_places(lines, start, column)
        self.virtual_size = Size(width, max((len(lines) for lines in self._columns), default=0))
        self.refresh()

    def _find_places(self, lines: list[CardLine], start: int, column: int) -> None:
        for at in range(start, len(lines)):
            key = lines[at].key
            if key:
                begin = self._places[key].start if key in self._places else at
                self._places[key] = _Place(column, begin, at + 1)

    def _keep_in_view(self) -> None:
        """Scroll to the card under the cursor: to all of it if there is room, and to a title above it."""
        place, height = self._places.get(self._key), self.size.height
        if place is None or not height:
            return
        top = int(self.scroll_offset.y)
        first = place.start - 1
        if first < top or place.end - first > height:
            self.scroll_to(y=first, animate=False)
        elif place.end > top + height:
            self.scroll_to(y=place.end - height, animate=False)

    def on_focus(self) -> None:
        """Show the cursor as the one the keys act on."""
        self._refresh_cursor()

    def on_blur(self) -> None:
        """Show that the keys go elsewhere."""
        self._refresh_cursor()

    def _refresh_cursor(self) -> None:
        place = self._places.get(self._key)
        if place is not None:
            self.refresh(Region(0, place.start - int(self.scroll_offset.y), self.size.width, 1))
