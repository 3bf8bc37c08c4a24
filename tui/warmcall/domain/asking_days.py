"""The days on which new people are asked: spread over the week, as many in a week as the goal says."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from warmcall.domain.business_days import Calendar

WORKING_DAYS = 5
"""The working days of a week, over which a goal is spread."""

_WEEKS_MAX = 520
"""After so many weeks in which there is no room the goal counts no more."""


def monday_of(day: date) -> date:
    """Return the first day of the week that `day` is in."""
    return day - timedelta(days=day.weekday())


def asking_days(
    count: int,
    first: date,
    goal: int,
    taken: Mapping[date, int],
    asked: Mapping[date, int],
    off: Collection[date],
    calendar: Calendar,
) -> list[date]:
    """Return the days of `count` first calls, from `first` on, in their order.

    Each day gets at most one more than it has, or as many more as a `goal` beyond five a week needs; those
    days of a week come first that have the fewest. `taken` is how many calls to people not asked yet are due
    on a day, `asked` how many people were asked in the week of a Monday: together they are no more than the
    goal in any week. `off` are the Mondays of weeks off, in which nobody is asked.
    """
    a_day = -(-goal // WORKING_DAYS)
    days: list[date] = []
    monday = monday_of(first)
    for _ in range(_WEEKS_MAX):
        week = [monday + timedelta(days=day) for day in range(7)]
        free = [day for day in week if day >= first and calendar.is_business_day(day)]
        room = goal - asked.get(monday, 0) - sum(taken.get(day, 0) for day in week)
        if monday not in off:
            slots = sorted((taken.get(day, 0) + more, day) for day in free for more in range(a_day))
            days += sorted(day for _, day in slots[: max(room, 0)])
        if len(days) >= count:
            return days[:count]
        monday += timedelta(days=7)
    return days + [calendar.add(monday, number) for number in range(count - len(days))]
