"""Choosing an answer that speaks for a requirement, or against it."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.domain.answers import Answer, matching
from warmcall.domain.decisions import WeighedRequirement
from warmcall.domain.sanitize import one_line
from warmcall.presentation.decision import answer_cells
from warmcall.screens.dialog import Dialog
from warmcall.services.services import Services
from warmcall.widgets.panel import Panel
from warmcall.widgets.rows import Column, LazyRows, Row, Rows
from warmcall.widgets.text_fields import Line

COLUMNS = (Column(1), Column(weight=1, at_most=16), Column(9), Column(2), Column(weight=3))
"""The sign of one that is chosen already, who said it, when, the signs of the answer, and the words."""


class EvidenceDialog(Dialog[str | None]):
    """Lists all answers, fewer with each word typed; gives back the id of the one chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Cancel", id="dialog.leave", tooltip="Choose none"),
        Binding("tab", "app.focus_next", "Line or list", id="evidence.switch"),
    ]

    def __init__(self, services: Services, requirement: WeighedRequirement, supports: bool) -> None:
        super().__init__(services)
        self._requirement = requirement
        self._supports = supports
        self._chosen = {said.answer.id: said for said in requirement.answers}
        self._found: dict[str, Answer] = {}

    @property
    def title_words(self) -> str:
        """For what the answer is chosen."""
        side = "For" if self._supports else "Against"
        return f"{side}: {self._requirement.requirement.text}"

    def body(self) -> ComposeResult:
        """Lay out the line to type in, the answers, and the one under the cursor whole."""
        yield Line(hint="a word they said, or of the question", id="typed")
        yield Rows(COLUMNS, id="answers", enter_label="Use it")
        yield Panel(id="about")

    def on_mount(self) -> None:
        """Show all answers, with the cursor in the line."""
        self.reload()
        self.query_one("#typed", Line).focus()

    def reload(self) -> None:
        """Show the answers that match what is typed."""
        typed = self.query_one("#typed", Line).value
        answers = self.services.answers.all().by_id.values()
        self._found = {answer.id: answer for answer in matching(answers, typed)}
        self._rows.show(LazyRows(list(self._found), self._row))
        self._show_whole()

    def on_input_changed(self) -> None:
        """Show what matches."""
        self.reload()

    def on_input_submitted(self) -> None:
        """Go from the line to the answers; take the only one there is."""
        if len(self._found) == 1:
            self.dismiss(next(iter(self._found)))
        elif self._found:
            self._rows.focus()

    def on_key(self, event: events.Key) -> None:
        """Go from the line down into the list."""
        if event.key == "down" and self.query_one("#typed", Line).has_focus:
            event.stop()
            self._rows.focus()

    def on_rows_moved(self) -> None:
        """Show the answer under the cursor whole."""
        self._show_whole()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Give back the answer under the cursor."""
        if not isinstance(event, Rows.Moved):
            self.dismiss(event.key)

    def _row(self, answer_id: str) -> Row:
        answer, calendar = self.services.answers.all().by_id.get(answer_id), self.services.time.calendar
        if answer is None:
            return Row(answer_id, ("",))
        contact = self.services.store.contact(answer.contact_id)
        today = calendar.day_of(self.services.time.now())
        name = contact.name if contact else ""
        return Row(answer_id, answer_cells(answer, self._chosen.get(answer_id), name, today, calendar))

    def _show_whole(self) -> None:
        answer = self._found.get(self._rows.key)
        if answer is None:
            self.query_one("#about", Panel).show(("No answer has these words", "$muted"))
            return
        self.query_one("#about", Panel).show(
            (f"{one_line(answer.ask)}\n", "$muted"), f"“{one_line(answer.words)}”"
        )

    @property
    def _rows(self) -> Rows:
        return self.query_one("#answers", Rows)
