"""The mouse on a real terminal: silent unless it is let in, and off again at the end and in the shell."""

from __future__ import annotations

import os
import re
import shlex
import signal
import sys
from pathlib import Path

import pytest

from tests.terminal.conftest import Opens
from tests.terminal.emulator import Terminal
from tests.terminal.test_suspend import PROMPT, SHELL, state_of

ON, OFF = b"\x1b[?1000h", b"\x1b[?1000l"
OF_THE_MOUSE = re.compile(rb"\x1b\[\?(?:9|100[0-3]|1005|1006|1015|1016)([hl])")


def mouse_at_the_end(at: Terminal) -> str:
    """Return whether the mouse was last turned on (h) or off (l); empty if it was never spoken of."""
    told = OF_THE_MOUSE.findall(at.bytes)
    return told[-1].decode() if told else ""


def click(at: Terminal, words: str) -> None:
    """Click where `words` begin, as a terminal tells of it."""
    (row,) = (row for row, line in enumerate(at.screen.display, 1) if words in line)
    column = at.screen.display[row - 1].index(words) + 1
    at.press(f"\x1b[<0;{column};{row}M", f"\x1b[<0;{column};{row}m")


def let_in(home: Path) -> None:
    config = home / ".config" / "warmcall" / "config.yaml"
    config.parent.mkdir(parents=True)
    config.write_text("mouse: true\n")


def test_without_being_asked_the_terminal_never_hears_of_a_mouse(open_terminal: Opens) -> None:
    at = open_terminal("demo")
    at.wait_for("[1 Queue]", "? help")
    at.press("2")
    at.wait_for("[2 People]")
    at.press("q")
    assert at.wait_for_end() == 0
    assert mouse_at_the_end(at) == ""


@pytest.mark.parametrize("how", ["option", "settings"])
def test_let_in_it_is_on_while_the_app_runs_and_clicks_and_the_wheel_arrive(
    open_terminal: Opens, home: Path, how: str
) -> None:
    if how == "settings":
        let_in(home)
    at = open_terminal(*(["--mouse"] if how == "option" else []), "demo")
    at.wait_for("[1 Queue]", "? help")
    assert mouse_at_the_end(at) == "h"
    click(at, "2 People")
    at.wait_for("[2 People]")
    click(at, "Luis Ortega")
    at.wait_until(lambda: any(line.startswith("▸Luis Ortega") for line in at.screen.display), "not selected")
    click(at, "Luis Ortega")
    at.wait_for("h Attempts", "+1 312 555")
    click(at, "c Call")
    at.wait_for("[3 Call]", "They say")
    at.press("q")
    assert at.wait_for_end() == 0
    assert mouse_at_the_end(at) == "l"


def test_in_the_shell_it_is_off_and_back_after_every_kind_of_stop(open_terminal: Opens, file: Path) -> None:
    at = open_terminal(program=SHELL, PS1=f"{PROMPT} ")
    at.wait_for(PROMPT)
    at.press(f"{shlex.join([sys.executable, '-m', 'warmcall', '--mouse', '--db', str(file)])}\r")
    at.wait_for("Resume with Mei Tanaka")
    at.press("l")
    at.wait_for("[1 Queue]", gone="Resume with")
    at.press("\x1a")
    at.wait_for("Stopped", PROMPT)
    assert mouse_at_the_end(at) == "l"
    at.press("fg\r")
    at.wait_for("[1 Queue]", gone=PROMPT)
    assert mouse_at_the_end(at) == "h"
    process = os.tcgetpgrp(at.child.child_fd)
    at.bytes = b""
    os.kill(process, signal.SIGSTOP)
    at.wait_until(lambda: state_of(process) == "T", "it does not stop")
    at.press("\r")
    at.wait_for(PROMPT)
    assert mouse_at_the_end(at) == ""
    at.press("fg\r")
    at.wait_for("[1 Queue]", gone=PROMPT)
    at.wait_until(lambda: ON in at.bytes, "the mouse is not back")
    click(at, "2 People")
    at.wait_for("[2 People]")
    at.press("ctrl+q")
    at.wait_for(PROMPT, gone="[2 People]")
    assert mouse_at_the_end(at) == "l"


def test_ended_by_a_signal_it_turns_the_mouse_off_too(open_terminal: Opens) -> None:
    at = open_terminal("--mouse", "demo")
    at.wait_for("[1 Queue]", "? help")
    os.kill(at.child.pid or 0, signal.SIGTERM)
    assert at.wait_for_end() == 128 + signal.SIGTERM
    assert mouse_at_the_end(at) == "l"
    assert OFF in at.bytes
