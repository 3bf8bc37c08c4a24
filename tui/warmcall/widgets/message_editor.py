"""The editor for a message: its subject if it has one, its text, and remarks on them."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets.input import Selection as InputSelection
from textual.widgets.text_area import Selection

from warmcall.domain.sanitize import one_line
from warmcall.widgets.debounce import Debounce
from warmcall.widgets.notes_editor import NotesEditor
from warmcall.widgets.panel import Panel
from warmcall.widgets.rich_text import RichPart
from warmcall.widgets.text_fields import Line


class MessageEditor(Vertical):
    """Edits subject and text; posts a message when they change, when they are to be saved, and when left."""

    DEFAULT_CSS = """
    MessageEditor { height: 1fr; }
    MessageEditor #subject { margin-bottom: 1; }
    MessageEditor #text { height: 1fr; border: none; padding: 0; }
    MessageEditor #lint { height: auto; color: $muted; }
    """

    class Changed(Message):
        """Subject or text changed."""

    class SaveRequested(Message):
        """There is text that is not saved yet."""

    class Left(Message):
        """The user left the text: letters are keys again."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._subject = Line(hint="subject", id="subject")
        self._text = NotesEditor(id="text", labels=("Subject", "Subject"), leave_label="Leave text")
        self._remarks = Panel("", id="lint")
        self._save = Debounce(self, self._request_save)
        self._key = ""
        self._saved_subject = ""

    def compose(self) -> ComposeResult:
        """Lay out the subject, the text, and the remarks."""
        yield self._subject
        yield self._text
        yield self._remarks

    @property
    def subject(self) -> str:
        """The subject as it is now; empty where there is none."""
        return self._subject.value if self._subject.display else ""

    @property
    def text(self) -> str:
        """The text as it is now."""
        return self._text.text

    @property
    def full_text(self) -> str:
        """Subject and text together, as they are copied."""
        subject = self.subject.strip()
        return f"{subject}\n\n{self.text}" if subject else self.text

    def show(self, key: str, subject: str | None, text: str) -> None:
        """Show the message that belongs to `key`; unsaved words typed under the same key stay.

        Where `subject` is None there is no line for one.
        """
        if key == self._key and self.unsaved:
            return
        is_other, self._key, before = key != self._key, key, self._text.text
        self._subject.display = subject is not None
        self._saved_subject = one_line(subject or "")
        self._subject.value = self._saved_subject
        self._text.show(key, text)
        if is_other or self._text.text != before:
            self._text.move_cursor((0, 0))

    def replace(self, text: str) -> None:
        """Replace the text, as if the new one had been typed."""
        self._text.text = text

    def show_remarks(self, parts: Sequence[RichPart]) -> None:
        """Show remarks below the text."""
        self._remarks.show(*parts)

    def mark_saved(self) -> tuple[str, str]:
        """Return subject and text, which the caller saves now, and regard them as saved."""
        self._save.cancel()
        self._saved_subject = self._subject.value
        return self.subject, self._text.mark_saved()

    @property
    def unsaved(self) -> bool:
        """Whether there are words that were not saved."""
        return self._subject.value != self._saved_subject or self._text.unsaved

    def focus_text(self) -> None:
        """Put the cursor into the text."""
        self._text.focus()

    def select(self, part: str) -> None:
        """Put the cursor into the subject or the text, with the first `part` of it selected."""
        at = self.subject.find(part)
        if at >= 0:
            self._subject.focus()
            self._subject.selection = InputSelection(at, at + len(part))
            return
        self._text.focus()
        at = self.text.find(part)
        if at >= 0:
            before, whole = self.text[:at], self.text[: at + len(part)]
            ends = ((text.count("\n"), len(text.rpartition("\n")[2])) for text in (before, whole))
            self._text.selection = Selection(*ends)

    @property
    def is_editing(self) -> bool:
        """Whether what is typed goes into the subject or the text now."""
        return self._subject.has_focus or self._text.has_focus

    def on_input_changed(self) -> None:
        """Report that the subject changed, and ask for a save soon."""
        self.post_message(self.Changed())
        if self._subject.has_focus:
            self._save.start()

    def on_text_area_changed(self) -> None:
        """Report that the text changed."""
        self.post_message(self.Changed())

    def on_input_submitted(self) -> None:
        """Go from the subject into the text."""
        self._text.focus()

    def on_notes_editor_save_requested(self) -> None:
        """Pass the request on, for subject and text together."""
        self._request_save()

    def on_notes_editor_left(self) -> None:
        """Report that the text was left."""
        self.post_message(self.Left())

    def on_notes_editor_stepped(self) -> None:
        """Go from the text to the subject, if there is one."""
        if self._subject.display:
            self._subject.focus()

    def _request_save(self) -> None:
        self.post_message(self.SaveRequested())
