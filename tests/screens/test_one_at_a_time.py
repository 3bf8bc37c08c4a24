"""One interview at a time: what the app asks before a second one may run."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from warmcall.config.library import Library
from warmcall.domain.records import Contact, Interview
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.screens.base import GoTo
from warmcall.screens.interview.one_at_a_time import RunningDialog
from warmcall.screens.interview.screen import InterviewScreen

from tests.conftest import Bench
from tests.examples import state_of
from tests.screens.driving import Driver, driven


@pytest.fixture
def with_luis(running: Bench) -> Bench:
    """Services with an interview with Mei Tanaka that runs, and Luis Ortega to be called."""
    running.services.address_book.add({"name": "Luis Ortega", "phone": "+1 312 555 0177"})
    return running


def talks(at: Driver) -> dict[str, str]:
    """Return how the interview with each person stands."""
    return {
        at.store.require(Contact, meeting.contact_id).name.split()[0]: "over"
        if meeting.ended_at
        else "paused"
        if meeting.countdown.paused
        else "runs"
        for meeting in at.store.all(Interview)
    }


async def by_outcome(at: Driver) -> None:
    """Say on the call with Luis that he has time now."""
    await at.press("l", "2", "/", *"Luis", "enter", "c", "o", "t")


async def by_start(at: Driver) -> None:
    """Start an interview with Luis from his page in People."""
    await at.press("l", "2", "/", *"Luis", "enter", "i", "s")


async def by_palette(at: Driver) -> None:
    """Start it by the palette."""
    await at.press("l", "2", "/", *"Luis", "enter", "i", ":", *"start now", "enter")


@pytest.mark.parametrize("begin", [by_outcome, by_start, by_palette])
async def test_every_way_to_begin_asks_first_and_esc_leaves_everything_as_it_was(
    with_luis: Bench, begin: Callable[[Driver], Awaitable[None]]
) -> None:
    async with driven(with_luis) as at:
        before = state_of(at.store)
        await begin(at)
        assert at.shows(RunningDialog)
        await at.press("escape")
        assert talks(at) == {"Mei": "runs"}
        assert state_of(at.store) == before


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("x", {"Mei": "over", "Luis": "runs"}),
        ("w", {"Mei": "paused", "Luis": "runs"}),
        ("g", {"Mei": "runs"}),
        ("q", {"Mei": "runs"}),
    ],
)
async def test_each_answer_is_one_letter(with_luis: Bench, key: str, found: dict[str, str]) -> None:
    async with driven(with_luis) as at:
        await by_outcome(at)
        await at.press(key)
        assert talks(at) == found
        assert at.app.is_running
        if key != "q":
            assert at.shows(InterviewScreen)
            assert ("Mei Tanaka" if key == "g" else "Luis Ortega") in at.lines[1]


async def test_a_paused_one_asks_before_it_goes_on(with_luis: Bench) -> None:
    async with driven(with_luis) as at:
        await by_start(at)
        await at.press("w")
        (mei,) = (meeting for meeting in at.store.going() if meeting.countdown.paused)
        await at.press("1")
        assert "paused 20 min" in at.text
        at.app.post_message(GoTo("Interview", mei.contact_id))
        await at.press("w", "x")
        assert talks(at) == {"Mei": "runs", "Luis": "over"}
        assert at.owed("Luis Ortega", FollowUpKind.THANK_YOU)


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("x", {"Mei": "runs", "Luis": "over"}),
        ("w", {"Mei": "runs", "Luis": "paused"}),
        ("g", {"Mei": "paused", "Luis": "runs"}),
        ("escape", {"Mei": "runs", "Luis": "runs"}),
    ],
)
async def test_two_started_by_two_sessions_are_both_shown_and_asked_about_once_nothing_is_typed(
    with_luis: Bench, library: Library, key: str, found: dict[str, str]
) -> None:
    async with driven(with_luis) as at:
        await at.press("enter", "enter", *"words")
        luis = at.contact("Luis Ortega")
        there = Bench(library, store=Store([luis]), session="there")
        there.clock.move_to(at.clock.now())
        there.services.interviewing.start_now(luis.id)
        edits = [edit for change in there.saved for edit in change.edits]
        at.services.history.apply_remote(edits)
        await at.forward(seconds=1)
        assert at.shows(InterviewScreen)
        assert "2 run, " in at.top
        await at.press("escape")
        await at.forward(seconds=1)
        assert at.shows(RunningDialog)
        await at.press(key)
        await at.forward(seconds=1)
        assert talks(at) == found
        assert not at.shows(RunningDialog)
        await at.press("1")
        rows = {name: at.line_of(f"◷ {name}") for name in ("Mei Tanaka", "Luis Ortega")
                if found[name.split()[0]] != "over"}  # fmt: skip
        assert all("min" in row for row in rows.values())


async def test_the_question_closes_when_another_session_ends_that_interview(with_luis: Bench) -> None:
    async with driven(with_luis) as at:
        await by_start(at)
        assert at.shows(RunningDialog)
        (mei,) = at.store.going()
        at.services.interviewing.end(mei.id)
        await at.settle()
        assert not at.shows(RunningDialog)
