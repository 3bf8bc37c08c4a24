from __future__ import annotations

from datetime import timedelta

import pytest
from warmcall.domain.countdown import Countdown
from warmcall.domain.minute_marks import minute_mark, without_minutes

from tests.examples import NOW

STARTED = Countdown(minutes=20).start(NOW)


@pytest.mark.parametrize(
    ("spent", "mark"),
    [
        (timedelta(), "[00] "),
        (timedelta(seconds=59), "[00] "),
        (timedelta(minutes=7, seconds=30), "[07] "),
        (timedelta(minutes=25), "[25] "),
        (timedelta(minutes=107), "[107] "),
    ],
)
def test_a_line_begins_with_the_whole_minutes_spent(spent: timedelta, mark: str) -> None:
    assert minute_mark(STARTED, NOW + spent) == mark
    assert without_minutes(f"{mark}Sold airtime") == "Sold airtime"


def test_a_pause_is_no_minute_of_the_meeting() -> None:
    paused = STARTED.pause(NOW + timedelta(minutes=4))
    assert minute_mark(paused, NOW + timedelta(hours=2)) == "[04] "


@pytest.mark.parametrize(
    ("notes", "plain"),
    [
        ("[00] one\n[03] two\nthree", "one\ntwo\nthree"),
        ("he said [07] twice", "he said [07] twice"),
        ("[7] is a footnote, [1234] a number", "[7] is a footnote, [1234] a number"),
        ("[07]", ""),
        ("", ""),
    ],
)
def test_notes_read_to_others_have_no_minutes(notes: str, plain: str) -> None:
    assert without_minutes(notes) == plain
