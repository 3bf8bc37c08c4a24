"""The panes of an interview, of which one shows."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Container

from warmcall.domain.records import Interview
from warmcall.screens.interview.pane import Pane
from warmcall.services.services import Services


class InterviewPanes(Container):
    """Preparation, talk and debrief of one interview: the pane for the state it is in shows.

    Each is made when it is first needed. The screen it is on answers the actions that the panes leave to it:
    start, end, meeting and thank. `current` is the pane that shows, or is about to; None while there is no
    interview.
    """

    def __init__(self, services: Services) -> None:
        super().__init__(id="panes")
        self.current: Pane | None = None
        self._services = services
        self._made: dict[str, Pane] = {}
        self._interview_id = ""

    def begin_with(self, interview: Interview | None) -> None:
        """Have the pane for `interview` among the first widgets; called before they are made."""
        self._pane_for(interview)

    def compose(self) -> ComposeResult:
        """Lay out the pane that is to show first."""
        yield from self._made.values()

    def show(self, interview: Interview | None) -> None:
        """Show `interview` as it is now; what comes up, a pane or another interview, takes the focus."""
        shown, before = self._pane_for(interview), (self.current, self._interview_id)
        self._interview_id = interview.id if interview else ""
        self.display = shown is not None
        for pane in self._made.values():
            pane.interview_id = self._interview_id
        self.current = shown
        if shown is None:
            self._display_current()
            if before[0] is not None:
                self.app.call_later(self.screen.set_focus, None)  # after a focus that a pane just asked for
        elif shown.is_mounted:
            self._display_current()
            shown.reload()
            if (shown, self._interview_id) != before:
                shown.enter()
        elif shown is not before[0]:
            self.screen.call_next(self._put_up, shown)  # there keys wait for it, wherever the focus is

    def when_shown(self, act: Callable[[], object]) -> None:
        """Call `act` once the pane that shows has all it consists of."""
        if self.current is None or self.current.is_mounted:
            act()
        else:
            self.screen.call_next(act)

    def tick(self) -> None:
        """Let the pane that shows follow the clock."""
        if self.current is not None and self.current.is_mounted:
            self.current.tick()

    def flush(self) -> None:
        """Save what was typed in any of them."""
        for pane in self._made.values():
            if pane.is_mounted:
                pane.flush()

    def shows_advice(self, interview_id: str) -> bool:
        """Return whether that interview is under way, and the sentence to say next can be read here."""
        pane = self.current
        return pane is not None and self._interview_id == interview_id and pane.shows_advice

    async def _put_up(self, pane: Pane) -> None:
        """Mount a pane that is needed for the first time; the one before shows until it is there."""
        pane.display = False
        if not pane.is_attached:
            await self.mount(pane)
        self._display_current()
        if pane is self.current:
            pane.reload()
            pane.enter()
            self.screen.refresh_bindings()

    def _display_current(self) -> None:
        for pane in self._made.values():
            pane.display = pane is self.current

    def _pane_for(self, interview: Interview | None) -> Pane | None:
        """Return the pane for the state that `interview` is in."""
        if interview is None:
            return None
        part = "after" if interview.ended_at else "during" if interview.countdown.going else "before"
        if part not in self._made:
            self._made[part] = _new_pane(part, self._services)
        return self._made[part]


def _new_pane(part: str, services: Services) -> Pane:
    """Return the pane of that part, new; it is imported here, so that none is before it is needed."""
    match part:
        case "before":
            from warmcall.screens.interview.prep_pane import PrepPane

            return PrepPane(services)
        case "during":
            from warmcall.screens.interview.live_pane import LivePane

            return LivePane(services)
        case _:
            from warmcall.screens.interview.debrief_pane import DebriefPane

            return DebriefPane(services)
