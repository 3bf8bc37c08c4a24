"""The notes of an interview, written under one question after the other."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical

from warmcall.domain.minute_marks import minute_mark
from warmcall.domain.records import ChecklistQuestion, Interview
from warmcall.domain.sanitize import one_line
from warmcall.services.services import Services
from warmcall.widgets.notes_editor import NotesEditor
from warmcall.widgets.panel import Panel
from warmcall.widgets.text_width import SENTENCE_CELLS, truncate


class QuestionNotes(Vertical):
    """A question and the editor under it; it saves what is typed to the question it was typed for.

    `place` is the id of the interview and of the question shown; an empty question id stands for the
    general notes, which belong to no question.
    """

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self.place = ("", "")

    def compose(self) -> ComposeResult:
        """Lay out the question, and the editor under it."""
        yield Panel(id="during-ask")
        yield NotesEditor(id="during-editor", line_prefix=self.minute, keeps_focus=True)

    @property
    def editor(self) -> NotesEditor:
        """The editor of the notes."""
        return self.query_one("#during-editor", NotesEditor)

    def show(self, interview: Interview, question: ChecklistQuestion | None) -> None:
        """Show the notes under a question, or the general ones; what was typed elsewhere is saved first."""
        place = (interview.id, question.id if question else "")
        if place != self.place:
            self.flush()
            self.place = place
        self.query_one("#during-ask", Panel).show(
            (truncate(one_line(question.ask), SENTENCE_CELLS) if question else "General notes", "bold"),
            (" · with minutes" if interview.stamped else "", "$muted"),
        )
        self.editor.show(" ".join(place), interview.notes.get(place[1], ""))

    def flush(self) -> None:
        """Save what was typed, merged with what another session wrote there meanwhile."""
        interview_id, question_id = self.place
        interview = self._services.store.get(Interview, interview_id)
        if interview is not None and self.editor.unsaved:
            text = self.editor.merge_and_mark_saved(interview.notes.get(question_id, ""))
            self._services.interview_notes.write(interview_id, question_id, text)
            self.editor.show(" ".join(self.place), text)

    def minute(self) -> str:
        """Return what a new line begins with: its minute, or nothing where the user wants none."""
        interview = self._services.store.get(Interview, self.place[0])
        if interview is None or not interview.stamped:
            return ""
        return minute_mark(*self._services.time.anchored(interview.countdown))

    def on_notes_editor_save_requested(self) -> None:
        """Save while it is typed."""
        self.flush()
