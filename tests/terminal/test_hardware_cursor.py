"""Every screen is read by the terminal's cursor alone, as a braille display or a screen reader follows it."""

from __future__ import annotations

import re
import signal
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.terminal.conftest import Opens
from tests.terminal.emulator import Terminal

BYTES_A_MOVE = 10


class Stop(NamedTuple):
    """A place: the keys that lead there, what is on the screen then, and what is in the cursor's line."""

    keys: tuple[str, ...]
    seen: str
    read: str


STOPS = [
    Stop((), "[1 Queue]", "Helen Marsh"),
    Stop(("j",), "[1 Queue]", "Maximiliana Konstan"),
    Stop(("G",), "[1 Queue]", "佐藤 由美"),
    Stop(("g", "z"), "Put off:", "1  tomorrow"),
    Stop(("Esc", "/", "Isa"), "Isa", "Isa"),
    Stop(("Esc", ":"), "Find anything by its name", "type a command or a name"),
    Stop(("Esc", "?"), "The keys here and now", "Enter"),
    Stop(("j",), "The keys here and now", "Done"),
    Stop(("?", "a"), "A new contact", "Name"),
    Stop(("Tab",), "A new contact", "Who they are"),
    Stop(("Tab", "Bell"), "Bell", "Bell"),
    Stop(("Esc", "Esc", "2"), "[2 People]", "Dana Whitfield"),
    Stop(("j", "j", "j", "j"), "[2 People]", "Helen Marsh"),
    Stop(("3",), "[3 Call]", "Hello"),
    Stop(("o",), "How did it end?", "an interview was set"),
    Stop(("j",), "How did it end?", "talk"),
    Stop(("Esc", "P"), "ractice", "Hello"),
    Stop(("Esc", "6"), "[6 Target]", "You"),
    Stop(("M",), "Messages", ""),
]
"""A walk over the screens and dialogs."""


@pytest.fixture
def reader(home: Path) -> Path:
    """A home whose settings have the cursor shown."""
    folder = home / ".config" / "warmcall"
    folder.mkdir(parents=True)
    (folder / "config.yaml").write_text("cursor: true\n")
    return home


def line_read(at: Terminal) -> str:
    """Return the line that the cursor stands in."""
    return at.text.split("\n")[at.screen.cursor.y]


def wait_until_read(at: Terminal, words: str) -> None:
    """Read until the cursor stands in a line with `words`, and is shown."""

    def is_read() -> bool:
        return words in line_read(at) and not at.screen.cursor.hidden

    at.wait_until(is_read, f"the cursor is not at {words!r}")


def test_a_walk_over_the_screens_is_read_by_the_cursor_alone(reader: Path, open_terminal: Opens) -> None:
    at = open_terminal("demo")
    for stop in STOPS:
        at.press(*stop.keys)
        at.wait_for(stop.seen)
        wait_until_read(at, stop.read)


def test_in_a_list_it_stands_on_the_first_cell_of_each_row_and_costs_a_few_bytes(
    reader: Path, open_terminal: Opens
) -> None:
    at = open_terminal("demo")
    at.wait_for("[1 Queue]", "? help")
    wait_until_read(at, "Helen Marsh")
    read: list[str] = []
    while "佐藤" not in line_read(at):
        read.append(line_read(at))
        before, sent = line_read(at), at.received
        at.press("j")
        at.wait_until(lambda last=before: line_read(at) != last, "the cursor stays")  # type: ignore[misc]
        at.wait_until(lambda: line_read(at).startswith("▸"), "it is not on the row")
        assert at.screen.cursor.x == 0
        placing = re.search(rb"(?:\x1b\[[0-9;?]*[A-Za-z]|[\r\n\x08])*$", at.bytes[sent:])
        assert placing is not None, "what follows the last character of the frame"
        assert 0 < len(placing[0]) <= BYTES_A_MOVE
    assert len(set(read)) == len(read)
    assert [line for line in at.text.split("\n") if line.startswith("▸")] == [line_read(at)]


def test_letters_go_where_it_stands_and_ticks_and_messages_do_not_move_it(
    reader: Path, open_terminal: Opens, file: Path
) -> None:
    at = open_terminal("--db", str(file))
    wait_until_read(at, "Resume with")
    at.press("Enter")
    at.wait_for("[4 Interview]", "x End")
    at.press("Enter")
    at.wait_for("Leave notes")
    at.press("By accident")
    wait_until_read(at, "By accident")
    at.wait_until(lambda: at.screen.cursor.x == line_read(at).index("By accident") + 11, "not at the caret")
    place = at.screen.cursor.x, at.screen.cursor.y
    tick = at.text.split("\n")[0]
    at.wait_until(lambda: at.text.split("\n")[0] != tick, "no tick")
    at.press("\x1a")
    at.wait_for("There is no shell to go back to here")
    assert (at.screen.cursor.x, at.screen.cursor.y) == place
    at.press("!")
    at.wait_for("By accident!")


def test_it_is_hidden_unless_the_settings_show_it_and_shown_again_after_another_program(
    reader: Path, open_terminal: Opens
) -> None:
    at = open_terminal("demo")
    wait_until_read(at, "Helen Marsh")
    at.child.kill(signal.SIGSTOP)
    at.screen.reset()
    at.child.kill(signal.SIGCONT)
    wait_until_read(at, "Helen Marsh")
    (reader / ".config" / "warmcall" / "config.yaml").write_text("cursor: false\n")
    plain = open_terminal("demo")
    plain.wait_until(lambda: "Helen Marsh" in line_read(plain), "it does not stand on the row")
    assert plain.screen.cursor.hidden


def test_a_message_costs_its_line_and_that_of_the_keys_again_and_nothing_else(open_terminal: Opens) -> None:
    at = open_terminal("demo")
    at.wait_for("[1 Queue]", "? help")
    at.wait_until(lambda: "Helen Marsh" in line_read(at), "it does not stand on the row")
    for key, name in (("j", "Maximiliana"), ("k", "Helen Marsh")):  # all that starting draws has come by then
        at.press(key)
        at.wait_until(lambda name=name: name in line_read(at), "it does not move")  # type: ignore[misc]
    sent = at.received
    at.screen.dirty.clear()
    at.press("O")
    at.wait_for("The last change left nobody without a next step", gone="? help")
    at.wait_for("? help", gone="The last change left nobody without a next step")
    assert at.screen.dirty == {at.screen.lines - 1}
    assert at.received - sent < 700
