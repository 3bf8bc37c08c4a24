"""Practising an interview: short, with services over a store that is thrown away, and its summary."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import msgspec

from warmcall.config.library import Library
from warmcall.domain.question_bank import Bank, Question
from warmcall.domain.records import AnyRecord, ChecklistQuestion, Interview, replace
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import Mode, QuestionState
from warmcall.services.services import Services

MINUTES = 5
"""Minutes of a practice interview: a quarter of a real one, so that the pace is felt at once."""

CLOSE_MINUTES = 1
"""Minutes kept for its close."""

QUESTIONS = 5
"""How many questions it has: one a minute, and the referral question in the close."""

INTERVIEW_RUNS = "An interview is running: practise when it is over"
"""Why practice is refused: its clock would hide the real one."""

_PERSON_NOTES = (
    "Made up, for practice: four years in the job, came to it from behind a shop counter.\n"
    "Answer for them aloud, or let somebody play them."
)


class PracticeSummary(msgspec.Struct, frozen=True):
    """The time spent of the limit, the questions asked, whether the referral one was, and the notes taken."""

    spent: timedelta
    limit: timedelta
    asked: int
    questions: int
    close_asked: bool
    answers: int
    words: int


def practice_interview(services: Services) -> tuple[Services, Interview]:
    """Return services for practice alone, and an interview in them that is about to begin and is short.

    They have the profile, the target and the library of `services`; nothing done with them changes
    `services`.
    """
    now, profile, target = services.time.now(), services.store.profile, services.store.target
    person = replace(services.practice_calls.person(""), id="practice", notes=_PERSON_NOTES)
    records: list[AnyRecord] = [person]
    if profile is not None:
        records.append(replace(profile, minutes=MINUTES))
    if target is not None:
        records.append(target)
    practice = services.for_practice(Store(records), _shortened(services.library))
    meeting = practice.calling.plan_meeting(person, now, Mode.PHONE, "").interview
    if meeting is None:
        raise LookupError("a planned meeting has an interview")
    interview = replace(meeting, practice=True)
    practice.history.commit("practice", interview, undoable=False)
    return practice, interview


def _shortened(library: Library) -> Library:
    """Return `library` with the minutes of a practice interview, a minute for each question, and no sets."""
    cadence = msgspec.structs.replace(
        library.cadence, minutes_asked=MINUTES, close_minutes=CLOSE_MINUTES,
        questions_min=min(library.cadence.questions_min, QUESTIONS), questions_max=QUESTIONS,
    )  # fmt: skip
    banks = {
        id_: msgspec.structs.replace(bank, questions=tuple(_short_questions(bank)))
        for id_, bank in library.banks.items()
        if bank.when is None
    }
    return library.replaced(cadence=cadence, banks=banks)


def _short_questions(bank: Bank) -> Iterator[Question]:
    """Yield those of `bank` that need no preparation, each with a minute; of the close only who else."""
    for question in bank.questions:
        if not question.gaps and not question.close:
            yield msgspec.structs.replace(question, minutes=1)


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
