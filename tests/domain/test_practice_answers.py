"""A round of practising answers: how sure, aloud, how sure now, and on to the next question."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from warmcall.domain.practice_answers import (
    AnswerRound,
    AnswerStep,
    answer_again,
    answer_said,
    at_question,
    round_from,
    say_how_sure,
)
from warmcall.domain.records import JobPractice

from tests.examples import NOW

IDS = ("why", "you", "us")
LATER = NOW + timedelta(seconds=52.7)

BEFORE = round_from(IDS, "why")
SPEAKING = say_how_sure(BEFORE, 2, NOW)
AFTER = answer_said(SPEAKING, LATER)
KEPT = say_how_sure(AFTER, 4, LATER)


def test_a_round_begins_with_the_one_chosen_and_goes_through_all_of_them() -> None:
    assert round_from(IDS, "you").questions == ("you", "us", "why")
    with pytest.raises(ValueError, match="not in"):
        round_from(IDS, "pay")


def test_an_answer_goes_from_how_sure_to_how_sure_and_keeps_the_seconds_between() -> None:
    steps = [practice.step for practice in (BEFORE, SPEAKING, AFTER, KEPT)]
    assert steps == list(AnswerStep)
    assert [practice.spoken(LATER) for practice in (BEFORE, SPEAKING, AFTER)] == [0.0, 52.7, 52.7]
    assert KEPT.kept == {"why": JobPractice(at=LATER, before=2, after=4, seconds=52)}
    assert SPEAKING.spoken(NOW - timedelta(hours=1)) == 0


@pytest.mark.parametrize(
    ("practice", "do"),
    [
        (BEFORE, lambda practice: answer_said(practice, LATER)),
        (BEFORE, lambda practice: answer_again(practice, LATER)),
        (SPEAKING, lambda practice: say_how_sure(practice, 5, LATER)),
        (AFTER, lambda practice: answer_said(practice, LATER)),
        (KEPT, lambda practice: say_how_sure(practice, 5, LATER)),
    ],
)
def test_what_does_not_belong_to_a_step_changes_nothing(
    practice: AnswerRound, do: Callable[[AnswerRound], AnswerRound]
) -> None:
    assert do(practice) == practice


def test_once_more_starts_the_clock_again_and_after_it_was_kept_the_question() -> None:
    for practice in (SPEAKING, AFTER):
        again = answer_again(practice, LATER)
        assert (again.step, again.before, again.spoken(LATER)) == (AnswerStep.SPEAKING, 2, 0)
    again = answer_again(KEPT, LATER)
    assert (again.step, again.question_id, again.before) == (AnswerStep.BEFORE, "why", 0)
    assert again.kept == KEPT.kept


def test_the_next_question_begins_anew_and_what_was_kept_stays() -> None:
    last = at_question(KEPT, 2)
    assert (last.question_id, last.step, last.spoken(LATER)) == ("us", AnswerStep.BEFORE, 0)
    assert (last.is_last, KEPT.is_last) == (True, False)
    assert last.kept == KEPT.kept
