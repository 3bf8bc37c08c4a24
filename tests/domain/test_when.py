from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from warmcall.domain.vocabulary import DayPart
from warmcall.domain.when import When

from tests.examples import CALENDAR, NOW, local, when, whens
from tests.profiles import modest

DAY = date(2026, 12, 1)


@modest
@given(whens)
def test_it_is_read_from_what_it_is_written_as(moment: When) -> None:
    again = When.parse(str(moment))
    assert (again, hash(again)) == (moment, hash(moment))
    assert str(moment).endswith("Z") is (moment.instant is not None)


def test_a_day_is_written_as_a_date_and_an_instant_in_utc() -> None:
    assert str(When(DAY)) == "2026-12-01"
    assert (
        str(When(datetime(2026, 12, 1, 9, 30, tzinfo=ZoneInfo("America/New_York")))) == "2026-12-01T14:30:00Z"
    )
    assert When.parse("2026-12-01T09:30:00-05:00") == When(datetime(2026, 12, 1, 14, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    "text",
    ["", "tomorrow", "2026-12-32", "2026-W49-2", "20261201", "2026-12-01T09:30:00", "2026-12-01T09:30Z",
     "1899-12-31", "2200-01-01", "0001-01-01T00:00:00+14:00", "2026-12-01 "],
)  # fmt: skip
def test_what_is_neither_a_date_nor_an_instant_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        When.parse(text)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        When(datetime(2026, 12, 1, 9, 30))  # noqa: DTZ001 - that is what is refused


def test_it_never_changes() -> None:
    with pytest.raises(AttributeError, match="never changes"):
        When(DAY).instant = NOW


def test_a_day_is_on_that_date_in_every_zone_and_an_instant_where_it_is() -> None:
    late = When(datetime(2026, 12, 1, 23, 0, tzinfo=UTC))
    for name, there in (("Asia/Tokyo", date(2026, 12, 2)), ("America/New_York", DAY)):
        assert (When(DAY).day_in(ZoneInfo(name)), late.day_in(ZoneInfo(name))) == (DAY, there)


IN_ORDER = [
    ("2026-11-22", DayPart.ANY),
    ("2026-11-23", DayPart.MORNING),
    ("2026-11-23 08:00", DayPart.ANY),
    ("2026-11-23 11:59", DayPart.ANY),
    ("2026-11-23 12:00", DayPart.ANY),
    ("2026-11-23", DayPart.AFTERNOON),
    ("2026-11-23 12:01", DayPart.ANY),
    ("2026-11-23 18:00", DayPart.MORNING),
    ("2026-11-23 23:59", DayPart.ANY),
    ("2026-11-23", DayPart.ANY),
    ("2026-11-24", DayPart.MORNING),
    ("2026-11-24 00:00", DayPart.ANY),
    ("2026-11-24", DayPart.AFTERNOON),
    ("2026-11-24", DayPart.ANY),
]


def test_a_part_of_a_day_stands_where_it_begins_and_a_day_alone_comes_last() -> None:
    moments = [(when(text), part) for text, part in IN_ORDER]
    shuffled = sorted(moments, key=lambda moment: str(moment[0])[::-1])
    assert sorted(shuffled, key=lambda moment: CALENDAR.order_of(*moment)) == moments


@pytest.mark.parametrize(
    ("text", "past", "come"),
    [
        ("2026-11-22", True, True), ("2026-11-23", False, True), ("2026-11-24", False, False),
        ("2026-11-23 08:59", True, True), ("2026-11-23 09:00", False, True),
        ("2026-11-23 09:01", False, False),
    ],
)  # fmt: skip
def test_what_is_past_and_what_has_come(text: str, past: bool, come: bool) -> None:
    now = local("2026-11-23 09:00")
    assert (CALENDAR.is_past(when(text), now), CALENDAR.has_come(when(text), now)) == (past, come)
