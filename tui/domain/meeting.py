"""What a meeting becomes as it is held. Pure functions from one interview to the next."""

from __future__ import annotations

from datetime import datetime

from tui.domain.records import Interview, replace
from tui.domain.vocabulary import QuestionState


def begun(interview: Interview, now: datetime) -> Interview:
    """Return `interview` with the countdown running from `now`, at its first open question."""
    first = next((one.id for one in interview.checklist if one.state is QuestionState.OPEN), "")
    return replace(interview, countdown=interview.countdown.start(now), current=interview.current or first)
