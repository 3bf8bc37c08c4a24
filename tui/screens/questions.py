"""Choosing a question to add: one of the bank, or one typed."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from tui.domain.bank import Question, as_checklist_question
from tui.domain.records import ChecklistQuestion
from tui.screens.base import Dialog
from tui.services.desk import Desk
from tui.widgets.form import Line
from tui.widgets.rows import Column, Row, Rows


class QuestionDialog(Dialog[ChecklistQuestion | None]):
    """Gives back a question of the bank, or one of the user's own."""

    TITLE_WORDS = "Add a question"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Cancel", id="dialog.leave", tooltip="Add nothing"),
        Binding("tab", "app.focus_next", "Line or list", id="question.switch"),
    ]

    def __init__(self, desk: Desk, bank: list[Question]) -> None:
        super().__init__(desk)
        self._bank = {question.id: question for question in bank}

    def body(self) -> ComposeResult:
        """Lay out the line for one's own, and the questions of the bank."""
        yield Line(hint="type your own and press Enter, or go down and choose", id="own")
        yield Rows((Column(weight=1), Column(6)), id="bank", opens="Add")

    def on_mount(self) -> None:
        """Show the bank."""
        self.query_one("#bank", Rows).show(
            [Row(one.id, (one.ask, f"{one.minutes} min")) for one in self._bank.values()]
        )

    def on_key(self, event: events.Key) -> None:
        """Go from the line down into the list."""
        if event.key == "down" and self.query_one("#own", Line).has_focus:
            event.stop()
            self.query_one("#bank", Rows).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take one's own question; with nothing typed, go into the list."""
        if event.value.strip():
            self.dismiss(self.desk.interviewing.own_question(event.value))
        else:
            self.query_one("#bank", Rows).focus()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Take the question under the cursor."""
        if not isinstance(event, Rows.Moved):
            self.dismiss(as_checklist_question(self._bank[event.key]))
