"""Merging two people who are one, taking them apart again, and remembering who only looks the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from warmcall.domain.change import MISSING, Edit, edit_of, patched, value_in
from warmcall.domain.person_merge import AnyPerson, PastRecords, merged_person, steps_to_close, without_added
from warmcall.domain.records import (
    TABLE_OF,
    TABLES,
    Advice,
    AnyRecord,
    Attempt,
    Contact,
    DistinctPeople,
    FieldsChanged,
    FollowUp,
    Interview,
    MergedPerson,
    Opening,
    PoolPerson,
    from_document,
    replace,
    to_document,
)
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import Introduction
from warmcall.services.address_book import SAME_AS
from warmcall.services.clock import Timekeeper
from warmcall.services.history import History


class MergeRefused(Exception):
    """Two people cannot be merged, or taken apart; the text says why."""


class Merged(msgspec.Struct, frozen=True):
    """Two people made one: who was kept, the name of the other, and the next steps that were closed."""

    kept: AnyPerson
    other_name: str
    closed: tuple[FollowUp, ...] = ()


class TakenApart(msgspec.Struct, frozen=True):
    """Two people made two again: who was kept, and who is back."""

    kept: AnyPerson
    back: AnyPerson


class PeopleMerging:
    """Merges two people and takes them apart; each is one change. Contacts and the pool are both people."""

    def __init__(self, store: Store, history: History, time: Timekeeper) -> None:
        self._store = store
        self._history = history
        self._time = time
        self._distinct: tuple[object, frozenset[tuple[str, str]]] = (None, frozenset())

    def person(self, person_id: str) -> AnyPerson | None:
        """Return the contact, or the person of the pool, with that id; None if there is none."""
        return self._store.contact(person_id) or self._store.get(PoolPerson, person_id)

    def disabled_reason(self, *person_ids: str) -> str:
        """Return why these people cannot be merged, or taken apart, now; empty if they can."""
        going = {interview.contact_id for interview in self._store.going()}
        busy = next((person for id_ in person_ids if id_ in going and (person := self.person(id_))), None)
        return f"The interview with {busy.name} is running: it ends first" if busy else ""

    def merge(
        self, kept_id: str, other_id: str, winner_id: str = "", seen: tuple[AnyPerson, ...] = ()
    ) -> Merged:
        """Make the two people one, with all that belongs to either, as one change.

        Where both have a value, that of `winner_id` stays, without one that of `kept_id`. A contact is kept
        rather than somebody of the pool. `seen` are both as they were shown.

        Raises:
            MergeRefused: if one of them is gone, or is not as `seen` any more, or is being interviewed.
        """
        kept, other = self._both(kept_id, other_id)
        for person in seen:
            if edit_of(self._required(person.id), person) is not None:
                raise MergeRefused(f"Not merged: {person.name} was changed meanwhile. Look again, and repeat")
        if reason := self.disabled_reason(kept_id, other_id):
            raise MergeRefused(f"Not merged: {reason[0].lower()}{reason[1:]}")
        if isinstance(kept, PoolPerson) and isinstance(other, Contact):
            kept, other = other, kept
        if isinstance(kept, Contact):
            whole: AnyPerson = merged_person(kept, other, (winner_id or kept_id) == kept.id, self._name_of)
        else:
            whole = merged_person(kept, other, (winner_id or kept_id) == kept.id)
        moved, closed = self._moved(kept, other)
        changed = [whole, *moved]
        record = MergedPerson(
            **self._history.stamp(),
            table=TABLE_OF[type(other)],
            original=to_document(other),
            kept_id=kept.id,
            changes=tuple(self._changes(changed)),
        )
        self._history.commit(f"merge {other.name} into {kept.name}", *changed, record, removed=(other,))
        return Merged(whole, other.name, tuple(closed))

    def kept_instead(self, person_id: str) -> str:
        """Return the id of the person into whom somebody who is gone was merged; empty if into nobody."""
        merged = (
            record for record in self._store.all(MergedPerson) if record.original.get("id") == person_id
        )
        return next((record.kept_id for record in merged), "")

    def take_apart(self, person_id: str) -> TakenApart:
        """Give back whoever was merged into that person last, with what moved along, as one change.

        What was done since stays with the person kept, and so does a value that was changed since.

        Raises:
            MergeRefused: if nobody was merged into them, the interview with them is running, or the original
                cannot be read.
        """
        kept, records = self._required(person_id), self._store.merged_into(person_id)
        if not records:
            raise MergeRefused(f"Not taken apart: nobody was merged into {kept.name}")
        if reason := self.disabled_reason(person_id):
            raise MergeRefused(f"Not taken apart: {reason[0].lower()}{reason[1:]}")
        record = records[0]
        back = self._original(record)
        restored = [found for change in record.changes if (found := self._restored(change)) is not None]
        here = self.person(back.id) is not None
        added = () if here else (back,)
        self._history.commit(f"take {back.name} and {kept.name} apart", *added, *restored, removed=(record,))
        return TakenApart(self._required(person_id), back)

    def say_distinct(self, one_id: str, other_id: str) -> None:
        """Remember that the two are different people."""
        one, other = self._both(one_id, other_id)
        first, second = sorted((one_id, other_id))
        stamp = {**self._history.stamp(), "id": f"{first}~{second}"}
        self._history.commit(
            f"{one.name} and {other.name} are two people", DistinctPeople(**stamp, people=(first, second))
        )

    def are_distinct(self, one_id: str, other_id: str) -> bool:
        """Return whether the user has said that the two are different people."""
        revision = self._store.revision(DistinctPeople)
        if self._distinct[0] != revision:
            self._distinct = (revision, frozenset(pair.people for pair in self._store.all(DistinctPeople)))
        return (min(one_id, other_id), max(one_id, other_id)) in self._distinct[1]

    def _name_of(self, contact_id: str) -> str:
        contact = self._store.contact(contact_id)
        return contact.name if contact is not None else ""

    def _required(self, person_id: str) -> AnyPerson:
        person = self.person(person_id)
        if person is None:
            raise MergeRefused(
                "One of the two is not here any more: another session has merged or deleted them"
            )
        return person

    def _both(self, one_id: str, other_id: str) -> tuple[AnyPerson, AnyPerson]:
        one, other = self._required(one_id), self._required(other_id)
        if one_id == other_id:
            raise MergeRefused(f"Not merged: both are {one.name}")
        return one, other

    def _moved(self, kept: AnyPerson, other: AnyPerson) -> tuple[list[AnyRecord], list[FollowUp]]:
        """Return the records that change because `other` becomes `kept`, and which of them are closed."""
        own = self._store.of_contact
        closed = {
            step.id for step in steps_to_close(self._past(kept.id), self._past(other.id), self._time.calendar)
        }
        moved: list[AnyRecord] = [replace(attempt, contact_id=kept.id) for attempt in own(Attempt, other.id)]
        moved += [replace(advice, contact_id=kept.id) for advice in own(Advice, other.id)]
        for interview in self._store.all(Interview):
            changed = _interview_after(interview, kept.id, other.id)
            moved += [changed] if changed is not interview else []
        for follow_up in self._store.all(FollowUp):
            changed_step = self._follow_up_after(follow_up, kept.id, other.id, follow_up.id in closed)
            moved += [changed_step] if changed_step is not follow_up else []
        moved += [
            replace(person, referrer_id=kept.id)
            for person in self._store.referred_by(other.id)
            if person.id not in (kept.id, other.id)
        ]
        if isinstance(kept, Contact):
            moved += [replace(opening, contact_id=kept.id) for opening in own(Opening, other.id)]
        listed = [found for found in moved if isinstance(found, FollowUp) and self._was_open(found)]
        return moved, [follow_up for follow_up in listed if follow_up.dropped]

    def _was_open(self, follow_up: FollowUp) -> bool:
        return self._store.require(FollowUp, follow_up.id).done_at is None

    def _past(self, contact_id: str) -> PastRecords:
        own = self._store.of_contact
        return PastRecords(own(Attempt, contact_id), own(Interview, contact_id), own(FollowUp, contact_id))

    def _follow_up_after(self, follow_up: FollowUp, kept_id: str, other_id: str, closes: bool) -> FollowUp:
        """Return a follow-up as it is once `other_id` is `kept_id`: nobody is introduced to themselves."""
        changes: dict[str, Any] = {}
        if follow_up.contact_id == other_id:
            changes["contact_id"] = kept_id
        if follow_up.about_id == other_id:
            changes["about_id"] = kept_id
        about_self = {follow_up.contact_id, follow_up.about_id} == {kept_id, other_id}
        if about_self:
            changes |= {"about_id": "", "introduction": Introduction.NONE}
        if (closes or about_self) and follow_up.done_at is None:
            changes |= {"done_at": self._time.now(), "dropped": True}
        return replace(follow_up, **changes) if changes else follow_up

    def _changes(self, records: list[AnyRecord]) -> Iterator[FieldsChanged]:
        for record in records:
            edit = edit_of(self._store.get(type(record), record.id), record)
            if edit is not None:
                yield FieldsChanged(
                    table=edit.table, id=edit.id, before=edit.before or {}, after=edit.after or {}
                )

    def _original(self, record: MergedPerson) -> AnyPerson:
        try:
            if record.table == TABLE_OF[Contact]:
                return from_document(record.original, Contact)
            return from_document(record.original, PoolPerson)
        except msgspec.ValidationError as error:
            name = record.original.get("name", "The other person")
            raise MergeRefused(f"Not taken apart: {name} cannot be read any more") from error

    def _restored(self, change: FieldsChanged) -> AnyRecord | None:
        """Return a record with what a merge changed in it as it was before; None if nothing is to change."""
        record: AnyRecord | None = None
        if change.table in TABLES:
            record = self._store.get(TABLES[change.table], change.id)
        if record is None and change.table == TABLE_OF[PoolPerson]:
            record = self._store.contact(change.id)
        if record is None:
            return None
        document = to_document(record)
        before: dict[str, Any] = {}
        after: dict[str, Any] = {}
        for name in change.before | change.after:
            present = value_in(document, name)
            restored = _value_before(name, present, change.before, change.after)
            if restored is present:
                continue
            before |= {} if present is MISSING else {name: present}
            after |= {} if restored is MISSING else {name: restored}
        if not (before or after):
            return None
        try:
            edit = Edit(change.table, record.id, before, after)
            return from_document(patched(document, edit), TABLES[TABLE_OF[type(record)]])
        except msgspec.ValidationError:
            return None


def _value_before(name: str, present: object, before: Mapping[str, Any], after: Mapping[str, Any]) -> object:
    """Return what a field held before a merge, with what was added since; `present` if it was changed."""
    was, became = before.get(name, MISSING), after.get(name, MISSING)
    if present == became:
        return was
    if name == "notes" and isinstance(present, str):
        was, became = (text if isinstance(text, str) else "" for text in (was, became))
        text = without_added(was, became, present)
        return present if text == present else text
    if name == "named" and isinstance(present, list) and isinstance(was, list) and isinstance(became, list):
        gone = [id_ for id_ in was if id_ not in became and id_ not in present]
        came = {id_ for id_ in became if id_ not in was}
        return [*(id_ for id_ in present if id_ not in came), *gone]
    return present


def _interview_after(interview: Interview, kept_id: str, other_id: str) -> Interview:
    """Return an interview as it is once `other_id` is `kept_id`; the same one if it names neither."""
    changes: dict[str, Any] = {}
    contact_id = interview.contact_id
    if contact_id == other_id:
        contact_id = changes["contact_id"] = kept_id
    if other_id in interview.named or (contact_id == kept_id and kept_id in interview.named):
        named = dict.fromkeys(kept_id if id_ == other_id else id_ for id_ in interview.named)
        changes["named"] = tuple(id_ for id_ in named if id_ != contact_id)
    if any(capture.fields.get(SAME_AS) == other_id for capture in interview.captured):
        changes["captured"] = tuple(
            msgspec.structs.replace(capture, fields=capture.fields | {SAME_AS: kept_id})
            if capture.fields.get(SAME_AS) == other_id
            else capture
            for capture in interview.captured
        )
    changed = replace(interview, **changes) if changes else interview
    return interview if changed == interview else changed
