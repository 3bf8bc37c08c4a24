from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.conftest import Made
from tests.examples import capture, local, only, state_of
from tui.domain.queue import Section
from tui.domain.records import Contact, FollowUp, Interview
from tui.domain.vocabulary import CaptureKind, FollowUpKind, Mode, Stage
from tui.services.following_up import FollowingUp, Snooze

CALL, CHECK_IN, CONFIRM = FollowUpKind.CALL, FollowUpKind.CHECK_IN, FollowUpKind.CONFIRM
OTHER, PROMISE, THANKS = FollowUpKind.OTHER, FollowUpKind.PROMISE, FollowUpKind.THANK_YOU
TELL = FollowUpKind.TELL_REFERRER
SOON = local("2026-11-25 12:00")


@pytest.fixture
def service(made: Made) -> FollowingUp:
    return made.desk.following_up


@pytest.fixture
def dana(made: Made) -> Contact:
    made.desk.targeting.save({"name": "Robin Vale", "phone": "+1 312 555 0118", "role": "Media Planner"})
    return made.desk.address_book.add({"name": "Dana Whitfield", "kind": "connector"})


@pytest.fixture
def mei(made: Made, dana: Contact) -> Contact:
    return made.desk.address_book.add({"name": "Mei Tanaka", "referrer_id": dana.id})


@pytest.fixture
def met(made: Made, mei: Contact) -> Interview:
    """A meeting that ended on Monday at 9:20, with one starred answer."""
    begun = made.desk.interviewing.begin_now(mei.id)
    assert begun is not None
    first = begun.checklist[0].id
    made.desk.interviewing.write_notes(begun.id, first, "start at a small agency.")
    made.desk.interviewing.star(begun.id, first)
    made.clock.forward(minutes=20)
    made.desk.interviewing.end(begun.id)
    return begun


def owed(made: Made, contact: Contact, *kinds: FollowUpKind) -> list[FollowUp]:
    found = made.book.of_contact(FollowUp, contact.id)
    return [one for one in found if one.done_at is None and (not kinds or one.kind in kinds)]


def get(made: Made, follow_up: FollowUp) -> FollowUp:
    found = made.book.get(FollowUp, follow_up.id)
    assert found is not None
    return found


def added(made: Made, contact: Contact, kind: FollowUpKind, note: str = "") -> FollowUp:
    known = {one.id for one in made.book.of_contact(FollowUp, contact.id)}
    made.desk.following_up.add(contact.id, kind, SOON, False, note)
    return only(one for one in made.book.of_contact(FollowUp, contact.id) if one.id not in known)


def test_the_queue_is_in_the_order_to_do_it(made: Made, mei: Contact, service: FollowingUp) -> None:
    service.add(mei.id, OTHER, local("2026-11-23 14:00"), True, "")
    service.add(mei.id, OTHER, local("2026-11-20 12:00"), False, "")
    assert [one.section for one in service.queue()] == [
        Section.OVERDUE,
        Section.TODAY,
        Section.TODAY,
        Section.COMING_UP,
    ]


def test_something_of_ones_own_is_added_edited_and_deleted(
    made: Made, mei: Contact, service: FollowingUp
) -> None:
    mine = added(made, mei, OTHER, "  ask about the club ")
    assert (mine.note, mine.due, mine.timed) == ("ask about the club", SOON, False)
    service.edit(mine.id, SOON + timedelta(hours=2), True, " ask ")
    assert (get(made, mine).note, get(made, mine).timed) == ("ask", True)
    service.delete(mine.id)
    assert made.book.get(FollowUp, mine.id) is None
    labels = [made.desk.history.undo() for _ in range(3)]
    assert labels == ["delete a follow-up", "edit", "add a follow-up"]


def test_what_is_gone_cannot_be_changed(made: Made, service: FollowingUp) -> None:
    service.edit("gone", SOON, False, "")
    service.snooze("gone", SOON, False)
    service.delete("gone")
    service.done("gone")
    service.keep_draft("gone", "", "text")
    assert service.sent("gone", "Subject", "Body") == ""
    assert made.saved == []


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
def test_snoozing_leads_to_a_whole_day(made: Made, now: str, way: Snooze, due: str) -> None:
    made.clock.move_to(local(now))
    assert made.desk.following_up.snoozed(way) == local(f"{due} 12:00")


def test_a_snooze_moves_it_in_the_queue_and_can_be_undone(
    made: Made, mei: Contact, service: FollowingUp
) -> None:
    call = only(owed(made, mei))
    before = state_of(made.book)
    service.snooze(call.id, service.snoozed(Snooze.A_WEEK), False)
    assert get(made, call).due == local("2026-11-30 12:00")
    assert made.desk.history.undo() == "snooze"
    assert state_of(made.book) == before


def test_done_takes_it_out_of_the_queue_once(made: Made, mei: Contact, service: FollowingUp) -> None:
    mine = added(made, mei, OTHER)
    made.clock.forward(hours=1)
    service.done(mine.id)
    done_at = made.clock.now()
    saved = len(made.saved)
    made.clock.forward(hours=1)
    service.done(mine.id)
    assert (get(made, mine).done_at, get(made, mine).dropped, len(made.saved)) == (done_at, False, saved)
    assert made.desk.history.undo() == "other done: Mei Tanaka"
    assert get(made, mine).done_at is None


def test_several_are_done_put_off_or_deleted_as_one_change(
    made: Made, mei: Contact, service: FollowingUp
) -> None:
    mine = [added(made, mei, kind).id for kind in (OTHER, PROMISE, CONFIRM)]
    before, saved = state_of(made.book), len(made.saved)
    acts: list[tuple[Callable[[], int], str]] = [
        (lambda: service.done_all([*mine, mine[0], "gone"]), "3 follow-ups: done"),
        (lambda: service.snooze_all(mine, SOON + timedelta(days=1), False), "3 follow-ups: snooze"),
        (lambda: service.delete_all(mine), "delete 3 follow-ups"),
    ]
    for act, label in acts:
        assert act() == 3
        assert state_of(made.book) != before
        assert made.desk.history.undo() == label
        assert state_of(made.book) == before
    assert len(made.saved) == saved + 6


def test_what_is_done_is_neither_done_again_nor_put_off(
    made: Made, mei: Contact, service: FollowingUp
) -> None:
    mine = added(made, mei, OTHER)
    service.done(mine.id)
    saved = len(made.saved)
    assert (service.done_all([mine.id]), service.snooze_all([mine.id], SOON, True)) == (0, 0)
    assert len(made.saved) == saved


@pytest.mark.parametrize(
    ("due", "until", "timed", "then"),
    [
        ("2026-11-23 14:00", "2026-11-24 12:00", False, ("2026-11-24 14:00", True)),
        ("2026-11-20 15:21", "2026-11-26 12:00", False, ("2026-11-26 15:21", True)),
        ("2026-10-30 14:00", "2026-11-30 12:00", False, ("2026-11-30 14:00", True)),
        ("2026-11-23 14:00", "2026-11-24 09:30", True, ("2026-11-24 09:30", True)),
        ("2026-11-23 14:00", "2026-11-23 12:00", False, ("2026-11-23 14:00", True)),
        ("2026-11-20 08:00", "2026-11-23 12:00", False, ("2026-11-23 12:00", False)),
    ],
)
def test_put_off_by_days_what_has_an_hour_keeps_it_unless_that_has_passed(
    made: Made, mei: Contact, service: FollowingUp, due: str, until: str, timed: bool,
    then: tuple[str, bool],
) -> None:  # fmt: skip
    service.add(mei.id, PROMISE, local(due), True, "")
    mine = only(owed(made, mei, PROMISE))
    service.snooze(mine.id, local(until), timed)
    assert (get(made, mine).due, get(made, mine).timed) == (local(then[0]), then[1])


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_thank_you_and_a_check_in_done_together_leave_one_check_in(
    made: Made, mei: Contact, met: Interview, service: FollowingUp, order: tuple[int, int]
) -> None:
    both = [only(owed(made, mei, THANKS)).id, added(made, mei, CHECK_IN).id]
    service.done_all([both[place] for place in order])
    check_in = only(owed(made, mei))
    assert (check_in.kind, check_in.due) == (CHECK_IN, local("2026-12-23 12:00"))


def test_two_check_ins_done_together_lead_to_one(made: Made, mei: Contact, service: FollowingUp) -> None:
    service.done_all([added(made, mei, CHECK_IN).id, added(made, mei, CHECK_IN).id])
    assert only(owed(made, mei, CHECK_IN)).due == local("2027-02-22 12:00")


def test_meeting_again_moves_a_check_in_that_would_come_before_its_time(made: Made, mei: Contact) -> None:
    added(made, mei, CHECK_IN)
    begun = made.desk.interviewing.begin_now(mei.id)
    assert begun is not None
    made.desk.interviewing.end(begun.id)
    check_in = only(owed(made, mei, CHECK_IN))
    assert (check_in.due, check_in.why) == (local("2026-12-23 12:00"), "30 days after you met")


def test_a_check_in_falls_on_a_business_day(
    made: Made, mei: Contact, met: Interview, service: FollowingUp
) -> None:
    service.done(only(owed(made, mei, THANKS)).id)
    made.clock.move_to(local("2027-01-04 10:00"))
    service.done(only(owed(made, mei, CHECK_IN)).id)
    assert only(owed(made, mei)).due == local("2027-04-05 12:00"), "90 days on is a Sunday"


def test_what_one_puts_in_without_a_word_has_a_reason_all_the_same(made: Made, mei: Contact) -> None:
    assert added(made, mei, OTHER).why == "added by you Mon 23 Nov"
    assert added(made, mei, OTHER, "ask about the club").why == ""


@pytest.mark.parametrize("days", [0, 1, 12])
def test_the_thank_you_starts_keeping_in_touch_30_days_after_the_meeting(
    made: Made, mei: Contact, met: Interview, service: FollowingUp, days: int
) -> None:
    thanks = only(owed(made, mei, THANKS))
    made.clock.forward(days=days)
    before, saved = state_of(made.book), len(made.saved)
    assert service.sent(thanks.id, "Thank you", "Dear Mei, thank you.") == ""
    assert len(made.saved) == saved + 1
    check_in = only(owed(made, mei))
    assert (check_in.kind, check_in.due) == (CHECK_IN, local("2026-12-23 12:00"))
    assert (check_in.why, check_in.interview_id) == ("30 days after you met", met.id)
    assert made.desk.address_book.stage(mei.id) is Stage.THANKED
    assert made.desk.history.undo() == "thank you sent: Mei Tanaka"
    assert state_of(made.book) == before


def test_the_first_check_in_leads_to_the_next_in_90_days(
    made: Made, mei: Contact, met: Interview, service: FollowingUp
) -> None:
    service.done(only(owed(made, mei, THANKS)).id)
    made.clock.move_to(local("2026-12-23 10:00"))
    service.done(only(owed(made, mei, CHECK_IN)).id)
    following = only(owed(made, mei))
    assert (following.kind, following.due) == (CHECK_IN, local("2027-03-23 12:00"))
    assert following.why == "90 days after your last word"
    assert made.desk.address_book.stage(mei.id) is Stage.IN_TOUCH


@pytest.mark.parametrize("kind", [PROMISE, TELL, CONFIRM, CALL])
def test_any_word_written_moves_the_check_in_on(
    made: Made, mei: Contact, met: Interview, service: FollowingUp, kind: FollowUpKind
) -> None:
    service.done(only(owed(made, mei, THANKS)).id)
    mine = added(made, mei, kind)
    made.clock.move_to(local("2026-12-01 10:00"))
    service.done(mine.id)
    assert only(owed(made, mei)).due == local("2027-03-01 12:00")


def test_a_second_check_in_is_not_doubled(made: Made, mei: Contact, service: FollowingUp) -> None:
    first, second = added(made, mei, CHECK_IN), added(made, mei, CHECK_IN)
    service.done(first.id)
    assert [one.id for one in owed(made, mei, CHECK_IN)] == [second.id]


def test_a_thank_you_beside_an_open_check_in_moves_that_and_adds_none(
    made: Made, mei: Contact, met: Interview, service: FollowingUp
) -> None:
    added(made, mei, CHECK_IN)
    service.done(only(owed(made, mei, THANKS)).id)
    assert [one.due for one in owed(made, mei, CHECK_IN)] == [local("2026-12-23 12:00")]


@pytest.mark.parametrize(
    ("subject", "body", "complaint"),
    [
        ("Hello ‹the day›", "Dear Mei", "Fill the gaps in ‹ › first: {message.edit} goes into the text"),
        (
            "Hello",
            "I remember ‹one thing they said›.",
            "Fill the gaps in ‹ › first: {message.edit} goes into the text",
        ),
        ("Hello", " \n ", "there is nothing in it yet"),
        ("Hello", "", "there is nothing in it yet"),
    ],
)
def test_a_message_with_a_gap_or_without_words_is_not_sent(
    made: Made, mei: Contact, service: FollowingUp, subject: str, body: str, complaint: str
) -> None:
    mine = added(made, mei, PROMISE)
    saved = len(made.saved)
    assert service.sent(mine.id, subject, body) == complaint
    assert (get(made, mine), len(made.saved)) == (mine, saved)


def test_what_was_sent_is_kept(made: Made, mei: Contact, service: FollowingUp) -> None:
    mine = added(made, mei, PROMISE)
    assert service.sent(mine.id, "The article", "Here it is.") == ""
    sent = get(made, mine)
    assert (sent.subject, sent.body, sent.done_at) == ("The article", "Here it is.", made.clock.now())


def test_a_message_is_sent_once(made: Made, mei: Contact, service: FollowingUp) -> None:
    mine = added(made, mei, PROMISE)
    service.sent(mine.id, "The article", "Here it is.")
    saved = len(made.saved)
    assert service.sent(mine.id, "Again", "Again.") == ""
    assert (get(made, mine).body, len(made.saved)) == ("Here it is.", saved)


def test_a_draft_is_kept_as_it_was_written_and_undone_as_one(
    made: Made, mei: Contact, service: FollowingUp
) -> None:
    mine = added(made, mei, PROMISE)
    for text in ("He", "Here", "Here it is ‹gap›."):
        service.keep_draft(mine.id, "The article", text)
    kept = get(made, mine)
    draft = service.draft(kept)
    assert (draft.subject, draft.body) == ("The article", "Here it is ‹gap›.")
    assert made.desk.history.undo() == "write"
    assert get(made, mine) == mine


def test_the_thank_you_is_drafted_from_what_was_starred(
    made: Made, mei: Contact, met: Interview, service: FollowingUp
) -> None:
    for one in (
        capture(CaptureKind.REFERRAL, "Teo Barlow"),
        capture(CaptureKind.PROMISE, "send you the survey"),
        capture(CaptureKind.RESUME, "keep it to one page."),
    ):
        made.desk.capturing.take_down(met.id, one)
    draft = service.draft(only(owed(made, mei, THANKS)))
    assert draft.gaps == ()
    assert draft.subject == "Thank you for Monday"
    for part in (
        "Dear Mei,", "start at a small agency.", "Teo Barlow", "I'll send you the survey", "Robin Vale",
        "I'll take your advice: keep it to one page.",
    ):  # fmt: skip
        assert part in draft.body


def test_whoever_named_them_hears_about_the_person_and_what_they_said(
    made: Made, dana: Contact, met: Interview, service: FollowingUp
) -> None:
    draft = service.draft(only(owed(made, dana, TELL)))
    assert draft.gaps == ()
    assert draft.subject == "I spoke with Mei"
    for part in ("Dear Dana,", "Mei Tanaka", "start at a small agency"):
        assert part in draft.body


def test_a_check_in_is_drafted_from_its_reason_and_the_last_meeting(
    made: Made, mei: Contact, met: Interview, service: FollowingUp
) -> None:
    draft = service.draft(added(made, mei, CHECK_IN, "I went to the Media Club."))
    assert draft.gaps == ()
    assert "Here's why I'm writing: I went to the Media Club." in draft.body
    assert "start at a small agency" in draft.body
    assert service.draft(added(made, mei, CHECK_IN)).gaps == ("follow_up.note",)


def test_a_confirmation_names_the_meeting_it_is_about(made: Made, mei: Contact, service: FollowingUp) -> None:
    made.desk.interviewing.arrange(mei.id, local("2026-12-03 14:00"), Mode.VIDEO, "https://meet.example.com")
    draft = service.draft(only(owed(made, mei, CONFIRM)))
    assert draft.gaps == ()
    for part in ("Thursday 3 December", "14:00", "by video", "https://meet.example.com", "twenty minutes"):
        assert part in draft.body


def test_what_is_not_written_has_an_empty_draft(made: Made, mei: Contact, service: FollowingUp) -> None:
    draft = service.draft(only(owed(made, mei, CALL)))
    assert (draft.subject, draft.body, draft.gaps) == ("", "", ())


def test_a_draft_to_somebody_who_is_gone_is_empty(made: Made, mei: Contact, service: FollowingUp) -> None:
    mine = added(made, mei, PROMISE)
    made.desk.address_book.delete(mei.id)
    assert service.draft(mine).body == ""


def test_values_without_a_meeting_leave_its_gaps(made: Made, mei: Contact, service: FollowingUp) -> None:
    values = service.values(mei)
    assert values["contact.name"] == "Mei Tanaka"
    assert not [name for name in values if name.startswith("meeting.")]
