"""Starting a meeting, and what became of a meeting that nobody ended or started. Pure functions."""

from __future__ import annotations

from datetime import datetime, timedelta

from warmcall.domain.business_days import Calendar
from warmcall.domain.clock_reading import ClockReading
from warmcall.domain.records import Interview, replace
from warmcall.domain.vocabulary import QuestionState

LEFT_RUNNING_AFTER = timedelta(minutes=30)
"""A meeting this long over its time, with nothing done in it for as long, is taken to be over."""

MISSED_AFTER = timedelta(hours=1)
"""A meeting never started is asked about this long after its hour: it may have been held anyway."""


def started(interview: Interview, reading: ClockReading, session: str = "") -> Interview:
    """Return `interview` running from `reading`, at its first open question, locked by `session`.

    One that runs already keeps its start and its lock.
    """
    first = next(
        (question.id for question in interview.checklist if question.state is QuestionState.OPEN), ""
    )
    if not interview.countdown.started:
        interview = replace(interview, held_by=session, held_since=reading.utc)
    countdown = interview.countdown.start(reading.utc, reading if reading.boot_id else None)
    return replace(interview, countdown=countdown, current=interview.current or first)


def last_activity(interview: Interview) -> datetime:
    """Return when something was last done in a meeting: a note, the start or end of a pause, its start."""
    countdown = interview.countdown
    pauses = (at for pause in countdown.pauses for at in (pause.since, pause.until) if at is not None)
    return max(filter(None, (interview.began_at, interview.last_note_at, *pauses)))


def left_running(interview: Interview, now: datetime, calendar: Calendar) -> bool:
    """Return whether a meeting was most likely over long before `now`, and nobody ended it.

    That is so when its time was up more than LEFT_RUNNING_AFTER ago, or when it began on an earlier day
    and is over its time or paused; but not if something was done in it, or a session took its lock, within
    LEFT_RUNNING_AFTER.
    """
    countdown = interview.countdown
    if countdown.started_at is None or not countdown.going or interview.ended_at is not None:
        return False
    last_sign = max(last_activity(interview), interview.held_since or countdown.started_at)
    if now - last_sign <= LEFT_RUNNING_AFTER:
        return False
    overtime = -countdown.left(now)
    if calendar.day_of(countdown.started_at) < calendar.day_of(now):
        return overtime > timedelta() or countdown.paused
    return overtime > LEFT_RUNNING_AFTER


def end_of_left_running(interview: Interview, now: datetime) -> datetime:
    """Return when a meeting left running ended: at its last activity, between its start and `now`."""
    return max(min(last_activity(interview), now), interview.began_at)


def missed(interview: Interview, now: datetime) -> bool:
    """Return whether a meeting was planned for over MISSED_AFTER ago, and neither started nor cancelled."""
    still_open = interview.is_planned and not interview.countdown.started
    return still_open and now - interview.at > MISSED_AFTER


def end_without_countdown(interview: Interview, now: datetime) -> datetime:
    """Return when a meeting held without the countdown ended: after the minutes agreed, at most `now`."""
    return min(interview.at + interview.countdown.limit, now)
