"""The report command: the manners of every export are in test_exports."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.cli.conftest import Run, assert_one_sentence, save
from tests.examples import LUIS, interview, local, question, target
from tests.formats.pages import Page

MET = interview(
    "2026-11-20 14:00", checklist=(question("day"),), notes={"day": "Ask Luis of Parkway."},
    ended_at=local("2026-11-20 14:20"), target_id="target",
)  # fmt: skip


def test_it_is_markdown_on_standard_output_and_changes_nothing(run: Run, file: Path) -> None:
    save(file, target(), LUIS, MET)
    before = file.read_bytes()
    result = run("report")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("# Media Planner: what I learned\n")
    assert (
        "> Ask Luis of Parkway.\n>\n> — Luis Ortega, Account Director, Parkway & Sons, 20 November 2026\n"
        in (result.stdout)
    )
    assert file.read_bytes() == before


def test_without_names_nobody_is_named_as_a_page_either(run: Run, file: Path) -> None:
    save(file, target(), LUIS, MET)
    for form in ([], ["--html"]):
        result = run("report", "--without-names", *form)
        assert result.exit_code == 0
        assert "Practitioner 1" in result.stdout
        assert not any(name in result.stdout for name in ("Luis", "Ortega", "Parkway"))


def test_a_page_goes_to_a_file_for_its_owner_alone_and_over_nothing(
    run: Run, file: Path, tmp_path: Path
) -> None:
    save(file, target(), LUIS, MET)
    page = tmp_path / "report.html"
    result = run("report", "--html", "-o", str(page))
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"Written to {page}" in result.stderr
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert Page(page.read_text(encoding="utf-8")).problems == []
    again = run("report", "-o", str(page))
    assert_one_sentence(again.stderr, "exists already: --force overwrites it")
    assert_one_sentence(run("report", "-o", str(file), "--force").stderr, "it is the state file")


@pytest.mark.parametrize("form", [[], ["--html"]])
def test_without_a_file_there_is_a_title(run: Run, form: list[str]) -> None:
    result = run("report", *form, db=None)
    assert result.exit_code == 0
    assert "What I learned" in result.stdout
