from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from warmcall.storage.state_file import StateFile

from tests.bad_files import BAD_FILES
from tests.examples import adding, profile
from tests.terminal.conftest import Opens
from tests.terminal.emulator import WARMCALL, Terminal

FAULTY_SCRIPT = """\
id: ask-practitioner
title: My own
kind: practitioner
channel: phone
start: opening
steps:
  opening:
    say: Hello {contact.first_name}, mine own words.
    replies:
      y: {hear: "Yes", go: nowhere}
"""


def everything_in(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"))


def shown(at: Terminal) -> str:
    """What is on the screen without blanks and line breaks, for texts that are wrapped."""
    return "".join(at.text.split())


# Where it cannot be shown.


@pytest.mark.parametrize(
    ("piped", "arguments"),
    [
        ("stdin", []),
        pytest.param("stdout", ["demo"], marks=pytest.mark.long),
        pytest.param("stdin", ["practice"], marks=pytest.mark.long),
        ("stdout", ["practice", "--interview"]),
    ],
)
def test_the_app_refuses_a_pipe_in_a_sentence(tmp_path: Path, piped: str, arguments: list[str]) -> None:
    controller, terminal = os.openpty()
    with subprocess.Popen(
        [*WARMCALL, *arguments],
        stdin=subprocess.PIPE if piped == "stdin" else terminal,
        stdout=subprocess.PIPE if piped == "stdout" else terminal,
        stderr=subprocess.PIPE,
        env=dict(os.environ) | {"TERM": "xterm", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    ) as child:
        _, output = child.communicate(timeout=20)
    os.close(terminal)
    os.close(controller)
    assert child.returncode == 2
    assert output.decode() == (
        "warmcall: the screens need a terminal: run it without a pipe, or use `warmcall due`.\n"
    )
    assert everything_in(tmp_path / "home") == []


@pytest.mark.parametrize("arguments", [(), ("practice",)])
@pytest.mark.parametrize(("term", "called"), [("dumb", "dumb"), ("unknown", "unknown"), ("", "not set")])
def test_the_app_refuses_a_terminal_that_cannot_place_text(
    open_terminal: Opens, home: Path, term: str, called: str, arguments: tuple[str, ...]
) -> None:
    at = open_terminal(*arguments, columns=200, TERM=term)
    assert at.wait_for_end() == 2
    assert at.bytes.decode() == (
        f"warmcall: this terminal (TERM is {called}) cannot place text: set TERM, or use `warmcall due`.\r\n"
    )
    assert everything_in(home) == []


@pytest.mark.parametrize("name", ["nothing in it", "cut off", "deep", "a folder"])
def test_the_app_does_not_open_on_a_bad_state_file(open_terminal: Opens, tmp_path: Path, name: str) -> None:
    file = tmp_path / "state" / "warmcall.json"
    content, words = BAD_FILES.get(name, (b"", "it is a folder, not a file"))
    file.parent.mkdir()
    if name == "a folder":
        file.mkdir()
    else:
        file.write_bytes(content)
    at = open_terminal("--db", str(file), columns=400)
    assert at.wait_for_end() == 2
    output = at.bytes.decode()
    assert output.startswith(f"warmcall: {file}: ")
    assert words in output
    assert output.endswith(".\r\n")
    assert output.count("\n") == 1
    assert file.is_dir() or file.read_bytes() == content
    assert everything_in(file.parent) == [file]


# The demo.


@pytest.fixture
def throwaway(tmp_path: Path) -> Path:
    """The folder for temporary files, as TMPDIR."""
    folder = tmp_path / "throwaway"
    folder.mkdir()
    return folder


def test_the_demo_works_on_a_throwaway_file_and_leaves_nothing(
    open_terminal: Opens, home: Path, file: Path, throwaway: Path
) -> None:
    real = file.read_bytes()
    at = open_terminal("demo", WARMCALL_DB=str(file), TMPDIR=str(throwaway))
    at.wait_for("sample", "☎ Luis Ortega", "◷ Mei Tanaka")
    [folder] = throwaway.iterdir()
    assert folder.stat().st_mode & 0o777 == 0o700
    at.press("2")
    at.wait_for("[2 People]", "Dana Whitfield")
    at.burst("a", "Zoe Quill", "ctrl+s")
    at.wait_for("in the queue to be called", "Zoe Quill")
    at.wait_until(lambda: b"Zoe Quill" in (folder / "demo.json").read_bytes(), "not saved")
    at.press("ctrl+q")
    assert at.wait_for_end() == 0
    assert everything_in(throwaway) == everything_in(home) == []
    assert file.read_bytes() == real


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_the_demo_leaves_nothing_when_it_is_ended_from_outside(
    open_terminal: Opens, home: Path, throwaway: Path, number: signal.Signals
) -> None:
    at = open_terminal("demo", TMPDIR=str(throwaway))
    at.wait_for("☎ Luis Ortega")
    at.child.kill(number)
    assert at.wait_for_end() == 128 + number
    assert everything_in(throwaway) == everything_in(home) == []


# Practice.


def test_practice_reads_the_state_file_and_leaves_it_as_it_is_byte_for_byte(
    open_terminal: Opens, home: Path, file: Path
) -> None:
    StateFile(file).save([adding(profile(name="Robin Vale"))])
    real, stood, beside = file.read_bytes(), file.stat(), everything_in(file.parent)
    at = open_terminal("--db", str(file), "practice")
    at.wait_for(
        "Practice", "call 1 of 10", "nothing is kept", "this is Robin Vale.", "They pick up the phone."
    )
    at.wait_until(lambda: re.search(r"0:0[1-9] of about", at.text) is not None, "no time passes")
    at.press("Enter", "l", "r", "u", "U", "Space", "Enter", "Enter", "Enter", "s")
    at.wait_for("Your lines, the slowest first")
    at.press("q")
    assert at.wait_for_end() == 0
    assert file.read_bytes() == real
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (stood.st_ino, stood.st_mtime_ns)
    assert everything_in(file.parent) == beside
    assert everything_in(home) == []


@pytest.mark.parametrize("key", ["q", "Esc", "ctrl+q"])
def test_practice_needs_no_state_file_and_makes_none(open_terminal: Opens, home: Path, key: str) -> None:
    at = open_terminal("practice")
    at.wait_for("Hello Alex, this is ‹your name›.")
    at.press(key)
    assert at.wait_for_end() == 0
    assert everything_in(home) == []


def test_an_interview_is_practised_alone_and_the_state_file_stays_byte_for_byte(
    open_terminal: Opens, home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "mine" / "warmcall.json"
    StateFile(file).save([adding(profile(name="Robin Vale"))])
    real, stood, beside = file.read_bytes(), file.stat(), everything_in(file.parent)
    at = open_terminal("--db", str(file), "practice", "--interview")
    at.wait_for("Practice", "an interview with nobody", "Alex Moreau", "5 questions, about 5 of 5 minutes")
    at.press("s")
    at.wait_for("4:5", " left")
    at.press("Enter", "n", "o", "Esc", "Space", "*", "u", "x")
    at.wait_for("Practice is over", "1 answer, 1 word")
    at.press("q")
    assert at.wait_for_end() == 0
    assert file.read_bytes() == real
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (stood.st_ino, stood.st_mtime_ns)
    assert everything_in(file.parent) == beside
    assert everything_in(home) == []


# The first time.


@pytest.mark.parametrize("key", ["q", "Esc", "ctrl+q"])
def test_the_first_screen_can_be_quit_and_nothing_is_written(
    open_terminal: Opens, home: Path, key: str
) -> None:
    at = open_terminal()
    at.wait_for("warmcall helps you learn", "quit; nothing is written")
    at.press(key)
    assert at.wait_for_end() == 0
    assert everything_in(home) == []


def test_looking_around_shows_sample_data_and_writes_nothing(
    open_terminal: Opens, home: Path, throwaway: Path
) -> None:
    at = open_terminal(TMPDIR=str(throwaway))
    at.wait_for("look around on sample data")
    at.press("d")
    at.wait_for("sample", "☎ Luis Ortega")
    at.press("2", "/", "Luis", "Enter", "c")
    at.wait_for("[3 Call]", "Hello Luis, this is Robin Vale.")
    at.press("q")
    assert at.wait_for_end() == 0
    assert everything_in(throwaway) == everything_in(home) == []


# The user's own YAML.


def test_a_faulty_script_is_named_with_its_line_and_the_bundled_ones_work(
    open_terminal: Opens, home: Path, file: Path
) -> None:
    script = home / ".config/warmcall/scripts/mine.yaml"
    script.parent.mkdir(parents=True)
    script.write_text(FAULTY_SCRIPT)
    at = open_terminal("--db", str(file), columns=120)
    at.wait_until(lambda: "line10:" in shown(at), "the fault is not told")
    assert "".join(str(script).split()) in shown(at)
    assert "“nowhere”" in shown(at)
    at.wait_for("Resume with Mei Tanaka")
    at.press("l", "1")
    at.press("a", "Ana Ruiz", "ctrl+s")
    at.wait_for("☎ Ana Ruiz", gone="A new contact")
    at.press("G", "Enter")
    at.wait_for("[3 Call]", "Hello Ana", "No, go on")
    assert "mine own words" not in at.text
    at.press("ctrl+q")
    assert at.wait_for_end() == 0
    assert script.read_text() == FAULTY_SCRIPT
