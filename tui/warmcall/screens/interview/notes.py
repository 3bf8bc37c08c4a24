"""The notes of an interview: an editor that belongs to one question after the other."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from warmcall.domain.minute_marks import minute_mark
from warmcall.domain.records import ChecklistQuestion, Interview
from warmcall.domain.sanitize import one_line
from warmcall.presentation.person import answers
from warmcall.screens.base import CopyText
from warmcall.screens.interview.capture_actions import CaptureLine
from warmcall.services.services import Services
from warmcall.widgets.notes_editor import LONGEST_LINE, NotesEditor
from warmcall.widgets.panel import Panel
from warmcall.widgets.rich_text import plain_text
from warmcall.widgets.text_width import SENTENCE_CELLS, cut


class Noting(CaptureLine):
    """A part of the interview screen where notes are written, each under its question."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("M", "minutes", "Minutes on the notes", show=False, id="during.minutes",
                tooltip="Each new line of the notes begins with its minute, or no longer"),
        Binding("Y", "copy", "Copy", show=False, id="during.copy", tooltip="Copy what they said so far"),
    ]  # fmt: skip

    def __init__(self, services: Services, id: str) -> None:
        super().__init__(services, id)
        self.at = ("", "")

    def notes(self) -> ComposeResult:
        """Lay out the question at hand, and the editor under it."""
        with Vertical(id="during-notes"):
            yield Panel(id="during-ask")
            yield NotesEditor(id="during-editor", minute=self._minute, stays=True)

    def show_notes(self, interview: Interview, question: ChecklistQuestion | None) -> None:
        """Show what was written under a question, or what belongs to none."""
        self.query_one("#during-ask", Panel).show(
            (cut(one_line(question.ask), SENTENCE_CELLS) if question else "General notes", "bold"),
            (" · with minutes" if interview.stamped else "", "$muted"),
        )
        id_ = question.id if question else ""
        self.editor.show(f"{interview.id} {id_}", interview.notes.get(id_, ""))

    def flush(self) -> None:
        """Save what was typed, under the question it was typed for."""
        interview = self.interview
        if interview is not None and self.editor.unsaved:
            typed_in = self.services.store.get(Interview, self.at[0]) or interview
            text = self.editor.taken_with(typed_in.notes.get(self.at[1], ""))
            self.services.interview_notes.write(*self.at, text)
            self.editor.show(" ".join(self.at), text)

    def on_notes_editor_typed(self) -> None:
        """Save while it is typed."""
        self.flush()

    def on_notes_editor_broken(self) -> None:
        """Say what became of a paste."""
        self.say(f"Lines of more than {LONGEST_LINE:,} letters were broken into shorter ones")

    def action_minutes(self) -> None:
        """Let each new line of the notes begin with its minute, or no longer."""
        self.flush()
        if self.blocked("minutes"):
            return
        self.services.interview_notes.toggle_minutes(self.interview_id)
        if self.interview is not None and self.interview.stamped:
            self.say(f"New lines of the notes begin with their minute, now {self._minute().strip()}")
        else:
            self.say("New lines of the notes begin as you type them")

    def action_copy(self) -> None:
        """Copy what they said so far."""
        self.flush()
        if self.interview is not None:
            self.post_message(CopyText(plain_text(answers(self.interview))))

    @property
    def editor(self) -> NotesEditor:
        """The editor of the notes."""
        return self.query_one("#during-editor", NotesEditor)

    def _minute(self) -> str:
        """Return what a line begun now begins with; nothing where no minutes are wanted."""
        interview = self.interview
        if interview is None or not interview.stamped:
            return ""
        return minute_mark(*self.services.time.counted(interview.countdown))
