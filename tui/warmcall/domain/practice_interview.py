"""A practice interview: the shorter figures it runs with, and its summary."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from warmcall.domain.cadence import Cadence
from warmcall.domain.question_bank import Bank
from warmcall.domain.records import ChecklistQuestion, Interview
from warmcall.domain.vocabulary import QuestionState

MINUTES = 5
"""Minutes of a practice interview: a quarter of a real one, so that the pace is felt at once."""

CLOSE_MINUTES = 1
"""Minutes kept for its close."""

QUESTIONS = 5
"""How many questions it has: one a minute, and the referral question in the close."""


class PracticeSummary(msgspec.Struct, frozen=True):
    """The time spent of the limit, the questions asked, whether the referral one was, and the notes taken."""

    spent: timedelta
    limit: timedelta
    asked: int
    questions: int
    close_asked: bool
    answers: int
    words: int


def short_cadence(cadence: Cadence) -> Cadence:
    """Return `cadence` with the minutes and questions of a practice interview."""
    return msgspec.structs.replace(
        cadence, minutes_asked=MINUTES, close_minutes=CLOSE_MINUTES,
        questions_min=min(cadence.questions_min, QUESTIONS), questions_max=QUESTIONS,
    )  # fmt: skip


def short_bank(bank: Bank) -> Bank:
    """Return `bank` with a minute for each question."""
    questions = tuple(msgspec.structs.replace(question, minutes=1) for question in bank.questions)
    return msgspec.structs.replace(bank, questions=questions)


def practice_summary(interview: Interview) -> PracticeSummary:
    """Return the summary of a practice `interview` that has ended."""
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
