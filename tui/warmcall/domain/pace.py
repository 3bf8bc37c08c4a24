"""Pace: minutes left against questions left, with the close kept free."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from warmcall.domain.countdown import Countdown
from warmcall.domain.records import ChecklistQuestion
from warmcall.domain.vocabulary import QuestionState

BEHIND_SHARE = 2 / 3
"""With less than this share of the planned time for each question left, the meeting is behind."""


class Verdict(StrEnum):
    """What the pace says."""

    ON_PACE = "on_pace"
    BEHIND = "behind"
    CLOSE = "close"
    DONE = "done"


class Pace(msgspec.Struct, frozen=True):
    """`each` is the time left for each open question; `drop` is the id of the one to give up, if any."""

    verdict: Verdict
    questions_left: int
    each: timedelta
    drop: str = ""


def pace_of(
    checklist: Sequence[ChecklistQuestion],
    countdown: Countdown,
    now: datetime,
    close: timedelta,
    current: str = "",
) -> Pace:
    """Return the pace at `now`, `close` being kept for the referral question.

    Each question is planned for its share of the time by its own `minutes`, so that leaving the long
    ones behind is worth more than leaving the short ones. The order of the checklist is its priority:
    the one to drop is the last open question that is not the `current` one.
    """
    ordinary = [question for question in checklist if not question.referral]
    open_ones = [question for question in ordinary if question.state is QuestionState.OPEN]
    left = countdown.left(now) - close
    for_questions = max(left, timedelta())
    if left <= timedelta() and countdown.started:
        return Pace(Verdict.CLOSE, len(open_ones), timedelta())
    if not open_ones:
        return Pace(Verdict.DONE, 0, for_questions)
    each = for_questions / len(open_ones)
    share = sum(map(_weight, open_ones)) / sum(map(_weight, ordinary))
    enough = max(countdown.limit - close, timedelta()) * (share * BEHIND_SHARE)
    others = [question.id for question in open_ones if question.id != current]
    if for_questions < enough and len(open_ones) > 1:
        return Pace(Verdict.BEHIND, len(open_ones), each, others[-1])
    return Pace(Verdict.ON_PACE, len(open_ones), each)


def _weight(question: ChecklistQuestion) -> int:
    """Return the minutes a question is planned for; one without any still takes some."""
    return max(question.minutes, 1)
