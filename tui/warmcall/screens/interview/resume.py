"""Coming back to an interview that is still running, was never ended, or was never started."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.domain.records import Interview
from warmcall.presentation.interview import missed_question, never_ended_question, resume_question
from warmcall.screens.dialog import Dialog
from warmcall.services.services import Services
from warmcall.widgets.panel import Panel
from warmcall.widgets.rich_text import RichPart


class ResumeChoice(StrEnum):
    """What to do with an interview that was found running."""

    GO_ON = "go_on"
    LATER = "later"
    END = "end"


class MissedOutcome(StrEnum):
    """What became of a meeting that was planned and never started."""

    HELD = "held"
    NOT_HELD = "not_held"
    MOVED = "moved"


Answer = TypeVar("Answer", bound=StrEnum)


class InterviewQuestionDialog(Dialog[Answer]):
    """Asks a question about one interview; gives back the one of `answers` whose key was pressed.

    The kinds differ in their keys, and in the question, which follows the clock.
    """

    answers: type[Answer]

    def __init__(self, services: Services, interview: Interview) -> None:
        super().__init__(services)
        self.interview_id = interview.id
        self._opened_on = interview

    def body(self) -> ComposeResult:
        """Lay out the question."""
        yield Panel(id="interview-question")

    def on_mount(self) -> None:
        """Show the question."""
        self.tick()

    def tick(self) -> None:
        """Show the question as it is at this moment."""
        interview = self.services.store.get(Interview, self.interview_id) or self._opened_on
        self.query_one("#interview-question", Panel).show(*self.question(interview))

    def question(self, interview: Interview) -> list[RichPart]:
        """Return the question about `interview`, with what is known of it."""
        raise NotImplementedError

    def action_answer(self, answer: str) -> None:
        """Close, and give the answer back."""
        self.dismiss(self.answers(answer))


class ResumeDialog(InterviewQuestionDialog[ResumeChoice]):
    """Offers at the start to go on with a running interview, at the same question and with the time left."""

    TITLE_WORDS = "An interview is running"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer('go_on')", "Resume", id="resume.go_on", tooltip="At the same question"),
        Binding("x", "answer('end')", "It is over", id="resume.end", tooltip="End it now, and debrief"),
        Binding("escape,l", "answer('later')", "Later", id="dialog.leave",
                tooltip="It stays on {app.interview}"),
    ]  # fmt: skip
    answers = ResumeChoice

    def question(self, interview: Interview) -> list[RichPart]:
        """Return with whom to resume, how much time is left, and whether another session runs it."""
        return resume_question(self.services, interview)


class NeverEndedDialog(InterviewQuestionDialog[ResumeChoice]):
    """Offers to end an interview that was over long ago, as of the last that was typed into it."""

    TITLE_WORDS = "An interview was never ended"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,x", "answer('end')", "End it then", id="ended.end",
                tooltip="As of that time, then debrief; {app.undo} undoes it"),
        Binding("r", "answer('go_on')", "Resume", id="ended.go_on", tooltip="It is still going on"),
        Binding("escape,l", "answer('later')", "Later", id="dialog.leave",
                tooltip="It stays on {app.interview}"),
    ]  # fmt: skip
    answers = ResumeChoice

    def question(self, interview: Interview) -> list[RichPart]:
        """Return with whom it was, when the last was typed, and what ending it then means."""
        return never_ended_question(self.services, interview)


class MissedDialog(InterviewQuestionDialog[MissedOutcome]):
    """Asks what became of a meeting that was not started when its hour came."""

    TITLE_WORDS = "What became of it?"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer('held')", "It took place", id="missed.held", tooltip="Debrief, and thank them"),
        Binding("n", "answer('not_held')", "It did not", id="missed.not_held",
                tooltip="Call for another day"),
        Binding("m", "answer('moved')", "Move it", id="missed.moved", tooltip="Set another day and hour"),
        Binding("escape,l", "leave", "Later", id="dialog.leave",
                tooltip="{before.start} there starts it now, after all"),
    ]  # fmt: skip
    answers = MissedOutcome

    def question(self, interview: Interview) -> list[RichPart]:
        """Return with whom and for when it was planned."""
        return missed_question(self.services, interview)
