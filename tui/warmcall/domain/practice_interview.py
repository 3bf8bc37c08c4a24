"""A practised interview: the short clock it runs on, and what can be said of it afterwards."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from warmcall.domain.cadence import Cadence
from warmcall.domain.question_bank import Bank
from warmcall.domain.records import ChecklistQuestion, Interview
from warmcall.domain.vocabulary import QuestionState

MINUTES = 5
"""Minutes of a practised interview: a quarter of the real one, so that the pace is felt at once."""

CLOSE_MINUTES = 1
"""Minutes of its close."""

QUESTIONS = 5
"""Its questions: one a minute, and the referral one in the close."""


class PracticeSummary(msgspec.Struct, frozen=True):
    """What came of it: the time against the limit, questions asked, whether the close was, and the notes."""

    spent: timedelta
    limit: timedelta
    asked: int
    questions: int
    close_asked: bool
    answers: int
    words: int


def short(cadence: Cadence) -> Cadence:
    """Return the figures of `cadence` with the short clock."""
    return msgspec.structs.replace(
        cadence, minutes_asked=MINUTES, close_minutes=CLOSE_MINUTES,
        questions_min=min(cadence.questions_min, QUESTIONS), questions_max=QUESTIONS,
    )  # fmt: skip


def quick(bank: Bank) -> Bank:
    """Return `bank` with a minute for each question."""
    questions = tuple(msgspec.structs.replace(question, minutes=1) for question in bank.questions)
    return msgspec.structs.replace(bank, questions=questions)


def practice_summary(interview: Interview) -> PracticeSummary:
    """Return what came of a practised `interview` that has ended."""
    countdown = interview.countdown
    notes = [note for note in interview.notes.values() if note.strip()]
    ended = interview.ended_at or interview.changed_at
    return PracticeSummary(
        spent=countdown.spent(ended),
        limit=countdown.limit,
        asked=sum(_asked(interview, question) for question in interview.checklist),
        questions=len(interview.checklist),
        close_asked=any(_asked(interview, question) for question in interview.checklist if question.referral),
        answers=len(notes),
        words=sum(len(note.split()) for note in notes),
    )


def _asked(interview: Interview, question: ChecklistQuestion) -> bool:
    """Return whether a question was asked: marked so, or with an answer under it."""
    return question.state is QuestionState.ASKED or bool(interview.notes.get(question.id, "").strip())
