"""Writing one answer to a job interview, with what was learned that may serve it beside it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import TextArea

from warmcall.domain.job_answers import Draws, JobQuestion
from warmcall.domain.script import word_count
from warmcall.presentation import job_answers as words
from warmcall.screens.base import BACK_KEY, CopyText, GoBack, TabScreen
from warmcall.screens.dialog import Dialog
from warmcall.screens.practice.answers import AnswerPractice
from warmcall.services.job_answers import JobAnswerState, KnownPlace
from warmcall.services.services import Services
from warmcall.widgets.notes_editor import NotesEditor
from warmcall.widgets.page import Page
from warmcall.widgets.panel import Panel
from warmcall.widgets.rows import Column, Row, Rows
from warmcall.widgets.titled_pane import TitledPane


class JobAnswerPage(TabScreen):
    """One question, the answer being written, and below or beside it what was learned.

    What is typed is saved while it is typed. Tab in the text leads to the next question. The page stays with
    the target it was opened for.
    """

    CSS_PATH = "progress.tcss"
    TAB = "Progress"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e,enter", "write", "Write", id="job_answer.write",
                tooltip="Write your answer; {notes.leave} leaves the text, which is saved"),
        Binding("P", "practise", "Practise", id="job_answer.practise",
                tooltip="Say this answer aloud against the clock, then the others"),
        Binding("o", "place", "Choose place", id="job_answer.place",
                tooltip="The organization that asks: what people there said"),
        Binding("right", "turn(1)", "Next question", id="job_answer.after", tooltip="The next question"),
        Binding("left", "turn(-1)", "Question before", show=False, id="job_answer.before",
                tooltip="The question before"),
        Binding("V", "own_editor", "Own editor", show=False, id="job_answer.own_editor",
                tooltip="Write your answer in your editor: $EDITOR, nano or vi"),
        Binding("Y", "copy", "Copy", show=False, id="job_answer.copy", tooltip="Copy your answer"),
        BACK_KEY,
    ]  # fmt: skip

    def __init__(self, services: Services, question_id: str) -> None:
        super().__init__(services)
        self._question_id = question_id
        target = services.store.target
        self._target_id = target.id if target else ""
        self._chosen_place = ""

    def body(self) -> ComposeResult:
        """Lay out the question, the text with its length, and below or beside it what was learned."""
        yield Panel(id="job-ask")
        with Container(id="job-columns"):
            with TitledPane(title="Your answer", id="job-own"):
                yield NotesEditor(id="job-editor", labels=("Next question", "Question before"),
                                  leave_label="Leave text")  # fmt: skip
                yield Panel(id="job-length")
            with TitledPane(title="What you learned", id="job-learned"), Page(id="job-material"):
                yield Panel(id="job-material-text")

    def on_mount(self) -> None:
        """Begin in the text: it was opened to write."""
        self._editor.focus()

    def reload(self) -> None:
        """Show the question and the answer as they are now; leave if there is no target any more."""
        state = self._state
        if state is None:
            self.action_back()
            return
        question = state.question
        self.query_one("#job-ask", Panel).show(*words.question_head(question))
        self._editor.show(state.answer.id, state.answer.text)
        self._show_length()
        parts = self.services.job_answers.material(question, self._place_for(question), self._target_id)
        self.query_one("#job-material-text", Panel).show(
            *words.material(parts, self.services.store.contact, self.with_keys)
        )
        self.refresh_bindings()

    def flush(self) -> None:
        """Save what was typed, merged with what another session wrote there meanwhile."""
        state, editor = self._state, self._editor
        if state is not None and editor.unsaved:
            text = editor.merge_and_mark_saved(state.answer.text)
            self.services.job_answers.write(self._question_id, text, self._target_id)
            editor.show(state.answer.id, text)

    def on_text_area_changed(self, _event: TextArea.Changed) -> None:
        """Let the length follow what is typed."""
        self._show_length()

    def on_notes_editor_save_requested(self) -> None:
        """Save while it is typed."""
        self.flush()

    def on_notes_editor_left(self) -> None:
        """Come out of the text: letters are keys again."""
        self.flush()
        self._material.focus()

    def on_notes_editor_stepped(self, event: NotesEditor.Stepped) -> None:
        """Go on to the next question, or back, without leaving the text."""
        self._turn(event.by)

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        state = self._state
        if action == "own_editor":
            return self.external.editor_disabled_reason()
        if action == "copy" and not self._editor.text.strip():
            return "Nothing is written yet"
        if action == "place" and state is not None:
            if Draws.ORGANIZATION not in state.question.draws_on:
                return "This question is the same wherever it is asked"
            if not self.services.job_answers.places():
                return self.with_keys(
                    "No place is known yet: {target.places} on Target lists them, {places.add} adds one"
                )
        return super().disabled_reason(action)

    def action_write(self) -> None:
        """Go into the text."""
        self._editor.focus()

    def action_practise(self) -> None:
        """Practise the answers, this one first."""
        self.flush()
        self.app.push_screen(AnswerPractice(self.services, self._question_id, self._target_id))

    def action_place(self) -> None:
        """Choose the organization that asks."""
        state = self._state
        if not self.blocked("place") and state is not None:
            self.app.push_screen(PlaceDialog(self.services, self._place_for(state.question)), self._choose)

    def action_turn(self, by: int) -> None:
        """Go on to the next question, or back to the one before."""
        self._turn(by)

    def action_own_editor(self) -> None:
        """Have the answer written in the user's own editor."""
        self.flush()
        state = self._state
        if self.blocked("own_editor") or state is None:
            return

        def save(text: str) -> None:
            self.services.job_answers.write(state.question.id, text.strip(), self._target_id)

        self.external.edit_text(state.answer.text, save)

    def action_copy(self) -> None:
        """Copy the answer."""
        if not self.blocked("copy"):
            self.post_message(CopyText(self._editor.text.strip()))

    def action_back(self) -> None:
        """Close the page: the list of questions is under it."""
        self.flush()
        self.post_message(GoBack())

    def _turn(self, by: int) -> None:
        self.flush()
        ids = [question.id for question in self.services.job_answers.questions]
        self._question_id = ids[(ids.index(self._question_id) + by) % len(ids)]
        self._material.scroll_home(animate=False)
        self.reload()

    def _choose(self, place: str | None) -> None:
        if place is not None:
            self._chosen_place = place
            self._material.scroll_home(animate=False)
            self.reload()

    def _place_for(self, question: JobQuestion) -> str:
        """Return the organization that asks: the one chosen, else the most wanted; empty if any may ask."""
        if Draws.ORGANIZATION not in question.draws_on:
            return ""
        return self._chosen_place or next((known.place for known in self.services.job_answers.places()), "")

    def _show_length(self) -> None:
        state = self._state
        if state is not None:
            text = self._editor.text
            seconds = self.services.job_answers.seconds(text)
            self.query_one("#job-length", Panel).show(*words.length_of_text(word_count(text), seconds, state))

    @property
    def _state(self) -> JobAnswerState | None:
        return self.services.job_answers.state(self._question_id, self._target_id)

    @property
    def _editor(self) -> NotesEditor:
        return self.query_one("#job-editor", NotesEditor)

    @property
    def _material(self) -> Page:
        return self.query_one("#job-material", Page)


class PlaceDialog(Dialog[str | None]):
    """Lists the organizations of which something is known; gives back the place of the one chosen."""

    TITLE_WORDS = "Who asks you?"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "Close", id="dialog.leave", tooltip="Close without choosing"),
    ]

    def __init__(self, services: Services, place: str) -> None:
        super().__init__(services)
        self._chosen = place

    def body(self) -> ComposeResult:
        """Lay out the organizations."""
        columns = (Column(weight=1), Column(3), Column(12))
        yield Rows(columns, id="known-places", enter_label="This one", leading=1)

    def on_mount(self) -> None:
        """Show the organizations, the one chosen before selected."""
        rows = self.query_one("#known-places", Rows)
        rows.show([_place_row(place) for place in self.services.job_answers.places()])
        rows.go(self._chosen)
        rows.focus()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Give back the organization under the cursor."""
        if not isinstance(event, Rows.Moved):
            self.dismiss(event.key)


def _place_row(place: KnownPlace) -> Row:
    return Row(place.place, words.place_cells(place))
