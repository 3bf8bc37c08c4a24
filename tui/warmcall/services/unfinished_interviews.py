"""Meetings that nobody ended, and meetings that nobody began."""

from __future__ import annotations

from datetime import datetime

from warmcall.domain import cadence as rules
from warmcall.domain import meeting as meetings
from warmcall.domain.records import AnyRecord, Interview, replace
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import DayPart, FollowUpKind
from warmcall.services.address_book import AddressBook
from warmcall.services.clock import Timekeeper
from warmcall.services.history import History
from warmcall.services.interviewing import Interviewing


class UnfinishedInterviews:
    """Finds such meetings and records what became of them; each method that changes one is one change."""

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
        """Return whether a meeting is most likely over although its countdown was never stopped."""
        countdown, now = self._time.anchored(interview.countdown)
        return meetings.left_running(replace(interview, countdown=countdown), now, self._time.calendar)

    def missed(self, interview: Interview) -> bool:
        """Return whether a meeting was planned for long ago and never started."""
        return meetings.missed(interview, self._time.now())

    def presumed_end(self, interview: Interview) -> datetime:
        """Return when a meeting left running most likely ended: when something was last done in it."""
        return meetings.end_of_left_running(interview, self._time.now())

    def end_as_presumed(self, interview_id: str) -> None:
        """End a meeting left running as of its presumed end, from which the thank-you is due."""
        interview = self._store.get(Interview, interview_id)
        if interview is not None:
            self._interviewing.end(interview_id, self.presumed_end(interview))

    def record_held(self, interview_id: str) -> None:
        """End a meeting that was held without the countdown, as of its hour and the minutes agreed."""
        interview = self._store.get(Interview, interview_id)
        if interview is not None:
            self._interviewing.end(interview_id, meetings.end_without_countdown(interview, self._time.now()))

    def record_not_held(self, interview_id: str) -> None:
        """Cancel a meeting that was not held; a call to arrange another enters the queue for today."""
        interview = self._store.get(Interview, interview_id)
        contact = self._store.contact(interview.contact_id) if interview else None
        if interview is None or contact is None or interview.cancelled or interview.ended_at is not None:
            return
        now = self._time.now()
        records: list[AnyRecord] = [replace(interview, cancelled=True)]
        owed = rules.after_missed(interview.at, now, self._time.calendar)
        records += [
            replace(follow_up, done_at=now, dropped=True)
            for follow_up in self._store.open_of_contact(
                contact.id, FollowUpKind.INTERVIEW, FollowUpKind.CONFIRM
            )
            if follow_up.interview_id == interview.id
        ]
        calls = self._store.open_of_contact(contact.id, FollowUpKind.CALL)
        if calls:
            records.append(replace(calls[0], due=owed.due, part=DayPart.ANY, why=owed.why))
        else:
            records.append(self._address_book.follow_up(contact.id, owed))
        self._history.commit(f"interview with {contact.name} called off", *records)
