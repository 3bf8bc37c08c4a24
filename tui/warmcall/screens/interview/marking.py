"""Marking the questions of an interview: asked, skipped, starred, given up."""

from __future__ import annotations

from warmcall.domain.pace import Pace, pace_of
from warmcall.domain.records import ChecklistQuestion, Interview
from warmcall.domain.vocabulary import QuestionState
from warmcall.screens.interview.notes import Noting
from warmcall.widgets.rows import Rows

GENERAL = "general notes"
"""The key of the row for notes that belong to no question."""


class Marking(Noting):
    """A part of the interview screen with the list of questions."""

    def action_mark(self, state: str) -> None:
        """Mark the question, or open it again; from a mark on, go to the next open one."""
        interview, question = self.interview, self._question()
        if self.blocked("mark") or interview is None or question is None:
            return
        wanted = QuestionState(state)
        again = question.state is wanted
        self.services.checklists.mark(self.interview_id, question.id, QuestionState.OPEN if again else wanted)
        if not again:
            self._list.action_move(1)

    def action_star(self) -> None:
        """Star the answer."""
        question = self._question()
        if not self.blocked("star") and question:
            self.services.checklists.star(self.interview_id, question.id)

    def action_drop(self) -> None:
        """Take the question off the list."""
        question = self._question()
        if not self.blocked("drop") and question:
            self.flush()
            self.services.checklists.drop(self.interview_id, question.id)

    def action_drop_proposed(self) -> None:
        """Skip the question that the pace proposes to give up."""
        proposed = self._proposed()
        if not self.blocked("drop_proposed") and proposed is not None:
            self.services.checklists.mark(self.interview_id, proposed.id, QuestionState.SKIPPED)
            self.say(f"Skipped: {proposed.ask} {self.key('app.undo')} takes it back")

    def _pace(self, interview: Interview) -> Pace:
        countdown, now = self.services.time.counted(interview.countdown)
        return pace_of(interview.checklist, countdown, now, self.services.library.cadence.close, self.at[1])

    def _proposed(self) -> ChecklistQuestion | None:
        """Return the question that the pace proposes to give up, if any."""
        return self.listed(self._pace(self.interview).drop) if self.interview else None

    def _question_id(self) -> str:
        key = self._list.key
        return "" if key == GENERAL else key

    def _question(self) -> ChecklistQuestion | None:
        return self.listed(self._question_id())

    @property
    def _list(self) -> Rows:
        return self.query_one("#during-list", Rows)
