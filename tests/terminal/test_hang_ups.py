"""Hang-ups of every kind, and what exits leave: nothing lost, nothing running, the terminal as found.

With --log-cli-level=INFO, how long each took is told.
"""

from __future__ import annotations

import itertools
import logging
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal.conftest import Opens, into_the_notes, notes
from tests.terminal.emulator import PATIENCE_SECONDS, WARMCALL, Terminal
from tests.terminal.processes import Watched, process_of
from tests.terminal.shells import PROMPT, Found, modes_left, run, wait_for_code
from tests.terminal.sshd import Sshd
from tests.terminal.test_shutdown import CRASHING, LIMIT_SECONDS, UNSEEN
from tests.terminal.test_suspend import state_of, wait_for_state

USED_SECONDS = 1.0
"""The most processor time an end may take: what spins uses more, in the three seconds it has."""

TIMES = 20

Drop = Callable[[Terminal, int], object]
Kind = tuple[Terminal, Drop]
"""A terminal with warmcall on it, and how its line drops, given the process of warmcall."""


@pytest.fixture
def ours(file: Path) -> tuple[str, ...]:
    """The words behind Python of the warmcall that is to end."""
    return (*WARMCALL[1:], "--db", str(file))


@pytest.fixture
def kind(request: pytest.FixtureRequest) -> Kind:
    """One kind of hang-up."""
    found: Kind = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def ssh_client_killed(open_terminal: Opens, sshd: Sshd, file: Path) -> Kind:
    return open_terminal(program=sshd.client("--db", str(file))), lambda at, _: at.kill()


@pytest.fixture
def sshd_child_killed(open_terminal: Opens, sshd: Sshd, file: Path) -> Kind:
    def drop(_at: Terminal, ours: int) -> None:
        sessions = [process for process in sshd.processes() if process != ours]
        assert sessions
        for session in sessions:
            os.kill(session, signal.SIGKILL)

    return open_terminal(program=sshd.client("--db", str(file))), drop


@pytest.fixture
def tmux_server_killed(open_terminal: Opens, tmux: tuple[str, ...], file: Path) -> Kind:
    at = open_terminal("new-session", *WARMCALL, "--db", str(file), program=tmux)
    return at, lambda _at, _ours: subprocess.run([*tmux, "kill-server"], check=True)


@pytest.fixture
def nohup_then_closed(plain_shell: Terminal, file: Path) -> Kind:
    """`nohup` alone takes the terminal away from what it runs; a shell under it takes it back."""
    plain_shell.press("cd\r")
    back = '"$@" </dev/tty >/dev/tty 2>&1'
    run(plain_shell, ("nohup", "/bin/sh", "-c", back, "sh", *WARMCALL, "--db", str(file)))
    return plain_shell, lambda at, _: at.hang_up()


@pytest.fixture
def terminal_closed(open_terminal: Opens, file: Path) -> Kind:
    return open_terminal("--db", str(file)), lambda at, _: at.hang_up()


@pytest.fixture
def sighup(open_terminal: Opens, file: Path) -> Kind:
    return open_terminal("--db", str(file)), lambda _, ours: os.kill(ours, signal.SIGHUP)


@pytest.fixture
def sigterm(open_terminal: Opens, file: Path) -> Kind:
    return open_terminal("--db", str(file)), lambda _, ours: os.kill(ours, signal.SIGTERM)


KINDS = ["ssh_client_killed", "sshd_child_killed", "tmux_server_killed", "nohup_then_closed"]
OFTEN = [*KINDS, "terminal_closed", "sighup", "sigterm"]
"""The last three are looked at once each in test_ending."""


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        *((kind, 0) for kind in KINDS),
        *(pytest.param(kind, n, marks=pytest.mark.long) for kind in OFTEN for n in range(TIMES)),
    ],
    indirect=["kind"],
)
def test_it_is_gone_soon_with_everything_saved(
    kind: Kind, ours: tuple[str, ...], file: Path, more: int
) -> None:
    """The letters of `more` are typed just before the line drops: any number of them may still arrive."""
    at, drop = kind
    into_the_notes(at)
    at.press("By accident.")
    at.wait_for("By accident.")
    typed = "By accident." + "".join(itertools.islice(itertools.cycle(UNSEEN), more))
    with Watched(process_of(*ours)) as process:
        at.burst(typed.removeprefix("By accident."))
        process.mark()
        drop(at, process.process)
        end = process.wait_for_end(LIMIT_SECONDS)
    logging.getLogger(__name__).info("gone after %.2f s, %.2f s of them at work", *end)
    assert end.used < USED_SECONDS
    saved = notes(file)["came-to-it"]
    assert typed.startswith(saved)
    assert saved.startswith("By accident.")


def test_under_nohup_alone_it_says_at_once_that_there_is_no_terminal(
    plain_shell: Terminal, file: Path
) -> None:
    told = file.with_name("told")
    run(plain_shell, ("sh", "-c", '"$@" >"$0"', str(told), "nohup", *WARMCALL, "--db", str(file)))
    wait_for_code(plain_shell, 2)
    assert "the screens need a terminal" in told.read_text()


def picture(at: Terminal) -> str:
    """Return what is on the screen, whatever the time."""
    return re.sub(r"[█░]+", "", re.sub(r"\d+", "0", at.text))


def see_the_end(at: Terminal) -> None:
    """Read until the shell has shown everything, what it says of the job that ended included."""
    at.press("clear; wait; echo its ''end\r")
    at.wait_for("its end", PROMPT)


@pytest.mark.parametrize("times", [3, pytest.param(TIMES, marks=pytest.mark.long)])
def test_to_the_shell_and_back_each_side_is_in_order_as_often_as_wanted(
    plain_shell: Terminal, ours: tuple[str, ...], file: Path, times: int
) -> None:
    at = plain_shell
    found = Found(at)
    run(at, (*WARMCALL[:1], *ours))
    into_the_notes(at)
    at.press("First")
    at.wait_for("First")
    process = process_of(*ours)
    shown = picture(at)
    for turn in range(times):
        at.press("\x1a")
        wait_for_state(at, process, "T")
        at.press(f"clear; echo {turn}''mark\r")
        at.wait_for(f"{turn}mark\n{PROMPT}", gone="clear")
        found.check()
        assert notes(file)["came-to-it"].startswith("First")
        at.press("fg\r")
        at.wait_until(lambda: picture(at) == shown, f"not drawn anew:\n{shown}\n\n")
        assert state_of(process) != "T"
    at.press(" last")
    at.wait_for("First last")
    with Watched(process) as last:
        at.press("ctrl+q")
        assert last.gone_within(PATIENCE_SECONDS)
    see_the_end(at)
    found.check()
    assert notes(file) == {"came-to-it": "First last"}


KNOWS_SIZES = "\x1b[?2048;2$y"
"""What a terminal answers that tells new sizes among the keys; such ones know pixels for the mouse, too."""


def test_a_terminal_that_knows_more_is_left_as_found(plain_shell: Terminal, ours: tuple[str, ...]) -> None:
    found = Found(plain_shell)
    run(plain_shell, (*WARMCALL[:1], *ours, "--mouse"))
    into_the_notes(plain_shell)
    plain_shell.press(KNOWS_SIZES)
    plain_shell.wait_until(lambda: b"2048" in modes_left(plain_shell.bytes), "new sizes are not asked for")
    plain_shell.press("ctrl+q")
    wait_for_code(plain_shell, 0)
    found.check()


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_a_terminal_that_is_still_there_is_left_as_found_when_a_signal_ends_it(
    plain_shell: Terminal, ours: tuple[str, ...], number: signal.Signals
) -> None:
    found = Found(plain_shell)
    run(plain_shell, (*WARMCALL[:1], *ours, "--mouse"))
    into_the_notes(plain_shell)
    os.kill(process_of(*ours, "--mouse"), number)
    wait_for_code(plain_shell, 128 + number)
    found.check()
    assert "[4 Interview]" not in plain_shell.text


def test_the_terminal_is_left_as_found_by_a_crash(plain_shell: Terminal, file: Path) -> None:
    found = Found(plain_shell)
    run(plain_shell, (sys.executable, "-c", CRASHING, "--db", str(file), "--mouse"))
    into_the_notes(plain_shell)
    plain_shell.press("By accident!")
    wait_for_code(plain_shell, 1)
    found.check()
    assert "accident" not in plain_shell.text
    assert str(file.with_name("warmcall.log")) in plain_shell.text.replace("\n", "")


LOOPING = CRASHING.replace(
    'raise RuntimeError("a mistake of ours")', "import threading; threading.Event().wait()"
)


def test_the_terminal_is_left_as_found_when_the_app_was_stuck(plain_shell: Terminal, file: Path) -> None:
    found = Found(plain_shell)
    run(plain_shell, (sys.executable, "-c", LOOPING, "--db", str(file), "--mouse"))
    into_the_notes(plain_shell)
    plain_shell.press("By accident")
    plain_shell.wait_for("By accident")
    plain_shell.press("!")
    os.kill(process_of("-c", LOOPING, "--db", str(file), "--mouse"), signal.SIGTERM)
    wait_for_code(plain_shell, 143)
    found.check()
    assert "By accident" not in plain_shell.text
    assert notes(file)["came-to-it"].startswith("By accident")


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_stopped_it_is_ended_from_the_shell_that_has_the_terminal(
    plain_shell: Terminal, ours: tuple[str, ...], file: Path, number: signal.Signals
) -> None:
    found = Found(plain_shell)
    run(plain_shell, (*WARMCALL[:1], *ours))
    into_the_notes(plain_shell)
    plain_shell.press("By accident")
    plain_shell.wait_for("By accident")
    with Watched(process_of(*ours)) as process:
        plain_shell.press("\x1a")
        wait_for_state(plain_shell, process.process, "T")
        process.mark()
        plain_shell.press(f"clear; kill -{number.value} %1\r")
        assert process.wait_for_end(LIMIT_SECONDS).used < USED_SECONDS
    see_the_end(plain_shell)
    found.check()
    assert notes(file) == {"came-to-it": "By accident"}


def test_stopped_from_outside_it_is_ended_where_nobody_may_write_from_the_background(
    plain_shell: Terminal, ours: tuple[str, ...], file: Path
) -> None:
    plain_shell.press("stty tostop\r")
    run(plain_shell, (*WARMCALL[:1], *ours))
    into_the_notes(plain_shell)
    plain_shell.press("By accident")
    plain_shell.wait_for("By accident")
    with Watched(process_of(*ours)) as process:
        os.kill(process.process, signal.SIGSTOP)
        wait_for_state(plain_shell, process.process, "T")
        process.mark()
        for number in (signal.SIGTERM, signal.SIGCONT):
            os.kill(process.process, number)
        assert process.wait_for_end(LIMIT_SECONDS).used < USED_SECONDS
    assert notes(file) == {"came-to-it": "By accident"}
