from __future__ import annotations

import itertools
from datetime import UTC, timedelta

import pytest
from warmcall.config.library import Library
from warmcall.domain.countdown import CountdownState
from warmcall.domain.records import Interview
from warmcall.domain.when import When
from warmcall.services.clock_watch import ClockEvents
from warmcall.services.services import Services

from tests.conftest import Bench
from tests.examples import only

NOTHING = ClockEvents()
HOUR = timedelta(hours=1)


@pytest.fixture
def running(bench: Bench) -> Bench:
    """the services with an interview that has just started, and was checked once."""
    mei = bench.services.address_book.add({"name": "Mei Tanaka"})
    assert bench.services.interviewing.start_now(mei.id)
    assert bench.services.clock_watch.check() == NOTHING
    return bench


def meeting(bench: Bench) -> Interview:
    return only(bench.store.all(Interview))


def left(bench: Bench) -> timedelta:
    countdown, now = bench.services.time.anchored(meeting(bench).countdown)
    return countdown.left(now)


def opened_again(bench: Bench, library: Library) -> Services:
    """Return the services of a session opened now on what `made` has in its store."""
    ids = map(str, itertools.count())
    config = bench.services.config
    return Services(bench.store, library, config, bench.clock, lambda: UTC, bench.saved.append, ids.__next__)


def test_each_mark_is_noticed_once(running: Bench) -> None:
    noticed = []
    for _ in range(21 * 60):
        running.clock.forward(seconds=1)
        noticed.append(running.services.clock_watch.check().alarm)
    assert [mark for mark in noticed if mark] == [
        CountdownState.LAST_FIVE,
        CountdownState.CLOSE,
        CountdownState.TIME_UP,
    ]
    assert [at + 1 for at, mark in enumerate(noticed) if mark] == [15 * 60, 17 * 60, 20 * 60]


def test_an_alarm_due_before_the_first_check_or_long_ago_does_not_ring(
    running: Bench, library: Library
) -> None:
    running.clock.forward(minutes=15, seconds=10)
    assert running.services.clock_watch.check() == NOTHING
    again = opened_again(running, library)
    assert again.clock_watch.check() == NOTHING
    running.clock.forward(seconds=1)
    assert again.clock_watch.check() == NOTHING


def test_pausing_and_going_on_at_a_mark_does_not_pass_it_again(running: Bench) -> None:
    running.clock.forward(minutes=15, seconds=-1)
    running.services.clock_watch.check()
    running.clock.forward(seconds=1)
    assert running.services.clock_watch.check().alarm is CountdownState.LAST_FIVE
    for _ in range(2):
        running.services.interviewing.toggle_pause(meeting(running).id)
        running.clock.forward(seconds=1)
        assert running.services.clock_watch.check() == NOTHING


def test_more_minutes_bring_new_marks_and_taking_them_back_passes_none(running: Bench) -> None:
    running.clock.forward(minutes=17, seconds=30)
    running.services.clock_watch.check()
    running.services.interviewing.extend(meeting(running).id)
    assert running.services.clock_watch.check() == NOTHING
    running.clock.forward(minutes=2, seconds=29)
    running.services.clock_watch.check()
    running.clock.forward(seconds=1)
    assert running.services.clock_watch.check().alarm is CountdownState.LAST_FIVE
    running.services.history.undo()
    assert running.services.clock_watch.check() == NOTHING


@pytest.mark.parametrize("by", [HOUR, -HOUR, timedelta(seconds=3), timedelta(seconds=-3)])
def test_a_wall_clock_that_is_set_is_noticed_once_and_takes_no_time(running: Bench, by: timedelta) -> None:
    running.clock.forward(minutes=2)
    running.services.clock_watch.check()
    running.clock.set_wall(seconds=by.total_seconds())
    assert running.services.clock_watch.check() == ClockEvents(clock_set=by)
    assert running.services.clock_watch.check() == NOTHING
    assert left(running) == timedelta(minutes=18)
    running.clock.forward(minutes=1)
    assert left(running) == timedelta(minutes=17)


def test_small_corrections_are_reported_only_once_they_add_up(running: Bench) -> None:
    for _ in range(2):
        running.clock.set_wall(seconds=1)
        assert running.services.clock_watch.check() == NOTHING
    running.clock.set_wall(seconds=1)
    assert running.services.clock_watch.check() == ClockEvents(clock_set=timedelta(seconds=3))


@pytest.mark.parametrize(
    ("by", "reported"), [(HOUR, HOUR), (-HOUR, -HOUR), (timedelta(seconds=50), timedelta())]
)
def test_a_clock_set_while_the_app_was_away_is_noticed_on_return(
    running: Bench, library: Library, by: timedelta, reported: timedelta
) -> None:
    running.clock.forward(minutes=4)
    running.clock.set_wall(seconds=by.total_seconds())
    again = opened_again(running, library)
    assert again.clock_watch.check() == ClockEvents(clock_set=reported)
    assert again.clock_watch.check() == NOTHING
    countdown, now = again.time.anchored(meeting(running).countdown)
    assert countdown.left(now) == timedelta(minutes=16)


def test_after_a_restart_the_time_off_counts_and_the_wall_clock_no_more(
    running: Bench, library: Library
) -> None:
    running.clock.forward(minutes=4)
    running.clock.restart(minutes=3)
    again = opened_again(running, library)
    assert again.clock_watch.check() == ClockEvents(other_clock=True)
    for by in (HOUR, -2 * HOUR):
        running.clock.set_wall(seconds=by.total_seconds())
        assert again.clock_watch.check() == ClockEvents(clock_set=by)
        countdown, now = again.time.anchored(meeting(running).countdown)
        assert countdown.left(now) == timedelta(minutes=13)
    again.interviewing.toggle_pause(meeting(running).id)
    running.clock.forward(minutes=30)
    again.interviewing.toggle_pause(meeting(running).id)
    running.clock.forward(minutes=1)
    later = opened_again(running, library)
    countdown, now = later.time.anchored(meeting(running).countdown)
    assert countdown.left(now) == timedelta(minutes=12)


def test_a_clock_earlier_than_the_record_after_a_restart_is_reported_and_time_goes_on_from_there(
    running: Bench, library: Library
) -> None:
    running.clock.forward(minutes=4)
    running.services.interviewing.toggle_pause(meeting(running).id)
    running.services.interviewing.toggle_pause(meeting(running).id)
    running.clock.restart(hours=-2)
    again = opened_again(running, library)
    assert again.clock_watch.check() == ClockEvents(lag=2 * HOUR, other_clock=True)
    assert again.clock_watch.check() == NOTHING
    running.clock.forward(minutes=1)
    countdown, now = again.time.anchored(meeting(running).countdown)
    assert countdown.left(now) == timedelta(minutes=15)


@pytest.mark.parametrize(
    ("ahead", "minutes_left", "lag"), [(0, 16, 0), (3, 13, 0), (-3, 19, 0), (-10, 20, 6)]
)
def test_on_another_machine_it_is_said_once_that_the_time_left_is_as_right_as_the_clocks_of_both(
    running: Bench, library: Library, ahead: int, minutes_left: int, lag: int
) -> None:
    running.clock.forward(minutes=4)
    running.clock.restart(minutes=ahead)  # another boot, and a wall clock that differs
    there = opened_again(running, library)
    assert there.clock_watch.check() == ClockEvents(lag=timedelta(minutes=lag), other_clock=True)
    assert there.clock_watch.check() == NOTHING
    running.clock.set_wall(hours=1)
    countdown, now = there.time.anchored(meeting(running).countdown)
    assert countdown.left(now) == timedelta(minutes=minutes_left), "from then on by the clock nobody sets"


def test_an_interview_that_ran_on_two_machines_goes_on_here_no_earlier_than_there(
    running: Bench, library: Library
) -> None:
    running.clock.forward(minutes=4)
    running.clock.restart(minutes=3)  # there, where it is three minutes later
    there = opened_again(running, library)
    there.interviewing.toggle_pause(meeting(running).id)
    running.clock.forward(minutes=1)
    there.interviewing.toggle_pause(meeting(running).id)
    running.clock.restart(minutes=-3)  # and back here
    again = opened_again(running, library)
    assert again.clock_watch.check() == ClockEvents(lag=timedelta(minutes=3), other_clock=True)
    running.clock.forward(minutes=2)
    countdown, now = again.time.anchored(meeting(running).countdown)
    assert countdown.left(now) == timedelta(minutes=11), "seven minutes there, and two here"


def test_nothing_is_noticed_when_nothing_runs(running: Bench) -> None:
    running.services.interviewing.end(meeting(running).id)
    running.clock.set_wall(hours=1)
    assert running.services.clock_watch.check() == NOTHING
    running.services.history.undo()
    assert running.services.clock_watch.check() == ClockEvents(clock_set=HOUR)


def test_the_end_and_the_thank_you_go_by_the_wall_clock_and_the_length_does_not(running: Bench) -> None:
    running.clock.forward(minutes=12)
    running.clock.set_wall(hours=1)
    running.services.interviewing.end(meeting(running).id)
    ended = meeting(running)
    assert ended.ended_at == running.clock.now()
    assert ended.countdown.spent(running.clock.now()) == timedelta(minutes=12)
    thanks = next(follow_up for follow_up in running.store.open_follow_ups() if follow_up.kind == "thank_you")
    assert thanks.due == When(running.clock.now() + timedelta(hours=24))
