"""Command lines that are wrong: one sentence, which says what is wrong and what to write instead."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from warmcall.cli.base import examples, examples_of
from warmcall.cli.usage_errors import near_misses
from warmcall.cli.words import OUTCOME

from tests.cli.conftest import EVIL, Run, assert_inert, tables

WRONG = [
    ("dew", "there is no command “dew”: did you mean due?"),
    ("Due", "there is no command “Due”: did you mean due?"),
    ("queue", "there is no command “queue”: did you mean due?"),
    ("settings", "there is no command “settings”: did you mean config?"),
    ("rm", "there is no command “rm”: did you mean delete?"),
    ("todo", "there is no command “todo”: did you mean due?"),
    ("ls", "there is no command “ls”: did you mean list?"),
    ("call", "there is no command “call”: did you mean log?"),
    ("start", "there is no command “start”: did you mean interview start?"),
    ("get", "there is no command “get”: did you mean config get?"),
    ("export calendar", "export has no command “calendar”: did you mean ics?"),
    (
        "add x --kind manger",
        "add: --kind: “manger” is not one of practitioner, manager, connector: did you mean manager?",
    ),
    ("xyzzy", "there is no command “xyzzy”: warmcall help lists them."),
    ("help dew", "there is no command or topic “dew”: did you mean due?"),
    ("help exit-cods", "there is no command or topic “exit-cods”: did you mean exit-codes?"),
    ("help call", "there is no command or topic “call”: did you mean log?"),
    ("help braille", "there is no command or topic “braille”: did you mean accessibility?"),
    ("help xyzzy", "there is no command or topic “xyzzy”: warmcall help lists them."),
    ("help export xyzzy", "export has no command “xyzzy”: warmcall help export lists them."),
    ("man due", "there is no topic “due”: warmcall help lists them."),
    ("help due x", "due has no commands of its own: leave out “x”."),
    ("export", "export needs a command: csv, google, html, ics, json, md or vcf."),
    ("export cvs", "export has no command “cvs”: did you mean csv?"),
    ("export xyzzy", "export has no command “xyzzy”: warmcall help export lists them."),
    ("--dbb x", "there is no option --dbb: did you mean --db?"),
    ("due --wihtin 3", "due has no option --wihtin: did you mean --within?"),
    ("due --with 3", "due has no option --with: did you mean --within?"),
    ("due -x", "due has no option -x: warmcall help due lists them."),
    ("due --json=3", "--json has no value: leave out the = and what follows it."),
    ("due --within", "--within needs a value: write it after --within."),
    ("--json due", "--json goes after its command: write it as in warmcall due --json."),
    ("import", "import needs FILE: write it as in warmcall import Basic_LinkedInDataExport.zip."),
    ("completion", "completion needs SHELL: bash, zsh or fish."),
    ("completion zhs", "completion: SHELL cannot be “zhs”: did you mean zsh?"),
    (
        "log Ana Ruiz voicemail",
        f"log: OUTCOME: “Ruiz” is not one of {', '.join(OUTCOME.usual)}; a name of several words goes in "
        "quotes, as in warmcall log 'Ana …'.",
    ),
    ("completion Ana zsh", "completion: SHELL cannot be “Ana”: write bash, zsh or fish."),
    ("backups restore 1 2", "backups restore takes N: leave out “2”."),
    ("check x", "check takes no words: leave out “x”."),
    ("completion zsh fish", "completion takes SHELL: leave out “fish”."),
]  # fmt: skip


@pytest.mark.parametrize(("words", "sentence"), WRONG, ids=[words for words, _ in WRONG])
def test_a_wrong_command_line_gets_one_sentence_and_changes_nothing(
    run: Run, words: str, sentence: str
) -> None:
    result = run(*words.split(), db=None)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"warmcall: {sentence}\n")


@pytest.mark.parametrize(
    "words", [["add", "Ana", "Ruiz"], ["add", "Ana Ruiz"], ["add", "Ana", "--kind", "manager", "Ruiz"]]
)
def test_a_name_that_is_all_a_command_takes_needs_no_quotes(run: Run, file: Path, words: list[str]) -> None:
    assert run(*words).exit_code == 0
    assert [person["name"] for person in tables(file)["contacts"].values()] == ["Ana Ruiz"]
    assert run("edit", "ana", "ruiz", "--title", "Editor").exit_code == 0


@pytest.mark.parametrize("words", [[EVIL], ["due", f"--{EVIL}"], ["log", "Ana", EVIL], ["help", EVIL]])
def test_what_was_typed_is_repeated_inert(run: Run, words: list[str]) -> None:
    result = run(*words, db=None)
    assert (result.exit_code, result.stdout) == (2, "")
    assert_inert(result.stderr, lines=1)


@pytest.mark.parametrize(
    ("word", "names", "meant"),
    [
        ("lsit", ["list", "list-all"], ["list"]),
        ("cvs", ["csv", "ics", "vcf"], ["csv"]),
        ("prac", ["practice", "paths"], ["practice"]),
        ("--re", ["--restore", "--referrer", "--db"], ["--restore", "--referrer"]),
        ("zzz", ["list"], []),
        ("", ["list"], []),
    ],
)
def test_the_likeliest_names_are_proposed(word: str, names: list[str], meant: list[str]) -> None:
    assert near_misses(word, names) == meant


def test_examples_in_the_help_are_found_again_for_the_manual() -> None:
    given = [("warmcall due", "today"), (f"warmcall {'x' * 70}", "a long one"), ("a && b  c", "two")]
    command = click.Command("due", epilog=examples(*given[:2]))
    assert examples_of(command) == given[:2]
    assert examples_of(click.Command("none")) == []
