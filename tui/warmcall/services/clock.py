"""The clock, and the user's zone and holidays: all about time that the machine and the settings decide."""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Protocol

import msgspec

from warmcall.config.country import Country
from warmcall.config.kept_holidays import HolidaysIn
from warmcall.config.zones import zone_named
from warmcall.domain.business_days import Calendar, HolidayName
from warmcall.domain.clock_reading import ClockReading
from warmcall.domain.countdown import Countdown
from warmcall.domain.store import Store
from warmcall.services.boot_clock import BootClock


class Clock(Protocol):
    """Something that knows what time it is."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""

    def read(self) -> ClockReading:
        """Return what all clocks say at the present instant."""

    def monotonic(self) -> float:
        """Return seconds that only rise, for spans that pass while the app runs."""


class SystemClock:
    """The clocks of the machine; only the wall clock where no other goes on while the machine sleeps."""

    def __init__(self, boot_clock: BootClock | None = None) -> None:
        self._boot_clock = boot_clock or BootClock()

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        return datetime.now(UTC)

    def read(self) -> ClockReading:
        """Return what all clocks say at the present instant."""
        boot_clock = self._boot_clock
        if not boot_clock.boot_id:
            return ClockReading(self.now())
        for _ in range(_MAX_READS):
            before, utc, after = boot_clock.read(), self.now(), boot_clock.read()
            if after - before < _READ_TOGETHER:
                break
        return ClockReading(utc, boot_clock.boot_id, before)

    def monotonic(self) -> float:
        """Return seconds that only rise, for spans that pass while the app runs."""
        return time.monotonic()


_READ_TOGETHER = timedelta(milliseconds=100)
"""Clocks are read again if reading them took longer: a process stopped in between would take the pause for
a clock that was set."""

_MAX_READS = 5
"""How often the clocks are read at most; then the last reading has to do."""


class Timekeeper:
    """The clock together with the user's zone and holidays.

    The zone is the profile's, else `zone` of the settings, else the machine's own. `find_country` returns
    their country, given their phone number, and `noon_hour` the hour of the cadence.
    """

    def __init__(
        self,
        clock: Clock,
        store: Store,
        machine_zone: Callable[[], tzinfo],
        find_country: Callable[[str], Country],
        noon_hour: Callable[[], int],
        holidays_in: HolidaysIn | None = None,
    ) -> None:
        self._clock = clock
        self._store = store
        self._machine_zone = machine_zone
        self._find_country = find_country
        self._noon_hour = noon_hour
        self._holidays_in = holidays_in or library_holidays
        self._calendars: dict[str, Calendar] = {}
        self._holidays: dict[str, HolidayName] = {}
        self._anchors: dict[datetime | None, ClockReading] = {}

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        return self._clock.now()

    def read(self) -> ClockReading:
        """Return what all clocks say at the present instant."""
        return self._clock.read()

    def anchored(self, countdown: Countdown) -> tuple[Countdown, datetime]:
        """Return `countdown` anchored to the clocks of this boot of the machine, and its `now`.

        A countdown started on another boot, or another machine, goes by the wall clock up to the first
        call of this method, and from there by the clock that nobody can set.
        """
        reading = self._clock.read()
        anchored = countdown.anchored(reading)
        if anchored is not countdown and anchored.anchor is not None:
            anchor = self._anchors.setdefault(countdown.started_at, anchored.anchor)
            anchored = msgspec.structs.replace(anchored, anchor=anchor)
        return anchored, anchored.instant(reading)

    @property
    def calendar(self) -> Calendar:
        """The calendar of the user's zone, with the holidays and the custom of their country.

        The country is found out only when a holiday or the custom is asked for: that may take the library
        of phone numbers.
        """
        profile = self._store.profile
        name = profile.zone if profile else ""
        if name not in self._calendars:
            zone = zone_named(name) or self._machine_zone()
            self._calendars[name] = Calendar(zone, self._holiday_name, self._noon_hour, self._month_first)
        return self._calendars[name]

    def _holiday_name(self, day: date) -> str:
        country = self.country.code
        if country not in self._holidays:
            self._holidays[country] = holidays_of(country, self._holidays_in)
        return self._holidays[country](day)

    def _month_first(self) -> bool:
        from warmcall.domain.time_words import MONTH_FIRST  # only words that are typed ask for it

        return self.country.code in MONTH_FIRST

    @property
    def country(self) -> Country:
        """The user's country, and how it is known."""
        profile = self._store.profile
        return self._find_country(profile.phone if profile else "")


def library_holidays(country: str, year: int) -> dict[date, str]:
    """Return the holidays of a country in a year, by a library imported now; none if it is unknown there.

    Without a country there are none.

    The package `holidays.countries` imports all 250 of them, at three times the time and memory of one alone.
    So an empty module stands for it, through which the one that is asked for is found.
    """
    if not country:
        return {}
    import holidays

    package = "holidays.countries"
    spec = importlib.util.find_spec(package)
    if package not in sys.modules and spec is not None:
        sys.modules[package] = importlib.util.module_from_spec(spec)
    try:
        return dict(holidays.country_holidays(country, years=year, language="en_US"))
    except NotImplementedError:
        return {}


def holidays_of(country: str, holidays_in: HolidaysIn = library_holidays) -> HolidayName:
    """Return a function that names the holiday of `country` that a day is, as `holidays_in` does.

    `country` is a two-letter code in capitals, or empty. `holidays_in` is called when a day of another year
    is first asked for.
    """
    known: dict[int, dict[date, str]] = {}

    def holiday_name(day: date) -> str:
        if day.year not in known:
            known[day.year] = holidays_in(country, day.year)
        return known[day.year].get(day, "")

    return holiday_name
