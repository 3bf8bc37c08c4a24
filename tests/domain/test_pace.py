from __future__ import annotations

from datetime import timedelta

import pytest
from warmcall.domain.countdown import Countdown
from warmcall.domain.pace import Pace, Verdict, pace_of
from warmcall.domain.records import ChecklistQuestion
from warmcall.domain.vocabulary import QuestionState

from tests.examples import NOW, question

CLOSE = timedelta(minutes=3)
STARTED = Countdown(minutes=20).start(NOW)
ASKED, SKIPPED, OPEN = QuestionState.ASKED, QuestionState.SKIPPED, QuestionState.OPEN


def checklist(states: str) -> tuple[ChecklistQuestion, ...]:
    """Return questions q1, q2, … with `a` asked, `s` skipped, `.` open, `C` of the close, `R` who else."""
    meaning = {"a": ASKED, "s": SKIPPED, ".": OPEN, "C": OPEN, "R": OPEN}
    return tuple(
        question(f"q{number}", state=meaning[letter], close=letter == "C", referral=letter == "R")
        for number, letter in enumerate(states, start=1)
    )


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


@pytest.mark.parametrize(
    ("states", "minutes", "verdict", "left", "each", "drop"),
    [
        ("......R", 0, Verdict.ON_PACE, 6, seconds(170), ""),
        ("aa....R", 7, Verdict.ON_PACE, 4, seconds(150), ""),
        ("a.....R", 9, Verdict.BEHIND, 5, seconds(96), "q6"),
        ("a.....CCR", 9, Verdict.BEHIND, 5, seconds(96), "q6"),
        ("a...s.R", 11, Verdict.BEHIND, 4, seconds(90), "q6"),
        ("a....sR", 11, Verdict.BEHIND, 4, seconds(90), "q5"),
        ("aaaaa.R", 16.5, Verdict.ON_PACE, 1, seconds(30), ""),
        ("aaaaaaR", 12, Verdict.DONE, 0, seconds(300), ""),
        ("aaaaasR", 16, Verdict.DONE, 0, seconds(60), ""),
        ("aaaaa.R", 17, Verdict.CLOSE, 1, seconds(0), ""),
        ("aaaaaaR", 17, Verdict.CLOSE, 0, seconds(0), ""),
        ("a.....R", 40, Verdict.CLOSE, 5, seconds(0), ""),
        ("R", 1, Verdict.DONE, 0, seconds(960), ""),
        ("", 1, Verdict.DONE, 0, seconds(960), ""),
    ],
)
def test_pace(states: str, minutes: float, verdict: Verdict, left: int, each: timedelta, drop: str) -> None:
    now = NOW + timedelta(minutes=minutes)
    assert pace_of(checklist(states), STARTED, now, CLOSE) == Pace(verdict, left, each, drop)


def test_two_thirds_of_the_planned_time_are_still_on_pace() -> None:
    now = NOW + timedelta(minutes=17) - timedelta(minutes=17) / 2 * 2 / 3
    assert pace_of(checklist("aaa...R"), STARTED, now, CLOSE).verdict is Verdict.ON_PACE
    assert pace_of(checklist("aaa...R"), STARTED, now + seconds(1), CLOSE).verdict is Verdict.BEHIND


def test_a_meeting_not_started_is_on_pace() -> None:
    assert pace_of(checklist("....R"), Countdown(minutes=20), NOW, CLOSE).verdict is Verdict.ON_PACE


def test_a_limit_shorter_than_the_close_leaves_no_time_for_questions() -> None:
    pace = pace_of(checklist("..R"), Countdown(minutes=2), NOW, CLOSE)
    assert pace == Pace(Verdict.ON_PACE, 2, timedelta())
    assert pace_of(checklist("..R"), Countdown(minutes=2).start(NOW), NOW, CLOSE).verdict is Verdict.CLOSE


def test_a_pause_keeps_the_pace() -> None:
    paused = STARTED.pause(NOW + timedelta(minutes=1))
    later = NOW + timedelta(hours=2)
    assert pace_of(checklist("......R"), paused, later, CLOSE).verdict is Verdict.ON_PACE


def test_five_more_minutes_go_to_the_questions() -> None:
    now = NOW + timedelta(minutes=17)
    assert pace_of(checklist("aaaaa.R"), STARTED.extend(5), now, CLOSE).each == timedelta(minutes=5)


@pytest.mark.parametrize(
    ("weights", "verdict", "drop"),
    [
        # Six of the seventeen minutes are left.
        ("3a 3a 3a 2. 2. 2.", Verdict.ON_PACE, ""),
        ("2a 2a 2a 3. 3. 3.", Verdict.BEHIND, "q6"),
        ("2a 2a 2a 2. 2. 2.", Verdict.ON_PACE, ""),
        ("0a 0a 0. 0. 0. 0.", Verdict.BEHIND, "q6"),
        ("1a 9s 1. 1. 1. 1.", Verdict.ON_PACE, ""),
    ],
)
def test_long_questions_weigh_more_than_short_ones(weights: str, verdict: Verdict, drop: str) -> None:
    listed = tuple(
        question(f"q{number}", minutes=int(words[0]), state={"a": ASKED, "s": SKIPPED, ".": OPEN}[words[1]])
        for number, words in enumerate(weights.split(), start=1)
    )
    pace = pace_of(listed, STARTED, NOW + timedelta(minutes=11), CLOSE)
    assert (pace.verdict, pace.drop) == (verdict, drop)


@pytest.mark.parametrize(
    ("states", "current", "drop"),
    [("......R", "q1", "q6"), ("......R", "q6", "q5"), ("......R", "q7", "q6"), ("....ssR", "q4", "q3")],
)
def test_the_current_question_is_never_the_one_to_drop(states: str, current: str, drop: str) -> None:
    pace = pace_of(checklist(states), STARTED, NOW + timedelta(minutes=12), CLOSE, current)
    assert (pace.verdict, pace.drop) == (Verdict.BEHIND, drop)
