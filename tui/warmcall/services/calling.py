"""Recording how an attempt at a contact ended, with everything that follows from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from warmcall.domain import cadence as rules
from warmcall.domain.acquaintance import acquaintance
from warmcall.domain.asking_rules import ActiveAsk, active_ask
from warmcall.domain.cadence import Cadence
from warmcall.domain.call_choice import ANSWERED_BY, script_uses
from warmcall.domain.clock_reading import ClockReading
from warmcall.domain.countdown import Countdown
from warmcall.domain.day_names import plain_day
from warmcall.domain.meeting import started
from warmcall.domain.message import PURPOSE_OF
from warmcall.domain.person_keys import profile_link
from warmcall.domain.question_bank import is_shorter
from warmcall.domain.queue import due_order
from warmcall.domain.records import AnyRecord, Attempt, Contact, FollowUp, Interview, replace
from warmcall.domain.script import Script, ScriptFor
from warmcall.domain.script_walk import promised_template
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import Channel, ContactKind, FollowUpKind, Mode, Outcome
from warmcall.domain.when import When
from warmcall.services.address_book import SAME_AS, AddressBook
from warmcall.services.checklists import Checklists
from warmcall.services.clock import Timekeeper
from warmcall.services.history import History
from warmcall.services.openings import Openings
from warmcall.services.pending_attempts import WRITTEN, PendingAttempts
from warmcall.services.running_interviews import refuse_second


class CallResult(msgspec.Struct, frozen=True, kw_only=True):
    """How an attempt ended, as the user enters it.

    `path` are the script steps said, as "script/step". `at` is when the meeting is (scheduled), which needs
    an hour, or the next call (call_back); `mode` and `place` are the meeting's. `minutes` is the time they
    have for a talk at once (talk_now), 0 for the time asked for. `person` and `person_phone` are whom they
    named (referred), `person_same_as` the id of the contact who that is, if they are in People.
    `owes` are the things promised on the way, due the same day, `owes_before` those of them promised before
    the last step, as to an assistant. `answers` is the id of the follow-up that the call was
    made for, and `serves` what its script was for. `subject` and `body` are the text of an email or
    message. `made_at` is when the attempt was made, aware, in UTC; None for just now. `on_file` says that
    they keep the user's resume.
    """

    outcome: Outcome
    channel: Channel = Channel.PHONE
    note: str = ""
    path: tuple[str, ...] = ()
    at: When | None = None
    mode: Mode = Mode.PHONE
    place: str = ""
    minutes: int = 0
    person: str = ""
    person_phone: str = ""
    person_same_as: str = ""
    owes: tuple[str, ...] = ()
    owes_before: tuple[str, ...] = ()
    answers: str = ""
    serves: ScriptFor = ScriptFor.ASK
    subject: str = ""
    body: str = ""
    made_at: datetime | None = None
    on_file: bool = False


class CallPlan(msgspec.Struct, frozen=True, kw_only=True):
    """The change that recording a result makes, before it is made.

    `records` are all the new and changed ones, `removed` those that go: a note kept for another channel,
    which is now part of this attempt. `owed` are those of the records that enter the queue. `hold` says
    why nothing more is tried, empty if something is. `settled` is the follow-up that the call was made for
    and that is done by it, `kept` the one that is not. `interview` is the meeting set or started, `referred`
    the contact they named.
    """

    records: tuple[AnyRecord, ...]
    removed: tuple[AnyRecord, ...] = ()
    owed: tuple[FollowUp, ...] = ()
    hold: str = ""
    settled: FollowUp | None = None
    kept: FollowUp | None = None
    interview: Interview | None = None
    referred: Contact | None = None


_NOBODY_SPOKE = (Outcome.NO_ANSWER, Outcome.VOICEMAIL)
"""Outcomes by which nothing can have been promised to the contact."""

_ANSWER_OR_SILENCE = (Outcome.REPLIED, Outcome.SENT, Outcome.NO_ANSWER, Outcome.VOICEMAIL)
"""Outcomes of a call to somebody known that say no more than whether what it was made for is done."""

AGREED = (Outcome.SCHEDULED, Outcome.CALL_BACK, Outcome.REFERRED)
"""Outcomes by which something was agreed; it holds whatever was tried later."""


def only_written(contact: Contact) -> bool:
    """Return whether `contact` can be written to, by email or at a profile, and not called."""
    return not contact.phone.strip() and bool(contact.email.strip() or profile_link(contact.notes))


def _promised(result: CallResult) -> tuple[str, ...]:
    """Return the things that were promised: where nobody else answered, only what an assistant heard."""
    if result.outcome is Outcome.WRONG_NUMBER:
        return ()
    return result.owes_before if result.outcome in _NOBODY_SPOKE else result.owes


class Calling:
    """Records attempts and plans meetings; an attempt and everything that follows from it are one change."""

    def __init__(
        self,
        store: Store,
        history: History,
        time: Timekeeper,
        cadence: Cadence,
        address_book: AddressBook,
        checklists: Checklists,
        pending_attempts: PendingAttempts,
        openings: Openings,
        session: str,
    ) -> None:
        self._store = store
        self._history = history
        self._time = time
        self._cadence = cadence
        self._address_book = address_book
        self._checklists = checklists
        self._pending_attempts = pending_attempts
        self._openings = openings
        self._session = session

    def plan(
        self,
        contact_id: str,
        result: CallResult,
        changed: Attempt | None = None,
        follow_ups: Sequence[FollowUp] | None = None,
    ) -> CallPlan:
        """Return what recording `result` would do; nothing is changed.

        The last attempt alone decides what comes next: of one made before it, only what was agreed is
        recorded (a first meeting, a call back, a person named). To correct an attempt, give it as
        `changed`, and as `follow_ups` those of the contact without the ones it led to.

        Raises:
            KeyError: if there is no such contact.
            ValueError: if the outcome needs a time that is missing.
        """
        contact = self._store.require(Contact, contact_id)
        made_at = result.made_at or self._time.now()
        spoken = written = None
        if result.made_at is None:
            spoken = self._pending_attempts.pending(contact_id)
            written = self._pending_attempts.pending(contact_id, result.channel)
        attempt = changed or written or Attempt(
            **self._history.stamp(), contact_id=contact_id, at=made_at, channel=result.channel
        )  # fmt: skip
        pending_note = spoken.note if spoken else ""
        attempt = replace(
            attempt, at=made_at, channel=result.channel, outcome=result.outcome,
            path=result.path or attempt.path,
            note=result.note if changed else result.note or attempt.note or pending_note,
            subject=result.subject or attempt.subject, body=result.body or attempt.body,
        )  # fmt: skip
        is_last = self.is_last(attempt)
        moves_meeting = result.outcome is Outcome.SCHEDULED and self.planned_meeting(contact_id) is not None
        if not is_last and (moves_meeting or result.outcome not in AGREED):
            return CallPlan(records=(attempt,))
        plan = self._with_promises(self._plan_outcome(contact, attempt, result), attempt, result)
        removed = (spoken,) if spoken is not None and spoken.id != attempt.id else ()
        if not is_last:
            return msgspec.structs.replace(plan, records=(attempt, *plan.records), removed=removed)
        if result.serves is not ScriptFor.ASK and result.outcome in _ANSWER_OR_SILENCE:
            answered = self._answered(contact, attempt, result)
            return msgspec.structs.replace(answered, records=(attempt, *answered.records), removed=removed)
        if follow_ups is None:
            follow_ups = self._store.of_contact(FollowUp, contact_id)
        settled = self._settled(follow_ups, attempt)
        moved = self._moved_check_ins(contact_id, attempt, logged_later=result.made_at is not None)
        records = (attempt, *settled, *moved, *plan.records)
        return msgspec.structs.replace(plan, records=records, removed=removed)

    def plan_follow_ups(self, contact: Contact, attempt: Attempt, at: When | None) -> rules.Plan:
        """Return the follow-ups the cadence asks for after `attempt`.

        `at` is when they asked to be called back. Nobody else is proposed in place of somebody met.

        Raises:
            ValueError: if `attempt` has no outcome, or they asked to be called back and `at` is missing.
        """
        earlier = [
            other
            for other in self._pending_attempts.completed(contact.id)
            if other.id != attempt.id and other.at <= attempt.at
        ]
        met = acquaintance((), self._store.of_contact(Interview, contact.id)).has_met
        organization = "" if met else contact.organization
        return rules.after_attempt(attempt, earlier, organization, self._cadence, self._time.calendar, at)

    def is_last(self, attempt: Attempt) -> bool:
        """Return whether no other attempt at that contact was made after `attempt`."""
        others = (
            other for other in self._pending_attempts.completed(attempt.contact_id) if other.id != attempt.id
        )
        return all(other.at <= attempt.at for other in others)

    def record(self, contact_id: str, result: CallResult, merge: str = "") -> CallPlan:
        """Record how an attempt ended, with all that follows, as one change.

        A change before it with the same `merge` is undone together with it.

        Raises:
            AnotherInterviewRuns: if a talk began at once while an interview runs.
            KeyError, ValueError: as `plan`.
        """
        plan = self.plan(contact_id, result)
        if result.outcome is Outcome.TALK_NOW and plan.interview is not None:
            refuse_second(self._store, plan.interview.id)
        contact = self._store.contact(contact_id)
        name = contact.name if contact else ""
        self._history.commit(
            f"{result.outcome.replace('_', ' ')}: {name}", *plan.records, removed=plan.removed, merge=merge
        )
        return plan

    def plan_meeting(
        self, contact: Contact, at: datetime, mode: Mode, place: str, attempt_id: str = "", minutes: int = 0
    ) -> CallPlan:
        """Return the records of a meeting agreed for `at`; one already planned is moved there.

        A new one is of so many `minutes`, or of those usually asked for; its questions are chosen for them.
        One planned for longer that has to do with a few `minutes` gets the questions of a short talk.
        """
        now = self._time.now()
        planned, target = self.planned_meeting(contact.id), self._store.target_for(contact)
        interview = planned or Interview(
            **self._history.stamp(),
            contact_id=contact.id,
            at=at,
            target_id=target.id if target else "",
            checklist=self._checklists.first_choice(contact, mode, minutes or self._minutes()),
            countdown=Countdown(minutes=minutes or self._minutes()),
        )
        if planned is not None and is_shorter(planned, minutes):
            interview = self._checklists.shortened(interview, contact, minutes)
        interview = replace(
            interview, at=at, mode=mode, place=place, attempt_id=attempt_id or interview.attempt_id
        )
        dropped = self._dropped(contact.id, now, FollowUpKind.INTERVIEW, FollowUpKind.CONFIRM)
        owed = tuple(
            self._address_book.follow_up(contact.id, follow_up, interview_id=interview.id)
            for follow_up in rules.for_meeting(at, now, self._cadence, self._time.calendar)
        )
        return CallPlan(records=(interview, *dropped, *owed), owed=owed, interview=interview)

    def script_uses(self, contact: Contact, follow_up: FollowUp | None = None) -> tuple[ScriptFor, ...]:
        """Return what the scripts of a call to `contact` may be for, the one to begin with first.

        `follow_up` is what the call was opened from, if anything.
        """
        known = acquaintance(
            self._store.of_contact(Attempt, contact.id), self._store.of_contact(Interview, contact.id)
        )
        owed = {other.kind for other in self._store.open_of_contact(contact.id, *FollowUpKind)}
        planned = self.planned_meeting(contact.id)
        meeting_at = planned.at if planned is not None and not planned.countdown.started else None
        kind = follow_up.kind if follow_up is not None else None
        return script_uses(kind, known, owed, meeting_at, self._time.now())

    def made_for(self, contact: Contact, serves: ScriptFor, opened: FollowUp | None) -> FollowUp | None:
        """Return the open follow-up that a call with a script for `serves` is made for, or None.

        It is the one it was `opened` from, if that fits, else the first due of its kind.
        """
        kinds = ANSWERED_BY.get(serves, ())
        if opened is not None and opened.done_at is None and (not kinds or opened.kind in kinds):
            return opened
        calendar = self._time.calendar
        return min(
            self._store.open_of_contact(contact.id, *kinds) if kinds else (),
            key=lambda follow_up: (kinds.index(follow_up.kind), due_order(follow_up, calendar)),
            default=None,
        )

    def letter_instead(self, contact: Contact, opened: FollowUp | None) -> FollowUp | None:
        """Return the open follow-up to write, where a call is not possible; None if there is no such letter.

        It is what a call `opened` from there would be for, to somebody who has an email and no number.
        """
        if not only_written(contact):
            return None
        made_for = self.made_for(contact, self.script_uses(contact, opened)[0], opened)
        return made_for if made_for is not None and made_for.kind in PURPOSE_OF else None

    def tells_late_in_writing(self, contact: Contact, opened: FollowUp | None) -> bool:
        """Return whether a call `opened` from there would say one is late, and only a letter can."""
        return only_written(contact) and self.script_uses(contact, opened)[0] is ScriptFor.LATE

    def template_promised(self, contact: Contact, scripts: Mapping[str, Script]) -> str | None:
        """Return the id of the template to write from, if they asked on the phone to be written to.

        Empty if no step of the call says which; None if they did not ask, or were written to since.
        """
        last = next(reversed(self._pending_attempts.completed(contact.id)), None)
        if last is None or last.outcome is not Outcome.REPLIED or last.channel in WRITTEN:
            return None
        return promised_template(scripts, last.path)

    def active_ask(self, contact: Contact) -> ActiveAsk | None:
        """Return the ask written to a colleague of the contact that is still without an answer, or None."""
        others = self._address_book.at_same_organization(contact)
        attempts = {contact.id: self._store.of_contact(Attempt, contact.id) for contact in others}
        now, calendar = self._time.now(), self._time.calendar
        return active_ask(others, attempts, now, self._cadence, calendar)

    def planned_meeting(self, contact_id: str) -> Interview | None:
        """Return the earliest meeting with that contact that has neither ended nor been cancelled."""
        meetings = self._store.of_contact(Interview, contact_id)
        planned = (meeting for meeting in meetings if meeting.is_planned)
        return min(planned, key=lambda meeting: meeting.at, default=None)

    def _plan_outcome(self, contact: Contact, attempt: Attempt, result: CallResult) -> CallPlan:
        """Return what follows from the outcome of `attempt`, without what the attempt settles."""
        match result.outcome:
            case Outcome.SCHEDULED:
                if result.at is None or result.at.instant is None:
                    raise ValueError("a meeting needs a time")
                return self.plan_meeting(contact, result.at.instant, result.mode, result.place, attempt.id)
            case Outcome.TALK_NOW:
                plan = self.plan_meeting(contact, attempt.at, Mode.PHONE, "", attempt.id, result.minutes)
                if plan.interview is None:
                    return plan
                countdown, now = self._time.anchored(plan.interview.countdown)
                if result.minutes and not countdown.started:
                    countdown = Countdown(minutes=result.minutes)
                reading = self._time.read() if result.made_at is None else ClockReading(attempt.at)
                meeting = replace(plan.interview, countdown=countdown.resume(now))
                running = started(meeting, reading, self._session)
                records = tuple(running if record.id == running.id else record for record in plan.records)
                return msgspec.structs.replace(plan, records=records, interview=running)
            case Outcome.REFERRED:
                fields = {"name": result.person, "phone": result.person_phone, "referrer_id": contact.id}
                fields |= {"kind": ContactKind.PRACTITIONER, SAME_AS: result.person_same_as}
                person, calls = self._address_book.named(fields)
                return CallPlan(records=(person, *calls), owed=calls, referred=person)
            case Outcome.DECLINED:
                return self._declined(contact, attempt.at)
        next_steps = self.plan_follow_ups(contact, attempt, result.at)
        owed = tuple(
            self._address_book.follow_up(contact.id, follow_up, attempt_id=attempt.id)
            for follow_up in next_steps.owed
        )
        without_phone = (replace(contact, phone=""),) if result.outcome is Outcome.WRONG_NUMBER else ()
        return CallPlan(records=(*without_phone, *owed), owed=owed, hold=next_steps.hold)

    def _answered(self, contact: Contact, attempt: Attempt, result: CallResult) -> CallPlan:
        """Return what follows from a call that was not made to ask for a talk.

        What it was made for is done if they spoke, or it was written instead; a voicemail is enough to thank
        and to confirm. The hour of a meeting stays. Any answer restarts the time to the next check-in.
        """
        found = self._store.get(FollowUp, result.answers)
        owed = found if found is not None and found.done_at is None else None
        message_is_enough = result.serves in (ScriptFor.TELL_REFERRER, ScriptFor.CONFIRM)
        reached = attempt.outcome in (Outcome.REPLIED, Outcome.SENT)
        left_message = attempt.outcome is Outcome.VOICEMAIL and message_is_enough
        is_done = owed is not None and owed.kind is not FollowUpKind.INTERVIEW and (reached or left_message)
        if owed is None or not is_done:
            moved = self._moved_check_ins(contact.id, attempt, logged_later=False) if reached else []
            promised = self._with_promises(CallPlan(records=tuple(moved)), attempt, result)
            return msgspec.structs.replace(promised, kept=owed)
        done = replace(owed, done_at=attempt.at, attempt_id=attempt.id)
        check_ins = [
            other
            for other in self._moved_check_ins(contact.id, attempt, logged_later=False)
            if other.id != done.id
        ]
        new: tuple[FollowUp, ...] = ()
        if owed.kind is FollowUpKind.CHECK_IN and not check_ins:
            next_check_in = rules.check_in(attempt.at, False, self._cadence, self._time.calendar)
            new = (self._address_book.follow_up(contact.id, next_check_in),)
        plan = CallPlan(records=(done, *check_ins, *new), owed=new, settled=done)
        return self._with_promises(plan, attempt, result)

    def _with_promises(self, plan: CallPlan, attempt: Attempt, result: CallResult) -> CallPlan:
        """Return `plan` with what was promised in `attempt`, due on its day, and the resume they keep.

        A thing that is still owed from before is not owed twice.
        """
        open_promises = self._store.open_of_contact(attempt.contact_id, FollowUpKind.PROMISE)
        owed_before = {follow_up.note for follow_up in open_promises if not follow_up.waiting}
        calendar = self._time.calendar
        day = calendar.day_of(attempt.at)
        promises = tuple(
            self._address_book.follow_up(
                attempt.contact_id,
                rules.FollowUpPlan(
                    kind=FollowUpKind.PROMISE, due=When(day), note=thing, why=f"promised {plain_day(day)}"
                ),
            )
            for thing in dict.fromkeys(_promised(result))
            if thing not in owed_before
        )
        on_file: tuple[AnyRecord, ...] = ()
        if result.on_file:
            kept = self._openings.new(attempt.contact_id, on_file=True, heard_on=day)
            on_file = self._openings.records_for(kept, plan.records)
        owed = (*plan.owed, *promises, *(record for record in on_file if isinstance(record, FollowUp)))
        return msgspec.structs.replace(plan, records=(*plan.records, *promises, *on_file), owed=owed)

    def _declined(self, contact: Contact, now: datetime) -> CallPlan:
        """Drop what was still planned with the contact; a meeting that had not started is cancelled."""
        kinds = (FollowUpKind.INTERVIEW, FollowUpKind.CONFIRM, FollowUpKind.OTHER)
        dropped = self._dropped(contact.id, now, *kinds)
        planned = self.planned_meeting(contact.id)
        cancelled = (replace(planned, cancelled=True),) if planned and not planned.countdown.started else ()
        return CallPlan(records=(*dropped, *cancelled))

    def _settled(self, follow_ups: Sequence[FollowUp], attempt: Attempt) -> list[FollowUp]:
        """Return those of `follow_ups` that `attempt` settles, marked done by it."""
        if attempt.outcome is None:
            return []
        settled = rules.superseded(follow_ups, attempt.outcome)
        return [replace(follow_up, done_at=attempt.at, attempt_id=attempt.id) for follow_up in settled]

    def _moved_check_ins(self, contact_id: str, attempt: Attempt, logged_later: bool) -> list[FollowUp]:
        """Return the open check-ins, due counted from `attempt`; none if the attempt reached nobody.

        An attempt that is `logged_later` than it was made never brings a check-in nearer.
        """
        if attempt.outcome in (Outcome.NO_ANSWER, Outcome.WRONG_NUMBER):
            return []
        first = not any(
            follow_up.kind is FollowUpKind.CHECK_IN and follow_up.done_at is not None
            for follow_up in self._store.of_contact(FollowUp, contact_id)
        )
        calendar = self._time.calendar
        check_in = rules.check_in(attempt.at, first, self._cadence, calendar)
        earliest = calendar.order_of(check_in.due)
        return [
            replace(follow_up, due=check_in.due, why=check_in.why)
            for follow_up in self._store.open_of_contact(contact_id, FollowUpKind.CHECK_IN)
            if rules.is_in_turn(follow_up)
            if calendar.order_of(follow_up.due) < earliest or not logged_later
        ]

    def _dropped(self, contact_id: str, now: datetime, *kinds: FollowUpKind) -> list[FollowUp]:
        """Return the open follow-ups of those kinds, dropped at `now`."""
        return [
            replace(follow_up, done_at=now, dropped=True)
            for follow_up in self._store.open_of_contact(contact_id, *kinds)
        ]

    def _minutes(self) -> int:
        profile = self._store.profile
        return profile.minutes if profile else self._cadence.minutes_asked
