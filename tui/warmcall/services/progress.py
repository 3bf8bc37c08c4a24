"""How the search goes: figures out of the records, calculated again only when those have changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple, TypeVar

import msgspec

from warmcall.domain.kinds_met import kind_to_ask
from warmcall.domain.pipeline import AskResult, Pipeline, PipelineStep, pipeline_of
from warmcall.domain.records import Attempt, Contact, FollowUp, Interview, Week
from warmcall.domain.referral_tree import Branch, chains_in, length, referral_tree
from warmcall.domain.store import Store
from warmcall.domain.targets import serves, talk_target_id
from warmcall.domain.vocabulary import ContactKind, FollowUpKind, Stage
from warmcall.domain.week_counts import WeekCount, week_counts
from warmcall.services.address_book import AddressBook
from warmcall.services.clock import Timekeeper
from warmcall.services.weeks import Weeks

R = TypeVar("R", Attempt, Interview, FollowUp)

_TO_BE_MET = (Stage.NEW, Stage.ASKED, Stage.SCHEDULED)
"""Stages of people who may still be met: with one of them a chain of referrals goes on."""


class RatedTalk(msgspec.Struct, frozen=True):
    """How sure of themselves the user was after a meeting, and how the job fits: 1 to 5, 0 if not said."""

    contact_id: str
    at: datetime
    confidence: int
    fit: int


class ProgressFigures(msgspec.Struct, frozen=True):
    """How far people have come, and how the last weeks and meetings went.

    `began` is the user's day on which the first contact was added. `goal` is how many people are to be asked
    in a week, 0 where there are several targets: it counts everybody asked. `talks` are the meetings that
    were rated, and `met` the ids of those met by kind, oldest first. `to_ask` is the kind of people that the
    mix lacks, and `to_meet` are those of it who were not met and have not said no.
    """

    pipeline: Pipeline
    today: date
    began: date | None
    goal: int
    weeks: tuple[WeekCount, ...]
    talks: tuple[RatedTalk, ...]
    met: Mapping[ContactKind, tuple[str, ...]]
    to_ask: ContactKind | None
    to_meet: tuple[str, ...]


class Referrals(msgspec.Struct, frozen=True):
    """Who led to whom: the branches of the tree by contact id, in its order.

    Of `chains` of at least two people `going_on` have somebody still to be met; `longest` counts the people
    one under another in the longest. `telling` is what is or was owed to referrers, by the id of the person
    met, and `untold` how many of these are still open.
    """

    branches: Mapping[str, Branch]
    ids: tuple[str, ...]
    today: date
    chains: int
    going_on: int
    longest: int
    telling: Mapping[str, FollowUp]
    untold: int


class _Tree(NamedTuple):
    """The tree of referrals: its branches and ids in its order, its chains, and how long the longest is."""

    branches: Mapping[str, Branch]
    ids: tuple[str, ...]
    chains: Sequence[Sequence[Branch]]
    longest: int


class _Everybody(NamedTuple):
    """How far everybody has come, and the talks held, the oldest first."""

    pipeline: Pipeline
    talks: Sequence[Interview]


class Progress:
    """Reads figures out of the store; nothing is stored. Asking again costs nothing while nothing changed."""

    def __init__(self, store: Store, time: Timekeeper, weeks: Weeks, address_book: AddressBook) -> None:
        self._store = store
        self._time = time
        self._weeks = weeks
        self._address_book = address_book
        self._figures: tuple[object, dict[str, ProgressFigures]] = (None, {})
        self._all: tuple[object, _Everybody] | None = None
        self._referrals: tuple[object, Referrals] | None = None
        self._shape: tuple[object, _Tree] | None = None

    def figures(self) -> ProgressFigures:
        """Return the figures for the present target, as of today."""
        target = self._store.target
        return self.figures_for(target.id if target else "")

    def figures_for(self, target_id: str) -> ProgressFigures:
        """Return the figures for a target, as of today: of those who serve it, and of the talks for it.

        Where there is only one target they are of everybody.
        """
        basis, known = self._basis(), self._store.target_ids
        which = target_id if len(known) > 1 else ""
        if self._figures[0] != (basis, known if which else None):
            self._figures = ((basis, known if which else None), {})
        found = self._figures[1]
        if which not in found:
            found[which] = self._calculated(self._everybody(basis), which)
        return found[which]

    def referrals(self) -> Referrals:
        """Return who led to whom, as of today."""
        basis = self._basis()
        if self._referrals is None or self._referrals[0] != basis:
            self._referrals = (basis, self._found_referrals())
        return self._referrals[1]

    def _basis(self) -> object:
        """Return what differs as soon as figures may: the records they come from, the day, and the zone."""
        calendar = self._time.calendar
        revision = self._store.revision(Contact, Attempt, Interview, FollowUp, Week)
        return revision, calendar.day_of(self._time.now()), calendar.zone

    def _everybody(self, basis: object) -> _Everybody:
        """Return how far each contact has come, whatever target they serve, and all talks held."""
        if self._all is None or self._all[0] != basis:
            store = self._store
            talks = sorted(
                (talk for talk in store.all(Interview) if talk.was_held and store.contact(talk.contact_id)),
                key=lambda talk: talk.began_at,
            )
            met_ids = {talk.contact_id for talk in talks}
            pipeline = pipeline_of(
                store.all(Contact),
                _by_contact(store.all(Attempt)),
                _by_contact(store.all(Interview)),
                _by_contact(owed for owed in store.all(FollowUp) if owed.contact_id in met_ids),
            )
            self._all = (basis, _Everybody(pipeline, talks))
        return self._all[1]

    def _calculated(self, everybody: _Everybody, target_id: str) -> ProgressFigures:
        """Return the figures of those who serve a target, of everybody with an empty `target_id`."""
        store, calendar, known = self._store, self._time.calendar, self._store.target_ids
        today = calendar.day_of(self._time.now())
        pipeline, talks = everybody
        rated: Sequence[Interview] = talks
        contacts = list(store.all(Contact))
        serving = {contact.id for contact in contacts}
        if target_id:
            contacts = [contact for contact in contacts if serves(contact, target_id, known)]
            serving = {contact.id for contact in contacts}
            pipeline = Pipeline(tuple(person for person in pipeline.people if person.contact_id in serving))
            rated = [
                talk
                for talk in talks
                if talk_target_id(talk.target_id, store.require(Contact, talk.contact_id), target_id, known)
                == target_id
            ]
            talks = [talk for talk in talks if talk.contact_id in serving]
        asked = {
            monday: [id_ for id_ in sorted(ids) if id_ in serving]
            for monday, ids in self._weeks.asked_by_week().items()
        }
        off = frozenset(week.monday for week in store.all(Week) if week.off)
        first = min((contact.created_at for contact in contacts), default=None)
        coming = {kind: list(ids) for kind, ids in self._by_kind(talk.contact_id for talk in talks).items()}
        met = {kind: tuple(ids) for kind, ids in coming.items()}
        for person in pipeline.people:
            contact = store.contact(person.contact_id) if person.step is PipelineStep.AGREED else None
            if contact is not None:
                coming.setdefault(contact.kind, []).append(contact.id)
        return ProgressFigures(
            pipeline=pipeline,
            today=today,
            began=calendar.day_of(first) if first else None,
            goal=0 if target_id else self._weeks.goal,
            weeks=week_counts(asked, talks, off, today, calendar),
            talks=tuple(
                RatedTalk(talk.contact_id, talk.began_at, talk.debrief.confidence, talk.debrief.fit)
                for talk in rated
                if talk.debrief.confidence or talk.debrief.fit
            ),
            met=met,
            to_ask=(to_ask := kind_to_ask(coming)),
            to_meet=tuple(self._to_meet(pipeline, to_ask)) if to_ask else (),
        )

    def _to_meet(self, pipeline: Pipeline, kind: ContactKind) -> Iterable[str]:
        """Yield those of a kind who were not met and have not said no."""
        for person in pipeline.people:
            contact = self._store.require(Contact, person.contact_id)
            if contact.kind is kind and person.step < PipelineStep.MET and person.answer is not AskResult.NO:
                yield contact.id

    def _by_kind(self, ids: Iterable[str]) -> dict[ContactKind, list[str]]:
        """Return the contacts of those ids by kind, each once."""
        found: dict[ContactKind, list[str]] = {}
        for id_ in dict.fromkeys(ids):
            contact = self._store.contact(id_)
            if contact is not None:
                found.setdefault(contact.kind, []).append(id_)
        return found

    def _found_referrals(self) -> Referrals:
        tree = self._tree()
        telling: dict[str, FollowUp] = {}
        for owed in self._store.all(FollowUp):
            if owed.kind is not FollowUpKind.TELL_REFERRER or owed.dropped:
                continue
            person = tree.branches.get(owed.about_id)
            if person is None or person.contact.referrer_id != owed.contact_id:
                continue
            if owed.done_at is None or owed.about_id not in telling:
                telling[owed.about_id] = owed
        return Referrals(
            branches=tree.branches,
            ids=tree.ids,
            today=self._time.calendar.day_of(self._time.now()),
            chains=len(tree.chains),
            going_on=sum(any(self._is_to_be_met(branch) for branch in chain) for chain in tree.chains),
            longest=tree.longest,
            telling=telling,
            untold=sum(owed.done_at is None for owed in telling.values()),
        )

    def _tree(self) -> _Tree:
        """Return the tree; it is built again only when contacts have changed."""
        revision = self._store.revision(Contact)
        if self._shape is None or self._shape[0] != revision:
            tree = referral_tree(self._store.all(Contact))
            branches = {branch.contact.id: branch for branch in tree}
            chains = chains_in(tree)
            longest = max(map(length, chains), default=0)
            self._shape = (revision, _Tree(branches, tuple(branches), chains, longest))
        return self._shape[1]

    def _is_to_be_met(self, branch: Branch) -> bool:
        return self._address_book.stage(branch.contact.id) in _TO_BE_MET


def _by_contact(records: Iterable[R]) -> dict[str, list[R]]:
    """Return attempts, interviews or follow-ups by the id of their contact."""
    found: dict[str, list[R]] = {}
    for record in records:
        found.setdefault(record.contact_id, []).append(record)
    return found
