"""Windows of every size, and windows without colour."""

from __future__ import annotations

import re
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from tests.terminal.conftest import Opens, kept_notes
from tests.terminal.emulator import Terminal

SIZES = [(60, 20), (80, 24), (200, 60)]
COLOURS = {*range(30, 38), 38, *range(40, 48), 48, 58, *range(90, 98), *range(100, 108)}


def clock(at: Terminal) -> str:
    """Return the time left as the screen shows it."""
    found = re.search(r"\d+:\d\d(?= left)", at.text)
    return found[0] if found else ""


def see_the_clock_go_on(at: Terminal) -> None:
    """Read until the time left is another one."""
    at.wait_until(lambda: clock(at) != "", "no time left is shown")
    first = clock(at)
    at.wait_until(lambda: clock(at) not in ("", first), "the clock stands still")


def is_whole(at: Terminal) -> bool:
    """Return whether the first line of the interview and the last are where the window begins and ends."""
    return (
        "[4 Interview]" in at.screen.display[0]
        and "How did you come to this job?" in at.text
        and "? help" in at.screen.display[-1]
    )


def test_a_window_of_any_size_is_filled_and_the_countdown_goes_on_in_it(
    open_terminal: Opens, file: Path
) -> None:
    at = open_terminal("--db", str(file), columns=200, rows=60)
    at.wait_for("Resume with Mei Tanaka")
    at.press("Enter")
    for columns, rows in ((200, 60), (60, 20), (80, 24)):
        at.resize(columns, rows)
        at.wait_until(lambda: is_whole(at), "the window is not filled")
        see_the_clock_go_on(at)
    at.resize(40, 10)
    at.wait_for("This window is small: make it at least", "50 by 14")
    see_the_clock_go_on(at)
    at.resize(80, 24)
    at.wait_for("question 1 of 8", gone="This window is small")
    assert is_whole(at)
    at.press("2")
    at.wait_for("[2 People]")
    see_the_clock_go_on(at)


@pytest.mark.long
@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_nothing_is_cut_off_or_drawn_beyond_the_edge(
    open_terminal: Opens, file: Path, columns: int, rows: int
) -> None:
    at = open_terminal("--db", str(file), columns=columns, rows=rows)
    at.wait_for("Resume with Mei Tanaka")
    at.press("Enter")
    at.wait_for("[4 Interview]", "? help")
    assert is_whole(at)


def test_resizing_while_typing_keeps_every_word(in_the_notes: Terminal, file: Path) -> None:
    sizes = [(80, 24), (60, 20), (40, 10), (120, 40), (1, 1), (80, 24)]
    words = ["one", "two", "three", "four", "five"]
    for word, (_, (columns, rows)) in zip(words, pairwise(sizes), strict=True):
        in_the_notes.press(f"{word} ")
        in_the_notes.resize(columns, rows)
        in_the_notes.press(f"{word} ")
    text = "".join(f"{word} {word} " for word in words)
    in_the_notes.wait_until(lambda: kept_notes(file) == {"came-to-it": text}, "not saved")
    in_the_notes.wait_for("one one two two", "five five", "Leave notes")


def test_without_colour_no_colour_is_sent(open_terminal: Opens, file: Path) -> None:
    at = open_terminal("--db", str(file), NO_COLOR="1")
    at.wait_for("Resume with Mei Tanaka")
    at.press("Enter")
    at.wait_for("x End")
    at.burst("Enter", "By accident.")
    at.wait_for("By accident.")
    at.press("Esc")
    at.wait_for("x End")
    at.press("?")
    at.wait_for("Star the answer: worth")
    at.press("?")
    for key, sign in (("r", "Named by"), ("ctrl+s", "a name is needed"), ("Esc", "x End")):
        at.press(key)
        at.wait_for(sign)
    for key, sign in (("2", "[2 People]"), ("3", "[3 Call]"), ("6", "[6 Target]"), ("1", "[1 Queue]")):
        at.press(key)
        at.wait_for(sign)
    at.press("ctrl+q")
    assert at.wait_for_end() == 0
    sent = {
        int(word) for code in re.findall(rb"\x1b\[([\d;]*)m", at.bytes) for word in code.split(b";") if word
    }
    assert 7 in sent
    assert sent.isdisjoint(COLOURS)


EMPTY_NO_COLOR = """
import os
from tests.terminal.entry import start

os.environ["NO_COLOR"] = ""
start()
"""


def test_an_empty_no_color_asks_for_nothing(open_terminal: Opens, file: Path) -> None:
    at = open_terminal("--db", str(file), program=(sys.executable, "-c", EMPTY_NO_COLOR))
    at.wait_for("Resume with Mei Tanaka")
    assert re.search(rb"\x1b\[[\d;]*38;", at.bytes)


A_SIZE_TOO_LATE = """
from textual import events
from textual.geometry import Size
from tests.terminal.entry import start
from warmcall.widgets.text_area import PlainTextArea

typed = PlainTextArea.on_key

def told(self, event):
    typed(self, event)
    if event.character == "!":
        self.app.post_message(events.Resize(Size(1, 1), Size(1, 1)))

PlainTextArea.on_key = told
start()
"""


def test_a_size_that_is_reported_after_the_last_does_not_stay(open_terminal: Opens, file: Path) -> None:
    at = open_terminal("--db", str(file), program=(sys.executable, "-c", A_SIZE_TOO_LATE))
    at.wait_for("Resume with Mei Tanaka")
    at.press("Enter")
    at.wait_for("x End")
    at.press("Enter")
    at.wait_for("Leave notes")
    drawn = at.bytes.count(b"Leave notes")
    at.press("By accident!")
    at.wait_until(lambda: at.bytes.count(b"Leave notes") > drawn, "was not drawn anew")
    at.wait_for("[4 Interview]", "By accident!", "Leave notes")
