"""Openings heard of, and resumes on file: recording them, with the letter that is owed after some months."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from warmcall.domain.cadence import Cadence, FollowUpPlan
from warmcall.domain.openings import in_order, letter_about, still_open
from warmcall.domain.organizations import organization_key
from warmcall.domain.records import AnyRecord, FollowUp, Interview, Opening, Organization, Target, replace
from warmcall.domain.sanitize import plain_line
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind, OpeningEnd
from warmcall.services.address_book import AddressBook
from warmcall.services.clock import Timekeeper
from warmcall.services.history import History
from warmcall.services.organization_directory import OrganizationDirectory

ON_FILE = "on_file"
"""The value of the field `kind` for a resume on file; any other is an opening."""


class Openings:
    """Keeps the openings; whatever a method changes is one change, the letter owed about it included."""

    def __init__(
        self,
        store: Store,
        history: History,
        time: Timekeeper,
        cadence: Cadence,
        address_book: AddressBook,
        directory: OrganizationDirectory,
    ) -> None:
        self._store = store
        self._history = history
        self._time = time
        self._cadence = cadence
        self._address_book = address_book
        self._directory = directory
        self._places: tuple[object, dict[str, list[Opening]]] = (None, {})

    def listed(self) -> list[Opening]:
        """Return all, those of which something may still come first, the newest first."""
        return in_order(self._store.all(Opening))

    def of_contact(self, contact_id: str) -> list[Opening]:
        """Return those that a contact told of."""
        return in_order(self._store.of_contact(Opening, contact_id))

    def at(self, place: str) -> list[Opening]:
        """Return those at the organization of that place, as `OrganizationDirectory` has it."""
        basis = self._store.revision(Opening, Organization)
        if self._places[0] != basis:
            found: dict[str, list[Opening]] = {}
            for opening in self.listed():
                found.setdefault(self._directory.index.place_of(opening.organization), []).append(opening)
            self._places = (basis, found)
        return self._places[1].get(place, []) if place else []

    def check_in(self, opening: Opening) -> FollowUp | None:
        """Return the letter about an opening: the one still to write, else the last written, or None."""
        of_contact = self._store.of_contact(FollowUp, opening.contact_id)
        found = [owed for owed in of_contact if owed.opening_id == opening.id and not owed.dropped]
        return max(found, key=lambda owed: (owed.done_at is None, owed.created_at), default=None)

    def problems(self, fields: Mapping[str, str]) -> dict[str, str]:
        """Return what is wrong with the fields of an opening, by field."""
        contact_id = fields.get("contact_id", "")
        if contact_id and self._store.contact(contact_id) is None:
            return {"contact_id": "choose one of those listed"}
        if not contact_id and not organization_key(fields.get("organization", "")):
            return {"organization": "say where, or who told you"}
        return {}

    def add(self, fields: Mapping[str, str], heard_on: date) -> Opening:
        """Record an opening, or a resume on file, with the letter that is owed about it."""
        values = _values_of(fields)
        new = self.new(values.get("contact_id", ""), heard_on=heard_on)
        opening = replace(new, **(values | {"organization": values.get("organization") or new.organization}))
        self._history.commit(_label(opening), *self.records_for(opening))
        return opening

    def new(
        self,
        contact_id: str,
        *,
        what: str = "",
        on_file: bool = False,
        heard_on: date | None = None,
        interview_id: str = "",
    ) -> Opening:
        """Return a new record, not stored yet, of what a contact said; today if it is not said when.

        It is for the target of the interview in which they said it, else for the one spoken of with them.
        """
        contact, interview = self._store.contact(contact_id), self._store.get(Interview, interview_id)
        if contact is not None and interview is not None:
            target_id = self._store.target_id_of(interview, contact)
        else:
            target = self._store.target_for(contact) if contact is not None else self._store.target
            target_id = target.id if target is not None else ""
        return Opening(
            **self._history.stamp(),
            contact_id=contact_id,
            organization=contact.organization if contact is not None else "",
            what=plain_line(what),
            heard_on=heard_on or self._time.calendar.day_of(self._time.now()),
            on_file=on_file,
            interview_id=interview_id,
            target_id=target_id,
        )

    def records_for(self, opening: Opening, besides: Iterable[AnyRecord] = ()) -> tuple[AnyRecord, ...]:
        """Return all records that recording `opening` makes or changes; nothing is changed.

        Whoever is written to that day already, by the store or by `besides`, is not owed a second letter: the
        one that is there gets the reason, if it has none.
        """
        places = self._new_organizations(opening)
        plan = self._plan(opening)
        if plan is None:
            return (opening, *places)
        waiting = [
            *self._store.open_of_contact(opening.contact_id, FollowUpKind.CHECK_IN),
            *(record for record in besides if isinstance(record, FollowUp)),
        ]
        for owed in waiting:
            is_theirs = owed.contact_id == opening.contact_id and owed.kind is FollowUpKind.CHECK_IN
            if is_theirs and owed.due == plan.due and owed.done_at is None:
                if owed.note.strip() or owed.opening_id:
                    return (opening, *places)
                return (opening, replace(owed, note=plan.note, opening_id=opening.id), *places)
        letter = self._address_book.follow_up(
            opening.contact_id, plan, opening_id=opening.id, interview_id=opening.interview_id
        )
        return (opening, letter, *places)

    def edit(self, opening_id: str, fields: Mapping[str, str], heard_on: date) -> None:
        """Change an opening; a letter that nobody has written yet follows.

        Once it is known who told of it, a letter is owed to them.
        """
        before = self._store.require(Opening, opening_id)
        after = replace(before, **_values_of(fields), heard_on=heard_on)
        owed = self._unwritten(before)
        is_first_known = not before.contact_id and still_open(after)
        removed: tuple[AnyRecord, ...] = ()
        if before.contact_id != after.contact_id and (owed is not None or is_first_known):
            records = self.records_for(after)
            removed = (owed,) if owed is not None else ()
        else:
            records = (after, *self._new_organizations(after))
            plan, plan_before = self._plan(after), self._plan(before)
            if owed is not None and plan is not None and plan_before is not None:
                note = plan.note if owed.note == plan_before.note else owed.note
                records = (*records, replace(owed, due=plan.due, why=plan.why, note=note))
        self._history.commit(f"edit {_label(after)}", *records, removed=removed)

    def next_end(self, opening_id: str) -> OpeningEnd:
        """Say the next thing that may have become of it, after the last that it is open; return it."""
        ends = tuple(OpeningEnd)
        opening = self._store.require(Opening, opening_id)
        end = ends[(ends.index(opening.closed) + 1) % len(ends)]
        if end is OpeningEnd.OPEN:
            self.reopen(opening_id)
        else:
            self.close(opening_id, end)
        return end

    def close(self, opening_id: str, end: OpeningEnd) -> None:
        """Say why nothing is to come of it any more; a letter that nobody has written yet is dropped."""
        opening, now = self._store.require(Opening, opening_id), self._time.now()
        owed = self._unwritten(opening)
        dropped = [replace(owed, done_at=now, dropped=True)] if owed is not None else []
        closed = replace(opening, closed=end, closed_on=self._time.calendar.day_of(now))
        self._history.commit(f"close {_label(opening)}", closed, *dropped)

    def reopen(self, opening_id: str) -> None:
        """Say that something may come of it after all; the letter is owed again, unless it was written."""
        opening = replace(self._store.require(Opening, opening_id), closed=OpeningEnd.OPEN, closed_on=None)
        records = (opening,) if self.check_in(opening) is not None else self.records_for(opening)
        self._history.commit(f"reopen {_label(opening)}", *records)

    def delete(self, opening_id: str) -> None:
        """Delete an opening, and a letter about it that nobody has written yet."""
        opening = self._store.require(Opening, opening_id)
        owed = self._unwritten(opening)
        self._history.commit(f"delete {_label(opening)}", removed=(*([owed] if owed else []), opening))

    def _new_organizations(self, opening: Opening) -> Sequence[Organization]:
        known = not organization_key(opening.organization) or self._directory.index.find(opening.organization)
        return () if known else (self._address_book.new_organization(opening.organization),)

    def _plan(self, opening: Opening) -> FollowUpPlan | None:
        """Return the letter owed about an opening; None if nobody in People told of it."""
        contact = self._store.contact(opening.contact_id)
        if contact is None:
            return None
        calendar = self._time.calendar
        today = calendar.day_of(self._time.now())
        target = self._store.get(Target, opening.target_id) or self._store.target_for(contact)
        role = target.role if target else ""
        return letter_about(opening, contact, role, today, self._cadence, calendar)

    def _unwritten(self, opening: Opening) -> FollowUp | None:
        """Return the letter about an opening that is in the queue, if nothing is written of it yet."""
        owed = self.check_in(opening)
        return owed if owed is not None and owed.done_at is None and not owed.body.strip() else None


def _values_of(fields: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {
        name: plain_line(fields[name]) for name in ("contact_id", "organization", "what") if name in fields
    }
    if "note" in fields:
        values["note"] = fields["note"].strip()
    if "kind" in fields:
        values["on_file"] = fields["kind"] == ON_FILE
    return values


def _label(opening: Opening) -> str:
    """Return what a change of an opening is called."""
    if opening.on_file:
        return "resume on file"
    return f"opening: {opening.what}" if opening.what else "opening"
