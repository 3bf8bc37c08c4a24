from __future__ import annotations

from datetime import timedelta

import pytest
from warmcall.config.library import Library
from warmcall.domain.countdown import Countdown, CountdownState
from warmcall.domain.practice_interview import (
    CLOSE_MINUTES,
    MINUTES,
    QUESTIONS,
    practice_summary,
    short_bank,
    short_cadence,
)
from warmcall.domain.vocabulary import QuestionState

from tests.examples import NOW, interview, question

LISTED = (question("a"), question("b", state=QuestionState.ASKED), question("who", referral=True))


def test_the_short_clock_bears_its_questions_with_the_close(library: Library) -> None:
    cadence = short_cadence(library.cadence)
    assert (cadence.minutes_asked, cadence.close_minutes) == (MINUTES, CLOSE_MINUTES) == (5, 1)
    assert cadence.questions_min <= cadence.questions_max == QUESTIONS
    assert cadence.extension_minutes == library.cadence.extension_minutes
    for bank in library.banks.values():
        assert {question.minutes for question in short_bank(bank).questions} == {1}


def test_five_minutes_asked_for_are_not_the_last_five() -> None:
    countdown = Countdown(minutes=MINUTES).start(NOW)
    close = timedelta(minutes=CLOSE_MINUTES)
    assert countdown.state(NOW, close) is CountdownState.RUNNING
    assert countdown.extend(5).state(NOW + timedelta(minutes=6), close) is CountdownState.RUNNING
    assert countdown.state(NOW + timedelta(minutes=4), close) is CountdownState.CLOSE


@pytest.mark.parametrize(
    ("notes", "asked", "close_asked", "answers", "words"),
    [
        ({}, 1, False, 0, 0),
        ({"b": "two words", "": "general"}, 1, False, 2, 3),
        ({"a": "one", "who": " "}, 2, False, 1, 1),
        ({"who": "Ana Ruiz"}, 2, True, 1, 2),
    ],
)
def test_what_came_of_it_is_time_questions_close_and_notes(
    notes: dict[str, str], asked: int, close_asked: bool, answers: int, words: int
) -> None:
    ended = NOW + timedelta(minutes=4)
    countdown = Countdown(minutes=5).start(NOW).stop(ended)
    told = practice_summary(interview(checklist=LISTED, notes=notes, countdown=countdown, ended_at=ended))
    assert (told.spent, told.limit) == (timedelta(minutes=4), timedelta(minutes=5))
    assert (told.asked, told.questions, told.close_asked) == (asked, 3, close_asked)
    assert (told.answers, told.words) == (answers, words)
