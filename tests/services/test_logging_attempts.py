from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import CHICAGO, Made
from tests.examples import local, modest, only, state_of
from tui.domain.records import Attempt, Contact, FollowUp, Interview
from tui.domain.vocabulary import Channel, DayPart, FollowUpKind, Mode, Outcome, Stage
from tui.services.calling import CallEnd
from tui.storage.config import Config
from tui.storage.library import Library

CALL, OTHER = FollowUpKind.CALL, FollowUpKind.OTHER
YESTERDAY, FRIDAY, LONG_AGO = local("2026-11-22 10:15"), local("2026-11-20 10:15"), local("2026-10-01 16:00")
UNANSWERED = "no answer to what you wrote Fri 20 Nov"
HOLIDAY = "; Thu 26 Nov is a holiday"
MOVED = "; on a weekend, so it counts from Mon 23 Nov"
THURSDAY = local("2026-12-03 14:00")

VOICEMAIL = CallEnd(outcome=Outcome.VOICEMAIL, channel=Channel.VOICEMAIL, made_at=FRIDAY, note="left a word")
ENDS = [
    CallEnd(outcome=Outcome.SCHEDULED, at=THURSDAY, mode=Mode.VIDEO, made_at=FRIDAY),
    CallEnd(outcome=Outcome.TALK_NOW, made_at=FRIDAY),
    VOICEMAIL,
    CallEnd(outcome=Outcome.NO_ANSWER, made_at=FRIDAY),
    CallEnd(outcome=Outcome.CALL_BACK, at=THURSDAY, made_at=FRIDAY),
    CallEnd(outcome=Outcome.SENT, channel=Channel.EMAIL, made_at=FRIDAY),
    CallEnd(outcome=Outcome.REPLIED, channel=Channel.EMAIL, made_at=FRIDAY),
    CallEnd(outcome=Outcome.DECLINED, made_at=FRIDAY),
    CallEnd(outcome=Outcome.REFERRED, person="Mei Tanaka", made_at=FRIDAY),
    CallEnd(outcome=Outcome.WRONG_NUMBER, made_at=FRIDAY),
]
every_end = pytest.mark.parametrize("end", ENDS, ids=lambda end: end.outcome)


@pytest.fixture
def made(library: Library) -> Made:
    """A desk in the United States on Monday 23 November 2026, 9:00, three days before a holiday."""
    return Made(library, Config(country="US"), CHICAGO)


@pytest.fixture
def luis(made: Made) -> Contact:
    return made.desk.address_book.add(
        {"name": "Luis", "organization": "Parkway", "phone": "+1 312 555 0142", "kind": "hiring_manager"}
    )


def open_ones(made: Made, contact: Contact) -> list[FollowUp]:
    return [one for one in made.book.of_contact(FollowUp, contact.id) if one.done_at is None]


def owed(made: Made, contact: Contact) -> list[tuple[FollowUpKind, str, str]]:
    """Return what is open: its kind, its day, and why it is there."""
    calendar = made.desk.time.calendar
    return [(one.kind, f"{calendar.day_of(one.due)}", one.why) for one in open_ones(made, contact)]


def last(made: Made, contact: Contact) -> Attempt:
    return made.desk.calling.attempts(contact.id)[-1]


def changed(end: CallEnd, **fields: object) -> CallEnd:
    return msgspec.structs.replace(end, **fields)


def told(attempt: Attempt, **fields: object) -> CallEnd:
    """Return what the form of an attempt gives back when only `fields` were changed."""
    outcome = attempt.outcome or Outcome.NO_ANSWER
    end = CallEnd(outcome=outcome, channel=attempt.channel, note=attempt.note, made_at=attempt.at)
    return changed(end, **fields)


@every_end
def test_planning_changes_nothing(made: Made, luis: Contact, end: CallEnd) -> None:
    before, saved = state_of(made.book), len(made.saved)
    made.desk.attempts.plan(luis.id, end)
    assert (state_of(made.book), len(made.saved)) == (before, saved)


@every_end
def test_an_attempt_put_down_afterwards_is_one_change_and_one_undo(
    made: Made, luis: Contact, end: CallEnd
) -> None:
    call = only(open_ones(made, luis))
    before, saved = state_of(made.book), len(made.saved)
    made.desk.attempts.log(luis.id, end)
    assert len(made.saved) == saved + 1
    attempt = only(made.book.of_contact(Attempt, luis.id))
    assert (attempt.at, attempt.outcome, attempt.note) == (FRIDAY, end.outcome, end.note)
    settled = made.book.get(FollowUp, call.id)
    assert settled is not None
    assert (settled.done_at, settled.attempt_id) == (FRIDAY, attempt.id)
    assert made.desk.history.undo() == f"log {end.outcome.replace('_', ' ')}: Luis"
    assert state_of(made.book) == before


@pytest.mark.parametrize(
    ("outcome", "at", "due", "part"),
    [
        (Outcome.NO_ANSWER, "2026-11-20 10:15", "2026-11-23", DayPart.AFTERNOON),
        (Outcome.NO_ANSWER, "2026-11-20 14:00", "2026-11-24", DayPart.MORNING),
        (Outcome.NO_ANSWER, "2026-11-22 10:15", "2026-11-24", DayPart.AFTERNOON),
        (Outcome.NO_ANSWER, "2026-11-16 09:00", "2026-11-17", DayPart.AFTERNOON),
        (Outcome.VOICEMAIL, "2026-11-20 10:15", "2026-11-25", DayPart.AFTERNOON),
        (Outcome.VOICEMAIL, "2026-11-20 12:00", "2026-11-27", DayPart.MORNING),
    ],
)
def test_what_follows_is_counted_from_when_it_was_made(
    made: Made, luis: Contact, outcome: Outcome, at: str, due: str, part: DayPart
) -> None:
    made.desk.attempts.log(luis.id, CallEnd(outcome=outcome, made_at=local(at)))
    call = only(open_ones(made, luis))
    assert (call.kind, call.due, call.part) == (CALL, local(f"{due} 12:00"), part)


def test_without_a_time_it_was_made_now(made: Made, luis: Contact) -> None:
    made.desk.calling.note(luis.id, "asks for email", Channel.PHONE)
    made.desk.attempts.log(luis.id, CallEnd(outcome=Outcome.NO_ANSWER))
    assert last(made, luis).at == made.clock.now()
    under_way = made.desk.calling.under_way(luis.id)
    assert under_way is not None, "a call under way is another one"
    assert under_way.note == "asks for email"


def test_earlier_attempts_count_as_tries_and_later_ones_do_not(made: Made, luis: Contact) -> None:
    for at in (LONG_AGO, FRIDAY):
        made.desk.attempts.log(luis.id, changed(VOICEMAIL, made_at=at))
    assert owed(made, luis) == [(CALL, "2026-11-25", "try 3 of 3, voicemail Fri 20 Nov")]


@pytest.mark.parametrize(
    "end",
    [end for end in ENDS if end.outcome not in (Outcome.CALL_BACK, Outcome.SCHEDULED, Outcome.REFERRED)],
)
def test_before_a_later_attempt_only_the_record_is_put_down(made: Made, luis: Contact, end: CallEnd) -> None:
    made.desk.calling.record(luis.id, CallEnd(outcome=Outcome.NO_ANSWER))
    before = state_of(made.book)
    ending = made.desk.attempts.log(luis.id, end)
    assert [type(one) for one in ending.records] == [Attempt]
    assert state_of(made.book).items() >= before.items()


def test_before_a_later_attempt_what_was_agreed_is_put_down_all_the_same(made: Made, luis: Contact) -> None:
    made.desk.calling.record(luis.id, CallEnd(outcome=Outcome.NO_ANSWER))
    for outcome in (Outcome.SCHEDULED, Outcome.CALL_BACK, Outcome.REFERRED):
        made.desk.attempts.log(luis.id, next(one for one in ENDS if one.outcome is outcome))
    assert [one.kind for one in open_ones(made, luis)] == ["call", "interview", "confirm", "call"]
    assert [one.name for one in made.book.referred_by(luis.id)] == ["Mei Tanaka"]
    moved = changed(ENDS[0], at=THURSDAY + timedelta(days=1), made_at=LONG_AGO)
    made.desk.attempts.log(luis.id, moved)
    assert only(made.book.of_contact(Interview, luis.id)).at == THURSDAY, "what was set later stands"


def test_a_talk_at_once_is_a_meeting_held_with_its_thank_you(made: Made, luis: Contact) -> None:
    ending = made.desk.attempts.log(luis.id, CallEnd(outcome=Outcome.TALK_NOW, made_at=YESTERDAY))
    meeting = only(made.book.of_contact(Interview, luis.id))
    assert ending.interview == meeting
    assert (meeting.at, meeting.ended_at) == (YESTERDAY, YESTERDAY + timedelta(minutes=20))
    assert made.book.running() is None
    thanks = only(open_ones(made, luis))
    assert (thanks.kind, thanks.due) == (FollowUpKind.THANK_YOU, YESTERDAY + timedelta(hours=24, minutes=20))
    assert ending.owed == (thanks,)
    assert made.desk.address_book.stage(luis.id) is Stage.MET


def test_a_talk_at_once_takes_no_longer_than_until_now(made: Made, luis: Contact) -> None:
    five_ago = made.clock.now() - timedelta(minutes=5)
    made.desk.attempts.log(luis.id, CallEnd(outcome=Outcome.TALK_NOW, made_at=five_ago))
    assert only(made.book.of_contact(Interview, luis.id)).ended_at == made.clock.now()


@pytest.mark.parametrize(
    ("made_at", "due"), [(YESTERDAY, "2027-02-22"), (local("2026-06-01 10:00"), "2026-12-24")]
)
def test_an_attempt_of_before_never_brings_a_check_in_nearer(
    made: Made, luis: Contact, made_at: object, due: str
) -> None:
    desk = made.desk
    for day in ("2026-09-25", "2026-12-24"):
        desk.following_up.add(luis.id, FollowUpKind.CHECK_IN, local(f"{day} 12:00"), False, "")
    desk.history.commit("done", msgspec.structs.replace(open_ones(made, luis)[1], done_at=LONG_AGO))
    desk.attempts.log(luis.id, changed(VOICEMAIL, made_at=made_at))
    check_in = only(one for one in open_ones(made, luis) if one.kind is FollowUpKind.CHECK_IN)
    assert desk.time.calendar.day_of(check_in.due).isoformat() == due


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"outcome": Outcome.NO_ANSWER}, [(CALL, "2026-11-23", "try 2 of 5, no answer Fri 20 Nov")]),
        ({"made_at": YESTERDAY}, [(CALL, "2026-11-27", f"try 2 of 3, voicemail Sun 22 Nov{MOVED}{HOLIDAY}")]),
        ({"outcome": Outcome.REPLIED}, [(CALL, "2026-11-23", "they asked for an email: write it")]),
        ({"outcome": Outcome.DECLINED}, []),
        (
            {"outcome": Outcome.CALL_BACK, "at": THURSDAY},
            [(CALL, "2026-12-03", "asked on Fri 20 Nov to be called back")],
        ),
        ({"outcome": Outcome.REFERRED, "person": "Mei Tanaka"}, []),
        (
            {"outcome": Outcome.SENT, "channel": Channel.EMAIL},
            [
                (OTHER, "2026-11-25", "no answer to what you wrote Fri 20 Nov"),
                (CALL, "2026-12-02", f"{UNANSWERED}: write again, or call{HOLIDAY}"),
            ],
        ),
        (
            {"outcome": Outcome.SCHEDULED, "at": THURSDAY},
            [
                ("interview", "2026-12-03", "agreed Mon 23 Nov"),
                ("confirm", "2026-12-02", "you meet Thu 3 Dec"),
            ],
        ),
        ({"outcome": Outcome.TALK_NOW}, [("thank_you", "2026-11-21", "met Fri 20 Nov")]),
        ({"note": "busy"}, [(CALL, "2026-11-25", "try 2 of 3, voicemail Fri 20 Nov")]),
    ],
)  # fmt: skip
def test_what_is_told_otherwise_of_the_last_attempt_changes_what_follows(
    made: Made, luis: Contact, fields: dict[str, object], expected: list[tuple[FollowUpKind, str, str]]
) -> None:
    made.desk.attempts.log(luis.id, VOICEMAIL)
    attempt = last(made, luis)
    before, saved = state_of(made.book), len(made.saved)
    planned = made.desk.attempts.plan_edit(attempt.id, told(attempt, **fields))
    assert state_of(made.book) == before
    ending = made.desk.attempts.edit(attempt.id, told(attempt, **fields))
    assert len(made.saved) == saved + 1
    assert [(one.kind, one.due) for one in ending.owed] == [(one.kind, one.due) for one in planned.owed]
    assert owed(made, luis) == expected
    edited = only(made.book.of_contact(Attempt, luis.id))
    assert edited.id == attempt.id
    for name, value in fields.items():
        if name in ("outcome", "channel", "note"):
            assert getattr(edited, name) == value
    made.desk.history.undo()
    assert state_of(made.book) == before


def test_the_same_told_again_changes_nothing(made: Made, luis: Contact) -> None:
    made.desk.attempts.log(luis.id, VOICEMAIL)
    saved = len(made.saved)
    made.desk.attempts.edit(last(made, luis).id, told(last(made, luis)))
    assert len(made.saved) == saved


def test_an_edit_of_the_note_alone_may_empty_it_and_leaves_the_queue(made: Made, luis: Contact) -> None:
    made.desk.attempts.log(luis.id, VOICEMAIL)
    before = open_ones(made, luis)
    made.desk.attempts.edit(last(made, luis).id, told(last(made, luis), note=""))
    assert (last(made, luis).note, open_ones(made, luis)) == ("", before)


def test_an_edit_of_an_earlier_attempt_changes_the_record_alone(made: Made, luis: Contact) -> None:
    made.desk.attempts.log(luis.id, VOICEMAIL)
    first = last(made, luis)
    made.desk.attempts.log(luis.id, changed(VOICEMAIL, made_at=YESTERDAY))
    before = owed(made, luis)
    made.desk.attempts.edit(first.id, told(first, outcome=Outcome.NO_ANSWER, made_at=LONG_AGO))
    assert owed(made, luis) == before
    assert [one.outcome for one in made.desk.calling.attempts(luis.id)] == ["no_answer", "voicemail"]


def test_an_attempt_moved_behind_another_hands_back_what_comes_next(made: Made, luis: Contact) -> None:
    made.desk.attempts.log(luis.id, VOICEMAIL)
    after_the_first = owed(made, luis)
    made.desk.attempts.log(luis.id, CallEnd(outcome=Outcome.NO_ANSWER, made_at=YESTERDAY))
    second = last(made, luis)
    made.desk.attempts.edit(second.id, told(second, made_at=LONG_AGO))
    assert owed(made, luis) == after_the_first
    made.desk.attempts.edit(second.id, told(second, made_at=YESTERDAY))
    assert owed(made, luis) == [(CALL, "2026-11-24", f"try 2 of 5, no answer Sun 22 Nov{MOVED}")]


def test_a_follow_up_moved_by_hand_stays_where_it_was_put_with_the_new_reason(
    made: Made, luis: Contact
) -> None:
    made.desk.attempts.log(luis.id, VOICEMAIL)
    call = only(open_ones(made, luis))
    made.desk.following_up.snooze(call.id, THURSDAY, True)
    made.desk.attempts.edit(last(made, luis).id, told(last(made, luis), outcome=Outcome.NO_ANSWER))
    kept = only(open_ones(made, luis))
    assert (kept.id, kept.due, kept.timed) == (call.id, THURSDAY, True)
    assert kept.why == "try 2 of 5, no answer Fri 20 Nov"
    made.desk.attempts.edit(last(made, luis).id, told(last(made, luis), outcome=Outcome.DECLINED))
    assert open_ones(made, luis) == []


def test_a_call_back_whose_attempt_moves_keeps_its_time(made: Made, luis: Contact) -> None:
    made.desk.attempts.log(luis.id, next(one for one in ENDS if one.outcome is Outcome.CALL_BACK))
    made.desk.attempts.edit(last(made, luis).id, told(last(made, luis), made_at=YESTERDAY))
    call = only(open_ones(made, luis))
    assert (call.due, call.timed) == (THURSDAY, True)
    assert call.why == "asked on Sun 22 Nov to be called back"


@pytest.mark.parametrize("outcome", [Outcome.SCHEDULED, Outcome.REFERRED, Outcome.TALK_NOW])
def test_what_was_arranged_is_not_arranged_again_by_an_edit(
    made: Made, luis: Contact, outcome: Outcome
) -> None:
    made.desk.attempts.log(luis.id, next(one for one in ENDS if one.outcome is outcome))
    before = owed(made, luis), made.book.count(Contact), made.book.count(Interview)
    made.desk.attempts.edit(last(made, luis).id, told(last(made, luis), made_at=YESTERDAY, note="kind"))
    assert (owed(made, luis), made.book.count(Contact), made.book.count(Interview)) == before
    assert (last(made, luis).at, last(made, luis).note) == (YESTERDAY, "kind")


def test_a_meeting_stays_when_the_attempt_that_set_it_is_told_otherwise_or_deleted(
    made: Made, luis: Contact
) -> None:
    made.desk.attempts.log(luis.id, ENDS[0])
    meeting, before = only(made.book.all(Interview)), owed(made, luis)
    made.desk.attempts.edit(last(made, luis).id, told(last(made, luis), outcome=Outcome.NO_ANSWER))
    assert (only(made.book.all(Interview)), owed(made, luis)) == (meeting, before)
    made.desk.attempts.delete(last(made, luis).id)
    assert (only(made.book.all(Interview)), owed(made, luis)) == (meeting, before)


def test_a_note_left_without_an_outcome_is_completed_by_an_edit(made: Made, luis: Contact) -> None:
    made.desk.calling.note(luis.id, "hung up", Channel.PHONE)
    attempt = only(made.book.of_contact(Attempt, luis.id))
    made.clock.forward(days=1)
    made.desk.attempts.edit(attempt.id, told(attempt, outcome=Outcome.NO_ANSWER))
    assert (last(made, luis).id, last(made, luis).at) == (attempt.id, attempt.at)
    assert owed(made, luis) == [(CALL, "2026-11-24", "try 2 of 5, no answer Mon 23 Nov")]


@every_end
def test_deleting_the_only_attempt_brings_the_first_call_back(
    made: Made, luis: Contact, end: CallEnd
) -> None:
    first = only(open_ones(made, luis))
    made.desk.attempts.log(luis.id, end)
    before, saved = state_of(made.book), len(made.saved)
    made.desk.attempts.delete(last(made, luis).id)
    assert len(made.saved) == saved + 1
    assert made.book.of_contact(Attempt, luis.id) == []
    if end.outcome not in (Outcome.SCHEDULED, Outcome.TALK_NOW):
        back = only(open_ones(made, luis))
        assert (back.id, back.due, back.attempt_id) == (first.id, first.due, "")
        assert made.desk.address_book.stage(luis.id) is Stage.NEW
    assert made.desk.history.undo() == f"delete {end.outcome.replace('_', ' ')}: Luis"
    assert state_of(made.book) == before


def test_deleting_the_last_of_two_gives_the_first_its_follow_ups_back_for_good(
    made: Made, luis: Contact
) -> None:
    made.desk.attempts.log(luis.id, CallEnd(outcome=Outcome.SENT, channel=Channel.EMAIL, made_at=FRIDAY))
    written = owed(made, luis)
    made.desk.attempts.log(luis.id, CallEnd(outcome=Outcome.REPLIED, channel=Channel.EMAIL))
    made.desk.attempts.delete(last(made, luis).id)
    assert owed(made, luis) == written
    assert {one.attempt_id for one in open_ones(made, luis)} == {last(made, luis).id}
    made.desk.attempts.delete(last(made, luis).id)
    assert owed(made, luis) == [(CALL, "2026-11-23", "new: not called yet")]


def test_deleting_a_no_brings_back_the_meeting_it_cancelled(made: Made, luis: Contact) -> None:
    made.desk.calling.record(luis.id, changed(ENDS[0], made_at=None))
    before = owed(made, luis)
    made.clock.forward(minutes=5)
    made.desk.calling.record(luis.id, CallEnd(outcome=Outcome.DECLINED))
    assert owed(made, luis) == []
    made.desk.attempts.delete(last(made, luis).id)
    assert owed(made, luis) == before
    assert not only(made.book.all(Interview)).cancelled


def test_deleting_an_earlier_attempt_takes_out_the_record_alone(made: Made, luis: Contact) -> None:
    made.desk.attempts.log(luis.id, VOICEMAIL)
    first = last(made, luis)
    made.desk.attempts.log(luis.id, changed(VOICEMAIL, made_at=YESTERDAY))
    before = owed(made, luis)
    made.desk.attempts.delete(first.id)
    assert owed(made, luis) == before
    assert [one.at for one in made.desk.calling.attempts(luis.id)] == [YESTERDAY]


def test_what_is_not_there_cannot_be_changed(made: Made, luis: Contact) -> None:
    with pytest.raises(KeyError):
        made.desk.attempts.log("gone", VOICEMAIL)
    with pytest.raises(KeyError):
        made.desk.attempts.edit("gone", VOICEMAIL)
    with pytest.raises(KeyError):
        made.desk.attempts.delete("gone")
    with pytest.raises(ValueError, match="needs a time"):
        made.desk.attempts.log(luis.id, CallEnd(outcome=Outcome.SCHEDULED, made_at=FRIDAY))


steps = st.lists(
    st.tuples(
        st.sampled_from(["log", "log", "edit", "delete", "snooze", "done"]),
        st.integers(0, 9),
        st.integers(0, 5),
        st.sampled_from([0, 1, 30, 26 * 60, 5 * 24 * 60]),
    ),
    max_size=7,
)


@settings(modest, max_examples=80)
@given(steps)
def test_every_undo_restores_what_was_there_before_and_every_redo_what_came(
    library: Library, plan: list[tuple[str, int, int, int]]
) -> None:
    made = Made(library, Config(country="US"), CHICAGO)
    luis = made.desk.address_book.add({"name": "Luis", "organization": "Parkway"})
    states = [state_of(made.book)]
    for verb, which, place, minutes in plan:
        made.clock.forward(minutes=1)
        end = changed(ENDS[which], made_at=made.clock.now() - timedelta(minutes=minutes))
        attempts = made.book.of_contact(Attempt, luis.id)
        owed_now = open_ones(made, luis)
        saved = len(made.saved)
        if verb == "log":
            made.desk.attempts.log(luis.id, end)
        elif verb == "edit" and attempts:
            made.desk.attempts.edit(attempts[place % len(attempts)].id, end)
        elif verb == "delete" and attempts:
            made.desk.attempts.delete(attempts[place % len(attempts)].id)
        elif verb == "snooze" and owed_now:
            made.desk.following_up.snooze(owed_now[place % len(owed_now)].id, THURSDAY, True)
        elif verb == "done" and owed_now:
            made.desk.following_up.done(owed_now[place % len(owed_now)].id)
        assert len(made.saved) <= saved + 1
        if len(made.saved) > saved:
            states.append(state_of(made.book))
    for state in reversed(states[:-1]):
        assert made.desk.history.undo()
        assert state_of(made.book) == state
    for state in states[1:]:
        assert made.desk.history.redo()
        assert state_of(made.book) == state
