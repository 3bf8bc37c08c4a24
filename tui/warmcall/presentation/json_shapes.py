"""The records as commands print them for programs: the JSON of schema 1.

What is printed is an object with `schema`, the number of the layout, and `items`, a list. The shapes of the
items are the structs below; of which shape one is, its field `type` says. Days are dates ("2026-12-01"),
instants are in UTC and end in Z, ids are whole.
A text that nobody gave is empty; an id, a day, an instant or a record that is not there is null. Within one
schema fields may come; none goes or changes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec

from warmcall.domain.answers import Answer, OpenQuestion, answer_id
from warmcall.domain.minute_marks import without_minutes
from warmcall.domain.pipeline import PersonProgress, Pipeline, PipelineStep, rate_of
from warmcall.domain.question_bank import as_checklist_question
from warmcall.domain.queue import QueueEntry, Section, counts, due_order, entry
from warmcall.domain.records import (
    Advice,
    AnswerMark,
    Attempt,
    Capture,
    ChecklistQuestion,
    Contact,
    FollowUp,
    Interview,
    Opening,
    PoolPerson,
    Profile,
    Record,
    Target,
)
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
    QuestionState,
    Source,
    Stage,
)
from warmcall.presentation import wording

if TYPE_CHECKING:
    from warmcall.domain.store import Store
    from warmcall.services.clock import Timekeeper
    from warmcall.services.services import Services

SCHEMA = 1
"""The number of the layout of all that is printed with --json."""

_DAY, _TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2}", "T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"

InstantText = Annotated[
    str, msgspec.Meta(pattern=f"^{_DAY}{_TIME}$", extra_json_schema={"format": "date-time"})
]
"""An instant in UTC, in whole seconds: programs such as jq read no others."""

InterviewState = Literal["planned", "running", "paused", "ended", "cancelled"]

DeletedKind = Literal["person", "follow_up", "attempt", "interview", "opening", "advice", "target"]

DueText = Annotated[str, msgspec.Meta(pattern=f"^{_DAY}({_TIME})?$")]
"""A date, or an instant if there is an hour."""


class FollowUpJson(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="follow_up"):
    """One dated thing that is or was owed to one person."""

    id: str
    contact_id: str
    contact: str | None
    organization: str | None
    phone: str | None
    email: str | None
    kind: FollowUpKind
    section: Section | None
    due: DueText
    due_on: date
    part: DayPart
    what: str
    why: str
    note: str
    waiting: bool
    about_id: str | None
    about: str | None
    interview_id: str | None
    attempt_id: str | None
    opening_id: str | None
    target_id: str | None
    introduction: Introduction
    letter: str
    subject: str
    body: str
    done_at: InstantText | None
    dropped: bool
    created_at: InstantText
    changed_at: InstantText


class PersonJson(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="person"):
    """Somebody in People, or in the pool."""

    id: str
    name: str
    goes_by: str
    kind: ContactKind | None
    organization: str
    title: str
    phone: str
    email: str
    zone: str
    in_pool: bool
    stage: Stage | None
    next_step: FollowUpJson | None
    source: Source
    found: str
    news: News
    why: str
    referrer_id: str | None
    referrer: str
    may_use_name: Permission
    named_ids: list[str]
    notes: str
    target_id: str | None
    also_for: list[str]
    connected_on: date | None
    created_at: InstantText
    changed_at: InstantText


class AttemptJson(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="attempt"):
    """One try at reaching somebody."""

    id: str
    contact_id: str
    contact: str | None
    organization: str | None
    at: InstantText
    channel: Channel
    outcome: Outcome | None
    note: str
    path: list[str]
    subject: str
    body: str
    created_at: InstantText
    changed_at: InstantText


class QuestionJson(msgspec.Struct, frozen=True, kw_only=True):
    """One question of an interview, with what was noted under it."""

    id: str
    ask: str
    minutes: int
    close: bool
    referral: bool
    state: QuestionState
    starred: bool
    note: str
    themes: list[str]
    not_to_repeat: bool


class CaptureJson(msgspec.Struct, frozen=True, kw_only=True):
    """Something recorded during an interview: a name, a promise, advice and the like."""

    id: str
    kind: CaptureKind
    what: str
    why: str
    theirs: bool
    due: DueText | None
    may_use_name: Permission


class DebriefJson(msgspec.Struct, frozen=True, kw_only=True):
    """What the user learned, written right after an interview."""

    learned: str
    changes: str
    next: str
    fit: int | None
    confidence: int | None


class InterviewJson(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="interview"):
    """One interview: when, how, what was asked and what was said."""

    id: str
    contact_id: str
    contact: str | None
    organization: str | None
    at: InstantText
    state: InterviewState
    mode: Mode
    place: str
    practice: bool
    target_id: str | None
    attempt_id: str | None
    minutes: int
    started_at: InstantText | None
    ended_at: InstantText | None
    seconds_spent: int | None
    seconds_left: int | None
    current: str | None
    checklist: list[QuestionJson]
    notes: str
    prepared: list[str]
    debrief: DebriefJson
    captured: list[CaptureJson]
    named_ids: list[str]
    created_at: InstantText
    changed_at: InstantText


class DifferenceJson(msgspec.Struct, frozen=True, kw_only=True):
    """That an answer and another one differ."""

    answer_id: str
    how: str


class AnswerJson(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="answer"):
    """What one person said to one question, in an interview that was held."""

    id: str
    question_id: str
    question: str
    asked_as: str
    interview_id: str
    contact_id: str
    contact: str | None
    organization: str | None
    kind: ContactKind
    at: InstantText
    target_id: str | None
    words: str
    starred: bool
    themes: list[str]
    not_to_repeat: bool
    differs: list[DifferenceJson]


class OpenQuestionJson(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="open_question"):
    """A question that nobody has answered for the target yet, and who could."""

    question_id: str
    question: str
    kind: ContactKind
    priority: int
    could_say: list[str]
    listed_for: list[str]


class OpeningJson(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="opening"):
    """An opening somebody spoke of, or a place that keeps the user's resume on file."""

    id: str
    contact_id: str | None
    contact: str | None
    organization: str
    what: str
    heard_on: date
    on_file: bool
    note: str
    closed: OpeningEnd
    closed_on: date | None
    interview_id: str | None
    target_id: str | None
    created_at: InstantText
    changed_at: InstantText


class AdviceJson(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="advice"):
    """What somebody advised the user to do."""

    id: str
    contact_id: str
    contact: str | None
    organization: str | None
    words: str
    on_resume: bool
    interview_id: str | None
    task_id: str | None
    followed: bool
    told_at: InstantText | None
    created_at: InstantText
    changed_at: InstantText


class LetterJson(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="letter"):
    """A letter that is owed, as it is drafted."""

    follow_up_id: str
    contact_id: str
    contact: str
    channel: Channel
    address: str
    template: str | None
    subject: str
    text: str
    gaps: list[str]
    remarks: list[str]


class LetterChoiceJson(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="letter_choice"):
    """A letter that fits somebody now, by the number in the list of them."""

    number: int
    title: str
    template: str
    contact_id: str
    about_id: str | None


class ReadyItemJson(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="ready_item"):
    """A thing to have ready for an interview, by the number in the list of them."""

    number: int
    id: str
    words: str
    ticked: bool
    automatic: bool
    interview_id: str


class DeletedJson(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="deleted"):
    """That a record is not there any more."""

    id: str
    was: DeletedKind


class DueCountJson(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="due_count"):
    """How much is due."""

    late: int
    today: int
    coming: int


class ReplyJson(msgspec.Struct, frozen=True, kw_only=True):
    """Something that the other side may say on a call."""

    key: str
    hear: str


class NextJson(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="next"):
    """The one thing to do now, and how."""

    way: Literal["call", "write", "meet", "do"]
    follow_up: FollowUpJson
    person: PersonJson | None
    address: str
    their_time: str | None
    cautions: list[str]
    say: str
    replies: list[ReplyJson]
    template: str | None
    subject: str
    text: str
    gaps: list[str]
    interview: InterviewJson | None


class ProfileJson(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="profile"):
    """The user: who they are, how much time they ask for, and which target they aim at now."""

    name: str
    background: str
    school: str
    degree: str
    phone: str
    email: str
    minutes: int
    zone: str
    target_id: str | None


class TargetJson(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="target"):
    """A job aimed at."""

    id: str
    present: bool
    role: str
    synonyms: str
    industry: str
    place: str
    why: str
    research: str
    created_at: InstantText
    changed_at: InstantText


class StepJson(msgspec.Struct, frozen=True, kw_only=True):
    """How many people have come to a step of the pipeline, or beyond."""

    step: Literal["found", "asked", "agreed", "met", "in_touch"]
    people: int
    ids: list[str]


class SourceRateJson(msgspec.Struct, frozen=True, kw_only=True):
    """How those answered who were asked, and whose names came from one source."""

    source: Source
    asked: int
    yes: int
    no: int
    open: int
    likely_low: int | None
    likely_high: int | None


class WeekJson(msgspec.Struct, frozen=True, kw_only=True):
    """Who was asked and who was met in one week."""

    monday: date
    off: bool
    asked: int
    met: int
    asked_ids: list[str]
    met_ids: list[str]


class RatedTalkJson(msgspec.Struct, frozen=True, kw_only=True):
    """How sure of themselves the user was after an interview, and how the job fits."""

    contact_id: str
    contact: str | None
    at: InstantText
    confidence: int | None
    fit: int | None


class KindMetJson(msgspec.Struct, frozen=True, kw_only=True):
    """The people of one kind who were met."""

    kind: ContactKind
    people: int
    ids: list[str]


class ProgressJson(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="progress"):
    """How the search for one target goes."""

    target_id: str | None
    target: str
    as_of: date
    began: date | None
    goal: int | None
    pipeline: list[StepJson]
    yes: int
    no: int
    open: int
    likely_low: int | None
    likely_high: int | None
    sources: list[SourceRateJson]
    weeks: list[WeekJson]
    talks: list[RatedTalkJson]
    kinds_met: list[KindMetJson]
    ask_next: ContactKind | None
    ask_next_ids: list[str]


class ImportedRowJson(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="imported_row"):
    """What became of a row or card of an imported file that is about somebody."""

    file: str
    line: int
    result: str
    id: str
    name: str
    goes_by: str
    kind: str
    organization: str
    title: str
    phone: str
    email: str
    zone: str
    source: str
    referrer: str
    found: str
    why: str
    notes: str
    connected_on: str
    merged_with: str
    because: str
    same_line: int
    now: str
    was: str
    remarks: list[str]


class LeftRowJson(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="left_row"):
    """A row or card of an imported file that became nobody."""

    file: str
    line: int
    result: Literal["left"]
    reason: str
    text: str


class WholePersonJson(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="whole_person"):
    """Somebody with all that is on record of them; of each list the oldest comes first."""

    person: PersonJson
    attempts: list[AttemptJson]
    interviews: list[InterviewJson]
    follow_ups: list[FollowUpJson]
    openings: list[OpeningJson]
    advice: list[AdviceJson]


class SettingJson(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="setting"):
    """A setting as it holds."""

    name: str
    value: str | bool
    set_by: Literal["default", "file", "office", "environment"]
    origin: str


class PathJson(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="path"):
    """A file or folder that warmcall reads or writes; a * in its name stands for any letters."""

    name: str
    file: str
    exists: bool
    what: str


class BackupJson(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="backup"):
    """A backup of the state file; the counts are null if it cannot be read."""

    number: int
    file: str
    changed_at: InstantText | None
    contact_count: int | None
    interview_count: int | None


class FindingJson(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="finding"):
    """Something that a check found; what is no error needs nothing to be done."""

    level: Literal["error", "note", "info"]
    file: str | None
    line: int | None
    what: str
    fix: str


class VersionJson(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="version"):
    """The version of warmcall, or of a part of it."""

    name: str
    version: str


ABOUT = {
    "about": "Whom it is about: who was met, in a letter to the one who named them; or who is introduced.",
    "about_id": "The id of the person it is about.",
    "address": "The number to call, or where a letter goes: an address, a number or a profile.",
    "advice": "What they advised.",
    "also_for": "The ids of further targets that they serve.",
    "answer_id": "The id of the other answer.",
    "as_of": "The day up to which it is counted.",
    "ask": "The question as it is put to them.",
    "ask_next": "The kind of people that the mix lacks; null if it lacks none.",
    "ask_next_ids": "The ids of those of that kind who could still be met.",
    "asked": "How many were asked.",
    "asked_as": "The question as it was put to them.",
    "asked_ids": "The ids of those who were asked.",
    "at": "When it took place, or is to.",
    "attempt_id": "The id of the attempt it came from.",
    "attempts": "All tries at reaching them.",
    "automatic": "Whether it is ticked by what is on record, not by hand.",
    "background": "Who the user is, as it follows “I'm”.",
    "because": "What a row and the person it is merged into have in common.",
    "began": "The day on which the first person was added.",
    "body": "The text that was written or sent.",
    "captured": "What was recorded during the interview besides answers.",
    "cautions": "What to be careful of, such as the hour there.",
    "changed_at": "When the record was changed last.",
    "changes": "What it changes about the target.",
    "channel": "The way it was made.",
    "checklist": "The questions, in order.",
    "close": "Whether it is kept for the last minutes.",
    "closed": "What became of it; empty while something may still come of it.",
    "closed_on": "Since when something has become of it.",
    "coming": "How much is due after today, up to the day that was asked for.",
    "confidence": "How sure of themselves the user was, from 1 to 5; null if not said.",
    "connected_on": "The day since when the two are connected in a network such as LinkedIn.",
    "contact": "The name of the person; null if they were deleted.",
    "contact_count": "How many contacts it holds.",
    "contact_id": "The id of the person.",
    "could_say": "The ids of those who could answer it, who is met first before the others.",
    "created_at": "When the record was made.",
    "current": "The id of the question it is at.",
    "debrief": "What was learned.",
    "degree": "What the user studied.",
    "differs": "The answers that differ from this one.",
    "done_at": "When it was done or dropped; null while it is owed.",
    "dropped": "Whether nothing is owed any more though it was not done.",
    "due": "The day it is due, or with an hour the instant.",
    "due_on": "The day it is due in the user's own time zone.",
    "email": "The address of the person.",
    "ended_at": "When it ended.",
    "exists": "Whether it is there.",
    "file": "The whole name of the file or folder; null if it is about none.",
    "fit": "How the job fits, from 1 to 5; null if not said.",
    "fix": "What to do about it; empty if there is nothing to do.",
    "follow_up": "What is owed.",
    "follow_up_id": "The id of what is owed.",
    "follow_ups": "All that was or is owed to them.",
    "followed": "Whether the user did so.",
    "found": "Where exactly the name came from.",
    "gaps": "What is missing: of next placeholders of its template, of draft as it stands there.",
    "goal": "How many are to be asked in a week; null if there is no goal.",
    "goes_by": "What they are called, if that does not follow from the name.",
    "hear": "What they may say.",
    "heard_on": "The day the user heard of it.",
    "how": "In what they differ.",
    "id": "The id of the record, unique across machines.",
    "ids": "The ids of these people.",
    "in_pool": "Whether they are in the pool: known of, with nothing owed to them.",
    "industry": "The branch of business.",
    "interview": "The meeting, if it is one.",
    "interview_count": "How many interviews it holds.",
    "interview_id": "The id of the interview it belongs to.",
    "interviews": "All interviews with them.",
    "introduction": "How far an introduction has come; empty if it is none.",
    "key": "The letter of the reply in the script.",
    "kind": "Of which kind it is, or what the person can help with.",
    "kinds_met": "Who was met, by kind.",
    "late": "How much is overdue.",
    "learned": "What was learned.",
    "letter": "The id of the template it is written from; empty for the usual one.",
    "level": "How much it matters.",
    "listed_for": "The ids of those of them who have it on their list.",
    "likely_high": "The percentage at which the range ends; null below 5 answers.",
    "likely_low": "The percentage at which the range begins in which the true share of yes is likely to be.",
    "line": "The line of the file, from 1; null if it is about no line.",
    "may_use_name": "Whether the name of whoever named them may be used; empty if not asked.",
    "merged_with": "The name of the person that a row was merged into; empty if it is new.",
    "met": "How many were met.",
    "met_ids": "The ids of those who were met.",
    "minutes": "The minutes that it may take.",
    "mode": "How it is held.",
    "monday": "The first day of the week.",
    "name": "The whole name; what it is called.",
    "named_ids": "The ids of those they named.",
    "news": "What was read of them in the business news; empty for anything else.",
    "next": "Whom to talk to next.",
    "next_step": "What is owed to them first; null if nothing is.",
    "no": "How many said no.",
    "not_to_repeat": "Whether it was said in confidence: letters, reports and exports leave it out.",
    "note": "What the user noted; of a follow-up what is owed, in the user's words.",
    "notes": "What the user noted in general.",
    "now": "The work that somebody changed to since.",
    "number": "The number by which a command takes it, from 1; of backups 1 is the newest.",
    "off": "Whether nobody was to be asked in it.",
    "on_file": "Whether it is a resume kept on file.",
    "on_resume": "Whether it is about the resume.",
    "open": "How many have not answered yet.",
    "opening_id": "The id of the opening it is about.",
    "openings": "The openings they spoke of, and where they keep the resume on file.",
    "organization": "Where the person works; of an opening, where it is.",
    "origin": "By what exactly it is set, in words.",
    "outcome": "How it ended; null while it is under way.",
    "part": "The part of the day to try; empty if it does not matter.",
    "path": "The steps of the script that were said, as script/step.",
    "people": "How many there are.",
    "person": "Who they are.",
    "phone": "The number of the person.",
    "pipeline": "How far people have come, the first step first.",
    "place": "Where it is held: an address, a number or a link.",
    "practice": "Whether it was practice with nobody.",
    "prepared": "The ids of what is ready on the preparation list.",
    "present": "Whether the user aims at it now.",
    "priority": "How much the answer is wanted; 1 is most.",
    "question": "The question, in the words of the question bank if it is there.",
    "question_id": "The id of the question, the same for all who answered it.",
    "reason": "Why it became nobody.",
    "referral": "Whether it asks who else to talk to.",
    "referrer": "The name of whoever named them.",
    "referrer_id": "The id of the contact who named them.",
    "remarks": "What is to be known of the values in it; of a letter what could be better.",
    "replies": "What they may say to it.",
    "research": "What was found out about the job.",
    "result": "What became of it: added, merged, known (with nothing new), or left.",
    "role": "The job.",
    "same_line": "The line of the same file that is about the same person; 0 if there is none.",
    "say": "The first words of a call.",
    "school": "Where the user studied.",
    "seconds_left": "How much time is left, negative once it is over; null unless the clock goes.",
    "seconds_spent": "How long it took, without pauses; null before the end.",
    "section": "Where it is in the queue; null if it is done or dropped.",
    "set_by": "Whether it is set by the file of settings, by one for everybody on the host (office), by the "
    "environment, or not at all.",
    "source": "Where the name came from.",
    "sources": "How those asked have answered, by source.",
    "stage": "How far they have come; null in the pool.",
    "starred": "Whether the user starred it.",
    "started_at": "When the countdown was started.",
    "state": "How far it has come.",
    "step": "The step.",
    "subject": "The subject of the text that was written or sent.",
    "synonyms": "Other words for the job, separated by commas.",
    "talks": "The interviews that were rated, the oldest first.",
    "target": "The job.",
    "target_id": "The id of the target it counts for.",
    "task_id": "The id of the follow-up that says when to do so.",
    "template": "The id of the template that a letter is drafted from; null if it is no letter.",
    "text": "The text of a letter as it is drafted; what a row that was left says.",
    "their_time": "The time of day where they are, as 14:05; null if it is no call, or not known.",
    "theirs": "Whether it is a promise that they made.",
    "themes": "What it speaks of, in the user's words.",
    "ticked": "Whether it is ready.",
    "title": "What they are where they work; of a letter what it does.",
    "today": "How much is for today, besides what is overdue.",
    "told_at": "When the user told them of it, other than in a letter.",
    "type": "Of which shape this is: one answer may have items of several.",
    "value": "What it is set to.",
    "version": "The version, as released.",
    "waiting": "Whether the other side is to act until it is due.",
    "was": "What was deleted; of a row, the work that was known before.",
    "way": "How it is done.",
    "weeks": "The last weeks, the oldest first.",
    "what": "What is to be done, or what it is, in words.",
    "why": "Why it is owed, or why to talk to that person.",
    "words": "What was said; what it is, in words.",
    "yes": "How many said yes.",
    "zone": "The time zone of the person, such as Europe/Berlin.",
}  # fmt: skip
"""What each field is, for the JSON Schema and the manual."""


def encoded(items: Iterable[msgspec.Struct]) -> str:
    """Return what a command prints for programs, an item a line; in ASCII, no text acts on a terminal."""
    lines = (json.dumps(msgspec.to_builtins(item)) for item in items)
    body = ",\n".join(line.replace("\x7f", "\\u007f") for line in lines)
    return f'{{"schema": {SCHEMA}, "items": [{body and f"{chr(10)}{body}{chr(10)}"}]}}'


def instant_text(at: datetime) -> str:
    """Return an instant as "2026-12-01T16:15:00Z"; `at` is aware, in UTC."""
    return f"{at.replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def queue_entry_json(store: Store, time: Timekeeper, placed: QueueEntry) -> FollowUpJson:
    """Return one entry of the queue; it needs no more than the store and the clock."""
    return _follow_up(store, time, placed.follow_up, placed.section)


def due_count_json(entries: Sequence[QueueEntry]) -> DueCountJson:
    """Return how many of `entries`, which are in order, are late, for today, and later."""
    found = counts(entries)
    return DueCountJson(late=found.late, today=found.today, coming=len(entries) - found.late - found.today)


def follow_up_json(store: Store, time: Timekeeper, follow_up: FollowUp) -> FollowUpJson:
    """Return a follow-up, open or done."""
    is_open = follow_up.done_at is None
    section = entry(follow_up, time.now(), time.calendar).section if is_open else None
    return _follow_up(store, time, follow_up, section)


def person_json(services: Services, contact: Contact) -> PersonJson:
    """Return a contact with stage and next step."""
    store = services.store
    referrer = store.contact(contact.referrer_id)
    owed = services.address_book.next_step(contact.id)
    return PersonJson(
        id=contact.id,
        name=contact.name,
        goes_by=contact.goes_by,
        kind=contact.kind,
        organization=contact.organization,
        title=contact.title,
        phone=contact.phone,
        email=contact.email,
        zone=contact.zone,
        in_pool=False,
        stage=services.address_book.stage(contact.id),
        next_step=follow_up_json(store, services.time, owed) if owed is not None else None,
        source=contact.source,
        found=contact.found,
        news=contact.news,
        why=contact.why,
        referrer_id=contact.referrer_id or None,
        referrer=referrer.name if referrer is not None else "",
        may_use_name=contact.may_use_name,
        named_ids=[named.id for named in store.referred_by(contact.id)],
        notes=contact.notes,
        target_id=contact.target_id or None,
        also_for=list(contact.also_for),
        connected_on=contact.connected_on,
        **_stamps(contact),
    )


def pool_person_json(person: PoolPerson) -> PersonJson:
    """Return somebody in the pool, in the shape of a contact; `referrer` is the name the file gave."""
    return PersonJson(
        id=person.id,
        name=person.name,
        goes_by=person.goes_by,
        kind=person.kind,
        organization=person.organization,
        title=person.title,
        phone=person.phone,
        email=person.email,
        zone=person.zone,
        in_pool=True,
        stage=None,
        next_step=None,
        source=person.source,
        found=person.found,
        news=person.news,
        why=person.why,
        referrer_id=None,
        referrer=person.referrer,
        may_use_name=person.may_use_name,
        named_ids=[],
        notes=person.notes,
        target_id=None,
        also_for=[],
        connected_on=person.connected_on,
        **_stamps(person),
    )


def attempt_json(store: Store, attempt: Attempt) -> AttemptJson:
    """Return one attempt."""
    contact = store.contact(attempt.contact_id)
    return AttemptJson(
        id=attempt.id,
        contact_id=attempt.contact_id,
        contact=contact.name if contact else None,
        organization=contact.organization if contact else None,
        at=instant_text(attempt.at),
        channel=attempt.channel,
        outcome=attempt.outcome,
        note=attempt.note,
        path=list(attempt.path),
        subject=attempt.subject,
        body=attempt.body,
        **_stamps(attempt),
    )


def interview_json(store: Store, time: Timekeeper, interview: Interview) -> InterviewJson:
    """Return one interview whole; answers that are not to be repeated are in it, marked so."""
    contact, countdown, debrief = store.contact(interview.contact_id), interview.countdown, interview.debrief
    ended, left = interview.ended_at, None
    if countdown.going:
        going, now = time.anchored(countdown)
        left = int(going.left(now).total_seconds())
    return InterviewJson(
        id=interview.id,
        contact_id=interview.contact_id,
        contact=contact.name if contact else None,
        organization=contact.organization if contact else None,
        at=instant_text(interview.at),
        state=_state(interview),
        mode=interview.mode,
        place=interview.place,
        practice=interview.practice,
        target_id=interview.target_id or None,
        attempt_id=interview.attempt_id or None,
        minutes=countdown.minutes + countdown.extended,
        started_at=_or_none(countdown.started_at),
        ended_at=_or_none(ended),
        seconds_spent=int(countdown.spent(ended).total_seconds()) if ended and countdown.started else None,
        seconds_left=left,
        current=interview.current or None,
        checklist=[_question(store, interview, question) for question in interview.checklist],
        notes=interview.notes.get("", ""),
        prepared=list(interview.prepared),
        debrief=DebriefJson(
            learned=debrief.learned,
            changes=debrief.changes,
            next=debrief.next,
            fit=debrief.fit or None,
            confidence=debrief.confidence or None,
        ),
        captured=[_capture(capture) for capture in interview.captured],
        named_ids=list(interview.named),
        **_stamps(interview),
    )


def answer_json(services: Services, answer: Answer) -> AnswerJson:
    """Return one answer, marked if it is not to be repeated."""
    found, contact = services.answers.all(), services.store.contact(answer.contact_id)
    question_id = found.same.id_of(answer.question_id)
    return AnswerJson(
        id=answer.id,
        question_id=question_id,
        question=found.same.ask_of(question_id),
        asked_as=answer.ask,
        interview_id=answer.interview_id,
        contact_id=answer.contact_id,
        contact=contact.name if contact else None,
        organization=contact.organization if contact else None,
        kind=answer.kind,
        at=instant_text(answer.at),
        target_id=answer.target_id or None,
        words=answer.words,
        starred=answer.starred,
        themes=list(answer.themes),
        not_to_repeat=answer.not_to_repeat,
        differs=[
            DifferenceJson(answer_id=other, how=difference.how)
            for difference in found.differing.get(answer.id, ())
            for other in difference.answers
            if other != answer.id
        ],
    )


def open_question_json(open_: OpenQuestion) -> OpenQuestionJson:
    """Return a question that nobody has answered yet."""
    question = open_.question
    return OpenQuestionJson(
        question_id=question.id,
        question=as_checklist_question(question).ask,
        kind=open_.kind,
        priority=question.priority,
        could_say=list(open_.could_say),
        listed_for=list(open_.listed),
    )


def opening_json(store: Store, opening: Opening) -> OpeningJson:
    """Return an opening, or a resume on file."""
    contact = store.contact(opening.contact_id)
    return OpeningJson(
        id=opening.id,
        contact_id=opening.contact_id or None,
        contact=contact.name if contact else None,
        organization=opening.organization,
        what=opening.what,
        heard_on=opening.heard_on,
        on_file=opening.on_file,
        note=opening.note,
        closed=opening.closed,
        closed_on=opening.closed_on,
        interview_id=opening.interview_id or None,
        target_id=opening.target_id or None,
        **_stamps(opening),
    )


def advice_json(store: Store, advice: Advice) -> AdviceJson:
    """Return a piece of advice, and whether it was followed."""
    contact, task = store.contact(advice.contact_id), store.get(FollowUp, advice.task_id)
    done = task is not None and task.done_at is not None and not task.dropped
    return AdviceJson(
        id=advice.id,
        contact_id=advice.contact_id,
        contact=contact.name if contact else None,
        organization=contact.organization if contact else None,
        words=advice.words,
        on_resume=advice.on_resume,
        interview_id=advice.interview_id or None,
        task_id=advice.task_id or None,
        followed=done if task is not None else advice.followed_at is not None,
        told_at=_or_none(advice.told_at),
        **_stamps(advice),
    )


def profile_json(profile: Profile | None, minutes: int) -> ProfileJson:
    """Return the profile; without one all of it is empty, and `minutes` the time usually asked for."""
    return ProfileJson(
        name=profile.name if profile else "",
        background=profile.background if profile else "",
        school=profile.school if profile else "",
        degree=profile.degree if profile else "",
        phone=profile.phone if profile else "",
        email=profile.email if profile else "",
        minutes=profile.minutes if profile else minutes,
        zone=profile.zone if profile else "",
        target_id=(profile.target_id or None) if profile else None,
    )


def target_json(target: Target, present: bool) -> TargetJson:
    """Return a target, and whether it is the one aimed at now."""
    return TargetJson(
        id=target.id,
        present=present,
        role=target.role,
        synonyms=target.synonyms,
        industry=target.industry,
        place=target.place,
        why=target.why,
        research=target.research,
        **_stamps(target),
    )


def whole_pool_person_json(person: PoolPerson) -> WholePersonJson:
    """Return somebody in the pool, with whom nothing has happened yet."""
    return WholePersonJson(
        person=pool_person_json(person), attempts=[], interviews=[], follow_ups=[], openings=[], advice=[]
    )


def whole_person_json(services: Services, contact: Contact) -> WholePersonJson:
    """Return a contact with all that is on record of them."""
    store, time = services.store, services.time
    owed = sorted(
        store.of_contact(FollowUp, contact.id), key=lambda follow_up: due_order(follow_up, time.calendar)
    )
    attempts = sorted(store.of_contact(Attempt, contact.id), key=lambda attempt: attempt.at)
    meetings = sorted(store.of_contact(Interview, contact.id), key=lambda interview: interview.began_at)
    heard = sorted(store.of_contact(Opening, contact.id), key=lambda opening: opening.heard_on)
    advised = sorted(store.of_contact(Advice, contact.id), key=lambda advice: advice.created_at)
    return WholePersonJson(
        person=person_json(services, contact),
        attempts=[attempt_json(store, attempt) for attempt in attempts],
        interviews=[interview_json(store, time, interview) for interview in meetings],
        follow_ups=[follow_up_json(store, time, follow_up) for follow_up in owed],
        openings=[opening_json(store, opening) for opening in heard],
        advice=[advice_json(store, advice) for advice in advised],
    )


def progress_json(services: Services, target: Target | None) -> ProgressJson:
    """Return how the search for a target goes; of everybody without one."""
    store, figures = services.store, services.progress.figures_for(target.id if target else "")
    pipeline, rate = figures.pipeline, figures.pipeline.rate()
    likely = rate.likely() or (None, None)
    return ProgressJson(
        target_id=target.id if target else None,
        target=target.role if target else "",
        as_of=figures.today,
        began=figures.began,
        goal=figures.goal or None,
        pipeline=[_step(pipeline, step) for step in PipelineStep],
        yes=rate.yes,
        no=rate.no,
        open=rate.open,
        likely_low=likely[0],
        likely_high=likely[1],
        sources=[_source_rate(source, asked) for source, asked in pipeline.sources()],
        weeks=[
            WeekJson(
                monday=week.monday,
                off=week.off,
                asked=len(week.asked),
                met=len(week.met),
                asked_ids=list(week.asked),
                met_ids=list(week.met),
            )
            for week in figures.weeks
        ],
        talks=[
            RatedTalkJson(
                contact_id=talk.contact_id,
                contact=contact.name if (contact := store.contact(talk.contact_id)) else None,
                at=instant_text(talk.at),
                confidence=talk.confidence or None,
                fit=talk.fit or None,
            )
            for talk in figures.talks
        ],
        kinds_met=[
            KindMetJson(kind=kind, people=len(ids), ids=list(ids)) for kind, ids in figures.met.items()
        ],
        ask_next=figures.to_ask,
        ask_next_ids=list(figures.to_meet),
    )


def schema_of(*kinds: type[msgspec.Struct]) -> dict[str, Any]:
    """Return the JSON Schema, draft 2020-12, of what `encoded` gives of items that are of one of `kinds`."""
    (items,), shapes = _shapes([kinds])
    return {"$schema": _DRAFT, **_envelope(items), "$defs": shapes}


def schema_of_all(outputs: Mapping[str, Sequence[type[msgspec.Struct]]]) -> dict[str, Any]:
    """Return one JSON Schema of all that commands print; `outputs` are the kinds of items by the command."""
    items, shapes = _shapes(list(outputs.values()))
    printed = [
        {"title": f"warmcall {command} --json", **_envelope(of)}
        for command, of in zip(outputs, items, strict=True)
    ]
    return {"$schema": _DRAFT, "title": "What warmcall prints", "anyOf": printed, "$defs": shapes}


_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def _envelope(items: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["schema", "items"],
        "properties": {
            "schema": {"const": SCHEMA, "description": "The number of the layout."},
            "items": {"type": "array", "items": items},
        },
    }


def _shapes(
    outputs: Sequence[Sequence[type[msgspec.Struct]]],
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return the schema of an item of each output, and the shapes that they refer to by name."""
    every = list(dict.fromkeys(kind for kinds in outputs for kind in kinds))
    schemas, shapes = msgspec.json.schema_components(every, ref_template="#/$defs/{name}")
    for shape in shapes.values():
        for name, field in shape.get("properties", {}).items():
            field["description"] = ABOUT[name]
    found = dict(zip(every, schemas, strict=True))
    items = [[found[kind] for kind in kinds] for kinds in outputs]
    return [of[0] if len(of) == 1 else {"anyOf": of} for of in items], shapes


def _step(pipeline: Pipeline, step: PipelineStep) -> StepJson:
    ids = list(pipeline.at_least(step))
    return StepJson(step=_STEPS[step], people=len(ids), ids=ids)


_STEPS: dict[PipelineStep, Literal["found", "asked", "agreed", "met", "in_touch"]] = {
    PipelineStep.FOUND: "found",
    PipelineStep.ASKED: "asked",
    PipelineStep.AGREED: "agreed",
    PipelineStep.MET: "met",
    PipelineStep.IN_TOUCH: "in_touch",
}


def _source_rate(source: Source, asked: Sequence[PersonProgress]) -> SourceRateJson:
    rate = rate_of(asked)
    low, high = rate.likely() or (None, None)
    return SourceRateJson(
        source=source,
        asked=len(asked),
        yes=rate.yes,
        no=rate.no,
        open=rate.open,
        likely_low=low,
        likely_high=high,
    )


def _follow_up(store: Store, time: Timekeeper, follow_up: FollowUp, section: Section | None) -> FollowUpJson:
    contact, about = store.contact(follow_up.contact_id), store.contact(follow_up.about_id)
    instant = follow_up.due.instant
    return FollowUpJson(
        id=follow_up.id,
        contact_id=follow_up.contact_id,
        contact=contact.name if contact else None,
        organization=contact.organization if contact else None,
        phone=contact.phone if contact else None,
        email=contact.email if contact else None,
        kind=follow_up.kind,
        section=section,
        due=str(follow_up.due) if instant is None else instant_text(instant),
        due_on=time.calendar.day_of(follow_up.due),
        part=follow_up.part,
        what=wording.what(follow_up, contact),
        why=wording.why(follow_up, about),
        note=follow_up.note,
        waiting=follow_up.waiting,
        about_id=follow_up.about_id or None,
        about=about.name if about else None,
        interview_id=follow_up.interview_id or None,
        attempt_id=follow_up.attempt_id or None,
        opening_id=follow_up.opening_id or None,
        target_id=follow_up.target_id or None,
        introduction=follow_up.introduction,
        letter=follow_up.letter,
        subject=follow_up.subject,
        body=follow_up.body,
        done_at=_or_none(follow_up.done_at),
        dropped=follow_up.dropped,
        **_stamps(follow_up),
    )


def _question(store: Store, interview: Interview, question: ChecklistQuestion) -> QuestionJson:
    mark = store.get(AnswerMark, answer_id(interview.id, question.id))
    return QuestionJson(
        id=question.id,
        ask=question.ask,
        minutes=question.minutes,
        close=question.close,
        referral=question.referral,
        state=question.state,
        starred=question.starred,
        note=without_minutes(interview.notes.get(question.id, "")).strip(),
        themes=list(mark.themes) if mark else [],
        not_to_repeat=mark is not None and mark.not_to_repeat,
    )


def _capture(capture: Capture) -> CaptureJson:
    return CaptureJson(
        id=capture.id,
        kind=capture.kind,
        what=capture.what,
        why=capture.why,
        theirs=capture.theirs,
        due=None if capture.due is None else str(capture.due),
        may_use_name=capture.may_use_name,
    )


def _state(interview: Interview) -> InterviewState:
    if interview.cancelled:
        return "cancelled"
    if interview.ended_at is not None:
        return "ended"
    if not interview.countdown.going:
        return "planned"
    return "paused" if interview.countdown.paused else "running"


def _stamps(record: Record) -> dict[str, str]:
    return {
        "created_at": instant_text(record.created_at),
        "changed_at": instant_text(record.changed_at),
    }


def _or_none(at: datetime | None) -> str | None:
    return None if at is None else instant_text(at)
