from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warmcall.domain.store import Store
from warmcall.domain.when import When
from warmcall.services.clock import Timekeeper
from warmcall.services.natural_dates import DateError, parse_date, parse_past_date

from tests.conftest import FakeClock
from tests.examples import CALENDAR, NOW, local, modest, profile, when

MONTH_FIRST = msgspec.structs.replace(CALENDAR, month_first=True)

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
    assert parse_date(words, NOW, CALENDAR) == when(at)


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
    with pytest.raises(DateError, match=complaint):
        parse_date(words, NOW, CALENDAR)


@pytest.mark.parametrize("minute", [0, 7, 59])
@pytest.mark.parametrize("hour", range(9, 18))
def test_a_time_of_day_is_kept_whatever_the_time_is_now(hour: int, minute: int) -> None:
    now = local(f"2026-11-23 {hour:02}:{minute:02}") + timedelta(seconds=31, microseconds=5)
    words = f"tomorrow {hour}:{minute:02}"
    assert parse_date(words, now, CALENDAR) == when(f"2026-11-24 {hour:02}:{minute:02}")
    assert parse_date("tomorrow", now, CALENDAR) == when("2026-11-24")


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
    assert parse_date(words, NOW, CALENDAR) == When(at)


def test_a_day_is_the_day_where_the_user_is() -> None:
    tokyo = Timekeeper(FakeClock(NOW), Store([profile(zone="Asia/Tokyo")]), lambda: UTC, "", 12)
    understood = parse_date("tomorrow 9am", NOW, tokyo.calendar)
    assert understood.instant == datetime(2026, 11, 25, 0, 0, tzinfo=UTC)


def test_a_time_that_summer_time_skips_is_still_a_time() -> None:
    before = local("2027-03-13 12:00")
    assert parse_date("tomorrow 2:30am", before, CALENDAR).instant is not None


@settings(modest, max_examples=40)
@given(st.text("0123456789:/-. amptodyjnthufrie+", max_size=14))
def test_any_words_are_a_date_to_come_or_refused(words: str) -> None:
    try:
        found = parse_date(words, NOW, CALENDAR)
    except DateError:
        return
    assert not CALENDAR.is_past(found, NOW)


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
    assert parse_date(words, NOW, CALENDAR) == when(at)


@pytest.mark.parametrize(
    ("words", "day_first", "month_first"),
    [
        ("12/3/2027", "2027-03-12", "2027-12-03"),
        ("12/3/27", "2027-03-12", "2027-12-03"),
        ("12/3", "2027-03-12", "2026-12-03"),
        ("12-3-2027", "2027-03-12", "2027-12-03"),
        ("12 3 2027", "2027-03-12", "2027-12-03"),
        ("5.12.", "2026-12-05", "2027-05-12"),
        ("5. 12.", "2026-12-05", "2027-05-12"),
        ("5.12.2027", "2027-12-05", "2027-05-12"),
        ("5.12. 14:00", "2026-12-05 14:00", "2027-05-12 14:00"),
        ("13/12", "2026-12-13", "2026-12-13"),
        ("12/13", "2026-12-13", "2026-12-13"),
        ("12/3/2027 14:00", "2027-03-12 14:00", "2027-12-03 14:00"),
        ("14:00 12/3", "2027-03-12 14:00", "2026-12-03 14:00"),
        ("2026-12-03", "2026-12-03", "2026-12-03"),
        ("3 dec", "2026-12-03", "2026-12-03"),
        ("dec 3", "2026-12-03", "2026-12-03"),
        ("5.", "2026-12-05", "2026-12-05"),
        ("the 5th", "2026-12-05", "2026-12-05"),
        ("23rd", "2026-11-23", "2026-11-23"),
        ("31. 9:30", "2026-12-31 09:30", "2026-12-31 09:30"),
        ("5th, 14:00", "2026-12-05 14:00", "2026-12-05 14:00"),
        ("5.12", "2026-11-24 05:12", "2026-11-24 05:12"),
        ("9.40", f"{TODAY} 09:40", f"{TODAY} 09:40"),
        ("thu 14.30", "2026-11-26 14:30", "2026-11-26 14:30"),
    ],
)
def test_a_day_in_figures_is_read_as_the_country_writes_it(
    words: str, day_first: str, month_first: str
) -> None:
    for calendar, at in ((CALENDAR, day_first), (MONTH_FIRST, month_first)):
        assert parse_date(words, NOW, calendar) == when(at)


@pytest.mark.parametrize("words", ["y", "we", "m?", "14/14", "0/3", "31/4", "40.", "32nd", "29/2/2027"])
def test_figures_that_are_no_day_of_any_month_are_refused(words: str) -> None:
    for reads in (parse_date, parse_past_date):
        with pytest.raises(DateError, match="is no date I know"):
            reads(words, NOW, CALENDAR)


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("", f"{TODAY} 09:00"),
        ("  ", f"{TODAY} 09:00"),
        ("now", f"{TODAY} 09:00"),
        ("just now", f"{TODAY} 09:00"),
        ("an hour ago", f"{TODAY} 08:00"),
        ("half an hour ago", f"{TODAY} 08:30"),
        ("20 min ago", f"{TODAY} 08:40"),
        ("8:15", f"{TODAY} 08:15"),
        ("8.15", f"{TODAY} 08:15"),
        ("at 8:15", f"{TODAY} 08:15"),
        ("8am", f"{TODAY} 08:00"),
        ("8 a.m.", f"{TODAY} 08:00"),
        ("today 8:15", f"{TODAY} 08:15"),
        ("yesterday 10:15", "2026-11-22 10:15"),
        ("Yesterday, 10:15", "2026-11-22 10:15"),
        ("yesterday at 10", "2026-11-22 10:00"),
        ("yesterday 2", "2026-11-22 14:00"),
        ("yesterday", "2026-11-22"),
        ("tue 9:40", "2026-11-17 09:40"),
        ("last tue 9:40", "2026-11-17 09:40"),
        ("last tuesday at 3", "2026-11-17 15:00"),
        ("sun 18:00", "2026-11-22 18:00"),
        ("mon 8:00", "2026-11-16 08:00"),
        ("3 days ago", "2026-11-20"),
        ("3 days ago 16:00", "2026-11-20 16:00"),
        ("17 nov 14:00", "2026-11-17 14:00"),
        ("nov 17, 2pm", "2026-11-17 14:00"),
        ("24 nov 10:00", "2025-11-24 10:00"),
        ("2026-11-17 10:05", "2026-11-17 10:05"),
        ("17/11 10:05", "2026-11-17 10:05"),
        ("17.11. 10:05", "2026-11-17 10:05"),
        ("the 5th 10:05", "2026-11-05 10:05"),
        ("5.", "2026-11-05"),
        ("31.", "2026-10-31"),
        ("today", TODAY),
    ],
)
def test_a_time_gone_by_is_understood(words: str, at: str) -> None:
    assert parse_past_date(words, NOW, CALENDAR) == when(at)


def test_a_past_day_in_figures_is_read_as_the_country_writes_it() -> None:
    assert parse_past_date("3/11 10:00", NOW, CALENDAR) == when("2026-11-03 10:00")
    assert parse_past_date("3/11 10:00", NOW, MONTH_FIRST) == when("2026-03-11 10:00")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("10:15", "still to come: say “yesterday 10:15” if it was then"),
        ("noon", "still to come: say “yesterday noon”"),
        ("today 10:15", "still to come: write when it was"),
        ("tomorrow", "still to come"),
        ("in 2 hours", "still to come"),
        ("2026-11-24", "still to come"),
        ("3 dec 2026 10:00", "still to come"),
        ("20 nov 2025", "more than a year ago"),
        ("2 years ago", "more than a year ago"),
        ("12", "write when it was"),
        ("2026", "write when it was"),
        ("the other day", "“the other day” is no date I know"),
        ("x" * 500, f"“{'x' * 40}” is no date I know"),
    ],
)
def test_what_cannot_have_been_is_refused_in_words(words: str, complaint: str) -> None:
    with pytest.raises(DateError, match=complaint):
        parse_past_date(words, NOW, CALENDAR)


@settings(modest, max_examples=40)
@given(st.text("0123456789:/-. amptodyjnthufrie+ago", max_size=14))
def test_any_words_are_a_time_gone_by_or_refused(words: str) -> None:
    try:
        found = parse_past_date(words, NOW, CALENDAR)
    except DateError:
        return
    assert CALENDAR.has_come(found, NOW)
    assert CALENDAR.day_of(NOW) - CALENDAR.day_of(found) <= timedelta(days=366)
