"""What holds for every command that reads: what it imports, what it writes, and how it prints."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from warmcall.cli.schema import outputs
from warmcall.domain.vocabulary import FollowUpKind

from tests.cli.conftest import Run, save
from tests.examples import LUIS, follow_up, interview, local, question

READING: dict[str, list[str]] = {
    "due": [], "due --count": [], "next": [], "list": [], "show": ["luis"], "answers": [], "progress": [],
}  # fmt: skip
"""The commands that only read, by their words, with what they need besides."""

LINES = [[*words.split(), *more] for words, more in READING.items()]

ONE_AFTER_ANOTHER = """
import json, sys
from warmcall.cli.main import main

for command in json.loads(sys.argv[2]):
    try:
        main(["--db", sys.argv[1], *command], prog_name="warmcall")
    except SystemExit as end:
        print("> " + json.dumps([command, end.code or 0, sorted(sys.modules)]))
"""


@pytest.fixture
def known(file: Path) -> Path:
    """A file in which every command that reads finds something."""
    call = follow_up(FollowUpKind.CALL, "2020-01-06", id="f")
    talk = interview(
        "2020-01-03 10:00",
        checklist=(question("day"),),
        notes={"day": "Calls."},
        ended_at=local("2020-01-03 10:20"),
    )
    save(file, LUIS, call, talk)
    return file


def environment() -> dict[str, str]:
    return dict(os.environ) | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


def test_none_imports_textual_or_what_only_writing_needs(known: Path) -> None:
    commands = [command for line in LINES for command in (line, [*line, "--json"])]
    done = subprocess.run(
        [sys.executable, "-c", ONE_AFTER_ANOTHER, str(known), json.dumps(commands)],
        capture_output=True, text=True, timeout=30, check=False, env=environment(),
    )  # fmt: skip
    found = [json.loads(line.removeprefix("> ")) for line in done.stdout.splitlines() if line[:2] == "> "]
    assert [(command, code) for command, code, _ in found] == [(command, 0) for command in commands], (
        done.stderr
    )
    for command, _, modules in found:
        drawing = {name for name in modules if name.partition(".")[0] in ("textual", "rich")}
        writing = {"warmcall.storage.writer", "warmcall.storage.drafts", "warmcall.cli.changing"} & {*modules}
        others = {"phonenumbers", "icalendar", "holidays", "idna", "charset_normalizer"} & {*modules}
        assert (drawing, writing, others) == (set(), set(), set()), command


def test_none_writes_anything(run: Run, known: Path, tmp_path: Path) -> None:
    def all_files() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    before = all_files()
    for line in LINES:
        for more in ((), ("--json",)):
            assert run(*line, *more).exit_code == 0, line
    assert all_files() == before


def test_each_has_json_that_is_described(run: Run, known: Path) -> None:
    assert READING.keys() <= outputs().keys()


def test_on_a_terminal_there_is_colour_unless_no_color_is_set(
    known: Path,
) -> None:
    def printed(*words: str, **more: str) -> bytes:
        """Return what a command prints on a terminal that is too high for the pager."""
        main_end, terminal_end = pty.openpty()
        with subprocess.Popen(
            [sys.executable, "-m", "warmcall", "--db", str(known), *words],
            stdin=terminal_end, stdout=terminal_end, stderr=subprocess.DEVNULL,
            env=environment() | {"TERM": "xterm-256color", "LINES": "500", "COLUMNS": "200"} | more,
        ) as process:  # fmt: skip
            os.close(terminal_end)
            found = b""
            try:
                while chunk := os.read(main_end, 65536):
                    found += chunk
            except OSError:  # the other end is closed
                pass
            process.wait(timeout=20)
        os.close(main_end)
        return found

    colored, plain, empty = printed("due"), printed("due", NO_COLOR="1"), printed("due", NO_COLOR="")
    assert b"\x1b[" in colored
    assert empty == colored
    assert b"\x1b" not in plain
    assert b"days late" in plain
