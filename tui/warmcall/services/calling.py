"""Calling: how an attempt ended, and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from warmcall.domain import cadence as rules
from warmcall.domain.asking_rules import ActiveAsk, active_ask
from warmcall.domain.cadence import Cadence
from warmcall.domain.clock_reading import ClockReading
from warmcall.domain.countdown import Countdown
from warmcall.domain.meeting import begun
from warmcall.domain.records import AnyRecord, Attempt, Contact, FollowUp, Interview, replace
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import Channel, ContactKind, FollowUpKind, Mode, Outcome
from warmcall.services.address_book import AddressBook
from warmcall.services.checklists import Checklists
from warmcall.services.clock import Timekeeper
from warmcall.services.history import History
from warmcall.services.pending_attempts import PendingAttempts


class CallResult(msgspec.Struct, frozen=True, kw_only=True):
    """How an attempt ended, as the user tells it.

    `at` is the instant of the meeting (scheduled) or of the call (call_back), `timed` whether the
    latter has a time of day. `minutes` is the time they have for a talk at once (talk_now), 0 for the
    time asked for. `person` and `person_phone` are whom they named (referred). `subject` and `body` are
    the words of a written one. `made_at` is when the attempt was made, if that was not just now.
    """

    outcome: Outcome
    channel: Channel = Channel.PHONE
    note: str = ""
    path: tuple[str, ...] = ()
    at: datetime | None = None
    timed: bool = True
    mode: Mode = Mode.PHONE
    place: str = ""
    minutes: int = 0
    person: str = ""
    person_phone: str = ""
    subject: str = ""
    body: str = ""
    made_at: datetime | None = None


class CallPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What an end would do, before it is done: all records it changes, and what it puts in the queue.

    `removed` is a note that went into the record of another channel.
    """

    records: tuple[AnyRecord, ...]
    removed: tuple[AnyRecord, ...] = ()
    owed: tuple[FollowUp, ...] = ()
    hold: str = ""
    interview: Interview | None = None
    referred: Contact | None = None


AGREED = (Outcome.SCHEDULED, Outcome.CALL_BACK, Outcome.REFERRED)
"""Outcomes with something agreed in so many words, which stands whatever was tried later."""


class Calling:
    """Records attempts; each is one change with everything that follows from it."""

    def __init__(
        self,
        store: Store,
        history: History,
        time: Timekeeper,
        cadence: Cadence,
        address_book: AddressBook,
        checklists: Checklists,
        pending_attempts: PendingAttempts,
        session: str,
    ) -> None:
        self._store = store
        self._history = history
        self._time = time
        self._cadence = cadence
        self._address_book = address_book
        self._checklists = checklists
        self._pending_attempts = pending_attempts
        self._session = session

    def plan(
        self,
        contact_id: str,
        end: CallResult,
        changed: Attempt | None = None,
        follow_ups: Sequence[FollowUp] | None = None,
    ) -> CallPlan:
        """Return what recording `end` would do; nothing is changed.

        After an attempt made earlier than the last one, only what was agreed with them is put down: a
        first meeting, a call back, a person named. What comes next is the last attempt's to say.
        `changed` is the attempt to be told otherwise, `follow_ups` those of the contact without its own.

        Raises:
            KeyError: if there is no such contact.
            ValueError: if the outcome needs a time that is missing.
        """
        contact = self._store.require(Contact, contact_id)
        made_at = end.made_at or self._time.now()
        spoken = self._pending_attempts.pending(contact_id) if end.made_at is None else None
        present = changed or (
            self._pending_attempts.pending(contact_id, end.channel) if end.made_at is None else None
        )
        attempt = present or Attempt(
            **self._history.stamp(), contact_id=contact_id, at=made_at, channel=end.channel
        )
        noted = spoken.note if spoken else ""
        attempt = replace(
            attempt, at=made_at, channel=end.channel, outcome=end.outcome, path=end.path or attempt.path,
            note=end.note if changed else end.note or attempt.note or noted,
            subject=end.subject or attempt.subject, body=end.body or attempt.body,
        )  # fmt: skip
        last = self.is_last(attempt)
        moves = end.outcome is Outcome.SCHEDULED and self.planned_meeting(contact_id) is not None
        if not last and (moves or end.outcome not in AGREED):
            return CallPlan(records=(attempt,))
        ending = self._following(contact, attempt, end)
        removed = (spoken,) if spoken is not None and spoken.id != attempt.id else ()
        if not last:
            return msgspec.structs.replace(ending, records=(attempt, *ending.records), removed=removed)
        own = self._store.of_contact(FollowUp, contact_id) if follow_ups is None else follow_ups
        settled = self._settled(own, attempt)
        moved = self._moved_check_ins(contact_id, attempt, end.made_at is not None)
        records = (attempt, *settled, *moved, *ending.records)
        return msgspec.structs.replace(ending, records=records, removed=removed)

    def plan_follow_ups(
        self, contact: Contact, attempt: Attempt, at: datetime | None, timed: bool
    ) -> rules.Plan:
        """Return what the cadence asks for after `attempt`. `at` and raising are as for `plan`."""
        earlier = [
            other_attempt
            for other_attempt in self._pending_attempts.completed(contact.id)
            if other_attempt.id != attempt.id and other_attempt.at <= attempt.at
        ]
        return rules.after_attempt(
            attempt, earlier, contact.organization, self._cadence, self._time.calendar, at, timed
        )

    def is_last(self, attempt: Attempt) -> bool:
        """Return whether no other attempt at that contact was made after `attempt`."""
        others = (
            other_attempt
            for other_attempt in self._pending_attempts.completed(attempt.contact_id)
            if other_attempt.id != attempt.id
        )
        return all(other_attempt.at <= attempt.at for other_attempt in others)

    def record(self, contact_id: str, end: CallResult) -> CallPlan:
        """Record how an attempt ended, with all that follows, as one change. Raises as `plan`."""
        ending = self.plan(contact_id, end)
        contact = self._store.contact(contact_id)
        name = contact.name if contact else ""
        self._history.commit(
            f"{end.outcome.replace('_', ' ')}: {name}", *ending.records, removed=ending.removed
        )
        return ending

    def plan_meeting(
        self, contact: Contact, at: datetime, mode: Mode, place: str, attempt_id: str = ""
    ) -> CallPlan:
        """Return the records of a meeting agreed for `at`; one already planned is moved there."""
        now = self._time.now()
        planned = self.planned_meeting(contact.id)
        interview = planned or Interview(
            **self._history.stamp(),
            contact_id=contact.id,
            at=at,
            target_id=contact.target_id,
            checklist=self._checklists.first_choice(contact.kind, contact.target_id),
            countdown=Countdown(minutes=self._minutes()),
        )
        interview = replace(
            interview, at=at, mode=mode, place=place, attempt_id=attempt_id or interview.attempt_id
        )
        arranged = (FollowUpKind.INTERVIEW, FollowUpKind.CONFIRM)
        dropped = self._closed(contact.id, arranged, now, dropped=True)
        owed = tuple(
            self._address_book.follow_up(contact.id, planned, interview_id=interview.id)
            for planned in rules.for_meeting(at, now, self._cadence, self._time.calendar)
        )
        return CallPlan(records=(interview, *dropped, *owed), owed=owed, interview=interview)

    def active_ask(self, contact: Contact) -> ActiveAsk | None:
        """Return the written ask to somebody else where the contact works that is still open, or None."""
        others = self._address_book.at_same_organization(contact)
        attempts = {contact.id: self._store.of_contact(Attempt, contact.id) for contact in others}
        now, calendar = self._time.now(), self._time.calendar
        return active_ask(contact, attempts, others, now, self._cadence, calendar)

    def planned_meeting(self, contact_id: str) -> Interview | None:
        """Return the meeting with that contact that has neither ended nor been cancelled."""
        meetings = self._store.of_contact(Interview, contact_id)
        coming = [
            interview for interview in meetings if interview.ended_at is None and not interview.cancelled
        ]
        return min(coming, key=lambda interview: interview.at, default=None)

    def _following(self, contact: Contact, attempt: Attempt, end: CallResult) -> CallPlan:
        match end.outcome:
            case Outcome.SCHEDULED:
                if end.at is None:
                    raise ValueError("a meeting needs a time")
                return self.plan_meeting(contact, end.at, end.mode, end.place, attempt.id)
            case Outcome.TALK_NOW:
                ending = self.plan_meeting(contact, attempt.at, Mode.PHONE, "", attempt.id)
                if ending.interview is None:
                    return ending
                limit = Countdown(minutes=end.minutes or self._minutes())
                reading = self._time.read() if end.made_at is None else ClockReading(attempt.at)
                started = begun(replace(ending.interview, countdown=limit), reading, self._session)
                records = tuple(started if record.id == started.id else record for record in ending.records)
                return msgspec.structs.replace(ending, records=records, interview=started)
            case Outcome.REFERRED:
                fields = {"name": end.person, "phone": end.person_phone, "referrer_id": contact.id}
                person, call = self._address_book.new(fields | {"kind": ContactKind.PRACTITIONER})
                return CallPlan(records=(person, call), owed=(call,), referred=person)
            case Outcome.DECLINED:
                return self._declined(contact, attempt.at)
        plan = self.plan_follow_ups(contact, attempt, end.at, end.timed)
        owed = tuple(
            self._address_book.follow_up(contact.id, planned, attempt_id=attempt.id) for planned in plan.owed
        )
        without = (replace(contact, phone=""),) if end.outcome is Outcome.WRONG_NUMBER else ()
        return CallPlan(records=(*without, *owed), owed=owed, hold=plan.hold)

    def _declined(self, contact: Contact, now: datetime) -> CallPlan:
        """Drop what was still to be asked or held; a meeting that had not begun is cancelled."""
        kinds = (FollowUpKind.INTERVIEW, FollowUpKind.CONFIRM, FollowUpKind.OTHER)
        dropped = self._closed(contact.id, kinds, now, dropped=True)
        planned = self.planned_meeting(contact.id)
        cancelled = (replace(planned, cancelled=True),) if planned and not planned.countdown.started else ()
        return CallPlan(records=(*dropped, *cancelled))

    def _settled(self, follow_ups: Sequence[FollowUp], attempt: Attempt) -> list[FollowUp]:
        """Return the open ones of `follow_ups` this attempt did, marked done by it."""
        if attempt.outcome is None:
            return []
        open_ones = rules.superseded(follow_ups, attempt.outcome)
        return [replace(follow_up, done_at=attempt.at, attempt_id=attempt.id) for follow_up in open_ones]

    def _moved_check_ins(self, contact_id: str, attempt: Attempt, afterwards: bool) -> list[FollowUp]:
        """Return the open check-ins, counted anew from this contact if it reached them.

        An attempt put down `afterwards` never brings one nearer.
        """
        if attempt.outcome in (Outcome.NO_ANSWER, Outcome.WRONG_NUMBER):
            return []
        own = self._store.of_contact(FollowUp, contact_id)
        first = not any(
            follow_up.kind is FollowUpKind.CHECK_IN and follow_up.done_at is not None for follow_up in own
        )
        owed = rules.check_in(attempt.at, first, self._cadence, self._time.calendar)
        return [
            replace(follow_up, due=owed.due, why=owed.why)
            for follow_up in own
            if follow_up.kind is FollowUpKind.CHECK_IN
            and follow_up.done_at is None
            and (owed.due > follow_up.due or not afterwards)
        ]

    def _closed(
        self, contact_id: str, kinds: Sequence[FollowUpKind], now: datetime, dropped: bool
    ) -> list[FollowUp]:
        return [
            replace(follow_up, done_at=now, dropped=dropped)
            for follow_up in self._store.of_contact(FollowUp, contact_id)
            if follow_up.kind in kinds and follow_up.done_at is None
        ]

    def _minutes(self) -> int:
        profile = self._store.profile
        return profile.minutes if profile else self._cadence.minutes_asked
