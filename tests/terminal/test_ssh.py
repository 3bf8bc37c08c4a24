"""Over a real ssh on 127.0.0.1: what a person sees, and how their own terminal is left."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path

import pytest

from tests.terminal.conftest import Opens, notes
from tests.terminal.emulator import Terminal
from tests.terminal.shells import Found, modes_left, run, wait_for_code
from tests.terminal.sshd import Sshd

NAME = "Zoë Ångström 李美玲"
WORDS = "Zufällig: ein Job für zwei Wochen, 你好 ✓"


@pytest.fixture
def over_ssh(open_terminal: Opens, sshd: Sshd, file: Path) -> Terminal:
    """warmcall there, offering to resume the interview with Mei."""
    at = open_terminal(program=sshd.client("--db", str(file)))
    at.wait_for("Resume with Mei Tanaka")
    return at


def test_it_is_walked_through_typed_into_and_left(over_ssh: Terminal, file: Path) -> None:
    at = over_ssh
    at.press("l")
    for key, name in (("2", "People"), ("3", "Call"), ("6", "Target"), ("[", "Interview"), ("2", "People")):
        at.press(key)
        at.wait_for(f"[{'4' if key == '[' else key} {name}]", " left")
    at.press("a")
    at.wait_for("A new contact")
    at.press(NAME, "ctrl+s")
    at.wait_for("in the queue to be called", NAME.replace("李美玲", ""), gone="A new contact")
    at.press("4", "Enter")
    at.wait_for("Keys again")
    at.burst(WORDS, "Tab", "Half of it is spreadsheets")
    at.wait_for("question 2 of 7", "Half of it is spreadsheets")
    at.press("ctrl+q")
    assert at.wait_for_end() == 0
    assert notes(file) == {"came-to-it": WORDS, "ordinary-day": "Half of it is spreadsheets"}
    assert NAME in [load["name"] for load in json.loads(file.read_bytes())["contacts"].values()]


def test_a_new_size_of_the_window_arrives(over_ssh: Terminal) -> None:
    at = over_ssh
    at.press("Enter")
    at.wait_for("[4 Interview]", "x End")
    for columns, rows in ((120, 40), (60, 20)):
        at.resize(columns, rows)
        at.wait_until(lambda: "? help" in at.screen.display[-1], "the last line is not the last")
        at.wait_until(lambda: at.screen.display[0].rstrip().endswith(" left"), "the right edge is elsewhere")
        assert len(at.screen.display[0].rstrip()) >= at.screen.columns - 2
    at.resize(40, 10)
    at.wait_for("This window is small")


def test_a_copy_goes_to_the_terminal_and_no_more_is_claimed(over_ssh: Terminal) -> None:
    at = over_ssh
    at.press("l")
    at.wait_for("[1 Queue]", "interview Mei Tanaka", gone="Resume with")
    at.press("Y")
    at.wait_for("Sent to your terminal's clipboard")
    [said] = [line for line in at.text.splitlines() if "Sent" in line]
    assert re.sub(r"[^\w' ]", "", said).strip() == "Sent to your terminal's clipboard"
    [sent] = re.findall(rb"\x1b\]52;c;([^\x07\x1b]*)", at.bytes)
    assert "Mei Tanaka" in base64.b64decode(sent).decode()


def test_the_terminal_in_front_of_the_person_is_as_it_was(
    plain_shell: Terminal, sshd: Sshd, file: Path
) -> None:
    at = plain_shell
    found = Found(at)
    run(at, sshd.client("--db", str(file), "--mouse"))
    at.wait_for("Resume with Mei Tanaka")
    assert {b"1049", b"25", b"2004", b"1000", b"1006", b"7"} <= modes_left(at.bytes)
    at.press("l")
    at.wait_for("[1 Queue]", gone="Resume with")
    at.press("q")
    wait_for_code(at, 0)
    found.check()
    assert "[1 Queue]" not in at.text
