from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.config.library import Library
from warmcall.config.settings import Config
from warmcall.domain.records import Attempt, Contact, FollowUp, Interview
from warmcall.domain.vocabulary import Channel, DayPart, FollowUpKind, Mode, Outcome, Stage
from warmcall.domain.when import When
from warmcall.services.calling import CallResult

from tests.conftest import CHICAGO, Bench
from tests.examples import local, only, state_of, when
from tests.profiles import examples

CALL, OTHER = FollowUpKind.CALL, FollowUpKind.OTHER
YESTERDAY, FRIDAY, LONG_AGO = local("2026-11-22 10:15"), local("2026-11-20 10:15"), local("2026-10-01 16:00")
UNANSWERED = "no answer to what you wrote Fri 20 Nov"
HOLIDAY = "; Thu 26 Nov is a holiday"
MOVED = "; on a weekend, so it counts from Mon 23 Nov"
THURSDAY = when("2026-12-03 14:00")

VOICEMAIL = CallResult(
    outcome=Outcome.VOICEMAIL, channel=Channel.VOICEMAIL, made_at=FRIDAY, note="left a word"
)
ENDS = [
    CallResult(outcome=Outcome.SCHEDULED, at=THURSDAY, mode=Mode.VIDEO, made_at=FRIDAY),
    CallResult(outcome=Outcome.TALK_NOW, made_at=FRIDAY),
    VOICEMAIL,
    CallResult(outcome=Outcome.NO_ANSWER, made_at=FRIDAY),
    CallResult(outcome=Outcome.CALL_BACK, at=THURSDAY, made_at=FRIDAY),
    CallResult(outcome=Outcome.SENT, channel=Channel.EMAIL, made_at=FRIDAY),
    CallResult(outcome=Outcome.REPLIED, channel=Channel.EMAIL, made_at=FRIDAY),
    CallResult(outcome=Outcome.DECLINED, made_at=FRIDAY),
    CallResult(outcome=Outcome.REFERRED, person="Mei Tanaka", made_at=FRIDAY),
    CallResult(outcome=Outcome.WRONG_NUMBER, made_at=FRIDAY),
]
every_end = pytest.mark.parametrize("end", ENDS, ids=lambda end: end.outcome)


@pytest.fixture
def bench(library: Library) -> Bench:
    """the services in the United States on Monday 23 November 2026, 9:00, three days before a holiday."""
    return Bench(library, Config(country="US"), CHICAGO)


def open_ones(bench: Bench, contact: Contact) -> list[FollowUp]:
    return [
        follow_up for follow_up in bench.store.of_contact(FollowUp, contact.id) if follow_up.done_at is None
    ]


def owed(bench: Bench, contact: Contact) -> list[tuple[FollowUpKind, str, str]]:
    """Return what is open: its kind, its day, and why it is there."""
    calendar = bench.services.time.calendar
    return [
        (follow_up.kind, f"{calendar.day_of(follow_up.due)}", follow_up.why)
        for follow_up in open_ones(bench, contact)
    ]


def last(bench: Bench, contact: Contact) -> Attempt:
    return bench.services.pending_attempts.completed(contact.id)[-1]


def changed(end: CallResult, **fields: object) -> CallResult:
    return msgspec.structs.replace(end, **fields)


def form_of(attempt: Attempt, **fields: object) -> CallResult:
    """Return what the form of an attempt gives back when only `fields` were changed."""
    outcome = attempt.outcome or Outcome.NO_ANSWER
    end = CallResult(outcome=outcome, channel=attempt.channel, note=attempt.note, made_at=attempt.at)
    return changed(end, **fields)


@every_end
def test_planning_changes_nothing(bench: Bench, luis: Contact, end: CallResult) -> None:
    before, saved = state_of(bench.store), len(bench.saved)
    bench.services.attempts.plan(luis.id, end)
    assert (state_of(bench.store), len(bench.saved)) == (before, saved)


@every_end
def test_an_attempt_logged_afterwards_is_one_change_and_one_undo(
    bench: Bench, luis: Contact, end: CallResult
) -> None:
    call = only(open_ones(bench, luis))
    before, saved = state_of(bench.store), len(bench.saved)
    bench.services.attempts.log(luis.id, end)
    assert len(bench.saved) == saved + 1
    attempt = only(bench.store.of_contact(Attempt, luis.id))
    assert (attempt.at, attempt.outcome, attempt.note) == (FRIDAY, end.outcome, end.note)
    settled = bench.store.get(FollowUp, call.id)
    assert settled is not None
    assert (settled.done_at, settled.attempt_id) == (FRIDAY, attempt.id)
    assert bench.services.history.undo() == f"log {end.outcome.replace('_', ' ')}: Luis"
    assert state_of(bench.store) == before


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
    bench: Bench, luis: Contact, outcome: Outcome, at: str, due: str, part: DayPart
) -> None:
    bench.services.attempts.log(luis.id, CallResult(outcome=outcome, made_at=local(at)))
    call = only(open_ones(bench, luis))
    assert (call.kind, call.due, call.part) == (CALL, when(due), part)


def test_without_a_time_it_was_made_now(bench: Bench, luis: Contact) -> None:
    bench.services.pending_attempts.note(luis.id, "asks for email", Channel.PHONE)
    bench.services.attempts.log(luis.id, CallResult(outcome=Outcome.NO_ANSWER))
    assert last(bench, luis).at == bench.clock.now()
    pending_attempt = bench.services.pending_attempts.pending(luis.id)
    assert pending_attempt is not None, "a call under way is another one"
    assert pending_attempt.note == "asks for email"


def test_earlier_attempts_count_as_tries_and_later_ones_do_not(bench: Bench, luis: Contact) -> None:
    for at in (LONG_AGO, FRIDAY):
        bench.services.attempts.log(luis.id, changed(VOICEMAIL, made_at=at))
    assert owed(bench, luis) == [(CALL, "2026-11-25", "try 3 of 3, voicemail Fri 20 Nov")]


@pytest.mark.parametrize(
    "end",
    [end for end in ENDS if end.outcome not in (Outcome.CALL_BACK, Outcome.SCHEDULED, Outcome.REFERRED)],
)
def test_before_a_later_attempt_only_the_attempt_itself_is_recorded(
    bench: Bench, luis: Contact, end: CallResult
) -> None:
    bench.services.calling.record(luis.id, CallResult(outcome=Outcome.NO_ANSWER))
    before = state_of(bench.store)
    ending = bench.services.attempts.log(luis.id, end)
    assert [type(record) for record in ending.records] == [Attempt]
    assert state_of(bench.store).items() >= before.items()


def test_before_a_later_attempt_what_was_agreed_is_recorded_all_the_same(bench: Bench, luis: Contact) -> None:
    bench.services.calling.record(luis.id, CallResult(outcome=Outcome.NO_ANSWER))
    for outcome in (Outcome.SCHEDULED, Outcome.CALL_BACK, Outcome.REFERRED):
        bench.services.attempts.log(luis.id, next(result for result in ENDS if result.outcome is outcome))
    assert [follow_up.kind for follow_up in open_ones(bench, luis)] == [
        "call",
        "interview",
        "confirm",
        "call",
    ]
    assert [contact.name for contact in bench.store.referred_by(luis.id)] == ["Mei Tanaka"]
    moved = changed(ENDS[0], at=when("2026-12-04 14:00"), made_at=LONG_AGO)
    bench.services.attempts.log(luis.id, moved)
    assert When(only(bench.store.of_contact(Interview, luis.id)).at) == THURSDAY, "what was set later stands"


def test_a_talk_at_once_is_a_meeting_held_with_its_thank_you(bench: Bench, luis: Contact) -> None:
    ending = bench.services.attempts.log(luis.id, CallResult(outcome=Outcome.TALK_NOW, made_at=YESTERDAY))
    meeting = only(bench.store.of_contact(Interview, luis.id))
    assert ending.interview == meeting
    assert (meeting.at, meeting.ended_at) == (YESTERDAY, YESTERDAY + timedelta(minutes=20))
    assert bench.store.running() is None
    thanks = only(open_ones(bench, luis))
    assert thanks.kind is FollowUpKind.THANK_YOU
    assert thanks.due == When(YESTERDAY + timedelta(hours=24, minutes=20))
    assert ending.owed == (thanks,)
    assert bench.services.address_book.stage(luis.id) is Stage.MET


def test_a_talk_at_once_takes_no_longer_than_until_now(bench: Bench, luis: Contact) -> None:
    five_ago = bench.clock.now() - timedelta(minutes=5)
    bench.services.attempts.log(luis.id, CallResult(outcome=Outcome.TALK_NOW, made_at=five_ago))
    assert only(bench.store.of_contact(Interview, luis.id)).ended_at == bench.clock.now()


@pytest.mark.parametrize(
    ("made_at", "due"), [(YESTERDAY, "2027-02-22"), (local("2026-06-01 10:00"), "2026-12-24")]
)
def test_an_attempt_of_before_never_brings_a_check_in_nearer(
    bench: Bench, luis: Contact, made_at: object, due: str
) -> None:
    services = bench.services
    for day in ("2026-09-25", "2026-12-24"):
        services.following_up.add(luis.id, FollowUpKind.CHECK_IN, when(day), "")
    services.history.commit("done", msgspec.structs.replace(open_ones(bench, luis)[1], done_at=LONG_AGO))
    services.attempts.log(luis.id, changed(VOICEMAIL, made_at=made_at))
    check_in = only(
        follow_up for follow_up in open_ones(bench, luis) if follow_up.kind is FollowUpKind.CHECK_IN
    )
    assert services.time.calendar.day_of(check_in.due).isoformat() == due


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"outcome": Outcome.NO_ANSWER}, [(CALL, "2026-11-23", "try 2 of 5, no answer Fri 20 Nov")]),
        ({"made_at": YESTERDAY}, [(CALL, "2026-11-27", f"try 2 of 3, voicemail Sun 22 Nov{MOVED}{HOLIDAY}")]),
        ({"outcome": Outcome.REPLIED}, [(CALL, "2026-11-20", "they asked you to write")]),
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
def test_a_correction_of_the_last_attempt_changes_what_follows(
    bench: Bench, luis: Contact, fields: dict[str, object], expected: list[tuple[FollowUpKind, str, str]]
) -> None:
    bench.services.attempts.log(luis.id, VOICEMAIL)
    attempt = last(bench, luis)
    before, saved = state_of(bench.store), len(bench.saved)
    planned = bench.services.attempts.plan_edit(attempt.id, form_of(attempt, **fields))
    assert state_of(bench.store) == before
    ending = bench.services.attempts.edit(attempt.id, form_of(attempt, **fields))
    assert len(bench.saved) == saved + 1
    assert [(follow_up.kind, follow_up.due) for follow_up in ending.owed] == [
        (follow_up.kind, follow_up.due) for follow_up in planned.owed
    ]
    assert owed(bench, luis) == expected
    edited = only(bench.store.of_contact(Attempt, luis.id))
    assert edited.id == attempt.id
    for name, value in fields.items():
        if name in ("outcome", "channel", "note"):
            assert getattr(edited, name) == value
    bench.services.history.undo()
    assert state_of(bench.store) == before


def test_an_edit_without_a_difference_changes_nothing(bench: Bench, luis: Contact) -> None:
    bench.services.attempts.log(luis.id, VOICEMAIL)
    saved = len(bench.saved)
    bench.services.attempts.edit(last(bench, luis).id, form_of(last(bench, luis)))
    assert len(bench.saved) == saved


def test_an_edit_of_the_note_alone_may_empty_it_and_leaves_the_queue(bench: Bench, luis: Contact) -> None:
    bench.services.attempts.log(luis.id, VOICEMAIL)
    before = open_ones(bench, luis)
    bench.services.attempts.edit(last(bench, luis).id, form_of(last(bench, luis), note=""))
    assert (last(bench, luis).note, open_ones(bench, luis)) == ("", before)


def test_an_edit_of_an_earlier_attempt_changes_the_record_alone(bench: Bench, luis: Contact) -> None:
    bench.services.attempts.log(luis.id, VOICEMAIL)
    first = last(bench, luis)
    bench.services.attempts.log(luis.id, changed(VOICEMAIL, made_at=YESTERDAY))
    before = owed(bench, luis)
    bench.services.attempts.edit(first.id, form_of(first, outcome=Outcome.NO_ANSWER, made_at=LONG_AGO))
    assert owed(bench, luis) == before
    assert [attempt.outcome for attempt in bench.services.pending_attempts.completed(luis.id)] == [
        "no_answer",
        "voicemail",
    ]


def test_an_edit_of_an_earlier_attempt_leaves_what_that_one_led_to(bench: Bench, luis: Contact) -> None:
    written = CallResult(outcome=Outcome.SENT, channel=Channel.EMAIL, made_at=FRIDAY)
    bench.services.attempts.log(luis.id, written)
    first = last(bench, luis)
    bench.services.attempts.log(luis.id, changed(written, made_at=YESTERDAY))
    before = owed(bench, luis)
    assert first.id in {follow_up.attempt_id for follow_up in open_ones(bench, luis)}
    bench.services.attempts.edit(first.id, form_of(first, outcome=Outcome.VOICEMAIL))
    assert owed(bench, luis) == before


def test_an_attempt_moved_before_another_leaves_what_comes_next_to_that_one(
    bench: Bench, luis: Contact
) -> None:
    bench.services.attempts.log(luis.id, VOICEMAIL)
    after_the_first = owed(bench, luis)
    bench.services.attempts.log(luis.id, CallResult(outcome=Outcome.NO_ANSWER, made_at=YESTERDAY))
    second = last(bench, luis)
    bench.services.attempts.edit(second.id, form_of(second, made_at=LONG_AGO))
    assert owed(bench, luis) == after_the_first
    bench.services.attempts.edit(second.id, form_of(second, made_at=YESTERDAY))
    assert owed(bench, luis) == [(CALL, "2026-11-24", f"try 2 of 5, no answer Sun 22 Nov{MOVED}")]


def test_a_follow_up_moved_by_hand_stays_where_it_was_put_with_the_new_reason(
    bench: Bench, luis: Contact
) -> None:
    bench.services.attempts.log(luis.id, VOICEMAIL)
    call = only(open_ones(bench, luis))
    bench.services.following_up.snooze(call.id, THURSDAY)
    bench.services.attempts.edit(last(bench, luis).id, form_of(last(bench, luis), outcome=Outcome.NO_ANSWER))
    kept = only(open_ones(bench, luis))
    assert (kept.id, kept.due) == (call.id, THURSDAY)
    assert kept.why == "try 2 of 5, no answer Fri 20 Nov"
    bench.services.attempts.edit(last(bench, luis).id, form_of(last(bench, luis), outcome=Outcome.DECLINED))
    assert open_ones(bench, luis) == []


def test_a_call_back_whose_attempt_moves_keeps_its_time(bench: Bench, luis: Contact) -> None:
    bench.services.attempts.log(
        luis.id, next(result for result in ENDS if result.outcome is Outcome.CALL_BACK)
    )
    bench.services.attempts.edit(last(bench, luis).id, form_of(last(bench, luis), made_at=YESTERDAY))
    call = only(open_ones(bench, luis))
    assert call.due == THURSDAY
    assert call.why == "asked on Sun 22 Nov to be called back"


@pytest.mark.parametrize("outcome", [Outcome.SCHEDULED, Outcome.REFERRED, Outcome.TALK_NOW])
def test_what_was_arranged_is_not_arranged_again_by_an_edit(
    bench: Bench, luis: Contact, outcome: Outcome
) -> None:
    bench.services.attempts.log(luis.id, next(result for result in ENDS if result.outcome is outcome))
    before = owed(bench, luis), bench.store.count(Contact), bench.store.count(Interview)
    bench.services.attempts.edit(
        last(bench, luis).id, form_of(last(bench, luis), made_at=YESTERDAY, note="kind")
    )
    assert (owed(bench, luis), bench.store.count(Contact), bench.store.count(Interview)) == before
    assert (last(bench, luis).at, last(bench, luis).note) == (YESTERDAY, "kind")


def test_a_meeting_stays_when_the_attempt_that_set_it_is_corrected_or_deleted(
    bench: Bench, luis: Contact
) -> None:
    bench.services.attempts.log(luis.id, ENDS[0])
    meeting, before = only(bench.store.all(Interview)), owed(bench, luis)
    bench.services.attempts.edit(last(bench, luis).id, form_of(last(bench, luis), outcome=Outcome.NO_ANSWER))
    assert (only(bench.store.all(Interview)), owed(bench, luis)) == (meeting, before)
    bench.services.attempts.delete(last(bench, luis).id)
    assert (only(bench.store.all(Interview)), owed(bench, luis)) == (meeting, before)


def test_a_note_left_without_an_outcome_is_completed_by_an_edit(bench: Bench, luis: Contact) -> None:
    bench.services.pending_attempts.note(luis.id, "hung up", Channel.PHONE)
    attempt = only(bench.store.of_contact(Attempt, luis.id))
    bench.clock.forward(days=1)
    bench.services.attempts.edit(attempt.id, form_of(attempt, outcome=Outcome.NO_ANSWER))
    assert (last(bench, luis).id, last(bench, luis).at) == (attempt.id, attempt.at)
    assert owed(bench, luis) == [(CALL, "2026-11-24", "try 2 of 5, no answer Mon 23 Nov")]


@every_end
def test_deleting_the_only_attempt_brings_the_first_call_back(
    bench: Bench, luis: Contact, end: CallResult
) -> None:
    first = only(open_ones(bench, luis))
    bench.services.attempts.log(luis.id, end)
    before, saved = state_of(bench.store), len(bench.saved)
    bench.services.attempts.delete(last(bench, luis).id)
    assert len(bench.saved) == saved + 1
    assert bench.store.of_contact(Attempt, luis.id) == []
    if end.outcome not in (Outcome.SCHEDULED, Outcome.TALK_NOW):
        back = only(open_ones(bench, luis))
        assert (back.id, back.due, back.attempt_id) == (first.id, first.due, "")
        assert bench.services.address_book.stage(luis.id) is Stage.NEW
    assert bench.services.history.undo() == f"delete {end.outcome.replace('_', ' ')}: Luis"
    assert state_of(bench.store) == before


def test_deleting_the_last_of_two_gives_the_first_its_follow_ups_back_for_good(
    bench: Bench, luis: Contact
) -> None:
    bench.services.attempts.log(
        luis.id, CallResult(outcome=Outcome.SENT, channel=Channel.EMAIL, made_at=FRIDAY)
    )
    written = owed(bench, luis)
    bench.services.attempts.log(luis.id, CallResult(outcome=Outcome.REPLIED, channel=Channel.EMAIL))
    bench.services.attempts.delete(last(bench, luis).id)
    assert owed(bench, luis) == written
    assert {follow_up.attempt_id for follow_up in open_ones(bench, luis)} == {last(bench, luis).id}
    bench.services.attempts.delete(last(bench, luis).id)
    assert owed(bench, luis) == [(CALL, "2026-11-23", "new: not called yet")]


def test_deleting_a_no_brings_back_the_meeting_it_cancelled(bench: Bench, luis: Contact) -> None:
    bench.services.calling.record(luis.id, changed(ENDS[0], made_at=None))
    before = owed(bench, luis)
    bench.clock.forward(minutes=5)
    bench.services.calling.record(luis.id, CallResult(outcome=Outcome.DECLINED))
    assert owed(bench, luis) == []
    bench.services.attempts.delete(last(bench, luis).id)
    assert owed(bench, luis) == before
    assert not only(bench.store.all(Interview)).cancelled


def test_deleting_an_earlier_attempt_takes_out_the_record_alone(bench: Bench, luis: Contact) -> None:
    bench.services.attempts.log(luis.id, VOICEMAIL)
    first = last(bench, luis)
    bench.services.attempts.log(luis.id, changed(VOICEMAIL, made_at=YESTERDAY))
    before = owed(bench, luis)
    bench.services.attempts.delete(first.id)
    assert owed(bench, luis) == before
    assert [attempt.at for attempt in bench.services.pending_attempts.completed(luis.id)] == [YESTERDAY]


def test_what_is_not_there_cannot_be_changed(bench: Bench, luis: Contact) -> None:
    with pytest.raises(KeyError):
        bench.services.attempts.log("gone", VOICEMAIL)
    with pytest.raises(KeyError):
        bench.services.attempts.edit("gone", VOICEMAIL)
    with pytest.raises(KeyError):
        bench.services.attempts.delete("gone")
    with pytest.raises(ValueError, match="needs a time"):
        bench.services.attempts.log(luis.id, CallResult(outcome=Outcome.SCHEDULED, made_at=FRIDAY))


steps = st.lists(
    st.tuples(
        st.sampled_from(["log", "log", "edit", "delete", "snooze", "done"]),
        st.integers(0, 9),
        st.integers(0, 5),
        st.sampled_from([0, 1, 30, 26 * 60, 5 * 24 * 60]),
    ),
    max_size=7,
)


@examples(usual=35, long=80)
@given(steps)
def test_every_undo_restores_what_was_there_before_and_every_redo_what_came(
    library: Library, plan: list[tuple[str, int, int, int]]
) -> None:
    bench = Bench(library, Config(country="US"), CHICAGO)
    luis = bench.services.address_book.add({"name": "Luis", "organization": "Parkway"})
    states = [state_of(bench.store)]
    for verb, which, place, minutes in plan:
        bench.clock.forward(minutes=1)
        end = changed(ENDS[which], made_at=bench.clock.now() - timedelta(minutes=minutes))
        attempts = bench.store.of_contact(Attempt, luis.id)
        owed_now = open_ones(bench, luis)
        saved = len(bench.saved)
        if verb == "log":
            bench.services.attempts.log(luis.id, end)
        elif verb == "edit" and attempts:
            bench.services.attempts.edit(attempts[place % len(attempts)].id, end)
        elif verb == "delete" and attempts:
            bench.services.attempts.delete(attempts[place % len(attempts)].id)
        elif verb == "snooze" and owed_now:
            bench.services.following_up.snooze(owed_now[place % len(owed_now)].id, THURSDAY)
        elif verb == "done" and owed_now:
            bench.services.following_up.done(owed_now[place % len(owed_now)].id)
        assert len(bench.saved) <= saved + 1
        if len(bench.saved) > saved:
            states.append(state_of(bench.store))
    for state in reversed(states[:-1]):
        assert bench.services.history.undo()
        assert state_of(bench.store) == state
    for state in states[1:]:
        assert bench.services.history.redo()
        assert state_of(bench.store) == state
