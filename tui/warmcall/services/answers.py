"""What has been answered over all meetings, and what has not; read out of the records, nothing is stored."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import msgspec

from warmcall.config.library import Library
from warmcall.domain.answers import (
    Answer,
    AnsweredQuestion,
    OpenQuestion,
    SameQuestions,
    answered_by,
    answers_in,
    kept_back,
    most_wanted_first,
    questions_answered,
    repeatable,
    theme_counts,
)
from warmcall.domain.question_bank import Question, as_checklist_question
from warmcall.domain.records import (
    AnswerMark,
    ChecklistQuestion,
    Contact,
    Difference,
    Interview,
    JoinedQuestion,
    Profile,
    Target,
)
from warmcall.domain.store import Store
from warmcall.domain.targets import serves
from warmcall.domain.vocabulary import ContactKind, Stage
from warmcall.services.contact_changes import ContactFields
from warmcall.services.stages import Stages

ASKED_KINDS = (ContactKind.PRACTITIONER, ContactKind.HIRING_MANAGER)
"""Those who are asked about the job; whoever introduces is asked about people."""

_MAY_BE_MET = (Stage.ASKED, Stage.NEW, Stage.HELD)
"""The stages of people who were not met, have no meeting planned, and have not said no."""


class AllAnswers(msgspec.Struct, frozen=True):
    """Every answer by id, the newest first; the questions they are to, in the order of the banks.

    `themes` are the themes with how many answers speak of each, the most frequent first; `differences` those
    of which both answers are still there, and `differing` the same by the id of either answer. `same` says
    which questions are one.
    """

    by_id: Mapping[str, Answer]
    questions: tuple[AnsweredQuestion, ...]
    themes: tuple[tuple[str, int], ...]
    differences: tuple[Difference, ...]
    differing: Mapping[str, tuple[Difference, ...]]
    same: SameQuestions

    def question(self, question_id: str) -> AnsweredQuestion | None:
        """Return that question, in whatever words it was answered; None if nobody answered it."""
        id_ = self.same.id_of(question_id)
        return next((asked for asked in self.questions if asked.id == id_), None)


class StillOpen(msgspec.Struct, frozen=True):
    """What nobody has answered for the target, the most wanted first; of `total` questions of the banks."""

    questions: tuple[OpenQuestion, ...]
    total: int

    @property
    def answered(self) -> int:
        """How many questions have an answer for the target."""
        return self.total - len(self.questions)


class Answers:
    """Reads answers out of the store. Asking again costs nothing while nothing changed."""

    def __init__(self, store: Store, library: Library, stages: Stages) -> None:
        self._store = store
        self._library = library
        self._stages = stages
        self._in_answers = ContactFields(store, "kind", "target_id", "also_for", met_only=True)
        self._in_groups = ContactFields(store, "kind", "target_id", "also_for", "to_ask")
        self._all: tuple[object, AllAnswers] | None = None
        self._open: tuple[AllAnswers, _ToBeMet, StillOpen] | None = None
        self._grouped: tuple[object, Mapping[str, Stage], _Groups] | None = None
        self._people: tuple[object, _Groups, _ToBeMet] | None = None
        self._answered: tuple[AllAnswers, str, frozenset[str]] | None = None

    def all(self) -> AllAnswers:
        """Return all answers with what the user has said of them."""
        revision = self._store.revision(Interview, AnswerMark, Difference, JoinedQuestion, Profile, Target)
        basis = (revision, self._in_answers.revision())
        if self._all is None or self._all[0] != basis:
            self._all = (basis, self._brought_together())
        return self._all[1]

    def still_open(self) -> StillOpen:
        """Return what is still unanswered for the target, and who could say it."""
        found, people = self.all(), self._to_be_met()
        if self._open is None or self._open[0] is not found or self._open[1] is not people:
            self._open = (found, people, self._found_open())
        return self._open[2]

    def to_ask_next(self, question_id: str) -> str:
        """Return the id of who should be asked a question next, and has it on no list; empty if nobody can.

        Somebody of a kind that has given fewer answers to it comes first, then who is met first.
        """
        people, asked = self._to_be_met(), self.all().question(question_id)
        having = self.listed_for(question_id)
        kinds = sorted(ASKED_KINDS, key=lambda kind: len(asked.by(kind)) if asked else 0)
        could_say = chain.from_iterable(people.ids[kind] for kind in kinds)
        return next((person for person in could_say if person not in having), "")

    def listed_for(self, question_id: str) -> frozenset[str]:
        """Return the ids of those still to be met who have that question on their list."""
        return self._to_be_met().listed.get(self.all().same.id_of(question_id), frozenset())

    def to_be_asked(self, question_id: str) -> ChecklistQuestion:
        """Return a question as it stands on a list, not asked yet."""
        banked = next((question for question in self._banked() if question.id == question_id), None)
        if banked is not None:
            return as_checklist_question(banked)
        return ChecklistQuestion(id=question_id, ask=self.all().same.ask_of(question_id))

    def said_by_others(self, question_id: str, contact_id: str) -> tuple[Answer, ...]:
        """Return what others than that contact said to a question, without what is not to be repeated."""
        asked = self.all().question(question_id)
        return tuple(
            answer
            for answer in (asked.answers if asked else ())
            if answer.contact_id != contact_id and not answer.not_to_repeat
        )

    def unanswered(self, kind: ContactKind) -> list[Question]:
        """Return the questions for that kind that nobody has answered for the target, the most important
        first.

        One that the user joined to another is answered with it, by whatever kind of people. Left out are
        those of the close, and those about what somebody has written.
        """
        target, same = self._store.target, self.all().same
        answered = self._answered_for(target.id if target else "")
        return [
            question for question in self._lasting_questions(kind) if same.id_of(question.id) not in answered
        ]

    def _answered_for(self, target_id: str) -> frozenset[str]:
        """Return the ids of the questions that anybody has answered for a target."""
        found = self.all()
        if self._answered is None or self._answered[0] is not found or self._answered[1] != target_id:
            people = self.people_answering(tuple(ContactKind), target_id)
            self._answered = (found, target_id, frozenset().union(*people))
        return self._answered[2]

    def never_answered(self) -> list[Question]:
        """Return the questions still open that nobody has answered for any other target either, each once."""
        found = self.all()
        answered = {asked.id for asked in found.questions}
        never: dict[str, Question] = {}
        for open_ in self.still_open().questions:
            if (id_ := found.same.id_of(open_.question.id)) not in answered:
                never.setdefault(id_, open_.question)
        return list(never.values())

    def people_answering(self, kinds: Collection[ContactKind], target_id: str) -> list[set[str]]:
        """Return the questions each person of those kinds has answered for that target, a set a person.

        A question stands there with the id that `AllAnswers.same` gives it.
        """
        found = self.all()
        return answered_by(found.by_id.values(), kinds, target_id, found.same)

    def repeatable(self, interview: Interview) -> Interview:
        """Return `interview` without what is not to be repeated, for a letter, a report or an export."""
        return repeatable(interview, self._mark_of)

    def kinds_asked(self, question_id: str) -> set[ContactKind]:
        """Return which kinds of people are asked a question; none for the user's own."""
        same = self.all().same
        stands = same.id_of(question_id)
        return {
            kind
            for kind in ASKED_KINDS
            if (bank := self._library.bank_for(kind)) is not None
            if any(same.id_of(question.id) == stands for question in bank.questions)
        }

    def could_say(self, kind: ContactKind) -> Sequence[str]:
        """Return the ids of those of a kind still to be met for the target: those with a meeting first."""
        return self._to_be_met().ids[kind]

    def kept_back(self, interview: Interview) -> frozenset[str]:
        """Return the ids of the questions of `interview` whose answers are not to be repeated."""
        return kept_back(interview, self._mark_of)

    def _mark_of(self, id_: str) -> AnswerMark | None:
        return self._store.get(AnswerMark, id_)

    def _brought_together(self) -> AllAnswers:
        store = self._store
        answers = answers_in(store.all(Interview), store.contact, store.all(AnswerMark), store.target_id_of)
        by_id = {answer.id: answer for answer in answers}
        same = SameQuestions(self._banked(), self._asked(), store.all(JoinedQuestion))
        differences = tuple(
            difference
            for difference in store.all(Difference)
            if all(id_ in by_id for id_ in difference.answers)
        )
        differing: dict[str, tuple[Difference, ...]] = {}
        for difference in differences:
            for id_ in difference.answers:
                differing[id_] = (*differing.get(id_, ()), difference)
        return AllAnswers(
            by_id=by_id,
            questions=tuple(questions_answered(answers, same)),
            themes=tuple(theme_counts(answers)),
            differences=differences,
            differing=differing,
            same=same,
        )

    def _banked(self) -> Iterable[Question]:
        """Yield the questions of all banks: those for each kind by priority, then those of the sets."""
        banks = [bank for kind in ContactKind if (bank := self._library.bank_for(kind)) is not None]
        sets = [bank for bank in self._library.banks.values() if bank.when is not None]
        return chain.from_iterable(
            sorted(bank.questions, key=lambda question: question.priority) for bank in (*banks, *sets)
        )

    def _asked(self) -> Iterable[tuple[str, str]]:
        """Yield the id and the words of each question of a meeting, the oldest meeting first."""
        interviews = (interview for interview in self._store.all(Interview) if not interview.practice)
        for interview in sorted(interviews, key=lambda interview: interview.at):
            for question in interview.checklist:
                yield question.id, question.ask

    def _found_open(self) -> StillOpen:
        people, same = self._to_be_met(), self.all().same
        open_ones: list[OpenQuestion] = []
        total = 0
        for kind in ASKED_KINDS:
            could_say = people.ids[kind]
            for question in self.unanswered(kind):
                having = people.listed.get(same.id_of(question.id), ())
                listed = tuple(id_ for id_ in could_say if id_ in having) if having else ()
                open_ones.append(OpenQuestion(question, kind, could_say, listed))
            total += len(self._lasting_questions(kind))
        return StillOpen(tuple(most_wanted_first(open_ones)), total)

    def _lasting_questions(self, kind: ContactKind) -> Sequence[Question]:
        """Return the questions for anybody of that kind, not only for one talk or its close, by priority."""
        bank = self._library.bank_for(kind)
        questions = (
            (question for question in bank.questions if not (question.in_close or question.gaps))
            if bank
            else ()
        )
        return sorted(questions, key=lambda question: question.priority)

    def _to_be_met(self) -> _ToBeMet:
        revision = self._store.revision(Interview, JoinedQuestion, Profile, Target)
        groups = self._groups()
        if self._people is None or self._people[0] != revision or self._people[1] is not groups:
            self._people = (revision, groups, self._found_people(groups))
        return self._people[2]

    def _groups(self) -> _Groups:
        """Return who serves the target; put together again only when they, or their stages, differ."""
        target, known, tried = self._store.target, self._store.target_ids, self._stages.tried()
        basis = (self._in_groups.revision(), target.id if target is not None else "", known)
        if self._grouped is None or self._grouped[0] != basis or self._grouped[1] is not tried:
            by_stage: dict[ContactKind, dict[Stage, list[str]]] = {
                kind: {stage: [] for stage in Stage} for kind in ContactKind
            }
            new = {kind: stages[Stage.NEW] for kind, stages in by_stage.items()}
            having: list[str] = []
            for contact in self._store.all(Contact):
                if target is not None and not serves(contact, target.id, known):
                    continue
                stage = tried.get(contact.id)
                (new[contact.kind] if stage is None else by_stage[contact.kind][stage]).append(contact.id)
                if contact.to_ask:
                    having.append(contact.id)
            may_be_met = {
                kind: tuple(chain.from_iterable(stages[stage] for stage in _MAY_BE_MET))
                for kind, stages in by_stage.items()
            }
            scheduled = {kind: frozenset(stages[Stage.SCHEDULED]) for kind, stages in by_stage.items()}
            self._grouped = (basis, tried, _Groups(scheduled, may_be_met, tuple(having)))
        return self._grouped[2]

    def _found_people(self, groups: _Groups) -> _ToBeMet:
        store, same = self._store, self.all().same
        planned: dict[str, Interview] = {}
        for talk in sorted(store.all(Interview), key=lambda talk: talk.at):
            if talk.is_planned and not talk.practice:
                planned.setdefault(talk.contact_id, talk)
        ids: dict[ContactKind, tuple[str, ...]] = {}
        lists: dict[str, Sequence[ChecklistQuestion]] = {
            id_: store.require(Contact, id_).to_ask for id_ in groups.having_questions
        }
        for kind, scheduled in groups.scheduled.items():
            with_meeting = [id_ for id_ in planned if id_ in scheduled]
            ids[kind] = (*with_meeting, *groups.may_be_met[kind])
            lists.update((id_, planned[id_].checklist) for id_ in with_meeting)
        listed: dict[str, set[str]] = {}
        for id_, questions in lists.items():
            for question in questions:
                listed.setdefault(same.id_of(question.id), set()).add(id_)
        return _ToBeMet(ids, {id_: frozenset(people) for id_, people in listed.items()})


class _Groups(NamedTuple):
    """Who serves the target by kind: those with a meeting planned, and those who may be met besides.

    These are in the order in which to name them. `having_questions` are those for whom questions are kept.
    """

    scheduled: Mapping[ContactKind, frozenset[str]]
    may_be_met: Mapping[ContactKind, tuple[str, ...]]
    having_questions: tuple[str, ...]


class _ToBeMet(NamedTuple):
    """The ids of those still to be met for the target by kind, those with a meeting first, and who is to be
    asked what.

    `listed` is by the id of the question, as `AllAnswers.same` gives it.
    """

    ids: Mapping[ContactKind, tuple[str, ...]]
    listed: Mapping[str, frozenset[str]]
