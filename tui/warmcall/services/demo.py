"""The demo: one believable search, its dates counted from today."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

import msgspec

from warmcall.config.library import Library
from warmcall.domain.answers import answer_id, difference_id
from warmcall.domain.asking_days import monday_of
from warmcall.domain.business_days import Calendar
from warmcall.domain.change import Change, Edit, edit_of
from warmcall.domain.countdown import Countdown
from warmcall.domain.decisions import decision_id, evidence_id
from warmcall.domain.job_answers import job_answer_id
from warmcall.domain.openings import letter_about
from warmcall.domain.organizations import organization_id
from warmcall.domain.question_bank import (
    Bank,
    Question,
    Talk,
    as_checklist_question,
    choose,
    occasions,
    proposals,
)
from warmcall.domain.records import (
    Advice,
    AnswerMark,
    AnyRecord,
    Attempt,
    ChecklistQuestion,
    Contact,
    Debrief,
    Decision,
    Difference,
    Evidence,
    FollowUp,
    Interview,
    JobAnswer,
    JobPractice,
    Opening,
    Organization,
    PoolPerson,
    Profile,
    Requirement,
    SourceNote,
    Target,
    Week,
)
from warmcall.domain.vocabulary import (
    Channel,
    ContactKind,
    FollowUpKind,
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
from warmcall.domain.weeks import WEEK, week_id
from warmcall.domain.when import When

_OFFSET = re.compile(r"([+-]?\d+)([bd])(?: (\d\d):(\d\d))?")


class DemoAttempt(msgspec.Struct, forbid_unknown_fields=True):
    """One attempt of the demo; `at` is an offset from today as in `when`."""

    at: str
    channel: Channel
    outcome: Outcome
    note: str = ""


class DemoAnswer(msgspec.Struct, forbid_unknown_fields=True):
    """What was said to one question of the bank, and what the user says of it."""

    question: str
    notes: str = ""
    star: bool = False
    themes: tuple[str, ...] = ()
    not_to_repeat: bool = False


class DemoInterview(msgspec.Struct, forbid_unknown_fields=True):
    """One meeting of the demo; with `ended` it took place."""

    at: str
    mode: Mode
    place: str = ""
    ended: str = ""
    answers: tuple[DemoAnswer, ...] = ()
    debrief: Debrief = Debrief()


class DemoFollowUp(msgspec.Struct, forbid_unknown_fields=True):
    """One follow-up of the demo, open or done."""

    kind: FollowUpKind
    due: str
    note: str = ""
    done: str = ""
    waiting: bool = False
    about: str = ""


class DemoContact(msgspec.Struct, forbid_unknown_fields=True):
    """One person of the demo, with everything that happened; `target` is a key of `other_targets`."""

    key: str
    name: str
    kind: ContactKind
    source: Source
    added: str
    stage: str
    organization: str = ""
    title: str = ""
    phone: str = ""
    email: str = ""
    zone: str = ""
    referrer: str = ""
    goes_by: str = ""
    found: str = ""
    news: News = News.OTHER
    why: str = ""
    target: str = ""
    may_use_name: Permission = Permission.NOT_ASKED
    notes: str = ""
    attempts: tuple[DemoAttempt, ...] = ()
    interviews: tuple[DemoInterview, ...] = ()
    follow_ups: tuple[DemoFollowUp, ...] = ()


class DemoOrganization(msgspec.Struct, forbid_unknown_fields=True):
    """What is kept of one organization of the demo."""

    name: str
    other_names: tuple[str, ...] = ()
    wanted: int = 0
    posting: Posting = Posting.UNKNOWN
    notes: str = ""


class DemoPoolPerson(msgspec.Struct, forbid_unknown_fields=True):
    """Somebody in the pool of the demo; `connected` is an offset in days as in `when`."""

    name: str
    title: str
    organization: str
    connected: str
    email: str = ""
    notes: str = ""


class DemoDifference(msgspec.Struct, forbid_unknown_fields=True):
    """Two answers that differ, each as a contact and a question, such as "isaac/field-changing"."""

    one: str
    other: str
    how: str


class DemoTried(msgspec.Struct, forbid_unknown_fields=True):
    """Something tried in the demo to be given names; `at` is an offset as in `when`."""

    source: Source
    what: str
    at: str


class DemoWeek(msgspec.Struct, forbid_unknown_fields=True):
    """What was said in the demo of the week that was `ago` weeks ago."""

    ago: int
    learned: str = ""
    changes: TargetChange = TargetChange.NOT_SAID
    off: bool = False


class DemoJobPractice(msgspec.Struct, forbid_unknown_fields=True):
    """One time an answer was said aloud: how sure before and after, from 1 to 5, and the seconds."""

    at: str
    before: int
    after: int
    seconds: int


class DemoJobAnswer(msgspec.Struct, forbid_unknown_fields=True):
    """The user's own answer to a question of `job_questions.yaml`, and each time it was practised."""

    question: str
    text: str
    practices: tuple[DemoJobPractice, ...] = ()


class DemoAdvice(msgspec.Struct, forbid_unknown_fields=True):
    """What somebody in the demo advised, in their last meeting; the times are offsets as in `when`."""

    by: str
    words: str
    followed: str = ""
    told: str = ""


class DemoOpening(msgspec.Struct, forbid_unknown_fields=True):
    """An opening somebody in the demo told of, or a resume they keep.

    It is where they work, unless `at` says otherwise. `heard` and `applied` are offsets as in
    `when`; a letter is owed as long as the user has not applied.
    """

    by: str
    heard: str
    what: str = ""
    at: str = ""
    on_file: bool = False
    applied: str = ""


class DemoEvidence(msgspec.Struct, forbid_unknown_fields=True):
    """An answer in the demo, by who gave it and to which question, for a requirement or against it."""

    by: str
    question: str
    against: bool = False
    words: str = ""


class DemoRequirement(msgspec.Struct, forbid_unknown_fields=True):
    """Something that must be true in the demo, with what speaks for it and against it."""

    text: str
    evidence: tuple[DemoEvidence, ...] = ()


class DemoDecision(msgspec.Struct, forbid_unknown_fields=True):
    """What is decided in the demo; `at` is an offset as in `when`."""

    at: str
    verdict: TargetVerdict
    why: str
    would_change_my_mind: str
    requirements: tuple[DemoRequirement, ...]


class Demo(msgspec.Struct, forbid_unknown_fields=True):
    """The content of `demo.yaml`; other organizations are those its contacts work at.

    `target` is the one being looked at, `other_targets` are those beside it, by the keys its contacts name.
    """

    profile: dict[str, Any]
    target: dict[str, Any]
    contacts: tuple[DemoContact, ...]
    other_targets: dict[str, dict[str, Any]] = {}
    organizations: tuple[DemoOrganization, ...] = ()
    tried: tuple[DemoTried, ...] = ()
    weeks: tuple[DemoWeek, ...] = ()
    job_answers: tuple[DemoJobAnswer, ...] = ()
    differences: tuple[DemoDifference, ...] = ()
    pool: tuple[DemoPoolPerson, ...] = ()
    advice: tuple[DemoAdvice, ...] = ()
    openings: tuple[DemoOpening, ...] = ()
    decision: DemoDecision | None = None


def when(offset: str, now: datetime, calendar: Calendar) -> When:
    """Return the day that is `offset` from today, or the instant on it if the offset has a time of day.

    "-3b 10:05" is 10:05 three business days ago, "+2d" the day after tomorrow, "0b" the next business day
    from today on.

    Raises:
        ValueError: if `offset` is not of the form "-3b 10:05", "+2d" or "0b".
    """
    match = _OFFSET.fullmatch(offset)
    if match is None:
        raise ValueError(f"“{offset}” is not an offset such as -3b 10:05")
    count, unit, hour, minute = match.groups()
    today = calendar.day_of(now)
    days = int(count)
    if unit == "d":
        day = today + timedelta(days=days)
    else:
        day = calendar.before(today, -days) if days < 0 else calendar.add(today, days)
    if hour is None:
        return When(day)
    return When(calendar.at(day, time(int(hour), int(minute))))


def demo_change(
    demo: Demo, library: Library, now: datetime, calendar: Calendar, new_id: Callable[[], str]
) -> Change:
    """Return the change that puts the whole demo into an empty store."""
    return _DemoBuilder(demo, library, now, calendar, new_id).change()


class _DemoBuilder:
    """Builds the records of the demo, with dates counted from one moment."""

    def __init__(
        self, demo: Demo, library: Library, now: datetime, calendar: Calendar, new_id: Callable[[], str]
    ) -> None:
        self._demo = demo
        self._now = now
        self._calendar = calendar
        self._new_id = new_id
        self._library = library
        self._ids = {contact.key: new_id() for contact in demo.contacts}
        self._answer_ids: dict[str, str] = {}
        self._targets = {
            key: Target(**self._stamp(self._first_day_of(key)), **target)
            for key, target in {"": demo.target, **demo.other_targets}.items()
        }

    def change(self) -> Change:
        stamp = self._stamp(self._now)
        profile = Profile(**(stamp | {"id": "profile"}), **self._demo.profile, target_id=self._targets[""].id)
        records: list[AnyRecord] = [profile, *self._targets.values()]
        for contact in self._demo.contacts:
            records.extend(self._person(contact))
        records.extend(self._organizations())
        records.extend(self._tried())
        records.extend(self._weeks())
        records.extend(self._pool())
        records.extend(self._job_answers(profile.target_id))
        records.extend(self._differences())
        held = [talk for talk in records if isinstance(talk, Interview) and talk.was_held]
        records.extend(self._advice(held))
        contacts = {person.id: person for person in records if isinstance(person, Contact)}
        for heard in self._demo.openings:
            records.extend(self._opening(heard, contacts[self._ids[heard.by]]))
        if self._demo.decision is not None:
            records.extend(self._decision(self._demo.decision, held))
        edits: list[Edit] = [edit for record in records if (edit := edit_of(None, record))]
        return Change(self._new_id(), self._now, "demo", tuple(edits))

    def _tried(self) -> list[SourceNote]:
        return [
            SourceNote(**self._stamp(at), source=tried.source, what=tried.what, at=at)
            for tried in self._demo.tried
            if (at := self._at(tried.at))
        ]

    def _weeks(self) -> list[Week]:
        present = monday_of(self._calendar.day_of(self._now))
        return [
            Week(
                **(self._stamp(self._now) | {"id": week_id(monday)}), monday=monday, learned=week.learned,
                changes=week.changes, off=week.off, reviewed=not week.off,
            )
            for week in self._demo.weeks
            if (monday := present - WEEK * week.ago)
        ]  # fmt: skip

    def _pool(self) -> list[PoolPerson]:
        """Return the people of the pool, as an import of connections leaves them."""
        return [
            PoolPerson(
                **self._stamp(self._now), name=person.name, title=person.title,
                organization=person.organization, email=person.email, source=Source.ONLINE,
                connected_on=self._calendar.day_of(when(person.connected, self._now, self._calendar)),
                notes=person.notes,
            )
            for person in self._demo.pool
        ]  # fmt: skip

    def _job_answers(self, target_id: str) -> list[JobAnswer]:
        return [
            JobAnswer(
                **(self._stamp(self._now) | {"id": job_answer_id(target_id, answer.question)}),
                target_id=target_id, question_id=answer.question, text=answer.text.strip(),
                practices=tuple(
                    JobPractice(
                        at=self._at(said.at), before=said.before, after=said.after, seconds=said.seconds
                    )
                    for said in answer.practices
                ),
            )
            for answer in self._demo.job_answers
        ]  # fmt: skip

    def _differences(self) -> list[Difference]:
        found = []
        for pair in self._demo.differences:
            one, other = sorted((self._answer_ids[pair.one], self._answer_ids[pair.other]))
            stamp = self._stamp(self._now) | {"id": difference_id(one, other)}
            found.append(Difference(**stamp, answers=(one, other), how=pair.how))
        return found

    def _marks(self, person: DemoContact, meeting: DemoInterview, interview: Interview) -> list[AnswerMark]:
        """Return what is said of the answers of a meeting, whose ids are kept for those that differ."""
        ids = {answer.question: answer_id(interview.id, answer.question) for answer in meeting.answers}
        self._answer_ids |= {f"{person.key}/{question}": id_ for question, id_ in ids.items()}
        return [
            AnswerMark(
                **(self._stamp(interview.ended_at or self._now) | {"id": ids[answer.question]}),
                interview_id=interview.id, question_id=answer.question, themes=answer.themes,
                not_to_repeat=answer.not_to_repeat,
            )
            for answer in meeting.answers
            if answer.themes or answer.not_to_repeat
        ]  # fmt: skip

    def _advice(self, held: Sequence[Interview]) -> list[Advice]:
        last = {talk.contact_id: talk for talk in held}
        return [
            Advice(
                **self._stamp(talk.at), contact_id=talk.contact_id, words=given.words, interview_id=talk.id,
                followed_at=self._at(given.followed) if given.followed else None,
                told_at=self._at(given.told) if given.told else None,
            )
            for given in self._demo.advice
            if (talk := last[self._ids[given.by]])
        ]  # fmt: skip

    def _opening(self, heard: DemoOpening, contact: Contact) -> Iterator[AnyRecord]:
        """Yield an opening, and the letter owed about it."""
        calendar = self._calendar
        day, today = (calendar.day_of(when(at, self._now, calendar)) for at in (heard.heard, "0d"))
        stamp = self._stamp(calendar.at(day, time(18)))
        opening = Opening(
            **stamp, contact_id=contact.id, organization=heard.at or contact.organization, what=heard.what,
            heard_on=day, on_file=heard.on_file, target_id=contact.target_id,
        )  # fmt: skip
        if heard.applied:
            closed_on = calendar.day_of(when(heard.applied, self._now, calendar))
            yield msgspec.structs.replace(opening, closed=OpeningEnd.APPLIED, closed_on=closed_on)
            return
        yield opening
        cadence, role = self._library.cadence, self._targets[""].role
        plan = letter_about(opening, contact, role, today, cadence, calendar)
        yield FollowUp(
            **(stamp | {"id": self._new_id()}), contact_id=contact.id, kind=plan.kind, due=plan.due,
            note=plan.note, why=plan.why, opening_id=opening.id,
        )  # fmt: skip

    def _decision(self, decided: DemoDecision, held: Sequence[Interview]) -> Iterator[AnyRecord]:
        """Yield what must be true, the answers for it and against it, and what is decided."""
        at = self._at(decided.at)
        talks = {(talk.contact_id, id_): talk.id for talk in held for id_ in talk.notes}
        for order, required in enumerate(decided.requirements, start=1):
            requirement = Requirement(
                **self._stamp(at), target_id=self._targets[""].id, text=required.text, order=order
            )
            yield requirement
            for piece in required.evidence:
                talk_id = talks[self._ids[piece.by], piece.question]
                id_ = evidence_id(requirement.id, talk_id, piece.question)
                yield Evidence(
                    **(self._stamp(at) | {"id": id_}), requirement_id=requirement.id, interview_id=talk_id,
                    question_id=piece.question, supports=not piece.against, words=piece.words,
                )  # fmt: skip
        yield Decision(
            **(self._stamp(at) | {"id": decision_id(self._targets[""].id)}), target_id=self._targets[""].id,
            verdict=decided.verdict, why=decided.why, decided_at=at,
            would_change_my_mind=decided.would_change_my_mind,
        )  # fmt: skip

    def _organizations(self) -> list[Organization]:
        """Return a record of each organization; with a contact it was there from their first day on."""
        added: dict[str, datetime] = {}
        for contact in self._demo.contacts:
            if contact.organization:
                added.setdefault(contact.organization, self._at(contact.added))
        kept = {organization.name: organization for organization in self._demo.organizations}
        return [
            Organization(
                **(self._stamp(added.get(name, self._now)) | {"id": organization_id(name)}), name=name,
                other_names=organization.other_names, wanted=organization.wanted,
                posting=organization.posting, notes=organization.notes.strip(),
            )
            for name in {**added, **dict.fromkeys(kept)}
            if (organization := kept.get(name, DemoOrganization(name)))
        ]  # fmt: skip

    def _person(self, person: DemoContact) -> list[AnyRecord]:
        contact_id = self._ids[person.key]
        added = self._at(person.added)
        contact = Contact(
            **(self._stamp(added) | {"id": contact_id}), name=person.name, kind=person.kind,
            source=person.source, organization=person.organization, title=person.title, phone=person.phone,
            email=person.email, zone=person.zone, goes_by=person.goes_by, found=person.found,
            news=person.news, why=person.why, referrer_id=self._ids.get(person.referrer, ""),
            may_use_name=person.may_use_name, notes=person.notes.strip(),
            target_id=self._targets[person.target].id,
        )  # fmt: skip
        attempts = [
            Attempt(**self._stamp(at), contact_id=contact_id, at=at, channel=attempt.channel,
                    outcome=attempt.outcome, note=attempt.note)
            for attempt in person.attempts
            if (at := self._at(attempt.at))
        ]  # fmt: skip
        interviews = [self._interview(person, contact, meeting) for meeting in person.interviews]
        last_met = next((met.id for met in reversed(interviews) if met.ended_at), "")
        coming = next((met.id for met in interviews if met.ended_at is None), "")
        follow_ups = [
            self._follow_up(contact_id, owed, added, last_met, coming) for owed in person.follow_ups
        ]
        marks = [
            mark
            for meeting, interview in zip(person.interviews, interviews, strict=True)
            for mark in self._marks(person, meeting, interview)
        ]
        return [contact, *attempts, *interviews, *follow_ups, *marks]

    def _interview(self, person: DemoContact, contact: Contact, meeting: DemoInterview) -> Interview:
        at = self._at(meeting.at) if meeting.ended else self._coming(meeting.at)
        ended = self._at(meeting.ended) if meeting.ended else None
        minutes = int(self._demo.profile.get("minutes", 20))
        named = tuple(self._ids[other.key] for other in self._demo.contacts if other.referrer == person.key)
        bank = self._library.bank_for(contact.kind)
        known = {question.id: question for question in (bank.questions if bank else ())}
        if ended is None:
            target = self._targets[person.target]
            checklist = self._first_choice(bank, contact, target, meeting.mode, minutes) if bank else ()
        else:
            checklist = tuple(self._answered(answer, known) for answer in meeting.answers)
        return Interview(
            **self._stamp(at if ended else self._at(person.added)), contact_id=contact.id, at=at,
            mode=meeting.mode, place=meeting.place, target_id=contact.target_id, checklist=checklist,
            notes={answer.question: answer.notes.strip() for answer in meeting.answers if answer.notes},
            countdown=Countdown(minutes=minutes, started_at=at if ended else None, stopped_at=ended),
            ended_at=ended, debrief=meeting.debrief, named=named if ended else (),
        )  # fmt: skip

    def _first_choice(
        self, bank: Bank, contact: Contact, target: Target, mode: Mode, minutes: int
    ) -> tuple[ChecklistQuestion, ...]:
        figures = self._library.cadence
        holds = occasions(contact, mode, minutes, met_before=False, abroad=False)
        talk = Talk(minutes, figures.close_minutes, holds, proposals(contact, target, None))
        sets = [found for found in self._library.sets_for(contact.kind) if found.when in holds]
        return choose(bank, figures.questions_min, figures.questions_max, sets=sets, talk=talk)

    @staticmethod
    def _answered(answer: DemoAnswer, known: dict[str, Question]) -> ChecklistQuestion:
        state = QuestionState.ASKED if answer.notes else QuestionState.SKIPPED
        in_words = answer.question.replace("-", " ").capitalize()
        question = as_checklist_question(
            known.get(answer.question) or Question(id=answer.question, ask=in_words, priority=0)
        )
        return msgspec.structs.replace(question, state=state, starred=answer.star)

    def _follow_up(
        self, contact_id: str, owed: DemoFollowUp, added: datetime, last_met: str, coming: str
    ) -> FollowUp:
        due = when(owed.due, self._now, self._calendar)
        if owed.kind is FollowUpKind.INTERVIEW and not owed.done:
            due = When(self._coming(owed.due))
        planned = owed.kind in (FollowUpKind.INTERVIEW, FollowUpKind.CONFIRM) and not owed.done
        return FollowUp(
            **self._stamp(added), contact_id=contact_id, kind=owed.kind, due=due, note=owed.note,
            waiting=owed.waiting, about_id=self._ids.get(owed.about, ""),
            interview_id=coming if planned else last_met,
            done_at=self._at(owed.done) if owed.done else None,
        )  # fmt: skip

    def _first_day_of(self, target: str) -> datetime:
        """Return when the first person of a target was added, by its key."""
        days = [self._at(contact.added) for contact in self._demo.contacts if contact.target == target]
        return min(days, default=self._now)

    def _coming(self, offset: str) -> datetime:
        """Return when a coming meeting is: a business day later if its hour has passed today."""
        at = self._at(offset)
        if at >= self._now:
            return at
        local = self._calendar.local(at)
        return self._calendar.at(self._calendar.add(local.date(), 1), local.time())

    def _at(self, offset: str) -> datetime:
        """Return the instant `offset` from today, which has to have a time of day."""
        at = when(offset, self._now, self._calendar).instant
        if at is None:
            raise ValueError(f"“{offset}” needs a time of day")
        return at

    def _stamp(self, at: datetime) -> dict[str, Any]:
        at = at.astimezone(UTC)
        return {"id": self._new_id(), "created_at": at, "changed_at": at}
