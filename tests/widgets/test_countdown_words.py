from __future__ import annotations

from datetime import timedelta

import pytest

from tests.examples import NOW
from tui.domain.countdown import Countdown
from tui.widgets.countdown_words import window_title


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "20 min left"),
        (1, "19 min left"),
        (7 * 60 + 19, "12 min left"),
        (18 * 60, "2 min left"),
        (19 * 60, "1 min left"),
        (19 * 60 + 1, "less than a minute left"),
        (19 * 60 + 59, "less than a minute left"),
        (20 * 60, "time is up"),
        (25 * 60, "time is up"),
    ],
)
def test_the_title_of_a_window_says_whole_minutes(seconds: int, words: str) -> None:
    running = Countdown(minutes=20).start(NOW)
    now = NOW + timedelta(seconds=seconds)
    assert window_title(running, now) == words
    assert window_title(running.pause(now), now + timedelta(hours=1)) == f"paused, {words}"


def test_without_a_running_countdown_a_window_has_no_title_of_ours() -> None:
    assert window_title(Countdown(), NOW) == ""
    assert window_title(Countdown().start(NOW).stop(NOW), NOW) == ""
