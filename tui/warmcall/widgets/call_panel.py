"""One step of a call: the number to dial, what to say, what they may reply, and what is known of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from warmcall.domain.sanitize import one_line
from warmcall.widgets.figures import Figures, can_be_drawn
from warmcall.widgets.page import ScrolledText
from warmcall.widgets.panel import Panel, safe_content
from warmcall.widgets.rich_text import RichPart
from warmcall.widgets.text_width import beginning, fit_width
from warmcall.widgets.titled_pane import show_title

if TYPE_CHECKING:
    from warmcall.widgets.message_editor import MessageEditor

SAY_LINES_AT_LEAST = 4
"""Lines for what to say even in a low window, where it can be scrolled."""

REPLY_LINES_AT_LEAST = 4
"""Lines for the replies where what to say fills a low window."""

FACT_LINES_AT_LEAST = 3
"""Fewer lines of what is known than these tell nothing, and only say with which key it is read."""

TWO_COLUMNS_FROM = 50
"""The width in cells from which the replies stand in two columns."""

PROSE_CELLS = 72
"""The most cells a line of prose has: longer ones are hard to follow."""

HEADING = " They say"

ROOMY_WIDTH, ROOMY_HEIGHT = 100, 30
"""The size of the window from which the number is shown large."""

DIAL_LINES = 5
"""A large number is three lines high, with a blank one above and one below."""

BAR_LINES = 2
"""The lines of a window that the bars above and below take."""

NEXT_WORDS_FROM = 120
"""The width of the window from which the first words of the next step stand beside each reply."""


class CallView(NamedTuple):
    """What is shown at one step.

    `head` is the lines about the person, and `brief` the same on one line, for a low window. `length` says
    how long the text is, `replies` are by their letter, `next_words` what will be said after each of them,
    and `ending` is the sentence for a step that may be the last. `number` is the phone number to dial, empty
    once that is done. `more_facts` says how all that is known is read. `message` is what is written instead
    of said: a key that identifies it, the subject (None where there is none) and the text.
    """

    head: Sequence[RichPart]
    title: str
    length: str
    text: Sequence[RichPart]
    brief: Sequence[RichPart] = ()
    tip: str = ""
    replies: Mapping[str, str] = {}
    next_words: Mapping[str, str] = {}
    ending: str = ""
    number: str = ""
    facts: Sequence[RichPart] = ()
    more_facts: str = ""
    message: tuple[str, str | None, str] | None = None


class Replies(Widget):
    """Shows each reply after its letter, in two columns where there is room.

    `roomy` puts each on a line of its own, with the first words of what is said next. `most_lines` is how
    many lines there are; where they do not suffice the last one says how many replies are left out.
    """

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
        self._next_words: dict[str, str] = {}
        self._ending = ""
        self._roomy = False
        self._most_lines = 0

    def show(self, replies: Mapping[str, str], ending: str = "", next_words: Mapping[str, str] = {}) -> None:
        """Show the replies by their letters, and the sentence for a step that may be the last."""
        if (dict(replies), ending, dict(next_words)) != (self._replies, self._ending, self._next_words):
            self._replies, self._ending, self._next_words = dict(replies), ending, dict(next_words)
            self.refresh(layout=True)

    def fit_into(self, roomy: bool, most_lines: int = 0) -> None:
        """Use that much room; `most_lines` is 0 where all of them fit."""
        if (roomy, most_lines) != (self._roomy, self._most_lines):
            self._roomy, self._most_lines = roomy, most_lines
            self.refresh()

    def lines_needed(self, width: int, roomy: bool) -> int:
        """Return how many lines all of it takes at that width."""
        return len(self._all_lines(width, roomy))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines needed at `width`, which may differ from the width before."""
        return len(self._shown_lines(width))

    def render(self) -> Content:
        """Draw the replies."""
        return Content("\n").join(self._shown_lines(self.size.width))

    def on_click(self, event: events.Click) -> None:
        """Report which reply was clicked."""
        width = self.size.width
        columns = self._columns(width, self._roomy)
        height = -(-len(self._replies) // columns)
        shown = self._shown_lines(width)
        heading = int(len(shown) > 0 and shown[0].plain == HEADING)
        row, column = event.y - heading, event.x * columns // max(width, 1)
        if 0 <= row < min(height, len(shown) - heading) and column < columns:
            letter = [*self._replies][row::height][column : column + 1]
            if letter:
                self.post_message(self.Clicked(letter[0]))

    def _columns(self, width: int, roomy: bool) -> int:
        return 2 if width >= TWO_COLUMNS_FROM and not roomy else 1

    def _shown_lines(self, width: int) -> list[Content]:
        """Return the lines that fit: where room is short, without the heading, then without the last."""
        lines, most = self._all_lines(width, self._roomy), self._most_lines
        if not most or len(lines) <= most:
            return lines
        lines = lines[1:] if self._replies else lines
        if len(lines) <= most:
            return lines
        height = -(-len(self._replies) // self._columns(width, self._roomy))
        kept = max(most - 1, 0)
        hidden = sum(at % height >= kept for at in range(len(self._replies)))
        return [*lines[:kept], safe_content((f" ▾ {hidden} more", "bold $warning"))]

    def _all_lines(self, width: int, roomy: bool) -> list[Content]:
        lines: list[Sequence[RichPart]] = [((HEADING, "$muted"),)] if self._replies else []
        items = [(letter, one_line(text)) for letter, text in self._replies.items()]
        columns = self._columns(width, roomy)
        height = -(-len(items) // columns)
        room = max(width // columns - 5, 8)
        if roomy:
            room = min(max((cell_len(text) for _, text in items), default=0), max(room // 2, 8))
        for row in range(height):
            parts: list[RichPart] = []
            for letter, text in items[row::height]:
                parts += [(f"  {letter}  ", "bold $primary"), fit_width(text, room)]
                left = min(width - 5 - room - 8, PROSE_CELLS)
                if roomy and self._next_words.get(letter) and left > 0:
                    parts.append((f"   → {beginning(self._next_words[letter], left)}", "$muted"))
            lines.append(parts)
        if self._ending:
            lines.append(((f" {self._ending}", "bold"),))
        return [safe_content(*parts) for parts in lines]


class SayBox(ScrolledText):
    """What to say, in a box: a title above, its length below, and a tip after the text.

    Where the text goes on below, the lower border says so.
    """

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._length = ""

    def compose(self) -> ComposeResult:
        """Lay out the text and the tip."""
        yield Panel(id="words")
        yield Panel(id="tip")

    def show(self, title: str, length: str, text: Sequence[RichPart], tip: str = "") -> None:
        """Show a text; without a tip there is no line for one."""
        self.border_title = safe_content(title)
        self.query_one("#words", Panel).show(*text)
        tip_panel = self.query_one("#tip", Panel)
        tip_panel.display = bool(tip)
        tip_panel.show(tip)
        self.show_length(length)
        self.call_after_refresh(self._mark_more)

    def show_length(self, length: str) -> None:
        """Show how long the text is."""
        self._length = length
        self._mark_more()

    def scroll_text(self, by: int) -> None:
        """Scroll the text by so many lines, where it is longer than the box."""
        self.scroll_relative(y=by, animate=False, immediate=True)
        self._mark_more()

    def on_resize(self) -> None:
        """Say whether the text goes on below in this size."""
        super().on_resize()
        self.call_after_refresh(self._mark_more)

    def _mark_more(self) -> None:
        """Say in the lower border whether the text goes on below, and how long it is."""
        more = "▾ more" if self.scroll_offset.y < self.max_scroll_y else ""
        self.border_subtitle = safe_content(" · ".join(filter(None, (more, self._length))))


class CallPanel(Horizontal):
    """Shows one step. Where room is short, what is known goes first, then all but one line of the head, then
    the line above the replies, and what to say last."""

    DEFAULT_CSS = """
    CallPanel { height: 1fr; }
    CallPanel #talk-main { width: 2fr; height: 1fr; }
    CallPanel #who { padding: 0 1; height: auto; text-wrap: nowrap; text-overflow: ellipsis; }
    CallPanel #who.-wrapped { text-wrap: wrap; }
    CallPanel #dial { padding: 0 1; margin: 1 0; }
    CallPanel #written {
        border: round $rule; border-title-color: $primary; border-subtitle-color: $muted;
        padding: 0 1; height: 3fr; min-height: 8; max-width: 78;
    }
    CallPanel #replies { height: auto; }
    CallPanel #facts-below { padding: 1 1 0 1; height: 1fr; overflow: hidden; }
    CallPanel #facts-more { padding: 0 1; height: 1; dock: bottom; color: $warning; }
    CallPanel #facts-beside { display: none; width: 1fr; padding: 0 1; border: round $rule; height: 1fr; }
    """

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._view = CallView((), "", "", ())

    def compose(self) -> ComposeResult:
        """Lay out the parts. The facts are there twice: below, and beside for a wide window."""
        with Vertical(id="talk-main"):
            yield Panel(id="who")
            yield Figures(id="dial")
            yield SayBox(id="say")
            yield Vertical(id="written")
            yield Replies(id="replies")
            with Vertical(id="facts-below"):
                yield Panel(id="facts-cut")
                yield Panel(id="facts-more")
        with ScrolledText(id="facts-beside") as beside:
            show_title(beside, "What is known", has_focus=False)
            yield Panel(id="facts-text")

    def show(self, view: CallView) -> None:
        """Show a step; nothing is done if it is shown already."""
        if view == self._view and view.message is None:
            return
        self._view = view
        say, written = self.query_one(SayBox), self.query_one("#written")
        say.display, written.display = view.message is None, view.message is not None
        say.show(view.title, view.length, view.text, view.tip)
        if view.message is not None:
            if not self.editor.is_attached:
                written.mount(self.editor)
            self.editor.show(*view.message)
            written.border_title = safe_content(view.title)
        self.show_length(view.length)
        self.query_one("#replies", Replies).show(view.replies, view.ending, view.next_words)
        for facts in ("#facts-cut", "#facts-text"):
            self.query_one(facts, Panel).show(*view.facts)
        self.query_one("#facts-more", Panel).show(f"▾ {view.more_facts}")
        self.query_one("#dial", Figures).show(view.number, "$accent")
        self._fit()
        self.call_after_refresh(self._fit)

    def show_head(self, head: Sequence[RichPart], brief: Sequence[RichPart]) -> None:
        """Show the lines at the top, which change with the time; `brief` is the same on one line."""
        if (head, brief) != (self._view.head, self._view.brief):
            self._view = self._view._replace(head=head, brief=brief)
            self._fit()

    def show_length(self, words: str) -> None:
        """Show how long the text is, in the lower border."""
        written = self.query_one("#written")
        if written.display:
            written.border_subtitle = safe_content(words)
        else:
            self.query_one(SayBox).show_length(words)

    def scroll_text(self, by: int) -> None:
        """Scroll what to say by so many lines, where it is longer than its box."""
        self.query_one(SayBox).scroll_text(by)

    def on_resize(self) -> None:
        """Divide the lines again."""
        self._fit()

    def _fit(self) -> None:
        """Divide the lines, what to say first."""
        window = self.app.size
        room = self.query_one("#talk-main").size or window - Size(0, BAR_LINES)  # before it is laid out
        view, say = self._view, self.query_one(SayBox)
        replies, dial = self.query_one("#replies", Replies), self.query_one("#dial", Figures)
        spoken = self._spoken_lines(room) if say.display else 0
        needed = replies.lines_needed(room.width, roomy=False)
        roomy_window = window.width >= ROOMY_WIDTH and window.height >= ROOMY_HEIGHT
        who = self.query_one("#who", Panel)
        who.set_class(roomy_window, "-wrapped")
        who.show(*view.head)
        head = self._lines("#who", Size(room.width - 2, room.height))
        brief = bool(view.brief) and say.display and head + spoken + needed > room.height
        who.show(*(view.brief if brief else view.head))
        left = room.height - (1 if brief else head) - spoken
        most = max(left, REPLY_LINES_AT_LEAST)
        spare = left - needed
        dial.display = (
            roomy_window
            and can_be_drawn(view.number)
            and dial.width_of(view.number) < room.width - 2
            and spare >= DIAL_LINES
        )
        spare -= DIAL_LINES if dial.display else 0
        one_column = replies.lines_needed(room.width, roomy=True)
        roomy = window.width >= NEXT_WORDS_FROM and needed + spare > one_column
        replies.fit_into(roomy, most if say.display and needed > most else 0)
        # Set here, since Textual may have laid it out once already with the room it had before.
        replies.styles.margin = (1 if roomy else 0, 0, 0, 0)
        replies.styles.height = replies.get_content_height(room, window, room.width)
        say.styles.max_height = max(left + spoken - min(needed, most), SAY_LINES_AT_LEAST)
        self._fit_facts(room, spare)

    def _spoken_lines(self, room: Size) -> int:
        """Return how many lines the box of what to say needs, its borders included."""
        say = self.query_one(SayBox)
        most = say.styles.max_width.value if say.styles.max_width is not None else room.width
        inner = Size(max(min(room.width, int(most)) - 4, 1), room.height)
        tip = self._lines("#tip", inner) if self.query_one("#tip", Panel).display else 0
        return self._lines("#words", inner) + tip + 2

    def _fit_facts(self, room: Size, spare: int) -> None:
        """Show below what is known, as far as it fits into `spare` lines, and say that there is more."""
        below, more = self.query_one("#facts-below"), self.query_one("#facts-more", Panel)
        needed = self._lines("#facts-cut", Size(room.width - 2, room.height)) if self._view.facts else 0
        self.query_one("#facts-cut", Panel).display = spare > FACT_LINES_AT_LEAST
        more.display = bool(needed) and needed + 1 > spare > 0
        below.styles.padding = (1 if spare > FACT_LINES_AT_LEAST else 0, 1, 0, 1)

    @cached_property
    def editor(self) -> MessageEditor:
        """The editor for what is written instead of said; made when it is first asked for."""
        from warmcall.widgets.message_editor import MessageEditor

        return MessageEditor(id="editor")

    @property
    def is_editing(self) -> bool:
        """Whether what is typed goes into the editor now."""
        return "editor" in vars(self) and self.editor.is_editing

    def _lines(self, id_: str, room: Size) -> int:
        """Return how many lines a part needs in that room."""
        return self.query_one(id_).get_content_height(room, self.app.size, room.width)
