"""The user's own answers to the questions of a job interview: written for a target, and practised aloud."""

from __future__ import annotations

import msgspec

from warmcall.config.library import Library
from warmcall.domain.job_answers import JobQuestion, job_answer_id, with_practice
from warmcall.domain.records import JobAnswer, JobPractice, replace
from warmcall.domain.script import speaking_seconds, word_count
from warmcall.domain.store import Store
from warmcall.services.clock import Timekeeper
from warmcall.services.history import History
from warmcall.services.undo_span import UndoSpan


class JobAnswerState(msgspec.Struct, frozen=True):
    """A question, the answer to it, how many words that has, and how many seconds it takes aloud."""

    question: JobQuestion
    answer: JobAnswer
    words: int
    seconds: int


class JobAnswers:
    """Keeps what is written, and each practice; every method that changes something is one change.

    All of it is for the target aimed at now; those that need one raise LookupError if there is none.
    """

    def __init__(self, store: Store, history: History, time: Timekeeper, library: Library) -> None:
        self._store = store
        self._history = history
        self._time = time
        self._library = library
        self._span = UndoSpan()

    @property
    def questions(self) -> tuple[JobQuestion, ...]:
        """The questions, in the order they are listed."""
        return self._library.job_questions

    def states(self) -> list[JobAnswerState]:
        """Return every question with its answer; none without a target."""
        if self._store.target is None:
            return []
        return [self._state(question) for question in self.questions]

    def state(self, question_id: str) -> JobAnswerState | None:
        """Return one question with its answer; None if there is no such question, or no target."""
        return next((state for state in self.states() if state.question.id == question_id), None)

    def seconds(self, text: str) -> int:
        """Return how many seconds `text` takes aloud, at the pace of the settings."""
        return speaking_seconds(text, self._library.cadence.speaking_words_per_minute)

    def write(self, question_id: str, text: str) -> None:
        """Keep what was written as the answer; what is written within UNDO_SPAN is undone together."""
        answer = self._answer(question_id)
        if answer.text != text:
            merge = self._span.name(f"job answer {answer.id}", self._time.now())
            self._history.commit("your answer", replace(answer, text=text), merge=merge)

    def practised(self, question_id: str, practice: JobPractice) -> None:
        """Keep that the answer was said aloud.

        Raises:
            ValueError: if it says how sure in another figure than 1 to 5.
        """
        self._span.end()
        answer = with_practice(self._answer(question_id), practice)
        self._history.commit("practised your answer", answer)

    def _state(self, question: JobQuestion) -> JobAnswerState:
        answer = self._answer(question.id)
        return JobAnswerState(question, answer, word_count(answer.text), self.seconds(answer.text))

    def _answer(self, question_id: str) -> JobAnswer:
        """Return the answer to a question; one of which nothing is kept is not in the store."""
        target = self._store.target
        if target is None:
            raise LookupError("there is no target to answer for")
        id_ = job_answer_id(target.id, question_id)
        found = self._store.get(JobAnswer, id_)
        return found or JobAnswer(
            **(self._history.stamp() | {"id": id_}), target_id=target.id, question_id=question_id
        )
