"""Coming to a meeting that was left running, or never begun: asking what became of it."""

from __future__ import annotations

from functools import partial

from warmcall.domain.records import Interview
from warmcall.screens.interview.debrief_pane import DebriefPane
from warmcall.screens.interview.resume import MissedDialog, MissedOutcome, NeverEndedDialog, ResumeChoice
from warmcall.screens.people.person_actions import PersonScreen


class LeftOver(PersonScreen):
    """A screen of a meeting that asks, as it is opened, what became of it."""

    def opened(self, interview: Interview | None, chosen: bool) -> None:
        """Ask what became of a meeting just opened, or have this session run it if no other does.

        One that was never begun is asked about only if it was `chosen` by itself, as in the queue.
        """
        if interview is None or self.services.history.read_only:
            return
        if self.services.unfinished_interviews.left_running(interview):
            answer = partial(self._left_running, interview.id)
            self.app.push_screen(NeverEndedDialog(self.services, interview), answer)
        elif chosen and self.services.unfinished_interviews.missed(interview):
            self.app.push_screen(MissedDialog(self.services, interview), partial(self._missed, interview.id))
        else:
            self.services.interview_lock.acquire(interview.id)

    def action_meeting(self) -> None:
        """Ask when and how, and plan the meeting or move it."""
        raise NotImplementedError

    def action_end(self) -> None:
        """End the meeting, and ask for the debrief while it is fresh."""
        raise NotImplementedError

    def finish(self) -> None:
        """End the meeting that shows, unless it has ended, and ask for the debrief."""
        after = self.query_one(DebriefPane)
        if after.display:
            after.action_debrief()
        else:
            self.action_end()

    def _left_running(self, interview_id: str, what: ResumeChoice | None) -> None:
        if what is ResumeChoice.END:
            self.services.unfinished_interviews.end_as_presumed(interview_id)
            self.finish()
        elif what is ResumeChoice.GO_ON:
            self.services.interview_lock.take_over(interview_id)

    def _missed(self, interview_id: str, what: MissedOutcome | None) -> None:
        person = self.person()
        match what:
            case MissedOutcome.HELD:
                self.services.unfinished_interviews.record_held(interview_id)
                self.finish()
            case MissedOutcome.NOT_HELD:
                self.services.unfinished_interviews.record_not_held(interview_id)
                self.say_undoable(f"A call to {person.name if person else 'them'} is in the queue")
            case MissedOutcome.MOVED:
                self.action_meeting()
