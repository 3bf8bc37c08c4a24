"""Coming back to an interview that is still running."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from tui.domain.records import Interview
from tui.screens.base import Dialog
from tui.services.desk import Desk
from tui.widgets import wording
from tui.widgets.panel import Panel


class Resumed(StrEnum):
    """What to do with the interview that was found running."""

    GO_ON = "go_on"
    LATER = "later"
    END = "end"


class ResumeDialog(Dialog[Resumed]):
    """Offers to go on at the same question with the right time left."""

    TITLE_WORDS = "An interview is running"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take('go_on')", "Resume", id="resume.go_on", tooltip="At the same question"),
        Binding("x", "take('end')", "It is over", id="resume.end", tooltip="End it now, and debrief"),
        Binding("escape,l", "take('later')", "Later", id="dialog.leave", tooltip="4 has it when you want it"),
    ]

    def __init__(self, desk: Desk, interview: Interview) -> None:
        super().__init__(desk)
        self._interview = interview

    def body(self) -> ComposeResult:
        """Say with whom, and how much time is left."""
        contact = self.desk.book.contact(self._interview.contact_id)
        close = self.desk.library.cadence.close
        left = wording.time_left(self._interview.countdown, self.desk.time.now(), close)
        yield Panel(f"Resume with {contact.name if contact else 'someone deleted'}, {left}?", id="left")

    def action_take(self, what: str) -> None:
        """Give back what to do."""
        self.dismiss(Resumed(what))
