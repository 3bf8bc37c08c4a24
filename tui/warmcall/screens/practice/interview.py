"""An interview practised: the screen of the interview over services of its own, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen

from warmcall.domain.change import Change
from warmcall.domain.practice_interview import PracticeSummary, practice_summary
from warmcall.domain.records import Interview
from warmcall.presentation import countdown as countdown_words
from warmcall.presentation import practice as words
from warmcall.screens.base import TabScreen
from warmcall.screens.dialog import Dialog
from warmcall.screens.interview.screen import InterviewScreen
from warmcall.services.history import UndoRefused
from warmcall.services.services import Services
from warmcall.services.unfinished_forms import only_unfinished_forms
from warmcall.widgets.bars import TopBar
from warmcall.widgets.keys import key_display_of
from warmcall.widgets.panel import Panel, safe_content

TICK_SECONDS = 1.0

HIDDEN = frozenset({"call", "interview", "follow_up", "thank", "meeting"})
"""Keys of the interview that lead away from it, to what does not exist in practice."""


class PracticeBar(TopBar):
    """The top line of practice: that it is practice, and the time left of it, not of anything real."""

    def __init__(self, time_left: Callable[[], str]) -> None:
        super().__init__((), "")
        self._practice_time_left = time_left

    def show(self, time_left: str = "", unsaved: str = "", due: tuple[str, str] = ("", "")) -> None:
        """Show the time left of the practice; what the app has to say of real things is not heeded."""
        del time_left, unsaved, due
        super().show(self._practice_time_left(), "")

    def render(self) -> Content:
        """Draw the line."""
        return safe_content(
            *words.interview_head(
                self._time_left, self.size.width, key_display_of(self.app, "rehearsal.leave")
            )
        )


class InterviewPractice(InterviewScreen, ModalScreen[None]):
    """The interview with a person made up, on a short clock; `again` says that another is wanted.

    It lies over the app with its own undo, so that no key of it reaches the real store.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "undo", "Undo", show=False, id="app.undo", tooltip="Take the last change back"),
        Binding("U", "redo", "Redo", show=False, id="app.redo", tooltip="Make it again"),
        Binding("q", "back", "Leave", id="rehearsal.leave", tooltip="Out of practice; nothing is kept"),
        Binding("question_mark,f1", "app.help", "help", id="app.help", tooltip="What the keys do here"),
        Binding("colon,ctrl+p", "app.command_palette", "Palette", show=False, id="app.palette",
                tooltip="Find an action by its name"),
    ]  # fmt: skip

    def __init__(self, services: Services, interview: Interview) -> None:
        super().__init__(services)
        self._contact_id, self._interview_id = interview.contact_id, interview.id
        self.bar = self._bar = PracticeBar(self._time_left)
        self.again = False

    def on_mount(self) -> None:
        """Follow the changes of this services, and its clock."""
        self.services.store.listen(self._changed)
        self.set_interval(TICK_SECONDS, self.tick)
        self.reload()
        self._bar.show()

    def tick(self) -> None:
        """Let the countdown follow the clock, in the top line too."""
        super().tick()
        self._bar.show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out what leads to other screens."""
        return False if action in HIDDEN else super().check_action(action, parameters)

    def action_end(self) -> None:
        """End the practice, and say what came of it."""
        interview = self.services.store.get(Interview, self._interview_id)
        if interview is None or not interview.countdown.going:
            return
        self.flush()
        self.services.interviewing.end(interview.id)
        ended = self.services.store.get(Interview, interview.id)
        if ended is not None:
            self.app.push_screen(PracticeSummaryDialog(self.services, practice_summary(ended)), self._over)

    def action_back(self) -> None:
        """Leave; one that is under way ends first, and says what came of it."""
        interview = self.services.store.get(Interview, self._interview_id)
        if interview is not None and interview.countdown.going:
            self.action_end()
        else:
            self.dismiss(None)

    def action_undo(self) -> None:
        """Take the last change of this practice back."""
        self._move(self.services.history.undo, "Undone", "Nothing to undo")

    def action_redo(self) -> None:
        """Make the last change taken back again."""
        self._move(self.services.history.redo, "Done again", "Nothing to redo")

    def _move(self, way: Callable[[], str], done: str, nothing: str) -> None:
        self.flush()
        try:
            label = way()
        except UndoRefused as refused:
            self.say(str(refused))
            return
        self.say(f"{done}: {label}" if label else nothing)

    def _over(self, again: bool | None) -> None:
        self.again = bool(again)
        self.dismiss(None)

    def _changed(self, change: Change) -> None:
        """Repaint what shows of this services."""
        if only_unfinished_forms(change) or not self.is_attached:
            return
        for screen in self.app.screen_stack:
            if (
                isinstance(screen, TabScreen | Dialog)
                and screen.services is self.services
                and screen.is_mounted
            ):
                screen.reload()
        self._bar.show()

    def _time_left(self) -> str:
        running = self.services.store.running()
        if running is None:
            return ""
        countdown, now = self.services.time.counted(running.countdown)
        return countdown_words.time_left(countdown, now, self.services.library.cadence.close)


class PracticeSummaryDialog(Dialog[bool]):
    """Says what came of a practised interview; gives back whether another is wanted."""

    TITLE_WORDS = "Practice is over"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "again", "Again", id="rehearsed.again", tooltip="Another, from the beginning"),
        Binding("escape,q,backspace", "leave", "Leave", id="dialog.leave", tooltip="Nothing is kept"),
    ]

    def __init__(self, services: Services, told: PracticeSummary) -> None:
        super().__init__(services)
        self._told = told

    def body(self) -> ComposeResult:
        """Lay out the time, the questions, the close and the notes."""
        yield Panel(*words.interview_summary(self._told), id="rehearsed")

    def action_again(self) -> None:
        """Ask for another."""
        self.dismiss(True)
