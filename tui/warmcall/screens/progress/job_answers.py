"""The user's own answers to the questions of a job interview: how far each is, and the selected one whole."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container

from warmcall.presentation import job_answers as words
from warmcall.screens.base import BACK_KEY, CopyText, GoBack, TabScreen
from warmcall.screens.practice.answers import AnswerPractice
from warmcall.screens.progress.job_answer import JobAnswerPage
from warmcall.services.job_answers import JobAnswerState
from warmcall.widgets.page import Page
from warmcall.widgets.panel import Panel
from warmcall.widgets.rows import Column, ColumnNames, Row, Rows
from warmcall.widgets.titled_pane import TitledPane

COLUMNS = (
    Column(1),
    Column(at_most=48, name="they ask"),
    Column(5, min_width=76, name="words"),
    Column(12, name="aloud"),
    Column(9, name="practised"),
    Column(4, name="sure"),
)
"""How far it is, the question, the words, the time aloud, how often it was practised, and how sure."""


class JobAnswersPage(TabScreen):
    """One row for each question, and below or beside the list the answer to the selected one."""

    CSS_PATH = "progress.tcss"
    TAB = "Progress"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "write", "Write", show=False, id="job_answers.write",
                tooltip="Write your answer, with what you learned beside it"),
        Binding("P", "practise", "Practise", id="job_answers.practise",
                tooltip="Say your answers aloud, this one first, against the clock"),
        Binding("Y", "copy", "Copy", id="job_answers.copy", tooltip="Copy your answers as text"),
        BACK_KEY,
    ]  # fmt: skip

    def body(self) -> ComposeResult:
        """Lay out the head, the list, and below or beside it the answer under the cursor."""
        yield Panel(id="job-head")
        with Container(id="job-parts"):
            with TitledPane(title="Questions", id="job-listed"):
                yield ColumnNames(COLUMNS)
                yield Rows(COLUMNS, id="job-questions", enter_label="Write", leading=2)
            with TitledPane(title="Your answer", id="job-beside"), Page(id="job-page"):
                yield Panel(id="job-detail")

    def on_mount(self) -> None:
        """Begin in the list."""
        self._rows.focus()

    def reload(self) -> None:
        """Show every question as it is now; leave if there is no target any more."""
        states, target = self.services.job_answers.states(), self.services.store.target
        if target is None:
            self.action_back()
            return
        self.query_one("#job-head", Panel).show((words.head(target.role, states), "bold"))
        self._rows.show([Row(state.question.id, words.row_cells(state)) for state in states])
        self._show_detail()

    def new_minute(self) -> None:
        """Let the words about days follow the calendar."""
        self._show_detail()

    def on_rows_moved(self) -> None:
        """Show the answer under the cursor whole."""
        self._show_detail()
        self.refresh_bindings()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Write the answer under the cursor."""
        if not isinstance(event, Rows.Moved):
            self.action_write()

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        if action in ("write", "practise") and self._state() is None:
            return "No question is listed: the file job_questions.yaml names none"
        if action == "copy" and not words.as_text(self.services.job_answers.states()):
            return self.with_keys("Nothing is written yet: {job_answers.write} writes the answer you are on")
        return ""

    def action_write(self) -> None:
        """Write the answer under the cursor."""
        state = self._state()
        if not self.blocked("write") and state is not None:
            self.app.push_screen(JobAnswerPage(self.services, state.question.id))

    def action_practise(self) -> None:
        """Practise the answers, the one under the cursor first."""
        state = self._state()
        if not self.blocked("practise") and state is not None:
            target_id = state.answer.target_id
            self.app.push_screen(AnswerPractice(self.services, state.question.id, target_id))

    def action_copy(self) -> None:
        """Copy all answers."""
        if not self.blocked("copy"):
            self.post_message(CopyText(words.as_text(self.services.job_answers.states())))

    def action_back(self) -> None:
        """Close the page: the figures are under it."""
        self.post_message(GoBack())

    def _show_detail(self) -> None:
        state, calendar = self._state(), self.services.time.calendar
        if state is None:
            return
        write = self.with_keys(
            "Not written yet: {job_answers.write} writes it, with what you learned beside it."
        )
        parts = words.detail(state, calendar.day_of(self.now()), calendar, write)
        self.query_one("#job-page", Page).show(*parts)

    def _state(self) -> JobAnswerState | None:
        return self.services.job_answers.state(self._rows.key)

    @property
    def _rows(self) -> Rows:
        return self.query_one("#job-questions", Rows)
