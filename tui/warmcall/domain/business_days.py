"""Counting days: business days, which are weekdays that are no public holiday, and months."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo

import msgspec

from warmcall.domain.vocabulary import DayPart
from warmcall.domain.when import When

HolidayName = Callable[[date], str]
"""Returns the name of the public holiday that a day is, empty if it is none."""

_NO_HOUR = datetime.min.replace(tzinfo=UTC)
"""Stands for an instant where days without an hour are compared."""


def no_holidays(day: date) -> str:
    """Return no name: without a country no holidays are known."""
    return ""


def usual_noon() -> int:
    """Return noon, where no cadence says another hour."""
    return 12


def day_first() -> bool:
    """Return that the day is written before the month, as it is without a country."""
    return False


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or earlier; the last of a month that is too short for it."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class Calendar(msgspec.Struct, frozen=True):
    """The days of one user: their zone, and the public holidays of their country.

    `noon_hour` returns the local hour from which an attempt counts as made the next business day.
    `month_first` returns whether their country writes the month before the day: 12/3 is then 3 December.
    """

    zone: tzinfo
    holiday_name: HolidayName = no_holidays
    noon_hour: Callable[[], int] = usual_noon
    month_first: Callable[[], bool] = day_first

    def local(self, instant: datetime) -> datetime:
        """Return `instant` in the user's zone."""
        return instant.astimezone(self.zone)

    def day_of(self, moment: datetime | When) -> date:
        """Return the user's day at an instant, or the day that `moment` is."""
        return moment.day_in(self.zone) if isinstance(moment, When) else self.local(moment).date()

    def order_of(self, when: When, part: DayPart = DayPart.ANY) -> tuple[date, bool, datetime, int]:
        """Return a key to sort by: by the user's day, and on one day by the hour.

        A `part` of the day stands where it begins, the morning before all hours and the afternoon at noon,
        after what is due at noon itself. A day alone comes last: it can be done at any time of that day, and
        what has an hour cannot.
        """
        day = self.day_of(when)
        if when.instant is not None:
            return day, False, when.instant, 0
        match part:
            case DayPart.ANY:
                return day, True, _NO_HOUR, 0
            case DayPart.MORNING:
                return day, False, self.at(day, time()), -1
            case DayPart.AFTERNOON:
                return day, False, self.at(day, time(self.noon_hour())), 1

    def is_past(self, when: When, now: datetime) -> bool:
        """Return whether an instant is before `now`, or a day is before the user's day at `now`."""
        return when.instant < now if when.instant is not None else self.day_of(when) < self.day_of(now)

    def has_come(self, when: When, now: datetime) -> bool:
        """Return whether an instant is `now` or before, or a day is the user's day at `now` or before."""
        return when.instant <= now if when.instant is not None else self.day_of(when) <= self.day_of(now)

    def at(self, day: date, clock_time: time) -> datetime:
        """Return the instant of `clock_time` on `day` in the user's zone, as UTC."""
        return datetime.combine(day, clock_time, self.zone).astimezone(UTC)

    def is_business_day(self, day: date) -> bool:
        """Return whether people can be expected at work on `day`."""
        return day.weekday() < 5 and not self.holiday_name(day)

    def holidays(self, day: date, until: date) -> tuple[date, ...]:
        """Return the weekdays from `day` to the day before `until` that are public holidays."""
        days = (day + timedelta(days=count) for count in range((until - day).days))
        return tuple(day for day in days if day.weekday() < 5 and self.holiday_name(day))

    def add(self, day: date, business_days: int) -> date:
        """Return the day that many business days after `day`; with 0, `day` or the next business day."""
        while not self.is_business_day(day):
            day += timedelta(days=1)
        for _ in range(business_days):
            day += timedelta(days=1)
            while not self.is_business_day(day):
                day += timedelta(days=1)
        return day

    def before(self, day: date, business_days: int) -> date:
        """Return the day that many business days before `day`."""
        for _ in range(business_days):
            day -= timedelta(days=1)
            while not self.is_business_day(day):
                day -= timedelta(days=1)
        return day

    def counts_from(self, instant: datetime) -> date:
        """Return the day an attempt at `instant` counts from: after noon, the next business day."""
        local = self.local(instant)
        day = local.date()
        if local.hour >= self.noon_hour():
            day += timedelta(days=1)
        return self.add(day, 0)

    def after(self, instant: datetime, business_days: int) -> date:
        """Return the day that many business days after an attempt at `instant`."""
        return self.add(self.counts_from(instant), business_days)
