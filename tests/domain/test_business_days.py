from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.domain.business_days import Calendar, months_after, no_holidays
from warmcall.domain.when import When

from tests.examples import CALENDAR, CHICAGO, local
from tests.profiles import modest

MON, TUE, WED, THANKSGIVING, FRI, SAT, SUN, NEXT_MON = (date(2026, 11, day) for day in range(23, 31))
NEXT_TUE = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2026-11-23", 3, "2027-02-23"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-10-31", 1, "2026-11-30"),
        ("2026-12-05", 12, "2027-12-05"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2027-01-31", -2, "2026-11-30"),
    ],
)
def test_months_end_where_the_month_does(day: str, months: int, later: str) -> None:
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(later)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (MON, 0, MON),
        (MON, 1, TUE),
        (TUE, 2, FRI),
        (WED, 1, FRI),
        (THANKSGIVING, 0, FRI),
        (THANKSGIVING, 1, NEXT_MON),
        (FRI, 1, NEXT_MON),
        (SAT, 0, NEXT_MON),
        (SAT, 1, NEXT_TUE),
        (SUN, 1, NEXT_TUE),
        (MON, 5, NEXT_TUE),
    ],
)
def test_adding_business_days(day: date, count: int, expected: date) -> None:
    assert CALENDAR.add(day, count) == expected


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (TUE, 1, MON),
        (MON, 1, date(2026, 11, 20)),
        (FRI, 1, WED),
        (THANKSGIVING, 1, WED),
        (SUN, 1, FRI),
        (NEXT_MON, 2, WED),
        (SAT, 0, SAT),
    ],
)
def test_business_days_before(day: date, count: int, expected: date) -> None:
    assert CALENDAR.before(day, count) == expected


@pytest.mark.parametrize(
    ("attempt", "expected"),
    [
        ("2026-11-23 00:00", MON),
        ("2026-11-23 11:59", MON),
        ("2026-11-23 12:00", TUE),
        ("2026-11-23 23:59", TUE),
        ("2026-11-25 11:59", WED),
        ("2026-11-25 12:00", FRI),
        ("2026-11-26 09:00", FRI),
        ("2026-11-26 15:00", FRI),
        ("2026-11-27 11:00", FRI),
        ("2026-11-27 12:00", NEXT_MON),
        ("2026-11-28 09:00", NEXT_MON),
        ("2026-11-28 18:00", NEXT_MON),
        ("2026-11-29 09:00", NEXT_MON),
        ("2026-11-29 13:00", NEXT_MON),
    ],
)
def test_the_noon_rule(attempt: str, expected: date) -> None:
    assert CALENDAR.counts_from(local(attempt)) == expected


def test_the_noon_rule_is_about_the_users_own_noon() -> None:
    instant = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
    assert CALENDAR.counts_from(instant) == MON
    assert Calendar(ZoneInfo("Asia/Tokyo")).counts_from(instant) == TUE
    assert Calendar(ZoneInfo("Europe/Berlin")).counts_from(instant) == TUE


def test_noon_can_be_another_hour() -> None:
    late = Calendar(CHICAGO, no_holidays, noon_hour=lambda: 17)
    assert late.counts_from(local("2026-11-23 16:59")) == MON
    assert late.counts_from(local("2026-11-23 17:00")) == TUE


def test_business_days_after_an_attempt_are_counted_by_the_noon_rule() -> None:
    assert CALENDAR.after(local("2026-11-23 10:05"), 1) == date(2026, 11, 24)
    assert CALENDAR.after(local("2026-11-23 12:00"), 1) == date(2026, 11, 25)


def test_local_times_follow_summer_time() -> None:
    assert CALENDAR.at(date(2026, 7, 1), time(9)) == datetime(2026, 7, 1, 14, 0, tzinfo=UTC)
    assert CALENDAR.at(date(2026, 12, 1), time(9)) == datetime(2026, 12, 1, 15, 0, tzinfo=UTC)
    assert CALENDAR.local(datetime(2026, 7, 1, 14, 0, tzinfo=UTC)).time() == time(9)


zones = st.sampled_from(["UTC", "America/Chicago", "Asia/Kolkata", "Pacific/Auckland", "Pacific/Honolulu"])
days = st.dates(date(2020, 1, 1), date(2035, 1, 1))


@modest
@given(zones, days)
def test_a_day_is_the_same_date_in_every_zone(zone: str, day: date) -> None:
    assert Calendar(ZoneInfo(zone)).day_of(When(day)) == day


@modest
@given(days, st.integers(0, 30), st.sets(days, max_size=40))
def test_every_day_counted_is_a_business_day(day: date, count: int, off: set[date]) -> None:
    calendar = Calendar(UTC, lambda day: "a holiday" if day in off else "")
    end = calendar.add(day, count)
    start = calendar.add(day, 0)
    between = [start + timedelta(days=step) for step in range((end - start).days + 1)]
    assert calendar.is_business_day(end)
    assert sum(calendar.is_business_day(day) for day in between) == count + 1
    assert calendar.before(end, count) == start


@pytest.mark.parametrize(
    ("day", "until", "expected"),
    [
        (MON, FRI, (THANKSGIVING,)),
        (THANKSGIVING, FRI, (THANKSGIVING,)),
        (MON, THANKSGIVING, ()),
        (FRI, NEXT_TUE, ()),
        (FRI, MON, ()),
    ],
)
def test_the_holidays_of_a_span_begin_with_its_first_day(
    day: date, until: date, expected: tuple[date, ...]
) -> None:
    assert CALENDAR.holidays(day, until) == expected


def test_a_holiday_on_a_weekend_takes_no_business_day() -> None:
    every_day = Calendar(CHICAGO, lambda day: "a holiday")
    assert every_day.holidays(FRI, NEXT_TUE) == (FRI, NEXT_MON)
