"""The stage of a contact, derived from the records."""

from __future__ import annotations

from collections.abc import Sequence

from warmcall.domain.records import Attempt, FollowUp, Interview
from warmcall.domain.vocabulary import FollowUpKind, Outcome, Stage

_SILENCE = (Outcome.NO_ANSWER, Outcome.VOICEMAIL, Outcome.SENT)


def stage_of(
    attempts: Sequence[Attempt], interviews: Sequence[Interview], follow_ups: Sequence[FollowUp]
) -> Stage:
    """Return the stage one contact is at.

    A meeting counts more than attempts. A contact who has not answered is held if no call is in the queue.
    """
    if interviews:  # most have none, and there may be thousands of people
        if any(interview.is_planned for interview in interviews):
            return Stage.SCHEDULED
        if any(interview.ended_at is not None for interview in interviews):
            return _after_meeting(follow_ups)
    tries = [attempt for attempt in attempts if attempt.outcome is not None]
    if not tries:
        return Stage.NEW
    if len(tries) > 1:
        tries.sort(key=lambda attempt: attempt.at)
    last = tries[-1].outcome
    if last is Outcome.DECLINED:
        return Stage.DECLINED
    if last not in _SILENCE:
        return Stage.ASKED
    call_open = any(
        follow_up.kind is FollowUpKind.CALL and follow_up.done_at is None for follow_up in follow_ups
    )
    return Stage.ASKED if call_open else Stage.HELD


def _after_meeting(follow_ups: Sequence[FollowUp]) -> Stage:
    done = {
        follow_up.kind for follow_up in follow_ups if follow_up.done_at is not None and not follow_up.dropped
    }
    if FollowUpKind.CHECK_IN in done:
        return Stage.IN_TOUCH
    return Stage.THANKED if FollowUpKind.THANK_YOU in done else Stage.MET
