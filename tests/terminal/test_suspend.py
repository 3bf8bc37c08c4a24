"""Stopped and gone on with: from outside, from the keyboard with a shell, and never without one."""

from __future__ import annotations

import os
import re
import shlex
import signal
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from tests.clock import RunningClock
from tests.terminal.conftest import Opens, notes, the_interview
from tests.terminal.emulator import PATIENCE_SECONDS, WARMCALL, Terminal

SHELL = ("bash", "--norc", "--noprofile", "-i")
PROMPT = "shell>"


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
    at.wait_until(lambda: notes(file) == {"came-to-it": "First second third fourth"}, "not saved")
    at.press("ctrl+q")
    assert at.wait_for_end() == 0


@pytest.fixture
def shell(open_terminal: Opens, home: Path) -> Terminal:
    """A shell that waits for a command."""
    at = open_terminal(program=SHELL, PS1=f"{PROMPT} ")
    at.wait_for(PROMPT)
    return at


@pytest.fixture
def from_the_shell(shell: Terminal, file: Path) -> Terminal:
    """warmcall started from a shell, the cursor in the notes of the running interview."""
    shell.press(f"{shlex.join([*WARMCALL, '--db', str(file)])}\r")
    shell.wait_for("Resume with Mei Tanaka")
    shell.press("Enter")
    shell.wait_for("[4 Interview]", "x End")
    shell.press("Enter")
    shell.wait_for("Keys again")
    return shell


def leave(at: Terminal) -> None:
    """Quit, and see the process gone: until then it takes the keys for the shell."""
    process = os.tcgetpgrp(at.child.child_fd)
    at.press("ctrl+q")
    at.wait_until(lambda: os.tcgetpgrp(at.child.child_fd) != process, "the shell never has the terminal")
    at.wait_for(PROMPT, gone="[4 Interview]")


def at_the_prompt(at: Terminal, mark: str) -> None:
    """See that the shell answers, in a terminal that is in order."""
    at.press(
        f"echo {mark[:2]}''{mark[2:]}; stty -a | tr ';' '\\n' | grep -o -w -e '[-]*icanon' -e '[-]*echo'\r"
    )
    at.wait_for(f"\n{mark}\n")
    at.wait_until(lambda: at.text.rstrip().endswith(PROMPT), "no prompt")
    answer = at.text.rpartition(f"\n{mark}\n")[2].split()
    assert answer[:2] == ["icanon", "echo"]
    assert not at.screen.cursor.hidden


def test_ctrl_z_goes_to_the_shell_and_fg_comes_back_as_often_as_wanted(
    from_the_shell: Terminal, file: Path
) -> None:
    at = from_the_shell
    text = ""
    for word in ("First ", "second "):
        at.press(word)
        text += word
        at.wait_for(text.strip())
        at.press("\x1a")
        at.wait_for("Stopped", PROMPT)
        assert notes(file) == {"came-to-it": text}
        at_the_prompt(at, f"mark{word.strip()}")
        pause(1.5)
        at.press("fg\r")
        at.wait_for("[4 Interview]", text.strip(), "Keys again", gone=PROMPT)
        right_to_one_second(at, file)
    at.press("third")
    at.wait_for("First second third")
    leave(at)
    at_the_prompt(at, "markend")
    assert notes(file) == {"came-to-it": "First second third"}


@pytest.mark.parametrize("name", ["TSTP", "STOP"])
def test_stopped_by_another_it_leaves_the_shell_in_order_and_comes_back(
    from_the_shell: Terminal, file: Path, name: str
) -> None:
    at = from_the_shell
    at.press("First ")
    at.wait_for("First")
    process = os.tcgetpgrp(at.child.child_fd)
    os.kill(process, getattr(signal, f"SIG{name}"))
    wait_for_state(at, process, "T")
    at.press("\r")
    at.wait_for(PROMPT)
    at.press("fg\r")
    at.wait_for("[4 Interview]", "First", "Keys again", gone=PROMPT)
    right_to_one_second(at, file)
    at.press("second")
    at.wait_for("First second")
    leave(at)
    at_the_prompt(at, "markend")


def test_a_key_that_the_shell_took_instead_holds_nothing_up(from_the_shell: Terminal, file: Path) -> None:
    at = from_the_shell
    process = os.tcgetpgrp(at.child.child_fd)
    at.press(":")
    os.kill(process, signal.SIGSTOP)
    wait_for_state(at, process, "T")
    at.press("\r")
    at.wait_for(PROMPT)
    at.press("fg\r")
    at.wait_for("[4 Interview]", "Keys again", gone=PROMPT)
    first = left_on(at)
    at.wait_until(lambda: left_on(at) < first - 1, "the clock stands still")
    right_to_one_second(at, file)


def test_in_the_background_it_stays_stopped_and_leaves_the_terminal_alone(from_the_shell: Terminal) -> None:
    at = from_the_shell
    at.press("First", "\x1a")
    at.wait_for("Stopped", PROMPT)
    at.press("bg\r")
    at_the_prompt(at, "markbg")
    assert "[4 Interview]" not in at.text
    at.press("fg\r")
    at.wait_for("[4 Interview]", "First", "Keys again", gone=PROMPT)
    at.press(" second")
    at.wait_for("First second")
    leave(at)
    at_the_prompt(at, "markend")


def test_a_line_that_drops_while_it_is_stopped_ends_it_with_everything_saved(
    from_the_shell: Terminal, file: Path
) -> None:
    at = from_the_shell
    process = os.tcgetpgrp(at.child.child_fd)
    at.press("by accident", "\x1a")
    at.wait_for("Stopped", PROMPT)
    at.hang_up()
    end = time.monotonic() + PATIENCE_SECONDS
    while Path(f"/proc/{process}").exists() and state_of(process) != "Z":
        assert time.monotonic() < end, "it does not end"
        pause(0.05)
    assert notes(file) == {"came-to-it": "by accident"}


def test_where_no_shell_waits_ctrl_z_says_so_and_nothing_stops(in_the_notes: Terminal, file: Path) -> None:
    in_the_notes.burst("First ", "\x1a", "second")
    in_the_notes.wait_for("There is no shell to go back to here", "First second")
    right_to_one_second(in_the_notes, file)


def test_killed_it_goes_on_in_another_terminal_with_the_right_time(open_terminal: Opens, file: Path) -> None:
    first = open_terminal("--db", str(file))
    first.wait_for("Resume with Mei Tanaka")
    first.kill()
    pause(1.5)
    second = open_terminal("--db", str(file), columns=60, rows=20)
    second.wait_for("Resume with Mei Tanaka")
    right_to_one_second(second, file)
    second.press("Enter")
    second.wait_for("[4 Interview]", gone="Resume with")
    right_to_one_second(second, file)


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
    running_since(timedelta(minutes=14, seconds=48))
    at = open_terminal("--db", str(file))
    at.wait_for("Resume with Mei Tanaka")
    at.press("l")
    at.wait_for("[1 Queue]", "last 5, 4:5", "I see we have five minutes", gone="Resume with")
    at.wait_for("last 5, 4:57 left")
    assert re.sub(rb"\x1b\][^\x07]*\x07", b"", at.bytes).count(b"\x07") == rings
