"""Pairs of people who may be one, among contacts and the pool, kept up to date change by change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from operator import itemgetter

import msgspec

from warmcall.domain.change import Change, Edit
from warmcall.domain.duplicates import (
    Likeness,
    Looks,
    LooksIndex,
    Resemblance,
    likeness,
    likeness_order,
    looks_of,
)
from warmcall.domain.found_people import FoundPerson
from warmcall.domain.person_merge import AnyPerson
from warmcall.domain.records import TABLE_OF, Contact, DistinctPeople, Organization, PoolPerson
from warmcall.domain.store import Store
from warmcall.domain.text_folding import folded
from warmcall.services.here_already import surest_first
from warmcall.services.organization_directory import OrganizationDirectory
from warmcall.services.people_merging import PeopleMerging

_TABLES = (TABLE_OF[Contact], TABLE_OF[PoolPerson])


class Pair(msgspec.Struct, frozen=True):
    """Two people who may be one, by id, and why. A contact is on the left of somebody in the pool."""

    left_id: str
    right_id: str
    why: Resemblance

    @property
    def key(self) -> str:
        """What the pair is identified by."""
        return f"{self.left_id} {self.right_id}"


class Duplicates:
    """Finds who may be one person. `prepare` looks at a few people at a time, since there may be 30,000."""

    def __init__(self, store: Store, directory: OrganizationDirectory, merging: PeopleMerging) -> None:
        self._store = store
        self._directory = directory
        self._merging = merging
        self._index = LooksIndex()
        self._to_index: dict[str, None] | None = None
        self._to_compare: dict[str, None] = {}
        self._pairs: dict[tuple[str, str], tuple[tuple[object, ...], Pair]] = {}
        self._others: dict[str, set[str]] = {}
        self._version = 0
        self._listed: tuple[object, list[Pair]] = (None, [])
        store.listen(self._note_changed)

    def prepare(self, limit: int) -> bool:
        """Look at most at `limit` more people; return whether all are looked at, and `pairs` is whole."""
        if self._to_index is None:
            self._to_index = self._everybody()
        for id_ in list(islice(self._to_index, limit)):
            del self._to_index[id_]
            self._put(id_)
        return not self._to_index and self._compare(limit)

    def _everybody(self) -> dict[str, None]:
        return dict.fromkeys(person.id for kind in (Contact, PoolPerson) for person in self._store.all(kind))

    @property
    def left(self) -> int:
        """How many people are not looked at yet."""
        if self._to_index is None:
            return self._store.count(Contact) + self._store.count(PoolPerson)
        return len(self._to_index | self._to_compare)

    def pairs(self) -> Sequence[Pair]:
        """Return the pairs found so far of whom nobody said that they are two, the surest first."""
        state = (self._version, self._store.revision(Contact, PoolPerson, DistinctPeople))
        if self._listed[0] != state:
            person, are_distinct = self._merging.person, self._merging.are_distinct
            found = [
                item
                for item in self._pairs.values()
                if not are_distinct(item[1].left_id, item[1].right_id)
                and person(item[1].left_id) is not None
                and person(item[1].right_id) is not None
            ]
            found.sort(key=itemgetter(0))
            self._listed = (state, [pair for _, pair in found])
        return self._listed[1]

    def pair_of(self, one_id: str, other_id: str) -> Pair | None:
        """Return two people as a pair, whatever they have in common; None if one of them is gone."""
        one, other = self._merging.person(one_id), self._merging.person(other_id)
        if one is None or other is None or one_id == other_id:
            return None
        if isinstance(one, PoolPerson) and isinstance(other, Contact):
            one, other = other, one
        why = likeness(self._looks_of(one), self._looks_of(other), anywhere=True)
        return Pair(one.id, other.id, why or Resemblance(Likeness.CHOSEN))

    def like_one(self, contact: Contact) -> list[tuple[AnyPerson, Resemblance]]:
        """Return who here may be `contact`, the surest first, by looking at everybody once.

        It needs no index: a command adds one person and ends.
        """
        looks = self._looks_of(contact)
        words = {word for spelling in looks.spellings for word in spelling if len(word) > 1}
        addresses, numbers = looks.keys.emails, looks.keys.phones
        found: list[tuple[AnyPerson, Resemblance]] = []
        everybody: Iterator[AnyPerson] = chain(self._store.all(Contact), self._store.all(PoolPerson))
        for person in everybody:
            name = folded(person.name)
            near = any(word in name for word in words) or not name.isascii()
            near = near or bool((addresses and person.email) or (numbers and person.phone))
            if near and person.id != contact.id:
                why = likeness(looks, self._looks_of(person), anywhere=True)
                found += [(person, why)] if why is not None else []
        return sorted(found, key=surest_first)

    def _compare(self, limit: int) -> bool:
        """Compare at most `limit` more people, fewer if many look like them; return whether all are."""
        most = self._index.compared + limit * _LIKE_ONE
        for id_ in list(islice(self._to_compare, limit)):
            if self._index.compared >= most:
                break
            del self._to_compare[id_]
            if id_ in self._index:
                for other, why in self._index.like(self._index.looks(id_), id_).items():
                    ids = (id_, other) if id_ < other else (other, id_)
                    placed = self._placed(*ids, why)
                    if placed is None:
                        continue
                    self._pairs[ids] = placed
                    self._version += 1
                    self._others.setdefault(id_, set()).add(other)
                    self._others.setdefault(other, set()).add(id_)
        return not self._to_compare

    def _put(self, id_: str) -> None:
        """Index somebody as they are now, or no more; who they resemble is to be found again."""
        self._version += 1
        for other in self._others.pop(id_, ()):
            self._others[other].discard(id_)
            self._pairs.pop((id_, other) if id_ < other else (other, id_), None)
        person = self._merging.person(id_)
        if person is None:
            self._index.remove(id_)
            self._to_compare.pop(id_, None)
        else:
            self._index.put(id_, self._looks_of(person))
            self._to_compare[id_] = None

    def _looks_of(self, person: AnyPerson | FoundPerson) -> Looks:
        return looks_of(person, self._directory.comparison_key)

    def _placed(self, one_id: str, other_id: str, why: Resemblance) -> tuple[tuple[object, ...], Pair] | None:
        """Return two people as a pair, with the key that pairs are sorted by; None if one of them is gone."""
        one, other = self._merging.person(one_id), self._merging.person(other_id)
        if one is None or other is None:
            return None
        left, right = sorted((one, other), key=_age)
        pair = Pair(left.id, right.id, why)
        return (isinstance(left, PoolPerson), *likeness_order(why), folded(left.name), pair.key), pair

    def _note_changed(self, change: Change) -> None:
        if self._to_index is None:
            return
        self._to_index.update(dict.fromkeys(edit.id for edit in change.edits if edit.table in _TABLES))
        if any(edit.table == TABLE_OF[Organization] and _renames(edit) for edit in change.edits):
            self._to_index = self._everybody()


_LIKE_ONE = 4
"""To so many of the others somebody is compared, usually to fewer; those with a common name to hundreds."""


def _renames(edit: Edit) -> bool:
    """Return whether an edit of an organization gives it other names; a new one has that of somebody here."""
    names = {"name", "other_names"}
    return edit.before is not None and (edit.after is None or bool(names & (edit.before | edit.after).keys()))


def _age(person: AnyPerson) -> tuple[bool, object, str]:
    """Return what decides who of two stands on the left: a contact, then whoever came first."""
    return isinstance(person, PoolPerson), person.created_at, person.id
