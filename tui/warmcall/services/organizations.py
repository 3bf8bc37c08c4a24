"""The organizations: what is kept of them, who is asked there, and who is next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import islice
from typing import Any, NamedTuple

import msgspec

from warmcall.domain.cadence import Cadence
from warmcall.domain.change import Change
from warmcall.domain.organizations import (
    MOST_WANTED,
    distinct_names,
    merged,
    organization_key,
    renamed,
)
from warmcall.domain.records import (
    TABLE_OF,
    Attempt,
    Contact,
    FollowUp,
    Interview,
    Organization,
    PoolPerson,
    replace,
)
from warmcall.domain.sanitize import plain_line, visible
from warmcall.domain.store import Store
from warmcall.domain.text_folding import folded, searchable, terms
from warmcall.domain.vocabulary import FollowUpKind, Posting
from warmcall.domain.who_is_next import PersonThere, Turn, WayIn, best_first, turn_of, way_in
from warmcall.services.address_book import AddressBook
from warmcall.services.clock import Timekeeper
from warmcall.services.history import History
from warmcall.services.organization_directory import OrganizationDirectory, found_by
from warmcall.services.search import having

SEPARATOR = ";"
"""What stands between the other names of an organization in a field: names themselves have commas."""


class OrganizationsBy(StrEnum):
    """What organizations are sorted by."""

    WANTED = "wanted"
    WAYS_IN = "ways in"
    POSTING = "posting"
    NAME = "name"


_POSTINGS = (Posting.OPEN, Posting.UNKNOWN, Posting.NONE)
"""The order by postings."""


class Standing(msgspec.Struct, frozen=True):
    """How things are with one organization: what is kept of it, the ways in, and whose turn it is."""

    place: str
    name: str
    record: Organization | None
    ways: tuple[tuple[WayIn, int], ...]
    turn: Turn

    @property
    def wanted(self) -> int:
        """How much it is wanted, from 0 to 3."""
        return self.record.wanted if self.record is not None else 0

    @property
    def posting(self) -> Posting:
        """Whether it has posted openings."""
        return self.record.posting if self.record is not None else Posting.UNKNOWN


class _Listed(NamedTuple):
    """What an organization is sorted by, and the texts by which it is found: its names, and everything."""

    order: tuple[int | str, ...]
    names: str
    text: str


_OF_CONTACTS: Mapping[str, type[Attempt | Interview | FollowUp]] = {
    TABLE_OF[Attempt]: Attempt,
    TABLE_OF[Interview]: Interview,
    TABLE_OF[FollowUp]: FollowUp,
}
"""The tables of what belongs to a contact, and decides how far they have come."""


class Organizations:
    """Lists organizations, and changes what is kept of them; whatever a method changes is one change.

    They are named by their places, as `OrganizationDirectory` has it. One without a record gets it with the
    first change.
    """

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
        self._facts: dict[str, _Listed] = {}
        self._stale: dict[str, None] | None = None
        self._in_order: list[str] | None = None
        store.listen(self._note_changed)

    def prepare(self, limit: int = 0) -> bool:
        """Work out what at most `limit` more organizations are sorted and found by, or all with 0.

        Returns whether that of all is worked out. After a change only what it is about is worked out again.
        """
        if not self._directory.prepare(limit):
            return False
        if self._stale is None:
            records = (record.id for record in self._store.all(Organization))
            self._stale = dict.fromkeys((*records, *self._directory.with_contacts()))
            return not self._stale
        for place in list(islice(self._stale, limit or None)):
            del self._stale[place]
            self._work_out(place)
        return not self._stale

    def sorted(self, by: OrganizationsBy) -> list[str]:
        """Return the places of the organizations that have a record or a contact, in an order.

        Equal ones stay in the order of their ways in, the best first, and then of their names.
        """
        places, record = self._by_ways_in(), self._directory.record
        match by:
            case OrganizationsBy.WAYS_IN:
                return list(places)
            case OrganizationsBy.NAME:
                return sorted(places, key=lambda place: folded(self._directory.name_of(place)))
            case OrganizationsBy.POSTING:
                found = {place: record(place) for place in places}
                postings = {place: one.posting if one else Posting.UNKNOWN for place, one in found.items()}
                return sorted(places, key=lambda place: _POSTINGS.index(postings[place]))
            case OrganizationsBy.WANTED:
                return sorted(places, key=lambda place: -(one.wanted if (one := record(place)) else 0))

    def found(self, typed: str) -> list[str]:
        """Return the places of organizations that have every word typed, also those only the pool knows.

        Their names, notes and contacts are looked at; those come first where it is in a name, and of those
        the most wanted.
        """
        facts = self._facts_of_all()
        places = self.sorted(OrganizationsBy.WANTED)
        found = [(place, facts[place].names, facts[place].text) for place in places]
        named = found
        for term in terms(typed):
            found, named = having(found, term, 2), having(named, term, 1)
        in_name = dict.fromkeys(place for place, _, _ in named)
        elsewhere = [place for place, _, _ in found if place not in in_name]
        return [*in_name, *elsewhere, *sorted(self._directory.only_in_pool(typed))]

    def standing(self, place: str) -> Standing:
        """Return how things are with one organization."""
        people, pool = self.people_at(place), self._directory.pool_at(place)
        ways = Counter(way for person in people if (way := way_in(person.contact.source, person.stage)))
        ways[WayIn.POOL] = len(pool)
        turn = turn_of(people, pool, self._time.now(), self._cadence, self._time.calendar)
        record = self._directory.record(place)
        return Standing(place, self._directory.name_of(place), record, best_first(ways), turn)

    def people_at(self, place: str) -> list[PersonThere]:
        """Return the contacts at an organization, by name."""
        return [
            PersonThere(
                contact,
                self._address_book.stage(contact.id),
                self._store.of_contact(Attempt, contact.id),
                self._address_book.next_step(contact.id),
            )
            for contact in self._directory.contacts_at(place)
        ]

    def call_owed(self, contact: Contact) -> FollowUp | None:
        """Return the call to a contact that is due first, or None."""
        calls = self._store.open_of_contact(contact.id, FollowUpKind.CALL)
        return min(calls, key=lambda call: self._time.calendar.order_of(call.due, call.part), default=None)

    def problems(self, fields: Mapping[str, str], place: str = "") -> dict[str, str]:
        """Return what is wrong with the fields of the organization at `place`, or of a new one, by field."""
        found: dict[str, str] = {}
        name = plain_line(fields.get("name", "x"))
        if not organization_key(name):
            found["name"] = "a name is needed"
        elif other := self._called(name, place) or (place and self._people_called_so(name, place)):
            found["name"] = f"{other} is here already"
        for one in _split(fields.get("other_names", "")):
            if other := self._called(one, place):
                found["other_names"] = f"{one} is {other} here"
        return found

    def add(self, fields: Mapping[str, str]) -> Organization:
        """Add an organization, perhaps before anybody there is known."""
        record = self._with(self._address_book.new_organization(plain_line(fields["name"])), fields)
        self._history.commit(f"add {record.name}", record)
        return record

    def edit(self, place: str, fields: Mapping[str, str]) -> None:
        """Change the given fields of an organization.

        With its name the texts of the people there change that are the old name.
        """
        before = self.record_for(place)
        after = self._with(before, fields)
        people = self._people_called(place, before.name, after.name) if after.name != before.name else []
        self._history.commit(f"edit {before.name}", after, *people)

    def want(self, place: str, by: int) -> Organization | None:
        """Want an organization more, or with a negative `by` less; return it, None if nothing changes."""
        record = self.record_for(place)
        wanted = min(max(record.wanted + by, 0), MOST_WANTED)
        if wanted == record.wanted:
            return None
        changed = replace(record, wanted=wanted)
        self._history.commit(f"wanted {wanted} of {MOST_WANTED}: {record.name}", changed)
        return changed

    def next_posting(self, place: str) -> Organization:
        """Say that openings are posted, then that none are, then that it is not known; return it."""
        record = self.record_for(place)
        order = (Posting.UNKNOWN, Posting.OPEN, Posting.NONE)
        posting = order[(order.index(record.posting) + 1) % len(order)]
        changed = replace(record, posting=posting)
        self._history.commit(f"postings: {record.name}", changed)
        return changed

    def merge(self, place: str, into: str) -> Organization:
        """Make one organization of two; return the one that is kept.

        The other's names become names of it, so that the people there, who keep their texts, are found at it.
        Merged into itself, as once another session has merged the two, it stays as it is.
        """
        kept = self.record_for(into)
        if place == into:
            return kept
        other = self.record_for(place)
        both = merged(kept, other)
        gone = self._directory.record(place)
        self._history.commit(
            f"merge {other.name} into {kept.name}", both, removed=(gone,) if gone is not None else ()
        )
        return both

    def delete(self, place: str) -> None:
        """Delete what is kept of an organization; the people there stay, and so does its name with them."""
        record = self._directory.record(place)
        if record is not None:
            self._history.commit(f"delete {record.name}", removed=(record,))

    def record_for(self, place: str) -> Organization:
        """Return the record of an organization; where there is none a new one, not in the store yet."""
        found = self._directory.record(place)
        return found or self._address_book.new_organization(self._directory.name_of(place))

    def _with(self, record: Organization, fields: Mapping[str, str]) -> Organization:
        """Return `record` with the given fields, which are texts."""
        name = plain_line(fields.get("name", record.name))
        changes: dict[str, Any] = {}
        if "other_names" in fields:
            changes["other_names"] = distinct_names(_split(fields["other_names"]), besides=record.name)
        if "notes" in fields:
            changes["notes"] = visible(fields["notes"]).strip()
        if "wanted" in fields:
            changes["wanted"] = int(fields["wanted"])
        if "posting" in fields:
            changes["posting"] = Posting(fields["posting"])
        changed = replace(record, **changes)
        return renamed(changed, name) if name != record.name else changed

    def _people_called(self, place: str, before: str, after: str) -> list[Contact | PoolPerson]:
        """Return the people at a place whose organization is the text `before`, with `after` instead."""
        contacts, pool = self._directory.contacts_at(place), self._directory.pool_at(place)
        return [
            *(replace(person, organization=after) for person in contacts if person.organization == before),
            *(replace(person, organization=after) for person in pool if person.organization == before),
        ]

    def _called(self, name: str, place: str) -> str:
        """Return the name of another organization than that at `place` which is called `name`; or empty."""
        record = self._directory.index.find(name)
        return record.name if record is not None and record.id != place else ""

    def _people_called_so(self, name: str, place: str) -> str:
        """Return the name of another organization that has people, and perhaps no record; or empty."""
        found = self._directory.place_of(name)
        return self._directory.name_of(found) if found != place else ""

    def _by_ways_in(self) -> Sequence[str]:
        """Return all places with a record or a contact, the best ways in first."""
        facts = self._facts_of_all()
        if self._in_order is None:
            self._in_order = sorted(facts, key=lambda place: facts[place].order)
        return self._in_order

    def _facts_of_all(self) -> Mapping[str, _Listed]:
        while not self.prepare():
            pass
        return self._facts

    def _work_out(self, place: str) -> None:
        """Work out the facts of an organization, or forget it if it has neither record nor contact."""
        record, index = self._directory.record(place), self._directory.index
        is_place = record is not None or index.place_of_key(place) == place
        people = self._directory.contacts_at(place) if is_place else []
        before = self._facts.pop(place, None)
        if record is None and not people:
            self._in_order = None
            return
        name = self._directory.name_of(place)
        stages = ((contact.source, self._address_book.stage(contact.id)) for contact in people)
        ways = Counter(way_in(source, stage) for source, stage in stages)
        names = "\n".join(map(found_by, (name, *(record.other_names if record is not None else ()))))
        notes = searchable(record.notes) if record is not None else ""
        text = "\n".join((names, notes, *(found_by(contact.name) for contact in people)))
        self._facts[place] = _Listed((*(-ways[way] for way in WayIn), folded(name)), names, text)
        if before is None or before.order != self._facts[place].order:
            self._in_order = None

    def _note_changed(self, change: Change) -> None:
        if self._stale is None:
            return
        for edit in change.edits:
            for side in (edit.before, edit.after):
                for place in self._places_in(edit.table, edit.id, side or {}):
                    self._stale[place] = None

    def _places_in(self, table: str, id_: str, fields: Mapping[str, Any]) -> Iterator[str]:
        """Yield the places that a record of some `fields` belongs to, as it was and as it is now."""
        names: list[str] = []
        if table == TABLE_OF[Organization]:
            yield id_
            names = [fields.get("name", ""), *fields.get("other_names", ())]
        elif table == TABLE_OF[Contact]:
            contact = self._store.contact(id_)
            names = [fields.get("organization", ""), contact.organization if contact else ""]
        elif table in _OF_CONTACTS:
            found = self._store.get(_OF_CONTACTS[table], id_)
            contact = self._store.contact(found.contact_id if found else fields.get("contact_id", ""))
            names = [contact.organization if contact else ""]
        for name in names:
            if key := organization_key(name):
                yield key
                yield self._directory.index.place_of_key(key)


def _split(names: str) -> list[str]:
    """Return the names in a field of several."""
    return [name for part in names.split(SEPARATOR) if (name := plain_line(part))]
