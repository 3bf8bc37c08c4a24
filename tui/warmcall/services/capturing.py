"""Captures: referrals, promises and advice recorded during an interview, and the records made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from warmcall.domain import captures as rules
from warmcall.domain.cadence import Cadence, FollowUpPlan
from warmcall.domain.names import recognized_by
from warmcall.domain.records import (
    Advice,
    AnyRecord,
    Capture,
    Contact,
    FollowUp,
    Interview,
    PoolPerson,
    replace,
)
from warmcall.domain.sanitize import plain_line, visible
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import CaptureKind, ContactKind, Permission
from warmcall.services.address_book import SAME_AS, AddressBook
from warmcall.services.clock import Timekeeper
from warmcall.services.history import History
from warmcall.services.openings import Openings

_LABEL = {
    CaptureKind.REFERRAL: "referral: {}",
    CaptureKind.PROMISE: "promise: {}",
    CaptureKind.RESUME: "resume reviewed",
    CaptureKind.ADVICE: "advice: {}",
    CaptureKind.ON_FILE: "keep on file",
    CaptureKind.OPENING: "opening: {}",
}
_CONTACT_FIELDS = ("organization", "title", "phone", "email")
"""The fields of the contact that a referral may bring along."""


class Capturing:
    """Adds, edits and removes captures; every method that changes anything is one change.

    Until the interview ends they are kept in its record alone. Then each becomes a contact, a follow-up or
    advice, in the same change as the end; one added after the end does so at once. A method that is given an
    interview's id raises KeyError if there is no such interview.
    """

    def __init__(
        self,
        store: Store,
        history: History,
        time: Timekeeper,
        cadence: Cadence,
        address_book: AddressBook,
        openings: Openings,
    ) -> None:
        self._store = store
        self._history = history
        self._time = time
        self._cadence = cadence
        self._address_book = address_book
        self._openings = openings

    def add(self, interview_id: str, capture: Capture) -> Capture:
        """Add `capture`, under a new id, to an interview; return it as it is kept."""
        interview = self._store.require(Interview, interview_id)
        added = msgspec.structs.replace(_stripped(capture), id=str(self._history.stamp()["id"]))
        changed = replace(interview, captured=(*interview.captured, added))
        records: Sequence[AnyRecord] = (changed,)
        if interview.ended_at is not None:
            records = self.records_for(changed, (added,), self._time.now())
        self._history.commit(_label(added), *records)
        return added

    def edit(self, interview_id: str, capture: Capture) -> None:
        """Replace the capture of that id, unless the interview has ended: it is a record then."""
        interview = self._store.require(Interview, interview_id)
        if interview.ended_at is None:
            changed = tuple(
                _stripped(capture) if other.id == capture.id else other for other in interview.captured
            )
            self._history.commit(f"edit {_label(capture)}", replace(interview, captured=changed))

    def remove(self, interview_id: str, capture_id: str) -> None:
        """Remove a capture from an interview that has not ended."""
        interview = self._store.require(Interview, interview_id)
        removed = next((capture for capture in interview.captured if capture.id == capture_id), None)
        if interview.ended_at is None and removed is not None:
            kept = tuple(capture for capture in interview.captured if capture.id != capture_id)
            self._history.commit(f"remove {_label(removed)}", replace(interview, captured=kept))

    def add_person(self, interview_id: str, fields: Mapping[str, str]) -> Contact:
        """Add somebody they named, with the fields of a contact, as `AddressBook.add` does; return them."""
        interview = self._store.require(Interview, interview_id)
        person, records = self._address_book.records_for(fields)
        if person.referrer_id == interview.contact_id or SAME_AS in fields:
            named = dict.fromkeys((*interview.named, person.id))
            records = (replace(interview, named=tuple(named)), *records)
        self._history.commit(f"named: {person.name}", *records)
        return person

    def records_for(
        self, interview: Interview, captures: Sequence[Capture], now: datetime
    ) -> tuple[AnyRecord, ...]:
        """Return the records that `captures` become at `now`; nothing is changed.

        The first is the interview, with the ids of the people they name. Somebody named is who is in People
        by that name, if there is one such person and the capture does not say otherwise; nobody is made
        twice.
        """
        made: list[AnyRecord] = []
        named: list[str] = []
        people: dict[str, str] = {}
        calendar = self._time.calendar
        for capture in captures:
            if capture.kind is CaptureKind.REFERRAL:
                same_as = self._same_as(capture, interview.contact_id)
                name = recognized_by(capture.what)[0]
                if (same_as or people.get(name)) in named:
                    continue
                fields = _fields(capture, interview.contact_id)
                person, calls = self._address_book.named(fields | {SAME_AS: same_as})
                people[name] = person.id
                if person.id not in interview.named:
                    named.append(person.id)
                made += [person, *calls]
                if capture.may_use_name is Permission.ASK_LATER:
                    ask = rules.ask_permission(person.name, now, self._cadence, calendar)
                    made.append(self._follow_up(interview, ask, person.id))
            elif capture.kind is CaptureKind.ADVICE and capture.what.strip():
                made.append(
                    Advice(
                        **self._history.stamp(),
                        contact_id=interview.contact_id,
                        words=capture.what,
                        interview_id=interview.id,
                    )
                )
            elif capture.kind in (CaptureKind.ON_FILE, CaptureKind.OPENING):
                on_file = capture.kind is CaptureKind.ON_FILE
                opening = self._openings.new(
                    interview.contact_id, what=capture.what, on_file=on_file, interview_id=interview.id
                )
                made += self._openings.records_for(opening, made)
            elif owed := rules.owed_for(capture, now, self._cadence, calendar):
                made.append(self._follow_up(interview, owed))
        places = self._address_book.new_organizations(*(one for one in made if isinstance(one, Contact)))
        return (replace(interview, named=(*interview.named, *named)), *made, *places)

    def _same_as(self, capture: Capture, contact_id: str) -> str:
        """Return the id of who in People or the pool a referral by `contact_id` is; empty for a new one."""
        if chosen := capture.fields.get(SAME_AS, ""):
            return chosen if self._store.contact(chosen) or self._store.get(PoolPerson, chosen) else ""
        found = [
            contact for contact in self._address_book.people_called(capture.what) if contact.id != contact_id
        ]
        return found[0].id if len(found) == 1 else ""

    def _follow_up(self, interview: Interview, owed: FollowUpPlan, about_id: str = "") -> FollowUp:
        return self._address_book.follow_up(
            interview.contact_id, owed, interview_id=interview.id, about_id=about_id
        )


def _stripped(capture: Capture) -> Capture:
    return msgspec.structs.replace(capture, what=plain_line(capture.what), why=visible(capture.why).strip())


def _label(capture: Capture) -> str:
    return _LABEL[capture.kind].format(capture.what)


def _fields(capture: Capture, referrer_id: str) -> dict[str, str]:
    """Return the fields of the contact that a referral becomes; unknown ones in the file are left out."""
    fields = {name: capture.fields[name] for name in _CONTACT_FIELDS if name in capture.fields}
    if capture.fields.get("kind") in list(ContactKind):
        fields["kind"] = capture.fields["kind"]
    return fields | {
        "name": capture.what,
        "notes": capture.why,
        "may_use_name": capture.may_use_name,
        "referrer_id": referrer_id,
    }
