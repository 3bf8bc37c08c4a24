"""The shortlist: who of the pool, and of the contacts not asked yet, is worth asking next, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import NamedTuple

from warmcall.config.library import Library
from warmcall.domain.change import Change
from warmcall.domain.organizations import organization_key
from warmcall.domain.ranking import (
    Aim,
    Point,
    PointKind,
    Surroundings,
    kind_of,
    met_before,
    other_reasons,
    own_reasons,
    same_school,
    stems_of,
)
from warmcall.domain.records import (
    TABLE_OF,
    Attempt,
    Contact,
    FollowUp,
    Interview,
    Organization,
    PoolPerson,
    Profile,
    Target,
)
from warmcall.domain.store import Store
from warmcall.domain.text_folding import folded
from warmcall.domain.vocabulary import ContactKind, FollowUpKind, Stage
from warmcall.domain.who_is_next import Wait, turn_of
from warmcall.services.address_book import AddressBook
from warmcall.services.clock import Timekeeper
from warmcall.services.organization_directory import OrganizationDirectory
from warmcall.services.organizations import Organizations
from warmcall.services.pool import Pool

SLICE = 500
"""How many people are indexed or ranked at a time: some 10 ms of processor."""

_RANKING_COSTS = 4
"""Ranking somebody takes as long as indexing so many."""

_CHOICE = 2
"""For each person still to be asked this week so many are proposed, so that there is a choice."""

_ENOUGH = frozenset(
    {
        PointKind.TITLE,
        PointKind.WORD,
        PointKind.WANTED,
        PointKind.INTRODUCTION,
        PointKind.MET,
        PointKind.SCHOOL,
    }
)
"""Reasons of which somebody on the shortlist has at least one: the others only add to them."""

_ASKING = (FollowUpKind.CALL, FollowUpKind.CONFIRM, FollowUpKind.INTERVIEW)
"""What is owed to somebody who is being asked."""


class Place(NamedTuple):
    """Somebody's place: what they can help with, the reasons, and the sum of their weights.

    `asked_id` is the contact who is being asked at the same organization now, which holds them back; empty
    if nobody is.
    """

    id: str
    kind: ContactKind
    points: tuple[Point, ...]
    score: int
    asked_id: str


class _PoolIndex:
    """Finds the people of the pool of whom something may be a reason, without looking at all of them.

    They are by the stems of their titles and by organization; `marked` are those with a reason elsewhere.
    """

    def __init__(self, school: str) -> None:
        self.school = school
        self.by_stem: dict[str, set[str]] = {}
        self.by_place: dict[str, set[str]] = {}
        self.marked: set[str] = set()
        self._entries: dict[str, tuple[tuple[str, ...], str]] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def put(self, id_: str, person: PoolPerson | None) -> None:
        """Index somebody as they are now; who is gone, or never to be asked, is left out."""
        stems, place = self._entries.pop(id_, ((), ""))
        for stem in stems:
            self.by_stem[stem].discard(id_)
        self.by_place.get(place, set()).discard(id_)
        self.marked.discard(id_)
        if person is None or person.never:
            return
        stems, place = tuple(stems_of(person.title)), organization_key(person.organization)
        self._entries[id_] = (stems, place)
        for stem in stems:
            self.by_stem.setdefault(stem, set()).add(id_)
        if place:
            self.by_place.setdefault(place, set()).add(id_)
        if person.referrer or met_before(person) or same_school(person, self.school):
            self.marked.add(id_)


class _Facts(NamedTuple):
    """What the records say besides the pool, while none of them changes.

    `wanted`, `met` and `asked` are by the place of an organization: how much it is wanted, a contact met
    there, a contact being asked there. `free` are the contacts not asked yet to whom nothing is owed;
    `around` is filled in as it is needed.
    """

    wanted: dict[str, int]
    met: dict[str, Contact]
    asked: dict[str, str]
    met_ids: frozenset[str]
    kinds: frozenset[ContactKind]
    free: tuple[str, ...]
    around: dict[str, Surroundings]


class _Own(NamedTuple):
    """What is known of a person by themselves: reasons, kind, organization's key, name to sort by."""

    points: tuple[Point, ...]
    kind: ContactKind | None
    place: str
    name: str


class Shortlist:
    """Ranks people by the reasons of `domain/ranking`, and keeps the result while nothing changes.

    `prepare` does the work in slices; after a change only what it concerns is done again.
    """

    def __init__(
        self,
        store: Store,
        time: Timekeeper,
        library: Library,
        address_book: AddressBook,
        pool: Pool,
        organizations: Organizations,
        directory: OrganizationDirectory,
    ) -> None:
        self._store = store
        self._time = time
        self._library = library
        self._address_book = address_book
        self._pool = pool
        self._organizations = organizations
        self._directory = directory
        self._index: _PoolIndex | None = None
        self._unindexed: dict[str, None] = {}
        self._facts: tuple[object, _Facts] | None = None
        self._own_basis: object = None
        self._own: dict[str, _Own] = {}
        self._basis: object = None
        self._waiting: Iterator[str] = iter(())
        self._places: dict[str, Place] = {}
        self._order: list[tuple[int, str, str]] = []
        self._ids: list[str] = []
        store.listen(self._note_changed)

    @property
    def ids(self) -> Sequence[str]:
        """The ids of those ranked, the first to be asked first, as `prepare` left them."""
        return self._ids

    @property
    def considered(self) -> int:
        """How many people were looked at: the pool without those never to be asked, and contacts."""
        return len(self._index or ()) + len(self._facts_now().free)

    def prepare(self, limit: int = SLICE) -> bool:
        """Index and rank at most `limit` more people; return whether the shortlist is as the records are."""
        index = self._index_now()
        for id_ in list(islice(self._unindexed, limit)):
            index.put(id_, self._store.get(PoolPerson, id_))
            del self._unindexed[id_]
            limit -= 1
        if self._unindexed:
            return False
        basis = self._basis_now()
        if basis != self._basis:
            self._basis, self._places, self._order = basis, {}, []
            self._waiting = iter(self._candidates(index))
        some = list(islice(self._waiting, max(limit // _RANKING_COSTS, 1)))
        for id_ in some:
            place = self._place_of(id_)
            if place is not None and any(point.kind in _ENOUGH for point in place.points):
                self._places[id_] = place
                self._order.append((-place.score, self._own[id_].name, id_))
        if len(some) == max(limit // _RANKING_COSTS, 1):
            return False
        self._order.sort()
        self._ids = [id_ for _, _, id_ in self._order]
        return True

    def place(self, person_id: str) -> Place | None:
        """Return the reasons for asking somebody, on the shortlist or not; None if they are gone."""
        kept = self._places.get(person_id) if self._basis == self._basis_now() else None
        return kept or self._place_of(person_id)

    def organization_of(self, person: PoolPerson | Contact) -> str:
        """Return what is the same for people of one organization; empty if it is not known."""
        return self._directory.place_of(person.organization)

    def person(self, id_: str) -> PoolPerson | Contact | None:
        """Return somebody of the pool, or a contact; None if they are gone."""
        return self._store.get(PoolPerson, id_) or self._store.contact(id_)

    def colleague(self, id_: str, others: Iterable[str]) -> PoolPerson | Contact | None:
        """Return who of `others` works at the same organization as somebody; None if nobody does."""
        person = self.person(id_)
        at = self.organization_of(person) if person is not None else ""
        people = (self.person(other) for other in others if at and other != id_)
        return next((each for each in people if each is not None and self.organization_of(each) == at), None)

    def proposed(self) -> int:
        """Return how many people are proposed for this week, or for the next if this one has its asks.

        They are twice as many as are still to be asked; whoever is held back is none of them.
        """
        end, held_back = self._proposed()
        return end - held_back

    def proposed_end(self) -> int:
        """Return the place in `ids` after the last of those proposed."""
        return self._proposed()[0]

    def _proposed(self) -> tuple[int, int]:
        """Return the place after the last proposed, and how many before it are held back."""
        most = _CHOICE * (self._pool.asks_left() or self._library.cadence.weekly_goal)
        held_back = 0
        for number, id_ in enumerate(self._ids):
            if number - held_back == most:
                return number, held_back
            place = self.place(id_)
            held_back += bool(place is None or place.asked_id)
        return len(self._ids), held_back

    @property
    def _aim(self) -> Aim:
        return self._pool.aim()

    @property
    def _school(self) -> str:
        profile = self._store.profile
        return profile.school.strip() if profile else ""

    @property
    def _today(self) -> date:
        return self._time.calendar.day_of(self._time.now())

    def _basis_now(self) -> object:
        """Return what differs as soon as a place may be another one."""
        kinds = (PoolPerson, Contact, Attempt, Interview, FollowUp, Organization, Profile, Target)
        return self._today, self._store.revision(*kinds)

    def _note_changed(self, change: Change) -> None:
        pool, contacts = TABLE_OF[PoolPerson], TABLE_OF[Contact]
        for edit in change.edits:
            if edit.table == pool and self._index is not None:
                self._unindexed[edit.id] = None
            if edit.table in (pool, contacts):
                self._own.pop(edit.id, None)

    def _index_now(self) -> _PoolIndex:
        """Return the index; a new one, with everybody still to be put into it, for another school."""
        school = folded(self._school)
        if self._index is None or self._index.school != school:
            self._index = _PoolIndex(school)
            self._unindexed = dict.fromkeys(person.id for person in self._store.all(PoolPerson))
        return self._index

    def _candidates(self, index: _PoolIndex) -> list[str]:
        """Return the ids of those who may have a reason."""
        facts = self._facts_now()
        found = set(index.marked)
        for stem in self._aim.words:
            found |= index.by_stem.get(stem, set())
        for place in facts.wanted.keys() | facts.met.keys():
            for key in self._directory.keys_of(place):
                found |= index.by_place.get(key, set())
        return [*facts.free, *found]

    def _place_of(self, id_: str) -> Place | None:
        person = self.person(id_)
        if person is None:
            return None
        facts, own = self._facts_now(), self._own_of(person)
        key = self._directory.index.place_of_key(own.place)
        around = facts.around.get(key)
        if around is None:
            met = facts.met.get(key) if key else None
            around = Surroundings(facts.wanted.get(key, 0), met.name if met else "", facts.kinds)
            facts.around[key] = around
        introducer = self._introducer(person)
        if introducer:
            around = around._replace(introducer=introducer)
        points = own.points + other_reasons(own.kind, bool(own.points), around, self._library.ranking)
        asked = facts.asked.get(key, "") if key else ""
        score = sum(point.weight for point in points)
        return Place(id_, own.kind or ContactKind.PRACTITIONER, points, score, asked if asked != id_ else "")

    def _own_of(self, person: PoolPerson | Contact) -> _Own:
        basis = (self._aim, self._school, self._today)
        if basis != self._own_basis:
            self._own_basis, self._own = basis, {}
        own = self._own.get(person.id)
        if own is None:
            own = self._own[person.id] = _Own(
                own_reasons(person, *basis, self._library.ranking),
                kind_of(person, self._aim),
                organization_key(person.organization),
                folded(person.name),
            )
        return own

    def _introducer(self, person: PoolPerson | Contact) -> str:
        """Return the name of somebody met who named the person; empty if nobody did."""
        if isinstance(person, Contact):
            named_by: Iterable[str] = (person.referrer_id,)
        elif person.referrer.strip():
            named_by = (contact.id for contact in self._address_book.people_called(person.referrer))
        else:
            return ""
        met_ids = self._facts_now().met_ids
        contact = self._store.contact(next((id_ for id_ in named_by if id_ in met_ids), ""))
        return contact.name if contact else ""

    def _facts_now(self) -> _Facts:
        revision = (
            self._store.revision(Contact, Attempt, Interview, FollowUp, Organization),
            self._today,
        )
        if self._facts is None or self._facts[0] != revision:
            self._facts = (revision, self._read_facts())
        return self._facts[1]

    def _read_facts(self) -> _Facts:
        store = self._store
        wanted = {record.id: record.wanted for record in store.all(Organization) if record.wanted}
        held = [talk for talk in store.all(Interview) if talk.was_held]
        met_ids = frozenset(talk.contact_id for talk in held)
        met: dict[str, Contact] = {}
        for talk in sorted(held, key=lambda talk: talk.began_at):
            contact = store.contact(talk.contact_id)
            if contact is not None and (place := self.organization_of(contact)):
                met[place] = contact
        asking: set[str] = set()
        owed_to = set()
        for owed in store.open_follow_ups():
            owed_to.add(owed.contact_id)
            contact = store.contact(owed.contact_id)
            if owed.kind in _ASKING and contact is not None:
                asking.add(self.organization_of(contact))
        asked = {place: id_ for place in asking if place and (id_ := self._asked_at(place))}
        begun = met_ids | {attempt.contact_id for attempt in store.all(Attempt)}
        planned = {talk.contact_id for talk in store.all(Interview)}
        kinds = {contact.kind for id_ in begun if (contact := store.contact(id_)) is not None}
        referrers = {contact.referrer_id for contact in store.all(Contact)}
        busy = begun | planned | owed_to | referrers
        free = tuple(contact.id for contact in store.all(Contact) if contact.id not in busy)
        return _Facts(wanted, met, asked, met_ids, frozenset(kinds), free, {})

    def _asked_at(self, place: str) -> str:
        """Return the id of who is being asked at an organization, or is to be called there; empty if nobody.

        Another may be asked once something written had no answer for some days, as the organizations have it.
        """
        people = self._organizations.people_at(place)
        turn = turn_of(people, (), self._time.now(), self._library.cadence, self._time.calendar)
        if turn.wait is not Wait.NOTHING:
            return turn.asked.contact.id if turn.asked is not None else ""
        queued = (there for there in people if there.stage is Stage.NEW and there.step is not None)
        return next((there.contact.id for there in queued), "")
