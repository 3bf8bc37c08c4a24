"""An interview practised: the panes of the interview over services of its own, and the summary at the end."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Label

from warmcall.domain.change import Change
from warmcall.domain.records import Interview
from warmcall.presentation import countdown as countdown_words
from warmcall.presentation import practice as words
from warmcall.screens.base import TOO_SMALL, TabScreen, set_breakpoints
from warmcall.screens.dialog import Dialog
from warmcall.screens.interview.panes import InterviewPanes
from warmcall.screens.undo import REDO, UNDO
from warmcall.services.practice_interviews import PracticeSummary, practice_summary
from warmcall.services.services import Services
from warmcall.services.unfinished_forms import only_unfinished_forms
from warmcall.widgets.bars import KeyBar
from warmcall.widgets.notice_line import NoticeLine
from warmcall.widgets.panel import Panel

TICK_SECONDS = 1.0
"""How often the countdown of the practice is drawn."""


class InterviewPractice(Dialog[bool]):
    """An interview with a contact made up, on a short clock, over the whole window.

    Its services work on a store that is thrown away, with an undo of its own, so that no key reaches the
    real one. It gives back whether to begin another.
    """

    CSS_PATH = Path(__file__).parents[1] / "interview" / "interview.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "undo", "Undo", show=False, id="app.undo", tooltip="Undo the last change"),
        Binding("U", "redo", "Redo", show=False, id="app.redo", tooltip="Redo what was undone"),
        Binding("q", "back", "Leave", id="rehearsal.leave", tooltip="Leave practice; nothing is kept"),
        *TabScreen.BINDINGS,
    ]

    def __init__(self, services: Services, interview: Interview) -> None:
        super().__init__(services)
        self._interview_id = interview.id
        self._panes = InterviewPanes(services)

    def compose(self) -> ComposeResult:
        """Lay out the top line, the panes and the keys, as on the screen of a real interview."""
        set_breakpoints(self)
        self._panes.begin_with(self._interview)
        yield Panel(id="practice-bar")
        yield Label(TOO_SMALL, id="too-small", markup=False)
        with Vertical(id="body"):
            yield self._panes
        yield KeyBar()
        yield NoticeLine()

    def room_for_notice(self) -> int:
        """Return how many lines a notice may cover: that of the keys."""
        return 1

    def on_mount(self) -> None:
        """Follow the changes of these services, and their clock."""
        self.services.store.listen(self._changed, shows=True)
        self.set_interval(TICK_SECONDS, self.tick)

    def on_screen_resume(self) -> None:
        """Show the interview as it is now."""
        self.reload()

    def on_screen_suspend(self) -> None:
        """Save what was typed before another screen comes up."""
        self.flush()

    def on_resize(self) -> None:
        """Fit the top line into the width."""
        self._show_bar()

    def reload(self) -> None:
        """Show the interview as it is now."""
        self._panes.show(self._interview)
        self._show_bar()
        self.refresh_bindings()

    def tick(self) -> None:
        """Let the countdown follow the clock, in the top line too."""
        self._panes.tick()
        self._show_bar()

    def flush(self) -> None:
        """Save what was typed."""
        self._panes.flush()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out the keys of the panes that lead away from the interview, to what practice has not."""
        return False if action in ("thank", "meeting") else super().check_action(action, parameters)

    def action_start(self) -> None:
        """Start the countdown."""
        self.services.interviewing.start(self._interview_id)

    def action_end(self) -> None:
        """End the practice, and show the summary."""
        interview = self._interview
        if interview is None or not interview.countdown.going:
            return
        self.flush()
        self.services.interviewing.end(interview.id)
        ended = self._interview
        if ended is not None:
            summary = PracticeSummaryDialog(self.services, practice_summary(ended))
            self.app.push_screen(summary, self._close)

    def action_back(self) -> None:
        """Leave; an interview under way ends first, and its summary is shown."""
        interview = self._interview
        if interview is not None and interview.countdown.going:
            self.action_end()
        else:
            self.dismiss(False)

    def action_undo(self) -> None:
        """Undo the last change made in this practice."""
        self.flush()
        self.say(UNDO.revert(self.services.history))

    def action_redo(self) -> None:
        """Make the last change undone again."""
        self.flush()
        self.say(REDO.revert(self.services.history))

    def _close(self, again: bool | None) -> None:
        self.dismiss(bool(again))

    def _changed(self, change: Change) -> None:
        """Repaint what shows these services, a dialog over the panes included."""
        if only_unfinished_forms(change) or not self.is_attached:
            return
        for screen in self.app.screen_stack:
            if isinstance(screen, Dialog) and screen.services is self.services and screen.is_mounted:
                screen.reload()

    def _show_bar(self) -> None:
        """Show in the top line that this is practice, and the time left of it."""
        interview = self._interview
        left = style = ""
        if interview is not None and interview.countdown.going:
            countdown, now = self.services.time.anchored(interview.countdown)
            close = self.services.library.cadence.close_of(countdown.minutes)
            left = countdown_words.time_left(countdown, now, close)
            style = countdown_words.urgency(countdown, now, close)
        head = words.interview_head(left, self.size.width, self.key("rehearsal.leave"), style)
        self.query_one("#practice-bar", Panel).show(*head)

    @property
    def _interview(self) -> Interview | None:
        """The interview practised, as it is now."""
        return self.services.store.get(Interview, self._interview_id)


class PracticeSummaryDialog(Dialog[bool]):
    """Says how a practised interview went; gives back whether to begin another."""

    TITLE_WORDS = "Practice is over"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,space",
            "again",
            "Again",
            id="rehearsed.again",
            tooltip="Practise again, from the beginning",
        ),
        Binding("escape,q,backspace", "leave", "Leave", id="dialog.leave", tooltip="Nothing is kept"),
    ]

    def __init__(self, services: Services, summary: PracticeSummary) -> None:
        super().__init__(services)
        self._summary = summary

    def body(self) -> ComposeResult:
        """Lay out the time, the questions, the close and the notes."""
        yield Panel(*words.interview_summary(self._summary), id="rehearsed")

    def action_again(self) -> None:
        """Ask for another."""
        self.dismiss(True)
