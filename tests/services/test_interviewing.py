from __future__ import annotations

from datetime import timedelta

import pytest
from warmcall.domain.records import Contact, Debrief, FollowUp, Interview
from warmcall.domain.vocabulary import Channel, FollowUpKind, Mode, Outcome, QuestionState, Stage
from warmcall.domain.when import When
from warmcall.services.calling import CallResult
from warmcall.services.interviewing import Interviewing

from tests.conftest import Bench
from tests.examples import local, only, state_of, when
from tests.services.follow_ups import now_is, owed

CALL, CONFIRM, INTERVIEW = FollowUpKind.CALL, FollowUpKind.CONFIRM, FollowUpKind.INTERVIEW
PROMISE, REPORT, THANKS = FollowUpKind.PROMISE, FollowUpKind.TELL_REFERRER, FollowUpKind.THANK_YOU
THURSDAY = local("2026-12-03 14:00")


@pytest.fixture
def dana(bench: Bench) -> Contact:
    return bench.services.address_book.add({"name": "Dana", "kind": "connector"})


@pytest.fixture
def mei(bench: Bench, dana: Contact) -> Contact:
    return bench.services.address_book.add({"name": "Mei", "referrer_id": dana.id})


@pytest.fixture
def meeting(bench: Bench, mei: Contact) -> Interview:
    arranged = bench.services.interviewing.arrange(mei.id, THURSDAY, Mode.VIDEO, "https://meet.example.com")
    assert arranged is not None
    return arranged


@pytest.fixture
def service(bench: Bench) -> Interviewing:
    return bench.services.interviewing


def test_a_meeting_is_arranged_with_all_it_owes(bench: Bench, mei: Contact, meeting: Interview) -> None:
    assert (meeting.at, meeting.mode, meeting.place) == (THURSDAY, Mode.VIDEO, "https://meet.example.com")
    assert [follow_up.kind for follow_up in owed(bench, mei)] == [CALL, INTERVIEW, CONFIRM]
    assert bench.services.address_book.stage(mei.id) is Stage.SCHEDULED
    assert bench.services.history.undo() == "interview with Mei"
    assert bench.store.count(Interview) == 0


def test_arranging_again_moves_the_meeting(bench: Bench, mei: Contact, meeting: Interview) -> None:
    later = THURSDAY + timedelta(days=1)
    moved = bench.services.interviewing.arrange(mei.id, later, Mode.PHONE, "")
    assert moved is not None
    assert (moved.id, moved.at, bench.store.count(Interview)) == (meeting.id, later, 1)
    assert [follow_up.due for follow_up in owed(bench, mei, INTERVIEW)] == [When(later)]


def test_a_meeting_needs_somebody_to_meet(service: Interviewing) -> None:
    assert service.arrange("gone", THURSDAY, Mode.PHONE, "") is None
    assert service.start_now("gone") is None
    assert service.current("gone") is None
    with pytest.raises(KeyError):
        service.start("gone")


def test_the_meeting_to_show_is_the_planned_one_else_the_last(
    bench: Bench, mei: Contact, meeting: Interview, service: Interviewing
) -> None:
    assert service.current(mei.id) == meeting
    service.start(meeting.id)
    service.end(meeting.id)
    assert service.current(mei.id) == now_is(bench, meeting)
    again = service.arrange(mei.id, THURSDAY + timedelta(days=30), Mode.PHONE, "")
    assert service.current(mei.id) == again


def test_starting_begins_at_the_first_open_question(
    bench: Bench, meeting: Interview, service: Interviewing
) -> None:
    bench.services.checklists.mark(meeting.id, meeting.checklist[0].id, QuestionState.SKIPPED)
    service.start(meeting.id)
    started = now_is(bench, meeting)
    assert (started.current, started.countdown.started_at) == (meeting.checklist[1].id, bench.clock.now())


def test_starting_again_changes_nothing(bench: Bench, meeting: Interview, service: Interviewing) -> None:
    service.start(meeting.id)
    started, saved = now_is(bench, meeting), len(bench.saved)
    bench.clock.forward(minutes=3)
    service.start(meeting.id)
    assert (now_is(bench, meeting), len(bench.saved)) == (started, saved)


def test_a_pause_does_not_count_and_more_minutes_do(
    bench: Bench, meeting: Interview, service: Interviewing
) -> None:
    service.start(meeting.id)
    bench.clock.forward(minutes=5)
    service.toggle_pause(meeting.id)
    assert now_is(bench, meeting).countdown.paused
    bench.clock.forward(hours=2)
    service.toggle_pause(meeting.id)
    bench.clock.forward(minutes=1)
    service.extend(meeting.id)
    countdown = now_is(bench, meeting).countdown
    assert countdown.spent(bench.clock.now()) == timedelta(minutes=6)
    assert countdown.left(bench.clock.now()) == timedelta(minutes=19)
    assert [bench.services.history.undo() for _ in range(3)] == ["5 more minutes", "resume", "pause"]


def test_a_meeting_that_was_not_planned_begins_at_once(
    bench: Bench, mei: Contact, service: Interviewing
) -> None:
    saved = len(bench.saved)
    started = service.start_now(mei.id)
    assert started is not None
    assert started == bench.store.running()
    assert (started.at, started.mode, started.countdown.started_at) == (
        bench.clock.now(),
        Mode.PHONE,
        bench.clock.now(),
    )
    assert len(bench.saved) == saved + 1


def test_preparation_is_ticked_and_unticked(bench: Bench, meeting: Interview, service: Interviewing) -> None:
    service.toggle_prepared(meeting.id, "dressed")
    service.toggle_prepared(meeting.id, "link-tested")
    service.toggle_prepared(meeting.id, "dressed")
    assert now_is(bench, meeting).prepared == ("link-tested",)


def test_the_end_owes_thanks_within_24_hours_and_a_word_to_whoever_named_them(
    bench: Bench, dana: Contact, mei: Contact, meeting: Interview, service: Interviewing
) -> None:
    bench.clock.move_to(THURSDAY)
    service.start(meeting.id)
    bench.clock.forward(minutes=21)
    before, saved = state_of(bench.store), len(bench.saved)
    service.end(meeting.id)
    assert len(bench.saved) == saved + 1
    ended = now_is(bench, meeting)
    assert (ended.ended_at, ended.countdown.stopped_at) == (bench.clock.now(), bench.clock.now())
    assert not ended.countdown.going
    thanks = only(owed(bench, mei))
    assert (thanks.kind, thanks.interview_id) == (THANKS, meeting.id)
    assert thanks.due == When(bench.clock.now() + timedelta(hours=24))
    report = only(owed(bench, dana, REPORT))
    assert (report.due, report.about_id, report.interview_id) == (
        when("2026-12-04"),
        mei.id,
        meeting.id,
    )
    assert bench.services.address_book.stage(mei.id) is Stage.MET
    assert bench.services.history.undo() == "end of the interview with Mei"
    assert state_of(bench.store) == before


def test_the_end_settles_the_meeting_and_drops_what_is_idle(
    bench: Bench, mei: Contact, meeting: Interview, service: Interviewing
) -> None:
    service.start(meeting.id)
    service.end(meeting.id)
    closed = {
        follow_up.kind: follow_up.dropped
        for follow_up in bench.store.of_contact(FollowUp, mei.id)
        if follow_up.done_at
    }
    assert closed == {CALL: False, INTERVIEW: False, CONFIRM: True}


def test_no_word_to_a_referrer_is_owed_where_nobody_named_them(
    bench: Bench, service: Interviewing, dana: Contact
) -> None:
    started = service.start_now(dana.id)
    assert started is not None
    service.end(started.id)
    assert [follow_up.kind for follow_up in owed(bench, dana)] == [THANKS]
    assert (
        only(follow_up for follow_up in bench.store.all(FollowUp) if follow_up.done_at is None).contact_id
        == dana.id
    )


def test_the_end_moves_a_check_in_later_and_never_nearer(
    bench: Bench, mei: Contact, meeting: Interview, service: Interviewing
) -> None:
    near, far = when("2026-12-04"), when("2027-06-01")
    order_of = bench.services.time.calendar.order_of
    for due in (near, far):
        bench.services.following_up.add(mei.id, FollowUpKind.CHECK_IN, due, "")
    service.start(meeting.id)
    service.end(meeting.id)
    check_ins = owed(bench, mei, FollowUpKind.CHECK_IN)
    moved, kept = sorted((follow_up.due for follow_up in check_ins), key=order_of)
    assert order_of(near) < order_of(moved) < order_of(far)
    assert kept == far


def test_the_end_leaves_a_check_in_that_is_done(
    bench: Bench, mei: Contact, meeting: Interview, service: Interviewing
) -> None:
    due = when("2026-12-04")
    bench.services.following_up.add(mei.id, FollowUpKind.CHECK_IN, due, "")
    check_in = only(owed(bench, mei, FollowUpKind.CHECK_IN))
    bench.services.following_up.done(check_in.id)
    done = bench.store.get(FollowUp, check_in.id)
    service.start(meeting.id)
    service.end(meeting.id)
    assert bench.store.get(FollowUp, check_in.id) == done


def test_a_meeting_ends_once(bench: Bench, meeting: Interview, service: Interviewing) -> None:
    service.start(meeting.id)
    service.end(meeting.id)
    saved = len(bench.saved)
    bench.clock.forward(minutes=5)
    service.end(meeting.id)
    assert len(bench.saved) == saved


def test_a_meeting_whose_contact_was_deleted_cannot_end(
    bench: Bench, mei: Contact, meeting: Interview, service: Interviewing
) -> None:
    bench.services.address_book.delete(mei.id)
    with pytest.raises(KeyError):
        service.end(meeting.id)


def test_what_was_learned_is_kept(bench: Bench, meeting: Interview, service: Interviewing) -> None:
    debrief = Debrief(
        learned="They revise all day.", changes="Agencies only.", next="Teo", fit=4, confidence=3
    )
    service.debrief(meeting.id, debrief)
    assert now_is(bench, meeting).debrief == debrief


def test_a_debrief_is_undone_field_by_field(bench: Bench, meeting: Interview, service: Interviewing) -> None:
    for debrief in (
        Debrief(learned="They"), Debrief(learned="They revise"), Debrief(learned="They revise", fit=4),
    ):  # fmt: skip
        service.debrief(meeting.id, debrief)
    assert bench.services.history.undo() == "debrief"
    assert now_is(bench, meeting).debrief == Debrief(learned="They revise")
    bench.services.history.undo()
    assert now_is(bench, meeting).debrief == Debrief()


def test_a_talk_can_follow_a_call_to_its_end(bench: Bench, mei: Contact, service: Interviewing) -> None:
    ending = bench.services.calling.record(
        mei.id, CallResult(outcome=Outcome.TALK_NOW, channel=Channel.PHONE)
    )
    assert ending.interview is not None
    bench.clock.forward(minutes=10)
    service.end(ending.interview.id)
    assert [follow_up.kind for follow_up in owed(bench, mei)] == [THANKS]
