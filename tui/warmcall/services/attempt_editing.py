"""Attempts put down afterwards, told otherwise, or taken out, with what follows from them."""

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
"""What a no makes idle."""


class AttemptEditing:
    """What can be done to attempts after the call; each method that changes anything is one change.

    What follows is planned by the rules of a call made just now, counted from when it was made. Only
    the last attempt at a contact says what comes next; changing an earlier one changes its record alone.
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

    def plan(self, contact_id: str, end: CallResult) -> CallPlan:
        """Return what `log` would do; nothing is changed. Raises as `Calling.plan`."""
        dated = msgspec.structs.replace(end, made_at=end.made_at or self._time.now())
        return self._held(self._calling.plan(contact_id, dated), end)

    def log(self, contact_id: str, end: CallResult) -> CallPlan:
        """Put down an attempt made at `end.made_at`, or now, with all that follows. Raises as `plan`.

        A talk at once is put down as a meeting held for the minutes asked for, so that its thank-you is
        due and its debrief can be written.
        """
        ending = self.plan(contact_id, end)
        self._history.commit(self._label("log", contact_id, end.outcome), *ending.records)
        return ending

    def plan_edit(self, attempt_id: str, end: CallResult) -> CallPlan:
        """Return what `edit` would do; nothing is changed. Raises as `edit`."""
        return self._edited(self._store.require(Attempt, attempt_id), end)[0]

    def edit(self, attempt_id: str, end: CallResult) -> CallPlan:
        """Tell an attempt otherwise; without `end.made_at` it stays when it was.

        If it is the last one, and its outcome, channel or time is another now, the open follow-ups it
        put in are replaced by what follows now. One that was moved or reworded since keeps its time and
        its words, in the place of the new one of its kind: it is told by no longer being what the rules
        would have made. A meeting set, or a person named, stays whatever the outcome is now; and while
        that meeting stands, no call is planned beside it.

        Raises:
            KeyError: if there is no such attempt.
            ValueError: if the new outcome needs a time that is missing.
        """
        attempt = self._store.require(Attempt, attempt_id)
        ending, removed = self._edited(attempt, end)
        label = self._label("edit", attempt.contact_id, end.outcome)
        self._history.commit(label, *ending.records, removed=removed)
        return ending

    def delete(self, attempt_id: str) -> None:
        """Take an attempt out.

        If it was the last one, the open follow-ups it put in go with it, and those it had settled or
        dropped are open again. What cannot be unsaid stays: a meeting that was set (and then the call it
        settled stays settled), a person named, a check-in put off, a wrong number taken away.

        Raises:
            KeyError: if there is no such attempt.
        """
        attempt = self._store.require(Attempt, attempt_id)
        back: Sequence[AnyRecord] = ()
        removed: Sequence[AnyRecord] = ()
        if self._calling.is_last(attempt):
            removed = self._put_in(attempt)
            back = self._undone(attempt)
        label = self._label("delete", attempt.contact_id, attempt.outcome)
        self._history.commit(label, *back, removed=(*removed, attempt))

    def _edited(self, attempt: Attempt, end: CallResult) -> tuple[CallPlan, tuple[AnyRecord, ...]]:
        """Return what an edit does, and what it takes out."""
        own = self._put_in(attempt)
        end = msgspec.structs.replace(end, made_at=end.made_at or attempt.at)
        same_outcome = end.outcome is attempt.outcome and end.at is None and not end.person
        if same_outcome and end.outcome is Outcome.CALL_BACK and own:
            end = msgspec.structs.replace(end, at=own[0].due, timed=own[0].timed)
            same_outcome = False
        at = end.made_at or attempt.at
        told = replace(attempt, at=at, channel=end.channel, outcome=end.outcome, note=end.note)
        same = (told.at, told.channel, told.outcome) == (attempt.at, attempt.channel, attempt.outcome)
        settled_already = same_outcome and end.outcome in (*AGREED, Outcome.TALK_NOW)
        stands = self._meeting_stands(attempt) and end.outcome not in (*AGREED, Outcome.TALK_NOW)
        was_last = self._calling.is_last(attempt)
        if same or settled_already or stands:
            closed = (
                [replace(follow_up, done_at=at) for follow_up in self._closed_by(attempt)]
                if at != attempt.at
                else []
            )
            return CallPlan(records=(told, *closed)), ()
        gone = {follow_up.id: follow_up for follow_up in own} if was_last else {}
        back = self._undone(attempt) if was_last else []
        present = {
            follow_up.id: follow_up for follow_up in self._store.of_contact(FollowUp, attempt.contact_id)
        }
        present |= {follow_up.id: follow_up for follow_up in back if isinstance(follow_up, FollowUp)}
        base = [follow_up for follow_up in present.values() if follow_up.id not in gone]
        ending = self._held(self._calling.plan(attempt.contact_id, end, attempt, base), end)
        records = {record.id: record for record in (*back, *ending.records) if record.id not in gone}
        owed = list(ending.owed)
        for kept in self._changed_by_hand(attempt, gone.values()):
            new = next((follow_up for follow_up in owed if follow_up.kind is kept.kind), None)
            if new is not None:
                owed.remove(new)
                records.pop(new.id)
                records[kept.id] = replace(gone.pop(kept.id), why=new.why, attempt_id=attempt.id)
        ending = msgspec.structs.replace(ending, records=tuple(records.values()), owed=tuple(owed))
        return ending, tuple(gone.values())

    def _held(self, ending: CallPlan, end: CallResult) -> CallPlan:
        """Return `ending` with a talk at once as a meeting that is over, for the minutes asked for."""
        meeting = ending.interview
        if end.outcome is not Outcome.TALK_NOW or meeting is None:
            return ending
        until = min(meeting.at + timedelta(minutes=meeting.countdown.minutes), self._time.now())
        over = self._interviewing.records_at_end(meeting, until)
        planned = {follow_up.id for follow_up in ending.owed}
        records = {record.id: record for record in ending.records if record.id not in planned}
        new = {record.id: record for record in over if record.id not in records}
        interview = next(interview for interview in over if isinstance(interview, Interview))
        owed = tuple(
            follow_up
            for follow_up in new.values()
            if isinstance(follow_up, FollowUp) and follow_up.done_at is None
        )
        records |= new | {interview.id: interview}
        return CallPlan(records=tuple(records.values()), owed=owed, interview=interview)

    def _put_in(self, attempt: Attempt) -> list[FollowUp]:
        """Return the open follow-ups that came of `attempt`."""
        own = self._store.of_contact(FollowUp, attempt.contact_id)
        return [
            follow_up for follow_up in own if follow_up.attempt_id == attempt.id and follow_up.done_at is None
        ]

    def _closed_by(self, attempt: Attempt) -> list[FollowUp]:
        """Return the follow-ups that `attempt` settled or dropped, which are done since it was made."""
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

    def _undone(self, attempt: Attempt) -> Sequence[AnyRecord]:
        """Return what `attempt` closed, open again; nothing while a meeting it led to stands."""
        if self._meeting_stands(attempt):
            return []
        again = [
            replace(follow_up, done_at=None, dropped=False, attempt_id=self._came_of(follow_up, attempt))
            for follow_up in self._closed_by(attempt)
        ]
        meetings = {follow_up.interview_id for follow_up in again if follow_up.kind is FollowUpKind.INTERVIEW}
        uncancelled = [
            replace(interview, cancelled=False)
            for interview in self._store.of_contact(Interview, attempt.contact_id)
            if interview.id in meetings and interview.cancelled
        ]
        return [*again, *uncancelled]

    def _came_of(self, follow_up: FollowUp, attempt: Attempt) -> str:
        """Return the id of the attempt before `attempt` if that put `follow_up` in, else an empty text."""
        if follow_up.attempt_id != attempt.id:
            return follow_up.attempt_id
        contact = self._store.contact(attempt.contact_id)
        earlier = [
            other_attempt
            for other_attempt in self._pending_attempts.completed(attempt.contact_id)
            if other_attempt.at <= attempt.at
        ]
        before = next(
            (other_attempt for other_attempt in reversed(earlier) if other_attempt.id != attempt.id), None
        )
        if before is None or contact is None:
            return ""
        plan = self._calling.plan_follow_ups(contact, before, follow_up.due, follow_up.timed)
        made = any((planned.kind, planned.why) == (follow_up.kind, follow_up.why) for planned in plan.owed)
        return before.id if made or follow_up.kind is FollowUpKind.OTHER else ""

    def _changed_by_hand(self, attempt: Attempt, own: Iterable[FollowUp]) -> list[FollowUp]:
        """Return those of `own`, put in by `attempt`, that are not as the rules would have made them."""
        contact = self._store.contact(attempt.contact_id)
        if contact is None or attempt.outcome is None:
            return []
        changed = []
        for follow_up in own:
            plan = self._calling.plan_follow_ups(contact, attempt, follow_up.due, follow_up.timed)
            planned = [(two.kind, two.due, two.timed, two.note) for two in plan.owed]
            if (follow_up.kind, follow_up.due, follow_up.timed, follow_up.note) not in planned:
                changed.append(follow_up)
        return changed

    def _meeting_stands(self, attempt: Attempt) -> bool:
        """Return whether a meeting that `attempt` set, or one held since, is there."""
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
