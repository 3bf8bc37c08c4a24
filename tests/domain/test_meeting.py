from __future__ import annotations

import pytest

from tests.examples import NOW, interview, local, question
from tui.domain.countdown import Countdown
from tui.domain.meeting import begun
from tui.domain.vocabulary import QuestionState

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
    started = begun(interview(checklist=checklist, current=current), NOW)
    assert (started.current, started.countdown.started_at) == (expected, NOW)


def test_a_meeting_under_way_keeps_its_start() -> None:
    under_way = interview(countdown=Countdown().start(local("2026-11-23 08:50")))
    assert begun(under_way, NOW) == under_way
