"""Over a real ssh on 127.0.0.1: what a person sees, and how their own terminal is left."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path

from tests.terminal.conftest import notes
from tests.terminal.emulator import Terminal
from tests.terminal.shells import Found, modes_left, run, wait_for_code
from tests.terminal.sshd import Sshd

NAME = "Zoë Ångström 李美玲"
WORDS = "Zufällig: ein Job für zwei Wochen, 你好 ✓"


def test_it_is_seen_typed_into_resized_copied_from_and_the_own_terminal_is_as_it_was(
    plain_shell: Terminal, sshd: Sshd, file: Path
) -> None:
    at = plain_shell
    found = Found(at)
    run(at, sshd.client("--db", str(file), "--mouse"))
    at.wait_for("Resume with Mei Tanaka")
    assert {b"1049", b"25", b"2004", b"1000", b"1006", b"7"} <= modes_left(at.bytes)
    at.press("l")
    at.wait_for("[1 Queue]", "◷ Mei Tanaka", gone="Resume with")
    see_a_copy(at)
    at.press("2")
    at.wait_for("[2 People]", " left")
    at.press("a")
    at.wait_for("A new contact")
    at.press(NAME, "ctrl+s")
    at.wait_for("in the queue to be called", NAME.replace("李美玲", ""), gone="A new contact")
    at.press("4", "Enter")
    at.wait_for("Leave notes")
    at.burst(WORDS, "Tab", "Half of it is spreadsheets")
    at.wait_for("question 2 of 8", "Half of it is spreadsheets")
    for columns, rows in ((120, 40), (60, 20), (80, 24)):
        at.resize(columns, rows)
        at.wait_until(lambda: "Leave notes" in at.screen.display[-1], "the last line is not the last")
        at.wait_until(lambda: at.screen.display[0].rstrip().endswith(" left"), "the right edge is elsewhere")
        assert len(at.screen.display[0].rstrip()) >= at.screen.columns - 2
    at.press("ctrl+q")
    wait_for_code(at, 0)
    found.check()
    assert "[4 Interview]" not in at.text
    assert notes(file) == {"came-to-it": WORDS, "ordinary-day": "Half of it is spreadsheets"}
    assert NAME in [contact["name"] for contact in json.loads(file.read_bytes())["contacts"].values()]


def see_a_copy(at: Terminal) -> None:
    """Copy; see it arrive at the terminal, and no more claimed than that."""
    at.press("Y")
    at.wait_for("Sent to your terminal's clipboard")
    [line] = [line for line in at.text.splitlines() if "Sent" in line]
    assert re.sub(r"[^\w' ]", "", line).strip() == "Sent to your terminal's clipboard"
    [sent] = re.findall(rb"\x1b\]52;c;([^\x07\x1b]*)", at.bytes)
    assert "Mei Tanaka" in base64.b64decode(sent).decode()
