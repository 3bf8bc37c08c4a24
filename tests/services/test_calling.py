from __future__ import annotations

import msgspec
import pytest
from warmcall.config.library import Library
from warmcall.config.settings import Config
from warmcall.domain.countdown import Countdown
from warmcall.domain.records import AnyRecord, Attempt, Contact, FollowUp, Interview, replace
from warmcall.domain.script import ScriptFor
from warmcall.domain.vocabulary import (
    Channel,
    ContactKind,
    DayPart,
    FollowUpKind,
    Mode,
    Outcome,
    Source,
    Stage,
)
from warmcall.domain.when import When
from warmcall.services.calling import CallPlan, CallResult

from tests.conftest import CHICAGO, Bench, FakeClock
from tests.examples import interview, local, only, question, state_of, when

CALL, OTHER, CONFIRM = FollowUpKind.CALL, FollowUpKind.OTHER, FollowUpKind.CONFIRM
INTERVIEW, CHECK_IN = FollowUpKind.INTERVIEW, FollowUpKind.CHECK_IN
NOON, THURSDAY = "2026-11-23 12:00", when("2026-12-03 14:00")

RESULTS = [
    CallResult(outcome=Outcome.SCHEDULED, at=THURSDAY, mode=Mode.VIDEO, place="https://meet.example.com"),
    CallResult(outcome=Outcome.TALK_NOW),
    CallResult(outcome=Outcome.VOICEMAIL, channel=Channel.VOICEMAIL),
    CallResult(outcome=Outcome.NO_ANSWER),
    CallResult(outcome=Outcome.CALL_BACK, at=THURSDAY),
    CallResult(outcome=Outcome.SENT, channel=Channel.EMAIL),
    CallResult(outcome=Outcome.REPLIED, channel=Channel.EMAIL),
    CallResult(outcome=Outcome.DECLINED),
    CallResult(outcome=Outcome.REFERRED, person="Mei Tanaka", person_phone="+1 312 555 0163"),
    CallResult(outcome=Outcome.WRONG_NUMBER),
]
every_result = pytest.mark.parametrize("result", RESULTS, ids=lambda result: result.outcome)


@pytest.fixture
def bench(library: Library) -> Bench:
    """the services in the United States on Monday 23 November 2026, 9:00, three days before a holiday."""
    return Bench(library, Config(country="US"), CHICAGO)


@pytest.fixture
def clock(bench: Bench) -> FakeClock:
    return bench.clock


def open_ones(bench: Bench, contact: Contact) -> list[FollowUp]:
    return [
        follow_up for follow_up in bench.store.of_contact(FollowUp, contact.id) if follow_up.done_at is None
    ]


def attempts(bench: Bench, contact: Contact) -> list[Attempt]:
    return bench.store.of_contact(Attempt, contact.id)


def without_ids(records: tuple[AnyRecord, ...]) -> list[tuple[str, str]]:
    return [(type(record).__name__, str(getattr(record, "kind", ""))) for record in records]


@every_result
def test_planning_changes_nothing(bench: Bench, luis: Contact, result: CallResult) -> None:
    before, saved = state_of(bench.store), len(bench.saved)
    bench.services.calling.plan(luis.id, result)
    assert (state_of(bench.store), len(bench.saved)) == (before, saved)


@every_result
def test_recording_does_what_was_planned_as_one_change_and_one_undo_takes_it_back(
    bench: Bench, luis: Contact, result: CallResult
) -> None:
    plan = bench.services.calling.plan(luis.id, result)
    before, saved = state_of(bench.store), len(bench.saved)
    recorded = bench.services.calling.record(luis.id, result)
    assert len(bench.saved) == saved + 1
    assert without_ids(recorded.records) == without_ids(plan.records)
    assert [(follow_up.kind, follow_up.due, follow_up.why) for follow_up in recorded.owed] == [
        (follow_up.kind, follow_up.due, follow_up.why) for follow_up in plan.owed
    ]
    assert (recorded.hold, bool(recorded.interview), bool(recorded.referred)) == (
        plan.hold,
        bool(plan.interview),
        bool(plan.referred),
    )
    assert {record.id for record in recorded.records} <= {id_ for _, id_ in state_of(bench.store)}
    assert set(recorded.owed) <= set(bench.store.all(FollowUp))
    label = bench.services.history.undo()
    assert label == f"{result.outcome.replace('_', ' ')}: Luis"
    assert state_of(bench.store) == before


@every_result
def test_every_end_keeps_the_attempt_and_settles_the_call(
    bench: Bench, luis: Contact, result: CallResult
) -> None:
    call = only(open_ones(bench, luis))
    bench.clock.forward(minutes=5)
    bench.services.calling.record(luis.id, result)
    attempt = only(attempts(bench, luis))
    assert (attempt.outcome, attempt.channel, attempt.at) == (
        result.outcome,
        result.channel,
        bench.clock.now(),
    )
    settled = bench.store.get(FollowUp, call.id)
    assert settled is not None
    assert (settled.done_at, settled.attempt_id, settled.dropped) == (bench.clock.now(), attempt.id, False)


@every_result
def test_the_path_and_the_note_go_with_the_attempt(bench: Bench, luis: Contact, result: CallResult) -> None:
    bench.services.calling.record(
        luis.id, msgspec.structs.replace(result, note="kind", path=("opening", "book"))
    )
    attempt = only(attempts(bench, luis))
    assert (attempt.note, attempt.path) == ("kind", ("opening", "book"))


@pytest.mark.parametrize(
    ("outcome", "owed"),
    [
        (Outcome.NO_ANSWER, [(CALL, "2026-11-24", DayPart.AFTERNOON)]),
        (Outcome.VOICEMAIL, [(CALL, "2026-11-27", DayPart.AFTERNOON)]),
        (
            Outcome.SENT,
            [(OTHER, "2026-11-27", DayPart.ANY), (CALL, "2026-12-03", DayPart.ANY)],
        ),
        (Outcome.CALL_BACK, [(CALL, "2026-12-03 14:00", DayPart.ANY)]),
        (Outcome.REPLIED, [(CALL, "2026-11-24", DayPart.ANY)]),
        (Outcome.WRONG_NUMBER, [(OTHER, "2026-11-24", DayPart.ANY)]),
        (
            Outcome.SCHEDULED,
            [
                (INTERVIEW, "2026-12-03 14:00", DayPart.ANY),
                (CONFIRM, "2026-12-02", DayPart.ANY),
            ],
        ),
        (Outcome.TALK_NOW, [(INTERVIEW, "2026-11-23 09:00", DayPart.ANY)]),
        (Outcome.DECLINED, []),
        (Outcome.REFERRED, []),
    ],
)
def test_what_is_owed_after_each_outcome(
    bench: Bench, luis: Contact, outcome: Outcome, owed: list[tuple[FollowUpKind, str, DayPart]]
) -> None:
    bench.services.calling.record(luis.id, next(result for result in RESULTS if result.outcome is outcome))
    found = [(follow_up.kind, follow_up.due, follow_up.part) for follow_up in open_ones(bench, luis)]
    assert found == [(kind, when(due), part) for kind, due, part in owed]


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
def test_the_stage_after_each_outcome(bench: Bench, luis: Contact, outcome: Outcome, stage: Stage) -> None:
    bench.services.calling.record(luis.id, next(result for result in RESULTS if result.outcome is outcome))
    assert bench.services.address_book.stage(luis.id) is stage


def test_five_calls_without_an_answer_are_enough(bench: Bench, luis: Contact) -> None:
    endings: list[CallPlan] = []
    for _ in range(5):
        endings.append(bench.services.calling.record(luis.id, CallResult(outcome=Outcome.NO_ANSWER)))
        bench.clock.forward(days=2)
    assert [call_plan.owed[0].why[:10] for call_plan in endings[:4]] == [
        f"try {tries} of 5" for tries in (2, 3, 4, 5)
    ]
    assert (endings[4].owed, endings[4].hold) == ((), "5 calls without an answer")
    assert open_ones(bench, luis) == []
    assert bench.services.address_book.stage(luis.id) is Stage.HELD
    bench.services.calling.record(luis.id, CallResult(outcome=Outcome.CALL_BACK, at=THURSDAY))
    assert bench.services.address_book.stage(luis.id) is Stage.ASKED


def test_a_meeting_is_recorded_whole(bench: Bench, luis: Contact) -> None:
    bench.services.profile_editing.save({"minutes": "25", "role": "Media Planner"})
    mei = bench.services.address_book.add({"name": "Mei", "kind": "practitioner"})
    recorded = bench.services.calling.record(mei.id, RESULTS[0])
    meeting = recorded.interview
    assert meeting == only(bench.store.of_contact(Interview, mei.id))
    assert meeting is not None
    assert (When(meeting.at), meeting.mode, meeting.place) == (
        THURSDAY,
        Mode.VIDEO,
        "https://meet.example.com",
    )
    assert meeting.attempt_id == only(attempts(bench, mei)).id
    assert (meeting.countdown.minutes, meeting.countdown.started) == (25, False)
    assert (meeting.checklist[0].id, meeting.checklist[-1].referral) == ("came-to-it", True)
    assert meeting.target_id == mei.target_id != ""
    assert {follow_up.interview_id for follow_up in recorded.owed} == {meeting.id}


def test_without_a_profile_the_cadence_says_how_many_minutes(bench: Bench, luis: Contact) -> None:
    meeting = bench.services.calling.record(luis.id, RESULTS[0]).interview
    assert meeting is not None
    assert meeting.countdown.minutes == 20


def test_a_second_date_moves_the_meeting_and_keeps_its_checklist(bench: Bench, luis: Contact) -> None:
    first = bench.services.calling.record(luis.id, RESULTS[0]).interview
    assert first is not None
    bench.services.checklists.star(first.id, first.checklist[0].id)
    later = local("2026-12-07 14:00")
    moved = bench.services.calling.record(
        luis.id, CallResult(outcome=Outcome.SCHEDULED, at=When(later))
    ).interview
    assert moved is not None
    assert (moved.id, moved.at, moved.mode, moved.place) == (first.id, later, Mode.PHONE, "")
    assert moved.checklist[0].starred
    assert [(follow_up.kind, follow_up.due) for follow_up in open_ones(bench, luis)] == [
        (INTERVIEW, When(later)),
        (CONFIRM, when("2026-12-04")),
    ]
    closed = [
        follow_up
        for follow_up in bench.store.of_contact(FollowUp, luis.id)
        if follow_up.kind in (INTERVIEW, CONFIRM)
    ]
    assert [follow_up.dropped for follow_up in closed] == [True, True, False, False]


def test_talking_now_starts_the_countdown_at_once(bench: Bench, luis: Contact) -> None:
    meeting = bench.services.calling.record(luis.id, CallResult(outcome=Outcome.TALK_NOW)).interview
    assert meeting is not None
    assert meeting.countdown.started_at == bench.clock.now()
    assert bench.store.running() == meeting
    assert bench.store.get(Interview, meeting.id) == meeting


@pytest.mark.parametrize(("minutes", "limit", "set_aside"), [(0, 30, False), (15, 15, False), (10, 10, True)])
def test_talking_now_uses_the_meeting_that_was_planned_with_as_many_questions_as_there_is_time(
    bench: Bench, luis: Contact, minutes: int, limit: int, set_aside: bool
) -> None:
    recorded = bench.services.calling.record(luis.id, RESULTS[0])
    id_ = recorded.interview.id if recorded.interview else ""
    bench.services.checklists.add_questions(id_, [question("own", ask="Why the ferry?")])
    bench.services.checklists.reword(id_, "look-for", "Whom do you take on?")
    planned = replace(bench.store.require(Interview, id_), countdown=Countdown(minutes=30))
    bench.services.history.commit("half an hour", planned)
    result = CallResult(outcome=Outcome.TALK_NOW, minutes=minutes)
    under_way = bench.services.calling.record(luis.id, result).interview
    assert under_way is not None
    assert (under_way.id, under_way.at) == (id_, bench.clock.now())
    assert [follow_up.kind for follow_up in open_ones(bench, luis)] == [INTERVIEW]
    assert under_way.countdown.minutes == limit
    assert "Whom do you take on?" in {listed.ask for listed in under_way.checklist}
    if not set_aside:
        assert (under_way.checklist, under_way.set_aside) == (planned.checklist, ())
        return
    ids = [listed.id for listed in under_way.checklist]
    assert ids == ["look-for", "advice-entering-manager", "who-else-manager"]
    rest = [listed.id for listed in planned.checklist if listed.id not in ids]
    assert "own" in rest
    assert [offer.question.id for offer in bench.services.checklists.offers(under_way)][: len(rest)] == rest


def test_whoever_they_named_is_a_contact_with_a_call(bench: Bench, luis: Contact) -> None:
    recorded = bench.services.calling.record(luis.id, RESULTS[8])
    mei = recorded.referred
    assert mei is not None
    assert (mei.name, mei.phone, mei.kind) == ("Mei Tanaka", "+1 312 555 0163", ContactKind.PRACTITIONER)
    assert (mei.source, mei.referrer_id) == (Source.REFERRAL, luis.id)
    assert bench.store.contact(mei.id) == mei
    call = only(open_ones(bench, mei))
    assert (call.due, call.why) == (when("2026-11-25"), "named by Luis")


def test_a_wrong_number_is_forgotten(bench: Bench, luis: Contact) -> None:
    bench.services.calling.record(luis.id, CallResult(outcome=Outcome.WRONG_NUMBER))
    changed = bench.store.contact(luis.id)
    assert changed is not None
    assert changed.phone == ""
    assert only(open_ones(bench, luis)).note == "find a number that works"


def test_declining_drops_what_was_still_to_come(bench: Bench, luis: Contact) -> None:
    bench.services.calling.record(luis.id, RESULTS[0])
    bench.services.following_up.add(luis.id, FollowUpKind.PROMISE, THURSDAY, "the article")
    bench.services.calling.record(luis.id, CallResult(outcome=Outcome.DECLINED))
    assert only(bench.store.of_contact(Interview, luis.id)).cancelled
    assert [follow_up.kind for follow_up in open_ones(bench, luis)] == [FollowUpKind.PROMISE]
    assert bench.services.address_book.stage(luis.id) is Stage.DECLINED


def test_declining_leaves_a_meeting_that_has_started(bench: Bench, luis: Contact) -> None:
    bench.services.calling.record(luis.id, CallResult(outcome=Outcome.TALK_NOW))
    bench.services.calling.record(luis.id, CallResult(outcome=Outcome.DECLINED))
    assert not only(bench.store.of_contact(Interview, luis.id)).cancelled


def test_an_answer_settles_what_the_silence_before_it_left(bench: Bench, luis: Contact) -> None:
    bench.services.calling.record(luis.id, CallResult(outcome=Outcome.SENT, channel=Channel.EMAIL))
    bench.services.following_up.add(luis.id, OTHER, THURSDAY, "of my own")
    bench.clock.forward(days=1)
    bench.services.calling.record(luis.id, CallResult(outcome=Outcome.REPLIED, channel=Channel.EMAIL))
    assert [(follow_up.kind, follow_up.note) for follow_up in open_ones(bench, luis)] == [
        (OTHER, "of my own"),
        (CALL, ""),
    ]


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
    bench: Bench, luis: Contact, outcome: Outcome, moved: bool
) -> None:
    soon = when("2026-12-01")
    bench.services.following_up.add(luis.id, CHECK_IN, soon, "news")
    bench.services.calling.record(luis.id, CallResult(outcome=outcome, at=THURSDAY))
    check_in = only(follow_up for follow_up in open_ones(bench, luis) if follow_up.kind is CHECK_IN)
    assert (check_in.due, check_in.note) == (when("2026-12-23") if moved else soon, "news")


@pytest.mark.parametrize("outcome", [Outcome.SCHEDULED, Outcome.CALL_BACK])
def test_an_end_that_needs_a_time_is_refused_without_one(
    bench: Bench, luis: Contact, outcome: Outcome
) -> None:
    saved = len(bench.saved)
    with pytest.raises(ValueError, match="needs a time"):
        bench.services.calling.record(luis.id, CallResult(outcome=outcome))
    assert len(bench.saved) == saved


def test_an_end_needs_somebody_who_was_called(bench: Bench) -> None:
    with pytest.raises(KeyError):
        bench.services.calling.record("gone", CallResult(outcome=Outcome.NO_ANSWER))


def test_the_planned_meeting_is_the_next_one_neither_over_nor_cancelled(bench: Bench, luis: Contact) -> None:
    assert bench.services.calling.planned_meeting(luis.id) is None
    meeting = bench.services.calling.record(luis.id, RESULTS[0]).interview
    assert bench.services.calling.planned_meeting(luis.id) == meeting
    bench.services.calling.record(luis.id, CallResult(outcome=Outcome.DECLINED))
    assert bench.services.calling.planned_meeting(luis.id) is None


def test_of_two_planned_meetings_the_earlier_one_is_next(bench: Bench, luis: Contact) -> None:
    late = interview("2026-12-03 14:00", id="late", contact_id=luis.id)
    early = interview("2026-12-02 14:00", id="early", contact_id=luis.id)
    bench.services.history.commit("two meetings", late, early)
    planned = bench.services.calling.planned_meeting(luis.id)
    assert planned is not None
    assert planned.id == "early"


def test_a_kind_without_a_bank_gets_an_empty_checklist(library: Library) -> None:
    bench = Bench(library.replaced(banks={}))
    luis = bench.services.address_book.add({"name": "Luis"})
    meeting = bench.services.calling.record(luis.id, CallResult(outcome=Outcome.TALK_NOW)).interview
    assert meeting is not None
    assert meeting.checklist == ()
    assert bench.services.checklists.offers(meeting) == []
    bench.services.interviewing.start(meeting.id)
    bench.services.interviewing.end(meeting.id)
    assert bench.services.address_book.stage(luis.id) is Stage.MET


@pytest.mark.parametrize(
    ("kind", "serves", "outcome", "is_done"),
    [
        (FollowUpKind.CONFIRM, ScriptFor.CONFIRM, Outcome.REPLIED, True),
        (FollowUpKind.CONFIRM, ScriptFor.CONFIRM, Outcome.VOICEMAIL, True),
        (FollowUpKind.CONFIRM, ScriptFor.CONFIRM, Outcome.NO_ANSWER, False),
        (FollowUpKind.TELL_REFERRER, ScriptFor.TELL_REFERRER, Outcome.VOICEMAIL, True),
        (FollowUpKind.CHECK_IN, ScriptFor.MET, Outcome.REPLIED, True),
        (FollowUpKind.CHECK_IN, ScriptFor.MET, Outcome.VOICEMAIL, False),
        (FollowUpKind.CHECK_IN, ScriptFor.MET, Outcome.SENT, True),
        (FollowUpKind.CONFIRM, ScriptFor.CONFIRM, Outcome.SENT, True),
        (FollowUpKind.INTERVIEW, ScriptFor.LATE, Outcome.REPLIED, False),
    ],
)
def test_a_call_to_somebody_known_does_what_it_was_made_for(
    bench: Bench, luis: Contact, kind: FollowUpKind, serves: ScriptFor, outcome: Outcome, is_done: bool
) -> None:
    bench.services.following_up.add(luis.id, kind, when("2026-11-24"), "")
    (owed,) = bench.store.open_of_contact(luis.id, kind)
    before = {follow_up.id for follow_up in bench.store.open_of_contact(luis.id, *FollowUpKind)}
    plan = bench.services.calling.record(luis.id, CallResult(outcome=outcome, serves=serves, answers=owed.id))
    assert (bench.store.require(FollowUp, owed.id).done_at is not None) == is_done
    assert (plan.settled is not None, plan.kept is not None) == (is_done, not is_done)
    new = {follow_up.kind for follow_up in bench.store.open_of_contact(luis.id, *FollowUpKind)
           if follow_up.id not in before}  # fmt: skip
    assert new == ({FollowUpKind.CHECK_IN} if is_done and kind is FollowUpKind.CHECK_IN else set())
