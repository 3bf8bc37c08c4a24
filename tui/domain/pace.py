"""Pace: minutes left against questions left, with the close kept free."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from tui.domain.countdown import Countdown
from tui.domain.records import ChecklistQuestion
from tui.domain.vocabulary import QuestionState

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
    checklist: Sequence[ChecklistQuestion], countdown: Countdown, now: datetime, close: timedelta
) -> Pace:
    """Return the pace at `now`, `close` being kept for the referral question.

    The order of the checklist is its priority, so the one to drop is the last open question.
    """
    ordinary = [question for question in checklist if not question.referral]
    open_ones = [question for question in ordinary if question.state is QuestionState.OPEN]
    for_questions = countdown.left(now) - close
    if for_questions <= timedelta() and countdown.started:
        return Pace(Verdict.CLOSE, len(open_ones), timedelta())
    if not open_ones:
        return Pace(Verdict.DONE, 0, max(for_questions, timedelta()))
    each = max(for_questions, timedelta()) / len(open_ones)
    planned = max(countdown.limit - close, timedelta()) / len(ordinary)
    if each < planned * BEHIND_SHARE and len(open_ones) > 1:
        return Pace(Verdict.BEHIND, len(open_ones), each, open_ones[-1].id)
    return Pace(Verdict.ON_PACE, len(open_ones), each)
