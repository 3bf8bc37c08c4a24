"""The clock, the user's days, and dates in words: everything about time that is not a pure function."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Protocol

import msgspec

from tui.domain.book import Book
from tui.domain.business_days import Calendar, IsHoliday, no_holidays
from tui.storage.zones import zone_named


class Clock(Protocol):
    """Something that knows what time it is."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        return datetime.now(UTC)


class Timekeeper:
    """The clock together with the user's zone and holidays.

    The zone is the profile's, else `zone` of the settings, else the machine's own.
    """

    def __init__(
        self, clock: Clock, book: Book, machine_zone: Callable[[], tzinfo], country: str, noon_hour: int
    ) -> None:
        self._clock = clock
        self._book = book
        self._machine_zone = machine_zone
        self._is_holiday = holidays_of(country)
        self._noon_hour = noon_hour
        self._zones: dict[str, tzinfo] = {}

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        return self._clock.now()

    @property
    def calendar(self) -> Calendar:
        """The user's days."""
        profile = self._book.profile
        name = profile.zone if profile else ""
        if name not in self._zones:
            self._zones[name] = zone_named(name) or self._machine_zone()
        return Calendar(self._zones[name], self._is_holiday, self._noon_hour)


def machine_zone(configured: str) -> Callable[[], tzinfo]:
    """Return what finds the zone of the settings, else the machine's, when it is first asked for."""

    def find() -> tzinfo:
        chosen = zone_named(configured)
        if chosen is not None:
            return chosen
        import tzlocal

        try:
            local: tzinfo = tzlocal.get_localzone()
        except Exception:  # a broken TZ or /etc/localtime raises whatever it likes; UTC is then right
            return UTC
        return local

    return find


def holidays_of(country: str) -> IsHoliday:
    """Return what tells the public holidays of a country by its two-letter code; none if unknown.

    The library behind it is imported when the first weekday is asked about.
    """
    if not country:
        return no_holidays
    known: dict[int, frozenset[date]] = {}

    def is_holiday(day: date) -> bool:
        if day.year not in known:
            import holidays

            try:
                known[day.year] = frozenset(holidays.country_holidays(country.upper(), years=day.year))
            except NotImplementedError:
                known[day.year] = frozenset()
        return day in known[day.year]

    return is_holiday


class Understood(msgspec.Struct, frozen=True):
    """What a date in words was taken for; `timed` if a time of day was said."""

    at: datetime
    timed: bool


class NotADate(ValueError):
    """The words could not be taken for a date; the text says what to write instead."""


_NOT_SAID = 1
"""Microseconds that tell the present time from one in words: the parser takes a time equal to the
present one for none at all."""

_FURTHEST = timedelta(days=2 * 366)


def understand(words: str, now: datetime, calendar: Calendar) -> Understood:
    """Return the date, and time if any, meant by `words` such as "thu 2pm" or "in 2 weeks".

    Raises:
        NotADate: if it is no date, or lies in the past or more than two years ahead.
    """
    text = words.strip()
    if not text or text.isdigit():
        raise NotADate("write a day, such as “thu 2pm”, “in 2 weeks” or “2026-12-03 14:00”")
    text = _with_hour(text)
    from dateparser.date import DateDataParser

    local = calendar.local(now).replace(tzinfo=None, second=0, microsecond=_NOT_SAID)
    parser = DateDataParser(
        languages=["en"],
        settings={
            "RELATIVE_BASE": local,
            "PREFER_DATES_FROM": "future",
            "RETURN_TIME_AS_PERIOD": True,
            "DATE_ORDER": "DMY",
        },
    )
    found = parser.get_date_data(text)
    if found is None or found.date_obj is None:
        raise NotADate(f"“{text[:40]}” is no date I know: write “thu 2pm”, “in 2 weeks” or “3 dec 14:00”")
    said: datetime = found.date_obj.replace(microsecond=0)
    naive = said.replace(tzinfo=None)
    timed = found.period == "time"
    at = calendar.at(naive.date(), naive.time()) if timed else calendar.all_day(naive.date())
    if timed and said.tzinfo is not None:
        at = said.astimezone(UTC)
    if at < now if timed else naive.date() < local.date():
        raise NotADate("that has passed already: write a day to come")
    if at - now > _FURTHEST:
        raise NotADate("that is more than two years away: write the day and the month")
    return Understood(at, timed)


_DAY_AND_HOUR = re.compile(
    r"((?:next |this )?(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|today|tomorrow),?\s+(?:at\s+)?(\d{1,2})",
    re.IGNORECASE,
)
_AFTERNOON_UP_TO = 6
"""An hour said alone is one of the working day: "thu at 2" is two in the afternoon."""


def _with_hour(text: str) -> str:
    """Return "tue 10:00" for "tue 10" and "tuesday at 10"; any other text as it is."""
    match = _DAY_AND_HOUR.fullmatch(text)
    hour = int(match.group(2)) if match else 24
    if match is None or hour > 23:
        return text
    if 1 <= hour <= _AFTERNOON_UP_TO:
        hour += 12
    return f"{match.group(1)} {hour}:00"
