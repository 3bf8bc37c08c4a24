"""The user's own answers to the questions of a job interview: how long they are, and how sure they make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Annotated

import msgspec

from warmcall.domain.answers import Answer
from warmcall.domain.records import JobAnswer, JobPractice, replace
from warmcall.domain.script import Fault

SURE = range(1, 6)
"""How sure one can be of an answer: from not at all to quite."""

LEEWAY = 0.25
"""The share by which an answer may miss its seconds: a listener notices no less."""


class Draws(StrEnum):
    """What was learned that an answer may draw on."""

    YOURSELF = "yourself"
    INTERVIEWS = "interviews"
    RESEARCH = "research"
    ORGANIZATION = "organization"


class JobQuestion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question of a job interview. `seconds` is how long an answer is meant to take aloud.

    `wanted` is what the other side hopes to hear. `draws_on` is what an answer may be made of, in the order
    it is shown; `asked_as` are the ids of questions of the banks, the answers to which serve it most.
    """

    id: str
    ask: str
    seconds: Annotated[int, msgspec.Meta(ge=10, le=300)]
    wanted: str = ""
    draws_on: tuple[Draws, ...] = (Draws.INTERVIEWS, Draws.RESEARCH, Draws.YOURSELF)
    asked_as: tuple[str, ...] = ()


class Length(StrEnum):
    """Whether an answer takes about as long as it is meant to."""

    SHORT = "short"
    RIGHT = "right"
    LONG = "long"


def job_question_faults(question: JobQuestion) -> Iterator[Fault]:
    """Yield everything wrong with a question of `job_questions.yaml`."""
    for field in ("id", "ask"):
        if not getattr(question, field).strip():
            yield Fault((field,), f"“{field}” is empty", "write an id of your own, and what they ask")


def job_answer_id(target_id: str, question_id: str) -> str:
    """Return the id of the answer to a question, for a target."""
    return f"{target_id}~{question_id}"


def length_of(seconds: float, meant: float) -> Length:
    """Return whether what takes so many seconds aloud is too short or too long for those it is meant to."""
    if seconds < meant * (1 - LEEWAY):
        return Length.SHORT
    return Length.LONG if seconds > meant * (1 + LEEWAY) else Length.RIGHT


def with_practice(answer: JobAnswer, practice: JobPractice) -> JobAnswer:
    """Return `answer` with one more time that it was said aloud.

    Raises:
        ValueError: if it says how sure in another figure than 1 to 5.
    """
    if practice.before not in SURE or practice.after not in SURE:
        raise ValueError("how sure one is goes from 1 to 5")
    return replace(answer, practices=(*answer.practices, practice))


def sureness(answer: JobAnswer) -> tuple[int, int] | None:
    """Return how sure the user was before the first practice and after the last; None without any."""
    practices = answer.practices
    return (practices[0].before, practices[-1].after) if practices else None


def most_useful_first(answers: Iterable[Answer], question: JobQuestion) -> list[Answer]:
    """Return what people said in the order in which it may serve the answer to `question`.

    Starred answers come first, then those to the questions it is asked as, and of these the newest.
    """
    return sorted(
        answers,
        key=lambda answer: (answer.starred, answer.question_id in question.asked_as, answer.at),
        reverse=True,
    )
