from __future__ import annotations

import itertools
from datetime import UTC, timedelta

import pytest

from tests.conftest import Made
from tests.examples import only
from tui.domain.countdown import CountdownState
from tui.domain.records import Interview
from tui.services.desk import Desk
from tui.services.watching import Noticed
from tui.storage.library import Library

NOTHING = Noticed()
HOUR = timedelta(hours=1)


@pytest.fixture
def running(made: Made) -> Made:
    """A desk with an interview that has just begun, and was looked at."""
    mei = made.desk.address_book.add({"name": "Mei Tanaka"})
    assert made.desk.interviewing.begin_now(mei.id)
    assert made.desk.watching.look() == NOTHING
    return made


def meeting(made: Made) -> Interview:
    return only(made.book.all(Interview))


def left(made: Made) -> timedelta:
    countdown, now = made.desk.time.counted(meeting(made).countdown)
    return countdown.left(now)


def opened_again(made: Made, library: Library) -> Desk:
    """Return the desk of a session opened now on what `made` has in its book."""
    ids = map(str, itertools.count())
    config = made.desk.config
    return Desk(made.book, library, config, made.clock, lambda: UTC, made.saved.append, ids.__next__)


def test_each_mark_is_noticed_once(running: Made) -> None:
    noticed = []
    for _ in range(21 * 60):
        running.clock.forward(seconds=1)
        noticed.append(running.desk.watching.look().mark)
    assert [mark for mark in noticed if mark] == [
        CountdownState.LAST_FIVE,
        CountdownState.CLOSE,
        CountdownState.TIME_UP,
    ]
    assert [at + 1 for at, mark in enumerate(noticed) if mark] == [15 * 60, 17 * 60, 20 * 60]


def test_a_mark_passed_before_the_first_look_or_long_ago_is_none(running: Made, library: Library) -> None:
    running.clock.forward(minutes=15, seconds=10)
    assert running.desk.watching.look() == NOTHING
    again = opened_again(running, library)
    assert again.watching.look() == NOTHING
    running.clock.forward(seconds=1)
    assert again.watching.look() == NOTHING


def test_pausing_and_going_on_at_a_mark_does_not_pass_it_again(running: Made) -> None:
    running.clock.forward(minutes=15, seconds=-1)
    running.desk.watching.look()
    running.clock.forward(seconds=1)
    assert running.desk.watching.look().mark is CountdownState.LAST_FIVE
    for _ in range(2):
        running.desk.interviewing.pause_or_go_on(meeting(running).id)
        running.clock.forward(seconds=1)
        assert running.desk.watching.look() == NOTHING


def test_more_minutes_bring_new_marks_and_taking_them_back_passes_none(running: Made) -> None:
    running.clock.forward(minutes=17, seconds=30)
    running.desk.watching.look()
    running.desk.interviewing.extend(meeting(running).id)
    assert running.desk.watching.look() == NOTHING
    running.clock.forward(minutes=2, seconds=29)
    running.desk.watching.look()
    running.clock.forward(seconds=1)
    assert running.desk.watching.look().mark is CountdownState.LAST_FIVE
    running.desk.history.undo()
    assert running.desk.watching.look() == NOTHING


@pytest.mark.parametrize("by", [HOUR, -HOUR, timedelta(seconds=3), timedelta(seconds=-3)])
def test_a_wall_clock_that_is_set_is_noticed_once_and_takes_no_time(running: Made, by: timedelta) -> None:
    running.clock.forward(minutes=2)
    running.desk.watching.look()
    running.clock.set_wall(seconds=by.total_seconds())
    assert running.desk.watching.look() == Noticed(clock_set=by)
    assert running.desk.watching.look() == NOTHING
    assert left(running) == timedelta(minutes=18)
    running.clock.forward(minutes=1)
    assert left(running) == timedelta(minutes=17)


def test_small_corrections_are_told_only_once_they_add_up(running: Made) -> None:
    for _ in range(2):
        running.clock.set_wall(seconds=1)
        assert running.desk.watching.look() == NOTHING
    running.clock.set_wall(seconds=1)
    assert running.desk.watching.look() == Noticed(clock_set=timedelta(seconds=3))


@pytest.mark.parametrize(("by", "told"), [(HOUR, HOUR), (-HOUR, -HOUR), (timedelta(seconds=50), timedelta())])
def test_a_clock_set_while_the_app_was_away_is_noticed_on_return(
    running: Made, library: Library, by: timedelta, told: timedelta
) -> None:
    running.clock.forward(minutes=4)
    running.clock.set_wall(seconds=by.total_seconds())
    again = opened_again(running, library)
    assert again.watching.look() == Noticed(clock_set=told)
    assert again.watching.look() == NOTHING
    countdown, now = again.time.counted(meeting(running).countdown)
    assert countdown.left(now) == timedelta(minutes=16)


def test_behind_a_restart_the_time_off_counts_and_the_wall_clock_no_more(
    running: Made, library: Library
) -> None:
    running.clock.forward(minutes=4)
    running.clock.restart(minutes=3)
    again = opened_again(running, library)
    assert again.watching.look() == NOTHING
    for by in (HOUR, -2 * HOUR):
        running.clock.set_wall(seconds=by.total_seconds())
        assert again.watching.look() == Noticed(clock_set=by)
        countdown, now = again.time.counted(meeting(running).countdown)
        assert countdown.left(now) == timedelta(minutes=13)
    again.interviewing.pause_or_go_on(meeting(running).id)
    running.clock.forward(minutes=30)
    again.interviewing.pause_or_go_on(meeting(running).id)
    running.clock.forward(minutes=1)
    later = opened_again(running, library)
    countdown, now = later.time.counted(meeting(running).countdown)
    assert countdown.left(now) == timedelta(minutes=12)


def test_a_clock_behind_the_record_after_a_restart_is_told_and_time_goes_on_from_there(
    running: Made, library: Library
) -> None:
    running.clock.forward(minutes=4)
    running.desk.interviewing.pause_or_go_on(meeting(running).id)
    running.desk.interviewing.pause_or_go_on(meeting(running).id)
    running.clock.restart(hours=-2)
    again = opened_again(running, library)
    assert again.watching.look() == Noticed(behind=2 * HOUR)
    assert again.watching.look() == NOTHING
    running.clock.forward(minutes=1)
    countdown, now = again.time.counted(meeting(running).countdown)
    assert countdown.left(now) == timedelta(minutes=15)


def test_nothing_is_noticed_when_nothing_runs(running: Made) -> None:
    running.desk.interviewing.end(meeting(running).id)
    running.clock.set_wall(hours=1)
    assert running.desk.watching.look() == NOTHING
    running.desk.history.undo()
    assert running.desk.watching.look() == Noticed(clock_set=HOUR)


def test_the_end_and_the_thank_you_go_by_the_wall_clock_and_the_length_does_not(running: Made) -> None:
    running.clock.forward(minutes=12)
    running.clock.set_wall(hours=1)
    running.desk.interviewing.end(meeting(running).id)
    ended = meeting(running)
    assert ended.ended_at == running.clock.now()
    assert ended.countdown.spent(running.clock.now()) == timedelta(minutes=12)
    thanks = next(one for one in running.book.open_follow_ups() if one.kind == "thank_you")
    assert thanks.due == running.clock.now() + timedelta(hours=24)
