"""The report: what the search has shown, gathered to be given to somebody, with names or without."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from warmcall.domain.answers import Answer, theme_counts
from warmcall.domain.decisions import WeighedAnswer
from warmcall.domain.pseudonyms import Pseudonyms
from warmcall.domain.records import (
    Contact,
    Difference,
    Interview,
    MergedPerson,
    Opening,
    Organization,
    PoolPerson,
    Target,
)
from warmcall.domain.vocabulary import ContactKind, OpeningEnd, Source, Stage, TargetVerdict
from warmcall.services.answers import ASKED_KINDS
from warmcall.services.progress import ProgressFigures

if TYPE_CHECKING:
    from warmcall.services.services import Services


class ReportedPerson(msgspec.Struct, frozen=True):
    """Somebody of the report: the name or the pseudonym, and `work`, which is empty without names."""

    name: str
    work: str
    kind: ContactKind


class ReportedAnswer(msgspec.Struct, frozen=True):
    """What somebody said to a question, and on which of the user's days."""

    by: ReportedPerson
    on: date
    words: str
    starred: bool


class ReportedDifference(msgspec.Struct, frozen=True):
    """Two answers that differ: by whom they are, and how, in the user's words, which may be missing."""

    names: tuple[str, str]
    how: str


class ReportedQuestion(msgspec.Struct, frozen=True):
    """A question with its answers: starred ones first, then the newest.

    `themes` are those of the answers, with how many speak of each.
    """

    ask: str
    answers: tuple[ReportedAnswer, ...]
    themes: tuple[tuple[str, int], ...]
    differences: tuple[ReportedDifference, ...]


class ReportedRequirement(msgspec.Struct, frozen=True):
    """Something that must be true for the target to be right, and what was said for it and against it.

    It `is_open` if nothing was said of it, not even what is not to be repeated.
    """

    text: str
    supporting: tuple[ReportedAnswer, ...]
    opposing: tuple[ReportedAnswer, ...]
    is_open: bool


class ReportedDecision(msgspec.Struct, frozen=True):
    """What is decided about the target, and on which day; None as `verdict` if nothing is."""

    verdict: TargetVerdict | None
    on: date | None
    why: str
    would_change_my_mind: str
    requirements: tuple[ReportedRequirement, ...]


class ReportedTalk(msgspec.Struct, frozen=True):
    """What the user wrote down as learned right after a meeting, and what it changes."""

    by: ReportedPerson
    on: date
    learned: str
    changes: str


class ReportedAdvice(msgspec.Struct, frozen=True):
    """What somebody advised, and whether it was followed."""

    by: ReportedPerson
    words: str
    is_followed: bool


class ReportedOpening(msgspec.Struct, frozen=True):
    """An opening heard of, or a resume on file: where, who in People said so, and what became of it."""

    what: str
    place: str
    by: ReportedPerson | None
    on: date
    on_file: bool
    end: OpeningEnd


class ReportedBranch(msgspec.Struct, frozen=True):
    """Somebody in the tree of who led to whom; `depth` and `leads` are those of `referral_tree.Branch`."""

    person: ReportedPerson
    depth: int
    leads: tuple[bool, ...]
    source: Source
    stage: Stage


class Report(msgspec.Struct, frozen=True):
    """Everything in the report on the present target.

    Without `names` nothing in it is the name of a person or an organization. `author` is the user, empty
    without names. `chains` are the chains of referrals of at least two people, one of whom serves the target;
    `alone` counts the others who do. `unanswered` are the questions nobody has answered for the target, the
    most wanted first. `rated` are the names of the people whose meetings the figures rate, by contact id.
    """

    names: bool
    written_on: date
    author: str
    target: Target | None
    decision: ReportedDecision
    talks: tuple[ReportedTalk, ...]
    questions: tuple[ReportedQuestion, ...]
    themes: tuple[tuple[str, int], ...]
    unanswered: tuple[tuple[str, ContactKind], ...]
    advice: tuple[ReportedAdvice, ...]
    openings: tuple[ReportedOpening, ...]
    chains: tuple[ReportedBranch, ...]
    alone: int
    figures: ProgressFigures
    rated: Mapping[str, str]


def gather_report(services: Services, names: bool) -> Report:
    """Return the report as of today; answers that are not to be repeated are left out."""
    return _Gathering(services, names).report()


class _Gathering:
    """Reads the report out of the services, each text through `_text`, each person through `_person`."""

    def __init__(self, services: Services, names: bool) -> None:
        self._services = services
        self._store = services.store
        self._names = names
        self._pseudonyms = None if names else _pseudonyms(services)
        self._text: Callable[[str], str] = self._pseudonyms.hidden if self._pseudonyms else str
        self._people: dict[str, ReportedPerson] = {}

    def report(self) -> Report:
        progress, profile = self._services.progress, self._store.profile
        figures, referrals = progress.figures(), progress.referrals()
        answers = [
            answer for answer in self._services.answers.all().by_id.values() if self._is_reported(answer)
        ]
        order = {answer.id: place for place, answer in enumerate(answers)}
        serving = set(figures.pipeline.ids)
        in_chains = [id_ for chain in referrals.chains if serving.intersection(chain) for id_ in chain]
        return Report(
            names=self._names,
            written_on=self._day(self._services.time.now()),
            author=profile.name if profile and self._names else "",
            target=self._target(),
            decision=self._decision(),
            talks=tuple(self._talks()),
            questions=tuple(self._questions(order)),
            themes=tuple((self._text(theme), count) for theme, count in theme_counts(answers)),
            unanswered=tuple(
                (self._text(open_.question.ask), open_.kind)
                for open_ in self._services.answers.still_open().questions
            ),
            advice=tuple(
                ReportedAdvice(self._person(given.contact_id), self._text(given.words), given.is_followed)
                for given in self._services.advice.given()
                if given.contact_id in serving
            ),
            openings=tuple(self._openings()),
            chains=tuple(self._branch(id_) for id_ in in_chains),
            alone=len(serving.difference(in_chains)),
            figures=figures,
            rated={talk.contact_id: self._person(talk.contact_id).name for talk in figures.talks},
        )

    def _is_reported(self, answer: Answer) -> bool:
        """Return whether an answer is in the report: one about the job and the target, to be repeated.

        Whoever introduces, and whoever is asked whom else to talk to, speaks of people: what is said of them
        is for nobody else. The tree of referrals shows who was named.
        """
        is_about_job = answer.kind in ASKED_KINDS and answer.question_id not in self._asking_for_names
        return self._is_for_target(answer.target_id) and is_about_job and not answer.not_to_repeat

    def _is_for_target(self, target_id: str) -> bool:
        """Return whether a talk for that target belongs into the report, which is about the present one."""
        target = self._store.target
        return target is None or target_id == target.id

    @cached_property
    def _asking_for_names(self) -> frozenset[str]:
        """The ids of the questions that ask whom else to talk to."""
        interviews = self._store.all(Interview)
        return frozenset(
            question.id for talk in interviews for question in talk.checklist if question.referral
        )

    def _target(self) -> Target | None:
        target = self._store.target
        if target is None:
            return None
        texts = ("role", "industry", "place", "why", "research")
        return msgspec.structs.replace(target, **{name: self._text(getattr(target, name)) for name in texts})

    def _talks(self) -> Iterator[ReportedTalk]:
        """Yield what was learned in each meeting, the newest first."""
        held = (talk for talk in self._store.all(Interview) if talk.was_held)
        for talk in sorted(held, key=lambda talk: talk.began_at, reverse=True):
            learned, changes = talk.debrief.learned.strip(), talk.debrief.changes.strip()
            contact = self._store.contact(talk.contact_id)
            if not (learned or changes) or contact is None or contact.kind not in ASKED_KINDS:
                continue
            if self._is_for_target(self._store.target_id_of(talk, contact)):
                yield ReportedTalk(
                    self._person(talk.contact_id),
                    self._day(talk.began_at),
                    self._text(learned),
                    self._text(changes),
                )

    def _questions(self, order: Mapping[str, int]) -> Iterator[ReportedQuestion]:
        """Yield the questions that have an answer in the report, with those.

        `order` has the ids of all answers in it, each with its place, the newest first. Two that differ may
        be answers to two questions: it stands under both.
        """
        everything = self._services.answers.all()
        for question in everything.questions:
            answers = [answer for answer in question.answers if answer.id in order]
            if not answers:
                continue
            ids = {answer.id for answer in answers}
            yield ReportedQuestion(
                ask=self._text(question.ask),
                answers=tuple(self._answer(answer, answer.words) for answer in answers),
                themes=tuple((self._text(theme), count) for theme, count in theme_counts(answers)),
                differences=tuple(
                    self._difference(found, order)
                    for found in everything.differences
                    if ids.intersection(found.answers) and order.keys() >= set(found.answers)
                ),
            )

    def _difference(self, found: Difference, order: Mapping[str, int]) -> ReportedDifference:
        """Return how two answers differ, the newer of them first."""
        first, second = sorted(found.answers, key=lambda id_: order[id_])
        names = (self._name_of_answer(first), self._name_of_answer(second))
        return ReportedDifference(names, self._text(found.how))

    def _answer(self, answer: Answer, words: str) -> ReportedAnswer:
        """Return an answer with its `words`, or those of them that count."""
        return ReportedAnswer(
            self._person(answer.contact_id), self._day(answer.at), self._text(words), answer.starred
        )

    def _decision(self) -> ReportedDecision:
        """Return how the decision stands; evidence that is not to be repeated is left out."""
        state = self._services.deciding.state()
        decision = state.decision

        def reported(said: tuple[WeighedAnswer, ...]) -> tuple[ReportedAnswer, ...]:
            return tuple(self._answer(one.answer, one.words) for one in said if not one.answer.not_to_repeat)

        return ReportedDecision(
            verdict=decision.verdict if decision else None,
            on=self._day(decision.decided_at) if decision and decision.decided_at else None,
            why=self._text(decision.why) if decision else "",
            would_change_my_mind=self._text(decision.would_change_my_mind) if decision else "",
            requirements=tuple(
                ReportedRequirement(
                    self._text(one.requirement.text),
                    reported(one.supporting),
                    reported(one.opposing),
                    is_open=not one.answers,
                )
                for one in state.requirements
            ),
        )

    def _openings(self) -> Iterator[ReportedOpening]:
        """Yield the openings for the target, or for none that is left; the notes are the user's own."""
        known = self._store.target_ids
        for heard in self._services.openings.listed():
            if heard.target_id not in known or self._is_for_target(heard.target_id):
                yield ReportedOpening(
                    what=self._text(heard.what.strip()),
                    place=self._text(heard.organization.strip()),
                    by=self._person(heard.contact_id) if heard.contact_id else None,
                    on=heard.heard_on,
                    on_file=heard.on_file,
                    end=heard.closed,
                )

    def _name_of_answer(self, answer_id: str) -> str:
        return self._person(self._services.answers.all().by_id[answer_id].contact_id).name

    def _branch(self, contact_id: str) -> ReportedBranch:
        branch = self._services.progress.referrals().branches[contact_id]
        return ReportedBranch(
            self._person(contact_id),
            branch.depth,
            branch.leads,
            self._store.require(Contact, contact_id).source,
            self._services.address_book.stage(contact_id),
        )

    def _person(self, contact_id: str) -> ReportedPerson:
        """Return somebody as the report has them; of somebody who is gone nothing is said."""
        if contact_id not in self._people:
            contact = self._store.contact(contact_id)
            kind = contact.kind if contact else ContactKind.PRACTITIONER
            if self._pseudonyms is not None or contact is None:
                name = self._pseudonyms.label(contact_id) if self._pseudonyms else "somebody"
                self._people[contact_id] = ReportedPerson(name, "", kind)
            else:
                work = ", ".join(filter(None, (contact.title.strip(), contact.organization.strip())))
                self._people[contact_id] = ReportedPerson(contact.name, work, kind)
        return self._people[contact_id]

    def _day(self, at: datetime) -> date:
        return self._services.time.calendar.day_of(at)


def _pseudonyms(services: Services) -> Pseudonyms:
    """Return what hides all that is known of people and organizations; those met have the first numbers."""
    store, target, profile = services.store, services.store.target, services.store.profile
    met = (id_ for ids in services.progress.figures().met.values() for id_ in ids)
    added = sorted(store.all(Contact), key=lambda contact: (contact.created_at, contact.id))
    in_order = dict.fromkeys((*met, *(contact.id for contact in added)))
    contacts = [contact for id_ in in_order if (contact := store.contact(id_))]
    pool = list(store.all(PoolPerson))
    merged = [
        (found.kept_id, str(found.original.get("name", "")), str(found.original.get("organization", "")))
        for found in store.all(MergedPerson)
    ]
    organizations = [
        *(contact.organization for contact in contacts),
        *(name for found in store.all(Organization) for name in (found.name, *found.other_names)),
        *(organization for _, _, organization in merged),
        *(opening.organization for opening in store.all(Opening)),
    ]
    return Pseudonyms(
        contacts,
        other_people=(name for person in pool for name in (person.name, person.referrer) if name),
        former_names=[
            *((kept_id, name) for kept_id, name, _ in merged),
            ("", profile.name if profile else ""),
        ],
        organizations=dict.fromkeys(filter(None, organizations)),
        other_organizations=dict.fromkeys(person.organization for person in pool if person.organization),
        phones=[
            *(contact.phone for contact in contacts),
            *(number for person in pool for number in person.phones),
        ],
        kept=f"{target.role} {target.industry} {target.place} {target.synonyms}" if target else "",
    )
