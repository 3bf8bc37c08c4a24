from __future__ import annotations

import pytest

from tests.conftest import Made
from tests.examples import local, only, state_of
from tui.domain.records import Contact, FollowUp, Interview
from tui.domain.vocabulary import FollowUpKind, Mode, Stage

TWO_O_CLOCK = local("2026-11-23 14:00")


@pytest.fixture
def mei(made: Made) -> Contact:
    return made.desk.address_book.add({"name": "Mei"})


@pytest.fixture
def planned(made: Made, mei: Contact) -> Interview:
    arranged = made.desk.interviewing.arrange(mei.id, TWO_O_CLOCK, Mode.PHONE, "")
    assert arranged is not None
    return arranged


@pytest.fixture
def running(made: Made, planned: Interview) -> Interview:
    made.clock.move_to(TWO_O_CLOCK)
    made.desk.interviewing.start(planned.id)
    return planned


def meeting(made: Made) -> Interview:
    return only(made.book.all(Interview))


def owed(made: Made, mei: Contact) -> dict[FollowUpKind, FollowUp]:
    return {one.kind: one for one in made.book.of_contact(FollowUp, mei.id) if one.done_at is None}


def test_one_that_nobody_ended_ends_at_its_last_note_and_owes_thanks_from_then(
    made: Made, mei: Contact, running: Interview
) -> None:
    made.clock.forward(minutes=21)
    made.desk.interviewing.write_notes(running.id, "q", "Likes it")
    assert not made.desk.interrupted.never_ended(meeting(made))
    made.clock.move_to(local("2026-11-25 09:00"))
    made.desk.interviewing.write_notes(running.id, "q", "Likes it")
    assert made.desk.interrupted.never_ended(meeting(made))
    before, saved = state_of(made.book), len(made.saved)
    made.desk.interrupted.end_then(running.id)
    ended = meeting(made)
    assert ended.ended_at == ended.countdown.stopped_at == local("2026-11-23 14:21")
    assert owed(made, mei)[FollowUpKind.THANK_YOU].due == local("2026-11-24 14:21")
    assert made.desk.following_up.queue()[0].late.total_seconds() > 0
    assert len(made.saved) == saved + 1
    assert made.desk.history.undo() == "end of the interview with Mei"
    assert state_of(made.book) == before


def test_without_a_note_it_ends_where_it_began(made: Made, running: Interview) -> None:
    made.clock.forward(hours=3)
    made.desk.interrupted.end_then(running.id)
    assert meeting(made).ended_at == TWO_O_CLOCK


def test_one_left_in_a_pause_ends_where_it_was_paused(made: Made, running: Interview) -> None:
    made.clock.forward(minutes=10)
    made.desk.interviewing.pause_or_go_on(running.id)
    made.clock.forward(days=1)
    made.desk.interrupted.end_then(running.id)
    assert meeting(made).ended_at == meeting(made).countdown.stopped_at == local("2026-11-23 14:10")


def test_taking_it_up_again_is_a_sign_of_life(made: Made, running: Interview) -> None:
    made.clock.forward(days=1)
    assert made.desk.interrupted.never_ended(meeting(made))
    made.desk.holding.take(running.id)
    assert not made.desk.interrupted.never_ended(meeting(made))
    assert made.desk.interrupted.end_of(meeting(made)) == TWO_O_CLOCK


def test_one_held_without_the_clock_ended_after_its_minutes(
    made: Made, mei: Contact, planned: Interview
) -> None:
    made.clock.move_to(local("2026-11-23 16:00"))
    assert made.desk.interrupted.missed(meeting(made))
    before, saved = state_of(made.book), len(made.saved)
    made.desk.interrupted.took_place(planned.id)
    assert (meeting(made).ended_at, meeting(made).countdown.started) == (local("2026-11-23 14:20"), False)
    assert owed(made, mei)[FollowUpKind.THANK_YOU].due == local("2026-11-24 14:20")
    assert made.desk.address_book.stage(mei.id) is Stage.MET
    assert len(made.saved) == saved + 1
    made.desk.history.undo()
    assert state_of(made.book) == before


@pytest.mark.parametrize("call_open", [True, False])
def test_one_that_was_not_held_is_called_off_with_a_call_to_arrange_another(
    made: Made, mei: Contact, planned: Interview, call_open: bool
) -> None:
    if not call_open:
        made.desk.following_up.done(owed(made, mei)[FollowUpKind.CALL].id)
    made.clock.move_to(local("2026-11-24 16:00"))
    before, saved = state_of(made.book), len(made.saved)
    made.desk.interrupted.did_not(planned.id)
    assert meeting(made).cancelled
    open_ones = owed(made, mei)
    assert open_ones.keys() == {FollowUpKind.CALL}
    call = open_ones[FollowUpKind.CALL]
    assert (call.due, call.why) == (
        local("2026-11-24 12:00"), "not held Mon 23 Nov: arrange another day",
    )  # fmt: skip
    assert made.desk.interviewing.current(mei.id) is None
    assert len(made.saved) == saved + 1
    assert made.desk.history.undo() == "meeting with Mei called off"
    assert state_of(made.book) == before


def test_what_is_gone_or_settled_is_left_alone(made: Made, running: Interview) -> None:
    made.desk.interviewing.end(running.id)
    before = state_of(made.book)
    for id_ in ("gone", running.id):
        made.desk.interrupted.end_then(id_)
        made.desk.interrupted.took_place(id_)
        made.desk.interrupted.did_not(id_)
    assert state_of(made.book) == before
