"""Terminals for the tests, none of them left behind."""

from __future__ import annotations

import json
import secrets
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tinydb import TinyDB
from warmcall.config.library import Library
from warmcall.config.settings import Config
from warmcall.domain.change import Change
from warmcall.domain.records import Interview
from warmcall.domain.store import Store
from warmcall.services.services import Services
from warmcall.storage.state_file import StateFile

from tests.clock import RunningClock
from tests.requirements import program
from tests.terminal.emulator import Terminal
from tests.terminal.shells import PROMPT, SHELL
from tests.terminal.sshd import Sshd

Opens = Callable[..., Terminal]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home folder for what runs in the terminals."""
    folder = tmp_path / "empty home"
    folder.mkdir()
    return folder


@pytest.fixture
def open_terminal(home: Path) -> Iterator[Opens]:
    """Return what starts warmcall on a pseudo-terminal, with an empty home."""
    opened: list[Terminal] = []

    def start(*arguments: str, **how: Any) -> Terminal:
        names = ("columns", "rows", "program")
        given = {name: how.pop(name) for name in names if name in how}
        opened.append(Terminal(*arguments, home=home, environ=how, **given))
        return opened[-1]

    yield start
    for terminal in opened:
        terminal.close()


@pytest.fixture
def plain_shell(open_terminal: Opens) -> Terminal:
    """A shell that waits for a command, and changes nothing of the terminal by itself."""
    at = open_terminal(program=SHELL, PS1=f"{PROMPT} ")
    at.wait_for(PROMPT)
    return at


@pytest.fixture
def sshd(tmp_path: Path, home: Path) -> Iterator[Sshd]:
    """An sshd on 127.0.0.1, with an empty home behind it."""
    server = Sshd(tmp_path / "sshd", home)
    yield server
    server.close()


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """An empty folder for Unix sockets, whose paths may have 107 bytes at most (unix(7))."""
    with tempfile.TemporaryDirectory(prefix="wc-", dir="/tmp", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture
def tmux(short_folder: Path) -> Iterator[tuple[str, ...]]:
    """Return what runs a tmux of our own, without anybody's settings, stopped in the end."""
    command = (program("tmux"), "-u", "-S", str(short_folder / "socket"), "-f", "/dev/null")
    yield command
    subprocess.run([*command, "kill-server"], check=False, capture_output=True)


@pytest.fixture
def file(tmp_path: Path, library: Library) -> Path:
    """A state file with one person, Mei Tanaka, and the interview with her under way."""
    path = tmp_path / "state" / "warmcall.json"
    changes: list[Change] = []

    def new_id() -> str:
        return secrets.token_hex(8)

    services = Services(Store(), library, Config(), RunningClock(), lambda: UTC, changes.append, new_id)
    mei = services.address_book.add({"name": "Mei Tanaka", "organization": "Northgate Agency"})
    assert services.interviewing.start_now(mei.id)
    services.interview_lock.release()
    StateFile(path).save(changes)
    return path


@pytest.fixture
def running_since(file: Path) -> Callable[[timedelta], None]:
    """Return what sets the start of the interview in `file` back."""

    def start_earlier(ago: timedelta) -> None:
        tables = json.loads(file.read_bytes())
        [interview] = tables["interviews"].values()
        countdown = interview["countdown"]
        reading = RunningClock().read()
        then = (reading.utc - ago).isoformat()
        countdown["started_at"] = countdown["anchor"]["utc"] = then
        countdown["anchor"]["since_boot"] = msgspec.to_builtins(reading.since_boot - ago)
        file.write_text(json.dumps(tables))

    return start_earlier


@pytest.fixture
def in_the_notes(open_terminal: Opens, file: Path) -> Terminal:
    """The interview with Mei, the cursor in the notes of its first question."""
    at = open_terminal("--db", str(file))
    into_the_notes(at)
    return at


def into_the_notes(at: Terminal) -> None:
    """Go on with the interview with Mei, into the notes of its first question."""
    at.wait_for("Resume with Mei Tanaka")
    at.press("Enter")
    at.wait_for("[4 Interview]", "x End")
    at.press("Enter")
    at.wait_for("Leave notes")


def the_interview(file: Path) -> dict[str, Any]:
    """Return the one interview in `file`, after seeing that plain TinyDB reads the same as json does.

    Both read a copy, as a session may write between them.
    """
    data = file.read_bytes()
    tables: dict[str, Any] = json.loads(data)
    with tempfile.NamedTemporaryFile(suffix=".json") as copy:
        copy.write(data)
        copy.flush()
        with TinyDB(copy.name) as db:
            [found] = db.table("interviews").all()
    assert [found] == list(tables["interviews"].values())
    return dict(found)


def notes(file: Path) -> dict[str, str]:
    """Return the notes in `file` by question."""
    found: dict[str, str] = the_interview(file)["notes"]
    return found


def kept_notes(file: Path) -> dict[str, str]:
    """Return the notes by question as a start at this moment finds them: in `file`, or still beside it."""
    [interview] = [record for record in StateFile(file).load().records if isinstance(record, Interview)]
    return interview.notes
