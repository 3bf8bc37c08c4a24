"""The last weeks: who was asked and who was met in each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

import msgspec

from warmcall.domain.asking_days import monday_of
from warmcall.domain.business_days import Calendar
from warmcall.domain.records import Interview
from warmcall.domain.weeks import WEEK

WEEKS_COUNTED = 9
"""How many weeks are counted, the present one included: a search has a shape after two months."""


class WeekCount(msgspec.Struct, frozen=True):
    """The contacts asked and those met in the week that begins on `monday`, by id, each once.

    In a week `off` nobody was to be asked.
    """

    monday: date
    asked: tuple[str, ...] = ()
    met: tuple[str, ...] = ()
    off: bool = False


def first_counted(today: date) -> date:
    """Return the Monday of the first of the weeks counted."""
    return monday_of(today) - WEEK * (WEEKS_COUNTED - 1)


def week_counts(
    asked: Mapping[date, Collection[str]],
    talks: Iterable[Interview],
    off: Collection[date],
    today: date,
    calendar: Calendar,
) -> tuple[WeekCount, ...]:
    """Return the last WEEKS_COUNTED weeks up to that of `today`, the oldest first.

    `asked` are the contacts asked in each week, by its Monday, and `off` the Mondays of the weeks off. Of
    `talks`, which are in the order they were held, only those held count.
    """
    met: dict[date, dict[str, None]] = {}
    for talk in talks:
        if talk.was_held:
            met.setdefault(monday_of(calendar.day_of(talk.began_at)), {})[talk.contact_id] = None
    mondays = [first_counted(today) + WEEK * number for number in range(WEEKS_COUNTED)]
    return tuple(
        WeekCount(day, tuple(asked.get(day, ())), tuple(met.get(day, ())), day in off) for day in mondays
    )
