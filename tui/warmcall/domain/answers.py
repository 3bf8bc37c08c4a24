"""Answers: what each person said to each question, brought together over all meetings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache

import msgspec

from warmcall.domain.minute_marks import without_minutes
from warmcall.domain.question_bank import Question, as_checklist_question
from warmcall.domain.records import AnswerMark, Contact, Interview, JoinedQuestion, replace
from warmcall.domain.text_folding import fits, folded, searchable, terms
from warmcall.domain.vocabulary import ContactKind

THEME_MAX = 40
"""Letters of a theme: it is a word or two."""


def answer_id(interview_id: str, question_id: str) -> str:
    """Return the id of an answer, which is that of its mark, too."""
    return f"{interview_id}~{question_id}"


def difference_id(one_id: str, other_id: str) -> str:
    """Return the id of the record which says that two answers differ; it is the same in either order."""
    return "~~".join(sorted((one_id, other_id)))


class Answer(msgspec.Struct, frozen=True, gc=False):
    """What one person said to one question, in a meeting that was held.

    `ask` is the question as it was put to them; `words` are the notes without the minutes of their lines,
    and never empty. `at` is when the meeting began.
    """

    id: str
    interview_id: str
    question_id: str
    contact_id: str
    kind: ContactKind
    at: datetime
    target_id: str
    ask: str
    words: str
    starred: bool = False
    themes: tuple[str, ...] = ()
    not_to_repeat: bool = False


class AnsweredQuestion(msgspec.Struct, frozen=True):
    """One question with everyone's answers: starred ones first, then the newest.

    `others` are the same question in other words, by id: those the user joined to it, and those joined to
    these.
    """

    id: str
    ask: str
    answers: tuple[Answer, ...]
    others: Mapping[str, str] = {}

    def by(self, kind: ContactKind) -> tuple[Answer, ...]:
        """Return the answers of that kind of people."""
        return tuple(answer for answer in self.answers if answer.kind is kind)


def answers_in(
    interviews: Iterable[Interview],
    contact_of: Callable[[str], Contact | None],
    marks: Iterable[AnswerMark] = (),
    target_of: Callable[[Interview, Contact], str] = lambda interview, _contact: interview.target_id,
) -> list[Answer]:
    """Return all answers given in `interviews`, the newest meeting first, in the order of its questions.

    Practice, meetings that were not held, and people who are gone are left out, and so are questions without
    notes. What was noted under no question is no answer. `target_of` gives the id of the target that a talk
    counts for.
    """
    by_id = {mark.id: mark for mark in marks}
    found: list[Answer] = []
    held = (interview for interview in interviews if interview.was_held)
    for interview in sorted(held, key=lambda interview: interview.began_at, reverse=True):
        contact = contact_of(interview.contact_id)
        if contact is None:
            continue
        target_id, at = target_of(interview, contact), interview.began_at
        for question in interview.checklist:
            words = without_minutes(interview.notes.get(question.id, "")).strip()
            if not words:
                continue
            id_ = answer_id(interview.id, question.id)
            mark = by_id.get(id_)
            found.append(
                Answer(
                    id=id_,
                    interview_id=interview.id,
                    question_id=question.id,
                    contact_id=contact.id,
                    kind=contact.kind,
                    at=at,
                    target_id=target_id,
                    ask=question.ask,
                    words=words,
                    starred=question.starred,
                    themes=mark.themes if mark else (),
                    not_to_repeat=mark is not None and mark.not_to_repeat,
                )
            )
    return found


class SameQuestions:
    """Which questions are one: those the user joined, and those in the same words.

    A question is known by its id. One of the bank is the same however it was reworded for a meeting; the
    user's own is the same as any other with its words.

    `banked` are the questions of all banks in their order, `asked` the ids and words of those put to people.
    """

    def __init__(
        self,
        banked: Iterable[Question],
        asked: Iterable[tuple[str, str]] = (),
        joined: Iterable[JoinedQuestion] = (),
    ) -> None:
        self._asks: dict[str, str] = {}
        for question in banked:
            self._asks.setdefault(question.id, as_checklist_question(question).ask)
        for id_, ask in asked:
            self._asks.setdefault(id_, ask)
        self._joined = {joint.id: joint.same_as for joint in joined if joint.id != joint.same_as}
        self._parents: dict[str, str] = {}
        by_words: dict[str, str] = {}
        for id_, ask in self._asks.items():
            self._unite(id_, by_words.setdefault(question_words(ask), id_))
        for id_, same_as in self._joined.items():
            self._unite(id_, same_as)
        self._members: dict[str, list[str]] = {}
        for id_ in self._asks:
            self._members.setdefault(self._root(id_), []).append(id_)
        self._chosen = {root: self._choose(members) for root, members in self._members.items()}

    def id_of(self, question_id: str) -> str:
        """Return the id of the question that stands for all that are one with this."""
        return self._chosen.get(self._root(question_id), question_id)

    def ask_of(self, question_id: str) -> str:
        """Return the words of a question; empty if it is not known."""
        return self._asks.get(question_id, "")

    def joined_to(self, question_id: str) -> dict[str, str]:
        """Return the words of those questions, by id, that the user has joined within its group."""
        members = self._members.get(self._root(question_id), ())
        return {id_: self._asks[id_] for id_ in members if id_ in self._joined}

    def in_order(self, question_ids: Collection[str]) -> list[str]:
        """Return `question_ids` in the order of the banks, the user's own after them."""
        return [id_ for id_ in self._asks if id_ in question_ids]

    def _choose(self, members: Sequence[str]) -> str:
        """Return the first of `members` that the user has not joined to another."""
        return next((id_ for id_ in members if id_ not in self._joined), members[0])

    def _unite(self, one: str, other: str) -> None:
        self._parents[self._root(one)] = self._root(other)

    def _root(self, id_: str) -> str:
        while (parent := self._parents.get(id_, id_)) != id_:
            self._parents[id_] = self._parents.get(parent, parent)
            id_ = parent
        return id_


def questions_answered(answers: Iterable[Answer], same: SameQuestions) -> list[AnsweredQuestion]:
    """Return the questions that have `answers`, in the order of the banks, the user's own after them."""
    by_question: dict[str, list[Answer]] = {}
    for answer in answers:
        by_question.setdefault(same.id_of(answer.question_id), []).append(answer)
    return [
        AnsweredQuestion(
            id=id_,
            ask=same.ask_of(id_),
            answers=tuple(ordered(by_question[id_])),
            others=same.joined_to(id_),
        )
        for id_ in same.in_order(by_question)
    ]


def ordered(answers: Iterable[Answer]) -> list[Answer]:
    """Return `answers` as they are read: starred ones first, then the newest."""
    return sorted(answers, key=lambda answer: (answer.starred, answer.at), reverse=True)


def matching(answers: Iterable[Answer], typed: str) -> list[Answer]:
    """Return those of `answers` in which all that was `typed` is found, accents and case aside.

    It may be in the words, in the question, and in the themes. If nothing was typed, all fit.
    """
    wanted = terms(typed)
    if not wanted:
        return list(answers)
    texts = ((answer, _text_of(answer)) for answer in answers)
    return [answer for answer, text in texts if all(fits(term, text) for term in wanted)]


def theme_counts(answers: Iterable[Answer]) -> list[tuple[str, int]]:
    """Return the themes of `answers` with how many speak of each, the most frequent first, then by name.

    Themes that differ in case and accents alone are one, in the words first met.
    """
    counts: Counter[str] = Counter()
    words: dict[str, str] = {}
    for answer in answers:
        for theme in answer.themes:
            counts[words.setdefault(folded(theme), theme)] += 1
    return sorted(counts.items(), key=lambda item: (-item[1], folded(item[0])))


def with_theme(themes: Sequence[str], theme: str) -> tuple[str, ...]:
    """Return `themes` with `theme` added; without it, if it is there already."""
    kept = tuple(known for known in themes if folded(known) != folded(theme))
    return kept if len(kept) < len(themes) else (*kept, theme)


def as_theme(typed: str) -> str:
    """Return a theme as it is kept: on one line, without a # before it, of at most THEME_MAX letters."""
    return " ".join(typed.split()).lstrip("# ")[:THEME_MAX].rstrip()


class OpenQuestion(msgspec.Struct, frozen=True):
    """A question for one kind of people that nobody has answered for the target, and who could.

    `could_say` are the ids of the people of that kind who are still to be met: those with a meeting planned
    first, the soonest before the others. `listed` are those of them who have it on their list already.
    """

    question: Question
    kind: ContactKind
    could_say: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()

    @property
    def next_to_ask(self) -> str:
        """The id of the first who could say it and is not to be asked it yet; empty if there is nobody."""
        return next((id_ for id_ in self.could_say if id_ not in self.listed), "")


def most_wanted_first(questions: Iterable[OpenQuestion]) -> list[OpenQuestion]:
    """Return `questions` by the priority that their banks give them, those somebody could answer first."""
    return sorted(questions, key=lambda open_: (open_.question.priority, not open_.could_say, open_.kind))


def answered_by(
    answers: Iterable[Answer], kinds: Collection[ContactKind], target_id: str, same: SameQuestions
) -> list[set[str]]:
    """Return the ids of the questions each person of those kinds answered for that target, a set a person."""
    people: dict[str, set[str]] = {}
    for answer in answers:
        if answer.kind in kinds and answer.target_id == target_id:
            people.setdefault(answer.contact_id, set()).add(same.id_of(answer.question_id))
    return list(people.values())


def kept_back(interview: Interview, mark_of: Callable[[str], AnswerMark | None]) -> frozenset[str]:
    """Return the ids of the questions whose answers are not to be repeated; `mark_of` as for `repeatable`."""
    marks = ((id_, mark_of(answer_id(interview.id, id_))) for id_ in interview.notes)
    return frozenset(id_ for id_, mark in marks if mark is not None and mark.not_to_repeat)


def repeatable(interview: Interview, mark_of: Callable[[str], AnswerMark | None]) -> Interview:
    """Return `interview` without the answers that are not to be repeated: their notes and stars are gone.

    `mark_of` gives the mark of an answer by its id. Whatever leaves the program, a letter, a report or an
    export, is made from this.
    """
    ids = kept_back(interview, mark_of)
    if not ids:
        return interview
    return replace(
        interview,
        notes={id_: notes for id_, notes in interview.notes.items() if id_ not in ids},
        checklist=tuple(
            msgspec.structs.replace(question, starred=False) if question.id in ids else question
            for question in interview.checklist
        ),
    )


def question_words(ask: str) -> str:
    """Return the words of a question as they are compared: two with the same words are one question."""
    return " ".join(ask.split()).casefold()


@lru_cache(8192)
def _searchable(text: str) -> str:
    return searchable(text)


def _text_of(answer: Answer) -> str:
    return "\n".join(_searchable(text) for text in (answer.words, answer.ask, *answer.themes))
