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
"""The meeting is behind if less than this share of the time planned for its open questions is left."""


class Verdict(StrEnum):
    """How the time left fits the questions left."""

    ON_PACE = "on_pace"
    BEHIND = "behind"
    CLOSE = "close"
    DONE = "done"


class Pace(msgspec.Struct, frozen=True):
    """The verdict and its figures.

    `each` is the time left for each open question; `drop` is the id of the question to drop, if any.
    """

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
    """Return the pace at `now`, `close` being kept for the last questions, which no pace drops.

    The time planned for a question is in proportion to its `minutes`. The checklist is in the order of
    priority: the question to drop is the last open one that is not the `current` one.
    """
    ordinary = [question for question in checklist if not question.in_close]
    open_questions = [question for question in ordinary if question.state is QuestionState.OPEN]
    left = countdown.left(now) - close
    for_questions = max(left, timedelta())
    if left <= timedelta() and countdown.started:
        return Pace(Verdict.CLOSE, len(open_questions), timedelta())
    if not open_questions:
        return Pace(Verdict.DONE, 0, for_questions)
    each = for_questions / len(open_questions)
    share = sum(map(_weight, open_questions)) / sum(map(_weight, ordinary))
    enough = max(countdown.limit - close, timedelta()) * (share * BEHIND_SHARE)
    others = [question.id for question in open_questions if question.id != current]
    if for_questions < enough and len(open_questions) > 1:
        return Pace(Verdict.BEHIND, len(open_questions), each, others[-1])
    return Pace(Verdict.ON_PACE, len(open_questions), each)


def _weight(question: ChecklistQuestion) -> int:
    """Return the minutes a question is planned for; one without any still takes some."""
    return max(question.minutes, 1)
