"""Coming to a meeting that was left running, or never begun: asking what became of it."""

from __future__ import annotations

from functools import partial

from tui.domain.records import Interview
from tui.screens.interview_after import After
from tui.screens.resume import Became, MissedDialog, NeverEndedDialog, Resumed
from tui.screens.with_calendar import CalendarScreen


class LeftOver(CalendarScreen):
    """A screen of a meeting that asks, as it is opened, what became of it."""

    def opened(self, interview: Interview | None, chosen: bool) -> None:
        """Ask what became of a meeting just opened, or have this session run it if no other does.

        One that was never begun is asked about only if it was `chosen` by itself, as in the queue.
        """
        if interview is None or self.desk.history.read_only:
            return
        if self.desk.interrupted.never_ended(interview):
            answer = partial(self._left_running, interview.id)
            self.app.push_screen(NeverEndedDialog(self.desk, interview), answer)
        elif chosen and self.desk.interrupted.missed(interview):
            self.app.push_screen(MissedDialog(self.desk, interview), partial(self._missed, interview.id))
        else:
            self.desk.holding.open(interview.id)

    def action_meeting(self) -> None:
        """Ask when and how, and plan the meeting or move it."""
        raise NotImplementedError

    def action_end(self) -> None:
        """End the meeting, and ask for the debrief while it is fresh."""
        raise NotImplementedError

    def finish(self) -> None:
        """End the meeting that shows, unless it has ended, and ask for the debrief."""
        after = self.query_one(After)
        if after.display:
            after.action_debrief()
        else:
            self.action_end()

    def _left_running(self, interview_id: str, what: Resumed | None) -> None:
        if what is Resumed.END:
            self.desk.interrupted.end_then(interview_id)
            self.finish()
        elif what is Resumed.GO_ON:
            self.desk.holding.take(interview_id)

    def _missed(self, interview_id: str, what: Became | None) -> None:
        person = self.person()
        match what:
            case Became.HELD:
                self.desk.interrupted.took_place(interview_id)
                self.finish()
            case Became.NOT_HELD:
                self.desk.interrupted.did_not(interview_id)
                self.say_undoable(f"A call to {person.name if person else 'them'} is in the queue")
            case Became.MOVED:
                self.action_meeting()
