"""How the search goes: figures out of the records, calculated again only when those have changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

import msgspec

from warmcall.domain.kinds_met import kind_to_ask
from warmcall.domain.pipeline import AskResult, Pipeline, PipelineStep
from warmcall.domain.records import Attempt, Contact, FollowUp, Interview, Week
from warmcall.domain.referral_tree import Branch, length, referral_chains
from warmcall.domain.store import Store
from warmcall.domain.targets import talk_target_id
from warmcall.domain.vocabulary import ContactKind, FollowUpKind, Stage
from warmcall.domain.week_counts import WeekCount, first_counted, week_counts
from warmcall.services.clock import Timekeeper
from warmcall.services.contact_changes import ContactFields
from warmcall.services.pipelines import EVERYBODY, Pipelines, several_targets
from warmcall.services.stages import Stages
from warmcall.services.weeks import Weeks

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
    """Who led to whom: all `ids` in the order of the tree, and the branches of those in a chain, by id.

    Of the `chains`, each of at least two people by id, `going_on` have somebody still to be met; `longest`
    counts the people one under another in the longest. `telling` is what is or was owed to referrers, by the
    id of the person met, and `untold` how many of these are still open.
    """

    branches: Mapping[str, Branch]
    ids: tuple[str, ...]
    today: date
    chains: Sequence[Sequence[str]]
    going_on: int
    longest: int
    telling: Mapping[str, FollowUp]
    untold: int


class _Tree(NamedTuple):
    """The tree of referrals: branches by id, all ids in order, the chains, and how long the longest is."""

    branches: Mapping[str, Branch]
    ids: tuple[str, ...]
    chains: Sequence[Sequence[str]]
    longest: int


class _OfTarget:
    """What was calculated for one target, and from what: the figures, the rated talks, those of one kind."""

    def __init__(self) -> None:
        self.basis: object = None
        self.figures: ProgressFigures | None = None
        self.rated: tuple[Sequence[Interview], tuple[RatedTalk, ...]] | None = None
        self.of_kind: tuple[object, tuple[str, ...]] = (None, ())


class Progress:
    """Reads figures out of the store; nothing is stored. Asking again costs nothing while nothing changed."""

    def __init__(self, store: Store, time: Timekeeper, weeks: Weeks, stages: Stages) -> None:
        self._store = store
        self._time = time
        self._weeks = weeks
        self._stages = stages
        self._pipelines = Pipelines(store)
        self._known: frozenset[str] = frozenset()
        self._kept: dict[str, _OfTarget] = {}
        self._in_figures = ContactFields(store, "kind", "target_id", "also_for")
        self._held: tuple[object, Sequence[Interview]] = (None, ())
        self._referrals: tuple[object, Referrals] | None = None
        self._in_tree = ContactFields(store, "referrer_id", "created_at")
        self._shape: tuple[object, _Tree] | None = None

    def figures(self) -> ProgressFigures:
        """Return the figures for the present target, as of today."""
        target = self._store.target
        return self.figures_for(target.id if target else "")

    def figures_for(self, target_id: str) -> ProgressFigures:
        """Return the figures for a target, as of today: of those who serve it, and of the talks for it.

        Where there is only one target they are of everybody.
        """
        which, kept = self._kept_of(target_id)
        pipeline, calendar = self._pipelines.of(which), self._time.calendar
        revision = self._store.revision(Attempt, Interview, Week)
        basis = (revision, self._in_figures.revision(), calendar.day_of(self._time.now()), calendar.zone)
        if kept.figures is None or kept.basis != basis or kept.figures.pipeline is not pipeline:
            kept.basis, kept.figures = basis, self._calculated(pipeline, which)
        return kept.figures

    def pipeline(self, target_id: str) -> Pipeline:
        """Return how far those have come who serve a target; where there is only one, everybody."""
        return self._pipelines.of(self._kept_of(target_id)[0])

    def rated_talks(self, target_id: str) -> tuple[RatedTalk, ...]:
        """Return the rated talks for a target, the oldest first; where there is only one target, all."""
        which, kept = self._kept_of(target_id)
        held = self._talks_held()
        if kept.rated is None or kept.rated[0] is not held:
            rated = (talk for talk in held if talk.debrief.confidence or talk.debrief.fit)
            found = (
                RatedTalk(talk.contact_id, talk.began_at, talk.debrief.confidence, talk.debrief.fit)
                for talk in rated
                if not which or self._is_for(talk, which)
            )
            kept.rated = (held, tuple(found))
        return kept.rated[1]

    def referrals(self) -> Referrals:
        """Return who led to whom, as of today."""
        calendar = self._time.calendar
        revision = self._store.revision(Contact, Attempt, Interview, FollowUp)
        basis = (revision, calendar.day_of(self._time.now()))
        if self._referrals is None or self._referrals[0] != basis:
            self._referrals = (basis, self._found_referrals())
        return self._referrals[1]

    def _kept_of(self, target_id: str) -> tuple[str, _OfTarget]:
        """Return the id that figures for a target are kept under, empty for everybody's, and what is kept."""
        known = several_targets(self._store)
        if known != self._known:
            self._known, self._kept = known, {}
        which = target_id if known else EVERYBODY
        return which, self._kept.setdefault(which, _OfTarget())

    def _talks_held(self) -> Sequence[Interview]:
        """Return all talks held with contacts who are still there, the oldest first."""
        store = self._store
        revision = (store.revision(Interview), self._in_figures.revision())
        if self._held[0] != revision:
            held = (talk for talk in store.all(Interview) if talk.was_held and store.contact(talk.contact_id))
            self._held = (revision, sorted(held, key=lambda talk: talk.began_at))
        return self._held[1]

    def _is_for(self, talk: Interview, target_id: str) -> bool:
        contact = self._store.require(Contact, talk.contact_id)
        return talk_target_id(talk.target_id, contact, target_id, self._known) == target_id

    def _calculated(self, pipeline: Pipeline, which: str) -> ProgressFigures:
        """Return the figures of those who serve a target, of everybody with an empty id."""
        store, calendar, serving = self._store, self._time.calendar, self._pipelines.serving(which)
        today = calendar.day_of(self._time.now())
        talks = [talk for talk in self._talks_held() if talk.contact_id in serving]
        counted = self._weeks.asked_by_week().items()
        since = first_counted(today)
        asked = {day: [id_ for id_ in sorted(ids) if id_ in serving] for day, ids in counted if day >= since}
        off = frozenset(week.monday for week in store.all(Week) if week.off)
        began_at = self._pipelines.began_at(which)
        coming = {kind: list(ids) for kind, ids in self._by_kind(talk.contact_id for talk in talks).items()}
        met = {kind: tuple(ids) for kind, ids in coming.items()}
        for person in pipeline.asked:
            if person.step is PipelineStep.AGREED:
                coming.setdefault(store.require(Contact, person.contact_id).kind, []).append(
                    person.contact_id
                )
        to_ask = kind_to_ask(coming)
        return ProgressFigures(
            pipeline=pipeline,
            today=today,
            began=calendar.day_of(began_at) if began_at else None,
            goal=0 if which else self._weeks.goal,
            weeks=week_counts(asked, talks, off, today, calendar),
            talks=self.rated_talks(which),
            met=met,
            to_ask=to_ask,
            to_meet=self._to_meet(pipeline, which, to_ask) if to_ask else (),
        )

    def _to_meet(self, pipeline: Pipeline, which: str, kind: ContactKind) -> tuple[str, ...]:
        """Return those of a kind who were not met and have not said no."""
        revision, kept = self._in_figures.revision(), self._kept[which]
        if kept.of_kind[0] != (revision, kind):
            serving, contacts = self._pipelines.serving(which), self._store.all(Contact)
            ids = tuple(one.id for one in contacts if one.kind is kind and one.id in serving)
            kept.of_kind = ((revision, kind), ids)
        out = {
            person.contact_id
            for person in pipeline.asked
            if person.step >= PipelineStep.MET or person.answer is AskResult.NO
        }
        return tuple(id_ for id_ in kept.of_kind[1] if id_ not in out)

    def _by_kind(self, ids: Iterable[str]) -> dict[ContactKind, list[str]]:
        """Return the contacts of those ids by kind, each once."""
        found: dict[ContactKind, list[str]] = {}
        for id_ in dict.fromkeys(ids):
            contact = self._store.contact(id_)
            if contact is not None:
                found.setdefault(contact.kind, []).append(id_)
        return found

    def _found_referrals(self) -> Referrals:
        tree, tried = self._tree(), self._stages.tried()
        telling: dict[str, FollowUp] = {}
        for owed in self._store.all(FollowUp):
            if owed.kind is not FollowUpKind.TELL_REFERRER or owed.dropped:
                continue
            person = self._store.contact(owed.about_id)
            if person is None or person.referrer_id != owed.contact_id:
                continue
            if owed.done_at is None or owed.about_id not in telling:
                telling[owed.about_id] = owed
        return Referrals(
            branches=tree.branches,
            ids=tree.ids,
            today=self._time.calendar.day_of(self._time.now()),
            chains=tree.chains,
            going_on=sum(any(tried.get(id_, Stage.NEW) in _TO_BE_MET for id_ in ids) for ids in tree.chains),
            longest=tree.longest,
            telling=telling,
            untold=sum(owed.done_at is None for owed in telling.values()),
        )

    def _tree(self) -> _Tree:
        """Return the tree; it is built again only when somebody has come, gone, or another referrer."""
        revision = self._in_tree.revision()
        if self._shape is None or self._shape[0] != revision:
            chains, alone = referral_chains(self._store.all(Contact))
            branches = {branch.contact_id: branch for chain in chains for branch in chain}
            chains_of_ids = [[branch.contact_id for branch in chain] for chain in chains]
            longest = max(map(length, chains), default=0)
            self._shape = (revision, _Tree(branches, (*branches, *alone), chains_of_ids, longest))
        return self._shape[1]
