"""In which sense the user and a contact know each other, derived from the records.

Scripts and letters choose their words by it: nobody who was met is greeted as a stranger, and what was
written before is not written again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

import msgspec

from warmcall.domain.business_days import Calendar
from warmcall.domain.day_names import MONTHS, WEEKDAYS
from warmcall.domain.records import Attempt, Interview
from warmcall.domain.vocabulary import Outcome


class Familiarity(StrEnum):
    """How well the two know each other."""

    STRANGER = "stranger"
    WRITTEN_TO = "written_to"
    SPOKEN_WITH = "spoken_with"
    MEETING_SET = "meeting_set"
    MET = "met"
    DECLINED = "declined"


class Acquaintance(msgspec.Struct, frozen=True):
    """How well the two know each other, and since when.

    `at` is when that came about, aware, in UTC: when the last letter without an answer was sent, when they
    spoke, said no or last met; None for a stranger, and for a meeting that is set. `met_at` is when the last
    meeting began, None if there was none: two who have met may have set another meeting.
    """

    familiarity: Familiarity
    at: datetime | None = None
    met_at: datetime | None = None

    @property
    def has_met(self) -> bool:
        """Whether there has been a meeting."""
        return self.met_at is not None


_ANSWERED = (Outcome.CALL_BACK, Outcome.REPLIED, Outcome.REFERRED, Outcome.SCHEDULED, Outcome.TALK_NOW)
"""The outcomes of attempts by which the two spoke, or wrote to each other."""


def acquaintance(attempts: Sequence[Attempt], interviews: Sequence[Interview]) -> Acquaintance:
    """Return how well the user knows the contact whose `attempts` and `interviews` these are, in any order.

    A meeting set, or held, counts more than attempts; practice and what was cancelled count for nothing. Of
    the attempts the last that was answered counts, and only without any the last that was written.
    """
    real = [interview for interview in interviews if not interview.practice and not interview.cancelled]
    met_at = max((interview.began_at for interview in real if interview.ended_at is not None), default=None)
    if any(interview.ended_at is None for interview in real):
        return Acquaintance(Familiarity.MEETING_SET, None, met_at)
    if met_at is not None:
        return Acquaintance(Familiarity.MET, met_at, met_at)
    for attempt in sorted(attempts, key=lambda attempt: attempt.at, reverse=True):
        if attempt.outcome is Outcome.DECLINED:
            return Acquaintance(Familiarity.DECLINED, attempt.at)
        if attempt.outcome in _ANSWERED:
            return Acquaintance(Familiarity.SPOKEN_WITH, attempt.at)
    written = [attempt.at for attempt in attempts if attempt.outcome is Outcome.SENT]
    return (
        Acquaintance(Familiarity.WRITTEN_TO, max(written)) if written else Acquaintance(Familiarity.STRANGER)
    )


def day_in_words(at: datetime, now: datetime, calendar: Calendar) -> str:
    """Return the day of `at` as one says it on the day of `now`, the later.

    "today" and "yesterday", "on Tuesday" within the week, else "earlier this month" or the month, with its
    year where that is more than ten months ago: "in October", "in March 2025".
    """
    day, today = calendar.day_of(at), calendar.day_of(now)
    days = (today - day).days
    if days < 2:
        return "yesterday" if days == 1 else "today"
    if days < 7:
        return f"on {WEEKDAYS[day.weekday()]}"
    if (day.year, day.month) == (today.year, today.month):
        return "earlier this month"
    month = MONTHS[day.month - 1]
    return f"in {month}" if days < _MONTH_ALONE_DAYS else f"in {month} {day.year}"


_MONTH_ALONE_DAYS = 300
"""Up to so many days ago the name of a month alone says which one: about ten months."""
