"""A text written to somebody: its subject if it has one, its words, and what is to be said of them."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer

from warmcall.domain.sanitize import one_line
from warmcall.widgets.notes_editor import SAVE_AFTER_SECONDS, NotesEditor
from warmcall.widgets.panel import Panel
from warmcall.widgets.rich_text import RichPart
from warmcall.widgets.text_fields import Line


class MessageEditor(Vertical):
    """Edits subject and text; says when they are to be looked at, to be kept, and when it is left."""

    DEFAULT_CSS = """
    MessageEditor { height: 1fr; }
    MessageEditor #subject { margin-bottom: 1; }
    MessageEditor #text { height: 1fr; border: none; padding: 0; }
    MessageEditor #lint { height: auto; color: $muted; }
    """

    class Changed(Message):
        """There are other words now than before."""

    class Kept(Message):
        """What was written is to be kept now."""

    class Left(Message):
        """The text is left: letters are keys again."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._keeping: Timer | None = None
        self._key = ""
        self._shown = ""

    def compose(self) -> ComposeResult:
        """Lay out the subject, the text, and the remarks."""
        yield Line(hint="subject", id="subject")
        yield NotesEditor(id="text", labels=("Subject", "Subject"))
        yield Panel("", id="lint")

    @property
    def subject(self) -> str:
        """The subject as it is now; empty where there is none."""
        return self._subject.value if self._subject.display else ""

    @property
    def text(self) -> str:
        """The words as they are now."""
        return self._text.text

    @property
    def whole(self) -> str:
        """Subject and words, as they are copied."""
        subject = self.subject.strip()
        return f"{subject}\n\n{self.text}" if subject else self.text

    def show(self, key: str, subject: str | None, text: str) -> None:
        """Show what belongs to `key`; words typed under the same key and not kept yet stay.

        Without a subject (None) there is no line for one.
        """
        if key == self._key and self.unsaved:
            return
        fresh, self._key, before = key != self._key, key, self._text.text
        self._subject.display = subject is not None
        self._shown = one_line(subject or "")
        self._subject.value = self._shown
        self._text.show(key, text)
        if fresh or self._text.text != before:
            self._text.move_cursor((0, 0))

    def replace(self, text: str) -> None:
        """Put `text` in the place of the words, as if it had been typed."""
        self._text.text = text

    def remark(self, parts: Sequence[RichPart]) -> None:
        """Show what is to be said of the words."""
        self.query_one("#lint", Panel).show(*parts)

    def taken(self) -> tuple[str, str]:
        """Return subject and words, which the caller now keeps."""
        self._keeping = None
        self._shown = self._subject.value
        return self.subject, self._text.taken()

    @property
    def unsaved(self) -> bool:
        """Whether there are words that were not taken to be kept."""
        return self._subject.value != self._shown or self._text.unsaved

    def enter(self) -> None:
        """Go into the text."""
        self._text.focus()

    @property
    def entered(self) -> bool:
        """Whether letters are typed into it now."""
        return self._subject.has_focus or self._text.has_focus

    def on_input_changed(self) -> None:
        """Tell of another subject, and have it kept soon."""
        self.post_message(self.Changed())
        if self._keeping is None and self._subject.has_focus:
            self._keeping = self.set_timer(SAVE_AFTER_SECONDS, self._keep)

    def on_text_area_changed(self) -> None:
        """Tell of other words."""
        self.post_message(self.Changed())

    def on_input_submitted(self) -> None:
        """Go from the subject into the text."""
        self._text.focus()

    def on_notes_editor_typed(self) -> None:
        """Have the words kept."""
        self._keep()

    def on_notes_editor_left(self) -> None:
        """Tell that letters are keys again."""
        self.post_message(self.Left())

    def on_notes_editor_stepped(self) -> None:
        """Go from the text to the subject, if there is one."""
        if self._subject.display:
            self._subject.focus()

    def _keep(self) -> None:
        self.post_message(self.Kept())

    @property
    def _subject(self) -> Line:
        return self.query_one("#subject", Line)

    @property
    def _text(self) -> NotesEditor:
        return self.query_one("#text", NotesEditor)
