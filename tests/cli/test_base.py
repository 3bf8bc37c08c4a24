"""What all commands share: their help, `--db` before and after them, and how they end."""

from __future__ import annotations

import itertools
import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from warmcall.cli import bootstrap
from warmcall.cli.base import examples_of
from warmcall.cli.invocation import Invocation, LaunchOptions
from warmcall.cli.main import main
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.storage.state_file import StateFile

from tests.cli.commands import COMMANDS, OPTIONS, command_of
from tests.conftest import FakeClock
from tests.examples import LUIS, adding, follow_up
from tests.requirements import missing, needs_file

LINKEDIN = Path(__file__).parents[1] / "formats/people/01_linkedin_2024.csv"
GIVEN = {
    "add": ["Ana"],
    "show": ["luis"],
    "config get": ["theme"],
    "config set": ["theme", "dark"],
    "export": ["json"],
    "interview": ["status"],
    "import": ["--dry-run", str(LINKEDIN)],
    "merge-people": ["--take-apart", "luis"],
}
"""What commands need besides options, by their words."""

NOT_TWICE = {"practice", "backups restore", "git-setup"}
"""Commands that open the screens, or that say something else when they are run again."""

WITHOUT_FILE = {
    "completion",
    "demo",
    "help",
    "man",
    "schema",
    "version",
}


@pytest.mark.parametrize("names", COMMANDS, ids=" ".join)
def test_the_help_of_every_command_fits_into_eighty_columns(names: tuple[str, ...]) -> None:
    outputs = {
        CliRunner().invoke(main, [*names, option], prog_name="warmcall").output for option in ("-h", "--help")
    }
    assert len(outputs) == 1
    [text] = outputs
    assert text.startswith("Usage: warmcall")
    assert "..." not in text.partition("Commands:")[2]
    assert [line for line in text.splitlines() if len(line) > 80] == []


def test_every_option_says_what_it_does() -> None:
    for names, option in OPTIONS:
        assert option.help, (names, option)
        assert option.help.endswith("."), (names, option)
        assert command_of(names).help, names


def test_the_help_of_every_command_has_examples_of_it() -> None:
    for names in COMMANDS:
        found = examples_of(command_of(names))
        assert len(found) >= 2, names
        assert " ".join(("warmcall", *names)) in found[0][0], names
        for line, _ in found:
            _parse(line)


def _parse(line: str) -> None:
    """Parse the command line of an example, which may be part of a pipe."""
    order = next(part for part in re.split(r"[|;]|&&|>+|<", line) if "warmcall " in f"{part} ")
    words = shlex.split(order.partition("warmcall")[2])
    context = main.make_context("warmcall", words)
    while isinstance(context.command, click.Group) and (words := [*context._protected_args, *context.args]):
        name, command, rest = context.command.resolve_command(context, words)
        assert command is not None, line
        context = command.make_context(name, rest, parent=context)


def test_click_checks_no_file_by_itself() -> None:
    for names, option in OPTIONS:
        if isinstance(option.type, click.Path):
            checks = {
                name: getattr(option.type, name) for name in ("exists", "readable", "writable", "executable")
            }
            assert not any(checks.values()), (names, option, checks)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "given.json"
    StateFile(path).save([adding(LUIS, follow_up(FollowUpKind.CALL, "2026-01-02"))])
    return path


@pytest.mark.parametrize(
    "names",
    [names for names in COMMANDS if names and " ".join(names) not in WITHOUT_FILE | NOT_TWICE],
    ids=" ".join,
)
def test_the_state_file_may_be_named_before_or_after_a_command(
    names: tuple[str, ...], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    needed = [
        argument for argument in command_of(names).params
        if isinstance(argument, click.Argument) and argument.required
    ]  # fmt: skip
    given = GIVEN.get(" ".join(names), ["luis"] * len(needed))
    monkeypatch.setenv("WARMCALL_DB", "/nonexistent/other.json")
    db = ["--db", str(file)]
    orders = [[*db, *names, *given], [*names, *db, *given], [*db, *names, *db, *given]]
    invocation = Invocation(clock=FakeClock())
    content = file.read_bytes()
    results = []
    for order in orders:
        file.write_bytes(content)  # `add` would warn of the namesake of the time before
        numbers = itertools.count(10)
        monkeypatch.setattr(bootstrap, "new_id", lambda numbers=numbers: f"id{next(numbers)}")
        results.append(CliRunner().invoke(main, order, obj=invocation))
    endings = {(result.output, result.exit_code) for result in results}
    assert len(endings) == 1
    [(output, code)] = endings
    assert (
        code == 0 or (code == 2 and (needed or given)) or names[0] in ("answers", "interview", "undo", "redo")
    )
    assert "other.json" not in output


def test_the_state_file_named_after_a_command_wins_over_the_one_before(file: Path) -> None:
    result = CliRunner().invoke(main, ["--db", "/nonexistent/a.json", "paths", "--db", str(file)])
    assert f"state          {file}\n" in result.output


@pytest.mark.parametrize("name", sorted(WITHOUT_FILE))
def test_a_command_without_a_state_file_has_no_option_for_one(name: str, file: Path) -> None:
    result = CliRunner().invoke(main, [name, "--db", str(file)])
    assert result.exit_code == 2
    assert result.stderr == f"warmcall: {name} has no option --db: warmcall help {name} lists them.\n"


@pytest.mark.parametrize(
    ("words", "opening"),
    [
        (["demo"], LaunchOptions()),
        (["--ascii", "demo"], LaunchOptions(ascii=True)),
        (["demo", "--ascii"], LaunchOptions(ascii=True)),
        (["--ascii", "demo", "--no-ascii"], LaunchOptions(ascii=False)),
        (["--mouse", "demo", "--plain-drawing"], LaunchOptions(plain=True, mouse=True)),
    ],
)
def test_launch_options_may_stand_before_or_after_a_command(
    words: list[str], opening: LaunchOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[LaunchOptions] = []
    monkeypatch.setattr("warmcall.cli.launch.open_demo", lambda _invocation, options: asked.append(options))
    assert CliRunner().invoke(main, words).exit_code == 0
    assert asked == [opening]


FAILING = """
import warmcall.services.queue_cache as part
from warmcall.cli.main import main

def fails(*_):
    name = "a secret name"
    raise {error}

part.QueueCache.due_within = fails
main()
"""


def ended(error: str, file: Path) -> subprocess.CompletedProcess[str]:
    """Run `due` so that it raises `error`."""
    return subprocess.run(
        [sys.executable, "-c", FAILING.format(error=error), "due", "--db", str(file)],
        capture_output=True, text=True, check=False, timeout=20,
        env=dict(os.environ) | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )  # fmt: skip


@pytest.mark.parametrize("error", ["RuntimeError('a mistake')", "PermissionError(13, 'not allowed')"])
def test_an_unexpected_error_never_looks_like_nothing_due(file: Path, error: str) -> None:
    done = ended(error, file)
    assert (done.returncode, done.stdout) == (70, "")
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("warmcall: an error in warmcall ended it (")
    log = file.with_name("warmcall.log")
    assert str(log) in done.stderr
    assert log.stat().st_mode & 0o777 == 0o600
    assert "due_within" in log.read_text()
    assert "a secret name" not in log.read_text().replace('name = "a secret name"', "")


@pytest.mark.parametrize(
    ("error", "number"),
    [("KeyboardInterrupt", signal.SIGINT), ("BrokenPipeError(32, 'Broken pipe')", signal.SIGPIPE)],
)
def test_an_interrupt_and_a_closed_pipe_end_it_quietly_with_the_code_of_their_signal(
    file: Path, error: str, number: signal.Signals
) -> None:
    done = ended(error, file)
    assert (done.returncode, done.stdout) == (128 + number, "")
    assert done.stderr.strip() == ""


def sent_to(writing: int, *arguments: str) -> tuple[int, str]:
    """Run a command with its output sent to a file descriptor; return its exit code and its error output."""
    done = subprocess.run(
        [sys.executable, "-m", "warmcall", *arguments],
        stdout=writing, stderr=subprocess.PIPE, text=True, check=False, timeout=20,
        env=dict(os.environ) | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )  # fmt: skip
    os.close(writing)
    return done.returncode, done.stderr


@pytest.mark.parametrize("arguments", [("--help",), ("add", "--help"), ("dew",)], ids=" ".join)
def test_running_the_module_and_the_script_are_the_same(arguments: tuple[str, ...]) -> None:
    script = Path(sys.executable).with_name("warmcall")
    if not script.exists():
        missing("warmcall is not installed beside this Python")
    runs = [
        subprocess.run([*command, *arguments], capture_output=True, text=True, check=False, timeout=20)
        for command in ([sys.executable, "-m", "warmcall"], [str(script)])
    ]
    outcomes = {(run.returncode, run.stdout, run.stderr) for run in runs}
    assert len(outcomes) == 1


OUTPUTS = [
    ("due",), ("--help",), ("completion", "bash"),
    *(pytest.param(words, marks=pytest.mark.long) for words in [("paths",), ("due", "--help"), ("man",)]),
]  # fmt: skip
"""Commands of each kind of output: a list, a help and a text; their like in the long runs."""


@pytest.mark.parametrize("arguments", OUTPUTS, ids=" ".join)
def test_a_closed_pipe_ends_it_with_the_code_of_its_signal(
    file: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setenv("WARMCALL_DB", str(file))
    reading, writing = os.pipe()
    os.close(reading)
    assert sent_to(writing, *arguments) == (141, "")


@pytest.mark.parametrize("command", ["list", "add Ana Ruiz"])
def test_with_its_output_closed_a_command_does_what_it_does_and_prints_nothing(
    file: Path, command: str
) -> None:
    line = f'exec "{sys.executable}" -m warmcall --db "{file}" {command} >&-'
    environ = dict(os.environ) | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(["sh", "-c", line], capture_output=True, env=environ, check=False, timeout=20)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@needs_file("/dev/full")
@pytest.mark.parametrize("arguments", OUTPUTS, ids=" ".join)
def test_output_to_a_full_disk_fails_with_a_sentence(
    file: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setenv("WARMCALL_DB", str(file))
    message = "warmcall: the output cannot be written: no space left on device.\n"
    assert sent_to(os.open("/dev/full", os.O_WRONLY), *arguments) == (2, message)
    assert not file.with_name("warmcall.log").exists()
