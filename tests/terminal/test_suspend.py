"""Stopped and gone on with: from outside, from the keyboard with a shell, and never without one."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from tests.clock import RunningClock
from tests.terminal.conftest import Opens, into_the_notes, kept_notes, notes, the_interview
from tests.terminal.emulator import PATIENCE_SECONDS, WARMCALL, Terminal
from tests.terminal.processes import Watched
from tests.terminal.shells import PROMPT, Found, prompts, run, wait_for_prompt
from tests.terminal.titles import OWN, wait_for_title, window_of

TIMES = 20
MOUSE_ON = b"\x1b[?1000h"

WITHOUT_TITLES = re.compile(rb"\x1b\][^\x07]*\x07")
"""What ends in the sign of the bell without ringing it."""


def left_on(at: Terminal) -> float:
    """Return the seconds left as the screen says."""
    found = re.search(r"(\d+):(\d\d) left", at.text)
    assert found, at.text
    return int(found[1]) * 60 + int(found[2])


def left_by(file: Path) -> float:
    """Return the seconds left by what is in the file and the clock of the tests."""
    countdown = the_interview(file)["countdown"]
    started = datetime.fromisoformat(countdown["started_at"])
    return float(countdown["minutes"] * 60 - (RunningClock().now() - started).total_seconds())


def right_to_one_second(at: Terminal, file: Path) -> None:
    """Read until the screen shows the time left, right to one second."""
    at.wait_until(lambda: " left" in at.text and -1 < left_by(file) - left_on(at) < 2, "the time is wrong")


def pause(seconds: float) -> None:
    """Let real time pass, for a process that is stopped."""
    Event().wait(seconds)


def state_of(process: int) -> str:
    """Return the state of a process: T while it is stopped."""
    return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]


def wait_for_state(at: Terminal, process: int, state: str) -> None:
    at.wait_until(lambda: state_of(process) in state, f"it is {state_of(process)}, never {state}")


@pytest.mark.parametrize("seconds", [2, pytest.param(30, marks=pytest.mark.long)])
def test_stopped_from_outside_it_goes_on_with_the_right_time(
    in_the_notes: Terminal, file: Path, seconds: int
) -> None:
    at = in_the_notes
    at.press("First ")
    at.wait_for("First")
    process = at.child.pid
    assert process
    os.kill(process, signal.SIGSTOP)
    wait_for_state(at, process, "T")
    pause(seconds)
    os.kill(process, signal.SIGCONT)
    right_to_one_second(at, file)
    assert "was set" not in at.text
    at.burst("second third ", "fourth")
    at.wait_for("First second third fourth", "[4 Interview]")
    at.wait_until(lambda: kept_notes(file) == {"came-to-it": "First second third fourth"}, "not saved")
    at.press("ctrl+q")
    assert at.wait_for_end() == 0


@pytest.fixture
def from_the_shell(plain_shell: Terminal, file: Path) -> Terminal:
    """warmcall started from a shell, the cursor in the notes of the running interview."""
    run(plain_shell, (*WARMCALL, "--mouse", "--db", str(file)))
    into_the_notes(plain_shell)
    return plain_shell


def picture(at: Terminal) -> str:
    """Return what is on the screen, whatever the time."""
    return re.sub(r"[█░]+", "", re.sub(r"\d+", "0", at.text))


class Stopped:
    """warmcall in the notes, stopped in one way after another and brought back by its shell."""

    def __init__(self, at: Terminal, found: Found, file: Path) -> None:
        self.at = at
        self.process = os.tcgetpgrp(at.child.child_fd)
        self._found = found
        self._file = file
        self._shown = picture(at)
        self._marks = 0
        self._prompts = prompts(at)

    def wait(self) -> None:
        """Read until it is stopped, and the shell answers."""
        wait_for_state(self.at, self.process, "T")
        wait_for_prompt(self.at, self._prompts)
        self._marks += 1
        self.at.press(f"clear; echo {self._marks}''mark\r")
        self.at.wait_for(f"{self._marks}mark\n{PROMPT}", gone="clear")
        self._prompts = prompts(self.at)

    def see_the_terminal_in_order(self) -> None:
        """See that the shell has the terminal, with its title, as warmcall found it."""
        self._found.check()
        assert window_of(self.at).is_as_found

    def bring_back(self) -> None:
        """See it come back with the picture, the time, the mouse and the title that it had."""
        mouse = self.at.bytes.count(MOUSE_ON)
        self.at.press("fg\r")
        self.at.wait_until(lambda: picture(self.at) == self._shown, f"not drawn anew:\n{self._shown}\n\n")
        assert state_of(self.process) != "T"
        self.at.wait_until(lambda: self.at.bytes.count(MOUSE_ON) > mouse, "the mouse is not back")
        wait_for_title(self.at, "19 min left")
        assert window_of(self.at).saved == [OWN]
        right_to_one_second(self.at, self._file)


@pytest.mark.parametrize("times", [2, pytest.param(TIMES, marks=pytest.mark.long)])
def test_however_it_is_stopped_the_shell_has_its_terminal_and_fg_brings_it_back(
    plain_shell: Terminal, file: Path, times: int
) -> None:
    at = plain_shell
    found = Found(at)
    run(at, (*WARMCALL, "--mouse", "--db", str(file)))
    into_the_notes(at)
    wait_for_title(at, "19 min left")
    at.press("First")
    at.wait_for("First")
    stopped = Stopped(at, found, file)

    for _ in range(times):
        at.press("\x1a")
        stopped.wait()
        stopped.see_the_terminal_in_order()
        assert notes(file) == {"came-to-it": "First"}
        stopped.bring_back()

    at.press("\x1a")
    stopped.wait()
    at.press("bg\r")
    stopped.wait()
    stopped.see_the_terminal_in_order()
    stopped.bring_back()

    os.kill(stopped.process, signal.SIGTSTP)
    stopped.wait()
    stopped.see_the_terminal_in_order()
    stopped.bring_back()

    os.kill(stopped.process, signal.SIGSTOP)  # which gives it no time to leave the terminal in order
    stopped.wait()
    stopped.bring_back()

    first = left_on(at)
    at.press(" last")
    at.wait_for("First last")
    at.wait_until(lambda: left_on(at) < first - 1, "the clock stands still")
    with Watched(stopped.process) as last:
        at.press("ctrl+q")
        assert last.gone_within(PATIENCE_SECONDS)
    at.press("clear; wait; echo its ''end\r")
    at.wait_for("its end", PROMPT)
    stopped.see_the_terminal_in_order()
    assert notes(file) == {"came-to-it": "First last"}


def test_a_line_that_drops_while_it_is_stopped_ends_it_with_everything_saved(
    from_the_shell: Terminal, file: Path
) -> None:
    at = from_the_shell
    process = os.tcgetpgrp(at.child.child_fd)
    at.press("by accident", "\x1a")
    wait_for_state(at, process, "T")
    with Watched(process) as stopped:
        at.hang_up()
        assert stopped.gone_within(PATIENCE_SECONDS)
    assert notes(file) == {"came-to-it": "by accident"}


def test_where_no_shell_waits_ctrl_z_says_so_and_nothing_stops(in_the_notes: Terminal, file: Path) -> None:
    in_the_notes.burst("First ", "\x1a", "second")
    in_the_notes.wait_for("There is no shell to go back to here", "First second")
    right_to_one_second(in_the_notes, file)


JUMPING = """
import signal
from datetime import datetime, timedelta
from tests.clock import RunningClock
from tests.terminal.entry import start
from warmcall.services.boot_clock import BootClock

now, since_boot, jump = RunningClock.now, BootClock.read, timedelta()

def go_on(*_):
    global jump
    jump = datetime.fromisoformat("INSTANT") - now(RunningClock())

RunningClock.now = lambda self: now(self) + jump
BootClock.read = lambda self: since_boot(self) + jump
signal.signal(signal.SIGUSR1, go_on)
start()
"""
"""warmcall with a clock that is moved to INSTANT by a signal."""


@pytest.mark.parametrize(
    ("bell", "rings"),
    [pytest.param("", 1, id="on"), pytest.param("bell: false\n", 0, id="off", marks=pytest.mark.long)],
)
def test_the_terminal_rings_once_at_five_minutes(
    open_terminal: Opens,
    file: Path,
    home: Path,
    running_since: Callable[[timedelta], None],
    bell: str,
    rings: int,
) -> None:
    config = home / ".config" / "warmcall" / "config.yaml"
    config.parent.mkdir(parents=True)
    config.write_text(bell)
    running_since(timedelta(minutes=14))
    started = datetime.fromisoformat(the_interview(file)["countdown"]["started_at"])
    almost = (started + timedelta(minutes=14, seconds=59)).isoformat()
    at = open_terminal("--db", str(file), program=(sys.executable, "-c", JUMPING.replace("INSTANT", almost)))
    at.wait_for("Resume with Mei Tanaka")
    at.press("l")
    at.wait_for("[1 Queue]", " left", gone="Resume with")
    assert b"\x07" not in WITHOUT_TITLES.sub(b"", at.bytes)
    at.child.kill(signal.SIGUSR1)
    at.wait_for("last 5, 4:5", "We have five minutes left")
    first = left_on(at)
    at.wait_until(lambda: left_on(at) < first - 1, "the clock stands still")
    assert WITHOUT_TITLES.sub(b"", at.bytes).count(b"\x07") == rings
