from __future__ import annotations

from datetime import timedelta

import pytest
from warmcall.domain.countdown import Countdown
from warmcall.presentation.countdown import minutes_left

from tests.examples import NOW


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
    assert minutes_left(running, now) == words
    assert minutes_left(running.pause(now), now + timedelta(hours=1)) == f"paused, {words}"
