"""Nobody is forgotten in silence: whom a change left with nothing owed, and their next step planned again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from warmcall.domain import cadence as rules
from warmcall.domain.cadence import Cadence, FollowUpPlan
from warmcall.domain.change import Change, ChangeKind
from warmcall.domain.records import TABLE_OF, Attempt, Contact, FollowUp, Interview
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind, Stage
from warmcall.services.address_book import AddressBook
from warmcall.services.clock import Timekeeper
from warmcall.services.history import History
from warmcall.services.remote_edits import LABEL


class NextSteps:
    """Finds contacts to whom nothing is owed any more, and plans the next step with them by the cadence."""

    def __init__(
        self, store: Store, history: History, time: Timekeeper, cadence: Cadence, address_book: AddressBook
    ) -> None:
        self._store = store
        self._history = history
        self._time = time
        self._cadence = cadence
        self._address_book = address_book

    def left_without(self, change: Change) -> list[Contact]:
        """Return the contacts whose last open follow-up `change`, just made here, has done or removed.

        Left out are those where that is right and was said: who declined, and who is held after an attempt.
        """
        if change.label == LABEL or change.kind not in (ChangeKind.DO, ChangeKind.REDO):
            return []
        after_attempt = any(edit.table == TABLE_OF[Attempt] for edit in change.edits)
        fitting = (Stage.DECLINED, Stage.HELD) if after_attempt else (Stage.DECLINED,)
        return [
            contact
            for id_ in dict.fromkeys(self._closed_for(change))
            if (contact := self._store.contact(id_)) is not None
            and self.nothing_owed(id_)
            and self._address_book.stage(id_) not in fitting
        ]

    def nothing_owed(self, contact_id: str) -> bool:
        """Return whether no follow-up to that contact is open and no interview with them is going on."""
        going = any(interview.contact_id == contact_id for interview in self._store.going())
        return self._store.contact(contact_id) is not None and not (
            going or self._store.open_of_contact(contact_id)
        )

    def plan(self, contact_ids: Iterable[str]) -> list[FollowUp]:
        """Add the next step with each of these to whom nothing is owed, as one change; return the steps."""
        contacts = [self._store.require(Contact, id_) for id_ in contact_ids if self.nothing_owed(id_)]
        steps = [step for contact in contacts for step in self._next_steps(contact)]
        with_whom = contacts[0].name if len(contacts) == 1 else f"{len(contacts)} people"
        self._history.commit(f"next step with {with_whom}", *steps)
        return steps

    def _closed_for(self, change: Change) -> Iterator[str]:
        """Yield the ids of the contacts to whom a follow-up was open until `change`."""
        for edit in change.edits:
            before, after = edit.before, edit.after
            if edit.table != TABLE_OF[FollowUp] or before is None:
                continue
            if after is None:
                if before.get("done_at") is None:
                    yield str(before.get("contact_id", ""))
            elif "contact_id" in before:
                yield str(before["contact_id"])
            elif after.get("done_at") is not None and before.get("done_at") is None:
                follow_up = self._store.get(FollowUp, edit.id)
                yield follow_up.contact_id if follow_up else ""

    def _next_steps(self, contact: Contact) -> Iterator[FollowUp]:
        """Yield what a planned meeting owes, else the next check-in with somebody met, else a call."""
        now, calendar = self._time.now(), self._time.calendar
        meetings = self._store.of_contact(Interview, contact.id)
        planned = [meeting for meeting in meetings if meeting.is_planned]
        if planned:
            meeting = min(planned, key=lambda meeting: meeting.at)
            for owed in rules.for_meeting(meeting.at, now, self._cadence, calendar):
                yield self._address_book.follow_up(contact.id, owed, interview_id=meeting.id)
        elif last := rules.last_meeting(meetings):
            yield self._address_book.follow_up(contact.id, self._check_in(contact, last))
        else:
            why = "nothing else was owed"
            owed = rules.for_new_contact(False, now, self._cadence, calendar, why)
            yield self._address_book.follow_up(contact.id, owed)

    def _check_in(self, contact: Contact, last: Interview) -> FollowUpPlan:
        """Return the first check-in after the meeting, or the next one from today if that day has passed."""
        now, calendar = self._time.now(), self._time.calendar
        first = rules.check_in(last.ended_at or last.at, True, self._cadence, calendar)
        done = any(
            follow_up.kind is FollowUpKind.CHECK_IN and follow_up.done_at is not None
            for follow_up in self._store.of_contact(FollowUp, contact.id)
        )
        if not done and calendar.day_of(first.due) > calendar.day_of(now):
            return first
        return rules.check_in(now, False, self._cadence, calendar)
