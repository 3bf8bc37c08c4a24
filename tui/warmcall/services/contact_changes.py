"""Which contacts have changed, so that what is known of each is worked out again only for those."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple, TypeVar

from warmcall.domain.change import Change, Edit
from warmcall.domain.records import TABLE_OF, Attempt, Contact, FollowUp, Interview
from warmcall.domain.store import Store

OfContact = type[Attempt] | type[Interview] | type[FollowUp]

R = TypeVar("R", Attempt, Interview)

_KINDS: dict[str, OfContact] = {TABLE_OF[kind]: kind for kind in (Attempt, Interview, FollowUp)}
"""The kinds of records that decide about the stage of their contact, by their table."""

_MANY = 1000
"""With more contacts changed than this, such as by an import, all are looked at again in one go."""


def by_contact(records: Iterable[R]) -> dict[str, list[R]]:
    """Return attempts or interviews by the id of their contact: of all at once sooner than of each."""
    found: dict[str, list[R]] = {}
    for record in records:
        found.setdefault(record.contact_id, []).append(record)
    return found


def contacts_of(store: Store, edit: Edit) -> Iterator[str]:
    """Yield the ids of the contacts to which a record belongs now, and did before."""
    for side in (edit.before, edit.after):
        if side and "contact_id" in side:
            yield str(side["contact_id"])
    kind = _KINDS.get(edit.table)
    record = store.get(kind, edit.id) if kind is not None else None
    if record is not None:
        yield record.contact_id


class Changed(NamedTuple):
    """The ids of contacts that were `deleted`, and of those `touched`, in the order they came and changed.

    Somebody deleted and added again is in both: they are the last of all contacts then. An attempt may be of
    a contact who is gone: whoever is touched need not be there.
    """

    deleted: frozenset[str]
    touched: tuple[str, ...]


_NOTHING = Changed(frozenset(), ())
"""What is returned again and again while nothing changes."""


class ContactChanges:
    """Collects which contacts have changed, themselves or in their records of `kinds`, for one reader.

    Of contacts who stay only changes in the `fields` named count.
    """

    def __init__(self, store: Store, *kinds: OfContact, fields: Collection[str] = ()) -> None:
        self._store = store
        self._fields = frozenset(fields)
        self._tables = frozenset(TABLE_OF[kind] for kind in kinds)
        self._all_kinds = (Contact, *kinds)
        self._deleted: set[str] = set()
        self._touched: dict[str, None] = {}
        self._noted: object = None
        store.listen(self._note)

    def since_last_asked(self) -> Changed | None:
        """Return what has changed since the last time; None if everything is to be looked at.

        That is so at first, after many changes at once, and while the store has made a change of which it
        has not notified its listeners yet.
        """
        revision = self._store.revision(*self._all_kinds)
        if revision == self._noted and not (self._touched or self._deleted):
            return _NOTHING
        is_known = revision == self._noted
        found = Changed(frozenset(self._deleted), tuple(self._touched))
        self._deleted, self._touched, self._noted = set(), {}, revision
        return found if is_known else None

    def _note(self, change: Change) -> None:
        if self._noted is None:
            return
        of_contacts = (edit for edit in change.edits if edit.table == TABLE_OF[Contact])
        # What comes last counts: the store keeps the place of who is deleted and added in one change.
        are_gone = {edit.id: edit.after is None for edit in of_contacts}
        for edit in change.edits:
            if edit.table in self._tables:
                self._touched.update(dict.fromkeys(contacts_of(self._store, edit)))
            elif edit.table != TABLE_OF[Contact]:
                continue
            elif are_gone[edit.id]:
                self._deleted.add(edit.id)
                self._touched.pop(edit.id, None)
            elif not (edit.before and edit.after and self._fields.isdisjoint((*edit.before, *edit.after))):
                self._touched[edit.id] = None
        self._noted = self._store.revision(*self._all_kinds)
        if len(self._touched) + len(self._deleted) > _MANY:
            self._deleted, self._touched, self._noted = set(), {}, None


class ContactFields:
    """Tells when contacts have come or gone, or have changed in some of their `fields`.

    With `met_only` those without an interview count for nothing.
    """

    def __init__(self, store: Store, *fields: str, met_only: bool = False) -> None:
        self._store = store
        self._changes = ContactChanges(store, fields=fields)
        self._met_only = met_only
        self._revision = 0

    def revision(self) -> int:
        """Return a number that is another one as soon as that has happened."""
        changed = self._changes.since_last_asked()
        if changed is None or any(map(self._counts, (*changed.deleted, *changed.touched))):
            self._revision += 1
        return self._revision

    def _counts(self, contact_id: str) -> bool:
        return not self._met_only or bool(self._store.of_contact(Interview, contact_id))
