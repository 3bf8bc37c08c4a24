"""The countdown as a person sees and hears it, on whatever screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from textual.geometry import Region
from textual.widget import Widget
from warmcall.config.library import Library
from warmcall.config.settings import Config
from warmcall.domain.records import Contact, Interview
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.domain.when import When
from warmcall.widgets.bars import TopBar
from warmcall.widgets.rows import Rows

from tests.conftest import Bench
from tests.examples import only
from tests.screens.driving import Driver, driven

FIVE_LEFT = "Last five minutes: “We have five minutes left, and one thing I'd still like to ask.”"
CLOSE = (
    "The close: “Is there something I should have asked, and didn't?” "
    "Then “Who else would you talk to? May I use your name?”"
)
UP = "Time is up: “The 20 minutes are up. Shall we stop, or would five more suit you?”"

LINE = "What would you tell someone who's just starting?"
"""The first question of the close: the first line to say then."""

STATES = [
    (0, " 20:00 left", ""),
    (15 * 60 - 1, " 5:01 left", ""),
    (15 * 60, " last 5, 5:00 left", FIVE_LEFT),
    (17 * 60, " close, 3:00 left", LINE),
    (20 * 60, " time up", UP),
    (20 * 60 + 30, " over by 0:30", UP),
]


@pytest.fixture
def running(known: Bench) -> Bench:
    """Services with an interview with Mei Tanaka that has just started."""
    start_interview(known)
    return known


def start_interview(bench: Bench) -> None:
    assert bench.services.interviewing.start_now(only(bench.store.all(Contact)).id)


def meeting(bench: Bench) -> Interview:
    return only(bench.store.all(Interview))


@contextmanager
def bells(at: Driver) -> Iterator[list[datetime]]:
    """Give the list of when the bell rang."""
    rung: list[datetime] = []
    with patch.object(at.app, "bell", lambda: rung.append(at.clock.now())):
        yield rung


def sentence_shown(at: Driver) -> str:
    """Return the sentence to say now: what is above the list, or at the head of the close."""
    advice, page = at.panel("during-advice"), at.panel("close-text")
    over = re.match(r"Time is up: “[^”]*”", page)
    line = re.match(r"Say “([^”]*)”", page)
    return advice or (over.group() if over else line.group(1) if line else "")


async def second_by_second(at: Driver, count: int) -> None:
    """Let seconds pass one after the other, as they do."""
    for _ in range(count):
        at.clock.forward(seconds=1)
        at.app.ticker.tick()
    await at.settle()


@pytest.mark.parametrize(
    ("size", "colours"),
    [
        pytest.param((80, 24), {"NO_COLOR": "1"}, id="without colour"),
        pytest.param((60, 20), {}, id="in colour, in a small window"),
        pytest.param((60, 20), {"NO_COLOR": "1"}, id="without colour, small", marks=pytest.mark.long),
        pytest.param((80, 24), {}, id="in colour", marks=pytest.mark.long),
    ],
)
async def test_each_state_is_shown_in_words_on_the_interview_and_elsewhere(
    running: Bench, size: tuple[int, int], colours: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in colours.items():
        monkeypatch.setenv(name, value)
    start = running.clock.now()
    async with driven(running, size=size, environ=colours) as at:
        await at.press("enter")
        for seconds, top, sentence in STATES:
            running.clock.move_to(start)
            await at.forward(seconds=seconds)
            assert at.top.endswith(top), seconds
            assert sentence_shown(at) == sentence, seconds
            await at.press("2")
            assert at.top.endswith(top), seconds
            await at.press("4")
        running.clock.move_to(start)
        await at.forward(minutes=18)
        await at.press("w")
        assert at.top.endswith(" paused, 2:00 left")
        assert "question 1 of 8 · paused: w resumes" in at.text


async def test_a_second_repaints_the_time_left_and_a_minute_the_lines_that_differ(
    running: Bench,
) -> None:
    repainted: list[tuple[Widget, tuple[Region, ...]]] = []
    refresh = Widget.refresh

    def record(widget: Widget, *regions: Region, **more: Any) -> Widget:
        repainted.append((widget, regions))
        return refresh(widget, *regions, **more)

    for number in range(40):
        person = running.services.address_book.add({"name": f"Person {number}"})
    soon = When(running.clock.now() + timedelta(minutes=90))
    running.services.following_up.add(person.id, FollowUpKind.OTHER, soon, "the map")
    async with driven(running) as at:
        await at.press("escape")
        for keys in ("1", "1/p", "2", "2/p", "3", "5", "6"):
            for key in keys:
                await at.press(key)
            await second_by_second(at, 1)
            with patch.object(Widget, "refresh", record):
                await second_by_second(at, 3)
            assert {type(widget) for widget, _ in repainted} == {TopBar}, keys
            repainted.clear()
            await at.press(*["escape"] * (len(keys) > 1))
        await at.press("1")
        before = at.lines
        with patch.object(Widget, "refresh", record):
            await at.forward(minutes=1)
        changed = [before[y] != line for y, line in enumerate(at.lines)][1:].count(True)
        lines = [region for widget, regions in repainted if isinstance(widget, Rows) for region in regions]
        assert 0 < len(lines) == changed
        assert all(region.height == 1 for region in lines)


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (40, 10)])
async def test_what_is_not_saved_never_hides_the_time_left(running: Bench, size: tuple[int, int]) -> None:
    start = running.clock.now()
    async with driven(running, size=size) as at:
        with patch.object(
            at.app.save_status, "words", lambda: "not saved: No space left on device, retrying"
        ):
            for seconds, top, _ in STATES:
                await at.at(start + timedelta(seconds=seconds))
                assert at.top.endswith(top)
                assert " not saved: No" in at.top


@pytest.mark.parametrize("keys", ["", "enter", "l", "l 2", "l 3 o", "enter r", "l 6 e"])
async def test_the_bell_rings_once_at_each_mark_whatever_is_shown(running: Bench, keys: str) -> None:
    start = running.clock.now()
    async with driven(running) as at:
        await at.press(*keys.split())
        with bells(at) as rung:
            for mark in (15, 17, 20):
                await at.at(start + timedelta(minutes=mark, seconds=-5))
                await second_by_second(at, 10)
            await at.forward(minutes=1)
        started = meeting(running).countdown.started_at
        assert started
        assert rung == [started + timedelta(minutes=minutes) for minutes in (15, 17, 20)]


async def test_the_sentence_to_say_is_a_notice_elsewhere_and_a_line_on_the_interview(running: Bench) -> None:
    async with driven(running) as at:
        await at.press("enter")
        await at.forward(minutes=15, seconds=-1)
        said = len(at.said)
        await at.forward(seconds=1)
        assert len(at.said) == said
        assert sentence_shown(at) == FIVE_LEFT
        await at.press("2")
        await at.forward(minutes=2, seconds=-1)
        await at.forward(seconds=1)
        assert at.last_said == CLOSE
        await at.press("4", "p")
        await at.forward(minutes=3, seconds=-1)
        await at.forward(seconds=1)
        assert at.last_said == UP


async def test_in_a_window_too_small_for_the_line_the_sentence_is_a_notice(running: Bench) -> None:
    async with driven(running, size=(40, 10)) as at:
        await at.press("enter")
        await at.forward(minutes=15, seconds=-1)
        await at.forward(seconds=1)
        assert at.last_said == FIVE_LEFT
        assert at.top.endswith(" last 5, 5:00 left")


async def test_a_mark_passed_while_nobody_looked_is_not_rung_late(running: Bench) -> None:
    running.clock.forward(minutes=15, seconds=1)
    async with driven(running) as at:
        with bells(at) as rung:
            await at.press("enter")
            await second_by_second(at, 10)
            await at.press("w")
            await second_by_second(at, 10)
            await at.press("w")
            await second_by_second(at, 10)
            await at.forward(minutes=3)
            await second_by_second(at, 10)
        assert rung == []
        assert at.top.endswith(" close, 1:29 left")


async def test_the_bell_can_be_turned_off_and_the_sentence_stays(library: Library) -> None:
    bench = Bench(library, Config(bell=False))
    bench.services.address_book.add({"name": "Mei Tanaka"})
    start_interview(bench)
    async with driven(bench) as at:
        await at.press("l")
        with bells(at) as rung:
            await second_by_second(at, 15 * 60)
        assert rung == []
        assert at.last_said == FIVE_LEFT


@pytest.mark.parametrize(("hours", "way"), [(1, "forward"), (-1, "back")])
async def test_a_wall_clock_set_an_hour_off_is_reported_and_changes_nothing(
    running: Bench, hours: int, way: str
) -> None:
    notice = f"The clock of this machine was set 1 h {way}; the countdown goes on as before"
    async with driven(running) as at:
        await at.press("enter")
        await second_by_second(at, 60)
        running.clock.set_wall(hours=hours)
        await second_by_second(at, 1)
        assert at.last_said == notice
        assert at.top.endswith(" 18:59 left")
        assert "question 1 of 8 · 3:11 each · on pace" in at.text
        await second_by_second(at, 9)
        assert at.said.count(notice) == 1
        await at.press("w")
        running.clock.set_wall(hours=hours)
        await at.forward(minutes=2)
        await at.press("w")
        await second_by_second(at, 10)
        assert at.top.endswith(" 18:40 left")
        await at.press("x")
        assert meeting(running).ended_at == running.clock.now()
        assert re.search(r"interview by phone, 1:20$", at.text, re.MULTILINE)


@pytest.mark.parametrize(("hours", "way"), [(1, "forward"), (-1, "back")])
async def test_coming_back_to_a_clock_set_an_hour_off_says_so_with_the_right_time(
    running: Bench, hours: int, way: str
) -> None:
    running.clock.forward(minutes=5)
    running.clock.set_wall(hours=hours)
    async with driven(running) as at:
        assert "Resume with Mei Tanaka, 15:00 left?" in at.text
        assert at.last_said == f"The clock of this machine was set 1 h {way}; the countdown goes on as before"


async def test_after_a_restart_with_a_clock_in_the_past_no_more_time_is_left_than_before(
    running: Bench,
) -> None:
    running.clock.restart(days=-3)
    async with driven(running) as at:
        assert "Resume with Mei Tanaka, 20:00 left?" in at.text
        assert at.last_said.startswith("The clock of this machine is 72 h behind the interview on record")
        await at.forward(minutes=1)
        assert at.top.endswith(" 19:00 left")


async def test_the_sleep_of_the_machine_counts(running: Bench) -> None:
    async with driven(running) as at:
        await at.press("enter")
        with bells(at) as rung:
            await at.forward(minutes=16)
        assert at.top.endswith(" last 5, 4:00 left")
        assert sentence_shown(at) == FIVE_LEFT
        assert rung == []


async def test_the_offer_to_go_on_follows_the_clock(running: Bench) -> None:
    async with driven(running) as at:
        await second_by_second(at, 3)
        assert "Resume with Mei Tanaka, 19:57 left?" in at.text


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_five_more_minutes_are_recorded_shown_and_undone(running: Bench, size: tuple[int, int]) -> None:
    async with driven(running, size=size) as at:
        await at.press("enter")
        await at.forward(minutes=20, seconds=30)
        await at.press("+")
        assert (meeting(running).countdown.minutes, meeting(running).countdown.extended) == (20, 5)
        assert at.top.endswith(" last 5, 4:30 left")
        assert " · 20 + 5 minutes" in at.flat
        assert at.last_said == "20 + 5 minutes. u undoes it"
        await at.press("+")
        assert " · 20 + 10 minutes" in at.flat
        await at.press("u", "u")
        assert meeting(running).countdown.extended == 0
        assert at.top.endswith(" over by 0:30")
        assert "20 + " not in at.flat


async def test_without_a_shell_ctrl_z_says_so_and_everything_stays(running: Bench) -> None:
    async with driven(running) as at:
        await at.press("enter", "enter")
        await at.type("words")
        await at.press("ctrl+z")
        assert at.last_said == "There is no shell to go back to here"
        assert "words" in at.text
