"""The stage of a contact, worked out from the records."""

from __future__ import annotations

from collections.abc import Sequence

from tui.domain.records import Attempt, FollowUp, Interview
from tui.domain.vocabulary import FollowUpKind, Outcome, Stage

_SILENCE = (Outcome.NO_ANSWER, Outcome.VOICEMAIL, Outcome.SENT)


def stage_of(
    attempts: Sequence[Attempt], interviews: Sequence[Interview], follow_ups: Sequence[FollowUp]
) -> Stage:
    """Return the stage one contact is at.

    A meeting outranks what was tried before it. Silence with no further call in the queue is held.
    """
    if any(one.ended_at is None and not one.cancelled for one in interviews):
        return Stage.SCHEDULED
    if any(one.ended_at is not None for one in interviews):
        return _after_meeting(follow_ups)
    tries = [one for one in attempts if one.outcome is not None]
    if not tries:
        return Stage.NEW
    last = sorted(tries, key=lambda one: one.at)[-1].outcome
    if last is Outcome.DECLINED:
        return Stage.DECLINED
    call_open = any(one.kind is FollowUpKind.CALL and one.done_at is None for one in follow_ups)
    if last in _SILENCE and not call_open:
        return Stage.HELD
    return Stage.ASKED


def _after_meeting(follow_ups: Sequence[FollowUp]) -> Stage:
    kept = {one.kind for one in follow_ups if one.done_at is not None and not one.dropped}
    if FollowUpKind.CHECK_IN in kept:
        return Stage.IN_TOUCH
    return Stage.THANKED if FollowUpKind.THANK_YOU in kept else Stage.MET
