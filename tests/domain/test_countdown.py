from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import NOW, modest
from tui.domain.countdown import Countdown, CountdownState

CLOSE = timedelta(minutes=3)
HOUR = timedelta(hours=1)


def after(minutes: float) -> timedelta:
    return timedelta(minutes=minutes)


STARTED = Countdown(minutes=20).start(NOW)


@pytest.mark.parametrize(
    ("minutes", "state"),
    [
        (0, CountdownState.RUNNING),
        (14.99, CountdownState.RUNNING),
        (15, CountdownState.LAST_FIVE),
        (16.99, CountdownState.LAST_FIVE),
        (17, CountdownState.CLOSE),
        (19.99, CountdownState.CLOSE),
        (20, CountdownState.TIME_UP),
        (90, CountdownState.TIME_UP),
        (-90, CountdownState.RUNNING),
    ],
)
def test_the_state_follows_the_time_left(minutes: float, state: CountdownState) -> None:
    assert STARTED.state(NOW + after(minutes), CLOSE) is state


@pytest.mark.parametrize(
    ("countdown", "state"),
    [
        (Countdown(), CountdownState.NOT_STARTED),
        (STARTED.pause(NOW), CountdownState.PAUSED),
        (STARTED.pause(NOW).stop(NOW), CountdownState.ENDED),
        (STARTED.stop(NOW), CountdownState.ENDED),
    ],
)
def test_standing_still_outranks_the_time_left(countdown: Countdown, state: CountdownState) -> None:
    assert countdown.state(NOW + HOUR, CLOSE) is state


def test_nothing_is_spent_before_the_start() -> None:
    assert Countdown(minutes=20).spent(NOW) == timedelta()
    assert Countdown(minutes=20).left(NOW) == after(20)


def test_starting_again_changes_nothing() -> None:
    assert STARTED.start(NOW + HOUR) == STARTED


@pytest.mark.parametrize("countdown", [Countdown(), STARTED.stop(NOW), STARTED.pause(NOW)])
def test_only_a_running_countdown_can_be_paused(countdown: Countdown) -> None:
    assert countdown.pause(NOW + HOUR) == countdown


@pytest.mark.parametrize("countdown", [Countdown(), STARTED, STARTED.stop(NOW)])
def test_only_a_paused_countdown_can_go_on(countdown: Countdown) -> None:
    assert countdown.resume(NOW + HOUR) == countdown


@pytest.mark.parametrize("countdown", [Countdown(), STARTED.stop(NOW)])
def test_only_a_going_countdown_can_be_stopped(countdown: Countdown) -> None:
    assert countdown.stop(NOW + HOUR) == countdown


def test_time_left_goes_below_zero_after_the_limit() -> None:
    assert STARTED.left(NOW + after(26)) == after(-6)


def test_more_minutes_bring_a_countdown_back_from_its_end() -> None:
    late = NOW + after(21)
    assert STARTED.extend(5).state(late, CLOSE) is CountdownState.LAST_FIVE
    assert STARTED.extend(5).left(late) == after(4)


def test_a_stopped_countdown_stands_for_good() -> None:
    stopped = STARTED.stop(NOW + after(12))
    assert stopped.spent(NOW + HOUR) == after(12)
    assert not stopped.going


def test_an_open_pause_ends_where_the_countdown_stops() -> None:
    stopped = STARTED.pause(NOW + after(5)).stop(NOW + after(9))
    assert stopped.spent(NOW + HOUR) == after(5)
    assert not stopped.paused


def test_two_pauses_are_both_left_out() -> None:
    countdown = STARTED.pause(NOW + after(2)).resume(NOW + after(4))
    countdown = countdown.pause(NOW + after(5)).resume(NOW + after(9))
    assert countdown.spent(NOW + after(10)) == after(4)


@pytest.mark.parametrize("jump", [after(-1), after(-30), timedelta(days=-400)])
def test_a_clock_set_back_takes_no_time_spent_away(jump: timedelta) -> None:
    paused = STARTED.pause(NOW + after(10))
    assert paused.spent(NOW + jump) == after(10)
    assert paused.resume(NOW + jump).spent(NOW + jump) == after(10)
    assert paused.stop(NOW + jump).spent(NOW + jump) == after(10)


def test_a_pause_begun_on_a_clock_set_back_counts_from_the_start() -> None:
    countdown = STARTED.pause(NOW - HOUR).resume(NOW + after(5))
    assert countdown.spent(NOW + after(9)) == after(4)


minutes = st.floats(-600, 600, allow_nan=False).map(after)
moves = st.lists(
    st.tuples(st.sampled_from(["pause", "resume", "extend", "stop", "start"]), minutes), max_size=9
)


def made(start: timedelta, steps: list[tuple[str, timedelta]]) -> Countdown:
    countdown = Countdown(minutes=20).start(NOW + start)
    for name, at in steps:
        countdown = countdown.extend(5) if name == "extend" else getattr(countdown, name)(NOW + at)
    return countdown


@modest
@given(minutes, moves, minutes)
def test_time_spent_is_never_negative_and_adds_up_to_the_limit(
    start: timedelta, steps: list[tuple[str, timedelta]], at: timedelta
) -> None:
    countdown = made(start, steps)
    assert countdown.spent(NOW + at) >= timedelta()
    assert countdown.spent(NOW + at) + countdown.left(NOW + at) == countdown.limit


@modest
@given(minutes, moves, minutes, minutes)
def test_a_pause_of_any_length_changes_no_time_spent(
    start: timedelta, steps: list[tuple[str, timedelta]], begin: timedelta, length: timedelta
) -> None:
    countdown = made(start, steps)
    before = countdown.spent(NOW + begin)
    paused = countdown.pause(NOW + begin)
    end = NOW + begin + length
    if not countdown.paused:
        assert paused.resume(end).spent(end) == (before if countdown.going else countdown.spent(end))


@modest
@given(minutes, moves)
def test_time_spent_never_falls_while_the_clock_goes_forward(
    start: timedelta, steps: list[tuple[str, timedelta]]
) -> None:
    forward = sorted(steps, key=lambda step: step[1])
    spent = [made(start, forward[:done]).spent(NOW + at) for done, (_, at) in enumerate(forward, start=1)]
    assert spent == sorted(spent)


@modest
@given(st.lists(st.tuples(st.booleans(), st.floats(0, 30).map(after)), max_size=12))
def test_time_spent_is_the_sum_of_the_running_stretches(stretches: list[tuple[bool, timedelta]]) -> None:
    countdown, now, running = STARTED, NOW, timedelta()
    for pausing, length in stretches:
        countdown = countdown.pause(now) if pausing else countdown.resume(now)
        now += length
        running += timedelta() if pausing else length
    assert countdown.spent(now) == running
