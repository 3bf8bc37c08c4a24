"""What holds for all commands: help and version, no Textual, and state files that cannot be used."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from warmcall import __version__
from warmcall.cli.base import WarmcallGroup
from warmcall.cli.bootstrap import load_services
from warmcall.cli.invocation import Invocation
from warmcall.cli.loading import load_context
from warmcall.cli.main import main
from warmcall.cli.manual.contents import TOPICS
from warmcall.config import yaml_folders
from warmcall.config.paths import user_paths
from warmcall.config.yaml_source import YamlSource, read_yaml
from warmcall.domain.vocabulary import DayPart, FollowUpKind
from warmcall.storage.migrations import SCHEMA
from warmcall.storage.process_identity import ProcessIdentity, SessionNames

from tests.bad_files import BAD_FILES, NEWER
from tests.cli.commands import command_of
from tests.cli.conftest import Run, assert_one_sentence, process, save, tables
from tests.cli.json_output import items_of
from tests.examples import LUIS, contact, follow_up, profile
from tests.requirements import needs_ordinary_user

COMMANDS = [
    ["due"], ["due", "--json"], ["add", "Ana Ruiz"], ["check"], ["export", "md"],
    ["export", "md", "--interview"], ["export", "ics"], ["export", "json"],
    ["list"], ["show", "ana"], ["next"], ["answers"], ["progress", "--json"],
    ["export", "csv"],
]  # fmt: skip


def test_plain_commands_never_import_textual(file: Path) -> None:
    save(file, LUIS, follow_up(FollowUpKind.CALL, "2020-01-06"))
    commands = [["due"], ["due", "--json"], ["add", "Ana Ruiz"], ["check"], ["paths"]]
    done = subprocess.run(
        [sys.executable, "-c", ONE_AFTER_ANOTHER, str(file), json.dumps(commands)],
        capture_output=True, text=True, timeout=20, check=False,
        env=dict(os.environ) | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )  # fmt: skip
    found = [json.loads(line.removeprefix("> ")) for line in done.stdout.splitlines() if line[:2] == "> "]
    assert found == [[*command, 0, []] for command in commands], done.stderr


def imported_by(*arguments: str) -> set[str]:
    """Return the names of the modules that a command imports in a process of its own."""
    script = (
        "import sys; from warmcall.cli.main import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, timeout=20, check=True,
        env=dict(os.environ) | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )  # fmt: skip
    return set(done.stderr.split())


def test_the_version_is_printed_without_importing_any_command() -> None:
    imported = imported_by("--version")
    ours = {name for name in imported if name.partition(".")[0] == "warmcall"}
    assert {name.removeprefix("warmcall.cli.") for name in ours} == {
        "warmcall", "warmcall.cli", "about", "base", "invocation", "main",
    }  # fmt: skip
    assert imported.isdisjoint(("msgspec", "yaml", "tinydb", "platformdirs", "phonenumbers", "csv"))


def test_what_is_due_is_listed_without_importing_what_only_other_commands_need(file: Path) -> None:
    save(file, LUIS, follow_up(FollowUpKind.CALL, "2020-01-06"))
    imported = imported_by("due", "--db", str(file))
    assert "warmcall.presentation.queue" in imported
    for name in ("cli.bootstrap", "services.services", "services.drafting", "config.library", "domain.names"):
        assert f"warmcall.{name}" not in imported
    assert imported.isdisjoint(("yaml", "hashlib", "phonenumbers", "holidays", "csv", "textual", "rich"))


def test_the_noon_of_the_users_own_cadence_decides_the_order_of_what_is_due(run: Run, file: Path) -> None:
    at_one = follow_up(FollowUpKind.CALL, "2026-11-23 13:00", id="at_one")
    afternoon = follow_up(FollowUpKind.CALL, "2026-11-23", id="afternoon", part=DayPart.AFTERNOON)
    save(file, profile(zone="America/Chicago"), LUIS, at_one, afternoon)
    assert [item["id"] for item in items_of(run("due", "--json"), "due")] == ["afternoon", "at_one"]
    config = user_paths(None, os.environ).config_folder
    config.mkdir(parents=True)
    (config / "cadence.yaml").write_text("noon_hour: 14\n")
    assert [item["id"] for item in items_of(run("due", "--json"), "due")] == ["at_one", "afternoon"]


def test_of_the_library_only_the_cadence_is_read_once_to_list_what_is_due(
    run: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = [follow_up(FollowUpKind.CALL, id=f"f{number}", part=DayPart.AFTERNOON) for number in range(9)]
    save(file, profile(zone="America/Chicago"), LUIS, *calls)
    texts: list[str] = []

    def read(text: str) -> YamlSource:
        texts.append(text)
        return read_yaml(text)

    monkeypatch.setattr(yaml_folders, "read_yaml", read)
    assert run("due").stdout.count("\n") == 9
    assert [text.count("noon_hour:") for text in texts] == [1]
    texts.clear()
    config = user_paths(None, os.environ).config_folder
    config.mkdir(parents=True)
    (config / "cadence.yaml").write_text("noon_hour: 14\n")
    assert run("due").stdout.count("\n") == 9
    assert [text.count("noon_hour:") for text in texts] == [1, 1]  # the bundled one, and that of one's own


ONE_AFTER_ANOTHER = """
import json, sys
from warmcall.cli.main import main
from warmcall.cli.manual.contents import TOPICS
from warmcall.config import yaml_folders
from warmcall.config.paths import user_paths
from warmcall.config.yaml_source import YamlSource, read_yaml

for command in json.loads(sys.argv[2]):
    try:
        main(["--db", sys.argv[1], *command], prog_name="warmcall")
    except SystemExit as end:
        drawing = [name for name in sys.modules if name.partition(".")[0] in ("textual", "rich")]
        print("> " + json.dumps([*command, end.code or 0, drawing]))
"""
"""Runs commands in one process, and says after each how it ended and what it imported for drawing."""


def test_a_reader_that_goes_away_and_a_terminal_without_utf_8_cause_no_traceback(file: Path) -> None:
    save(file, contact(name="Évi"), *(follow_up(FollowUpKind.CALL, f"2020-01-{d:02d}") for d in range(1, 30)))
    done = process("--db", str(file), "due", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert b"call" in done.stdout
    assert done.stderr == b""
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as pipe:
        child = subprocess.run(
            [sys.executable, "-m", "warmcall", "--db", str(file), "due"],
            stdout=pipe,
            stderr=subprocess.PIPE,
            timeout=20,
            check=False,
        )
    assert b"Traceback" not in child.stderr


@pytest.mark.parametrize("words", [["-V"], ["--version"], ["version"]], ids=" ".join)
def test_the_version_is_printed(run: Run, words: list[str]) -> None:
    result = run(*words, db=None)
    assert (result.exit_code, result.output) == (0, f"warmcall {__version__}\n")
    found = json.loads(run(*words, "--json", db=None).stdout)
    assert found["schema"] == 1
    assert found["items"][0] == {"type": "version", "name": "warmcall", "version": __version__}
    assert {item["name"] for item in found["items"]} >= {"python", "textual"}


@pytest.mark.parametrize("words", [["-h"], ["--help"], ["help"]], ids=" ".join)
def test_the_help_has_a_whole_line_for_every_command_under_its_heading(run: Run, words: list[str]) -> None:
    result = run(*words, db=None)
    assert result.exit_code == 0
    assert isinstance(main, WarmcallGroup)
    commands, _, topics = result.stdout.partition("Options:")[0].partition("Topics")
    listed, named = (
        dict(re.findall(r"^  ([a-z-]+) {2,}(\S.*)$", part, re.MULTILINE)) for part in (commands, topics)
    )
    assert named == {topic.name: topic.about for topic in TOPICS}
    shown = [name for name in main.list_commands(click.Context(main)) if not command_of((name,)).hidden]
    assert list(listed) == shown
    headings = [line.removesuffix(":") for line in re.findall(r"^\S.*:$", result.stdout, re.MULTILINE)]
    assert headings == [*main.sections, "Topics of the manual, for warmcall help TOPIC", "Options"]
    assert all(not line.endswith("...") for line in listed.values()), listed
    for name in listed:
        help_text = run(name, "--help", db=None)
        assert help_text.exit_code == 0
        assert listed[name].rstrip(".") in " ".join(help_text.stdout.split())


@pytest.mark.parametrize("names", [("due",), ("export", "md"), ("export",)], ids=" ".join)
def test_help_with_the_words_of_a_command_is_what_its_option_shows(run: Run, names: tuple[str, ...]) -> None:
    assert run("help", *names, db=None).output == run(*names, "--help", db=None).output


BAD_FILES_READ = [
    pytest.param(name, arguments, id=f"{name}, {' '.join(arguments)}")
    for at, name in enumerate(BAD_FILES)
    for number, arguments in enumerate(COMMANDS)
    if at == 0 or (at + number) % len(COMMANDS) == 0
]
"""Every command on one bad file, and every bad file with one command."""


@pytest.mark.parametrize(("name", "arguments"), BAD_FILES_READ)
def test_a_bad_state_file_is_an_error_and_stays_as_it_is(
    run: Run, file: Path, name: str, arguments: list[str]
) -> None:
    content, words = BAD_FILES[name]
    file.parent.mkdir()
    file.write_bytes(content)
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert_one_sentence(result.stderr, words)
    assert f"{file}: " in result.stderr
    assert file.read_bytes() == content
    assert list(file.parent.iterdir()) == [file]


UNUSABLE: dict[str, tuple[Callable[[Path], object], str]] = {
    "folder": (Path.mkdir, "it is a folder"),
    "pipe": (os.mkfifo, "it is a named pipe"),
    "device": (lambda path: path.symlink_to("/dev/zero"), "it is a device"),
    "disk that is not mounted": (lambda path: path.symlink_to("/nonexistent/x"), "where nothing is"),
    "circle": (lambda path: path.symlink_to(path), "lead in a circle"),
}
"""What a state file cannot be: how it is made, and what is said about it."""


@pytest.mark.parametrize(
    "arguments", [["due"], ["add", "Ana Ruiz"], ["check"], ["export", "csv"]], ids=" ".join
)
@pytest.mark.parametrize("kind", UNUSABLE)
def test_what_can_be_no_state_file_is_an_error_and_stays_as_it_is(
    run: Run, file: Path, kind: str, arguments: list[str]
) -> None:
    make, words = UNUSABLE[kind]
    file.parent.mkdir(parents=True)
    make(file)
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert_one_sentence(result.stderr, words)
    assert "Nothing was changed: " in result.stderr
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("/", "/: it is a folder"),
        (".", "it is a folder"),
        ("in the way/x.json", "not a directory: a part of its path is a file"),
        ("x" * 300, "the name is too long"),
    ],
)
@pytest.mark.parametrize("by", ["option", "variable"])
def test_a_path_that_can_be_no_state_files_is_an_error(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, words: str, by: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in the way").touch()
    if by == "variable":
        monkeypatch.setattr(os, "environ", dict(os.environ) | {"WARMCALL_DB": name})
    result = run("due", db=Path(name) if by == "option" else None)
    assert (result.exit_code, result.stdout) == (2, "")
    assert_one_sentence(result.stderr, words)


def test_what_root_writes_belongs_to_the_owner_of_the_folder(run: Run, tmp_path: Path) -> None:
    owner = (1234, 1235) if os.geteuid() == 0 else (os.geteuid(), os.getegid())
    home = tmp_path / "theirs"
    home.mkdir()
    os.chown(home, *owner)
    state = home / ".local" / "share" / "warmcall.json"
    for arguments in (
        ["add", "Ana Ruiz"],
        ["add", "Tom Bell"],
        ["export", "csv", "-o", str(home / "mine.csv")],
    ):
        assert run(*arguments, db=state).exit_code == 0
    found = [*home.rglob("*")]
    assert len(found) >= 7, "state, lock, a backup, the export and their folders"
    assert {(path.stat().st_uid, path.stat().st_gid) for path in found} == {owner}


def test_a_link_to_a_synced_file_stays_one(run: Run, file: Path) -> None:
    synced = file.parent.parent / "synced.json"
    save(synced, LUIS)
    file.parent.mkdir()
    file.symlink_to(synced)
    assert run("add", "Ana Ruiz").exit_code == 0
    assert [table["name"] for table in tables(synced)["contacts"].values()] == ["Luis Ortega", "Ana Ruiz"]
    assert list(file.parent.iterdir()) == [file]
    assert file.readlink() == synced


@pytest.mark.parametrize(
    "arguments", [*(command for command in COMMANDS if command[0] != "add"), ["practice"]], ids=" ".join
)
@pytest.mark.parametrize("by", ["--db", "WARMCALL_DB"])
def test_a_state_file_named_by_hand_has_to_be_there_to_be_read(
    run: Run, file: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], by: str
) -> None:
    monkeypatch.setattr("warmcall.cli.launch._require_terminal", lambda: None)
    if by == "WARMCALL_DB":
        monkeypatch.setenv("WARMCALL_DB", str(file))
    result = run(*arguments, db=file if by == "--db" else None)
    assert (result.exit_code, result.stdout) == (2, "")
    assert_one_sentence(result.stderr, f"{file}: there is no such state file: check {by}")
    assert not file.parent.exists()


@needs_ordinary_user
@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_state_file_that_may_not_be_read_is_an_error(run: Run, file: Path, arguments: list[str]) -> None:
    save(file, LUIS)
    file.chmod(0)
    result = run(*arguments)
    assert result.exit_code == 2
    assert_one_sentence(result.stderr, "permission denied")
    file.chmod(0o600)
    assert len(tables(file)["contacts"]) == 1


@needs_ordinary_user
@pytest.mark.parametrize("arguments", [*COMMANDS, ["backups"], ["check", "--restore"]], ids=" ".join)
def test_a_folder_that_may_not_be_entered_is_an_error(run: Run, file: Path, arguments: list[str]) -> None:
    save(file, LUIS)
    file.parent.chmod(0)
    result = run(*arguments)
    file.parent.chmod(0o700)
    assert result.exit_code == 2
    assert_one_sentence(result.stderr, "permission denied")


def test_a_file_of_a_newer_warmcall_is_read_and_never_written(run: Run, file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(NEWER)
    assert run("due").exit_code == 1
    result = run("add", "Ana Ruiz")
    assert result.exit_code == 2
    assert_one_sentence(result.stderr, f"written by a newer warmcall (schema 99, ours is {SCHEMA})")
    assert file.read_bytes() == NEWER


def test_a_session_is_named_after_its_process(file: Path) -> None:
    save(file, LUIS)
    services, _ = load_services(load_context(Invocation(db=file)))
    names = SessionNames(ProcessIdentity.of_this_process())
    assert names.has_ended(services.session) is False
    assert services.session.split()[1] == str(os.getpid())


ON_WINDOWS = """
import sys
import click
sys.platform = "win32"
sys.modules |= dict.fromkeys(("fcntl", "grp", "pwd", "pty", "resource", "syslog", "termios", "tty"))
from warmcall.cli.main import main
main(prog_name="warmcall")
"""
"""warmcall where Python has none of the modules that only Unix has."""


def test_on_windows_it_says_what_to_do_instead() -> None:
    done = subprocess.run([sys.executable, "-c", ON_WINDOWS, "due"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert_one_sentence(done.stderr, "")
    assert "install WSL" in done.stderr
