"""Completion in real shells: the script is read as a user reads it, and asks the real warmcall."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest
from click.testing import CliRunner
from warmcall.cli.main import main

from tests.requirements import needs

LIMIT_SECONDS = 20


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """What a shell needs to find warmcall, under the name it is installed as."""
    program = tmp_path / "bin" / "warmcall"
    program.parent.mkdir()
    start = "import sys; sys.argv[0] = 'warmcall'; from warmcall.cli.main import main; main()"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{start}" "$@"\n')
    program.chmod(0o755)
    return {
        "HOME": os.environ["HOME"], "PATH": f"{program.parent}:{os.environ['PATH']}",
        "TERM": "xterm-256color", "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LANG": "C.UTF-8",
    }  # fmt: skip


def script(shell: str) -> str:
    done = CliRunner().invoke(main, ["completion", shell])
    assert done.exit_code == 0
    return done.output


def asked(shell: str, order: str, environ: dict[str, str]) -> list[str]:
    """Return the lines a shell prints for an order, which must not make it complain."""
    plain = {"bash": ["--norc", "--noprofile"], "zsh": ["-f"], "fish": ["--no-config"]}[shell]
    done = subprocess.run(
        [shell, *plain, "-c", order],
        capture_output=True, text=True, check=True, env=environ, timeout=LIMIT_SECONDS,
    )  # fmt: skip
    assert done.stderr == ""
    return done.stdout.splitlines()


CASES = [
    (["warmcall", "ex"], ["export"]),
    (["warmcall", "export", ""], ["csv", "google", "ics", "json", "md", "vcf"]),
    (["warmcall", "add", "Ana", "--kind", "m"], ["manager"]),
    (["warmcall", "add", "Ana", "--source", "a"], ["association", "alumni"]),
    (["warmcall", "add", "Ana", "--zone", "america/chic"], ["America/Chicago"]),
    (["warmcall", "backups", "re"], ["restore"]),
    (["warmcall", "completion", ""], ["bash", "zsh", "fish"]),
    (["warmcall", "nothing", "of", "that"], []),
]


IN_SHELLS = [
    case if case in (CASES[0], CASES[1], CASES[-1]) else pytest.param(*case, marks=pytest.mark.long)
    for case in CASES
]
"""The cases of one beginning, of none and of nothing to offer go through each shell in the usual run."""


@pytest.mark.parametrize(("words", "offered"), CASES, ids=lambda item: " ".join(item))
def test_what_fits_is_given_to_a_shell_that_asks(words: list[str], offered: list[str]) -> None:
    environ = {
        "_WARMCALL_COMPLETE": "bash_complete",
        "COMP_WORDS": "\n".join(words),
        "COMP_CWORD": str(len(words) - 1),
    }
    done = CliRunner().invoke(main, [], prog_name="warmcall", env=environ)
    assert [line.partition(",")[2] for line in done.output.splitlines() if line] == offered


@pytest.mark.parametrize(("words", "offered"), IN_SHELLS, ids=lambda item: " ".join(item))
def test_bash_offers_what_fits(environ: dict[str, str], words: list[str], offered: list[str]) -> None:
    typed = " ".join(f"'{word}'" for word in words)
    order = (
        f"{script('bash')}\nCOMP_WORDS=({typed}) COMP_CWORD={len(words) - 1}\n"
        "_warmcall_completion warmcall\nprintf '%s\\n' \"${COMPREPLY[@]}\""
    )
    assert [item for item in asked("bash", order, environ) if item] == offered


@needs("fish")
@pytest.mark.parametrize(("words", "offered"), IN_SHELLS[:-1], ids=lambda item: " ".join(item))
def test_fish_offers_what_fits(environ: dict[str, str], words: list[str], offered: list[str]) -> None:
    order = f"{script('fish')}\ncomplete --do-complete '{' '.join(words)}'"
    assert sorted(item.partition("\t")[0] for item in asked("fish", order, environ)) == sorted(offered)


def typed_in(shell: list[str], begin: str, typed: str, sees: str, environ: dict[str, str]) -> None:
    """Start a shell, have it run a line, type something, and wait for what appears after it."""
    at = pexpect.spawn(shell[0], shell[1:], env=environ, dimensions=(24, 120), timeout=LIMIT_SECONDS)
    at.delaybeforesend = None
    try:
        at.expect_exact("ready>")
        at.send(f"{begin}; PS1='read''y2> '\r")
        at.expect_exact("ready2>")
        at.send(typed)
        at.expect_exact(sees)
    finally:
        at.close(force=True)


def test_tab_completes_in_bash_as_it_is_typed(environ: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "script").write_text(script("bash"))
    begin = f". '{tmp_path}/script'"
    shell = ["bash", "--norc", "--noprofile", "-i"]
    typed_in(
        shell,
        begin,
        "warmcall ex\tmd --inter\t",
        "warmcall export md --interview",
        environ | {"PS1": "ready> "},
    )


@needs("zsh")
def test_tab_completes_in_zsh_as_it_is_typed(environ: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "script").write_text(script("zsh"))
    begin = f"autoload -U compinit && compinit -D -u && . '{tmp_path}/script'"
    shell = ["zsh", "-f", "-i"]
    typed_in(shell, begin, "warmcall ex\tm\t--inter\t", "--interview", environ | {"PS1": "ready> "})


def test_an_unknown_shell_is_refused() -> None:
    done = CliRunner().invoke(main, ["completion", "tcsh"])
    assert done.exit_code == 2
    assert done.stderr == "warmcall: completion: SHELL cannot be “tcsh”: write bash, zsh or fish.\n"


def test_neither_completing_nor_the_manual_loads_what_the_screens_need(environ: dict[str, str]) -> None:
    order = (
        "import sys\nsys.argv = ['warmcall', *sys.argv[1:]]\nfrom warmcall.cli.main import main\n"
        "try:\n    main()\nfinally:\n"
        "    print(*[name for name in ('textual', 'rich', 'holidays') if name in sys.modules])"
    )
    asking = {"_WARMCALL_COMPLETE": "bash_complete", "COMP_WORDS": "warmcall\nadd\n--k", "COMP_CWORD": "2"}
    cases = [([], asking, "plain,--kind"), (["man"], {}, ".TH"), (["completion", "bash"], {}, "_warmcall")]
    for words, more, begins in cases:
        done = subprocess.run(
            [sys.executable, "-c", order, *words],
            capture_output=True, text=True, env=environ | more, timeout=LIMIT_SECONDS, check=False,
        )  # fmt: skip
        assert done.stdout.startswith(begins), done.stderr
        assert done.stdout.splitlines()[-1] == ""
