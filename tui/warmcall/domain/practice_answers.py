"""A round of practising the answers of a job interview: how sure, aloud against the clock, how sure now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from warmcall.domain.records import JobPractice


class AnswerStep(StrEnum):
    """What is to be done at a question; once it is KEPT the next one follows."""

    BEFORE = "before"
    SPEAKING = "speaking"
    AFTER = "after"
    KEPT = "kept"


class AnswerRound(msgspec.Struct, frozen=True, kw_only=True):
    """The questions of a round by id, and how far it has come: at question number `at`, counted from 0.

    `before` is how sure the user was, `since` when the answer was begun, aware, in UTC, and `seconds` how
    long it took once it was said. `kept` are the practices of this round by question.
    """

    questions: tuple[str, ...]
    at: int = 0
    step: AnswerStep = AnswerStep.BEFORE
    before: int = 0
    since: datetime | None = None
    seconds: float = 0.0
    kept: Mapping[str, JobPractice] = {}

    @property
    def question_id(self) -> str:
        """The question it is at."""
        return self.questions[self.at]

    @property
    def is_last(self) -> bool:
        """Whether it is at the last question."""
        return self.at + 1 == len(self.questions)

    def spoken(self, now: datetime) -> float:
        """Return the seconds the answer has taken so far, or took once it was said."""
        if self.step is not AnswerStep.SPEAKING or self.since is None:
            return self.seconds
        return max(now - self.since, timedelta()).total_seconds()


def round_from(question_ids: tuple[str, ...], first: str) -> AnswerRound:
    """Return a round through all the questions, which begins with `first` and comes back to those before it.

    Raises:
        ValueError: if `first` is none of them.
    """
    begin = question_ids.index(first)
    return AnswerRound(questions=question_ids[begin:] + question_ids[:begin])


def say_how_sure(practice: AnswerRound, sure: int, now: datetime) -> AnswerRound:
    """Return the round after the user said how sure they are: the clock starts, or the practice is kept."""
    match practice.step:
        case AnswerStep.BEFORE:
            return msgspec.structs.replace(practice, step=AnswerStep.SPEAKING, before=sure, since=now)
        case AnswerStep.AFTER:
            said = JobPractice(at=now, before=practice.before, after=sure, seconds=int(practice.seconds))
            kept = {**practice.kept, practice.question_id: said}
            return msgspec.structs.replace(practice, step=AnswerStep.KEPT, kept=kept)
    return practice


def answer_said(practice: AnswerRound, now: datetime) -> AnswerRound:
    """Return the round after the answer was said, which stops the clock."""
    if practice.step is not AnswerStep.SPEAKING:
        return practice
    return msgspec.structs.replace(practice, step=AnswerStep.AFTER, seconds=practice.spoken(now), since=None)


def answer_again(practice: AnswerRound, now: datetime) -> AnswerRound:
    """Return the round with the clock started anew; after a practice was kept, with the question anew."""
    if practice.step is AnswerStep.KEPT:
        return at_question(practice, practice.at)
    if practice.step is AnswerStep.BEFORE:
        return practice
    return msgspec.structs.replace(practice, step=AnswerStep.SPEAKING, since=now, seconds=0.0)


def at_question(practice: AnswerRound, number: int) -> AnswerRound:
    """Return the round at the beginning of a question, counted from 0; what was kept stays."""
    return AnswerRound(questions=practice.questions, at=number, kept=practice.kept)
