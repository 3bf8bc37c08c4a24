"""The lines for other programs, as the manual has them, each run by the program it is for."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from warmcall.cli.manual import snippets
from warmcall.cli.manual.snippets import SNIPPETS, Snippet
from warmcall.domain.vocabulary import FollowUpKind, QuestionState

from tests.cli.conftest import save
from tests.examples import contact, follow_up, interview, local, question
from tests.requirements import needs
from tests.services.test_report import mark

Shell = Callable[..., str]
COUNT = "2 late"


@pytest.fixture
def home(file: Path, tmp_path: Path) -> dict[str, str]:
    """The environment of a user for whom warmcall is installed, with two things due.

    notify-send and mail are programs that write down what they are given.
    """
    luis = contact(phone="+1 312 555 0142")
    talk = interview(
        "2020-01-03 10:00",
        id="talk luis",
        checklist=tuple(question(id_, state=QuestionState.ASKED) for id_ in ("day", "pay")),
        notes={"day": "Calls.", "pay": "60 a year."},
        ended_at=local("2020-01-03 10:20"),
    )
    save(
        file,
        luis,
        contact(id="mei", name="Mei Tanaka"),
        talk,
        mark(luis, "pay", not_to_repeat=True),
        follow_up(FollowUpKind.CALL, "2020-01-06", id="f1"),
        follow_up(FollowUpKind.THANK_YOU, "2020-01-06", id="f2"),
    )
    folder_of_user = tmp_path / "home"
    programs, cache = folder_of_user / ".local/bin", folder_of_user / ".cache"
    for folder in (programs, cache):
        folder.mkdir(parents=True)
    given = f'printf "%s|" "$@" >>{folder_of_user}/given; '
    for name, script in (
        ("warmcall", f'exec {sys.executable} -m warmcall "$@"'),
        ("notify-send", given),
        ("mail", f"{given}cat >>{folder_of_user}/given"),
    ):
        program = programs / name
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
    return {
        "HOME": str(folder_of_user),
        "PATH": f"{programs}:{os.environ['PATH']}",
        "WARMCALL_DB": str(file),
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "LANG": "C.UTF-8",
    }


@pytest.fixture
def shell(home: dict[str, str]) -> Shell:
    """Return a function that runs a program for that user, and returns what it prints."""

    def run(*command: str) -> str:
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False, env=home)
        assert (done.returncode, done.stderr) == (0, ""), command
        return done.stdout

    return run


def command_of(line: str) -> str:
    """Return the command of a line for cron, as cron gives it to the shell."""
    fields = line.split(maxsplit=5)
    assert all(re.fullmatch(r"[0-9*/,-]+", field) for field in fields[:5])
    assert not re.search(r"(?<!\\)%", fields[5])  # cron ends the command there
    return fields[5].replace("\\%", "%")


def prompt_in(shell: Shell, tmp_path: Path, program: str, rest: str, snippet: Snippet) -> str:
    """Return what a shell shows that has the lines of `snippet` in its file of settings."""
    (tmp_path / "home/.cache/warmcall.due").write_text(f"{COUNT}\n")
    return shell(program, "-c", "\n".join([*snippet.lines, rest]))


def test_cron_counts_for_prompts(shell: Shell, tmp_path: Path) -> None:
    shell("sh", "-c", command_of(snippets.COUNT_EVERY_FIVE_MINUTES.lines[0]))
    assert (tmp_path / "home/.cache/warmcall.due").read_text() == f"{COUNT}\n"


@needs("bash")
def test_bash_prints_it_before_a_prompt_after_what_was_there(shell: Shell, tmp_path: Path) -> None:
    for before in ("", "PROMPT_COMMAND='echo first'\n"):
        lines = Snippet("", "", (*before.splitlines(), *snippets.BASH.lines))
        shown = prompt_in(shell, tmp_path, "bash", 'eval "$PROMPT_COMMAND"', lines)
        assert shown == f"{'first' if before else ''}\n{COUNT}\n".lstrip("\n")


@needs("zsh")
def test_zsh_has_it_in_the_prompt(shell: Shell, tmp_path: Path) -> None:
    assert prompt_in(shell, tmp_path, "zsh", 'print -P "$RPROMPT"', snippets.ZSH) == f"{COUNT}\n"


@needs("fish")
def test_fish_has_it_in_the_prompt(shell: Shell, tmp_path: Path) -> None:
    assert prompt_in(shell, tmp_path, "fish", "fish_right_prompt", snippets.FISH) == f"{COUNT}\n"


@needs("tmux")
def test_tmux_has_it_in_the_status_line(home: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "tmux.conf").write_text("\n".join(snippets.TMUX.lines) + "\n")
    tmux = ("tmux", "-S", "socket", "-f", "tmux.conf")
    ours, its = pty.openpty()
    with subprocess.Popen(
        [*tmux, "new-session", "sleep 20"], stdin=its, stdout=its, stderr=its, cwd=tmp_path,
        env=home | {"TERM": "xterm", "SHELL": "/bin/sh"},  # nobody's own shell runs nothing
    ) as client:  # fmt: skip
        os.close(its)
        shown = b""
        while COUNT.encode() not in shown:
            shown += os.read(ours, 65536)  # ends with an error when tmux does
        subprocess.run([*tmux, "kill-server"], cwd=tmp_path, env=home, check=True, timeout=20)
        client.wait(timeout=20)
    os.close(ours)


@needs("jq")
def test_tmux_can_show_the_minutes_left_of_an_interview(shell: Shell, file: Path) -> None:
    command = re.fullmatch(r"set -ag status-right ' #\((.*)\)'", snippets.TMUX_CLOCK.lines[0])
    assert command is not None
    shell("warmcall", "interview", "start", "mei")
    assert shell("sh", "-c", command[1]) == "19\n"


def test_cron_shows_a_note_on_the_desktop_only_if_anything_is_due(shell: Shell, tmp_path: Path) -> None:
    shell("sh", "-c", command_of(snippets.NOTIFY.lines[0]))
    assert (tmp_path / "home/given").read_text() == f"warmcall|{COUNT}|"


def test_cron_mails_what_is_due(shell: Shell, tmp_path: Path) -> None:
    assert snippets.MAIL_BY_CRON.lines[0].startswith("MAILTO=")
    due = shell("sh", "-c", command_of(snippets.MAIL_BY_CRON.lines[1]))
    assert due.count("\n") == 2
    shell("sh", "-c", command_of(snippets.MAIL.lines[0]))
    assert (tmp_path / "home/given").read_text() == f"-s|Due today|you@example.org|{due}"


def test_where_nothing_is_due_cron_is_silent(shell: Shell, file: Path, tmp_path: Path) -> None:
    found = json.loads(file.read_text())
    file.write_text(json.dumps(found | {"follow_ups": {}}))
    for snippet in (snippets.NOTIFY, snippets.MAIL):
        assert shell("sh", "-c", f"{command_of(snippet.lines[0])} || true") == ""
    assert not (tmp_path / "home/given").exists()


def test_cron_of_root_checks_for_each_user_as_that_user(shell: Shell, tmp_path: Path) -> None:
    programs = tmp_path / "home/.local/bin"
    for name, script in (
        ("getent", 'case $1 in group) echo "$2:x:7:ana,tom";; *) echo "$2:x:1:7::$HOME/$2:/bin/sh";; esac'),
        ("runuser", 'printf "%s|" "$1" "$2" "$3" && shift 3 && exec "$@"'),
        ("warmcall", 'echo "$HOME $*"'),
    ):
        (programs / name).write_text(f"#!/bin/sh\n{script}\n")
        (programs / name).chmod(0o755)
    command = command_of(snippets.CHECK_FOR_ALL.lines[0]).replace("/usr/local/bin/", "")
    home = tmp_path / "home"
    assert shell("sh", "-c", command) == f"-u|ana|--|{home}/ana check\n-u|tom|--|{home}/tom check\n"


@needs("jq")
def test_jq_reads_what_is_printed(shell: Shell) -> None:
    calls, new, answers = (shell("sh", "-c", line) for line in snippets.JQ.lines)
    assert calls == "Luis Ortega\t+1 312 555 0142\n"
    assert new == "Mei Tanaka\n"
    assert json.loads(answers) == {"question": "What about day?", "contact": "Luis Ortega", "words": "Calls."}


def test_every_snippet_is_tried_here() -> None:
    tried = Path(__file__).read_text(encoding="utf-8")
    names = {name for name, value in vars(snippets).items() if isinstance(value, Snippet)}
    assert len(names) == len(SNIPPETS)
    assert all(f"snippets.{name}" in tried for name in names)
