from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from warmcall.domain.queue import Section
from warmcall.domain.records import Contact, FollowUp, Interview
from warmcall.domain.vocabulary import FollowUpKind, Mode, Stage
from warmcall.domain.when import When
from warmcall.services.following_up import FollowingUp, Snooze

from tests.conftest import Bench
from tests.examples import local, only, state_of, when
from tests.services.follow_ups import SOON, added, get, owed

CALL, CHECK_IN, CONFIRM = FollowUpKind.CALL, FollowUpKind.CHECK_IN, FollowUpKind.CONFIRM
OTHER, PROMISE, THANKS = FollowUpKind.OTHER, FollowUpKind.PROMISE, FollowUpKind.THANK_YOU
REPORT = FollowUpKind.TELL_REFERRER


@pytest.fixture
def service(bench: Bench) -> FollowingUp:
    return bench.services.following_up


def test_the_queue_is_in_the_order_to_do_it(bench: Bench, mei: Contact, service: FollowingUp) -> None:
    service.add(mei.id, OTHER, when("2026-11-23 14:00"), "")
    service.add(mei.id, OTHER, when("2026-11-20"), "")
    assert [entry.section for entry in bench.services.queue.entries()] == [
        Section.OVERDUE,
        Section.TODAY,
        Section.TODAY,
        Section.COMING_UP,
    ]


def test_a_follow_up_of_the_user_is_added_edited_and_deleted(
    bench: Bench, mei: Contact, service: FollowingUp
) -> None:
    mine = added(bench, mei, OTHER, "  ask about the club ")
    assert (mine.note, mine.due) == ("ask about the club", SOON)
    service.edit(mine.id, when("2026-11-25 14:00"), " ask ")
    assert (get(bench, mine).note, get(bench, mine).due) == ("ask", when("2026-11-25 14:00"))
    service.delete(mine.id)
    assert bench.store.get(FollowUp, mine.id) is None
    labels = [bench.services.history.undo() for _ in range(3)]
    assert labels == ["delete a follow-up", "edit", "add a follow-up"]


def test_what_is_gone_cannot_be_changed(bench: Bench, service: FollowingUp) -> None:
    service.edit("gone", SOON, "")
    service.snooze("gone", SOON)
    service.delete("gone")
    service.done("gone")
    service.keep_draft("gone", "", "text")
    assert service.sent("gone", "Subject", "Body") == ""
    assert bench.saved == []


@pytest.mark.parametrize(
    ("now", "way", "due"),
    [
        ("2026-11-23 09:00", Snooze.TOMORROW, "2026-11-24"),
        ("2026-11-27 18:00", Snooze.TOMORROW, "2026-11-28"),
        ("2026-11-23 09:00", Snooze.THREE_BUSINESS_DAYS, "2026-11-26"),
        ("2026-11-25 23:30", Snooze.THREE_BUSINESS_DAYS, "2026-11-30"),
        ("2026-11-28 09:00", Snooze.THREE_BUSINESS_DAYS, "2026-12-03"),
        ("2026-11-23 09:00", Snooze.A_WEEK, "2026-11-30"),
        ("2026-12-28 09:00", Snooze.A_WEEK, "2027-01-04"),
    ],
)
def test_snoozing_leads_to_a_whole_day(bench: Bench, now: str, way: Snooze, due: str) -> None:
    bench.clock.move_to(local(now))
    assert bench.services.following_up.snooze_day(way) == date.fromisoformat(due)


def test_a_snooze_moves_it_in_the_queue_and_can_be_undone(
    bench: Bench, mei: Contact, service: FollowingUp
) -> None:
    call = only(owed(bench, mei))
    before = state_of(bench.store)
    service.snooze(call.id, When(service.snooze_day(Snooze.A_WEEK)))
    assert get(bench, call).due == when("2026-11-30")
    assert bench.services.history.undo() == "snooze"
    assert state_of(bench.store) == before


def test_done_takes_it_out_of_the_queue_once(bench: Bench, mei: Contact, service: FollowingUp) -> None:
    mine = added(bench, mei, OTHER)
    bench.clock.forward(hours=1)
    service.done(mine.id)
    done_at = bench.clock.now()
    saved = len(bench.saved)
    bench.clock.forward(hours=1)
    service.done(mine.id)
    assert (get(bench, mine).done_at, get(bench, mine).dropped, len(bench.saved)) == (done_at, False, saved)
    assert bench.services.history.undo() == "other done: Mei Tanaka"
    assert get(bench, mine).done_at is None


def test_several_are_done_put_off_or_deleted_as_one_change(
    bench: Bench, mei: Contact, service: FollowingUp
) -> None:
    mine = [added(bench, mei, kind).id for kind in (OTHER, PROMISE, CONFIRM)]
    before, saved = state_of(bench.store), len(bench.saved)
    acts: list[tuple[Callable[[], int], str]] = [
        (lambda: service.complete_all([*mine, mine[0], "gone"]), "3 follow-ups: done"),
        (lambda: service.snooze_all(mine, when("2026-11-26")), "3 follow-ups: snooze"),
        (lambda: service.delete_all(mine), "delete 3 follow-ups"),
    ]
    for act, label in acts:
        assert act() == 3
        assert state_of(bench.store) != before
        assert bench.services.history.undo() == label
        assert state_of(bench.store) == before
    assert len(bench.saved) == saved + 6


def test_what_is_done_is_neither_done_again_nor_put_off(
    bench: Bench, mei: Contact, service: FollowingUp
) -> None:
    mine = added(bench, mei, OTHER)
    service.done(mine.id)
    saved = len(bench.saved)
    assert (service.complete_all([mine.id]), service.snooze_all([mine.id], SOON)) == (0, 0)
    assert len(bench.saved) == saved


@pytest.mark.parametrize(
    ("due", "until", "then"),
    [
        ("2026-11-23 14:00", "2026-11-24", "2026-11-24 14:00"),
        ("2026-11-20 15:21", "2026-11-26", "2026-11-26 15:21"),
        ("2026-10-30 14:00", "2026-11-30", "2026-11-30 14:00"),
        ("2026-11-23 14:00", "2026-11-24 09:30", "2026-11-24 09:30"),
        ("2026-11-23 14:00", "2026-11-23", "2026-11-23 14:00"),
        ("2026-11-20 08:00", "2026-11-23", "2026-11-23"),
    ],
)
def test_put_off_by_days_what_has_an_hour_keeps_it_unless_that_has_passed(
    bench: Bench, mei: Contact, service: FollowingUp, due: str, until: str, then: str
) -> None:  # fmt: skip
    service.add(mei.id, PROMISE, when(due), "")
    mine = only(owed(bench, mei, PROMISE))
    service.snooze(mine.id, when(until))
    assert get(bench, mine).due == when(then)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_thank_you_and_a_check_in_done_together_leave_one_check_in(
    bench: Bench, mei: Contact, met: Interview, service: FollowingUp, order: tuple[int, int]
) -> None:
    both = [only(owed(bench, mei, THANKS)).id, added(bench, mei, CHECK_IN).id]
    service.complete_all([both[place] for place in order])
    check_in = only(owed(bench, mei))
    assert (check_in.kind, check_in.due) == (CHECK_IN, when("2026-12-23"))


def test_two_check_ins_done_together_lead_to_one(bench: Bench, mei: Contact, service: FollowingUp) -> None:
    service.complete_all([added(bench, mei, CHECK_IN).id, added(bench, mei, CHECK_IN).id])
    assert only(owed(bench, mei, CHECK_IN)).due == when("2027-02-22")


def test_meeting_again_moves_a_check_in_that_would_come_before_its_time(bench: Bench, mei: Contact) -> None:
    added(bench, mei, CHECK_IN)
    started = bench.services.interviewing.start_now(mei.id)
    assert started is not None
    bench.services.interviewing.end(started.id)
    check_in = only(owed(bench, mei, CHECK_IN))
    assert (check_in.due, check_in.why) == (when("2026-12-23"), "30 days after you met")


def test_a_check_in_falls_on_a_business_day(
    bench: Bench, mei: Contact, met: Interview, service: FollowingUp
) -> None:
    service.done(only(owed(bench, mei, THANKS)).id)
    bench.clock.move_to(local("2027-01-04 10:00"))
    service.done(only(owed(bench, mei, CHECK_IN)).id)
    assert only(owed(bench, mei)).due == when("2027-04-05"), "90 days on is a Sunday"


def test_what_one_puts_in_without_a_word_has_a_reason_all_the_same(bench: Bench, mei: Contact) -> None:
    assert added(bench, mei, OTHER).why == "added by you Mon 23 Nov"
    assert added(bench, mei, OTHER, "ask about the club").why == ""


@pytest.mark.parametrize("days", [0, 1, 12])
def test_the_thank_you_starts_keeping_in_touch_30_days_after_the_meeting(
    bench: Bench, mei: Contact, met: Interview, service: FollowingUp, days: int
) -> None:
    thanks = only(owed(bench, mei, THANKS))
    bench.clock.forward(days=days)
    before, saved = state_of(bench.store), len(bench.saved)
    assert service.sent(thanks.id, "Thank you", "Dear Mei, thank you.") == ""
    assert len(bench.saved) == saved + 1
    check_in = only(owed(bench, mei))
    assert (check_in.kind, check_in.due) == (CHECK_IN, when("2026-12-23"))
    assert (check_in.why, check_in.interview_id) == ("30 days after you met", met.id)
    assert bench.services.address_book.stage(mei.id) is Stage.THANKED
    assert bench.services.history.undo() == "thank you sent: Mei Tanaka"
    assert state_of(bench.store) == before


def test_the_first_check_in_leads_to_the_next_in_90_days(
    bench: Bench, mei: Contact, met: Interview, service: FollowingUp
) -> None:
    service.done(only(owed(bench, mei, THANKS)).id)
    bench.clock.move_to(local("2026-12-23 10:00"))
    service.done(only(owed(bench, mei, CHECK_IN)).id)
    following = only(owed(bench, mei))
    assert (following.kind, following.due) == (CHECK_IN, when("2027-03-23"))
    assert following.why == "90 days after your last word"
    assert bench.services.address_book.stage(mei.id) is Stage.IN_TOUCH


@pytest.mark.parametrize("kind", [PROMISE, REPORT, CONFIRM, CALL])
def test_any_word_written_moves_the_check_in_on(
    bench: Bench, mei: Contact, met: Interview, service: FollowingUp, kind: FollowUpKind
) -> None:
    service.done(only(owed(bench, mei, THANKS)).id)
    mine = added(bench, mei, kind)
    bench.clock.move_to(local("2026-12-01 10:00"))
    service.done(mine.id)
    assert only(owed(bench, mei)).due == when("2026-12-31")


def test_a_second_check_in_is_not_doubled(bench: Bench, mei: Contact, service: FollowingUp) -> None:
    first, second = added(bench, mei, CHECK_IN), added(bench, mei, CHECK_IN)
    service.done(first.id)
    assert [follow_up.id for follow_up in owed(bench, mei, CHECK_IN)] == [second.id]


def test_a_thank_you_beside_an_open_check_in_moves_that_and_adds_none(
    bench: Bench, mei: Contact, met: Interview, service: FollowingUp
) -> None:
    added(bench, mei, CHECK_IN)
    service.done(only(owed(bench, mei, THANKS)).id)
    assert [follow_up.due for follow_up in owed(bench, mei, CHECK_IN)] == [when("2026-12-23")]


@pytest.mark.parametrize(
    ("subject", "body", "complaint"),
    [
        (
            "Hello ‹the day›",
            "Dear Mei",
            "Say ‹the day› in your own words first: {message.gap} goes to it",
        ),
        (
            "Hello",
            "I remember ‹one thing they said›.",
            "Say ‹one thing they said› in your own words first: {message.gap} goes to it",
        ),
        ("Hello", " \n ", "there is nothing in it yet"),
        ("Hello", "", "there is nothing in it yet"),
    ],
)
def test_a_message_with_a_gap_or_without_words_is_not_sent(
    bench: Bench, mei: Contact, service: FollowingUp, subject: str, body: str, complaint: str
) -> None:
    mine = added(bench, mei, PROMISE)
    saved = len(bench.saved)
    assert service.sent(mine.id, subject, body) == complaint
    assert (get(bench, mine), len(bench.saved)) == (mine, saved)


def test_what_was_sent_is_kept(bench: Bench, mei: Contact, service: FollowingUp) -> None:
    mine = added(bench, mei, PROMISE)
    assert service.sent(mine.id, "The article", "Here it is.") == ""
    sent = get(bench, mine)
    assert (sent.subject, sent.body, sent.done_at) == ("The article", "Here it is.", bench.clock.now())


def test_a_message_is_sent_once(bench: Bench, mei: Contact, service: FollowingUp) -> None:
    mine = added(bench, mei, PROMISE)
    service.sent(mine.id, "The article", "Here it is.")
    saved = len(bench.saved)
    assert service.sent(mine.id, "Again", "Again.") == ""
    assert (get(bench, mine).body, len(bench.saved)) == ("Here it is.", saved)


def test_the_first_call_in_the_queue_says_who_is_next_to_call(
    bench: Bench, dana: Contact, mei: Contact, service: FollowingUp
) -> None:
    for person in (dana, mei):
        assert service.next_to_call() == person.id
        service.done(only(owed(bench, person, CALL)).id)
    assert service.next_to_call() == ""


def test_the_next_meeting_is_the_one_going_on_else_the_first_in_the_queue(
    bench: Bench, mei: Contact, service: FollowingUp
) -> None:
    assert service.next_meeting() == ("", "")
    arranged = [
        bench.services.interviewing.arrange(person.id, local(at), Mode.PHONE, "")
        for person, at in (
            (bench.services.address_book.add({"name": "Ana"}), "2026-12-04 14:00"),
            (mei, "2026-12-03 14:00"),
        )
    ]
    later, sooner = (meeting for meeting in arranged if meeting is not None)
    assert service.next_meeting() == (mei.id, sooner.id)
    bench.services.interviewing.start(later.id)
    assert service.next_meeting() == (later.contact_id, later.id)
