"""The organizations: what is kept of them, who is asked there, and who is next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

import msgspec

from warmcall.domain.cadence import Cadence
from warmcall.domain.organizations import (
    MOST_WANTED,
    distinct_names,
    merged,
    organization_key,
    renamed,
)
from warmcall.domain.records import (
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
from warmcall.domain.vocabulary import FollowUpKind, Posting, Stage
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
        self._ways: tuple[object, dict[str, Counter[WayIn]]] = (None, {})
        self._by_ways: tuple[object, list[str]] = (None, [])
        self._texts: tuple[object, dict[str, tuple[str, str]]] = (None, {})

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
        revision = (self._store.revision(Contact, Organization), self._directory.names_version)
        if self._texts[0] != revision:
            self._texts = revision, {place: self._text_of(place) for place in self._by_ways_in()}
        found = [(place, *self._texts[1][place]) for place in self.sorted(OrganizationsBy.WANTED)]
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
        elif other := self._called(name, place):
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
        """
        kept, other = self.record_for(into), self.record_for(place)
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

    def _text_of(self, place: str) -> tuple[str, str]:
        """Return the names by which an organization is found, and with them its notes and contacts."""
        record = self._directory.record(place)
        written = (record.name, *record.other_names) if record else (self._directory.name_of(place),)
        names = "\n".join(map(found_by, written))
        people = (found_by(contact.name) for contact in self._directory.contacts_at(place))
        notes = searchable(record.notes) if record is not None else ""
        return names, "\n".join((names, notes, *people))

    def _by_ways_in(self) -> Sequence[str]:
        """Return all places with a record or a contact, the best ways in first."""
        revision = self._store.revision(Contact, Attempt, Interview, FollowUp)
        basis = (revision, self._store.count(Organization), self._directory.names_version)
        if self._by_ways[0] != basis:
            records = (record.id for record in self._store.all(Organization))
            places = dict.fromkeys((*records, *self._directory.with_contacts()))
            ways = self._ways_in(revision)

            def key(place: str) -> tuple[list[int], str]:
                counts = [ways[key] for key in self._directory.keys_of(place) if key in ways]
                best = [-sum(count[way] for count in counts) for way in WayIn] if counts else []
                return best or [0] * len(WayIn), folded(self._directory.name_of(place))

            self._by_ways = basis, sorted(places, key=key)
        return self._by_ways[1]

    def _ways_in(self, revision: object) -> dict[str, Counter[WayIn]]:
        """Return the ways in by the key of a name.

        The stage is worked out only of those at whom something was tried.
        """
        if self._ways[0] != revision:
            tried = {interview.contact_id for interview in self._store.all(Interview)}
            tried |= {attempt.contact_id for attempt in self._store.all(Attempt)}
            found: dict[str, Counter[WayIn]] = {}
            for contact in self._store.all(Contact):
                stage = self._address_book.stage(contact.id) if contact.id in tried else Stage.NEW
                way, key = way_in(contact.source, stage), organization_key(contact.organization)
                if way is not None and key:
                    found.setdefault(key, Counter())[way] += 1
            self._ways = revision, found
        return self._ways[1]


def _split(names: str) -> list[str]:
    """Return the names in a field of several."""
    return [name for part in names.split(SEPARATOR) if (name := plain_line(part))]
