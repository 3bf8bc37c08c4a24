"""Who works where: contacts and pool people by their organization, kept up to date change by change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from heapq import nsmallest
from itertools import islice

from warmcall.domain.change import Change
from warmcall.domain.organizations import OrganizationIndex, organization_key, usual_name
from warmcall.domain.records import TABLE_OF, Contact, Organization, PoolPerson
from warmcall.domain.store import Store
from warmcall.domain.text_folding import Term, folded, searchable, terms
from warmcall.services.search import having

Person = Contact | PoolPerson

found_by = lru_cache(maxsize=65536)(searchable)
"""Returns the text by which a name is found; each name is folded only once."""


_PEOPLE_TO_A_NAME = 10
"""How many people are gone through in the time that the key of one name takes."""


class ByOrganization:
    """The ids of the people of one table by the key of their organization's name.

    There may be 30,000 of them: they are gone through once, and after that only what changes is.
    """

    def __init__(self, store: Store, kind: type[Contact] | type[PoolPerson]) -> None:
        self._store = store
        self._kind = kind
        self._pending: dict[str, None] | None = None
        self._name_of: dict[str, str] = {}
        self._ids: dict[str, dict[str, None]] = {}
        self._names: dict[str, dict[str, None]] = {}
        self._without_key: dict[str, None] = {}
        self._texts: list[tuple[str, str]] | None = None
        store.listen(self._note_changed)

    def ids_at(self, key: str) -> Iterator[str]:
        """Yield the ids of the people whose organization has a name of that key."""
        self.prepare()
        return (id_ for name in self._names.get(key, ()) for id_ in self._ids.get(name, ()))

    def names_at(self, key: str) -> Iterator[str]:
        """Yield the names of that key as they are written, each as often as somebody has it."""
        self.prepare()
        return (name for name in self._names.get(key, ()) for _ in self._ids.get(name, ()))

    def __iter__(self) -> Iterator[str]:
        """Yield the key of each organization that somebody works at."""
        self.prepare()
        return iter(self._names)

    def __contains__(self, key: str) -> bool:
        """Return whether somebody works at the organization of that key."""
        self.prepare()
        return key in self._names

    def named(self, wanted: Sequence[Term]) -> list[str]:
        """Return the keys of the names that have all that is wanted."""
        self.prepare()
        if self._texts is None:
            self._texts = [(key, "\n".join(map(found_by, names))) for key, names in self._names.items()]
        found = self._texts
        for term in wanted:
            found = having(found, term, 1)
        return [key for key, _ in found]

    def prepare(self, limit: int = 0) -> bool:
        """Go on with at most `limit` names, or with all if it is 0; return whether everything is done."""
        if self._pending is None:
            self._pending = dict.fromkeys(person.id for person in self._store.all(self._kind))
        for id_ in list(islice(self._pending, limit * _PEOPLE_TO_A_NAME or None)):
            del self._pending[id_]
            found = self._store.get(self._kind, id_)
            self._put(id_, found.organization if found is not None else "")
        if self._pending:
            return False
        for name in list(islice(self._without_key, limit or None)):
            del self._without_key[name]
            if key := organization_key(name):
                self._texts = None
                self._names.setdefault(key, {})[name] = None
                found_by(name)
        return not self._without_key

    def _note_changed(self, change: Change) -> None:
        if self._pending is not None:
            table = TABLE_OF[self._kind]
            self._pending.update((edit.id, None) for edit in change.edits if edit.table == table)

    def _put(self, id_: str, name: str) -> None:
        """Move a person to the organization of that name; away from all with an empty one."""
        before = self._name_of.get(id_, "")
        if name == before:
            return
        if before:
            there = self._ids[before]
            del there[id_], self._name_of[id_]
            if not there:
                self._forget(before)
        if name:
            self._name_of[id_] = name
            if name not in self._ids:
                self._ids[name] = {}
                self._without_key[name] = None
            self._ids[name][id_] = None

    def _forget(self, name: str) -> None:
        """Forget a name that nobody's organization has any more."""
        del self._ids[name]
        if name in self._without_key:
            del self._without_key[name]
            return
        self._texts = None
        key = organization_key(name)
        names = self._names.get(key, {})
        names.pop(name, None)
        if key in self._names and not names:
            del self._names[key]


class OrganizationDirectory:
    """Finds an organization, and the people there, by any of its names.

    An organization is identified by its place: the id of its record, or without a record the key of its name.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._contacts = ByOrganization(store, Contact)
        self._pool = ByOrganization(store, PoolPerson)
        self._index: OrganizationIndex | None = None
        self._index_revision: tuple[int, ...] = ()
        self._last_contacts: tuple[object, list[Contact]] = (None, [])
        store.listen(self._forget_last)

    @property
    def index(self) -> OrganizationIndex:
        """The records by their names."""
        revision = self._store.revision(Organization)
        if self._index is None or revision != self._index_revision:
            # The index comes first: a thread that sees the new revision has to see the new index.
            self._index = OrganizationIndex(self._store.all(Organization))
            self._index_revision = revision
        return self._index

    def record(self, place: str) -> Organization | None:
        """Return the record of an organization, or None."""
        return self._store.get(Organization, place)

    def place_of(self, name: str) -> str:
        """Return the place of the organization of that name; empty for no name."""
        return self.index.place_of(name)

    def comparison_key(self, name: str) -> str:
        """Return what an organization is compared by: the name of its record, if there is one."""
        record = self.index.find(name)
        return organization_key(record.name if record is not None else name)

    def present_place(self, place: str, name: str) -> str:
        """Return the place now of an organization that was at `place` under `name`.

        It is another one once a record came, or is gone. Empty if nobody is there, and nothing is kept of it.
        """
        if self.record(place) is not None:
            return place
        found = self.index.place_of(name)
        return found if self.name_of(found) else ""

    def name_of(self, place: str) -> str:
        """Return the name of an organization: its record's, else the one most people there have for it."""
        record = self.record(place)
        if record is not None:
            return record.name
        return usual_name(self._contacts.names_at(place)) or usual_name(self._pool.names_at(place))

    def contacts_at(self, place: str) -> list[Contact]:
        """Return the contacts at an organization, by name; a screen asks several times for the same ones."""
        basis = (place, self._store.revision(Contact, Organization))
        if self._last_contacts[0] != basis:
            found = (
                self._store.contact(id_) for key in self.keys_of(place) for id_ in self._contacts.ids_at(key)
            )
            people = [contact for contact in found if contact is not None]
            people.sort(key=lambda contact: (contact.name.casefold(), contact.id))
            self._last_contacts = (basis, people)
        return list(self._last_contacts[1])

    def pool_at(self, place: str) -> list[PoolPerson]:
        """Return the people of the pool at an organization, by name."""
        found = (
            self._store.get(PoolPerson, id_) for key in self.keys_of(place) for id_ in self._pool.ids_at(key)
        )
        people = [person for person in found if person is not None]
        return sorted(people, key=lambda person: (person.name.casefold(), person.id))

    def colleagues_of(self, contact: Contact) -> list[Contact]:
        """Return the other contacts who work where `contact` does, by name; nobody if that is not known."""
        people = self.contacts_at(self.place_of(contact.organization))
        return [other for other in people if other.id != contact.id]

    def keys_of(self, place: str) -> list[str]:
        """Return the keys of all names of an organization."""
        record = self.record(place)
        if record is None:
            return [place] if place else []
        names = dict.fromkeys(organization_key(name) for name in (record.name, *record.other_names))
        return [key for key in names if key and self.index.place_of_key(key) == place]

    def with_contacts(self) -> set[str]:
        """Return the places of all organizations at which there is a contact."""
        return {self.index.place_of_key(key) for key in self._contacts}

    def only_in_pool(self, typed: str) -> list[str]:
        """Return the places without record or contact whose names in the pool have every word typed."""
        found = self._pool.named(terms(typed))
        return [key for key in found if key not in self._contacts and self.index.place_of_key(key) == key]

    def names_like(self, typed: str, limit: int) -> list[str]:
        """Return the names of at most `limit` organizations that have every word typed.

        Those come first that begin with what was typed, then those with a record or a contact.
        """
        wanted, begins = terms(typed), folded(" ".join(typed.split()))
        if not wanted:
            return []
        records = [(record.name, found_by(record.name)) for record in self._store.all(Organization)]
        for term in wanted:
            records = having(records, term, 1)
        keys = [key for key in self._contacts.named(wanted) if self.index.place_of_key(key) == key]
        listed = [*(name for name, _ in records), *map(self.name_of, keys)]
        found = nsmallest(limit, listed, key=lambda name: (not folded(name).startswith(begins), name))
        keys = nsmallest(limit, self.only_in_pool(typed), key=lambda key: (not key.startswith(begins), key))
        both = [*found, *(self.name_of(key) for key in keys)]
        return sorted(both, key=lambda name: not folded(name).startswith(begins))[:limit]

    def prepare(self, limit: int) -> bool:
        """Work out the keys of at most `limit` more names; return whether all are known."""
        return self._contacts.prepare(limit) and self._pool.prepare(limit)

    def _forget_last(self, _change: Change) -> None:
        self._last_contacts = (None, [])
