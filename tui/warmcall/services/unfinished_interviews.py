"""UnfinishedInterviews: meetings that nobody ended, and meetings that nobody began."""

from __future__ import annotations

from datetime import datetime

from warmcall.domain import cadence as rules
from warmcall.domain import meeting as meetings
from warmcall.domain.records import AnyRecord, FollowUp, Interview, replace
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import DayPart, FollowUpKind
from warmcall.services.address_book import AddressBook
from warmcall.services.clock import Timekeeper
from warmcall.services.history import History
from warmcall.services.interviewing import Interviewing


class UnfinishedInterviews:
    """What became of a meeting, as the user tells it later; each method that changes it is one change."""

    def __init__(
        self,
        store: Store,
        history: History,
        time: Timekeeper,
        address_book: AddressBook,
        interviewing: Interviewing,
    ) -> None:
        self._store = store
        self._history = history
        self._time = time
        self._address_book = address_book
        self._interviewing = interviewing

    def left_running(self, interview: Interview) -> bool:
        """Return whether it was left running long ago."""
        countdown, now = self._time.counted(interview.countdown)
        return meetings.left_running(replace(interview, countdown=countdown), now, self._time.calendar)

    def missed(self, interview: Interview) -> bool:
        """Return whether its hour is long past and it was never begun."""
        return meetings.missed(interview, self._time.now())

    def presumed_end(self, interview: Interview) -> datetime:
        """Return when a meeting left running is taken to have ended."""
        return meetings.ended_unnoticed(interview, self._time.now())

    def end_as_presumed(self, interview_id: str) -> None:
        """End a meeting left running, as of its last word; the thank-you is due from then."""
        interview = self._store.get(Interview, interview_id)
        if interview is not None:
            self._interviewing.end(interview_id, self.presumed_end(interview))

    def record_held(self, interview_id: str) -> None:
        """End a meeting that was held without the countdown, after the minutes agreed."""
        interview = self._store.get(Interview, interview_id)
        if interview is not None:
            self._interviewing.end(interview_id, meetings.presumed_end(interview, self._time.now()))

    def record_not_held(self, interview_id: str) -> None:
        """Call off a meeting that was not held; a call to arrange another goes into the queue for today."""
        interview = self._store.get(Interview, interview_id)
        contact = self._store.contact(interview.contact_id) if interview else None
        if interview is None or contact is None or interview.cancelled or interview.ended_at is not None:
            return
        now = self._time.now()
        records: list[AnyRecord] = [replace(interview, cancelled=True)]
        owed = rules.after_missed(interview.at, now, self._time.calendar)
        open_ones = [
            follow_up
            for follow_up in self._store.of_contact(FollowUp, contact.id)
            if follow_up.done_at is None
        ]
        kinds = (FollowUpKind.INTERVIEW, FollowUpKind.CONFIRM)
        for follow_up in open_ones:
            if follow_up.interview_id == interview.id and follow_up.kind in kinds:
                records.append(replace(follow_up, done_at=now, dropped=True))
        call = next((follow_up for follow_up in open_ones if follow_up.kind is FollowUpKind.CALL), None)
        if call is None:
            records.append(self._address_book.follow_up(contact.id, owed))
        else:
            records.append(replace(call, due=owed.due, timed=False, part=DayPart.ANY, why=owed.why))
        self._history.commit(f"meeting with {contact.name} called off", *records)
