"""At most one interview runs by what one session does."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warmcall.config.library import Library
from warmcall.domain.records import Contact, FollowUp, Interview
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind, Outcome
from warmcall.services.calling import CallResult
from warmcall.services.history import UndoRefused
from warmcall.services.running_interviews import AnotherInterviewRuns, Stop, all_running

from tests.conftest import Bench
from tests.examples import state_of, when
from tests.profiles import modest

TALK = CallResult(outcome=Outcome.TALK_NOW)


@pytest.fixture
def mei(bench: Bench) -> Contact:
    return bench.services.address_book.add({"name": "Mei"})


@pytest.fixture
def luis(bench: Bench) -> Contact:
    return bench.services.address_book.add({"name": "Luis"})


def started(bench: Bench, contact: Contact) -> Interview:
    meeting = bench.services.interviewing.start_now(contact.id)
    assert meeting is not None
    return meeting


def running(store: Store) -> list[str]:
    return [meeting.contact_id for meeting in all_running(store)]


Way = Callable[[Bench, Contact, Stop | None], object]

WAYS: dict[str, Way] = {
    "start now": lambda bench, contact, stop: bench.services.interviewing.start_now(contact.id, stop),
    "talk at once": lambda bench, contact, stop: bench.services.interviewing.talk_now(contact.id, TALK, stop),
    "start what is planned": lambda bench, contact, stop: start_planned(bench, contact, stop),
    "go on after a pause": lambda bench, contact, stop: go_on(bench, contact, stop),
}


def start_planned(bench: Bench, contact: Contact, stop: Stop | None) -> None:
    meeting = bench.services.calling.planned_meeting(contact.id)
    assert meeting is not None
    bench.services.interviewing.start(meeting.id, stop)


def go_on(bench: Bench, contact: Contact, stop: Stop | None) -> None:
    """Let a meeting go on that is paused; pause it if it runs."""
    meeting = bench.services.calling.planned_meeting(contact.id)
    assert meeting is not None
    bench.services.interviewing.toggle_pause(meeting.id, stop)


@pytest.fixture
def waits(bench: Bench, luis: Contact, request: pytest.FixtureRequest) -> Way:
    """A way for the talk with Luis to run, everything it needs prepared."""
    way: str = request.param
    if way == "start what is planned":
        at = when("2026-11-23 14:00")
        bench.services.calling.record(luis.id, CallResult(outcome=Outcome.SCHEDULED, at=at))
    elif way == "go on after a pause":
        bench.services.interviewing.toggle_pause(started(bench, luis).id)
    return WAYS[way]


@pytest.mark.parametrize("waits", WAYS, indirect=True)
def test_a_second_one_is_refused_with_the_name_and_nothing_changes(
    bench: Bench, mei: Contact, luis: Contact, waits: Way
) -> None:
    started(bench, mei)
    before = state_of(bench.store)
    with pytest.raises(AnotherInterviewRuns, match="The interview with Mei is running"):
        waits(bench, luis, None)
    assert state_of(bench.store) == before


@pytest.mark.parametrize("stop", Stop)
@pytest.mark.parametrize("waits", WAYS, indirect=True)
def test_it_runs_once_the_first_is_stopped_and_one_undo_takes_both_back(
    bench: Bench, mei: Contact, luis: Contact, waits: Way, stop: Stop
) -> None:
    first = started(bench, mei)
    before = state_of(bench.store)
    bench.clock.forward(minutes=5)
    waits(bench, luis, stop)
    assert running(bench.store) == [luis.id]
    stopped = bench.store.require(Interview, first.id)
    assert (stopped.ended_at is not None, stopped.countdown.going) == (stop is Stop.END, stop is Stop.PAUSE)
    thanks = bench.store.open_of_contact(mei.id, FollowUpKind.THANK_YOU)
    assert len(thanks) == (stop is Stop.END)
    bench.services.history.undo()
    assert state_of(bench.store) == before
    bench.services.history.redo()
    assert running(bench.store) == [luis.id]


def test_one_left_running_long_ago_ends_when_it_was_most_likely_over(
    bench: Bench, mei: Contact, luis: Contact
) -> None:
    first = started(bench, mei)
    began = bench.clock.now()
    bench.clock.forward(days=1)
    bench.services.interviewing.start_now(luis.id, Stop.END)
    assert bench.store.require(Interview, first.id).ended_at == began


def test_a_talk_at_once_goes_on_with_the_meeting_that_is_under_way(bench: Bench, mei: Contact) -> None:
    first = started(bench, mei)
    bench.clock.forward(minutes=5)
    bench.services.interviewing.toggle_pause(first.id)
    bench.services.interviewing.talk_now(mei.id, TALK)
    (meeting,) = bench.store.all(Interview)
    assert (meeting.id, meeting.countdown.started_at) == (first.id, first.countdown.started_at)
    assert running(bench.store) == [mei.id]


def test_undo_does_not_let_a_second_one_run_and_can_be_tried_again(
    bench: Bench, mei: Contact, luis: Contact, library: Library
) -> None:
    bench.services.interviewing.end(started(bench, mei).id)
    there = Bench(library, store=Store([luis]), session="there")

    def apply_remote() -> None:
        bench.services.history.apply_remote([edit for change in there.saved for edit in change.edits])
        there.saved.clear()

    there.services.interviewing.start_now(luis.id)
    apply_remote()
    with pytest.raises(UndoRefused, match="The interview with Luis is running"):
        bench.services.history.undo()
    go_on(there, luis, None)
    apply_remote()
    assert bench.services.history.undo() == "end of the interview with Mei"
    assert running(bench.store) == [mei.id]


@settings(modest, max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["start", "talk", "toggle", "end", "undo", "redo"]),
            st.integers(0, 2),
            st.sampled_from([None, *Stop]),
        ),
        max_size=20,
    )
)
def test_never_do_two_run_by_what_one_session_does(
    library: Library, steps: list[tuple[str, int, Stop | None]]
) -> None:
    bench = Bench(library)
    services = bench.services
    contacts = [services.address_book.add({"name": name}) for name in ("Mei", "Luis", "Tom")]
    for step, number, stop in steps:
        bench.clock.forward(minutes=1)
        contact = contacts[number]
        meeting = services.calling.planned_meeting(contact.id)
        with suppress(AnotherInterviewRuns, UndoRefused):
            match step:
                case "start":
                    services.interviewing.start_now(contact.id, stop)
                case "talk":
                    services.interviewing.talk_now(contact.id, TALK, stop)
                case "toggle" if meeting is not None:
                    services.interviewing.toggle_pause(meeting.id, stop)
                case "end" if meeting is not None:
                    services.interviewing.end(meeting.id)
                case "undo" if bench.store.count(FollowUp) and len(bench.done) > len(contacts):
                    services.history.undo()
                case "redo":
                    services.history.redo()
        assert len(running(bench.store)) <= 1
