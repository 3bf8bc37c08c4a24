from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.domain.clock_reading import ClockReading
from warmcall.domain.countdown import Countdown, CountdownState

from tests.examples import NOW
from tests.profiles import modest

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


def test_a_pause_started_on_a_clock_set_back_counts_from_the_start() -> None:
    countdown = STARTED.pause(NOW - HOUR).resume(NOW + after(5))
    assert countdown.spent(NOW + after(9)) == after(4)


minutes = st.floats(-600, 600, allow_nan=False).map(after)
moves = st.lists(
    st.tuples(st.sampled_from(["pause", "resume", "extend", "stop", "start"]), minutes), max_size=9
)


def bench(start: timedelta, steps: list[tuple[str, timedelta]]) -> Countdown:
    countdown = Countdown(minutes=20).start(NOW + start)
    for name, at in steps:
        countdown = countdown.extend(5) if name == "extend" else getattr(countdown, name)(NOW + at)
    return countdown


@modest
@given(minutes, moves, minutes)
def test_time_spent_is_never_negative_and_adds_up_to_the_limit(
    start: timedelta, steps: list[tuple[str, timedelta]], at: timedelta
) -> None:
    countdown = bench(start, steps)
    assert countdown.spent(NOW + at) >= timedelta()
    assert countdown.spent(NOW + at) + countdown.left(NOW + at) == countdown.limit


@modest
@given(minutes, moves, minutes, minutes)
def test_a_pause_of_any_length_changes_no_time_spent(
    start: timedelta, steps: list[tuple[str, timedelta]], begin: timedelta, length: timedelta
) -> None:
    countdown = bench(start, steps)
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
    spent = [bench(start, forward[:done]).spent(NOW + at) for done, (_, at) in enumerate(forward, start=1)]
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


class Machine:
    """A machine with a wall clock that can be set, a clock that cannot, and an interview that runs on it.

    `running` is how long the countdown truly ran.
    """

    def __init__(self) -> None:
        self.reading = ClockReading(NOW, "boot1", timedelta(days=3))
        self.countdown = Countdown(minutes=20).start(NOW, self.reading)
        self.running = timedelta()

    def wait(self, time: timedelta) -> None:
        self._read(utc=self.reading.utc + time, since_boot=self.reading.since_boot + time)
        if self.countdown.going and not self.countdown.paused:
            self.running += time

    def set_wall(self, by: timedelta) -> None:
        self._read(utc=self.reading.utc + by)

    def restart(self, off: timedelta) -> None:
        number = int(self.reading.boot_id.removeprefix("boot")) + 1
        self._read(utc=self.reading.utc + off, boot_id=f"boot{number}", since_boot=timedelta(seconds=20))

    def do(self, what: str) -> None:
        counted = self.countdown.anchored(self.reading)
        now = counted.instant(self.reading)
        self.countdown = counted.extend(5) if what == "extend" else getattr(counted, what)(now)

    @property
    def spent(self) -> timedelta:
        return self.countdown.spent(self.countdown.instant(self.reading))

    def _read(self, **changes: object) -> None:
        self.reading = msgspec.structs.replace(self.reading, **changes)


waits = st.tuples(st.just("wait"), st.timedeltas(timedelta(), timedelta(hours=9)))
jumps = st.tuples(st.just("set_wall"), st.timedeltas(timedelta(days=-400), timedelta(days=400)))
actions = st.tuples(st.just("do"), st.sampled_from(["start", "pause", "resume", "extend", "stop"]))
restarts = st.tuples(st.just("restart"), st.timedeltas(timedelta(days=-1), timedelta(days=1)))
Steps = list[tuple[str, Any]]


@modest
@given(st.lists(st.one_of(waits, jumps, actions), max_size=25))
def test_on_one_boot_time_spent_is_what_truly_ran_however_the_wall_clock_is_set(steps: Steps) -> None:
    machine = Machine()
    for name, argument in steps:
        getattr(machine, name)(argument)
        assert machine.spent == machine.running
        left = machine.countdown.left(machine.countdown.instant(machine.reading))
        assert machine.spent + left == machine.countdown.limit


@modest
@given(st.lists(st.one_of(waits, jumps, actions, restarts), max_size=25))
def test_over_restarts_of_the_machine_time_spent_never_is_negative_nor_decreases(steps: Steps) -> None:
    machine = Machine()
    for name, argument in steps:
        before = machine.spent
        getattr(machine, name)(argument)
        assert machine.spent >= timedelta()
        if name == "do":
            assert machine.spent >= before or machine.countdown.paused


@modest
@given(st.lists(st.one_of(waits, jumps, actions), max_size=9), restarts, st.lists(waits, max_size=4))
def test_anchored_again_after_a_restart_it_runs_on_by_the_clock_nobody_sets(
    steps: Steps, restart: tuple[str, timedelta], more: Steps
) -> None:
    machine = Machine()
    for name, argument in [*steps, restart]:
        getattr(machine, name)(argument)
    machine.countdown = machine.countdown.anchored(machine.reading)
    before, running = machine.spent, machine.running
    for name, argument in more:
        getattr(machine, name)(argument)
        machine.set_wall(timedelta(hours=-1))
        assert machine.spent - before == machine.running - running


def test_without_clocks_that_name_the_boot_the_wall_clock_counts() -> None:
    plain = Countdown().start(NOW)
    assert plain.anchored(ClockReading(NOW + HOUR)) is plain
    assert plain.instant(ClockReading(NOW + HOUR)) == NOW + HOUR
    assert plain.lag(ClockReading(NOW - HOUR)) == HOUR


def test_a_countdown_of_an_older_file_is_read_without_an_anchor() -> None:
    old = {"minutes": 20, "started_at": "2026-11-23T15:00:00Z", "pauses": [], "extended": 0}
    assert msgspec.convert(old, Countdown).anchor is None


def test_an_anchor_is_read_back_as_it_was_written() -> None:
    anchored = Countdown().start(NOW, ClockReading(NOW, "boot", timedelta(days=3, microseconds=7)))
    assert msgspec.convert(msgspec.to_builtins(anchored), Countdown) == anchored
