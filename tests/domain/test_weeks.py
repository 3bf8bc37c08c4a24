from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from warmcall.domain.asking_days import monday_of
from warmcall.domain.business_days import Calendar, no_holidays
from warmcall.domain.records import Attempt, Interview
from warmcall.domain.vocabulary import Channel, Outcome
from warmcall.domain.weeks import (
    Rhythm,
    asks_of,
    people_by_week,
    review_day,
    rhythm,
    span_of,
)

from tests.examples import CALENDAR, CHICAGO, attempt, interview, local

APIA, TOKYO, LISBON = ZoneInfo("Pacific/Apia"), ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/Lisbon")
MONDAY = date(2026, 11, 23)


def at(text: str) -> datetime:
    """Return an instant given in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "instant", "monday"),
    [
        (CHICAGO, "2026-11-23 05:59", "2026-11-16"),  # Sunday 23:59 there
        (CHICAGO, "2026-11-23 06:00", "2026-11-23"),  # Monday 0:00 there
        (CHICAGO, "2026-11-30 05:59", "2026-11-23"),
        (TOKYO, "2026-11-22 14:59", "2026-11-16"),
        (TOKYO, "2026-11-22 15:00", "2026-11-23"),
        (LISBON, "2026-03-29 22:59", "2026-03-23"),  # the clocks went forward that Sunday
        (LISBON, "2026-03-29 23:00", "2026-03-30"),
        (LISBON, "2026-10-25 23:59", "2026-10-19"),  # and back that Sunday: it had 25 hours
        (LISBON, "2026-10-26 00:00", "2026-10-26"),
        (CHICAGO, "2026-12-31 20:00", "2026-12-28"),
        (CHICAGO, "2027-01-03 20:00", "2026-12-28"),  # Sunday of the week in which the year ends
        (CHICAGO, "2027-01-04 20:00", "2027-01-04"),
    ],
)
def test_a_week_begins_on_monday_at_midnight_in_the_users_zone(
    zone: ZoneInfo, instant: str, monday: str
) -> None:
    calendar = Calendar(zone)
    week = monday_of(calendar.day_of(at(instant)))
    assert week == date.fromisoformat(monday)
    begin, end = span_of(week, calendar)
    assert begin <= at(instant) < end


@pytest.mark.parametrize(
    ("zone", "monday", "hours"),
    [(LISBON, "2026-03-23", 167), (LISBON, "2026-10-19", 169), (LISBON, "2026-11-23", 168),
     (APIA, "2011-12-26", 144)],
)  # fmt: skip
def test_a_week_is_as_long_as_its_clocks_make_it(zone: ZoneInfo, monday: str, hours: int) -> None:
    begin, end = span_of(date.fromisoformat(monday), Calendar(zone))
    assert end - begin == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("holidays", "day"),
    [("", "2026-11-27"), ("2026-11-26", "2026-11-27"), ("2026-11-27", "2026-11-26"),
     ("2026-11-27 2026-11-26", "2026-11-25"),
     ("2026-11-23 2026-11-24 2026-11-25 2026-11-26 2026-11-27", "2026-11-27")],
)  # fmt: skip
def test_a_week_is_looked_back_on_from_its_last_business_day(holidays: str, day: str) -> None:
    calendar = Calendar(CHICAGO, lambda day: "a holiday" if str(day) in holidays.split() else "")
    assert review_day(MONDAY, calendar) == date.fromisoformat(day)


PHONE, EMAIL, IN_PERSON = Channel.PHONE, Channel.EMAIL, Channel.IN_PERSON
ASKING, TELLING = "ask-practitioner/opening", "call-tell-referrer/opening"


def tried(*attempts: tuple[str, Channel, Outcome | None, str]) -> list[Attempt]:
    """Return attempts in November 2026: day, channel, outcome, and the script step said, empty for none."""
    return [
        attempt(f"2026-11-{day} 10:00", outcome, channel=channel, path=(path,) if path else ())
        for day, channel, outcome, path in attempts
    ]


def met_on(day: str) -> list[Interview]:
    began = local(f"2026-11-{day} 15:00")
    return [interview(began, ended_at=began + timedelta(minutes=20))]


@pytest.mark.parametrize(
    ("attempts", "interviews", "days"),
    [
        (tried(), [], []),
        (tried(("03", PHONE, None, "")), [], []),
        (tried(("03", PHONE, Outcome.NO_ANSWER, ASKING)), [], []),
        (tried(("03", PHONE, Outcome.WRONG_NUMBER, ASKING)), [], []),
        *((tried(("03", PHONE, outcome, ASKING)), [], [3]) for outcome in Outcome
          if outcome not in (Outcome.NO_ANSWER, Outcome.WRONG_NUMBER)),
        (tried(("03", Channel.VOICEMAIL, Outcome.VOICEMAIL, "")), [], [3]),
        (tried(("03", IN_PERSON, Outcome.SCHEDULED, "")), [], [3]),
        (tried(("03", EMAIL, Outcome.SENT, ""), ("10", EMAIL, Outcome.REPLIED, "")), [], [3]),
        (tried(("10", EMAIL, Outcome.SENT, ""), ("03", EMAIL, Outcome.SENT, "")), [], [3, 10]),
        (tried(("03", EMAIL, Outcome.SCHEDULED, "")), [], [3]),
        (tried(("03", PHONE, Outcome.NO_ANSWER, ""), ("04", EMAIL, Outcome.DECLINED, "")), [], [4]),
        (tried(("03", PHONE, Outcome.SCHEDULED, ""), ("10", PHONE, Outcome.REPLIED, "")), met_on("05"), [3]),
        (tried(("10", PHONE, Outcome.REPLIED, TELLING)), met_on("05"), []),
        (tried(("10", PHONE, Outcome.SCHEDULED, ASKING)), met_on("05"), [10]),
        (tried(("10", EMAIL, Outcome.SENT, "")), met_on("05"), [10]),
        (tried(("10", PHONE, Outcome.REPLIED, "")), [interview("2026-11-05 15:00", cancelled=True)], [10]),
    ],
)  # fmt: skip
def test_an_ask_is_what_reached_somebody_or_was_left_or_sent(
    attempts: list[Attempt], interviews: list[Interview], days: list[int]
) -> None:
    found = asks_of(attempts, interviews, lambda script: script.startswith("ask-"))
    assert [CALENDAR.day_of(instant).day for instant in found] == days


def test_a_person_counts_once_in_a_week_and_again_in_another() -> None:
    asks = {
        "luis": [local("2026-11-16 09:00"), local("2026-11-22 23:59"), local("2026-11-23 00:00")],
        "mei": [local("2026-11-20 09:00")],
        "ana": [],
    }
    assert people_by_week(asks, CALENDAR) == {
        date(2026, 11, 16): frozenset({"luis", "mei"}),
        MONDAY: frozenset({"luis"}),
    }
    assert people_by_week(asks, Calendar(TOKYO, no_holidays)).keys() == {date(2026, 11, 16), MONDAY}


def weeks(*counts: int) -> dict[date, tuple[str, ...]]:
    """Return people asked in the weeks up to that of 16 November, the oldest first; 0 leaves a week out."""
    first = MONDAY - timedelta(days=7 * len(counts))
    return {
        first + timedelta(days=7 * number): tuple(map(str, range(count)))
        for number, count in enumerate(counts)
        if count
    }


LAST, BEFORE_LAST = MONDAY - timedelta(days=7), MONDAY - timedelta(days=14)


@pytest.mark.parametrize(
    ("people", "off", "is_over", "expected"),
    [
        ({}, (), False, Rhythm(0, (), 0, 0)),
        ({}, (), True, Rhythm(0, (), 0, 0)),
        ({MONDAY: ("luis",)}, (), False, Rhythm(1, (), 1, 1)),
        (weeks(2, 4, 1, 3, 0, 3), (), False, Rhythm(0, (2, 4, 1, 3, 0, 3), 5, 6)),
        (weeks(2, 4, 1, 3, 0, 3), (), True, Rhythm(0, (2, 4, 1, 3, 0, 3), 5, 7)),
        (weeks(2, 4, 1, 3, 0, 3) | {MONDAY: ("luis",)}, (), False, Rhythm(1, (2, 4, 1, 3, 0, 3), 6, 7)),
        (weeks(9, 9, 2, 4, 1, 3, 0, 3), (), False, Rhythm(0, (2, 4, 1, 3, 0, 3), 7, 8)),
        (weeks(2, 0, 3), (BEFORE_LAST,), False, Rhythm(0, (2, None, 3), 2, 2)),
        (weeks(2, 1, 3), (BEFORE_LAST,), False, Rhythm(0, (2, None, 3), 2, 2)),
        (weeks(2, 1), (LAST,), True, Rhythm(0, (2, None), 1, 2)),
        (weeks(2) | {MONDAY: ("luis",)}, (MONDAY,), True, Rhythm(1, (2,), 1, 1)),
        ({MONDAY + timedelta(days=7): ("luis",)}, (), True, Rhythm(0, (), 0, 0)),
    ],
)
def test_weeks_with_an_ask_are_counted_from_the_first_one_and_weeks_off_for_nothing(
    people: dict[date, tuple[str, ...]], off: tuple[date, ...], is_over: bool, expected: Rhythm
) -> None:
    assert rhythm(MONDAY, people, off, is_over) == expected


def test_the_weeks_of_a_year_end_follow_each_other() -> None:
    people = {date(2026, 12, 21): ("a",), date(2026, 12, 28): ("b", "c"), date(2027, 1, 4): ("d",)}
    assert rhythm(date(2027, 1, 11), people, (), False) == Rhythm(0, (1, 2, 1), 3, 3)
