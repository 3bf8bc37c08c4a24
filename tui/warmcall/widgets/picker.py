"""A value out of many, found by typing: a line with the first few matches under it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from warmcall.domain.sanitize import one_line
from warmcall.widgets.labelled import Labelled
from warmcall.widgets.panel import Panel
from warmcall.widgets.rich_text import RichPart
from warmcall.widgets.text_fields import Line

SHOWN = 5
"""How many matches are listed: few enough to read at a glance, and to fit under a field."""


class Match(NamedTuple):
    """Something that can be picked: its value, its name, and a detail that sets it apart from namesakes.

    With `only_chosen` it is never picked just because nothing else matches.
    """

    value: str
    name: str
    detail: str = ""
    only_chosen: bool = False


class MatchSource(NamedTuple):
    """Where a picker finds its matches.

    `find` returns at most so many matches for the words typed, the best first. `name_of` returns the name of
    a value, and an empty text for anything that is not a value. `nothing` is said where nothing matches.
    """

    find: Callable[[str, int], Sequence[Match]]
    name_of: Callable[[str], str]
    nothing: str = "nobody has that name"


class Matches(Panel):
    """The list under a picker."""

    DEFAULT_CSS = """
    Matches { height: auto; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self, picker: Picker) -> None:
        super().__init__()
        self._picker = picker

    def on_resize(self) -> None:
        """Scroll into view as soon as there is something to see."""
        self.scroll_visible(animate=False)

    async def on_click(self, event: events.Click) -> None:
        """Pick the match that was clicked."""
        await self._picker.pick(event.y)


class Picker(Labelled, Line):
    """A line that lists what matches its words; Enter picks the match under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "pick", "Take", id="picker.take", tooltip="Use the one under the cursor"),
        Binding("down", "next_match(1)", "Next match", show=False, id="picker.next"),
        Binding("up", "next_match(-1)", "Previous match", show=False, id="picker.previous"),
    ]

    class Picked(Message):
        """A match was picked."""

        def __init__(self, picker: Picker, value: str) -> None:
            self.picker = picker
            self.value = value
            super().__init__()

    def __init__(self, source: MatchSource, value: str, hint: str, id: str | None = None) -> None:
        """Begin with `value`, or with words that are no value yet."""
        self._source = source
        self._matches: Matches | None = None
        self._picked_value = value if source.name_of(value) else ""
        self._found: Sequence[Match] = ()
        self._highlighted = 0
        super().__init__(one_line(source.name_of(value) or value), hint, id=id)

    @property
    def picked(self) -> str:
        """The value picked, or that of the only match; empty if there are no words.

        Words for which nothing was picked are returned as they are.
        """
        words = self.value.strip()
        if (only := self._only_match()) is not None:
            return only.value
        return self._picked_value if words and words == self._picked_name() else words

    @property
    def is_open(self) -> bool:
        """Whether matches are listed."""
        return self._matches is not None and bool(self._matches.display)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Enter and the arrows to the form while nothing is listed."""
        return self.is_open if action in ("pick", "next_match") else super().check_action(action, parameters)

    def watch_value(self) -> None:
        """List what the words find."""
        if self.has_focus:
            self._search()

    def on_blur(self, _event: events.Blur) -> None:
        """Pick the only match, and close the list."""
        if (only := self._only_match()) is not None:
            self._set_picked(only)
        self._close()

    def action_next_match(self, by: int) -> None:
        """Go to the next or the previous match."""
        shown = min(len(self._found), SHOWN)
        if shown:
            self._highlighted = (self._highlighted + by) % shown
            self._show_matches()

    async def action_pick(self) -> None:
        """Pick the match under the cursor, and submit the line."""
        await self.pick(self._highlighted)

    async def pick(self, index: int) -> None:
        """Pick a match by its place in the list, and submit the line; without matches submit its words."""
        if self._found and index >= min(len(self._found), SHOWN):
            return
        if self._found:
            self._set_picked(self._found[index])
            self._close()
        await self.action_submit()

    def _only_match(self) -> Match | None:
        """Return the only match listed that may be picked without being chosen; None if there are others."""
        found = [match for match in self._found if not match.only_chosen] if self.is_open else []
        return found[0] if len(found) == 1 else None

    def _picked_name(self) -> str:
        return one_line(self._source.name_of(self._picked_value)).strip()

    def _set_picked(self, match: Match) -> None:
        self._picked_value = match.value
        self.value = one_line(match.name)
        self.cursor_position = len(self.value)
        self.post_message(self.Picked(self, match.value))

    def _search(self) -> None:
        """List what matches the words; nothing while they are empty, or the name of what is picked."""
        words = self.value.strip()
        if not words or words == self._picked_name():
            self._close()
            return
        self._found = self._source.find(words, SHOWN + 1)
        self._highlighted = 0
        was_open = self.is_open
        self._show_matches()
        if not was_open:
            self.refresh_bindings()

    def _show_matches(self) -> None:
        """List what was found, under the line."""
        parts: list[RichPart] = []
        for index, match in enumerate(self._found[:SHOWN]):
            highlighted = index == self._highlighted
            name = f"{'▸' if highlighted else ' '}{one_line(match.name)}"
            parts += ["\n" if index else "", (name, "bold" if highlighted else "")]
            parts += [(f"  {one_line(match.detail)}", "$muted")] if match.detail else []
        if not self._found:
            parts = [(self._source.nothing, "$muted")]
        elif len(self._found) > SHOWN:
            parts += [("\n more: type on", "$muted")]
        if self._matches is None:
            self._matches = Matches(self)
            self._matches.styles.margin = (0, 0, 0, self.styles.padding.left)
            self.screen.mount(self._matches, after=self)
        self._matches.show(*parts)
        self._matches.display = True

    def _close(self) -> None:
        self._found = ()
        if self._matches is not None and self.is_open:
            self._matches.display = False
            self.refresh_bindings()
