from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.domain.alarms import alarm_between
from warmcall.domain.countdown import CountdownState

from tests.profiles import modest

FIVE, CLOSE, UP = CountdownState.LAST_FIVE, CountdownState.CLOSE, CountdownState.TIME_UP


@pytest.mark.parametrize(
    ("before", "after", "mark"),
    [
        (301, 300, FIVE),
        (300.4, 299.4, FIVE),
        (302, 297, FIVE),
        (302, 296.9, None),
        (300, 299, None),
        (301, 300.1, None),
        (181, 180, CLOSE),
        (0.3, -0.7, UP),
        (1, -3, UP),
        (1, -3.1, None),
        (0, -1, None),
        (900, -600, None),
        (299, 301, None),
        (240, 540, None),
    ],
)
def test_a_mark_is_worth_a_bell_when_it_has_just_been_passed(
    before: float, after: float, mark: CountdownState | None
) -> None:
    close = timedelta(minutes=3)
    assert alarm_between(timedelta(seconds=before), timedelta(seconds=after), close) is mark


@pytest.mark.parametrize(
    ("close", "before", "after", "mark"),
    [
        (0, 1, 0, UP),
        (0, 301, 300, FIVE),
        (1, 1, -1, UP),
        (300, 301, 300, CLOSE),
        (420, 421, 420, CLOSE),
        (420, 301, 300, None),
    ],
)
def test_marks_that_fall_together_ring_once_and_a_long_close_has_no_last_five(
    close: int, before: float, after: float, mark: CountdownState | None
) -> None:
    found = alarm_between(timedelta(seconds=before), timedelta(seconds=after), timedelta(seconds=close))
    assert found is mark


@modest
@given(st.lists(st.integers(1, 2999), max_size=1200), st.integers(0, 1300))
def test_checked_every_few_seconds_a_countdown_rings_three_times(steps: list[int], start: int) -> None:
    lefts = [timedelta(minutes=22) - timedelta(seconds=start)]
    for step in [*steps, *[1000] * 1400]:
        lefts.append(lefts[-1] - timedelta(milliseconds=step))
    found = [alarm_between(before, after, timedelta(minutes=3)) for before, after in pairwise(lefts)]
    first = lefts[0].total_seconds()
    expected = [mark for mark, at in ((FIVE, 300), (CLOSE, 180), (UP, 0)) if first > at]
    assert [mark for mark in found if mark] == expected
