"""The records of the state file: frozen, typed, each with its own id."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar, cast, get_args

import msgspec

from warmcall.domain.clock_reading import Instant
from warmcall.domain.countdown import Countdown, SmallNumber
from warmcall.domain.vocabulary import (
    CaptureKind,
    Channel,
    ContactKind,
    DayPart,
    FollowUpKind,
    Introduction,
    Mode,
    News,
    OpeningEnd,
    Outcome,
    Permission,
    Posting,
    QuestionState,
    Source,
    TargetChange,
    TargetVerdict,
)
from warmcall.domain.when import When


class Record(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The fields of every record.

    `id` is unique across machines; `created_at` and `changed_at` are aware, in UTC. Records refer to
    each other by id only, so the garbage collector need not search them for cycles (`gc=False`).
    """

    id: str
    created_at: Instant
    changed_at: Instant


class Profile(Record, frozen=True, kw_only=True):
    """The user. `minutes` is the time asked for; `zone` an IANA name, empty for the machine's own.

    `weekly_review` is whether a look back is offered at the end of each week.
    """

    name: str = ""
    background: str = ""
    school: str = ""
    degree: str = ""
    phone: str = ""
    email: str = ""
    minutes: SmallNumber = 20
    zone: str = ""
    target_id: str = ""
    weekly_review: bool = True


class Target(Record, frozen=True, kw_only=True):
    """The specific job aimed at, why, and what was found out about it.

    `synonyms` are other words for the role, as titles may have them, separated by commas.
    """

    role: str = ""
    industry: str = ""
    place: str = ""
    why: str = ""
    research: str = ""
    synonyms: str = ""


class ChecklistQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """One question of an interview; a `close` one is kept for the last minutes.

    `referral` marks "who else should I talk to?", which is the last of them.
    """

    id: str
    ask: str
    minutes: SmallNumber = 2
    close: bool = False
    referral: bool = False
    state: QuestionState = QuestionState.OPEN
    starred: bool = False

    @property
    def in_close(self) -> bool:
        """Whether it is kept for the last minutes."""
        return self.close or self.referral


class Contact(Record, frozen=True, kw_only=True):
    """A person. `referrer_id` is the contact who gave the name; `zone` an IANA name, empty if unknown.

    `may_use_name` says whether the referrer may be named to them. `goes_by` is what they are called, empty
    if that follows from the name. `found` is where exactly the name came from ("the Lakeshore Media Club"),
    `news` what was read of them, and `why` why to ask them, as it follows "because you". `connected_on` is
    the day since when the two are connected in a network such as LinkedIn. `also_for` are the ids of further
    targets that they serve, besides `target_id`. `to_ask` are questions to put on the list of the next
    meeting with them, while none is planned.
    """

    name: str
    goes_by: str = ""
    kind: ContactKind = ContactKind.PRACTITIONER
    organization: str = ""
    title: str = ""
    phone: str = ""
    email: str = ""
    zone: str = ""
    source: Source = Source.OTHER
    found: str = ""
    news: News = News.OTHER
    why: str = ""
    referrer_id: str = ""
    may_use_name: Permission = Permission.NOT_ASKED
    notes: str = ""
    target_id: str = ""
    connected_on: date | None = None
    also_for: tuple[str, ...] = ()
    to_ask: tuple[ChecklistQuestion, ...] = ()


class PoolPerson(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody known of, to whom nothing is owed; once chosen, a contact of the same id.

    The fields are those of `Contact`, but `referrer` is a name and `kind` None while nobody has said it.
    `emails`, `phones` and `links` are all that are known, those in the fields first; `notes` repeats the
    others. `earlier_work` is the work an earlier file gave, and `work_changed_on` the day a newer one said
    otherwise. `never` keeps somebody off the shortlist. Fields at their defaults are left out of the file,
    since there may be 30,000 of them.
    """

    name: str
    goes_by: str = ""
    kind: ContactKind | None = None
    organization: str = ""
    title: str = ""
    phone: str = ""
    email: str = ""
    zone: str = ""
    source: Source = Source.OTHER
    found: str = ""
    news: News = News.OTHER
    why: str = ""
    referrer: str = ""
    may_use_name: Permission = Permission.NOT_ASKED
    notes: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    connected_on: date | None = None
    earlier_work: str = ""
    work_changed_on: date | None = None
    never: bool = False


class Organization(Record, frozen=True, kw_only=True):
    """Where people work. Contacts and pool people have its name, or one of its `other_names`, as a text.

    `wanted` is how much one would like to work there, from 0 to 3.
    """

    name: str
    other_names: tuple[str, ...] = ()
    wanted: SmallNumber = 0
    posting: Posting = Posting.UNKNOWN
    notes: str = ""


class Opening(Record, frozen=True, kw_only=True):
    """An opening somebody spoke of, or a place that keeps the user's resume `on_file`.

    `contact_id` is who said so, empty if nobody in People, and `what` the job, or their words. `closed` is
    what became of it, and `closed_on` the day since when; that is None as long as it is open.
    `interview_id` is the meeting in which they said it, `target_id` the target it is for.
    """

    contact_id: str = ""
    organization: str = ""
    what: str = ""
    heard_on: date
    on_file: bool = False
    note: str = ""
    closed: OpeningEnd = OpeningEnd.OPEN
    closed_on: date | None = None
    interview_id: str = ""
    target_id: str = ""


class FieldsChanged(msgspec.Struct, frozen=True, kw_only=True):
    """Some fields of one record before and after something changed them, in the plain values of the file.

    A name missing on one side means that the field was at its default there, and left out of the file.
    """

    table: str
    id: str
    before: dict[str, Any]
    after: dict[str, Any]


class MergedPerson(Record, frozen=True, kw_only=True):
    """The original of a person who was merged into another, so that the two can be taken apart again.

    `table` and `original` are the table and the document that were removed; `kept_id` is the person they
    became a part of. `changes` are all the fields that this changed: those of the person kept, to whom the
    attempts, interviews, follow-ups and advice that moved belong, who others were named by, and the
    follow-ups closed so that one next step remains.
    """

    table: str
    original: dict[str, Any]
    kept_id: str
    changes: tuple[FieldsChanged, ...] = ()


class DistinctPeople(Record, frozen=True, kw_only=True):
    """Two people who look like one and are not: nobody is asked about them again.

    `people` are their ids in order. The id of the record follows from them, so that two sessions which say
    the same make the same record.
    """

    people: tuple[str, str]


class SourceNote(Record, frozen=True, kw_only=True):
    """Something tried to be given names, such as a letter to the placement office: when, and what."""

    source: Source
    what: str
    at: Instant


class Week(Record, frozen=True, kw_only=True):
    """What the user said of a week. `monday` is its first day.

    `learned` is one sentence, `changes` whether it changes the target. A week `off` counts for nothing.
    """

    monday: date
    learned: str = ""
    changes: TargetChange = TargetChange.NOT_SAID
    off: bool = False
    reviewed: bool = False


class AnswerMark(Record, frozen=True, kw_only=True):
    """What the user says of one answer: of which themes it speaks, and whether it is not to be repeated.

    The answer is what was noted under a question of an interview; that it is starred stands on the checklist.
    The id of the record follows from the two ids, so that two sessions which mark the same answer change the
    same record. `themes` are in the user's words, in the order they were given.
    """

    interview_id: str
    question_id: str
    themes: tuple[str, ...] = ()
    not_to_repeat: bool = False


class Difference(Record, frozen=True, kw_only=True):
    """Two answers that differ, and `how` in one line.

    `answers` are their ids in order; that of the record follows from them.
    """

    answers: tuple[str, str]
    how: str = ""


class JoinedQuestion(Record, frozen=True, kw_only=True):
    """A question that is another in other words: its `id` is the question's, `same_as` the other's."""

    same_as: str


class JobPractice(msgspec.Struct, frozen=True, kw_only=True):
    """One time that an answer was said aloud: how sure the user was `before` and `after` it, from 1 to 5.

    `seconds` is how long it took to say.
    """

    at: Instant
    before: SmallNumber
    after: SmallNumber
    seconds: SmallNumber


class JobAnswer(Record, frozen=True, kw_only=True):
    """The user's own answer to a question of a job interview, and each time it was practised, oldest first.

    `question_id` is that of a question in `job_questions.yaml`. The id of the record follows from target and
    question, so that two sessions which write the same answer change the same record.
    """

    target_id: str
    question_id: str
    text: str = ""
    practices: tuple[JobPractice, ...] = ()


class Attempt(Record, frozen=True, kw_only=True):
    """One try at reaching a contact. `outcome` is None until the attempt has ended.

    `path` are the script steps said, as "script/step"; `subject` and `body` the text of an email or message.
    """

    contact_id: str
    at: Instant
    channel: Channel
    outcome: Outcome | None = None
    note: str = ""
    path: tuple[str, ...] = ()
    subject: str = ""
    body: str = ""


class Capture(msgspec.Struct, frozen=True, kw_only=True):
    """Something recorded during an interview, which becomes a contact, a follow-up or advice at its end.

    `what` is the name of a referral, the words of a promise, or of advice, on the resume or not; `why` is
    why to talk to that person. Of a promise, `theirs` says whether they made it, and `due` when it is due.
    Of a referral, `may_use_name` and `fields` belong to the contact it becomes.
    """

    id: str
    kind: CaptureKind
    what: str = ""
    why: str = ""
    theirs: bool = False
    due: When | None = None
    may_use_name: Permission = Permission.NOT_ASKED
    fields: dict[str, str] = {}


class Debrief(msgspec.Struct, frozen=True, kw_only=True):
    """What the user learned, written right after a meeting.

    `changes` is what it changes about the target, `next` who to talk to next. `fit` and `confidence` are
    from 1 to 5, or 0 while not given.
    """

    learned: str = ""
    changes: str = ""
    next: str = ""
    fit: SmallNumber = 0
    confidence: SmallNumber = 0


class Interview(Record, frozen=True, kw_only=True):
    """One meeting: when, how, what was asked, what was said.

    `notes` holds the answers by question id, and under the empty id general notes; `current` is the id of
    the question it is at. With `stamped` each new line of the notes begins with its minute. `held_by` is
    the session that holds its lock since `held_since`, by a name that says which process it is;
    `last_note_at` is when the notes last changed. `set_aside` are questions that had been prepared, and for
    which a talk that came sooner, and shorter, has no time.
    `named` are the ids of the people they named. A `practice` interview counts in no figure.
    """

    contact_id: str
    at: Instant
    mode: Mode = Mode.PHONE
    place: str = ""
    target_id: str = ""
    attempt_id: str = ""
    checklist: tuple[ChecklistQuestion, ...] = ()
    notes: dict[str, str] = {}
    current: str = ""
    prepared: tuple[str, ...] = ()
    countdown: Countdown = Countdown()
    ended_at: Instant | None = None
    cancelled: bool = False
    debrief: Debrief = Debrief()
    named: tuple[str, ...] = ()
    captured: tuple[Capture, ...] = ()
    stamped: bool = False
    held_by: str = ""
    held_since: Instant | None = None
    last_note_at: Instant | None = None
    practice: bool = False
    set_aside: tuple[ChecklistQuestion, ...] = ()

    @property
    def began_at(self) -> datetime:
        """When the countdown was started; before that the instant planned."""
        return self.countdown.started_at or self.at

    @property
    def is_planned(self) -> bool:
        """Whether it has neither ended nor been cancelled."""
        return self.ended_at is None and not self.cancelled

    @property
    def was_held(self) -> bool:
        """Whether it ended as a real meeting: neither cancelled nor practice."""
        return self.ended_at is not None and not self.cancelled and not self.practice


class FollowUp(Record, frozen=True, kw_only=True):
    """One dated thing owed to one contact.

    `due` is a day, or with an hour an instant; `part` is the part of the day to try. `note` is what is owed
    in the user's words, `why` why it is in the queue. `waiting` means that the other side is to act until
    it is due. `subject` and `body` are the text of its message, `letter` the id of the template it is
    written from, empty for the usual one of its kind. `introduction` is how far an introduction to the
    contact `about_id` has come, NONE for any other follow-up. `opening_id` is the opening, or the resume on
    file, that it is about, `target_id` the target of whose decision it tells.
    """

    contact_id: str
    kind: FollowUpKind
    due: When
    part: DayPart = DayPart.ANY
    note: str = ""
    why: str = ""
    waiting: bool = False
    about_id: str = ""
    interview_id: str = ""
    attempt_id: str = ""
    letter: str = ""
    introduction: Introduction = Introduction.NONE
    opening_id: str = ""
    target_id: str = ""
    subject: str = ""
    body: str = ""
    done_at: Instant | None = None
    dropped: bool = False


class Advice(Record, frozen=True, kw_only=True):
    """What somebody advised the user to do: `words`, as they follow "You should".

    `on_resume` says that it is about the resume, `interview_id` in which meeting it was given, if in one.
    Once it has a day, the follow-up `task_id` is what is to be done, and says whether it was; without one,
    `followed_at` does. `told_at` is when the user told them of it in another way than by a letter.
    """

    contact_id: str
    words: str
    on_resume: bool = False
    interview_id: str = ""
    task_id: str = ""
    followed_at: Instant | None = None
    told_at: Instant | None = None


class Requirement(Record, frozen=True, kw_only=True):
    """Something that must be true for the target to be the right job, in the user's words, and its place."""

    target_id: str
    text: str
    order: SmallNumber = 0


class Evidence(Record, frozen=True, kw_only=True):
    """An answer that speaks for a requirement, or against it if it does not `supports` it.

    `words` are the part of the answer that does, empty for all of it. The id of the record follows from the
    requirement and the answer, so that an answer is never both, whichever session says so.
    """

    requirement_id: str
    interview_id: str
    question_id: str
    supports: bool
    words: str = ""


class Decision(Record, frozen=True, kw_only=True):
    """What the user has decided about a target, `why`, and what one more talk would have to say against it.

    The id of the record follows from that of the target.
    """

    target_id: str
    verdict: TargetVerdict
    why: str = ""
    would_change_my_mind: str = ""
    decided_at: Instant | None = None


class Unfinished(Record, frozen=True, kw_only=True):
    """What was typed into a form that is not saved: `typed` is by field, `id` identifies the form."""

    title: str = ""
    typed: dict[str, str] = {}


AnyRecord = (
    Profile
    | Target
    | Contact
    | Attempt
    | Interview
    | FollowUp
    | Unfinished
    | PoolPerson
    | Organization
    | Opening
    | MergedPerson
    | DistinctPeople
    | SourceNote
    | Week
    | AnswerMark
    | Difference
    | JoinedQuestion
    | JobAnswer
    | Advice
    | Requirement
    | Evidence
    | Decision
)

TABLES: dict[str, type[AnyRecord]] = {
    "profile": Profile,
    "targets": Target,
    "contacts": Contact,
    "attempts": Attempt,
    "interviews": Interview,
    "follow_ups": FollowUp,
    "unfinished": Unfinished,
    "pool": PoolPerson,
    "organizations": Organization,
    "openings": Opening,
    "merged_people": MergedPerson,
    "distinct_people": DistinctPeople,
    "source_notes": SourceNote,
    "weeks": Week,
    "answer_marks": AnswerMark,
    "differences": Difference,
    "joined_questions": JoinedQuestion,
    "job_answers": JobAnswer,
    "advice": Advice,
    "requirements": Requirement,
    "evidence": Evidence,
    "decisions": Decision,
}
"""Every table of the state file that holds records, with the type of its records."""

OF_CONTACT: tuple[type[Attempt | Interview | FollowUp | Advice | Opening], ...] = (
    Attempt, Interview, FollowUp, Advice, Opening,
)  # fmt: skip
"""The kinds of records that belong to a contact, and go when the contact is deleted."""

TABLE_OF: dict[type[Record], str] = {kind: name for name, kind in TABLES.items()}

R = TypeVar("R", bound=Record)


def to_document(record: AnyRecord) -> dict[str, Any]:
    """Return a record as the state file has it: JSON values by field name."""
    document: dict[str, Any] = msgspec.to_builtins(record, enc_hook=_encode_when)
    for name, value in document.items():
        if isinstance(value, _HOLDERS):
            document[name] = _json_value(value)
    return document


def from_document(document: Mapping[str, Any], kind: type[R]) -> R:
    """Return the record of a document; fields that its kind does not have are left out.

    Raises:
        msgspec.ValidationError: if it is no valid record of that kind.
    """
    return msgspec.convert(document, kind, dec_hook=_decode_when)


def present_form(kind: type[Record], fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return some `fields` of a document as `to_document` gives them now.

    An earlier version may have written a value in them with fewer fields. What is no valid value of its field
    is returned as it is.
    """
    found = dict(fields)
    for name, value in fields.items():
        if not isinstance(value, _HOLDERS):
            continue
        types = _types_of_fields(kind)
        if name in types:
            with suppress(msgspec.ValidationError):
                decoded = msgspec.convert(value, types[name], dec_hook=_decode_when)
                found[name] = _json_value(msgspec.to_builtins(decoded, enc_hook=_encode_when))
    return found


@cache
def _types_of_fields(kind: type[Record]) -> dict[str, Any]:
    """Return the type of each field; to work them out takes a millisecond."""
    return {field.name: field.type for field in msgspec.structs.fields(kind)}


def instant_fields(kind: type[Record]) -> tuple[str, ...]:
    """Return the names of the fields that hold an instant, or None."""
    types = _types_of_fields(kind).items()
    return tuple(name for name, of in types if of == Instant or Instant in get_args(of))


def json_decoder(kind: type[R]) -> msgspec.json.Decoder[R]:
    """Return what decodes the JSON of documents of one kind into records; it raises as `from_document`."""
    return msgspec.json.Decoder(kind, dec_hook=_decode_each_when_once())


def json_decoder_of_many(kind: type[R]) -> msgspec.json.Decoder[dict[str, R]]:
    """Return the same for an object of documents, whose keys are any texts."""
    many = cast("type[dict[str, R]]", dict.__class_getitem__((str, kind)))
    return msgspec.json.Decoder(many, dec_hook=_decode_each_when_once())


def _decode_each_when_once() -> Callable[[type, object], object]:
    """Return `_decode_when` for one decoder: many records are due on the same day, which is parsed once."""
    known: dict[object, object] = {}

    def decode(kind: type, value: object) -> object:
        found = known.get(value) if isinstance(value, str) else None
        if found is None:
            found = known[value] = _decode_when(kind, value)
        return found

    return decode


_HOLDERS = (dict, list, tuple)


def _json_value(value: Any) -> Any:
    """Return `value` with lists for tuples, so that it equals what is read from the file again."""
    if isinstance(value, dict):
        return {name: _json_value(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_json_value(item) for item in value]
    return value


def _encode_when(value: object) -> str:
    if not isinstance(value, When):
        raise NotImplementedError(f"no field can hold a {type(value).__name__}")
    return str(value)


def _decode_when(kind: type, value: object) -> object:
    """Return what a field of type When holds.

    Raises:
        ValueError: if `value` says none; msgspec adds to it where that field is.
    """
    if kind is not When:
        raise NotImplementedError(f"no field can hold a {kind.__name__}")
    if not isinstance(value, str):
        raise ValueError("Expected a date")
    return When.parse(value)


def replace(record: R, **changes: Any) -> R:
    """Return `record` with `changes` made; the record itself stays as it was."""
    return msgspec.structs.replace(record, **changes)
