"""The example scripts and question banks: sound as they are, printed, and copied to be used."""

from __future__ import annotations

from pathlib import Path

import pytest
from warmcall.cli.example_files import ABOUT
from warmcall.config.library import Library
from warmcall.config.paths import content
from warmcall.config.yaml_source import read_yaml
from warmcall.domain.vocabulary import ContactKind

from tests.cli.conftest import Run, assert_inert

PRACTITIONER = ContactKind.PRACTITIONER


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "home/.config/warmcall"


def test_every_folder_of_examples_is_listed(run: Run) -> None:
    assert {folder.name for folder in (content() / "examples").iterdir()} == set(ABOUT)
    assert [line.split()[0] for line in run("example").stdout.splitlines()] == list(ABOUT)


@pytest.mark.parametrize("name", ABOUT)
def test_a_copied_example_is_what_a_call_and_an_interview_begin_with(run: Run, own: Path, name: str) -> None:
    copied = run("example", name, "--copy")
    assert copied.exit_code == 0, copied.output
    library = Library(content(), own)
    assert library.problems == (), "its words are neither too long nor too few"
    script, bank = library.scripts_for(PRACTITIONER)[0], library.bank_for(PRACTITIONER)
    files = [own / "scripts" / f"{script.id}.yaml", own / "questions" / f"{bank.id if bank else ''}.yaml"]
    assert copied.stdout.splitlines()[:2] == [f"Copied {file}" for file in files]
    outcomes = {step.outcome for step in script.steps.values()} - {None}
    assert {"scheduled", "talk_now", "call_back", "declined", "referred", "wrong_number"} <= outcomes
    assert run("check", db=None).exit_code == 0
    again = run("example", name, "--copy")
    assert again.stderr == (
        f"warmcall: {files[0]} exists already: remove or rename it first. Nothing was copied.\n"
    )


@pytest.mark.parametrize("name", ABOUT)
def test_what_is_printed_is_the_files(run: Run, own: Path, name: str) -> None:
    printed = {part: run("example", name, part).stdout for part in ("script", "questions")}
    assert [read_yaml(text).value["title"] for text in printed.values()]
    whole = run("example", name).stdout
    script, questions = whole.split("\n---\n")
    for text, folder, part in ((script, "scripts", "script"), (questions, "questions", "questions")):
        place, _, rest = text.partition("\n")
        assert place.startswith(f"# {own / folder}/")
        assert rest.rstrip() == printed[part].rstrip()


def test_if_one_of_the_files_cannot_be_made_none_is(run: Run, own: Path) -> None:
    own.mkdir(parents=True)
    (own / "questions").write_text("")
    result = run("example", "law", "--copy")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Nothing was copied" in result.stderr
    assert [path for path in own.rglob("*") if path.is_file()] == [own / "questions"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["lav"], "there is no example “lav”: did you mean law?"),
        (["x\x1b[31m"], "there are law, nursing, software"),
        (["law", "scripts"], "there is no part of an example “scripts”: did you mean script?"),
        (["--copy"], "--copy needs a name: law, nursing, software"),
    ],
)
def test_what_is_not_there_is_said_with_what_is(run: Run, words: list[str], sentence: str) -> None:
    result = run("example", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr
    assert_inert(result.stderr, 1)
