"""Drafting messages to a contact: from a template and the records, and reviewing what was written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypedDict

import msgspec

from warmcall.config.library import Library
from warmcall.config.zones import zone_named
from warmcall.domain import cadence as rules
from warmcall.domain import message as messages
from warmcall.domain.about_me import introduction
from warmcall.domain.connections import may_name
from warmcall.domain.decisions import decision_sentence, part_played
from warmcall.domain.evidence import (
    about_meeting_values,
    all_notes,
    and_join,
    closing_of_promise,
    day_phrase,
    meeting_values,
    starred_answers,
)
from warmcall.domain.lint import Remark, lint
from warmcall.domain.meeting_slots import free_slots, slots_sentence
from warmcall.domain.message import ABOUT_A_THIRD, PURPOSE_OF, Draft, Medium, MessageTemplate, Purpose
from warmcall.domain.minute_marks import without_minutes
from warmcall.domain.names import written_name
from warmcall.domain.number_words import spelled
from warmcall.domain.objections import Objection, kept_back, objection, others_words
from warmcall.domain.promises import as_thing
from warmcall.domain.reasons import reason_in, reason_value
from warmcall.domain.records import (
    Attempt,
    Contact,
    Evidence,
    FollowUp,
    Interview,
    Profile,
    Requirement,
    Target,
    replace,
)
from warmcall.domain.store import Store
from warmcall.domain.targets import serves
from warmcall.domain.templates import about_values, recast
from warmcall.domain.vocabulary import Channel, FollowUpKind, Introduction, Outcome, Stage
from warmcall.domain.word_runs import runs_of
from warmcall.services.address_book import AddressBook
from warmcall.services.answers import Answers
from warmcall.services.clock import Timekeeper
from warmcall.services.deciding import Deciding
from warmcall.services.history import History
from warmcall.services.profile import ProfileEditing
from warmcall.services.reasons import Reasons


class LetterChoice(msgspec.Struct, frozen=True):
    """A letter that fits somebody now: its template, and the contact it is about, if any."""

    template: MessageTemplate
    about: Contact | None = None


class Others(TypedDict):
    """What the review of a letter has to know of other people: see `lint`."""

    owners: dict[str, str]
    not_to_repeat: str
    names: Callable[[], frozenset[str]]
    reader: str


class Drafting:
    """Drafts and reviews messages; nothing here changes anything but `reasons.set`."""

    def __init__(
        self,
        store: Store,
        history: History,
        time: Timekeeper,
        library: Library,
        address_book: AddressBook,
        profile_editing: ProfileEditing,
        answers: Answers,
        deciding: Deciding,
    ) -> None:
        self._store = store
        self._history = history
        self._time = time
        self._library = library
        self._address_book = address_book
        self._profile_editing = profile_editing
        self._deciding = deciding
        self._runs_revision: tuple[int, ...] = ()
        self._runs: dict[tuple[str, ...], set[str]] = {}
        self._names_revision: tuple[int, ...] = ()
        self._helpers: dict[str, tuple[tuple[int, ...], list[Contact]]] = {}
        self._names: frozenset[str] = frozenset()
        self._answers = answers
        self.reasons = Reasons(store, history, time, answers)

    def purpose(self, follow_up: FollowUp) -> Purpose | None:
        """Return what the message of a follow-up is for; None if it is not done by writing."""
        template = self._library.messages.get(follow_up.letter)
        return PURPOSE_OF.get(follow_up.kind) or (template.purpose if template else None)

    def templates(self, follow_up: FollowUp) -> list[MessageTemplate]:
        """Return the templates a follow-up can be written from, the one to begin with first.

        A reader without an email gets the short messages first.
        """
        purpose = self.purpose(follow_up)
        return self._templates_for(purpose, self._store.contact(follow_up.contact_id)) if purpose else []

    def _templates_for(self, purpose: Purpose, contact: Contact | None) -> list[MessageTemplate]:
        found = self._library.messages_for(purpose)
        if contact is not None and (
            not contact.email.strip() or (purpose is Purpose.LATE and contact.phone.strip())
        ):
            found.sort(key=lambda template: template.channel is not Medium.MESSAGE)
        return found

    def template_for(self, purpose: Purpose, contact: Contact) -> MessageTemplate | None:
        """Return the first template for that purpose that suits how `contact` can be written to."""
        return next(iter(self._templates_for(purpose, contact)), None)

    def letters_for(self, contact: Contact) -> list[LetterChoice]:
        """Return the letters besides those of the queue that can be written to `contact` as things stand."""
        stage, meetings = self._address_book.stage(contact.id), self._meetings(contact)
        met = [meeting for meeting in meetings if meeting.ended_at is not None]
        outcomes = {attempt.outcome for attempt in self._store.of_contact(Attempt, contact.id)}
        named = self._named_by(contact)
        asked = {
            other.about_id for other in self._store.of_contact(FollowUp, contact.id)
            if not other.dropped and (other.introduction or self.purpose(other) is Purpose.INTRODUCTION)
        }  # fmt: skip
        fitting: list[tuple[Purpose, Contact | None]] = []
        if len(met) < len(meetings):
            fitting.append((Purpose.LATE, None))
        elif not met and stage in (Stage.ASKED, Stage.HELD) and Outcome.REPLIED in outcomes:
            fitting.append((Purpose.SETTLE_TIME, None))
        if stage is Stage.DECLINED:
            fitting.append((Purpose.THANKS_FOR_NO, None))
        fitting += [(Purpose.THANKS_FOR_NAME, person) for person in named if not met]
        if met:
            fitting += [
                (Purpose.INTRODUCTION, person)
                for person in named
                if self._address_book.stage(person.id) is Stage.NEW and person.id not in asked
            ]
            fitting += [] if named else [(Purpose.INTRODUCTION, None)]
            helped = any(person.id == contact.id for person in self.helpers())
            fitting += [(Purpose.DECIDED, None)] if helped else []
        found = [
            LetterChoice(templates[0], about)
            for purpose, about in fitting
            if (templates := self._templates_for(purpose, contact))
        ]
        letters = [way.letter for way in self._library.sources.values() if way.is_asked_of(contact)]
        known = self._library.messages
        return found + [LetterChoice(known[id_]) for id_ in letters if id_ in known and not met]

    def helpers(self, target_id: str = "") -> Sequence[Contact]:
        """Return everybody who helped with a target, the present one without an id: those met, by the time of
        the first meeting, then others who named somebody.

        Of those met for another target, whoever is weighed in the decision on this one has helped, too.
        """
        store = self._store
        revision = store.revision(Contact, Interview, Target, Profile, Requirement, Evidence)
        kept_revision, helpers = self._helpers.get(target_id, (None, []))
        if kept_revision != revision:
            held = sorted((talk for talk in store.all(Interview) if talk.was_held), key=lambda talk: talk.at)
            named = (person for person in store.all(Contact) if person.referrer_id)
            if (target := store.get(Target, target_id) if target_id else store.target) is not None:
                asked = {one.id for one in store.all(Requirement) if one.target_id == target.id}
                weighed = {
                    piece.interview_id for piece in store.all(Evidence) if piece.requirement_id in asked
                }
                held = [talk for talk in held if talk.id in weighed or self._is_for(talk, target)]
                known = store.target_ids
                named = (person for person in named if serves(person, target.id, known))
            ids = (*(talk.contact_id for talk in held), *(person.referrer_id for person in named))
            found = (store.contact(id_) for id_ in dict.fromkeys(ids))
            helpers = [contact for contact in found if contact is not None]
            self._helpers[target_id] = (revision, helpers)
        return helpers

    def _is_for(self, talk: Interview, target: Target) -> bool:
        """Return whether a talk counts for a target."""
        contact = self._store.contact(talk.contact_id)
        return contact is not None and self._store.target_id_of(talk, contact) == target.id

    def draft(self, follow_up: FollowUp, template_id: str = "") -> Draft:
        """Return what was written so far, else a template filled from the records.

        Without a template of that id the first one is used; a kind without templates gives an empty draft.
        """
        if follow_up.body:
            return Draft(follow_up.subject, follow_up.body)
        template = self.template(follow_up, template_id)
        contact = self._store.contact(follow_up.contact_id)
        if template is None or contact is None:
            return Draft("", "")
        return messages.draft(template, self.values(contact, follow_up))

    def template(self, follow_up: FollowUp, template_id: str = "") -> MessageTemplate | None:
        """Return the template of that id, else the one of the follow-up, else the first that fits."""
        templates = self.templates(follow_up)
        for id_ in (template_id, follow_up.letter):
            for template in templates:
                if template.id == id_:
                    return template
        return templates[0] if templates else None

    def values(self, contact: Contact, follow_up: FollowUp | None = None) -> dict[str, str]:
        """Return everything templates can use for a contact, and for one follow-up of theirs.

        `meeting.*` is the meeting with the reader alone. A letter about a third person has nothing of it, and
        of the meeting with that person only when it was. A school that the connection names is not named
        again.
        """
        about = self._store.contact(follow_up.about_id) if follow_up else None
        helpers = self.helpers(follow_up.target_id if follow_up else "")
        values = (
            self._profile_editing.values(contact)
            | self._address_book.values(contact)
            | self._introduced_values(contact)
            | self._attempt_values(contact)
            | self._question_values(contact)
            | self._slots(contact, follow_up)
            | about_values(about)
            | {"met.count": spelled(len(helpers)) if len(helpers) > 1 else ""}
        )
        profile = self._store.profile
        if profile and profile.school.strip() and profile.school.strip() in values["contact.connection"]:
            values["me.intro"] = introduction(profile.background, "", profile.degree)
        values |= self._talk_values(contact, follow_up)
        if follow_up is None:
            return values
        values |= self._promise_values(contact, follow_up, values)
        if self.purpose(follow_up) is Purpose.DECIDED:
            values |= self._decision_values(contact, follow_up.target_id)
        return self.reasons.values(follow_up, values | {"follow_up.note": _note_value(follow_up)})

    def _talk_values(self, contact: Contact, follow_up: FollowUp | None) -> dict[str, str]:
        """Return the values of the meeting a letter refers to: with the reader, or with whom it is about."""
        if follow_up is None or self.purpose(follow_up) not in ABOUT_A_THIRD:
            return self._meeting_values(contact, follow_up)
        about = self._store.contact(follow_up.about_id)
        if about is None:
            return {}
        return about_meeting_values(
            self._last_held(about), self._time.calendar, self._time.now(), zone_named(contact.zone)
        )

    def _introduced_values(self, contact: Contact) -> dict[str, str]:
        """Return how the user came to `contact`, if whoever named them has introduced the two."""
        referrer = self._store.contact(contact.referrer_id)
        made = (Introduction.MADE, Introduction.THANKED)
        if referrer is None or not may_name(contact):
            return {}
        for other in self._store.of_contact(FollowUp, referrer.id):
            if other.about_id == contact.id and other.introduction in made and not other.dropped:
                return {"contact.connection": f"{written_name(referrer.name)} introduced us"}
        return {}

    def ask_values(self, contact: Contact) -> dict[str, str]:
        """Return everything a written ask can use.

        Somebody who asked on the phone to be written to is reminded of that, instead of how they were found.
        """
        return self.values(contact) | self._asked_to_write(contact)

    def _asked_to_write(self, contact: Contact) -> dict[str, str]:
        """Return how the user came to write to `contact`, if they asked for it on the phone."""
        last = max(
            (other for other in self._store.of_contact(Attempt, contact.id) if other.outcome),
            key=lambda attempt: attempt.at, default=None,
        )  # fmt: skip
        if last is None or last.outcome is not Outcome.REPLIED or last.channel is not Channel.PHONE:
            return {}
        calendar = self._time.calendar
        day = day_phrase(calendar.day_of(last.at), calendar.day_of(self._time.now()))
        return {"contact.connection": f"We spoke on the phone {day}, and you said I could write"}

    def _promise_values(
        self, contact: Contact, follow_up: FollowUp, values: dict[str, str]
    ) -> dict[str, str]:
        """Return how a letter that keeps a promise ends."""
        if follow_up.kind is not FollowUpKind.PROMISE:
            return {}
        calendar, now = self._time.calendar, self._time.now()
        coming = min((other.at for other in self._meetings(contact) if other.is_planned), default=None)
        day = day_phrase(calendar.day_of(coming), calendar.day_of(now)) if coming else ""
        met = self._last_held(contact) is not None
        return {"promise.closing": closing_of_promise(met, day, values.get("me.minutes", ""))}

    def _decision_values(self, contact: Contact, target_id: str) -> dict[str, str]:
        """Return what is decided of that target, what part `contact` had in it, and whom they named."""
        state = self._deciding.state(target_id)
        decision, role = state.decision, state.target.role if state.target else ""
        named = [written_name(person.name) for person in self._named_by(contact)]
        part = part_played(self._deciding.said_by(contact.id, target_id), decision)
        return {
            "decision.what": decision_sentence(decision.verdict, role, decision.why) if decision else "",
            "decision.part": recast(part, "which part, in your own words"),
            "helped.named": and_join(named),
        }

    def _meeting_values(self, contact: Contact, follow_up: FollowUp | None) -> dict[str, str]:
        meeting = self._meeting(contact, follow_up)
        named_ids = meeting.named if meeting else ()
        named = [person for id_ in named_ids if (person := self._store.contact(id_))]
        return meeting_values(
            self._answers.repeatable(meeting) if meeting else None,
            named,
            self._store.of_contact(FollowUp, contact.id),
            self._time.calendar,
            self._time.now(),
            zone_named(contact.zone),
            contact.phone,
        )

    def _meeting(self, contact: Contact, follow_up: FollowUp | None) -> Interview | None:
        """Return the meeting with `contact` that a follow-up is about: its own, the coming, or the last."""
        own = self._store.get(Interview, follow_up.interview_id) if follow_up else None
        if own is not None and own.contact_id == contact.id:
            return own
        coming = [meeting for meeting in self._meetings(contact) if meeting.ended_at is None]
        if follow_up is not None and self.purpose(follow_up) in (Purpose.LATE, Purpose.CONFIRM) and coming:
            return min(coming, key=lambda meeting: meeting.at)
        return self._last_held(contact)

    def _meetings(self, contact: Contact) -> list[Interview]:
        """Return the meetings with `contact` that were not cancelled, without practice."""
        own = self._store.of_contact(Interview, contact.id)
        return [meeting for meeting in own if not meeting.cancelled and not meeting.practice]

    def _last_held(self, contact: Contact) -> Interview | None:
        return rules.last_meeting(self._meetings(contact))

    def _named_by(self, contact: Contact) -> list[Contact]:
        """Return the people that `contact` named, those who were known already included."""
        ids = (id_ for meeting in self._meetings(contact) for id_ in meeting.named)
        named = (person for id_ in ids if (person := self._store.contact(id_)) is not None)
        referred = self._store.referred_by(contact.id)
        return list({person.id: person for person in (*referred, *named)}.values())

    def _attempt_values(self, contact: Contact) -> dict[str, str]:
        """Return when the user wrote to `contact` last, if that has no answer yet."""
        attempts = [other for other in self._store.of_contact(Attempt, contact.id) if other.outcome]
        unanswered = (Outcome.SENT, Outcome.NO_ANSWER, Outcome.VOICEMAIL)
        answered = max((other.at for other in attempts if other.outcome not in unanswered), default=None)
        sent = [
            other.at
            for other in attempts
            if other.outcome is Outcome.SENT and (answered is None or other.at > answered)
        ]
        if not sent:
            return {}
        calendar = self._time.calendar
        wrote = calendar.day_of(max(sent))
        return {"attempt.when": day_phrase(wrote, calendar.day_of(self._time.now()))}

    def _question_values(self, contact: Contact) -> dict[str, str]:
        """Return the first questions of the set for an email to them, which a letter may ask."""
        asks = (question.ask for question in self._library.email_questions(contact.kind) if not question.gaps)
        return dict(zip(("questions.first", "questions.second"), asks, strict=False))

    def _slots(self, contact: Contact, follow_up: FollowUp | None) -> dict[str, str]:
        """Return three times to propose, if the message is for settling one."""
        if follow_up is None or self.purpose(follow_up) is not Purpose.SETTLE_TIME:
            return {}
        taken = [meeting.at for meeting in self._store.all(Interview) if meeting.ended_at is None]
        zone, calendar = zone_named(contact.zone), self._time.calendar
        slots = free_slots(self._time.now(), calendar, zone, self._library.cadence.call_hours, taken)
        return {"slots.both": slots_sentence(slots, calendar, zone)}

    def review(
        self, follow_up: FollowUp, subject: str, body: str, template_id: str = ""
    ) -> tuple[Remark, ...]:
        """Return what could be better in a message, the serious remarks first."""
        purpose, template = self.purpose(follow_up), self.template(follow_up, template_id)
        contact = self._store.contact(follow_up.contact_id)
        if purpose is None or template is None or contact is None:
            return ()
        meeting = self._meeting(contact, follow_up) if purpose not in ABOUT_A_THIRD else None
        told = self._answers.repeatable(meeting) if meeting else None
        said = starred_answers(told) or all_notes(told) if told else []
        values = self._talk_values(contact, follow_up)
        about = self._store.contact(follow_up.about_id)
        return lint(
            subject, body, template.channel, purpose, self._library.cadence, said=said,
            reason=self.reason(follow_up, body, template_id),
            promised=self._promised(contact, meeting) if purpose is Purpose.THANK_YOU else (),
            about=about is not None,
            agreed=(values.get("meeting.date", ""), values.get("meeting.time", "")),
            day=values.get("about.when" if purpose in ABOUT_A_THIRD else "meeting.when", ""),
            **self._others(contact, subject, body),
        )  # fmt: skip

    def review_ask(
        self, contact: Contact, template: MessageTemplate, subject: str, body: str
    ) -> tuple[Remark, ...]:
        """Return what could be better in a written ask, the serious remarks first."""
        values = (
            self._address_book.values(contact)
            | self._introduced_values(contact)
            | self._asked_to_write(contact)
        )
        return lint(
            subject, body, template.channel, Purpose.ASK, self._library.cadence,
            referrer=values.get("contact.referrer", ""),
            connection=values.get("contact.connection", ""),
            **self._others(contact, subject, body),
        )  # fmt: skip

    def _others(self, reader: Contact, subject: str, body: str) -> Others:
        """Return what a review has to know of other people than the reader."""
        text = f"{subject}\n{body}"
        return Others(
            owners=self.owners_of(reader, text),
            not_to_repeat=self._not_to_be_repeated(reader, text),
            names=self._name_words,
            reader=f"{reader.name} {reader.goes_by}",
        )

    def owners_of(self, reader: Contact, text: str) -> dict[str, str]:
        """Return the runs of words in `text` that stand in the notes of a talk with somebody else, not in
        those with the reader, each with whose they are."""
        revision = self._store.revision(Interview)
        if revision != self._runs_revision:
            self._runs_revision, self._runs = revision, {}
            for meeting in self._store.all(Interview):
                for note in meeting.notes.values():
                    for run in runs_of(note):
                        self._runs.setdefault(run, set()).add(meeting.contact_id)
        found: dict[str, str] = {}
        for run in runs_of(text):
            ids = self._runs.get(run, set())
            if ids and reader.id not in ids:
                owner = self._store.contact(min(ids))
                found[" ".join(run)] = owner.name if owner else "somebody else"
        return found

    def _not_to_be_repeated(self, reader: Contact, text: str) -> str:
        """Return the first run of words in `text` that the reader said, and that is not to be repeated."""
        said = [
            interview.notes[question_id]
            for interview in self._store.of_contact(Interview, reader.id)
            for question_id in self._answers.kept_back(interview)
        ]
        runs = {run for note in said for run in runs_of(without_minutes(note))}
        return next((" ".join(run) for run in runs_of(text) if run in runs), "")

    def _name_words(self) -> frozenset[str]:
        """Return the words of the names of all contacts, as they are written."""
        revision = self._store.revision(Contact)
        if revision != self._names_revision:
            people = self._store.all(Contact)
            words = (word for person in people for word in f"{person.name} {person.goes_by}".split())
            self._names_revision = revision
            self._names = frozenset(word for word in words if len(word) > 2 and word[:1].isupper())
        return self._names

    def _promised(self, contact: Contact, meeting: Interview | None) -> list[str]:
        """Return the things promised in `meeting` that are still owed."""
        return [
            thing
            for owed in self._store.open_of_contact(contact.id, FollowUpKind.PROMISE)
            if meeting is not None and owed.interview_id == meeting.id and not owed.waiting
            if (thing := as_thing(owed.note))
        ]

    def reason(self, follow_up: FollowUp, body: str, template_id: str = "") -> str:
        """Return why a check-in is written: its note, else what was typed into the gap of the template."""
        if follow_up.note.strip() or follow_up.kind is not FollowUpKind.CHECK_IN:
            return follow_up.note
        blank = replace(follow_up, subject="", body="")
        return reason_in(body, self.draft(blank, template_id).body)

    def objection(
        self, follow_up: FollowUp, subject: str, body: str, template_id: str = ""
    ) -> Objection | None:
        """Return why a message should not go out like this, or None."""
        found = objection(follow_up.kind, subject, body, self.reason(follow_up, body, template_id))
        reader = self._store.contact(follow_up.contact_id)
        if found is not None or reader is None:
            return found
        text = f"{subject}\n{body}"
        return others_words(self.owners_of(reader, text)) or kept_back(self._not_to_be_repeated(reader, text))


def _note_value(follow_up: FollowUp) -> str:
    """Return the note of a follow-up as a letter says it: a thing, a sentence, or a gap to be recast."""
    if follow_up.kind is FollowUpKind.PROMISE:
        ask = "say what they offered" if follow_up.waiting else "say what you promised"
        return as_thing(follow_up.note, follow_up.waiting) or recast(follow_up.note, ask)
    return reason_value(follow_up.note)
