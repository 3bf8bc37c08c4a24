"""Coming back to an interview that is still running, was never ended, or was never begun."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.domain.records import Interview
from warmcall.domain.sanitize import one_line
from warmcall.presentation import countdown as countdown_words
from warmcall.presentation import wording
from warmcall.screens.dialog import Dialog
from warmcall.services.services import Services
from warmcall.widgets.panel import Panel
from warmcall.widgets.rich_text import RichPart


class ResumeChoice(StrEnum):
    """What to do with the interview that was found running."""

    GO_ON = "go_on"
    LATER = "later"
    END = "end"


class ResumeDialog(Dialog[ResumeChoice]):
    """Offers to go on at the same question with the right time left."""

    TITLE_WORDS = "An interview is running"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take('go_on')", "Resume", id="resume.go_on", tooltip="At the same question"),
        Binding("x", "take('end')", "It is over", id="resume.end", tooltip="End it now, and debrief"),
        Binding(
            "escape,l",
            "take('later')",
            "Later",
            id="dialog.leave",
            tooltip="{app.interview} has it when you want it",
        ),
    ]

    def __init__(self, services: Services, interview: Interview) -> None:
        super().__init__(services)
        self._interview = interview

    def body(self) -> ComposeResult:
        """Say with whom, and how much time is left."""
        yield Panel(id="left")

    def on_mount(self) -> None:
        """Show the time left."""
        self.tick()

    def tick(self) -> None:
        """Let the time left follow the clock."""
        interview = self.services.store.get(Interview, self._interview.id) or self._interview
        contact = self.services.store.contact(interview.contact_id)
        close = self.services.library.cadence.close
        left = countdown_words.time_left(*self.services.time.counted(interview.countdown), close)
        who = one_line(contact.name) if contact else "someone deleted"
        parts: list[RichPart] = [f"Resume with {who}, {left}?"]
        if self.services.interview_lock.held_elsewhere(interview):
            now, calendar = self.services.time.now(), self.services.time.calendar
            held = wording.held_elsewhere(interview.held_since, now, calendar)
            parts.append((f"\n\nIt is {held}: resuming takes it over.", "$muted"))
        self.query_one("#left", Panel).show(*parts)

    def action_take(self, what: str) -> None:
        """Give back what to do."""
        self.dismiss(ResumeChoice(what))


class NeverEndedDialog(Dialog[ResumeChoice]):
    """Offers to end, as of its last word, an interview that was over long ago."""

    TITLE_WORDS = "An interview was never ended"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,x",
            "take('end')",
            "End it then",
            id="ended.end",
            tooltip="And debrief; {app.undo} undoes it",
        ),
        Binding("r", "take('go_on')", "Resume", id="ended.go_on", tooltip="It is still going on"),
        Binding(
            "escape,l",
            "take('later')",
            "Later",
            id="dialog.leave",
            tooltip="{app.interview} has it when you want it",
        ),
    ]

    def __init__(self, services: Services, interview: Interview) -> None:
        super().__init__(services)
        self._interview = interview

    def body(self) -> ComposeResult:
        """Say with whom, when the last word was typed, and what ending it then means."""
        interview, now, calendar = self._interview, self.services.time.now(), self.services.time.calendar
        contact = self.services.store.contact(interview.contact_id)
        end = self.services.unfinished_interviews.presumed_end(interview)
        last, then = wording.last_activity(interview, now, calendar), wording.moment(end, now, calendar)
        due = end + timedelta(hours=self.services.library.cadence.thank_you_hours)
        thanks = f"was due {wording.moment(due, now, calendar)}: late is better than never"
        if due > now:
            thanks = f"is due {wording.moment(due, now, calendar)}"
        yield Panel(
            f"The interview with {contact.name if contact else 'someone deleted'} was never ended: {last}.\n"
            f"End it as of {then}? The thank-you {thanks}.",
            id="left",
        )

    def action_take(self, what: str) -> None:
        """Give back what to do."""
        self.dismiss(ResumeChoice(what))


class MissedOutcome(StrEnum):
    """What became of a meeting that was planned and never begun."""

    HELD = "held"
    NOT_HELD = "not_held"
    MOVED = "moved"


class MissedDialog(Dialog[MissedOutcome | None]):
    """Asks what became of a meeting whose hour is past."""

    TITLE_WORDS = "What became of it?"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "take('held')", "It took place", id="missed.held", tooltip="Debrief, and thank them"),
        Binding("n", "take('not_held')", "It did not", id="missed.not_held", tooltip="Call for another day"),
        Binding("m", "take('moved')", "Move it", id="missed.moved", tooltip="Set another day and hour"),
        Binding(
            "escape,l",
            "leave",
            "Later",
            id="dialog.leave",
            tooltip="{before.start} there starts it now, after all",
        ),
    ]

    def __init__(self, services: Services, interview: Interview) -> None:
        super().__init__(services)
        self._interview = interview

    def body(self) -> ComposeResult:
        """Say with whom and when it was planned."""
        contact = self.services.store.contact(self._interview.contact_id)
        when = wording.moment(self._interview.at, self.services.time.now(), self.services.time.calendar)
        name = contact.name if contact else "someone deleted"
        yield Panel(f"The meeting with {name} was planned for {when}, and the clock was never started.")

    def action_take(self, what: str) -> None:
        """Give back what became of it."""
        self.dismiss(MissedOutcome(what))
