"""A meeting from its planning to the debrief."""

from __future__ import annotations

from datetime import datetime

from warmcall.domain import cadence as rules
from warmcall.domain.cadence import Cadence
from warmcall.domain.meeting import end_of_left_running, left_running, started
from warmcall.domain.records import AnyRecord, Debrief, Interview, replace
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind, Mode
from warmcall.services.address_book import AddressBook
from warmcall.services.calling import Calling, CallPlan, CallResult
from warmcall.services.capturing import Capturing
from warmcall.services.clock import Timekeeper
from warmcall.services.history import History
from warmcall.services.running_interviews import Stop, refuse_second, running_beside


class Interviewing:
    """Plans, starts, pauses and ends meetings; what a method changes is undone together.

    A method that is given an interview's id raises KeyError if there is no such interview. One that lets an
    interview run raises AnotherInterviewRuns while another does, unless `stop` says how to stop that first.
    """

    def __init__(
        self,
        store: Store,
        history: History,
        time: Timekeeper,
        cadence: Cadence,
        address_book: AddressBook,
        calling: Calling,
        capturing: Capturing,
        session: str,
    ) -> None:
        self._store = store
        self._history = history
        self._time = time
        self._cadence = cadence
        self._address_book = address_book
        self._calling = calling
        self._capturing = capturing
        self._session = session

    def arrange(self, contact_id: str, at: datetime, mode: Mode, place: str) -> Interview | None:
        """Plan a meeting, or move the one planned, with its follow-ups; None if there is no such contact."""
        contact = self._store.contact(contact_id)
        if contact is None:
            return None
        plan = self._calling.plan_meeting(contact, at, mode, place)
        self._history.commit(f"interview with {contact.name}", *plan.records)
        return plan.interview

    def current(self, contact_id: str) -> Interview | None:
        """Return the meeting to show for a contact: the one planned or going on, else the last one held."""
        return self._calling.planned_meeting(contact_id) or rules.last_meeting(
            self._store.of_contact(Interview, contact_id)
        )

    def start(self, interview_id: str, stop: Stop | None = None) -> None:
        """Start the countdown, at the first open question, in this session; one started before stays."""
        interview = self._store.require(Interview, interview_id)
        if not interview.countdown.started:
            merge = self._stop_others(interview_id, stop)
            running = started(interview, self._time.read(), self._session)
            self._history.commit("start the interview", running, merge=merge)

    def toggle_pause(self, interview_id: str, stop: Stop | None = None) -> None:
        """Pause the countdown, or let it run again."""
        interview = self._store.require(Interview, interview_id)
        countdown, now = self._time.anchored(interview.countdown)
        if countdown.paused:
            merge = self._stop_others(interview_id, stop)
            self._commit("resume", interview, merge, countdown=countdown.resume(now))
        else:
            self._commit("pause", interview, countdown=countdown.pause(now))

    def talk_now(self, contact_id: str, result: CallResult, stop: Stop | None = None) -> CallPlan:
        """Record a call that became a talk at once, which runs from now on. Raises as `Calling.record`."""
        planned = self._calling.planned_meeting(contact_id)
        merge = self._stop_others(planned.id if planned else "", stop)
        return self._calling.record(contact_id, result, merge)

    def stop_running(self, interview_id: str, stop: Stop, merge: str = "") -> None:
        """End or pause an interview that runs; one left running long ago ends when it was most likely over.

        A change with the same `merge` after it is undone together with it.
        """
        interview = self._store.require(Interview, interview_id)
        countdown, now = self._time.anchored(interview.countdown)
        if stop is Stop.PAUSE:
            self._commit("pause", interview, merge, countdown=countdown.pause(now))
            return
        over = left_running(replace(interview, countdown=countdown), now, self._time.calendar)
        at = end_of_left_running(interview, self._time.now()) if over else None
        self.end(interview_id, at, merge)

    def extend(self, interview_id: str) -> None:
        """Add the minutes they offered, which are counted apart from those asked for."""
        interview = self._store.require(Interview, interview_id)
        minutes = self._cadence.extension_minutes
        self._commit(f"{minutes} more minutes", interview, countdown=interview.countdown.extend(minutes))

    def start_now(self, contact_id: str, stop: Stop | None = None) -> Interview | None:
        """Start a meeting by phone at once, planned or not; None if there is no such contact."""
        contact = self._store.contact(contact_id)
        if contact is None:
            return None
        planned = self._calling.planned_meeting(contact_id)
        merge = self._stop_others(planned.id if planned else "", stop)
        reading = self._time.read()
        plan = self._calling.plan_meeting(contact, reading.utc, Mode.PHONE, "")
        if plan.interview is None:
            return None
        running = started(plan.interview, reading, self._session)
        records = [running if record.id == running.id else record for record in plan.records]
        self._history.commit(f"interview with {contact.name}", *records, merge=merge)
        return running

    def toggle_prepared(self, interview_id: str, item_id: str) -> None:
        """Tick an item of the preparation list, or remove the tick."""
        interview = self._store.require(Interview, interview_id)
        ticked = tuple(item for item in interview.prepared if item != item_id)
        if item_id not in interview.prepared:
            ticked = (*ticked, item_id)
        self._commit("preparation", interview, prepared=ticked)

    def end(self, interview_id: str, at: datetime | None = None, merge: str = "") -> None:
        """End the meeting, now or as of `at`; an ended one, or one with a deleted contact, stays as it is.

        What was captured becomes records, and the thank-you and a word to whoever named them enter the
        queue. A change with the same `merge` after it is undone together with it.
        """
        interview = self._store.require(Interview, interview_id)
        contact = self._store.contact(interview.contact_id)
        if contact is None or interview.ended_at is not None:
            return
        stopped = interview
        if at is None:
            countdown, stopped_at = self._time.anchored(interview.countdown)
            stopped = replace(interview, countdown=countdown.stop(stopped_at))
        label = f"end of the interview with {contact.name}"
        self._history.commit(label, *self.records_at_end(stopped, at or self._time.now()), merge=merge)

    def records_at_end(self, interview: Interview, at: datetime) -> list[AnyRecord]:
        """Return the records that ending `interview` at `at` changes or adds, its own first."""
        ended = replace(interview, countdown=interview.countdown.stop(at), ended_at=at)
        settled = [
            replace(follow_up, done_at=at, dropped=follow_up.kind is FollowUpKind.CONFIRM)
            for follow_up in self._store.open_of_contact(
                interview.contact_id, FollowUpKind.INTERVIEW, FollowUpKind.CONFIRM, FollowUpKind.CALL
            )
        ]
        calendar = self._time.calendar
        first = rules.check_in(at, True, self._cadence, calendar)
        moved = [
            replace(follow_up, due=first.due, why=first.why)
            for follow_up in self._store.open_of_contact(interview.contact_id, FollowUpKind.CHECK_IN)
            if rules.is_in_turn(follow_up) and calendar.order_of(follow_up.due) < calendar.order_of(first.due)
        ]
        contact = self._store.contact(interview.contact_id)
        referrer = self._store.contact(contact.referrer_id) if contact else None
        records: list[AnyRecord] = [
            *self._capturing.records_for(ended, ended.captured, at), *settled, *moved
        ]  # fmt: skip
        for owed in rules.after_interview(at, referrer is not None, self._cadence, calendar):
            to, about = interview.contact_id, ""
            if owed.kind is FollowUpKind.TELL_REFERRER and referrer is not None:
                to, about = referrer.id, interview.contact_id
            records.append(self._address_book.follow_up(to, owed, interview_id=interview.id, about_id=about))
        return records

    def debrief(self, interview_id: str, debrief: Debrief) -> None:
        """Set the debrief; successive changes of one field are undone together."""
        before = self._store.require(Interview, interview_id)
        fields = [
            name
            for name in debrief.__struct_fields__
            if getattr(debrief, name) != getattr(before.debrief, name)
        ]
        merge = f"debrief {interview_id} {' '.join(fields)}"
        self._commit("debrief", before, merge=merge, debrief=debrief)

    def _stop_others(self, interview_id: str, stop: Stop | None) -> str:
        """Stop what runs besides that interview.

        Returns:
            The `merge` for the next change, which is then undone together with this; empty if nothing ran.

        Raises:
            AnotherInterviewRuns: if `stop` is None and another one runs.
        """
        if stop is None:
            refuse_second(self._store, interview_id)
            return ""
        others = running_beside(self._store, interview_id)
        merge = f"in place of {others[0].id} {self._time.now().isoformat()}" if others else ""
        for other in others:
            self.stop_running(other.id, stop, merge)
        return merge

    def _commit(self, label: str, interview: Interview, merge: str = "", **changes: object) -> None:
        self._history.commit(label, replace(interview, **changes), merge=merge)
