from __future__ import annotations

import pytest
from warmcall.config.library import Library
from warmcall.domain.records import Contact, Interview
from warmcall.domain.vocabulary import Channel, Mode, Outcome
from warmcall.services.calling import CallResult
from warmcall.services.services import Services

from tests.conftest import Bench
from tests.examples import local, only, state_of


@pytest.fixture
def mei(bench: Bench) -> Contact:
    return bench.services.address_book.add({"name": "Mei"})


@pytest.fixture
def there(bench: Bench, library: Library) -> Services:
    """Another session over the same book."""
    return Bench(library, store=bench.store, session="there").services


def meeting(bench: Bench) -> Interview:
    return only(bench.store.all(Interview))


@pytest.mark.parametrize("how", ["begun at once", "planned", "asked on the phone"])
def test_whoever_starts_an_interview_holds_it(bench: Bench, there: Services, mei: Contact, how: str) -> None:
    match how:
        case "begun at once":
            bench.services.interviewing.start_now(mei.id)
        case "planned":
            planned = bench.services.interviewing.arrange(mei.id, local("2026-11-23 14:00"), Mode.PHONE, "")
            assert planned is not None
            there.interviewing.start(planned.id)
            there.history.undo()
            bench.services.interviewing.start(planned.id)
        case _:
            bench.services.calling.record(mei.id, CallResult(outcome=Outcome.TALK_NOW, channel=Channel.PHONE))
    assert (meeting(bench).held_by, meeting(bench).held_since) == ("here", bench.clock.now())
    assert not bench.services.interview_lock.held_elsewhere(meeting(bench))
    assert there.interview_lock.held_elsewhere(meeting(bench))


def test_opening_takes_what_nobody_holds_and_leaves_what_somebody_does(
    bench: Bench, there: Services, mei: Contact
) -> None:
    bench.services.interviewing.start_now(mei.id)
    there.interview_lock.acquire(meeting(bench).id)
    assert meeting(bench).held_by == "here"
    bench.services.interview_lock.release()
    assert (meeting(bench).held_by, meeting(bench).held_since) == ("", None)
    assert not there.interview_lock.held_elsewhere(meeting(bench))
    there.interview_lock.acquire(meeting(bench).id)
    assert meeting(bench).held_by == "there"


def test_taking_over_is_one_change_that_no_undo_touches(bench: Bench, there: Services, mei: Contact) -> None:
    bench.services.interviewing.start_now(mei.id)
    bench.services.interview_notes.write(meeting(bench).id, "q", "so")
    bench.clock.forward(minutes=2)
    saved = len(bench.saved)
    there.interview_lock.take_over(meeting(bench).id)
    assert meeting(bench).held_by == "there"
    assert there.history.undo() == ""
    bench.services.interview_lock.take_over(meeting(bench).id)
    bench.services.interview_lock.release()
    assert len(bench.saved) == saved + 2
    assert bench.services.history.undo() == "notes"
    assert bench.services.history.undo() == "interview with Mei"


def test_a_session_that_ends_gives_back_only_what_it_holds(
    bench: Bench, there: Services, mei: Contact
) -> None:
    bench.services.interviewing.start_now(mei.id)
    before = state_of(bench.store)
    there.interview_lock.release()
    assert state_of(bench.store) == before


@pytest.mark.parametrize("what", ["planned", "ended", "gone"])
def test_only_an_interview_under_way_is_held(bench: Bench, there: Services, mei: Contact, what: str) -> None:
    planned = bench.services.interviewing.arrange(mei.id, local("2026-11-23 14:00"), Mode.PHONE, "")
    assert planned is not None
    if what == "ended":
        bench.services.interviewing.start(planned.id)
        bench.services.interviewing.end(planned.id)
    before = state_of(bench.store)
    there.interview_lock.take_over("gone" if what == "gone" else planned.id)
    there.interview_lock.acquire("gone" if what == "gone" else planned.id)
    assert state_of(bench.store) == before
    assert not there.interview_lock.held_elsewhere(meeting(bench))


def test_where_nothing_may_be_written_nothing_is_held_and_nothing_said(bench: Bench, mei: Contact) -> None:
    bench.services.interviewing.start_now(mei.id)
    bench.services.interview_lock.release()
    refusals: list[str] = []
    bench.services.history.on_refusal = refusals.append
    bench.services.history.read_only = "a newer warmcall wrote it"
    bench.services.interview_lock.acquire(meeting(bench).id)
    bench.services.interview_lock.take_over(meeting(bench).id)
    assert (meeting(bench).held_by, refusals) == ("", [])


def looking_on(library: Library, bench: Bench, ended: bool | None) -> Bench:
    """Return another session, which knows this much of whether the first has ended."""
    there = Bench(library, store=bench.store, session="there", has_ended=lambda _session: ended)
    there.clock.move_to(bench.clock.now())
    return there


def test_a_session_that_has_ended_holds_nothing(bench: Bench, library: Library, mei: Contact) -> None:
    bench.services.interviewing.start_now(mei.id)
    there = looking_on(library, bench, ended=True).services
    assert not there.interview_lock.held_elsewhere(meeting(bench))
    there.interview_lock.inherit(meeting(bench))
    assert meeting(bench).held_by == "there"


def test_a_session_that_lives_holds_its_interview_however_long_it_is_silent(
    bench: Bench, library: Library, mei: Contact
) -> None:
    bench.services.interviewing.start_now(mei.id)
    bench.clock.forward(days=2)
    there = looking_on(library, bench, ended=False).services
    assert there.interview_lock.held_elsewhere(meeting(bench))
    there.interview_lock.inherit(meeting(bench))
    assert meeting(bench).held_by == "here"


@pytest.mark.parametrize("sign", ["none", "a note", "taken over"])
def test_a_session_that_nothing_is_known_of_is_believed_for_an_hour_after_its_last_sign(
    bench: Bench, library: Library, mei: Contact, sign: str
) -> None:
    bench.services.interviewing.start_now(mei.id)
    if sign != "none":
        bench.clock.forward(minutes=40)
    if sign == "a note":
        bench.services.interview_notes.write(meeting(bench).id, "q", "so")
    elif sign == "taken over":
        bench.services.interview_lock.release()
        bench.services.interview_lock.take_over(meeting(bench).id)
    bench.clock.forward(minutes=60)
    there = looking_on(library, bench, ended=None)
    assert there.services.interview_lock.held_elsewhere(meeting(bench))
    there.clock.forward(seconds=1)
    assert not there.services.interview_lock.held_elsewhere(meeting(bench))


def test_what_nobody_holds_is_not_inherited(bench: Bench, there: Services, mei: Contact) -> None:
    bench.services.interviewing.start_now(mei.id)
    bench.services.interview_lock.release()
    there.interview_lock.inherit(meeting(bench))
    assert meeting(bench).held_by == ""
