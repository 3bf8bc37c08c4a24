"""A call in sight: the number to dial, what to say, what may be answered, and what is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Digits

from warmcall.domain.sanitize import one_line
from warmcall.widgets.message_editor import MessageEditor
from warmcall.widgets.panel import Panel, assembled
from warmcall.widgets.rich_text import RichPart
from warmcall.widgets.text_width import fitted

DIAL_LINES = 3
"""The height of a number in large figures."""

SAY_LINES_AT_LEAST = 4

TWO_COLUMNS_FROM = 50


class CallView(NamedTuple):
    """What is shown at one step. `number` is to be dialled, and empty once it was.

    `letter` is what is written instead of said: a key of its own, subject and text.
    """

    head: Sequence[RichPart]
    title: str
    measure: str
    words: Sequence[RichPart]
    tip: str = ""
    heard: Mapping[str, str] = {}
    ends: str = ""
    number: str = ""
    facts: Sequence[RichPart] = ()
    letter: tuple[str, str | None, str] | None = None


class Replies(Widget):
    """Shows letter and reply; draws nothing of its own accord."""

    DEFAULT_CSS = """
    Replies { height: auto; }
    """

    class Clicked(Message):
        """The reply behind that letter was clicked."""

        def __init__(self, letter: str) -> None:
            self.letter = letter
            super().__init__()

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._heard: dict[str, str] = {}
        self._ends = ""

    def show(self, heard: Mapping[str, str], ends: str = "") -> None:
        """Show the replies, and the sentence for a step that may be the last."""
        if (dict(heard), ends) != (self._heard, self._ends):
            self._heard, self._ends = dict(heard), ends
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines needed at `width`, which is not yet the width of before."""
        return self._content(width).plain.count("\n") + 1

    def render(self) -> Content:
        """Draw the replies."""
        return self._content(self.size.width)

    def on_click(self, event: events.Click) -> None:
        """Tell which reply was clicked."""
        columns = self._columns(self.size.width)
        height = -(-len(self._heard) // columns)
        row, column = event.y - 1, event.x * columns // max(self.size.width, 1)
        if 0 <= row < height and column < columns:
            letter = [*self._heard][row::height][column : column + 1]
            if letter:
                self.post_message(self.Clicked(letter[0]))

    def _columns(self, whole: int) -> int:
        return 2 if whole >= TWO_COLUMNS_FROM else 1

    def _content(self, whole: int) -> Content:
        parts: list[str | tuple[str, str]] = []
        if self._heard:
            parts.append((" They say\n", "$muted"))
        items = [(letter, one_line(text)) for letter, text in self._heard.items()]
        columns = self._columns(whole)
        height = -(-len(items) // columns)
        width = whole // columns - 5
        for row in range(height):
            for letter, text in items[row::height]:
                parts += [(f"  {letter}  ", "bold $primary"), fitted(text, max(width, 8))]
            parts.append("\n")
        if self._ends:
            parts.append((f" {self._ends}", "bold"))
        return Content.assemble(*parts)


class CallPanel(Horizontal):
    """Shows one step whole; what has no room gives way in this order: facts, large figures, the words."""

    DEFAULT_CSS = """
    CallPanel { height: 1fr; }
    CallPanel #talk-main { width: 2fr; height: 1fr; }
    CallPanel #who { padding: 0 1; height: auto; text-wrap: nowrap; text-overflow: ellipsis; }
    CallPanel #dial { padding: 0 1; width: 100%; height: auto; color: $accent; text-style: bold; }
    CallPanel #written {
        border: round $primary; border-title-color: $primary; border-subtitle-color: $muted;
        padding: 0 1; height: 3fr; min-height: 8;
    }
    CallPanel #replies { height: auto; }
    CallPanel #facts-below { padding: 1 1 0 1; height: 1fr; overflow: hidden; }
    CallPanel #facts-beside { display: none; width: 1fr; padding: 0 1; border-left: vkey $rule; height: 1fr; }
    """

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._number = ""

    def compose(self) -> ComposeResult:
        """Lay out the parts, the facts twice: below, and beside where the window is wide."""
        with Vertical(id="talk-main"):
            yield Panel(id="who")
            yield Digits(id="dial")
            with VerticalScroll(id="say", can_focus=False):
                yield Panel(id="words")
                yield Panel(id="tip")
            with Vertical(id="written"):
                yield MessageEditor(id="letter")
            yield Replies(id="replies")
            yield Panel(id="facts-below")
        with VerticalScroll(id="facts-beside", can_focus=False):
            yield Panel(id="facts-text")

    def show(self, said: CallView) -> None:
        """Show a step."""
        say, written = self.query_one("#say"), self.query_one("#written")
        say.display, written.display = said.letter is None, said.letter is not None
        self._box.border_title = assembled(said.title)
        self.measure(said.measure)
        if said.letter is not None:
            self.letter.show(*said.letter)
        self.query_one("#who", Panel).show(*said.head)
        self.query_one("#words", Panel).show(*said.words)
        tip = self.query_one("#tip", Panel)
        tip.display = bool(said.tip)
        tip.show(said.tip)
        self.query_one("#replies", Replies).show(said.heard, said.ends)
        for place in ("#facts-below", "#facts-text"):
            self.query_one(place, Panel).show(*said.facts)
        if said.number != self._number:
            self._number = said.number
            self.query_one("#dial", Digits).update(said.number)
        self._fit()
        self.call_after_refresh(self._fit)

    def head(self, parts: Sequence[RichPart]) -> None:
        """Show the lines above, which follow the clock."""
        self.query_one("#who", Panel).show(*parts)

    def measure(self, words: str) -> None:
        """Show how long it is, in the lower border."""
        self._box.border_subtitle = assembled(words)

    def move(self, by: int) -> None:
        """Move what is said up or down, where it is longer than its place."""
        self.query_one("#say").scroll_relative(y=by, animate=False, immediate=True)

    def on_resize(self) -> None:
        """Share the lines out anew."""
        self._fit()

    def _fit(self) -> None:
        """Share the lines out: the replies are always whole, the large figures only where nothing is cut."""
        room = self.query_one("#talk-main").size
        if not room.width:
            return
        taken = self._lines("#who", room) + self._lines("#replies", room)
        inner = Size(max(room.width - 5, 1), room.height)
        words = self._lines("#words", inner) + (self._lines("#tip", inner) if self._tip_shown else 0) + 2
        spare = room.height - taken - words
        dial = self.query_one("#dial", Digits)
        dial.display = bool(self._number) and spare >= DIAL_LINES and 3 * len(self._number) < room.width
        left = room.height - taken - (DIAL_LINES if dial.display else 0)
        self.query_one("#say").styles.max_height = max(left, SAY_LINES_AT_LEAST)

    @property
    def letter(self) -> MessageEditor:
        """What is written instead of said."""
        return self.query_one("#letter", MessageEditor)

    @property
    def _box(self) -> Widget:
        return self.query_one("#written" if self.query_one("#written").display else "#say")

    @property
    def _tip_shown(self) -> bool:
        return bool(self.query_one("#tip", Panel).display)

    def _lines(self, id_: str, room: Size) -> int:
        """Return how many lines a part takes in that room."""
        return self.query_one(id_).get_content_height(room, self.app.size, room.width)
