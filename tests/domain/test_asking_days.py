from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from warmcall.domain.asking_days import asking_days, monday_of

from tests.examples import CALENDAR


def november(day: int) -> date:
    return date(2026, 11, day) if day <= 30 else date(2026, 12, day - 30)


@pytest.mark.parametrize(
    ("first", "goal", "taken", "asked", "off", "days"),
    [
        # Thursday 26 November is a holiday.
        (23, 5, {}, {}, (), "23 24 25 27 30"),
        (25, 5, {}, {}, (), "25 27 30 31 32"),
        (28, 5, {}, {}, (), "30 31 32 33 34"),
        (16, 3, {}, {}, (), "16 17 18 23 24"),
        (16, 5, {16: 1, 17: 1}, {}, (), "18 19 20 23 24"),
        (16, 10, {16: 1}, {}, (), "16 17 17 18 18"),
        (16, 5, {}, {16: 5}, (), "23 24 25 27 30"),
        (16, 5, {}, {16: 3}, (), "16 17 23 24 25"),
        (16, 5, {}, {}, (16, 23), "30 31 32 33 34"),
        (16, 1, {16: 9}, {}, (), "23 30 37 44 51"),
    ],
)
def test_first_calls_are_spread_over_the_week_by_the_goal(
    first: int,
    goal: int,
    taken: Mapping[int, int],
    asked: Mapping[int, int],
    off: tuple[int, ...],
    days: str,
) -> None:
    found = asking_days(
        5,
        november(first),
        goal,
        {november(day): count for day, count in taken.items()},
        {november(day): count for day, count in asked.items()},
        [november(day) for day in off],
        CALENDAR,
    )
    assert found == [november(int(day)) for day in days.split()]


def test_a_week_begins_on_monday() -> None:
    assert [monday_of(november(day)) for day in (23, 25, 29)] == [november(23)] * 3


def test_where_every_week_is_full_the_days_go_on_all_the_same() -> None:
    full = {monday_of(date.fromordinal(number)): 5 for number in range(739_000, 745_000)}
    assert len(asking_days(3, november(23), 5, {}, full, (), CALENDAR)) == 3
