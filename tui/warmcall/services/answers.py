"""What has been answered over all meetings, and what has not; read out of the records, nothing is stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

import msgspec

from warmcall.config.library import Library
from warmcall.domain.answers import (
    Answer,
    AnsweredQuestion,
    OpenQuestion,
    SameQuestions,
    answer_id,
    answered_by,
    answers_in,
    most_wanted_first,
    questions_answered,
    repeatable,
    theme_counts,
)
from warmcall.domain.question_bank import Question
from warmcall.domain.records import (
    AnswerMark,
    Attempt,
    Contact,
    Difference,
    FollowUp,
    Interview,
    JoinedQuestion,
    Profile,
    Target,
)
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import ContactKind, Stage
from warmcall.services.address_book import AddressBook

ASKED_KINDS = (ContactKind.PRACTITIONER, ContactKind.HIRING_MANAGER)
"""Those who are asked about the job; whoever introduces is asked about people."""


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

    def __init__(self, store: Store, library: Library, address_book: AddressBook) -> None:
        self._store = store
        self._library = library
        self._address_book = address_book
        self._all: tuple[object, AllAnswers] | None = None
        self._open: tuple[object, StillOpen] | None = None

    def all(self) -> AllAnswers:
        """Return all answers with what the user has said of them."""
        basis = self._store.revision(Contact, Interview, AnswerMark, Difference, JoinedQuestion)
        if self._all is None or self._all[0] != basis:
            self._all = (basis, self._brought_together())
        return self._all[1]

    def still_open(self) -> StillOpen:
        """Return what is still unanswered for the target, and who could say it."""
        basis = self._store.revision(
            Contact, Interview, JoinedQuestion, Attempt, FollowUp, Profile, Target
        )  # fmt: skip
        if self._open is None or self._open[0] != basis:
            self._open = (basis, self._found_open())
        return self._open[1]

    def unanswered(self, kind: ContactKind) -> list[Question]:
        """Return the questions nobody of that kind has answered for the target, the most important first.

        Left out are those of the close, and those about what somebody has written.
        """
        target, same = self._store.target, self.all().same
        people = self.people_answering(kind, target.id if target else "")
        return [
            question
            for question in self._lasting_questions(kind)
            if not any(same.id_of(question.id) in answered for answered in people)
        ]

    def people_answering(self, kind: ContactKind, target_id: str) -> list[set[str]]:
        """Return the questions each person of that kind has answered for that target, a set a person.

        A question stands there with the id that `AllAnswers.same` gives it.
        """
        found = self.all()
        return answered_by(found.by_id.values(), kind, target_id, found.same)

    def repeatable(self, interview: Interview) -> Interview:
        """Return `interview` without what is not to be repeated, for a letter, a report or an export."""
        return repeatable(interview, lambda id_: self._store.get(AnswerMark, id_))

    def mark(self, interview_id: str, question_id: str) -> AnswerMark | None:
        """Return what the user has said of an answer; None if nothing."""
        return self._store.get(AnswerMark, answer_id(interview_id, question_id))

    def _brought_together(self) -> AllAnswers:
        store = self._store
        answers = answers_in(store.all(Interview), store.contact, store.all(AnswerMark))
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
        open_ones: list[OpenQuestion] = []
        total = 0
        for kind in ASKED_KINDS:
            could_say = tuple(self._could_say(kind))
            open_ones += [OpenQuestion(question, kind, could_say) for question in self.unanswered(kind)]
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

    def _could_say(self, kind: ContactKind) -> Iterable[str]:
        """Yield those of a kind who are to be met, then those who may be, those asked already first."""
        contacts = [contact for contact in self._store.all(Contact) if contact.kind is kind]
        stages = {contact.id: self._address_book.stage(contact.id) for contact in contacts}
        planned = {
            id_: min(talk.at for talk in self._store.of_contact(Interview, id_) if talk.is_planned)
            for id_, stage in stages.items()
            if stage is Stage.SCHEDULED
        }
        yield from sorted(planned, key=lambda id_: planned[id_])
        for stage in (Stage.ASKED, Stage.NEW, Stage.HELD):
            yield from (id_ for id_, found in stages.items() if found is stage)
