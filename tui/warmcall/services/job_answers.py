"""The user's own answers to the questions of a job interview: written for a target, and practised aloud."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from warmcall.config.library import Library
from warmcall.domain.about_me import one_minute
from warmcall.domain.answers import Answer
from warmcall.domain.evidence import research_lines
from warmcall.domain.job_answers import Draws, JobQuestion, job_answer_id, most_useful_first, with_practice
from warmcall.domain.records import (
    AnswerMark,
    Contact,
    Interview,
    JobAnswer,
    JobPractice,
    Organization,
    Profile,
    Target,
    replace,
)
from warmcall.domain.script import speaking_seconds, word_count
from warmcall.domain.store import Store
from warmcall.services.answers import Answers
from warmcall.services.clock import Timekeeper
from warmcall.services.history import History
from warmcall.services.organization_directory import OrganizationDirectory
from warmcall.services.undo_span import UndoSpan


class JobAnswerState(msgspec.Struct, frozen=True):
    """A question, the answer to it, how many words that has, and how many seconds it takes aloud."""

    question: JobQuestion
    answer: JobAnswer
    words: int
    seconds: int


class Material(msgspec.Struct, frozen=True):
    """What was learned of one kind that may serve an answer.

    `lines` are sentences of the user's own, or of what they found out; `answers` is what people said, the
    most useful first, and `more` how many other answers there are. `place` is the organization's name.
    """

    draws: Draws
    lines: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    more: int = 0
    place: str = ""


class KnownPlace(msgspec.Struct, frozen=True):
    """An organization of which something is known: how many answers came from it, how much it is wanted."""

    place: str
    name: str
    answers: int
    wanted: int


ANSWERS_SHOWN = 20
"""How many answers stand beside one's own; whoever reads more writes nothing."""


class JobAnswers:
    """Keeps what is written, and each practice; every method that changes something is one change.

    A `target_id` that is empty stands for the target aimed at now. What changes something raises LookupError
    if there is no such target.
    """

    def __init__(
        self,
        store: Store,
        history: History,
        time: Timekeeper,
        library: Library,
        answers: Answers,
        directory: OrganizationDirectory,
    ) -> None:
        self._store = store
        self._history = history
        self._time = time
        self._library = library
        self._answers = answers
        self._directory = directory
        self._span = UndoSpan()
        self._material: tuple[object, tuple[Material, ...]] = (None, ())
        self._places: tuple[object, tuple[KnownPlace, ...]] = (None, ())

    @property
    def questions(self) -> tuple[JobQuestion, ...]:
        """The questions, in the order they are listed."""
        return self._library.job_questions

    def states(self, target_id: str = "") -> list[JobAnswerState]:
        """Return every question with its answer; none without such a target."""
        target = self._target(target_id)
        return [self._state(question, target) for question in self.questions] if target else []

    def state(self, question_id: str, target_id: str = "") -> JobAnswerState | None:
        """Return one question with its answer; None if there is no such question, or no such target."""
        states = self.states(target_id)
        return next((state for state in states if state.question.id == question_id), None)

    def seconds(self, text: str) -> int:
        """Return how many seconds `text` takes aloud, at the pace of the settings."""
        return speaking_seconds(text, self._library.cadence.speaking_words_per_minute)

    def material(self, question: JobQuestion, place: str = "", target_id: str = "") -> tuple[Material, ...]:
        """Return what was learned that may serve the answer to `question`, in the order it asks for.

        `place` is the organization that asks it, if one was chosen. A part of which nothing is known is
        there, too, empty.
        """
        target = self._target(target_id)
        basis = (self._learned(), question, place, target)
        if self._material[0] != basis:
            draws_on = dict.fromkeys(question.draws_on)
            parts = tuple(self._part(draws, question, place, target) for draws in draws_on)
            self._material = (basis, parts)
        return self._material[1]

    def places(self) -> tuple[KnownPlace, ...]:
        """Return the organizations of which something is known, the most wanted first."""
        basis = self._learned()
        if self._places[0] != basis:
            self._places = (basis, tuple(self._known_places()))
        return self._places[1]

    def write(self, question_id: str, text: str, target_id: str = "") -> None:
        """Keep what was written as the answer; what is written within UNDO_SPAN is undone together."""
        answer = self._answer(question_id, self._required(target_id))
        if answer.text != text:
            merge = self._span.name(f"job answer {answer.id}", self._time.now())
            self._history.commit("your answer", replace(answer, text=text), merge=merge)

    def practised(self, question_id: str, practice: JobPractice, target_id: str = "") -> None:
        """Keep that the answer was said aloud.

        Raises:
            ValueError: if it says how sure in another figure than 1 to 5.
        """
        self._span.end()
        answer = with_practice(self._answer(question_id, self._required(target_id)), practice)
        self._history.commit("practised your answer", answer)

    def _learned(self) -> tuple[int, ...]:
        return self._store.revision(Contact, Interview, AnswerMark, Organization, Profile, Target)

    def _part(self, draws: Draws, question: JobQuestion, place: str, target: Target | None) -> Material:
        research = target.research if target else ""
        match draws:
            case Draws.YOURSELF:
                return Material(draws, one_minute(self._store.profile, target))
            case Draws.RESEARCH:
                return Material(draws, _lines(research))
            case Draws.INTERVIEWS:
                of_target = target.id if target else ""
                answers = [answer for answer in self._all_answers() if answer.target_id == of_target]
                return self._said(draws, answers, question)
            case Draws.ORGANIZATION:
                name = self._directory.name_of(place) if place else ""
                there = {contact.id for contact in self._directory.contacts_at(place)} if place else set()
                answers = [answer for answer in self._all_answers() if answer.contact_id in there]
                record = self._directory.record(place)
                lines = (*_lines(record.notes if record else ""), *research_lines(name, research))
                said = self._said(draws, answers, question)
                return msgspec.structs.replace(said, lines=lines, place=name)

    def _said(self, draws: Draws, answers: Iterable[Answer], question: JobQuestion) -> Material:
        found = most_useful_first(answers, question)
        return Material(draws, (), tuple(found[:ANSWERS_SHOWN]), max(len(found) - ANSWERS_SHOWN, 0))

    def _all_answers(self) -> Iterable[Answer]:
        return self._answers.all().by_id.values()

    def _known_places(self) -> list[KnownPlace]:
        said: Counter[str] = Counter()
        for answer in self._all_answers():
            contact = self._store.contact(answer.contact_id)
            if contact is not None and (place := self._directory.place_of(contact.organization)):
                said[place] += 1
        records = {record.id: record for record in self._store.all(Organization)}
        known = {id_ for id_, record in records.items() if record.wanted or record.notes.strip()}
        found = [
            KnownPlace(place, self._directory.name_of(place), said[place], _wanted(records.get(place)))
            for place in said.keys() | known
        ]
        return sorted(found, key=lambda place: (-place.wanted, -place.answers, place.name.casefold()))

    def _state(self, question: JobQuestion, target: Target) -> JobAnswerState:
        answer = self._answer(question.id, target)
        return JobAnswerState(question, answer, word_count(answer.text), self.seconds(answer.text))

    def _target(self, target_id: str) -> Target | None:
        return self._store.get(Target, target_id) if target_id else self._store.target

    def _required(self, target_id: str) -> Target:
        target = self._target(target_id)
        if target is None:
            raise LookupError("there is no target to answer for")
        return target

    def _answer(self, question_id: str, target: Target) -> JobAnswer:
        """Return the answer to a question; one of which nothing is kept is not in the store."""
        id_ = job_answer_id(target.id, question_id)
        found = self._store.get(JobAnswer, id_)
        return found or JobAnswer(
            **(self._history.stamp() | {"id": id_}), target_id=target.id, question_id=question_id
        )


def _lines(text: str) -> tuple[str, ...]:
    """Return the lines of a text that say something, each without blank space at both ends."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _wanted(organization: Organization | None) -> int:
    return organization.wanted if organization is not None else 0
