from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from warmcall.domain.countdown import Countdown, Pause
from warmcall.domain.pace import Pace, Verdict
from warmcall.presentation import countdown as words_of

from tests.examples import NOW

CLOSE = timedelta(minutes=3)
RUNNING = Countdown(minutes=20, started_at=NOW)


@pytest.mark.parametrize(
    ("countdown", "after", "words"),
    [
        (Countdown(minutes=20), 0, "20 minutes"),
        (RUNNING, 0, "20:00 left"),
        (RUNNING, 439, "12:41 left"),
        (RUNNING, 899, "5:01 left"),
        (RUNNING, 900, "last 5, 5:00 left"),
        (RUNNING, 1020, "close, 3:00 left"),
        (RUNNING, 1199, "close, 0:01 left"),
        (RUNNING, 1200, "time up"),
        (RUNNING, 1200.9, "time up"),
        (RUNNING, 1201, "over by 0:01"),
        (RUNNING, 1230, "over by 0:30"),
        (RUNNING, 4800, "over by 60:00"),
        (RUNNING.extend(5), 1199, "5:01 left"),
        (RUNNING.pause(NOW + timedelta(minutes=21)), 9000, "paused, over by 1:00"),
        (msgspec.structs.replace(RUNNING, pauses=(Pause(NOW),)), 500, "paused, 20:00 left"),
        (RUNNING.stop(NOW + timedelta(minutes=19)), 5000, "took 19:00"),
    ],
)
def test_what_the_countdown_says(countdown: Countdown, after: float, words: str) -> None:
    assert words_of.time_left(countdown, NOW + timedelta(seconds=after), CLOSE) == words


@pytest.mark.parametrize(
    ("minutes", "beginning"),
    [
        (0, ""),
        (14.9, ""),
        (15, "Last five minutes: “We have five minutes left, and one thing"),
        (
            17,
            "The close: “Is there something I should have asked, and didn't?” Then “Who else",
        ),
        (20, "Time is up: “The 20 minutes are up."),
        (99, "Time is up: “The 20 minutes are up."),
    ],
)
def test_the_sentence_to_say_comes_as_the_end_comes_near(minutes: float, beginning: str) -> None:
    advice = words_of.advice(RUNNING, NOW + timedelta(minutes=minutes), CLOSE)
    assert advice.startswith(beginning)
    assert bool(advice) == bool(beginning)


@pytest.mark.parametrize(
    ("extended", "more", "ending"),
    [
        (0, 5, "“The 20 minutes are up. Shall we stop, or would five more suit you?”"),
        (0, 10, "“The 20 minutes are up. Shall we stop, or would ten more suit you?”"),
        (5, 5, "“The 25 minutes are up. Thank you: I will let you go.”"),
    ],
)
def test_more_time_is_asked_for_once_and_never_on_top_of_what_they_gave(
    extended: int, more: int, ending: str
) -> None:
    countdown = RUNNING.extend(extended)
    assert words_of.advice(countdown, NOW + timedelta(minutes=26), CLOSE, more).endswith(ending)


@pytest.mark.parametrize(
    ("by", "words"),
    [
        (timedelta(hours=1), "set 1 h forward"),
        (timedelta(minutes=-65), "set 1 h 5 min back"),
        (timedelta(seconds=-40), "set 40 s back"),
        (timedelta(minutes=59, seconds=59.7), "set 1 h forward"),
        (timedelta(days=2), "set 48 h forward"),
    ],
)
def test_a_clock_that_was_set_is_reported_with_how_far_and_which_way(by: timedelta, words: str) -> None:
    said = words_of.clock_set(by)
    assert said == f"The clock of this machine was {words}; the countdown goes on as before"


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (Verdict.ON_PACE, "1:35 each · on pace"),
        (Verdict.BEHIND, "1:35 each · behind: skip question 6? D: yes"),
        (Verdict.CLOSE, "the close: who else?"),
        (Verdict.DONE, "all asked"),
    ],
)
def test_what_the_pace_says(verdict: Verdict, words: str) -> None:
    pace = Pace(verdict, 3, timedelta(seconds=95), "q6")
    assert words_of.pace(pace, {"q6": 6}) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "20 min left"),
        (1, "19 min left"),
        (7 * 60 + 19, "12 min left"),
        (18 * 60, "2 min left"),
        (19 * 60, "1 min left"),
        (19 * 60 + 1, "under 1 min left"),
        (19 * 60 + 59, "under 1 min left"),
        (20 * 60, "time up"),
        (20 * 60 + 59, "time up"),
        (22 * 60 + 5, "over by 2 min"),
    ],
)
def test_a_countdown_in_whole_minutes_changes_seldom(seconds: int, words: str) -> None:
    running = Countdown(minutes=20).start(NOW)
    now = NOW + timedelta(seconds=seconds)
    assert words_of.minutes_left(running, now) == words
    assert words_of.minutes_left(running.pause(now), now + timedelta(hours=1)) == f"paused, {words}"


@pytest.mark.parametrize(
    ("span", "clock", "length"),
    [
        (timedelta(seconds=9), "0:09", "9 s"),
        (timedelta(minutes=12, seconds=41), "12:41", "12 min"),
        (timedelta(seconds=-30), "0:30", "30 s"),
        (timedelta(hours=1, minutes=5), "65:00", "1 h 5 min"),
    ],
)
def test_a_span_as_a_clock_and_as_a_length(span: timedelta, clock: str, length: str) -> None:
    assert (words_of.clock_words(span), words_of.length(span)) == (clock, length)


def test_the_limit_shows_the_minutes_offered_on_top() -> None:
    assert words_of.limit(RUNNING) == "20 minutes"
    assert words_of.limit(RUNNING.extend(5)) == "20 + 5 minutes"


def test_a_clock_earlier_than_the_record_is_reported_with_how_much() -> None:
    assert words_of.clock_behind(timedelta(hours=72)) == (
        "The clock of this machine is 72 h behind the interview on record; "
        "the countdown goes on from there, and may show too much time"
    )


def test_an_interview_of_another_clock_is_said_to_be_one() -> None:
    assert words_of.OTHER_CLOCK == (
        "This interview was begun on another machine, or before this one was started again; "
        "the time left is as right as the clocks of both"
    )
