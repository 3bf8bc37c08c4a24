"""The bars of one line: the tabs at the top, the keys at the bottom, the progress of an interview."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.cells import cell_len, set_cell_size
from textual import events
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

from warmcall.domain.sanitize import one_line
from warmcall.widgets.keys import ActiveKey, active_keys

SEPARATOR = "  "

Tabs = tuple[tuple[str, str], ...]
"""The tabs shown, by key and label; an empty label shows the key alone."""


class TopBar(Widget):
    """Shows which screen this is, and on the right what must always be visible."""

    DEFAULT_CSS = """
    TopBar { height: 1; dock: top; background: $panel; }
    """

    class Clicked(Message):
        """The tab with that label was clicked."""

        def __init__(self, label: str) -> None:
            self.label = label
            super().__init__()

    def __init__(self, tabs: Tabs, active: str) -> None:
        super().__init__()
        self._tabs = tabs
        self._active = active
        self._time_left = ""
        self._time_style = ""
        self._unsaved = ""
        self._notes: tuple[str, ...] = ()

    def show(self, time_left: str, unsaved: str, notes: tuple[str, ...] = (), time_style: str = "") -> None:
        """Show the time left, what is not saved, and notes; nothing is drawn if none of it changed.

        `notes` are the forms of one text, the longest first, of which the first that fits is shown.
        `time_style` is added to the bold of the time left.
        """
        shown = (time_left, unsaved, notes, time_style)
        if shown != (self._time_left, self._unsaved, self._notes, self._time_style):
            self._time_left, self._unsaved, self._notes, self._time_style = shown
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Report which tab was clicked."""
        name, tabs, *_ = self._parts()
        begin = cell_len(name)
        for key, label in tabs:
            end = begin + cell_len(self._tab(key, label))
            if begin <= event.x < end:
                self.post_message(self.Clicked(dict(self._tabs)[key]))
            begin = end

    def render(self) -> Content:
        """Draw the line."""
        name, tabs, note, separator, right = self._parts()
        texts = [self._tab(key, label) for key, label in tabs]
        parts: list[str | tuple[str, str]] = [(name, "bold $primary")]
        for (_, label), text in zip(tabs, texts, strict=True):
            parts.append((text, "bold" if label == self._active else "$muted"))
        used = cell_len(name) + sum(cell_len(text) for text in texts)
        gap = self.size.width - used - cell_len(note) - len(separator) - cell_len(right) - 1
        unsaved = right.removesuffix(self._time_left)
        parts += [" " * max(gap, 1), (note, "$muted"), separator, (unsaved, "bold $warning")]
        parts.append((self._time_left, f"bold {self._time_style}".rstrip()))
        return Content.assemble(*parts)

    def _parts(self) -> tuple[str, Tabs, str, str, str]:
        """Return what the line shows: name, tabs, note, a separator, and the right end."""
        width = self.size.width
        room = max(width - cell_len(self._time_left) - 4, 0)
        unsaved = self._unsaved
        if self._time_left and cell_len(unsaved) > room:
            unsaved = set_cell_size(unsaved, room - 1).rstrip() + "…" if room > 1 else ""
        right = "  ".join(filter(None, [unsaved, self._time_left]))
        room = width - cell_len(right) - 2
        for name, tabs, note in self._layouts():
            used = cell_len(name) + sum(cell_len(self._tab(key, label)) for key, label in tabs)
            separator = SEPARATOR if note and right else ""
            if used + cell_len(note) + len(separator) <= room:
                break
        return name, tabs, note, separator, right

    def _layouts(self) -> Iterator[tuple[str, Tabs, str]]:
        """Yield the name, the tabs and the note, from all of it to nothing, the widest first.

        The name is dropped before the note, and that before the labels of the tabs.
        """
        yield from ((" warmcall  ", self._tabs, note) for note in self._notes or ("",))
        short = tuple((key, label if label == self._active else "") for key, label in self._tabs)
        alone = tuple((key, label) for key, label in self._tabs if label == self._active)
        for name, tabs in ((" ", self._tabs), (" ", short), ("", alone)):
            yield from ((name, tabs, note) for note in (*self._notes, ""))
        yield "", (), ""

    def _tab(self, key: str, label: str) -> str:
        text = f"{key} {label}".rstrip()
        return f"[{text}]" if label == self._active else f" {text} "


GAP = "  "


def hints_that_fit(
    hints: list[tuple[str, str]], last: tuple[str, str] | None, width: int
) -> list[tuple[str, str]]:
    """Return as many of `hints` (key, label) as fit whole into `width` cells, and always `last`."""
    tail = [last] if last else []
    room = width - 1 - sum(_size(hint) for hint in tail)
    chosen: list[tuple[str, str]] = []
    for hint in hints:
        room -= _size(hint)
        if room < 0:
            break
        chosen.append(hint)
    return chosen + tail


def _size(hint: tuple[str, str]) -> int:
    return cell_len(hint[0]) + 1 + cell_len(hint[1]) + len(GAP)


class KeyBar(Widget):
    """Shows the active keys that fit whole; one that cannot act now is dim, unless its hint is to stay."""

    DEFAULT_CSS = """
    KeyBar { height: 1; dock: bottom; background: $panel; }
    """

    class Pressed(Message):
        """The hint of a key was clicked."""

        def __init__(self, key: ActiveKey) -> None:
            self.key = key
            super().__init__()

    def __init__(self) -> None:
        super().__init__()
        self._drawn: list[str | tuple[str, str]] = []
        self._looks_later = False

    def on_mount(self) -> None:
        """Redraw when the bindings of the screen change."""
        self.screen.bindings_updated_signal.subscribe(self, self._look_later)

    def _look_later(self, _screen: Screen[Any]) -> None:
        if not self._looks_later:
            self._looks_later = True
            self.call_after_refresh(self._redraw_if_changed)

    def _redraw_if_changed(self) -> None:
        self._looks_later = False
        if self.is_attached and self._parts() != self._drawn:
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Report which hint was clicked."""
        begin = 1
        for hint, key in self._hints():
            if begin <= event.x < begin + _size(hint) - len(GAP):
                self.post_message(self.Pressed(key))
            begin += _size(hint)

    def render(self) -> Content:
        """Draw the hints."""
        self._drawn = self._parts()
        return Content.assemble(*self._drawn)

    def _parts(self) -> list[str | tuple[str, str]]:
        parts: list[str | tuple[str, str]] = [" "]
        for (shown, label), key in self._hints():
            dim = "dim" if key.dim else ""
            parts += [(shown, dim or "bold $primary"), (f" {label}{GAP}", dim)]
        return parts

    def _hints(self) -> list[tuple[tuple[str, str], ActiveKey]]:
        """Return the hints that show, from the left, each with its key."""
        keys = [key for key in active_keys(self.screen, shown_only=True) if key.keys]
        help_key = next((key for key in keys if key.action.endswith("help")), None)
        by_hint = {_hint(key): key for key in keys if key is not help_key}
        last = _hint(help_key) if help_key else None
        shown = hints_that_fit(list(by_hint), last, self.size.width)
        if help_key and last:
            by_hint[last] = help_key
        return [(hint, by_hint[hint]) for hint in shown]


def _hint(key: ActiveKey) -> tuple[str, str]:
    return key.keys[0], one_line(key.label)


WORDS_CELLS = 44
"""What is kept beside the bar for the words, so that it keeps its length when they change."""

BAR_CELLS_AT_LEAST = 10
"""A shorter bar tells nothing, and leaves its place to the words."""


class CountdownLine(Widget):
    """Shows the share of time spent as a bar, and words beside it; drawn only when one of them changes.

    The bar is as wide as there is room, and its end, kept for the close, is drawn in another block. With
    `stacked` the words stand below it.
    """

    DEFAULT_CSS = """
    CountdownLine { height: 1; }
    CountdownLine.-stacked { height: 2; }
    """

    def __init__(self, id: str | None = None, stacked: bool = False) -> None:
        super().__init__(id=id, classes="-stacked" if stacked else None)
        self._stacked = stacked
        self._share = 0.0
        self._shown: tuple[object, ...] = ()
        self._close_share = 0.0
        self._position = ""
        self._pace = ("", "")
        self._style = ""

    def show(
        self, share: float, close_share: float, position: str, pace: tuple[str, str], style: str = ""
    ) -> None:
        """Show `share` of the bar filled, from 0 to 1, its last `close_share` marked, and words beside it.

        `position` is shown before the pace where there is room for both; `pace` is words and their style.
        `style` is that of the filled part.
        """
        self._share, self._close_share = min(max(share, 0.0), 1.0), min(max(close_share, 0.0), 1.0)
        self._position, self._pace, self._style = position, pace, style
        shown = (self._filled(self._bar_cells), self._close_share, position, pace, style)
        if shown != self._shown:
            self._shown = shown
            self.refresh()

    @property
    def _bar_cells(self) -> int:
        """The length of the bar in the present width."""
        width = self.size.width
        return max(width - 2 if self._stacked else width - 3 - WORDS_CELLS, BAR_CELLS_AT_LEAST)

    def _filled(self, cells: int) -> int:
        return int(self._share * cells)

    def render(self) -> Content:
        """Draw the line."""
        width, cells, pace = self.size.width, self._bar_cells, self._pace
        room = width - 2 if self._stacked else width - cells - 3
        position = self._position if cell_len(self._position + pace[0]) <= room else ""
        if not self._stacked and cell_len(pace[0]) > room:
            cells = max(width - 3 - cell_len(pace[0]), 0)
        filled, close = self._filled(cells), cells - round((1 - self._close_share) * cells)
        before = cells - close
        parts: list[str | tuple[str, str]] = [
            " ", ("█" * filled, self._style or "$primary"), ("░" * max(before - filled, 0), "$muted"),
            ("▒" * (cells - max(before, filled)), "$warning"),
        ]  # fmt: skip
        return Content.assemble(*parts, "\n " if self._stacked else " ", position, pace)
