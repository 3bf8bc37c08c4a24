from __future__ import annotations

import pytest
from warmcall.domain.records import Contact, FollowUp, Interview
from warmcall.domain.vocabulary import FollowUpKind, Mode, Stage

from tests.conftest import Bench
from tests.examples import local, only, state_of, when

TWO_O_CLOCK = local("2026-11-23 14:00")


@pytest.fixture
def mei(bench: Bench) -> Contact:
    return bench.services.address_book.add({"name": "Mei"})


@pytest.fixture
def planned(bench: Bench, mei: Contact) -> Interview:
    arranged = bench.services.interviewing.arrange(mei.id, TWO_O_CLOCK, Mode.PHONE, "")
    assert arranged is not None
    return arranged


@pytest.fixture
def running(bench: Bench, planned: Interview) -> Interview:
    bench.clock.move_to(TWO_O_CLOCK)
    bench.services.interviewing.start(planned.id)
    return planned


def meeting(bench: Bench) -> Interview:
    return only(bench.store.all(Interview))


def owed(bench: Bench, mei: Contact) -> dict[FollowUpKind, FollowUp]:
    return {
        follow_up.kind: follow_up
        for follow_up in bench.store.of_contact(FollowUp, mei.id)
        if follow_up.done_at is None
    }


def test_one_that_nobody_ended_ends_at_its_last_note_and_owes_thanks_from_then(
    bench: Bench, mei: Contact, running: Interview
) -> None:
    bench.clock.forward(minutes=21)
    bench.services.interview_notes.write(running.id, "q", "Likes it")
    assert not bench.services.unfinished_interviews.left_running(meeting(bench))
    bench.clock.move_to(local("2026-11-25 09:00"))
    bench.services.interview_notes.write(running.id, "q", "Likes it")
    assert bench.services.unfinished_interviews.left_running(meeting(bench))
    before, saved = state_of(bench.store), len(bench.saved)
    bench.services.unfinished_interviews.end_as_presumed(running.id)
    ended = meeting(bench)
    assert ended.ended_at == ended.countdown.stopped_at == local("2026-11-23 14:21")
    assert owed(bench, mei)[FollowUpKind.THANK_YOU].due == when("2026-11-24 14:21")
    assert bench.services.queue.entries()[0].late.total_seconds() > 0
    assert len(bench.saved) == saved + 1
    assert bench.services.history.undo() == "end of the interview with Mei"
    assert state_of(bench.store) == before


def test_without_a_note_it_ends_where_it_began(bench: Bench, running: Interview) -> None:
    bench.clock.forward(hours=3)
    bench.services.unfinished_interviews.end_as_presumed(running.id)
    assert meeting(bench).ended_at == TWO_O_CLOCK


def test_one_left_in_a_pause_ends_where_it_was_paused(bench: Bench, running: Interview) -> None:
    bench.clock.forward(minutes=10)
    bench.services.interviewing.toggle_pause(running.id)
    bench.clock.forward(days=1)
    bench.services.unfinished_interviews.end_as_presumed(running.id)
    assert meeting(bench).ended_at == meeting(bench).countdown.stopped_at == local("2026-11-23 14:10")


def test_taking_it_up_again_is_a_sign_of_life(bench: Bench, running: Interview) -> None:
    bench.clock.forward(days=1)
    assert bench.services.unfinished_interviews.left_running(meeting(bench))
    bench.services.interview_lock.take_over(running.id)
    assert not bench.services.unfinished_interviews.left_running(meeting(bench))
    assert bench.services.unfinished_interviews.presumed_end(meeting(bench)) == TWO_O_CLOCK


def test_one_held_without_the_clock_ended_after_its_minutes(
    bench: Bench, mei: Contact, planned: Interview
) -> None:
    bench.clock.move_to(local("2026-11-23 16:00"))
    assert bench.services.unfinished_interviews.missed(meeting(bench))
    before, saved = state_of(bench.store), len(bench.saved)
    bench.services.unfinished_interviews.record_held(planned.id)
    assert (meeting(bench).ended_at, meeting(bench).countdown.started) == (local("2026-11-23 14:20"), False)
    assert owed(bench, mei)[FollowUpKind.THANK_YOU].due == when("2026-11-24 14:20")
    assert bench.services.address_book.stage(mei.id) is Stage.MET
    assert len(bench.saved) == saved + 1
    bench.services.history.undo()
    assert state_of(bench.store) == before


@pytest.mark.parametrize("call_open", [True, False])
def test_one_that_was_not_held_is_called_off_with_a_call_to_arrange_another(
    bench: Bench, mei: Contact, planned: Interview, call_open: bool
) -> None:
    if not call_open:
        bench.services.following_up.done(owed(bench, mei)[FollowUpKind.CALL].id)
    bench.clock.move_to(local("2026-11-24 16:00"))
    before, saved = state_of(bench.store), len(bench.saved)
    bench.services.unfinished_interviews.record_not_held(planned.id)
    assert meeting(bench).cancelled
    open_ones = owed(bench, mei)
    assert open_ones.keys() == {FollowUpKind.CALL}
    call = open_ones[FollowUpKind.CALL]
    assert (call.due, call.why) == (
        when("2026-11-24"), "not held Mon 23 Nov: arrange another day",
    )  # fmt: skip
    assert bench.services.interviewing.current(mei.id) is None
    assert len(bench.saved) == saved + 1
    assert bench.services.history.undo() == "interview with Mei called off"
    assert state_of(bench.store) == before


def test_what_is_gone_or_settled_is_left_alone(bench: Bench, running: Interview) -> None:
    bench.services.interviewing.end(running.id)
    before = state_of(bench.store)
    for id_ in ("gone", running.id):
        bench.services.unfinished_interviews.end_as_presumed(id_)
        bench.services.unfinished_interviews.record_held(id_)
        bench.services.unfinished_interviews.record_not_held(id_)
    assert state_of(bench.store) == before
