from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import tzlocal
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import FakeClock
from tests.examples import CALENDAR, NOW, local, modest, profile
from tui.domain.book import Book
from tui.services.clock import (
    NotADate,
    SystemClock,
    Timekeeper,
    Understood,
    holidays_of,
    machine_zone,
    understand,
)

TODAY = "2026-11-23"


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("thu 2pm", "2026-11-26 14:00"),
        ("Thu, 2 PM", "2026-11-26 14:00"),
        ("thursday", "2026-11-26"),
        ("fri", "2026-11-27"),
        ("this friday", "2026-11-27"),
        ("friday 27 november", "2026-11-27"),
        ("monday", "2026-11-30"),
        ("monday 9:00", "2026-11-30 09:00"),
        ("next monday", "2026-11-30"),
        ("today", TODAY),
        ("2pm", f"{TODAY} 14:00"),
        ("14:30", f"{TODAY} 14:30"),
        ("noon", f"{TODAY} 12:00"),
        ("8am", "2026-11-24 08:00"),
        ("tomorrow", "2026-11-24"),
        ("tomorrow 9am", "2026-11-24 09:00"),
        ("tomorrow 9:00", "2026-11-24 09:00"),
        ("tomorrow at 10:30", "2026-11-24 10:30"),
        ("14:30 tomorrow", "2026-11-24 14:30"),
        ("tomorrow midnight", "2026-11-24 00:00"),
        ("tuesday at noon", "2026-11-24 12:00"),
        ("day after tomorrow", "2026-11-25"),
        ("in 3 days", "2026-11-26"),
        ("in 2 days 9am", "2026-11-25 09:00"),
        ("in 2 weeks", "2026-12-07"),
        ("in two weeks", "2026-12-07"),
        ("2 weeks", "2026-12-07"),
        ("a week", "2026-11-30"),
        ("next week", "2026-11-30"),
        ("in a month", "2026-12-23"),
        ("in 2 hours", f"{TODAY} 11:00"),
        ("in 90 minutes", f"{TODAY} 10:30"),
        ("3 dec", "2026-12-03"),
        ("dec 3", "2026-12-03"),
        ("3/12", "2026-12-03"),
        ("3 dec 14:00", "2026-12-03 14:00"),
        ("1 dec 2026 at 2pm", "2026-12-01 14:00"),
        ("jan 5", "2027-01-05"),
        ("2026-12-03", "2026-12-03"),
        ("2026-12-03 14:00", "2026-12-03 14:00"),
        ("  3 dec 14:00  ", "2026-12-03 14:00"),
        ("1 nov 2028", "2028-11-01"),
        ("3 jul 9am", "2027-07-03 09:00"),
    ],
)
def test_a_date_in_words_is_understood(words: str, at: str) -> None:
    timed = " " in at
    expected = local(at if timed else f"{at} 12:00")
    assert understand(words, NOW, CALENDAR) == Understood(expected, timed)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("", "write a day"),
        ("   ", "write a day"),
        ("12", "write a day"),
        ("2027", "write a day"),
        ("soon", "“soon” is no date I know"),
        ("when she is back", "is no date I know"),
        ("feb 30", "“feb 30” is no date I know"),
        ("99:99", "is no date I know"),
        ("in 99999999999 days", "is no date I know"),
        ("x" * 500, f"“{'x' * 40}” is no date I know"),
        ("{contact.name}", "is no date I know"),
        ("yesterday", "has passed already"),
        ("last week", "has passed already"),
        ("25 nov 2025", "has passed already"),
        ("2020-01-01", "has passed already"),
        ("2026-11-23 08:59", "has passed already"),
        ("an hour ago", "has passed already"),
        ("in 3 years", "more than two years away"),
        ("1 jan 2029", "more than two years away"),
    ],
)
def test_what_cannot_be_a_date_to_come_is_refused_in_words(words: str, complaint: str) -> None:
    with pytest.raises(NotADate, match=complaint):
        understand(words, NOW, CALENDAR)


@pytest.mark.parametrize("minute", [0, 7, 59])
@pytest.mark.parametrize("hour", range(9, 18))
def test_a_time_of_day_is_kept_whatever_the_time_is_now(hour: int, minute: int) -> None:
    now = local(f"2026-11-23 {hour:02}:{minute:02}") + timedelta(seconds=31, microseconds=5)
    words = f"tomorrow {hour}:{minute:02}"
    expected = Understood(local(f"2026-11-24 {hour:02}:{minute:02}"), True)
    assert understand(words, now, CALENDAR) == expected
    assert not understand("tomorrow", now, CALENDAR).timed


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("thu 14:00 UTC", datetime(2026, 11, 26, 14, 0, tzinfo=UTC)),
        ("2026-12-03T14:00:00Z", datetime(2026, 12, 3, 14, 0, tzinfo=UTC)),
        ("3 dec 14:00 +02:00", datetime(2026, 12, 3, 12, 0, tzinfo=UTC)),
        ("thu 2pm EST", datetime(2026, 11, 26, 19, 0, tzinfo=UTC)),
        ("tomorrow 2pm PST", datetime(2026, 11, 24, 22, 0, tzinfo=UTC)),
    ],
)
def test_a_zone_that_was_said_is_heeded(words: str, at: datetime) -> None:
    assert understand(words, NOW, CALENDAR) == Understood(at, True)


def test_a_day_is_the_day_where_the_user_is() -> None:
    tokyo = Timekeeper(FakeClock(NOW), Book([profile(zone="Asia/Tokyo")]), lambda: UTC, "", 12)
    understood = understand("tomorrow 9am", NOW, tokyo.calendar)
    assert understood.at == datetime(2026, 11, 25, 0, 0, tzinfo=UTC)


def test_a_time_that_summer_time_skips_is_still_a_time() -> None:
    before = local("2027-03-13 12:00")
    assert understand("tomorrow 2:30am", before, CALENDAR).timed


@settings(modest, max_examples=40)
@given(st.text("0123456789:/-. amptodyjnthufrie+", max_size=14))
def test_any_words_are_a_date_to_come_or_refused(words: str) -> None:
    try:
        at = understand(words, NOW, CALENDAR).at
    except NotADate:
        return
    assert CALENDAR.day_of(at) >= CALENDAR.day_of(NOW)


def test_the_zone_is_that_of_the_settings_else_the_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tzlocal, "get_localzone", lambda: ZoneInfo("Asia/Tokyo"))
    assert machine_zone("")() == ZoneInfo("Asia/Tokyo")
    assert machine_zone("Europe/Berlin")() == ZoneInfo("Europe/Berlin")
    assert machine_zone("Nowhere/Land")() == ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize(
    ("in_profile", "zone"), [("America/Denver", "America/Denver"), ("", "Asia/Tokyo"), ("gone", "Asia/Tokyo")]
)
def test_the_zone_of_the_profile_comes_first(in_profile: str, zone: str) -> None:
    book = Book([profile(zone=in_profile)])
    time = Timekeeper(FakeClock(), book, machine_zone("Asia/Tokyo"), "", 12)
    assert time.calendar.zone == ZoneInfo(zone)


def test_a_machine_that_does_not_know_its_zone_is_on_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("TZ is a mess")

    monkeypatch.setattr(tzlocal, "get_localzone", broken)
    assert machine_zone("")() is UTC


def test_the_calendar_has_the_noon_of_the_cadence() -> None:
    assert Timekeeper(FakeClock(), Book(), lambda: UTC, "", 17).calendar.noon_hour == 17


@pytest.mark.parametrize(
    ("country", "day", "holiday"),
    [
        ("US", date(2026, 11, 26), True),
        ("us", date(2026, 11, 26), True),
        ("US", date(2026, 11, 27), False),
        ("US", date(2026, 7, 3), True),
        ("GB", date(2026, 12, 25), True),
        ("GB", date(2026, 11, 26), False),
        ("DE", date(2027, 5, 1), True),
        ("", date(2026, 12, 25), False),
        ("XX", date(2026, 12, 25), False),
        ("nonsense", date(2026, 12, 25), False),
    ],
)
def test_the_holidays_are_those_of_the_country(country: str, day: date, holiday: bool) -> None:
    assert holidays_of(country)(day) is holiday


def test_the_clock_of_the_machine_tells_utc() -> None:
    assert SystemClock().now().utcoffset() == timedelta()


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("tue 10", "2026-11-24 10:00"),
        ("tuesday at 10", "2026-11-24 10:00"),
        ("thu at 2", "2026-11-26 14:00"),
        ("next fri 9", "2026-11-27 09:00"),
        ("tomorrow 14", "2026-11-24 14:00"),
        ("tomorrow at 9", "2026-11-24 09:00"),
    ],
)
def test_a_day_and_an_hour_are_understood_as_they_are_said_on_the_phone(words: str, at: str) -> None:
    found = understand(words, NOW, CALENDAR)
    assert (found.at, found.timed) == (local(at), True)
