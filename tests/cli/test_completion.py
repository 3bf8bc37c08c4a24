"""Completion in real shells: the script is read as a user reads it, and asks the real warmcall."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest
from click.testing import CliRunner
from warmcall.cli.invocation import Invocation
from warmcall.cli.main import main
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.storage.state_file import StateFile

from tests.cli.conftest import write_user_file
from tests.conftest import FakeClock
from tests.examples import LUIS, adding, contact, follow_up
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


def answered(words: list[str], prog_name: str = "warmcall") -> list[tuple[str, str]]:
    """Return what fits where the last of the words is being typed, each with what it is."""
    asking = {
        "_WARMCALL_COMPLETE": "words_complete",
        "COMP_WORDS": "\n".join(words[:-1]),
        "COMP_TYPED": words[-1],
    }
    done = CliRunner().invoke(main, [], prog_name=prog_name, env=asking, obj=Invocation(clock=FakeClock()))
    assert done.stderr == ""
    parts = [line.split("\t") for line in done.output.splitlines() if line]
    assert all(kind == "plain" for kind, *_ in parts)
    return [(word, about) for _, word, about in parts]


CASES = [
    (["warmcall", "ex"], ["export", "example"]),
    (["warmcall", "export", ""], ["csv", "google", "html", "ics", "json", "md", "vcf"]),
    (["warmcall", "add", "Ana", "--kind", "m"], ["manager"]),
    (["warmcall", "add", "Ana", "--source", "a"], ["association", "alumni"]),
    (["warmcall", "add", "Ana", "--zone", "america/chic"], ["America/Chicago"]),
    (["warmcall", "backups", "re"], ["restore"]),
    (["warmcall", "help", "ex"], ["export", "example", "exit-codes"]),
    (["warmcall", "help", "export", "i"], ["ics"]),
    (["warmcall", "man", "exi"], ["exit-codes"]),
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
    assert [word for word, _ in answered(words)] == offered


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


SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], ". '{script}'"),
    "zsh": (["zsh", "-f", "-i"], "autoload -U compinit && compinit -D -u && . '{script}'"),
    "fish": (["fish", "--no-config", "--interactive"], "source '{script}'"),
}
"""How each shell is started, and what it runs first."""

TYPED = [
    ("PROGRAM exp\tm\t--inter\t", ["export", "md", "--interview"]),
    ("PROGRAM show Ana\t", ["show", "Ana O'Brien $x"]),
    ('PROGRAM edit "Lui\t', ["edit", "Luis Ortega"]),
    ("PROGRAM show Luis Or\t", ["show", "Luis", "Ortega"]),
    ("PROGRAM snooze f1a\ttomo\t", ["snooze", "f1ab", "tomorrow"]),
    ("PROGRAM import peo\t", ["import", "people list.csv"]),
    ("PROGRAM due peo\t", ["due", "peo"]),
]
"""What is typed, and what the program that was started by its path is given."""


@pytest.mark.parametrize("shell", [pytest.param(name, marks=needs(name)) for name in SHELLS])
def test_tab_completes_as_it_is_typed(shell: str, environ: dict[str, str], tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    owed = follow_up(FollowUpKind.CALL, "2026-11-24", id="f1ab23", contact_id="ana")
    StateFile(state).save([adding(LUIS, contact(id="ana", name="Ana O'Brien $x"), owed)])
    (tmp_path / "people list.csv").touch()
    (tmp_path / "script").write_text(script(shell))
    program = tmp_path / "bin" / "warmcall"
    asks = program.read_text().partition("\n")[2]
    program.write_text(f"#!/bin/sh\n[ -z \"$_WARMCALL_COMPLETE\" ] && exec printf '<%s>' \"$@\" '|'\n{asks}")
    words, first = SHELLS[shell]
    at = pexpect.spawn(
        words[0], words[1:], cwd=str(tmp_path), dimensions=(24, 200), timeout=LIMIT_SECONDS,
        env=environ | {"PATH": os.environ["PATH"], "PS1": "> ", "WARMCALL_DB": str(state)},
    )  # fmt: skip
    at.delaybeforesend = None
    try:
        at.send(f"{first.format(script=tmp_path / 'script')}; echo rea''dy\r")
        at.expect_exact("ready")
        for typed, given in TYPED:
            for piece in re.split("(?<=\t)", typed.replace("PROGRAM", "bin/warmcall")):
                at.send(piece)
            at.send("\r")
            at.expect_exact("".join(f"<{word}>" for word in [*given, "|"]))
    finally:
        at.close(force=True)


PEOPLE = [
    contact(id="c1aa", name="Ana Ruiz", title="Planner", organization="Northgate"),
    contact(id="c2bb", name="Ána Bell"),
    contact(id="c3cc", name="Tom Ruiz", title="Editor"),
    contact(id="c4dd", name="Tom Ruiz"),
    contact(id="c5ee", name="Evil\tone\n"),
]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("show an", [("Ana Ruiz", "Planner, Northgate"), ("Ána Bell", "")]),
        (
            "show rui",
            [("Ana Ruiz", "Planner, Northgate"), ("c3cc", "Tom Ruiz, Editor"), ("c4dd", "Tom Ruiz")],
        ),
        ("show 'ana r", [("Ana Ruiz", "Planner, Northgate")]),
        ("show ana r", [("Ruiz", "")]),
        ("show C1", [("c1aa", "Ana Ruiz, Planner, Northgate")]),
        ("show evil", []),
        ("done f1", [("f1ab", "call Ana Ruiz, 2026-11-24"), ("f1ac", "the article Tom Ruiz, 2026-12-01")]),
        ("done rui", [("Ana Ruiz", "call, 2026-11-24"), ("Tom Ruiz", "the article, 2026-12-01")]),
        ("snooze f1ab to", [("today", "Mon 23 Nov"), ("tomorrow", "Tue 24 Nov")]),
        ("due --within w", [("wednesday", "Wed 25 Nov")]),
        ("log c1aa sch", [("scheduled", "")]),
        ("config get th", [("theme", "")]),
        ("config set theme li", [("light", "")]),
        ("config set bell f", [("false", "")]),
        ("config set zone america/chic", [("America/Chicago", "")]),
        ("paths lo", [("lock", ""), ("log", "")]),
        ("export c", [("csv", "Write the contacts as CSV.")]),
        ("import --enc", [("--encoding", "In what the file is written, such as cp1252.")]),
    ],
)
def test_names_ids_and_days_are_offered_with_what_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, offered: list[tuple[str, str]]
) -> None:
    state = tmp_path / "state.json"
    owed = [
        follow_up(FollowUpKind.CALL, "2026-11-24", id="f1ab23", contact_id="c1aa"),
        follow_up(FollowUpKind.PROMISE, "2026-12-01", id="f1ac45", contact_id="c4dd", note="the article"),
        follow_up(FollowUpKind.CALL, "2026-11-20", id="f1ad67", contact_id="c1aa", done_at=FakeClock().now()),
    ]
    StateFile(state).save([adding(*PEOPLE, *owed)])
    monkeypatch.setenv("WARMCALL_DB", str(state))
    write_user_file(tmp_path, "config.yaml", "zone: America/Chicago\n")
    assert answered(["warmcall", *re.split(" (?!r$)" if "'" in words else " ", words)]) == offered


def test_it_answers_under_another_name_and_on_files_it_cannot_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = tmp_path / "state.json"
    monkeypatch.setenv("WARMCALL_DB", str(state))
    assert [word for word, _ in answered(["w", "exp"], prog_name="w.py")] == ["export"]
    assert answered(["warmcall", "show", "a"]) == []
    for content in (b"", b"{", b"\xff", b'{"contacts": {"1": {"id": "a", "name": "Ana Ruiz"}, "2": 7}}'):
        state.write_bytes(content)
        assert [word for word, _ in answered(["warmcall", "show", "a"])] == ["Ana Ruiz"] * (b"Ana" in content)


def test_of_very_many_the_letters_that_all_have_in_common_stay_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = tmp_path / "state.json"
    people = [contact(id=f"p{number}", name=f"Ana A{number:04d}") for number in range(900)]
    StateFile(state).save([adding(*people, contact(id="z", name="Ana Z"))])
    monkeypatch.setenv("WARMCALL_DB", str(state))
    words = [word for word, _ in answered(["warmcall", "show", "ana"])]
    assert len(words) == 200
    assert (words[0], words[-1]) == ("Ana A0000", "Ana Z")


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
    asking = {"_WARMCALL_COMPLETE": "words_complete", "COMP_WORDS": "warmcall\nadd", "COMP_TYPED": "--k"}
    cases = [([], asking, "plain\t--kind"), (["man"], {}, ".TH"), (["completion", "bash"], {}, "_warmcall")]
    for words, more, begins in cases:
        done = subprocess.run(
            [sys.executable, "-c", order, *words],
            capture_output=True, text=True, env=environ | more, timeout=LIMIT_SECONDS, check=False,
        )  # fmt: skip
        assert done.stdout.startswith(begins), done.stderr
        assert done.stdout.splitlines()[-1] == ""
