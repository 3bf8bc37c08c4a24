"""Logging attempts afterwards, editing and deleting them, with everything that follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

import msgspec

from warmcall.domain.records import AnyRecord, Attempt, FollowUp, Interview, replace
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind, Outcome
from warmcall.services.calling import AGREED, Calling, CallPlan, CallResult
from warmcall.services.clock import Timekeeper
from warmcall.services.history import History
from warmcall.services.interviewing import Interviewing
from warmcall.services.pending_attempts import PendingAttempts

_DROPPED = (FollowUpKind.INTERVIEW, FollowUpKind.CONFIRM, FollowUpKind.OTHER)
"""The kinds of follow-ups that are dropped when the contact declines."""


class AttemptEditing:
    """What can be done to attempts after the call; each method that changes anything is one change.

    What follows is planned by the same rules as after a call made just now, counted from the time of the
    attempt. The last attempt at a contact alone decides what comes next; an earlier one changes nothing
    but its own record.
    """

    def __init__(
        self,
        store: Store,
        history: History,
        time: Timekeeper,
        pending_attempts: PendingAttempts,
        calling: Calling,
        interviewing: Interviewing,
    ) -> None:
        self._store = store
        self._history = history
        self._time = time
        self._pending_attempts = pending_attempts
        self._calling = calling
        self._interviewing = interviewing

    def plan(self, contact_id: str, result: CallResult) -> CallPlan:
        """Return what `log` would do; nothing is changed. Raises as `Calling.plan`."""
        dated = msgspec.structs.replace(result, made_at=result.made_at or self._time.now())
        return self._with_talk_over(self._calling.plan(contact_id, dated), result)

    def log(self, contact_id: str, result: CallResult) -> CallPlan:
        """Record an attempt made at `result.made_at`, or now, with all that follows. Raises as `plan`.

        A talk that began at once is recorded as a meeting that took the minutes asked for, so that its
        thank-you is due and its debrief can be written.
        """
        plan = self.plan(contact_id, result)
        self._history.commit(self._label("log", contact_id, result.outcome), *plan.records)
        return plan

    def plan_edit(self, attempt_id: str, result: CallResult) -> CallPlan:
        """Return what `edit` would do; nothing is changed. Raises as `edit`."""
        return self._plan_edit(self._store.require(Attempt, attempt_id), result)[0]

    def edit(self, attempt_id: str, result: CallResult) -> CallPlan:
        """Correct an attempt; without `result.made_at` it keeps its time.

        If it is the last one, and its outcome, channel or time is different now, the open follow-ups it
        led to are replaced by those that follow now. One that the user has moved or reworded keeps its
        time and words and replaces the new one of its kind; it is recognized by not being what the rules
        would have made. A meeting that was set, or a person named, stays whatever the outcome is now; and
        while that meeting is planned, no call is planned beside it.

        Raises:
            KeyError: if there is no such attempt.
            ValueError: if the new outcome needs a time that is missing.
        """
        attempt = self._store.require(Attempt, attempt_id)
        plan, removed = self._plan_edit(attempt, result)
        label = self._label("edit", attempt.contact_id, result.outcome)
        self._history.commit(label, *plan.records, removed=removed)
        return plan

    def delete(self, attempt_id: str) -> None:
        """Delete an attempt.

        If it was the last one, the open follow-ups it led to go with it, and those it had settled or
        dropped are open again. Some of what it did stays: a meeting that was set (then the call it settled
        stays settled), a person named, a check-in moved on, a wrong number removed.

        Raises:
            KeyError: if there is no such attempt.
        """
        attempt = self._store.require(Attempt, attempt_id)
        reopened: Sequence[AnyRecord] = ()
        removed: Sequence[AnyRecord] = ()
        if self._calling.is_last(attempt):
            removed = self._led_to(attempt)
            reopened = self._reopened(attempt)
        label = self._label("delete", attempt.contact_id, attempt.outcome)
        self._history.commit(label, *reopened, removed=(*removed, attempt))

    def _plan_edit(self, attempt: Attempt, result: CallResult) -> tuple[CallPlan, tuple[AnyRecord, ...]]:
        """Return what an edit does, and the records it removes."""
        led_to = self._led_to(attempt)
        result = msgspec.structs.replace(result, made_at=result.made_at or attempt.at)
        same_outcome = result.outcome is attempt.outcome and result.at is None and not result.person
        if same_outcome and result.outcome is Outcome.CALL_BACK and led_to:
            result = msgspec.structs.replace(result, at=led_to[0].due)
            same_outcome = False
        at = result.made_at or attempt.at
        edited = replace(attempt, at=at, channel=result.channel, outcome=result.outcome, note=result.note)
        same = (edited.at, edited.channel, edited.outcome) == (attempt.at, attempt.channel, attempt.outcome)
        already_agreed = same_outcome and result.outcome in (*AGREED, Outcome.TALK_NOW)
        meeting_stays = self._has_meeting(attempt) and result.outcome not in (*AGREED, Outcome.TALK_NOW)
        if same or already_agreed or meeting_stays:
            closed = self._closed_by(attempt) if at != attempt.at else []
            return CallPlan(records=(edited, *(replace(follow_up, done_at=at) for follow_up in closed))), ()
        is_last = self._calling.is_last(attempt)
        removed = {follow_up.id: follow_up for follow_up in led_to} if is_last else {}
        reopened = self._reopened(attempt) if is_last else []
        own = self._store.of_contact(FollowUp, attempt.contact_id)
        present = {record.id: record for record in (*own, *reopened) if isinstance(record, FollowUp)}
        others = [follow_up for follow_up in present.values() if follow_up.id not in removed]
        plan = self._calling.plan(attempt.contact_id, result, attempt, others)
        plan = self._with_talk_over(plan, result)
        records = {record.id: record for record in (*reopened, *plan.records) if record.id not in removed}
        owed = list(plan.owed)
        for changed in self._changed_by_user(attempt, removed.values()):
            new = next((follow_up for follow_up in owed if follow_up.kind is changed.kind), None)
            if new is not None:
                owed.remove(new)
                records.pop(new.id)
                records[changed.id] = replace(removed.pop(changed.id), why=new.why, attempt_id=attempt.id)
        plan = msgspec.structs.replace(plan, records=tuple(records.values()), owed=tuple(owed))
        return plan, tuple(removed.values())

    def _with_talk_over(self, plan: CallPlan, result: CallResult) -> CallPlan:
        """Return `plan` with a talk that began at once as a meeting that is over by now."""
        meeting = plan.interview
        if result.outcome is not Outcome.TALK_NOW or meeting is None:
            return plan
        ended_at = min(meeting.at + timedelta(minutes=meeting.countdown.minutes), self._time.now())
        at_end = self._interviewing.records_at_end(meeting, ended_at)
        planned = {follow_up.id for follow_up in plan.owed}
        records = {record.id: record for record in plan.records if record.id not in planned}
        new = {record.id: record for record in at_end if record.id not in records}
        interview = next(record for record in at_end if isinstance(record, Interview))
        owed = tuple(
            record for record in new.values() if isinstance(record, FollowUp) and record.done_at is None
        )
        records |= new | {interview.id: interview}
        return CallPlan(records=tuple(records.values()), owed=owed, interview=interview)

    def _led_to(self, attempt: Attempt) -> list[FollowUp]:
        """Return the open follow-ups that `attempt` led to."""
        own = self._store.open_of_contact(attempt.contact_id)
        return [follow_up for follow_up in own if follow_up.attempt_id == attempt.id]

    def _closed_by(self, attempt: Attempt) -> list[FollowUp]:
        """Return the follow-ups that `attempt` settled or dropped; they were done when it was made."""
        declined = attempt.outcome is Outcome.DECLINED
        return [
            follow_up
            for follow_up in self._store.of_contact(FollowUp, attempt.contact_id)
            if follow_up.done_at == attempt.at
            and (
                follow_up.attempt_id == attempt.id
                or (declined and follow_up.dropped and follow_up.kind in _DROPPED)
            )
        ]

    def _reopened(self, attempt: Attempt) -> Sequence[AnyRecord]:
        """Return what `attempt` closed, open again; nothing while a meeting it led to is there."""
        if self._has_meeting(attempt):
            return []
        reopened = [
            replace(follow_up, done_at=None, dropped=False, attempt_id=self._origin(follow_up, attempt))
            for follow_up in self._closed_by(attempt)
        ]
        meetings = {
            follow_up.interview_id for follow_up in reopened if follow_up.kind is FollowUpKind.INTERVIEW
        }
        uncancelled = [
            replace(interview, cancelled=False)
            for interview in self._store.of_contact(Interview, attempt.contact_id)
            if interview.id in meetings and interview.cancelled
        ]
        return [*reopened, *uncancelled]

    def _origin(self, follow_up: FollowUp, attempt: Attempt) -> str:
        """Return the id of the attempt that led to `follow_up`, which `attempt` closed; empty if none did."""
        if follow_up.attempt_id != attempt.id:
            return follow_up.attempt_id
        contact = self._store.contact(attempt.contact_id)
        earlier = [
            other
            for other in self._pending_attempts.completed(attempt.contact_id)
            if other.at <= attempt.at and other.id != attempt.id
        ]
        if not earlier or contact is None:
            return ""
        before = earlier[-1]
        plan = self._calling.plan_follow_ups(contact, before, follow_up.due)
        made = any((planned.kind, planned.why) == (follow_up.kind, follow_up.why) for planned in plan.owed)
        return before.id if made or follow_up.kind is FollowUpKind.OTHER else ""

    def _changed_by_user(self, attempt: Attempt, follow_ups: Iterable[FollowUp]) -> list[FollowUp]:
        """Return those of `follow_ups`, which `attempt` led to, that are not as the rules made them."""
        contact = self._store.contact(attempt.contact_id)
        if contact is None or attempt.outcome is None:
            return []
        changed = []
        for follow_up in follow_ups:
            plan = self._calling.plan_follow_ups(contact, attempt, follow_up.due)
            made = [(planned.kind, planned.due, planned.note) for planned in plan.owed]
            if (follow_up.kind, follow_up.due, follow_up.note) not in made:
                changed.append(follow_up)
        return changed

    def _has_meeting(self, attempt: Attempt) -> bool:
        """Return whether there is a meeting, not cancelled, that `attempt` set or that was held since."""
        return any(
            not interview.cancelled
            and (
                interview.attempt_id == attempt.id
                or (interview.ended_at is not None and interview.ended_at >= attempt.at)
            )
            for interview in self._store.of_contact(Interview, attempt.contact_id)
        )

    def _label(self, verb: str, contact_id: str, outcome: Outcome | None) -> str:
        contact = self._store.contact(contact_id)
        what = outcome.replace("_", " ") if outcome else "call"
        return f"{verb} {what}: {contact.name if contact else ''}"
