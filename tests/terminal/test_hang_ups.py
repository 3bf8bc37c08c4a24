"""Hang-ups of every kind, and what exits leave: nothing lost, nothing running, the terminal as found.

With --log-cli-level=INFO, how long each took is logged.
"""

from __future__ import annotations

import itertools
import logging
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal.conftest import Opens, into_the_notes, notes
from tests.terminal.emulator import WARMCALL, Terminal
from tests.terminal.fork_server import ForkedChild
from tests.terminal.processes import Watched, process_of
from tests.terminal.shells import PROMPT, Found, prompts, run, wait_for_code, wait_for_prompt
from tests.terminal.sshd import Sshd
from tests.terminal.test_shutdown import LIMIT_SECONDS, UNSEEN
from tests.terminal.test_suspend import wait_for_state

USED_SECONDS = 1.0
"""The most processor time an end may take: what spins uses more, in the three seconds it has."""

TIMES = 20

Drop = Callable[[Terminal, int], object]
Kind = tuple[Terminal, Drop]
"""A terminal with warmcall on it, and how its line drops, given the process of warmcall."""


@pytest.fixture
def ours(file: Path) -> tuple[str, ...]:
    """The arguments after Python of the warmcall that is to end."""
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
    """`nohup` alone takes the terminal away from what it runs; a shell under it undoes it."""
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


KINDS = ["ssh_client_killed", "tmux_server_killed", "nohup_then_closed"]
OFTEN = [*KINDS, "sshd_child_killed", "terminal_closed", "sighup", "sigterm"]
"""The last three are in test_shutdown once each; for warmcall the first of these is like a killed client."""


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
    forked = at.child.pid if isinstance(at.child, ForkedChild) else None
    with Watched(forked or process_of(*ours)) as process:
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
    output = file.with_name("told")
    run(plain_shell, ("sh", "-c", '"$@" >"$0"', str(output), "nohup", *WARMCALL, "--db", str(file)))
    wait_for_code(plain_shell, 2)
    assert "the screens need a terminal" in output.read_text()


def see_the_end(at: Terminal) -> None:
    """Read until the shell has shown everything, what it says of the job that ended included."""
    at.press("clear; wait; echo its ''end\r")
    at.wait_for("its end", PROMPT)


@pytest.mark.parametrize("number", [signal.SIGTERM, pytest.param(signal.SIGHUP, marks=pytest.mark.long)])
def test_stopped_it_is_ended_from_the_shell_that_has_the_terminal(
    plain_shell: Terminal, ours: tuple[str, ...], file: Path, number: signal.Signals
) -> None:
    found = Found(plain_shell)
    run(plain_shell, (*WARMCALL[:1], *ours))
    into_the_notes(plain_shell)
    plain_shell.press("By accident")
    plain_shell.wait_for("By accident")
    with Watched(process_of(*ours)) as process:
        before = prompts(plain_shell)
        plain_shell.press("\x1a")
        wait_for_state(plain_shell, process.process, "T")
        wait_for_prompt(plain_shell, before)
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
