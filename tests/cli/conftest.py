"""What the tests of commands share: a state file, running a command on it, and reading what it printed."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from warmcall.cli import bootstrap, loading
from warmcall.cli.invocation import Invocation
from warmcall.cli.main import main
from warmcall.domain.records import AnyRecord
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.storage.state_file import StateFile

from tests.conftest import CHICAGO, FakeClock
from tests.examples import adding, contact, follow_up

Run = Callable[..., Result]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "warmcall.json"


@pytest.fixture
def run(file: Path) -> Run:
    """Return a function that runs a command on `file`, on Monday 23 November 2026 at 15:00 UTC."""
    runner = CliRunner()

    def run(*arguments: str, db: Path | None = file) -> Result:
        chosen = ["--db", str(db)] if db else []
        return runner.invoke(
            main, [*chosen, *arguments], color=True, obj=Invocation(clock=FakeClock(), locale=None)
        )

    return run


class Shell:
    """Runs commands on one file one after the other, with a clock that goes on and ids that never change."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.clock = FakeClock()
        self._runner = CliRunner()

    def __call__(self, *arguments: str, stdin: str | bytes = "") -> Result:
        """Run a command."""
        invocation = Invocation(clock=self.clock, locale=None)
        return self._runner.invoke(main, ["--db", str(self.file), *arguments], stdin, obj=invocation)

    def ok(self, *arguments: str, stdin: str | bytes = "") -> str:
        """Run a command that has to succeed; return what it printed."""
        result = self(*arguments, stdin=stdin)
        assert result.exit_code == 0, result.output
        return result.stdout

    def refused(self, *arguments: str, stdin: str | bytes = "") -> str:
        """Run a command that has to be refused with one sentence and change nothing; return the sentence."""
        before = self.file.read_bytes() if self.file.exists() else None
        result = self(*arguments, stdin=stdin)
        assert (result.exit_code, result.stdout) == (2, ""), result.output
        assert_one_sentence(result.stderr, "")
        assert_inert(result.stderr, lines=1)
        assert (self.file.read_bytes() if self.file.exists() else None) == before
        return result.stderr.removeprefix("warmcall: ").rstrip()


@pytest.fixture
def shell(file: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """Return a shell in Chicago, on Monday 23 November 2026 at 9:00, before anything was done."""
    numbers = itertools.count(1)
    monkeypatch.setattr(
        bootstrap, "new_id", lambda: hashlib.sha256(str(next(numbers)).encode()).hexdigest()[:16]
    )
    for module in (bootstrap, loading):
        monkeypatch.setattr(module, "machine_zone", lambda _zone: lambda: CHICAGO)
    return Shell(file)


def process(*arguments: str | bytes, python: tuple[str, ...] = (), **environ: str) -> Any:
    """Run warmcall as a process of its own."""
    return subprocess.run(
        [sys.executable, *python, "-m", "warmcall", *arguments],
        capture_output=True,
        timeout=20,
        check=False,
        env=dict(os.environ) | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)} | environ,
    )


def save(file: Path, *records: AnyRecord) -> None:
    """Save records in a state file."""
    StateFile(file).save([adding(*records)])


def tables(file: Path) -> dict[str, Any]:
    """Return what is in a state file, by table."""
    found: dict[str, Any] = json.loads(file.read_text())
    return found


def write_user_file(tmp_path: Path, name: str, text: str) -> Path:
    """Write a file into the user's configuration folder."""
    path = tmp_path / "home/.config/warmcall" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def assert_one_sentence(text: str, words: str) -> None:
    """Check that `text` is one error message of a command, which has `words`."""
    assert text.count("\n") == 1
    assert text.startswith("warmcall: ")
    assert words in text
    assert text.endswith(".\n")


EVIL = "Evil\x1b[31m\nred\r\t\x9b2J\x07\u202egnihton\x00"
"""A text with control characters of every kind."""


def assert_inert(text: str, lines: int) -> None:
    """Check that `text` has that many lines and no control character."""
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
    assert text.count("\n") == lines


def damaged(file: Path) -> bytes:
    """Write a file with one sound contact and two records that are not."""
    ana = contact(id="ana", name="Ana Ruiz")
    save(file, contact(name="Luis Ortega"), ana, follow_up(FollowUpKind.CALL, "2026-11-20"))
    found = tables(file)
    found["contacts"]["2"]["kind"] = "boss\x1b[31m"
    found["follow_ups"]["9"] = 7
    file.write_text(json.dumps(found))
    return file.read_bytes()
