from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from tests.conftest import CHICAGO, FakeClock, Made
from tests.examples import interview, local, only, state_of
from tui.domain.records import AnyRecord, Attempt, Contact, FollowUp, Interview
from tui.domain.vocabulary import Channel, ContactKind, DayPart, FollowUpKind, Mode, Outcome, Source, Stage
from tui.services.calling import CallEnd, Ending
from tui.storage.config import Config
from tui.storage.library import Library

CALL, OTHER, CONFIRM = FollowUpKind.CALL, FollowUpKind.OTHER, FollowUpKind.CONFIRM
INTERVIEW, CHECK_IN = FollowUpKind.INTERVIEW, FollowUpKind.CHECK_IN
NOON, THURSDAY = "2026-11-23 12:00", local("2026-12-03 14:00")

ENDS = [
    CallEnd(outcome=Outcome.SCHEDULED, at=THURSDAY, mode=Mode.VIDEO, place="https://meet.example.com"),
    CallEnd(outcome=Outcome.TALK_NOW),
    CallEnd(outcome=Outcome.VOICEMAIL, channel=Channel.VOICEMAIL),
    CallEnd(outcome=Outcome.NO_ANSWER),
    CallEnd(outcome=Outcome.CALL_BACK, at=THURSDAY),
    CallEnd(outcome=Outcome.SENT, channel=Channel.EMAIL),
    CallEnd(outcome=Outcome.REPLIED, channel=Channel.EMAIL),
    CallEnd(outcome=Outcome.DECLINED),
    CallEnd(outcome=Outcome.REFERRED, person="Mei Tanaka", person_phone="+1 312 555 0163"),
    CallEnd(outcome=Outcome.WRONG_NUMBER),
]
every_end = pytest.mark.parametrize("end", ENDS, ids=lambda end: end.outcome)


@pytest.fixture
def made(library: Library) -> Made:
    """A desk in the United States on Monday 23 November 2026, 9:00, three days before a holiday."""
    return Made(library, Config(country="US"), CHICAGO)


@pytest.fixture
def clock(made: Made) -> FakeClock:
    return made.clock


@pytest.fixture
def luis(made: Made) -> Contact:
    return made.desk.address_book.add(
        {"name": "Luis", "organization": "Parkway", "phone": "+1 312 555 0142", "kind": "hiring_manager"}
    )


def open_ones(made: Made, contact: Contact) -> list[FollowUp]:
    return [one for one in made.book.of_contact(FollowUp, contact.id) if one.done_at is None]


def attempts(made: Made, contact: Contact) -> list[Attempt]:
    return made.book.of_contact(Attempt, contact.id)


def without_ids(records: tuple[AnyRecord, ...]) -> list[tuple[str, str]]:
    return [(type(one).__name__, str(getattr(one, "kind", ""))) for one in records]


@every_end
def test_planning_changes_nothing(made: Made, luis: Contact, end: CallEnd) -> None:
    before, saved = state_of(made.book), len(made.saved)
    made.desk.calling.plan(luis.id, end)
    assert (state_of(made.book), len(made.saved)) == (before, saved)


@every_end
def test_recording_does_what_was_planned_as_one_change_and_one_undo_takes_it_back(
    made: Made, luis: Contact, end: CallEnd
) -> None:
    plan = made.desk.calling.plan(luis.id, end)
    before, saved = state_of(made.book), len(made.saved)
    ending = made.desk.calling.record(luis.id, end)
    assert len(made.saved) == saved + 1
    assert without_ids(ending.records) == without_ids(plan.records)
    assert [(one.kind, one.due, one.why) for one in ending.owed] == [
        (one.kind, one.due, one.why) for one in plan.owed
    ]
    assert (ending.hold, bool(ending.interview), bool(ending.referred)) == (
        plan.hold,
        bool(plan.interview),
        bool(plan.referred),
    )
    assert {one.id for one in ending.records} <= {id_ for _, id_ in state_of(made.book)}
    assert set(ending.owed) <= set(made.book.all(FollowUp))
    label = made.desk.history.undo()
    assert label == f"{end.outcome.replace('_', ' ')}: Luis"
    assert state_of(made.book) == before


@every_end
def test_every_end_keeps_the_attempt_and_settles_the_call(made: Made, luis: Contact, end: CallEnd) -> None:
    call = only(open_ones(made, luis))
    made.clock.forward(minutes=5)
    made.desk.calling.record(luis.id, end)
    attempt = only(attempts(made, luis))
    assert (attempt.outcome, attempt.channel, attempt.at) == (end.outcome, end.channel, made.clock.now())
    settled = made.book.get(FollowUp, call.id)
    assert settled is not None
    assert (settled.done_at, settled.attempt_id, settled.dropped) == (made.clock.now(), attempt.id, False)


@every_end
def test_the_path_and_the_note_go_with_the_attempt(made: Made, luis: Contact, end: CallEnd) -> None:
    made.desk.calling.record(luis.id, msgspec.structs.replace(end, note="kind", path=("opening", "book")))
    attempt = only(attempts(made, luis))
    assert (attempt.note, attempt.path) == ("kind", ("opening", "book"))


@pytest.mark.parametrize(
    ("outcome", "owed"),
    [
        (Outcome.NO_ANSWER, [(CALL, "2026-11-24 12:00", False, DayPart.AFTERNOON)]),
        (Outcome.VOICEMAIL, [(CALL, "2026-11-27 12:00", False, DayPart.AFTERNOON)]),
        (
            Outcome.SENT,
            [(OTHER, "2026-11-27 12:00", False, DayPart.ANY), (CALL, "2026-12-03 12:00", False, DayPart.ANY)],
        ),
        (Outcome.CALL_BACK, [(CALL, "2026-12-03 14:00", True, DayPart.ANY)]),
        (Outcome.REPLIED, [(CALL, "2026-11-24 12:00", False, DayPart.ANY)]),
        (Outcome.WRONG_NUMBER, [(OTHER, "2026-11-24 12:00", False, DayPart.ANY)]),
        (
            Outcome.SCHEDULED,
            [
                (INTERVIEW, "2026-12-03 14:00", True, DayPart.ANY),
                (CONFIRM, "2026-12-02 12:00", False, DayPart.ANY),
            ],
        ),
        (Outcome.TALK_NOW, [(INTERVIEW, "2026-11-23 09:00", True, DayPart.ANY)]),
        (Outcome.DECLINED, []),
        (Outcome.REFERRED, []),
    ],
)
def test_what_is_owed_after_each_outcome(
    made: Made, luis: Contact, outcome: Outcome, owed: list[tuple[FollowUpKind, str, bool, DayPart]]
) -> None:
    made.desk.calling.record(luis.id, next(one for one in ENDS if one.outcome is outcome))
    found = [(one.kind, one.due, one.timed, one.part) for one in open_ones(made, luis)]
    assert found == [(kind, local(due), timed, part) for kind, due, timed, part in owed]


@pytest.mark.parametrize(
    ("outcome", "stage"),
    [
        (Outcome.SCHEDULED, Stage.SCHEDULED),
        (Outcome.TALK_NOW, Stage.SCHEDULED),
        (Outcome.VOICEMAIL, Stage.ASKED),
        (Outcome.NO_ANSWER, Stage.ASKED),
        (Outcome.CALL_BACK, Stage.ASKED),
        (Outcome.SENT, Stage.ASKED),
        (Outcome.REPLIED, Stage.ASKED),
        (Outcome.DECLINED, Stage.DECLINED),
        (Outcome.REFERRED, Stage.ASKED),
        (Outcome.WRONG_NUMBER, Stage.ASKED),
    ],
)
def test_the_stage_after_each_outcome(made: Made, luis: Contact, outcome: Outcome, stage: Stage) -> None:
    made.desk.calling.record(luis.id, next(one for one in ENDS if one.outcome is outcome))
    assert made.desk.address_book.stage(luis.id) is stage


def test_five_calls_without_an_answer_are_enough(made: Made, luis: Contact) -> None:
    endings: list[Ending] = []
    for _ in range(5):
        endings.append(made.desk.calling.record(luis.id, CallEnd(outcome=Outcome.NO_ANSWER)))
        made.clock.forward(days=2)
    assert [one.owed[0].why[:10] for one in endings[:4]] == [f"try {tries} of 5" for tries in (2, 3, 4, 5)]
    assert (endings[4].owed, endings[4].hold) == ((), "5 calls without an answer")
    assert open_ones(made, luis) == []
    assert made.desk.address_book.stage(luis.id) is Stage.HELD
    made.desk.calling.record(luis.id, CallEnd(outcome=Outcome.CALL_BACK, at=THURSDAY))
    assert made.desk.address_book.stage(luis.id) is Stage.ASKED


def test_a_meeting_is_put_down_whole(made: Made, luis: Contact) -> None:
    made.desk.targeting.save({"minutes": "25", "role": "Media Planner"})
    mei = made.desk.address_book.add({"name": "Mei", "kind": "practitioner"})
    ending = made.desk.calling.record(mei.id, ENDS[0])
    meeting = ending.interview
    assert meeting == only(made.book.of_contact(Interview, mei.id))
    assert meeting is not None
    assert (meeting.at, meeting.mode, meeting.place) == (THURSDAY, Mode.VIDEO, "https://meet.example.com")
    assert meeting.attempt_id == only(attempts(made, mei)).id
    assert (meeting.countdown.minutes, meeting.countdown.started) == (25, False)
    assert (meeting.checklist[0].id, meeting.checklist[-1].referral) == ("came-to-it", True)
    assert meeting.target_id == mei.target_id != ""
    assert {one.interview_id for one in ending.owed} == {meeting.id}


def test_without_a_profile_the_cadence_says_how_many_minutes(made: Made, luis: Contact) -> None:
    meeting = made.desk.calling.record(luis.id, ENDS[0]).interview
    assert meeting is not None
    assert meeting.countdown.minutes == 20


def test_a_second_date_moves_the_meeting_and_keeps_its_checklist(made: Made, luis: Contact) -> None:
    first = made.desk.calling.record(luis.id, ENDS[0]).interview
    assert first is not None
    made.desk.interviewing.star(first.id, first.checklist[0].id)
    later = THURSDAY + timedelta(days=4)
    moved = made.desk.calling.record(luis.id, CallEnd(outcome=Outcome.SCHEDULED, at=later)).interview
    assert moved is not None
    assert (moved.id, moved.at, moved.mode, moved.place) == (first.id, later, Mode.PHONE, "")
    assert moved.checklist[0].starred
    assert [(one.kind, one.due) for one in open_ones(made, luis)] == [
        (INTERVIEW, later),
        (CONFIRM, local("2026-12-04 12:00")),
    ]
    closed = [one for one in made.book.of_contact(FollowUp, luis.id) if one.kind in (INTERVIEW, CONFIRM)]
    assert [one.dropped for one in closed] == [True, True, False, False]


def test_talking_now_starts_the_countdown_at_once(made: Made, luis: Contact) -> None:
    meeting = made.desk.calling.record(luis.id, CallEnd(outcome=Outcome.TALK_NOW)).interview
    assert meeting is not None
    assert meeting.countdown.started_at == made.clock.now()
    assert made.book.running() == meeting
    assert made.book.get(Interview, meeting.id) == meeting


def test_talking_now_uses_the_meeting_that_was_planned(made: Made, luis: Contact) -> None:
    planned = made.desk.calling.record(luis.id, ENDS[0]).interview
    begun = made.desk.calling.record(luis.id, CallEnd(outcome=Outcome.TALK_NOW)).interview
    assert planned is not None
    assert begun is not None
    assert (begun.id, begun.at) == (planned.id, made.clock.now())
    assert [one.kind for one in open_ones(made, luis)] == [INTERVIEW]


def test_whoever_they_named_is_a_contact_with_a_call(made: Made, luis: Contact) -> None:
    ending = made.desk.calling.record(luis.id, ENDS[8])
    mei = ending.referred
    assert mei is not None
    assert (mei.name, mei.phone, mei.kind) == ("Mei Tanaka", "+1 312 555 0163", ContactKind.PRACTITIONER)
    assert (mei.source, mei.referrer_id) == (Source.REFERRAL, luis.id)
    assert made.book.contact(mei.id) == mei
    call = only(open_ones(made, mei))
    assert (call.due, call.why) == (local("2026-11-25 12:00"), "named by Luis")


def test_a_wrong_number_is_forgotten(made: Made, luis: Contact) -> None:
    made.desk.calling.record(luis.id, CallEnd(outcome=Outcome.WRONG_NUMBER))
    changed = made.book.contact(luis.id)
    assert changed is not None
    assert changed.phone == ""
    assert only(open_ones(made, luis)).note == "find a number that works"


def test_declining_drops_what_was_still_to_come(made: Made, luis: Contact) -> None:
    made.desk.calling.record(luis.id, ENDS[0])
    made.desk.following_up.add(luis.id, FollowUpKind.PROMISE, THURSDAY, False, "the article")
    made.desk.calling.record(luis.id, CallEnd(outcome=Outcome.DECLINED))
    assert only(made.book.of_contact(Interview, luis.id)).cancelled
    assert [one.kind for one in open_ones(made, luis)] == [FollowUpKind.PROMISE]
    assert made.desk.address_book.stage(luis.id) is Stage.DECLINED


def test_declining_leaves_a_meeting_that_has_begun(made: Made, luis: Contact) -> None:
    made.desk.calling.record(luis.id, CallEnd(outcome=Outcome.TALK_NOW))
    made.desk.calling.record(luis.id, CallEnd(outcome=Outcome.DECLINED))
    assert not only(made.book.of_contact(Interview, luis.id)).cancelled


def test_an_answer_settles_what_the_silence_before_it_left(made: Made, luis: Contact) -> None:
    made.desk.calling.record(luis.id, CallEnd(outcome=Outcome.SENT, channel=Channel.EMAIL))
    made.desk.following_up.add(luis.id, OTHER, THURSDAY, False, "of my own")
    made.clock.forward(days=1)
    made.desk.calling.record(luis.id, CallEnd(outcome=Outcome.REPLIED, channel=Channel.EMAIL))
    assert [(one.kind, one.note) for one in open_ones(made, luis)] == [(OTHER, "of my own"), (CALL, "")]


@pytest.mark.parametrize(
    ("outcome", "moved"),
    [
        (Outcome.NO_ANSWER, False),
        (Outcome.WRONG_NUMBER, False),
        (Outcome.SENT, True),
        (Outcome.VOICEMAIL, True),
        (Outcome.CALL_BACK, True),
        (Outcome.REPLIED, True),
    ],
)
def test_a_logged_contact_starts_the_clock_of_keeping_in_touch_anew(
    made: Made, luis: Contact, outcome: Outcome, moved: bool
) -> None:
    soon = local("2026-12-01 12:00")
    made.desk.following_up.add(luis.id, CHECK_IN, soon, False, "news")
    made.desk.calling.record(luis.id, CallEnd(outcome=outcome, at=THURSDAY))
    check_in = only(one for one in open_ones(made, luis) if one.kind is CHECK_IN)
    assert (check_in.due, check_in.note) == (local("2026-12-23 12:00") if moved else soon, "news")


@pytest.mark.parametrize("outcome", [Outcome.SCHEDULED, Outcome.CALL_BACK])
def test_an_end_that_needs_a_time_is_refused_without_one(made: Made, luis: Contact, outcome: Outcome) -> None:
    saved = len(made.saved)
    with pytest.raises(ValueError, match="needs a time"):
        made.desk.calling.record(luis.id, CallEnd(outcome=outcome))
    assert len(made.saved) == saved


def test_an_end_needs_somebody_who_was_called(made: Made) -> None:
    with pytest.raises(KeyError):
        made.desk.calling.record("gone", CallEnd(outcome=Outcome.NO_ANSWER))


def test_a_note_begins_an_attempt_that_the_outcome_completes(made: Made, luis: Contact) -> None:
    calling = made.desk.calling
    calling.note(luis.id, " ", Channel.PHONE)
    assert calling.under_way(luis.id) is None
    calling.note(luis.id, "asks", Channel.PHONE)
    calling.note(luis.id, "asks for email", Channel.PHONE)
    under_way = calling.under_way(luis.id)
    assert under_way is not None
    assert (under_way.note, under_way.outcome) == ("asks for email", None)
    assert calling.attempts(luis.id) == []
    made.clock.forward(minutes=4)
    calling.record(luis.id, CallEnd(outcome=Outcome.REPLIED))
    attempt = only(attempts(made, luis))
    assert (attempt.id, attempt.note, attempt.at) == (under_way.id, "asks for email", made.clock.now())
    assert calling.under_way(luis.id) is None
    assert calling.attempts(luis.id) == [attempt]


def test_the_notes_of_one_call_are_undone_together(made: Made, luis: Contact) -> None:
    for text in ("a", "ab", "abc", ""):
        made.desk.calling.note(luis.id, text, Channel.PHONE)
    made.desk.history.undo()
    assert attempts(made, luis) == []


def test_attempts_come_oldest_first(made: Made, luis: Contact) -> None:
    for _ in range(3):
        made.desk.calling.record(luis.id, CallEnd(outcome=Outcome.NO_ANSWER))
        made.clock.forward(days=1)
    times = [one.at for one in made.desk.calling.attempts(luis.id)]
    assert times == sorted(times)


def test_the_planned_meeting_is_the_next_one_neither_over_nor_cancelled(made: Made, luis: Contact) -> None:
    assert made.desk.calling.planned(luis.id) is None
    meeting = made.desk.calling.record(luis.id, ENDS[0]).interview
    assert made.desk.calling.planned(luis.id) == meeting
    made.desk.calling.record(luis.id, CallEnd(outcome=Outcome.DECLINED))
    assert made.desk.calling.planned(luis.id) is None


def test_of_two_planned_meetings_the_earlier_one_is_next(made: Made, luis: Contact) -> None:
    late = interview(THURSDAY, id="late", contact_id=luis.id)
    early = interview(THURSDAY - timedelta(days=1), id="early", contact_id=luis.id)
    made.desk.history.commit("two meetings", late, early)
    planned = made.desk.calling.planned(luis.id)
    assert planned is not None
    assert planned.id == "early"


def test_a_kind_without_a_bank_gets_an_empty_checklist(library: Library) -> None:
    made = Made(msgspec.structs.replace(library, banks={}))
    luis = made.desk.address_book.add({"name": "Luis"})
    meeting = made.desk.calling.record(luis.id, CallEnd(outcome=Outcome.TALK_NOW)).interview
    assert meeting is not None
    assert meeting.checklist == ()
    assert made.desk.checklists.more(meeting) == []
    made.desk.interviewing.start(meeting.id)
    made.desk.interviewing.end(meeting.id)
    assert made.desk.address_book.stage(luis.id) is Stage.MET
