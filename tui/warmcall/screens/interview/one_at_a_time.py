"""One interview at a time: asking what becomes of the one that runs before another one may."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import ClassVar

from textual.binding import Binding, BindingType

from warmcall.domain.records import Interview
from warmcall.presentation.interview import running_question
from warmcall.screens.base import GoTo, View
from warmcall.screens.interview.resume import InterviewQuestionDialog
from warmcall.services.running_interviews import Stop, running_beside
from warmcall.services.services import Services
from warmcall.widgets.rich_text import RichPart


class RunningChoice(StrEnum):
    """What becomes of the interview that runs."""

    END = "end"
    PAUSE = "pause"
    GO_ON = "go_on"


HOW_TO_STOP = {RunningChoice.END: Stop.END, RunningChoice.PAUSE: Stop.PAUSE}
"""How the running interview is stopped; it is not where the user goes on with it."""

STOPPED = {Stop.END: "is over", Stop.PAUSE: "is paused"}


class RunningDialog(InterviewQuestionDialog[RunningChoice]):
    """Asks what becomes of the interview that runs, before the talk with somebody `other` may run.

    It closes by itself when that interview does not run any more, as when another session ends it.
    """

    TITLE_WORDS = "One interview at a time"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "answer('end')", "End it", id="running.end", tooltip="It is over; {app.undo} undoes it"),
        Binding("w", "answer('pause')", "Pause it", id="running.pause",
                tooltip="Its clock stops; you can resume it from {app.queue}"),
        Binding("g", "answer('go_on')", "Go on with it", id="running.go_on", tooltip="Back to it"),
        Binding("escape,q", "leave", "Cancel", id="dialog.leave", tooltip="Everything stays as it is"),
    ]  # fmt: skip
    answers = RunningChoice

    def __init__(self, services: Services, interview: Interview, other: str) -> None:
        super().__init__(services, interview)
        self._other = other

    def question(self, interview: Interview) -> list[RichPart]:
        """Return with whom the running interview is, how much time is left, and who waits."""
        return running_question(self.services, interview, self._other)

    def reload(self) -> None:
        """Close if the interview does not run any more."""
        interview = self.services.store.get(Interview, self.interview_id)
        if interview is None or not interview.countdown.running:
            self.dismiss(None)


def stop_first(
    screen: View, services: Services, interview_id: str, other: str, run: Callable[[Stop | None], object]
) -> None:
    """Let the interview of that id, with somebody `other`, run by `run`.

    While another one runs, ask first whether that ends or is paused, which `run` is given; or go on with it
    instead. The id is empty for an interview that does not exist yet.
    """
    running = next(iter(running_beside(services.store, interview_id)), None)
    if running is None:
        run(None)
        return
    contact = services.store.contact(running.contact_id)

    def answer(choice: RunningChoice | None) -> None:
        if choice is RunningChoice.GO_ON:
            screen.post_message(GoTo("Interview", running.contact_id, running.id))
        elif choice is not None:
            stop = HOW_TO_STOP[choice]
            run(stop)
            screen.say_undoable(f"The interview with {contact.name if contact else 'them'} {STOPPED[stop]}")

    screen.app.push_screen(RunningDialog(services, running, other), answer)
