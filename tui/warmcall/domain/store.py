"""The store: the whole state, in memory, and what a change does to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import TypeVar, cast

from warmcall.domain.change import Change, patched
from warmcall.domain.records import (
    OF_CONTACT,
    TABLE_OF,
    TABLES,
    AnyRecord,
    Contact,
    FollowUp,
    Interview,
    MergedPerson,
    Profile,
    Record,
    Target,
    Unfinished,
    from_document,
    to_document,
)
from warmcall.domain.targets import talk_target_id, target_id_for
from warmcall.domain.vocabulary import FollowUpKind

T = TypeVar("T", bound=Record)


class Store:
    """All records by table and id, with an index of those that belong to each contact.

    It is the truth the screens show. A change is made by `update`, and the listeners hear of it by
    `notify`; `apply` is both. They are apart for whoever has something to do in between, such as handing
    the change to the writer before a screen repaints.
    """

    def __init__(self, records: Iterable[AnyRecord] = ()) -> None:
        self._tables: dict[str, dict[str, AnyRecord]] = {name: {} for name in TABLES}
        self._of_contact: dict[str, dict[str, dict[str, AnyRecord]]] = {
            TABLE_OF[kind]: {} for kind in OF_CONTACT
        }
        self._listeners: list[Callable[[Change], None]] = []
        self._views: list[Callable[[Change], None]] = []
        self._revisions: dict[str, int] = dict.fromkeys(TABLES, 0)
        self._referred: dict[str, dict[str, Contact]] | None = None
        self._merged: tuple[int, dict[str, list[MergedPerson]]] = (-1, {})
        self._going: tuple[int, tuple[Interview, ...]] = (-1, ())
        for kind, those in groupby(records, key=type):
            self._tables[TABLE_OF[kind]].update([(record.id, record) for record in those])
        for kind in OF_CONTACT:
            of_contact = self._of_contact[TABLE_OF[kind]]
            for record in self.all(kind):
                of_contact.setdefault(record.contact_id, {})[record.id] = record

    def listen(self, listener: Callable[[Change], None], shows: bool = False) -> None:
        """Have `listener` called with every change, after the records were updated.

        One that `shows` the records is called after all those that keep an index of them, made later or not.
        """
        (self._views if shows else self._listeners).append(listener)

    def apply(self, change: Change) -> None:
        """Update the records as `change` says, and notify the listeners. Raises as `update`."""
        self.update(change)
        self.notify(change)

    def notify(self, change: Change) -> None:
        """Call the listeners with a change that `update` has made."""
        for listener in (*self._listeners, *self._views):
            listener(change)

    def update(self, change: Change) -> None:
        """Make all the edits of `change`; one of a record that is no longer here does nothing.

        Raises:
            msgspec.ValidationError: if an edit would leave a record invalid; then none is made.
        """
        planned: dict[tuple[str, str], AnyRecord | None] = {}
        for edit in change.edits:
            place = (edit.table, edit.id)
            kind = TABLES[edit.table]
            present = planned[place] if place in planned else self._tables[edit.table].get(edit.id)
            if edit.after is None:
                planned[place] = None
            elif edit.before is None:
                planned[place] = from_document(edit.after, kind)
            elif present is not None:
                planned[place] = from_document(patched(to_document(present), edit), kind)
        for (table, id_), record in planned.items():
            if record is None:
                self._remove(table, id_)
            else:
                self._put(table, record)

    def get(self, kind: type[T], id_: str) -> T | None:
        """Return the record of that kind and id, or None."""
        return cast("T | None", self._tables[TABLE_OF[kind]].get(id_))

    def require(self, kind: type[T], id_: str) -> T:
        """Return the record of that kind and id.

        Raises:
            KeyError: if there is none.
        """
        return cast("T", self._tables[TABLE_OF[kind]][id_])

    def all(self, kind: type[T]) -> Iterator[T]:
        """Yield every record of that kind, in the order they came into the store."""
        return cast("Iterator[T]", iter(self._tables[TABLE_OF[kind]].values()))

    def count(self, kind: type[T]) -> int:
        """Return how many records of that kind there are."""
        return len(self._tables[TABLE_OF[kind]])

    def of_contact(self, kind: type[T], contact_id: str) -> list[T]:
        """Return the records of one of the kinds in OF_CONTACT that belong to a contact, as they came in."""
        return cast("list[T]", list(self._of_contact[TABLE_OF[kind]].get(contact_id, {}).values()))

    def revision(self, *kinds: type[Record]) -> tuple[int, ...]:
        """Return what differs as soon as any record of those kinds has come, changed or gone."""
        return tuple(self._revisions[TABLE_OF[kind]] for kind in kinds)

    def contact(self, id_: str) -> Contact | None:
        """Return the contact of that id, or None."""
        return self.get(Contact, id_)

    @property
    def profile(self) -> Profile | None:
        """The user, once there is one."""
        return next(self.all(Profile), None)

    @property
    def target(self) -> Target | None:
        """The target aimed at now: the one the profile names, else the newest."""
        profile = self.profile
        chosen = self.get(Target, profile.target_id) if profile else None
        return chosen or next(reversed(list(self.all(Target))), None)

    def target_for(self, contact: Contact) -> Target | None:
        """Return the target spoken of with `contact`: the present one if they serve it, else their own."""
        present = self.target
        if present is None:
            return None
        return self.get(Target, target_id_for(contact, present.id, self._tables[TABLE_OF[Target]]))

    def target_id_of(self, interview: Interview, contact: Contact) -> str:
        """Return the id of the target that an interview with `contact` counts for; empty without any."""
        present = self.target
        if present is None:
            return interview.target_id
        known = self._tables[TABLE_OF[Target]]
        return talk_target_id(interview.target_id, contact, present.id, known)

    @property
    def target_ids(self) -> frozenset[str]:
        """The ids of all targets."""
        return frozenset(self._tables[TABLE_OF[Target]])

    @property
    def empty(self) -> bool:
        """Whether nothing has been saved into it yet."""
        return not any(records for name, records in self._tables.items() if name != TABLE_OF[Unfinished])

    def going(self) -> tuple[Interview, ...]:
        """Return the interviews whose countdown is going: those running, then those paused, the latest first.

        What one session does lets at most one run; two sessions may each have started one.
        """
        (revision,) = self.revision(Interview)
        if self._going[0] != revision:
            going = (interview for interview in self.all(Interview) if interview.countdown.going)
            latest_first = sorted(going, key=lambda interview: interview.began_at, reverse=True)
            found = tuple(sorted(latest_first, key=lambda interview: interview.countdown.paused))
            self._going = (revision, found)
        return self._going[1]

    def running(self) -> Interview | None:
        """Return the interview that runs, else the last started of those paused, or None."""
        return next(iter(self.going()), None)

    def referred_by(self, contact_id: str) -> list[Contact]:
        """Return the contacts whose name came from that contact, in the order they came into the store."""
        if self._referred is None:
            self._referred = {}
            for contact in self.all(Contact):
                if contact.referrer_id:
                    self._referred.setdefault(contact.referrer_id, {})[contact.id] = contact
        return list(self._referred.get(contact_id, {}).values())

    def merged_into(self, person_id: str) -> list[MergedPerson]:
        """Return the records of those who were merged into that person, the last first."""
        (revision,) = self.revision(MergedPerson)
        if self._merged[0] != revision:
            found: dict[str, list[MergedPerson]] = {}
            for record in self.all(MergedPerson):
                found.setdefault(record.kept_id, []).append(record)
            for records in found.values():
                records.sort(key=lambda record: (record.created_at, record.id), reverse=True)
            self._merged = (revision, found)
        return list(self._merged[1].get(person_id, ()))

    def open_follow_ups(self) -> Iterator[FollowUp]:
        """Yield every follow-up that is neither done nor dropped."""
        return (follow_up for follow_up in self.all(FollowUp) if follow_up.done_at is None)

    def open_of_contact(self, contact_id: str, *kinds: FollowUpKind) -> list[FollowUp]:
        """Return the follow-ups of one contact that are neither done nor dropped, of `kinds` or of any."""
        return [
            follow_up
            for follow_up in self.of_contact(FollowUp, contact_id)
            if follow_up.done_at is None and (not kinds or follow_up.kind in kinds)
        ]

    def _put(self, table: str, record: AnyRecord) -> None:
        self._revisions[table] += 1
        before = self._tables[table].get(record.id)
        self._tables[table][record.id] = record
        if isinstance(record, OF_CONTACT):
            if isinstance(before, OF_CONTACT) and before.contact_id != record.contact_id:
                self._of_contact[table][before.contact_id].pop(record.id, None)
            self._of_contact[table].setdefault(record.contact_id, {})[record.id] = record
        elif isinstance(record, Contact):
            self._follow_referrer(cast("Contact | None", before), record)

    def _remove(self, table: str, id_: str) -> None:
        self._revisions[table] += 1
        present = self._tables[table].pop(id_, None)
        if isinstance(present, OF_CONTACT):
            self._of_contact[table][present.contact_id].pop(id_, None)
        elif isinstance(present, Contact):
            self._follow_referrer(present, None)

    def _follow_referrer(self, before: Contact | None, after: Contact | None) -> None:
        """Keep in step who referred whom, once that was asked for: a contact came, changed or went."""
        if self._referred is None:
            return
        was, is_ = before.referrer_id if before else "", after.referrer_id if after else ""
        if before is not None and was and was != is_:
            self._referred[was].pop(before.id, None)
        if after is not None and is_:
            if before is not None and was != is_ and self._referred.get(is_):
                self._referred = None  # only all contacts know what place it has among the others
            else:
                self._referred.setdefault(is_, {})[after.id] = after
