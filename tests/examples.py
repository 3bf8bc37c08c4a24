"""Records, calendars and strategies that tests share."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from warmcall.domain.business_days import Calendar
from warmcall.domain.change import Change, edit_of
from warmcall.domain.clock_reading import ClockReading
from warmcall.domain.countdown import Countdown, Pause
from warmcall.domain.records import (
    TABLE_OF,
    TABLES,
    Advice,
    AnswerMark,
    AnyRecord,
    Attempt,
    Capture,
    ChecklistQuestion,
    Contact,
    Debrief,
    Decision,
    Difference,
    DistinctPeople,
    Evidence,
    FieldsChanged,
    FollowUp,
    Interview,
    JoinedQuestion,
    MergedPerson,
    Opening,
    Organization,
    PoolPerson,
    Profile,
    Requirement,
    Target,
    replace,
)
from warmcall.domain.store import Store
from warmcall.domain.templates import contact_values, profile_values, target_values
from warmcall.domain.vocabulary import (
    CaptureKind,
    Channel,
    ContactKind,
    DayPart,
    FollowUpKind,
    Mode,
    OpeningEnd,
    Outcome,
    Permission,
    Posting,
    QuestionState,
    Source,
    TargetVerdict,
)
from warmcall.domain.when import When

T = TypeVar("T")

CHICAGO = ZoneInfo("America/Chicago")
THANKSGIVING = date(2026, 11, 26)
CALENDAR = Calendar(CHICAGO, lambda day: "Thanksgiving Day" if day == THANKSGIVING else "")
"""Chicago, where the only holiday is Thursday 26 November 2026."""


def local(text: str, zone: ZoneInfo = CHICAGO) -> datetime:
    """Return the instant of "2026-11-23 10:05" in `zone`, as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


NOW = local("2026-11-23 09:00")
STAMP: dict[str, Any] = {"created_at": NOW, "changed_at": NOW}


def profile(**fields: Any) -> Profile:
    return Profile(**({"id": "profile", **STAMP, "name": "Robin Vale", "phone": "+1 312 555 0118"} | fields))


def target(**fields: Any) -> Target:
    return Target(**({"id": "target", **STAMP, "role": "Media Planner"} | fields))


def contact(**fields: Any) -> Contact:
    return Contact(**({"id": "luis", **STAMP, "name": "Luis Ortega"} | fields))


def pool_person(**fields: Any) -> PoolPerson:
    return PoolPerson(**({"id": "nora", **STAMP, "name": "Nora Feld"} | fields))


def organization(name: str, **fields: Any) -> Organization:
    return Organization(**({"id": name, **STAMP, "name": name} | fields))


def opening(heard_on: str | date = "2026-11-23", **fields: Any) -> Opening:
    """Return an opening that Luis Ortega spoke of on a day such as "2026-11-23"."""
    day = date.fromisoformat(heard_on) if isinstance(heard_on, str) else heard_on
    return Opening(**({"id": "opening", **STAMP, "contact_id": "luis"} | fields), heard_on=day)


def attempt(at: str | datetime, outcome: Outcome | None, **fields: Any) -> Attempt:
    instant = local(at) if isinstance(at, str) else at
    given = {"id": f"a {instant}", **STAMP, "contact_id": "luis", "channel": Channel.PHONE}
    return Attempt(**(given | fields), at=instant, outcome=outcome)


def interview(at: str | datetime = NOW, **fields: Any) -> Interview:
    instant = local(at) if isinstance(at, str) else at
    return Interview(**({"id": "meeting", **STAMP, "contact_id": "luis", "at": instant} | fields))


def when(text: str) -> When:
    """Return the day of "2026-11-23", or the instant of "2026-11-23 10:05" in Chicago."""
    return When(local(text) if " " in text else date.fromisoformat(text))


def follow_up(kind: FollowUpKind, due: str | When = "2026-11-23", **fields: Any) -> FollowUp:
    """Return a follow-up; `due` is as for `when`."""
    given = {"id": f"f {kind} {due}", **STAMP, "contact_id": "luis"}
    return FollowUp(**(given | fields), kind=kind, due=when(due) if isinstance(due, str) else due)


def advice(words: str, **fields: Any) -> Advice:
    return Advice(**({"id": words, **STAMP, "contact_id": "luis", "words": words} | fields))


def question(id_: str, **fields: Any) -> ChecklistQuestion:
    return ChecklistQuestion(**({"id": id_, "ask": f"What about {id_}?"} | fields))


def capture(kind: CaptureKind, what: str = "", **fields: Any) -> Capture:
    return Capture(**({"id": ""} | fields), kind=kind, what=what)


ME = profile(background="a recent graduate in marketing who ran a student paper", minutes=20)
AIM = target(industry="advertising", place="Chicago")
REFERRER = contact(id="dana", name="Dana Whitfield")
LUIS = contact(organization="Parkway & Sons", title="Account Director", source=Source.REFERRAL)


def ordinary_values() -> dict[str, str]:
    """Return what an ordinary profile, target and referred contact give to templates."""
    return (
        profile_values(ME)
        | target_values(AIM)
        | contact_values(replace(LUIS, why="run a team that plans media"), REFERRER, ME)
    )


def state_of(store: Store) -> dict[tuple[str, str], AnyRecord]:
    """Return every record of `store` by table and id."""
    kinds: Iterable[type[AnyRecord]] = TABLES.values()
    return {(TABLE_OF[kind], record.id): record for kind in kinds for record in store.all(kind)}


_numbers = itertools.count(1)


def change(*pairs: tuple[AnyRecord | None, AnyRecord | None], id_: str = "", at: datetime = NOW) -> Change:
    """Return the change that turns each first record into the second."""
    edits = [edit for old, new in pairs if (edit := edit_of(old, new))]
    return Change(id_ or f"change-{os.getpid()}-{next(_numbers)}", at, "a change", tuple(edits))


def adding(*records: AnyRecord) -> Change:
    return change(*((None, record) for record in records))


instants = st.datetimes(
    datetime.fromisoformat("2000-01-01"), datetime.fromisoformat("2100-01-01"), timezones=st.just(UTC)
)
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
whens = st.one_of(days, instants).map(When)
texts = st.text(max_size=12)
_ids = st.sampled_from("abc")
_contact_ids = st.sampled_from(["contacts-a", "contacts-b", "gone"])
_maybe_instants = st.none() | instants
_stamps = {"created_at": instants, "changed_at": instants}
_checklists = st.lists(
    st.builds(
        ChecklistQuestion,
        id=texts,
        ask=texts,
        minutes=st.integers(0, 60),
        referral=st.booleans(),
        state=st.sampled_from(QuestionState),
        starred=st.booleans(),
    ),
    max_size=3,
).map(tuple)
_countdowns = st.builds(
    Countdown,
    minutes=st.integers(1, 120),
    started_at=_maybe_instants,
    pauses=st.lists(st.builds(Pause, instants, _maybe_instants), max_size=2).map(tuple),
    extended=st.integers(0, 30),
    stopped_at=_maybe_instants,
    anchor=st.none()
    | st.builds(ClockReading, instants, texts, st.timedeltas(timedelta(), timedelta(days=9999))),
)


def _named(table: str) -> st.SearchStrategy[str]:
    return _ids.map(lambda letter: f"{table}-{letter}")


profiles = st.builds(
    Profile, id=st.just("profile"), **_stamps, name=texts, minutes=st.integers(5, 120), zone=texts
)
targets = st.builds(Target, id=_named("targets"), **_stamps, role=texts, research=texts)
contacts = st.builds(
    Contact,
    id=_named("contacts"),
    **_stamps,
    name=texts,
    kind=st.sampled_from(ContactKind),
    source=st.sampled_from(Source),
    notes=texts,
    referrer_id=_contact_ids,
    target_id=texts,
    also_for=st.lists(texts, max_size=2).map(tuple),
)
attempts = st.builds(
    Attempt,
    id=_named("attempts"),
    **_stamps,
    contact_id=_contact_ids,
    at=instants,
    channel=st.sampled_from(Channel),
    outcome=st.none() | st.sampled_from(Outcome),
    note=texts,
    path=st.lists(texts, max_size=3).map(tuple),
)
interviews = st.builds(
    Interview,
    id=_named("interviews"),
    **_stamps,
    contact_id=_contact_ids,
    at=instants,
    mode=st.sampled_from(Mode),
    checklist=_checklists,
    notes=st.dictionaries(st.sampled_from(["", ".", "q1", "q.2", "☃"]) | texts, texts, max_size=4),
    prepared=st.lists(texts, max_size=2).map(tuple),
    countdown=_countdowns,
    ended_at=_maybe_instants,
    debrief=st.builds(
        Debrief, learned=texts, changes=texts, fit=st.integers(0, 5), confidence=st.integers(0, 5)
    ),
    captured=st.lists(
        st.builds(
            Capture,
            id=texts,
            kind=st.sampled_from(CaptureKind),
            what=texts,
            due=st.none() | whens,
            may_use_name=st.sampled_from(Permission),
            fields=st.dictionaries(texts, texts, max_size=2),
        ),
        max_size=2,
    ).map(tuple),
)
follow_ups = st.builds(
    FollowUp,
    id=_named("follow_ups"),
    **_stamps,
    contact_id=_contact_ids,
    kind=st.sampled_from(FollowUpKind),
    due=whens,
    part=st.sampled_from(DayPart),
    note=texts,
    waiting=st.booleans(),
    done_at=_maybe_instants,
)
pool_people = st.builds(
    PoolPerson,
    id=_named("pool"),
    **_stamps,
    name=texts,
    kind=st.none() | st.sampled_from(ContactKind),
    organization=texts,
    notes=texts,
    emails=st.lists(texts, max_size=2).map(tuple),
    connected_on=st.none() | days,
    never=st.booleans(),
)
organizations = st.builds(
    Organization,
    id=_named("organizations"),
    **_stamps,
    name=texts,
    other_names=st.lists(texts, max_size=2).map(tuple),
    wanted=st.integers(0, 3),
    posting=st.sampled_from(Posting),
)
openings = st.builds(
    Opening,
    id=_named("openings"),
    **_stamps,
    contact_id=_contact_ids,
    what=texts,
    heard_on=days,
    on_file=st.booleans(),
    closed=st.sampled_from(OpeningEnd),
    closed_on=st.none() | days,
)
merged_people = st.builds(
    MergedPerson,
    id=_named("merged_people"),
    **_stamps,
    table=st.sampled_from(["contacts", "pool"]),
    original=st.dictionaries(texts, texts, max_size=2),
    kept_id=_contact_ids,
    changes=st.lists(
        st.builds(
            FieldsChanged,
            table=st.sampled_from(["contacts", "pool", "follow_ups"]),
            id=texts,
            before=st.dictionaries(texts, texts, max_size=2),
            after=st.dictionaries(texts, texts, max_size=2),
        ),
        max_size=2,
    ).map(tuple),
)
distinct_people = st.builds(
    DistinctPeople, id=_named("distinct_people"), **_stamps, people=st.tuples(_contact_ids, _contact_ids)
)
answer_marks = st.builds(
    AnswerMark,
    id=_named("answer_marks"),
    **_stamps,
    interview_id=texts,
    question_id=texts,
    themes=st.lists(texts, max_size=2).map(tuple),
    not_to_repeat=st.booleans(),
)
differences = st.builds(
    Difference, id=_named("differences"), **_stamps, answers=st.tuples(texts, texts), how=texts
)
joined_questions = st.builds(JoinedQuestion, id=_named("joined_questions"), **_stamps, same_as=texts)
advice_records = st.builds(
    Advice,
    id=_named("advice"),
    **_stamps,
    contact_id=_contact_ids,
    words=texts,
    on_resume=st.booleans(),
    followed_at=_maybe_instants,
    told_at=_maybe_instants,
)
requirement_records = st.builds(
    Requirement,
    id=_named("requirements"),
    **_stamps,
    target_id=texts,
    text=texts,
    order=st.integers(0, 9),
)
evidence_records = st.builds(
    Evidence,
    id=_named("evidence"),
    **_stamps,
    requirement_id=texts,
    interview_id=texts,
    question_id=texts,
    supports=st.booleans(),
    words=texts,
)
decision_records = st.builds(
    Decision,
    id=_named("decisions"),
    **_stamps,
    target_id=texts,
    verdict=st.sampled_from(TargetVerdict),
    why=texts,
    decided_at=_maybe_instants,
)
_kinds: list[st.SearchStrategy[Any]] = [
    profiles, targets, contacts, attempts, interviews, follow_ups, pool_people, organizations, openings,
    merged_people, distinct_people, answer_marks, differences, joined_questions, advice_records,
    requirement_records, evidence_records, decision_records,
]  # fmt: skip
records: st.SearchStrategy[AnyRecord] = st.one_of(_kinds)
of_one_kind: st.SearchStrategy[tuple[AnyRecord, AnyRecord]] = st.one_of([st.tuples(s, s) for s in _kinds])

Step = tuple[AnyRecord, bool]
steps: st.SearchStrategy[list[list[Step]]] = st.lists(
    st.lists(st.tuples(records, st.booleans()), min_size=1, max_size=4), max_size=8
)
"""What to do, change by change: make each record what it says, or take it out if the flag is set."""


def planned_changes(plan: list[list[Step]]) -> tuple[list[Change], list[dict[tuple[str, str], AnyRecord]]]:
    """Return the changes of `plan`, and the state before the first and after each of them."""
    state: dict[tuple[str, str], AnyRecord] = {}
    states = [dict(state)]
    changes: list[Change] = []
    for number, to_add in enumerate(plan):
        pairs: list[tuple[AnyRecord | None, AnyRecord | None]] = []
        for record, out in to_add:
            key = (TABLE_OF[type(record)], record.id)
            old = state.get(key)
            if out and old is None:
                continue
            pairs.append((old, None if out else record))
            if out:
                del state[key]
            else:
                state[key] = record
        changes.append(change(*pairs, id_=f"c{number}"))
        states.append(dict(state))
    return changes, states


def words(text: str) -> list[str]:
    """Return the words of `text` in lower case."""
    return re.findall(r"[a-z']+", text.lower())


def only(things: Iterable[T]) -> T:
    """Return the one thing in `things`."""
    (item,) = things
    return item
