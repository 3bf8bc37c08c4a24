"""Interviewing: from the preparation to the debrief."""

from __future__ import annotations

from datetime import datetime

from warmcall.domain import cadence as rules
from warmcall.domain.cadence import Cadence
from warmcall.domain.meeting import begun
from warmcall.domain.records import (
    AnyRecord,
    Debrief,
    FollowUp,
    Interview,
    replace,
)
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind, Mode
from warmcall.services.address_book import AddressBook
from warmcall.services.calling import Calling
from warmcall.services.capturing import Capturing
from warmcall.services.clock import Timekeeper
from warmcall.services.history import History


class Interviewing:
    """What can be done to a meeting; every method is one change."""

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
        """Plan a meeting, or move the one planned; its queue entries go with it."""
        contact = self._store.contact(contact_id)
        if contact is None:
            return None
        ending = self._calling.plan_meeting(contact, at, mode, place)
        self._history.commit(f"meeting with {contact.name}", *ending.records)
        return ending.interview

    def current(self, contact_id: str) -> Interview | None:
        """Return the meeting to show for a contact: the one planned or under way, else the last."""
        return self._calling.planned_meeting(contact_id) or rules.last_meeting(
            self._store.of_contact(Interview, contact_id)
        )

    def start(self, interview_id: str) -> None:
        """Start the countdown, at the first open question, in this session."""
        started = begun(self._store.require(Interview, interview_id), self._time.read(), self._session)
        self._history.commit("start the interview", started)

    def toggle_pause(self, interview_id: str) -> None:
        """Stop the countdown for a while, or let it run again."""
        interview = self._store.require(Interview, interview_id)
        countdown, now = self._time.counted(interview.countdown)
        changed = countdown.resume(now) if countdown.paused else countdown.pause(now)
        self._put("go on" if countdown.paused else "pause", interview, countdown=changed)

    def extend(self, interview_id: str) -> None:
        """Add the minutes they offered, which are kept apart from those asked for."""
        interview = self._store.require(Interview, interview_id)
        minutes = self._cadence.extension_minutes
        self._put(f"{minutes} more minutes", interview, countdown=interview.countdown.extend(minutes))

    def start_now(self, contact_id: str) -> Interview | None:
        """Start a meeting that was not planned, at once and by phone."""
        contact = self._store.contact(contact_id)
        if contact is None:
            return None
        reading = self._time.read()
        ending = self._calling.plan_meeting(contact, reading.utc, Mode.PHONE, "")
        if ending.interview is None:
            return None
        started = begun(ending.interview, reading, self._session)
        records = [started if record.id == started.id else record for record in ending.records]
        self._history.commit(f"interview with {contact.name}", *records)
        return started

    def toggle_prepared(self, interview_id: str, item_id: str) -> None:
        """Tick a thing on the preparation list, or take the tick off."""
        interview = self._store.require(Interview, interview_id)
        ticked = interview.prepared
        changed = (
            tuple(item for item in ticked if item != item_id) if item_id in ticked else (*ticked, item_id)
        )
        self._put("preparation", interview, prepared=changed)

    def end(self, interview_id: str, at: datetime | None = None) -> None:
        """End the meeting, now or as of `at`; what was captured becomes records, and what is owed is due.

        Owed are the thank-you, and a word to whoever named them.
        """
        interview = self._store.require(Interview, interview_id)
        contact = self._store.contact(interview.contact_id)
        if contact is None or interview.ended_at is not None:
            return
        stopped = interview
        if at is None:
            countdown, stopped_at = self._time.counted(interview.countdown)
            stopped = replace(interview, countdown=countdown.stop(stopped_at))
        label = f"end of the interview with {contact.name}"
        self._history.commit(label, *self.records_at_end(stopped, at or self._time.now()))

    def records_at_end(self, interview: Interview, at: datetime) -> list[AnyRecord]:
        """Return the records of a meeting over at `at`: itself, what it settles, moves, and asks for."""
        over = replace(interview, countdown=interview.countdown.stop(at), ended_at=at)
        done = [
            replace(follow_up, done_at=at, dropped=follow_up.kind is FollowUpKind.CONFIRM)
            for follow_up in self._store.of_contact(FollowUp, interview.contact_id)
            if follow_up.done_at is None
            and follow_up.kind in (FollowUpKind.INTERVIEW, FollowUpKind.CONFIRM, FollowUpKind.CALL)
        ]
        contact = self._store.contact(interview.contact_id)
        referrer = self._store.contact(contact.referrer_id) if contact else None
        first = rules.check_in(at, True, self._cadence, self._time.calendar)
        moved = [
            replace(follow_up, due=first.due, timed=False, why=first.why)
            for follow_up in self._store.of_contact(FollowUp, interview.contact_id)
            if follow_up.kind is FollowUpKind.CHECK_IN
            and follow_up.done_at is None
            and follow_up.due < first.due
        ]
        records: list[AnyRecord] = [*self._capturing.records_for(over, over.captured, at), *done, *moved]
        for owed in rules.after_interview(at, referrer is not None, self._cadence, self._time.calendar):
            tells = owed.kind is FollowUpKind.TELL_REFERRER and referrer is not None
            to, about = (
                (referrer.id, interview.contact_id) if tells and referrer else (interview.contact_id, "")
            )
            records.append(self._address_book.follow_up(to, owed, interview_id=interview.id, about_id=about))
        return records

    def debrief(self, interview_id: str, told: Debrief) -> None:
        """Keep the debrief as it is told so far; what is typed into one field is undone together."""
        before = self._store.require(Interview, interview_id)
        fields = [
            name for name in told.__struct_fields__ if getattr(told, name) != getattr(before.debrief, name)
        ]
        self._put("debrief", before, merge=f"debrief {interview_id} {' '.join(fields)}", debrief=told)

    def _put(self, label: str, interview: Interview, merge: str = "", **changes: object) -> None:
        self._history.commit(label, replace(interview, **changes), merge=merge)
