"""One step of a call: the number to dial, what to say, what they may reply, and what is known of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Digits

from warmcall.domain.sanitize import one_line
from warmcall.widgets.message_editor import MessageEditor
from warmcall.widgets.page import ScrolledText
from warmcall.widgets.panel import Panel, safe_content
from warmcall.widgets.rich_text import RichPart
from warmcall.widgets.text_width import fit_width

DIAL_LINES = 3
"""The height of a phone number in large digits."""

SAY_LINES_AT_LEAST = 4
"""Lines for what to say even in a low window, where it can be scrolled."""

TWO_COLUMNS_FROM = 50
"""The width in cells from which the replies stand in two columns."""


class CallView(NamedTuple):
    """What is shown at one step.

    `length` says how long the text is, `replies` are by their letter, and `ending` is the sentence for a step
    that may be the last. `number` is the phone number to dial, empty once that is done. `message` is what is
    written instead of said: a key that identifies it, the subject (None where there is none) and the text.
    """

    head: Sequence[RichPart]
    title: str
    length: str
    text: Sequence[RichPart]
    tip: str = ""
    replies: Mapping[str, str] = {}
    ending: str = ""
    number: str = ""
    facts: Sequence[RichPart] = ()
    message: tuple[str, str | None, str] | None = None


class Replies(Widget):
    """Shows each reply after its letter, in two columns where there is room."""

    DEFAULT_CSS = """
    Replies { height: auto; }
    """

    class Clicked(Message):
        """The reply with that letter was clicked."""

        def __init__(self, letter: str) -> None:
            self.letter = letter
            super().__init__()

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._replies: dict[str, str] = {}
        self._ending = ""

    def show(self, replies: Mapping[str, str], ending: str = "") -> None:
        """Show the replies by their letters, and the sentence for a step that may be the last."""
        if (dict(replies), ending) != (self._replies, self._ending):
            self._replies, self._ending = dict(replies), ending
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines needed at `width`, which may differ from the width before."""
        return self._content(width).plain.count("\n") + 1

    def render(self) -> Content:
        """Draw the replies."""
        return self._content(self.size.width)

    def on_click(self, event: events.Click) -> None:
        """Report which reply was clicked."""
        columns = self._columns(self.size.width)
        height = -(-len(self._replies) // columns)
        row, column = event.y - 1, event.x * columns // max(self.size.width, 1)
        if 0 <= row < height and column < columns:
            letter = [*self._replies][row::height][column : column + 1]
            if letter:
                self.post_message(self.Clicked(letter[0]))

    def _columns(self, width: int) -> int:
        return 2 if width >= TWO_COLUMNS_FROM else 1

    def _content(self, width: int) -> Content:
        parts: list[str | tuple[str, str]] = []
        if self._replies:
            parts.append((" They say\n", "$muted"))
        items = [(letter, one_line(text)) for letter, text in self._replies.items()]
        columns = self._columns(width)
        height = -(-len(items) // columns)
        text_width = width // columns - 5
        for row in range(height):
            for letter, text in items[row::height]:
                parts += [(f"  {letter}  ", "bold $primary"), fit_width(text, max(text_width, 8))]
            parts.append("\n")
        if self._ending:
            parts.append((f" {self._ending}", "bold"))
        return Content.assemble(*parts)


class SayBox(ScrolledText):
    """What to say, in a box: a title above, its length below, and a tip after the text."""

    def compose(self) -> ComposeResult:
        """Lay out the text and the tip."""
        yield Panel(id="words")
        yield Panel(id="tip")

    def show(self, title: str, length: str, text: Sequence[RichPart], tip: str = "") -> None:
        """Show a text; without a tip there is no line for one."""
        self.border_title, self.border_subtitle = safe_content(title), safe_content(length)
        self.query_one("#words", Panel).show(*text)
        tip_panel = self.query_one("#tip", Panel)
        tip_panel.display = bool(tip)
        tip_panel.show(tip)

    def scroll_text(self, by: int) -> None:
        """Scroll the text by so many lines, where it is longer than the box."""
        self.scroll_relative(y=by, animate=False, immediate=True)


class CallPanel(Horizontal):
    """Shows one step. Where room is short, first the facts are cut, then the large digits, then the text."""

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
        """Lay out the parts. The facts are there twice: below, and beside for a wide window."""
        with Vertical(id="talk-main"):
            yield Panel(id="who")
            yield Digits(id="dial")
            yield SayBox(id="say")
            with Vertical(id="written"):
                yield MessageEditor(id="editor")
            yield Replies(id="replies")
            yield Panel(id="facts-below")
        with ScrolledText(id="facts-beside"):
            yield Panel(id="facts-text")

    def show(self, view: CallView) -> None:
        """Show a step."""
        say, written = self.query_one(SayBox), self.query_one("#written")
        say.display, written.display = view.message is None, view.message is not None
        say.show(view.title, view.length, view.text, view.tip)
        if view.message is not None:
            self.editor.show(*view.message)
            written.border_title = safe_content(view.title)
        self.show_length(view.length)
        self.show_head(view.head)
        self.query_one("#replies", Replies).show(view.replies, view.ending)
        for facts in ("#facts-below", "#facts-text"):
            self.query_one(facts, Panel).show(*view.facts)
        if view.number != self._number:
            self._number = view.number
            self.query_one("#dial", Digits).update(view.number)
        self._fit()
        self.call_after_refresh(self._fit)

    def show_head(self, parts: Sequence[RichPart]) -> None:
        """Show the lines at the top, which change with the time."""
        self.query_one("#who", Panel).show(*parts)

    def show_length(self, words: str) -> None:
        """Show how long the text is, in the lower border."""
        written = self.query_one("#written")
        box = written if written.display else self.query_one(SayBox)
        box.border_subtitle = safe_content(words)

    def scroll_text(self, by: int) -> None:
        """Scroll what to say by so many lines, where it is longer than its box."""
        self.query_one(SayBox).scroll_text(by)

    def on_resize(self) -> None:
        """Divide the lines again."""
        self._fit()

    def _fit(self) -> None:
        """Divide the lines: the replies are always whole, the large digits show only where nothing is cut."""
        room = self.query_one("#talk-main").size
        if not room.width:
            return
        used = self._lines("#who", room) + self._lines("#replies", room)
        inner = Size(max(room.width - 5, 1), room.height)
        tip = self._lines("#tip", inner) if self.query_one("#tip", Panel).display else 0
        spare = room.height - used - self._lines("#words", inner) - tip - 2
        dial = self.query_one("#dial", Digits)
        dial.display = bool(self._number) and spare >= DIAL_LINES and 3 * len(self._number) < room.width
        left = room.height - used - (DIAL_LINES if dial.display else 0)
        self.query_one(SayBox).styles.max_height = max(left, SAY_LINES_AT_LEAST)

    @property
    def editor(self) -> MessageEditor:
        """The editor for what is written instead of said."""
        return self.query_one("#editor", MessageEditor)

    def _lines(self, id_: str, room: Size) -> int:
        """Return how many lines a part needs in that room."""
        return self.query_one(id_).get_content_height(room, self.app.size, room.width)
