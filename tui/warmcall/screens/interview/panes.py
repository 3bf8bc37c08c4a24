"""The panes of an interview, of which one shows."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container

from warmcall.domain.records import Interview
from warmcall.screens.interview.debrief_pane import DebriefPane
from warmcall.screens.interview.live_pane import LivePane
from warmcall.screens.interview.pane import Pane
from warmcall.screens.interview.prep_pane import PrepPane
from warmcall.services.services import Services


class InterviewPanes(Container):
    """Preparation, talk and debrief of one interview: the pane for the state it is in shows.

    The screen it is on answers the actions that the panes leave to it: start, end, meeting and thank.
    `current` is the pane that shows; None while there is no interview.
    """

    def __init__(self, services: Services) -> None:
        super().__init__(id="panes")
        self.current: Pane | None = None
        self._prep = PrepPane(services, "before")
        self._live = LivePane(services, "during")
        self._debrief = DebriefPane(services, "after")
        self._all: tuple[Pane, ...] = (self._prep, self._live, self._debrief)
        self._interview_id = ""

    def compose(self) -> ComposeResult:
        """Lay out the panes."""
        yield from self._all

    def show(self, interview: Interview | None) -> None:
        """Show `interview` as it is now; what comes up, a pane or another interview, takes the focus."""
        shown = self._pane_of(interview)
        interview_id = interview.id if interview else ""
        self.display = shown is not None
        for pane in self._all:
            pane.display = pane is shown
            pane.interview_id = interview_id
        if shown is not None:
            shown.reload()
            if (shown, interview_id) != (self.current, self._interview_id):
                shown.enter()
        elif self.current is not None:
            self.app.call_later(self.screen.set_focus, None)  # after a focus that a pane has just asked for
        self.current, self._interview_id = shown, interview_id

    def tick(self) -> None:
        """Let the pane that shows follow the clock."""
        if self.current is not None:
            self.current.tick()

    def flush(self) -> None:
        """Save what was typed in any of them."""
        for pane in self._all:
            if pane.is_mounted:
                pane.flush()

    def shows_advice(self, interview_id: str) -> bool:
        """Return whether that interview is under way, and the sentence to say next can be read here."""
        return self.current is self._live and self._interview_id == interview_id and self._live.shows_advice

    def _pane_of(self, interview: Interview | None) -> Pane | None:
        if interview is None:
            return None
        if interview.ended_at is not None:
            return self._debrief
        return self._live if interview.countdown.going else self._prep
