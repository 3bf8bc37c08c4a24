"""One of many, found by typing: a line with the first few matches under it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from warmcall.domain.sanitize import one_line
from warmcall.widgets.panel import Panel
from warmcall.widgets.rich_text import RichPart
from warmcall.widgets.text_fields import Line

SHOWN = 5
"""How many matches are listed: few enough to take in at a glance, and to fit under a field."""


class Match(NamedTuple):
    """One that can be picked: its value, its name, and what tells it from others of that name."""

    value: str
    name: str
    more: str = ""


class Picks(NamedTuple):
    """Where a picker looks: `find` gives at most so many matches of the words, best first.

    `name_of` gives the name of a value, and an empty text for what is no value.
    """

    find: Callable[[str, int], Sequence[Match]]
    name_of: Callable[[str], str]


class Matches(Panel):
    """The list under a picker."""

    picker: Picker | None = None

    DEFAULT_CSS = """
    Matches { height: auto; display: none; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def on_resize(self) -> None:
        """Be in view as soon as there is something to see."""
        self.scroll_visible(animate=False)

    async def on_click(self, event: events.Click) -> None:
        """Have the match clicked taken."""
        if self.picker is not None:
            await self.picker.take(event.y)


class Picker(Line):
    """A line that finds by its words; Enter takes the match under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "Take", id="picker.take", tooltip="Take the one under the cursor"),
        Binding("down", "turn(1)", "Next match", show=False, id="picker.next"),
        Binding("up", "turn(-1)", "Previous match", show=False, id="picker.previous"),
    ]

    class Picked(Message):
        """One was picked."""

        def __init__(self, picker: Picker, value: str) -> None:
            self.picker = picker
            self.value = value
            super().__init__()

    def __init__(self, picks: Picks, value: str, hint: str, matches: Matches, id: str | None = None) -> None:
        """Begin with `value`, or with words that are none yet; `matches` is what they are listed in."""
        self._picks = picks
        self._matches = matches
        matches.picker = self
        self._chosen = value if picks.name_of(value) else ""
        self._found: Sequence[Match] = ()
        self._at = 0
        super().__init__(one_line(picks.name_of(value) or value), hint, id=id)

    @property
    def picked(self) -> str:
        """The value picked, or of the only match; empty if there are no words.

        Words that were never taken come as they are.
        """
        words = self.value.strip()
        if self.is_open and len(self._found) == 1:
            return self._found[0].value
        return self._chosen if words and words == self._name_chosen() else words

    @property
    def is_open(self) -> bool:
        """Whether matches are listed."""
        return bool(self._matches.display)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Enter and the arrows to the form while nothing is listed."""
        return self.is_open if action in ("take", "turn") else super().check_action(action, parameters)

    def watch_value(self) -> None:
        """List what the words find."""
        if self.has_focus:
            self._look()

    def on_blur(self, _event: events.Blur) -> None:
        """Take the only match, and put the list away."""
        if self.is_open and len(self._found) == 1:
            self._pick(self._found[0])
        self._put_away()

    def action_turn(self, by: int) -> None:
        """Go to the next or the previous match."""
        shown = min(len(self._found), SHOWN)
        if shown:
            self._at = (self._at + by) % shown
            self._list()

    async def action_take(self) -> None:
        """Take the match under the cursor, and go on."""
        await self.take(self._at)

    async def take(self, at: int) -> None:
        """Take the match at that place of the list, and go on; nothing listed is taken as it is."""
        if self._found and at >= min(len(self._found), SHOWN):
            return
        if self._found:
            self._pick(self._found[at])
            self._put_away()
        await self.action_submit()

    def _name_chosen(self) -> str:
        return one_line(self._picks.name_of(self._chosen)).strip()

    def _pick(self, match: Match) -> None:
        self._chosen = match.value
        self.value = one_line(match.name)
        self.cursor_position = len(self.value)
        self.post_message(self.Picked(self, match.value))

    def _look(self) -> None:
        """Find anew; nothing is listed while the line is empty or says who is picked."""
        words = self.value.strip()
        if not words or words == self._name_chosen():
            self._put_away()
            return
        self._found = self._picks.find(words, SHOWN + 1)
        self._at = 0
        self._list()
        if not self.is_open:
            self._matches.display = True
            self.refresh_bindings()

    def _list(self) -> None:
        parts: list[RichPart] = []
        for at, match in enumerate(self._found[:SHOWN]):
            here = at == self._at
            name = f"{'▸' if here else ' '}{one_line(match.name)}"
            parts += ["\n" if at else "", (name, "bold" if here else "")]
            parts += [(f"  {one_line(match.more)}", "$muted")] if match.more else []
        if not self._found:
            parts = [("nobody is called that", "$muted")]
        elif len(self._found) > SHOWN:
            parts += [("\n more: type on", "$muted")]
        self._matches.show(*parts)

    def _put_away(self) -> None:
        self._found = ()
        if self.is_open:
            self._matches.display = False
            self.refresh_bindings()
