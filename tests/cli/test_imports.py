"""Importing people from the command line."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from warmcall.cli import imports
from warmcall.cli.invocation import Invocation
from warmcall.cli.main import main
from warmcall.config.column_answers import ColumnAnswers
from warmcall.domain.found_people import ColumnField
from warmcall.storage.backups import Backups

from tests.cli.conftest import EVIL, Run, assert_inert, assert_one_sentence, save, tables
from tests.cli.json_output import items_of
from tests.conftest import FakeClock
from tests.examples import contact

CASES = Path(__file__).parents[1] / "formats/people"
EXPECTED = json.loads((CASES / "EXPECTED.json").read_text(encoding="utf-8"))

LINKEDIN = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Mei,Tanaka,https://www.linkedin.com/in/mei,,Northgate Agency,Media Planner,12 Mar 2019\n"
    "Luis,Ortega,https://www.linkedin.com/in/luis,luis@example.org,Parkway & Sons,Buyer,01 Jan 2020\n"
    ",,,,,,07 Jul 2020\n"
)
NEWER = LINKEDIN.replace("Northgate Agency,Media Planner", "Two Lamps,Media Director")


@pytest.fixture
def linkedin(tmp_path: Path) -> Path:
    path = tmp_path / "Connections.csv"
    path.write_text(LINKEDIN)
    return path


def items(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return items_of(result, "import")


@pytest.mark.parametrize(
    "case", [case for case in EXPECTED if case["contacts"]], ids=lambda case: case["file"]
)
def test_each_file_gives_the_people_that_are_in_it(run: Run, file: Path, case: dict[str, Any]) -> None:
    found = items(run("import", "--dry-run", "--json", str(CASES / case["file"])))
    assert sum(item["result"] == "left" for item in found) == case["skipped"]
    people = [item for item in found if item["result"] != "left"]
    assert len(people) == len(case["contacts"])
    for item, expected in zip(people, case["contacts"], strict=True):
        for name in ("organization", "title", "email", "phone", "connected_on"):
            assert item[name] == expected[name], (name, item)
        assert item["name"].replace(" 🌱", "") == expected["name"].replace(" 🌱", "")
        for text in (*expected["notes_contain"], *expected["not_lost"]):
            assert text in item["notes"]
    assert not file.exists()


def test_an_empty_file_is_an_error(run: Run, file: Path) -> None:
    result = run("import", str(CASES / "18_empty.csv"))
    assert result.exit_code == 2
    assert_one_sentence(result.stderr, "nobody is in it: it is empty")
    assert not file.exists()


def test_import_says_what_it_did_and_keeps_what_was_there_before(
    run: Run, file: Path, linkedin: Path
) -> None:
    save(file, contact(name="Dana"))
    result = run("import", str(linkedin))
    assert result.exit_code == 0
    assert result.stdout == (
        "Added 2 people to the pool.\n1 row was left.\n  line 4: no name (07 Jul 2020)\n"
        "warmcall undo takes it back, and so does u in the app. "
        "The file as it was before is kept as a backup.\n"
    )
    assert [one["name"] for one in tables(file)["pool"].values()] == ["Mei Tanaka", "Luis Ortega"]
    assert len(tables(file)["changes"]) == 2
    assert not tables(file).get("follow_ups")
    assert any("import" in path.name for path in Backups(file).folder.iterdir())


def test_the_same_file_again_does_nothing_and_a_newer_one_says_who_changed_job(
    run: Run, file: Path, linkedin: Path
) -> None:
    first = run("import", str(linkedin))
    assert first.stdout.endswith(
        "warmcall undo takes it back, and so does u in the app.\n"
    )  # there was no file to keep
    content = file.read_bytes()
    result = run("import", str(linkedin))
    assert "Nothing is changed" in result.stdout
    assert file.read_bytes() == content
    linkedin.write_text(NEWER)
    dry = run("import", "--dry-run", str(linkedin))
    assert file.read_bytes() == content
    assert "line 2: Mei Tanaka: now Media Director, Two Lamps, merged with Mei Tanaka" in dry.stdout
    assert "line 3: Luis Ortega: here already, the same LinkedIn profile" in dry.stdout
    assert "left: line 4: no name" in dry.stdout
    done = run("import", str(linkedin))
    assert (
        "  Mei Tanaka: now Media Director, Two Lamps (was Media Planner, Northgate Agency)\n" in done.stdout
    )
    found = items(run("import", "--json", "--dry-run", str(linkedin)))
    assert [item["result"] for item in found] == ["known", "known", "left"]


def test_standard_input_and_several_files_are_one_change(run: Run, file: Path, linkedin: Path) -> None:
    fields = ("BEGIN:VCARD", "VERSION:3.0", "FN:Luis Ortega", "EMAIL:luis@example.org", "TEL:+1 312 555 0142")
    card = "\r\n".join([*fields, "END:VCARD", ""])
    result = CliRunner().invoke(
        main, ["--db", str(file), "import", str(linkedin), "-"], input=card,
        obj=Invocation(clock=FakeClock(), locale=None),
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    luis = [one for one in tables(file)["pool"].values() if one["name"] == "Luis Ortega"]
    assert [one["phone"] for one in luis] == ["+1 312 555 0142"]
    assert len(tables(file)["changes"]) == 1


def test_one_file_that_cannot_be_read_stops_all(run: Run, file: Path, linkedin: Path, tmp_path: Path) -> None:
    for name, words in (
        ("gone.csv", "there is no such file"),
        (".", "a folder, not a file"),
        ("/dev/zero", "a device, not a file"),
    ):
        result = run("import", str(linkedin), str(tmp_path / name))
        assert result.exit_code == 2
        assert_one_sentence(result.stderr, words)
        assert "othing was imported" in result.stderr
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert "a named pipe" in run("import", str(pipe)).stderr
    assert not file.exists()


def test_a_link_to_a_file_is_followed(run: Run, file: Path, linkedin: Path, tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to(linkedin)
    assert run("import", str(tmp_path / "link.csv")).exit_code == 0


def test_rows_that_all_name_nobody_are_an_error_with_the_columns(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("Name,Shoe size\n,9\n")
    result = run("import", str(tmp_path / "t.csv"))
    assert result.exit_code == 2
    assert_one_sentence(result.stderr, "the columns seen are Name, Shoe size")


def test_columns_of_a_table_are_said_once(run: Run, file: Path, tmp_path: Path) -> None:
    table = tmp_path / "tracker.csv"
    table.write_text("Who,Placed at\nMei Tanaka,Northgate\n")
    refused = run("import", str(table))
    assert refused.exit_code == 2
    assert_one_sentence(
        refused.stderr, "the columns are Who, Placed at: say which one does, as in --column 'Who=name'"
    )
    wrong = run("import", "--column", "Who=shoe", str(table))
    assert wrong.exit_code == 2
    assert "HEADING=FIELD" in wrong.stderr
    said = run("import", "--column", "Who=name", "--column", "Placed at=organization", str(table))
    assert said.exit_code == 0, said.output
    table.write_text("Who,Placed at\nLuis Ortega,Parkway\n")
    assert run("import", str(table)).exit_code == 0
    assert [(one["name"], one["organization"]) for one in tables(file)["pool"].values()] == [
        ("Mei Tanaka", "Northgate"), ("Luis Ortega", "Parkway")
    ]  # fmt: skip


def test_answers_are_kept_for_tables_with_the_same_headings(tmp_path: Path) -> None:
    answers = ColumnAnswers(tmp_path / "import-columns.json")
    answers.keep(["Who", "Seen"], {"Who": ColumnField.NAME})
    answers.keep(["Who", "Seen"], {"Seen": ColumnField.CONNECTED_ON})
    assert answers.about(["WHO", " seen"]) == {"Who": ColumnField.NAME, "Seen": ColumnField.CONNECTED_ON}
    assert answers.about(["Who"]) == {}
    (tmp_path / "import-columns.json").write_text('{"tables": [1]}')
    assert answers.about(["Who", "Seen"]) == {}


def test_what_warmcall_remembers_is_not_written_over(run: Run, file: Path) -> None:
    save(file, contact())
    result = run("export", "csv", "-o", str(file.with_name("import-columns.json")), "--force")
    assert result.exit_code == 2
    assert "what warmcall remembers" in result.stderr


def test_dates_and_the_encoding_can_be_said(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_bytes(
        "First Name,Last Name,Company,Position,Connected On\nRené,X,Y,Z,03/04/2019\n".encode("cp850")
    )
    for option, day in (("--day-first", "2019-04-03"), ("--month-first", "2019-03-04")):
        [item] = items(run("import", "--dry-run", "--json", option, "--encoding", "cp850", str(table)))
        assert (item["name"], item["connected_on"]) == ("René X", day)
    unsure = run("import", "--dry-run", str(table))
    assert "--day-first reads them the other way" in unsure.stderr
    wrong = run("import", "--encoding", "klingon", str(table))
    assert wrong.exit_code == 2
    assert "there is no encoding klingon" in wrong.stderr


def test_what_a_file_says_is_inert(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(f'Name,Company\n"{EVIL.replace(chr(0), "")}",X\n', encoding="utf-8")
    assert_inert(run("import", "--dry-run", str(table)).stdout, lines=2)


def test_a_file_of_a_newer_warmcall_is_not_changed(run: Run, file: Path, linkedin: Path) -> None:
    save(file, contact())
    found = tables(file)
    found["meta"]["1"]["schema"] = 99
    file.write_text(json.dumps(found))
    result = run("import", str(linkedin))
    assert result.exit_code == 2
    assert_one_sentence(result.stderr, "newer warmcall")


def test_an_interrupt_before_the_save_leaves_nothing_done(
    run: Run, file: Path, linkedin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **_more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(imports, "read_people", interrupted)
    result = run("import", str(linkedin))
    assert (result.exit_code, result.stderr) == (130, "warmcall: Stopped: nothing was imported.\n")
    assert not file.exists()


@pytest.mark.parametrize("kind", ["json", "csv", "vcf", "google"])
def test_what_is_exported_is_here_already_and_comes_into_another_file_whole(
    run: Run, file: Path, linkedin: Path, tmp_path: Path, kind: str
) -> None:
    save(file, contact(name="Dana Whitfield", email="dana@example.org", notes="Met at the fair."))
    run("import", str(linkedin))
    out = tmp_path / "out"
    options = [] if kind == "json" else ["--pool"]
    assert run("export", kind, *options, "-o", str(out)).exit_code == 0
    assert "Nothing is changed" in run("import", str(out)).stdout
    other = tmp_path / "other" / "warmcall.json"
    assert run("import", str(out), db=other).exit_code == 0
    here = {**tables(file)["pool"], "dana": next(iter(tables(file)["contacts"].values()))}
    fields = ("name", "organization", "title", "email", "notes")

    def people(found: dict[str, dict[str, Any]]) -> list[list[Any]]:
        return sorted([one.get(field, "") for field in fields] for one in found.values())

    assert people(tables(other)["pool"]) == people(here)
