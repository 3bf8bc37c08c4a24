from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from warmcall.domain.clock_reading import ClockReading
from warmcall.domain.countdown import Countdown, Pause
from warmcall.domain.meeting import (
    end_of_left_running,
    end_without_countdown,
    last_activity,
    left_running,
    missed,
    started,
)
from warmcall.domain.records import Interview
from warmcall.domain.vocabulary import QuestionState

from tests.examples import CALENDAR, NOW, interview, local, question

READING = ClockReading(NOW, "boot", timedelta(days=1))
ASKED, SKIPPED = QuestionState.ASKED, QuestionState.SKIPPED


@pytest.mark.parametrize(
    ("states", "current", "expected"),
    [
        ([], "", ""),
        ([QuestionState.OPEN, QuestionState.OPEN], "", "q0"),
        ([SKIPPED, ASKED, QuestionState.OPEN], "", "q2"),
        ([ASKED, ASKED], "", ""),
        ([QuestionState.OPEN, QuestionState.OPEN], "q1", "q1"),
    ],
)
def test_a_meeting_begins_at_its_first_open_question_or_where_it_was(
    states: list[QuestionState], current: str, expected: str
) -> None:
    checklist = tuple(question(f"q{number}", state=state) for number, state in enumerate(states))
    begins = started(interview(checklist=checklist, current=current), READING)
    assert (begins.current, begins.countdown.started_at) == (expected, NOW)
    assert begins.countdown.anchor == READING


def test_a_meeting_under_way_keeps_its_start() -> None:
    under_way = interview(countdown=Countdown().start(local("2026-11-23 08:50")))
    assert started(under_way, READING) == under_way


def test_whoever_begins_a_meeting_holds_it() -> None:
    begins = started(interview(), READING, "here")
    assert (begins.held_by, begins.held_since) == ("here", NOW)
    assert started(begins, READING, "there").held_by == "here"


def running(since: str = "2026-11-23 14:00", *pauses: tuple[str, str], **fields: Any) -> Interview:
    """Return a meeting of 20 minutes begun at `since`, with pauses of which an empty end is still open."""
    stretches = tuple(Pause(local(pause), local(until) if until else None) for pause, until in pauses)
    given = {name: local(value) if isinstance(value, str) else value for name, value in fields.items()}
    return interview(since, countdown=Countdown(started_at=local(since), pauses=stretches), **given)


@pytest.mark.parametrize(
    ("meeting", "expected"),
    [
        (running(), "2026-11-23 14:00"),
        (running(last_note_at="2026-11-23 14:21"), "2026-11-23 14:21"),
        (running(last_note_at="2026-11-22 10:00"), "2026-11-23 14:00"),
        (
            running("2026-11-23 14:00", ("2026-11-23 14:25", ""), last_note_at="2026-11-23 14:21"),
            "2026-11-23 14:25",
        ),
        (
            running("2026-11-23 14:00", ("2026-11-23 14:05", "2026-11-23 14:08")),
            "2026-11-23 14:08",
        ),
    ],
)
def test_the_last_word_is_a_note_else_a_pause_else_the_start(meeting: Interview, expected: str) -> None:
    assert last_activity(meeting) == local(expected)


@pytest.mark.parametrize(
    ("meeting", "now", "expected"),
    [
        (running(), "2026-11-23 14:10", False),
        (running(), "2026-11-23 14:50", False),
        (running(), "2026-11-23 14:51", True),
        (running(last_note_at="2026-11-23 14:40"), "2026-11-23 15:05", False),
        (running(last_note_at="2026-11-23 14:40"), "2026-11-23 15:11", True),
        (running(held_since="2026-11-23 15:00"), "2026-11-23 15:20", False),
        (running(held_since="2026-11-23 15:00"), "2026-11-23 15:31", True),
        (running("2026-11-23 14:00", ("2026-11-23 14:05", "")), "2026-11-23 20:00", False),
        (running("2026-11-23 14:00", ("2026-11-23 14:05", "")), "2026-11-24 08:00", True),
        (running("2026-11-23 23:50"), "2026-11-24 00:05", False),
        (running("2026-11-23 23:30"), "2026-11-24 00:00", False),
        (running("2026-11-23 23:30"), "2026-11-24 00:01", True),
        (running("2026-11-23 14:00"), "2026-11-24 08:00", True),
        (interview("2026-11-22 14:00"), "2026-11-24 08:00", False),
        (running(ended_at="2026-11-23 14:20"), "2026-11-24 08:00", False),
        (interview(countdown=Countdown().start(NOW).stop(NOW)), "2026-11-24 08:00", False),
    ],
)
def test_a_meeting_over_long_ago_and_silent_since_was_left_running(
    meeting: Interview, now: str, expected: bool
) -> None:
    assert left_running(meeting, local(now), CALENDAR) is expected


@pytest.mark.parametrize(
    ("meeting", "now", "expected"),
    [
        (running(last_note_at="2026-11-23 14:21"), "2026-11-24 08:00", "2026-11-23 14:21"),
        (running(), "2026-11-24 08:00", "2026-11-23 14:00"),
        (running(last_note_at="2026-11-25 14:21"), "2026-11-24 08:00", "2026-11-24 08:00"),
        (running(), "2026-11-22 08:00", "2026-11-23 14:00"),
    ],
)
def test_it_ended_at_its_last_word_but_not_before_its_start_nor_in_the_future(
    meeting: Interview, now: str, expected: str
) -> None:
    assert end_of_left_running(meeting, local(now)) == local(expected)


@pytest.mark.parametrize(
    ("meeting", "now", "expected"),
    [
        (interview("2026-11-23 14:00"), "2026-11-23 13:00", False),
        (interview("2026-11-23 14:00"), "2026-11-23 15:00", False),
        (interview("2026-11-23 14:00"), "2026-11-23 15:01", True),
        (running(), "2026-11-23 15:01", False),
        (interview("2026-11-23 14:00", cancelled=True), "2026-11-23 15:01", False),
        (interview("2026-11-23 14:00", ended_at=local("2026-11-23 14:20")), "2026-11-23 15:01", False),
    ],
)
def test_a_meeting_an_hour_past_and_never_started_is_missed(
    meeting: Interview, now: str, expected: bool
) -> None:
    assert missed(meeting, local(now)) is expected


@pytest.mark.parametrize(
    ("minutes", "extended", "expected"),
    [(20, 0, "2026-11-23 14:20"), (20, 5, "2026-11-23 14:25"), (120, 0, "2026-11-23 15:10")],
)
def test_a_meeting_held_without_the_clock_took_the_minutes_agreed(
    minutes: int, extended: int, expected: str
) -> None:
    planned = interview("2026-11-23 14:00", countdown=Countdown(minutes=minutes, extended=extended))
    assert end_without_countdown(planned, local("2026-11-23 15:10")) == local(expected)
