"""Merging copies of the state file from the shell."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from warmcall.cli.invocation import Invocation
from warmcall.cli.main import main
from warmcall.domain.records import Contact
from warmcall.storage.state_file import StateFile

from tests.cli.conftest import EVIL, Run, assert_inert, assert_one_sentence, save, tables
from tests.conftest import FakeClock
from tests.examples import LUIS, NOW, change, contact


@pytest.fixture
def copy(file: Path) -> Path:
    """Return a copy of a state file with Luis in it, in which Ana was added and Luis has another number."""
    save(file, LUIS)
    other = file.with_name("copy.json")
    shutil.copy(file, other)
    theirs = StateFile(other)
    found = theirs.load().records[0]
    assert isinstance(found, Contact)
    edited = contact(**_fields(found) | {"phone": "2"})
    theirs.save([change((found, edited), (None, contact(id="ana", name="Ana")), at=NOW + timedelta(hours=1))])
    return other


def _fields(record: Contact) -> dict[str, object]:
    return {name: getattr(record, name) for name in record.__struct_fields__}


def names(path: Path) -> set[str]:
    return {document["name"] for document in tables(path)["contacts"].values()}


def test_a_copy_is_merged_into_the_state_file_in_use_after_a_backup(run: Run, file: Path, copy: Path) -> None:
    result = run("merge", str(copy))
    assert result.stdout == "1 person added.\n1 person changed.\n"
    assert (result.exit_code, result.stderr) == (0, "")
    assert names(file) == {"Luis Ortega", "Ana"}
    backups = [path.name for path in file.with_name("warmcall.json.backups").iterdir()]
    assert ["-merge" in name for name in backups].count(True) == 1, backups
    written = file.read_bytes()
    assert run("merge", str(copy)).stdout == "There is nothing in it that is not here.\n"
    assert file.read_bytes() == written


def test_standard_input_is_merged_like_a_file(file: Path, copy: Path) -> None:
    order, now = ["--db", str(file), "merge", "-"], Invocation(clock=FakeClock())
    merged = CliRunner().invoke(main, order, input=copy.read_bytes(), obj=now)
    assert (merged.exit_code, merged.output) == (0, "1 person added.\n1 person changed.\n")
    assert names(file) == {"Luis Ortega", "Ana"}
    refused = CliRunner().invoke(main, order, input=b"no JSON", obj=now)
    assert refused.exit_code == 2
    assert refused.stderr.startswith("warmcall: not merged: standard input: line 1, column 1: ")


def test_two_files_are_merged_into_the_first_or_another(
    run: Run, file: Path, copy: Path, tmp_path: Path
) -> None:
    ours = tmp_path / "ours.json"
    shutil.copy(file, ours)
    before, base = ours.read_bytes(), tmp_path / "empty"
    base.touch()
    assert run("merge", "--dry-run", str(ours), str(copy), db=None).stdout.startswith("1 person added.")
    out = tmp_path / "out.json"
    result = run("merge", str(ours), str(copy), "-o", str(out), "--base", str(base), db=None)
    assert (result.exit_code, result.stdout) == (0, "")
    assert (ours.read_bytes(), names(out)) == (before, {"Luis Ortega", "Ana"})
    assert run("merge", str(ours), str(copy), db=None).exit_code == 0
    assert names(ours) == {"Luis Ortega", "Ana"}


def test_a_value_given_apart_is_said_and_can_do_nothing_to_the_terminal(
    run: Run, file: Path, copy: Path
) -> None:
    ours = StateFile(file)
    found = ours.load().records[0]
    assert isinstance(found, Contact)
    ours.save([change((found, contact(**_fields(found) | {"phone": EVIL})))])
    result = run("merge", str(copy))
    assert "is kept until somebody gives it another value." in result.stdout
    assert_inert(result.stdout, lines=3)
    assert "was given apart from it" in run("check").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere.json"], "nowhere.json: there is no such file"),
        (["a", "b", "c"], "not merged: these are 3 files"),
        (["."], "it is a folder"),
        (["broken.json"], "broken.json: "),
    ],
)
def test_what_is_no_state_file_is_not_merged(
    run: Run, file: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: str
) -> None:
    save(file, LUIS)
    monkeypatch.chdir(file.parent)
    (file.parent / "broken.json").write_text("{")
    before = file.read_bytes()
    result = run("merge", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert_one_sentence(result.stderr, words)
    assert file.read_bytes() == before
