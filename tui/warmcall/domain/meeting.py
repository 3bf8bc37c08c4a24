"""What a meeting becomes as it is held, and what is left of one that nobody ended. Pure functions."""

from __future__ import annotations

from datetime import datetime, timedelta

from warmcall.domain.business_days import Calendar
from warmcall.domain.clock_reading import ClockReading
from warmcall.domain.records import Interview, replace
from warmcall.domain.vocabulary import QuestionState

LEFT_AFTER = timedelta(minutes=30)
"""So long over its time, and so long without a word, a meeting is taken to have ended unnoticed."""

MISSED_AFTER = timedelta(hours=1)
"""So long past its hour, a meeting that was never begun is asked about: it may have been held anyway."""


def begun(interview: Interview, reading: ClockReading, session: str = "") -> Interview:
    """Return `interview` running from `reading`, at its first open question, held by `session`.

    One that runs already keeps its start and whoever holds it.
    """
    first = next(
        (question.id for question in interview.checklist if question.state is QuestionState.OPEN), ""
    )
    if not interview.countdown.started:
        interview = replace(interview, held_by=session, held_since=reading.utc)
    countdown = interview.countdown.start(reading.utc, reading if reading.boot_id else None)
    return replace(interview, countdown=countdown, current=interview.current or first)


def last_word(interview: Interview) -> datetime:
    """Return the last instant something was heard of it: a note typed, a pause begun or ended, the start."""
    countdown = interview.countdown
    pauses = (at for pause in countdown.pauses for at in (pause.since, pause.until) if at is not None)
    return max(filter(None, (interview.began_at, interview.last_note_at, *pauses)))


def left_running(interview: Interview, now: datetime, calendar: Calendar) -> bool:
    """Return whether it was most likely over long before `now`, and nobody ended it.

    That is so when its time was over more than LEFT_AFTER ago, or when it began on an earlier day and is
    over or paused; but not while something was heard of it, or somebody took it up, within LEFT_AFTER.
    """
    countdown = interview.countdown
    if countdown.started_at is None or not countdown.going or interview.ended_at is not None:
        return False
    if now - max(last_word(interview), interview.held_since or countdown.started_at) <= LEFT_AFTER:
        return False
    over = -countdown.left(now)
    if calendar.day_of(countdown.started_at) < calendar.day_of(now):
        return over > timedelta() or countdown.paused
    return over > LEFT_AFTER


def ended_unnoticed(interview: Interview, now: datetime) -> datetime:
    """Return when a meeting left running ended: at its last word, but after its start and before `now`."""
    return max(min(last_word(interview), now), interview.began_at)


def missed(interview: Interview, now: datetime) -> bool:
    """Return whether it was planned for more than MISSED_AFTER ago and was neither begun nor called off."""
    open_ = interview.ended_at is None and not interview.cancelled and not interview.countdown.started
    return open_ and now - interview.at > MISSED_AFTER


def presumed_end(interview: Interview, now: datetime) -> datetime:
    """Return when a meeting held without a countdown ended: after the minutes agreed, not after `now`."""
    return min(interview.at + interview.countdown.limit, now)
