"""Who is here already of a name, an address or a number that is being typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from warmcall.domain.change import Change
from warmcall.domain.duplicates import (
    Looks,
    NameIndex,
    Resemblance,
    likeness,
    likeness_order,
    looks_of,
    without_common,
)
from warmcall.domain.found_people import FoundPerson
from warmcall.domain.names import recognized_by
from warmcall.domain.person_keys import email_key, figures_in, is_same_number, keys_of, phone_key
from warmcall.domain.person_merge import AnyPerson
from warmcall.domain.records import TABLE_OF, Contact, PoolPerson
from warmcall.domain.store import Store
from warmcall.domain.text_folding import folded
from warmcall.services.organization_directory import OrganizationDirectory
from warmcall.services.people_merging import PeopleMerging

_TABLES = (TABLE_OF[Contact], TABLE_OF[PoolPerson])
_NAMES = {"name", "goes_by"}

_AT_ONCE = 200
"""How many names are indexed at a time while no key is pressed: a millisecond or two."""

_AT_A_KEY = 1000
"""How many names may be indexed while a key waits: some 6 ms of processor."""


class HereAlready:
    """Finds people by a name in an index that `prepare` makes, a few names at a time; there may be 30,000.

    Only those are found by name who are indexed already. Addresses and numbers are looked for among all:
    they need no index.
    """

    def __init__(self, store: Store, directory: OrganizationDirectory, merging: PeopleMerging) -> None:
        self._store = store
        self._directory = directory
        self._merging = merging
        self._index = NameIndex()
        self._to_index: dict[str, None] | None = None
        self._looks: dict[str, tuple[AnyPerson, Looks]] = {}
        store.listen(self._note_changed)

    def prepare(self, limit: int) -> bool:
        """Index at most `limit` more names; return whether all are indexed."""
        if self._to_index is None:
            self._to_index = dict.fromkeys(person.id for person in self._everybody())
        for id_ in list(islice(self._to_index, limit)):
            del self._to_index[id_]
            person = self._merging.person(id_)
            if person is not None:
                self._index.put(id_, person.name, person.goes_by)
        return not self._to_index

    def prepare_few(self) -> bool:
        """Index some names of those few that a key would not wait for; return whether there are no more.

        Thousands are indexed when a form asks for them: most sessions never do.
        """
        if self._to_index is None:
            self.prepare(0)
        return len(self._to_index or ()) > _AT_A_KEY or self.prepare(_AT_ONCE)

    def called(
        self, name: str, organization: str = "", exclude: str = ""
    ) -> list[tuple[AnyPerson, Resemblance]]:
        """Return who may be the person of that name, the surest first, contacts before the pool.

        `exclude` is the id of the person described.
        """
        if not name.strip():
            return []
        if self._to_index is not None and len(self._to_index) <= _AT_A_KEY:
            self.prepare(_AT_A_KEY)
        described = self._described(FoundPerson(line=0, name=name, organization=organization))
        people = {
            id_: person
            for id_ in self._index.who_may_be(described)
            if id_ != exclude
            and (person := self._merging.person(id_)) is not None
            and not self._merging.are_distinct(exclude, id_)
        }
        known, self._looks = self._looks, {}
        found: dict[str, Resemblance] = {}
        for id_, person in people.items():
            looks = known[id_][1] if id_ in known and known[id_][0] is person else self._described(person)
            self._looks[id_] = person, looks
            if (why := likeness(described, looks, anywhere=True)) is not None:
                found[id_] = why
        return sorted(((people[id_], why) for id_, why in without_common(found).items()), key=surest_first)

    def pool_called(self, name: str) -> list[PoolPerson]:
        """Return who of the pool is recognized by `name`."""
        words = recognized_by(name)[0]
        return [
            person
            for person, _ in self.called(name)
            if isinstance(person, PoolPerson) and words in recognized_by(person.name, person.goes_by)
        ]

    def with_address(self, address: str) -> list[AnyPerson]:
        """Return who has a mail address."""
        key = email_key(address)
        return [
            person
            for person in (self._everybody() if key else ())
            if any("@" in text and key in folded(text) for text in _addresses(person))
            and key in keys_of(person).emails
        ]

    def with_number(self, number: str) -> list[AnyPerson]:
        """Return who has a telephone number, however it is written."""
        key = phone_key(number)
        if key is None:
            return []
        figures = re.compile(r"\D*".join(figures_in(key.national.partition("x")[0])))
        return [
            person
            for person in self._everybody()
            if any(map(figures.search, _numbers(person)))
            and any(is_same_number(key, own) for own in keys_of(person).phones)
        ]

    def _everybody(self) -> Iterator[AnyPerson]:
        return chain(self._store.all(Contact), self._store.all(PoolPerson))

    def _described(self, person: AnyPerson | FoundPerson) -> Looks:
        return looks_of(person, self._directory.comparison_key)

    def _note_changed(self, change: Change) -> None:
        if self._to_index is not None:
            self._to_index.update(
                (edit.id, None)
                for edit in change.edits
                if edit.table in _TABLES
                and edit.after is not None
                and (edit.before is None or _NAMES & (edit.before | edit.after).keys())
            )


def surest_first(found: tuple[AnyPerson, Resemblance]) -> tuple[object, ...]:
    """Return the key by which people found are sorted: the surest first, contacts before the pool."""
    person, why = found
    return (*likeness_order(why), isinstance(person, PoolPerson), person.id)


def _addresses(person: AnyPerson) -> tuple[str, ...]:
    """Return the texts in which the addresses of a person are."""
    return (person.email, *(person.emails if isinstance(person, PoolPerson) else (person.notes,)))


def _numbers(person: AnyPerson) -> tuple[str, ...]:
    """Return the texts in which the numbers of a person are."""
    return (person.phone, *(person.phones if isinstance(person, PoolPerson) else (person.notes,)))
