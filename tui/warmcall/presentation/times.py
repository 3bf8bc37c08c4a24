"""What was understood of a time in words: the day with its weekday, the hour, and what else to know of it."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from warmcall.domain.business_days import Calendar
from warmcall.domain.day_names import MONTHS, WEEKDAYS
from warmcall.domain.time_words import Reading
from warmcall.presentation.wording import plain_day


def understood(
    reading: Reading, now: datetime, calendar: Calendar, their_zone: tzinfo | None = None, hour: str = ""
) -> str:
    """Return a reading as "Saturday 5 December, 14:00 your time · 15:00 theirs: a weekend; …" with its notes.

    `their_zone` is the other side's, if their clock is to be shown too. `hour` is the time of day that a day
    without one will have.
    """
    when, day = reading.when, calendar.day_of(reading.when)
    words = _long_day(day, calendar.day_of(now))
    if when.instant is None:
        words += f", {hour}" if hour else ""
    else:
        local = calendar.local(when.instant)
        words += f", {local:%H:%M} your time"
        theirs = when.instant.astimezone(their_zone) if their_zone is not None else local
        if theirs.utcoffset() != local.utcoffset():
            their_day = "" if theirs.date() == local.date() else f"{plain_day(theirs.date())}, "
            words += f" · {their_day}{theirs:%H:%M} theirs"
    if free := calendar.holiday_name(day) or ("a weekend" if day.weekday() >= 5 else ""):
        words += f": {free}"
    return "; ".join((words, *reading.notes))


def _long_day(day: date, today: date) -> str:
    """Return a day as "Thursday 26 November", with its year if that is not this year."""
    words = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    return words + (f" {day.year}" if day.year != today.year else "")
