"""Public holidays are looked up in the library once, and read from a small file from then on."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from importlib import metadata
from pathlib import Path

import pytest
from warmcall.config import kept_holidays
from warmcall.config.kept_holidays import KeptHolidays, library_version

FOUND = {date(2026, 11, 26): "Thanksgiving Day", date(2026, 12, 25): "Noël"}


class Library:
    """Stands for the library; it says what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []

    def __call__(self, country: str, year: int) -> dict[date, str]:
        self.asked.append((country, year))
        return FOUND if country != "XX" else {}


def test_the_holidays_of_a_year_are_looked_up_once_for_all_sessions(tmp_path: Path) -> None:
    library = Library()
    for _ in range(3):
        kept = KeptHolidays(tmp_path / "cache", library)
        assert (kept("US", 2026), kept("XX", 2026)) == (FOUND, {})
    assert library.asked == [("US", 2026), ("XX", 2026)]
    kept("US", 2027)
    assert library.asked[2:] == [("US", 2027)]
    assert (tmp_path / "cache" / "holidays-US-2026.json").stat().st_mode & 0o77 == 0


def test_another_version_of_the_library_is_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library()
    KeptHolidays(tmp_path, library)("US", 2026)
    monkeypatch.setattr(kept_holidays, "library_version", lambda: "holidays-9.9")
    assert KeptHolidays(tmp_path, library)("US", 2026) == FOUND
    assert KeptHolidays(tmp_path, library)("US", 2026) == FOUND
    assert library.asked == [("US", 2026)] * 2
    monkeypatch.setattr(kept_holidays, "library_version", lambda: "")
    assert KeptHolidays(tmp_path, library)("US", 2026) == FOUND
    assert library.asked == [("US", 2026)] * 3, "what cannot be told from another version is not kept"


@pytest.mark.parametrize(
    "content", ["", "[]", '{"days": {}}', "{}", '{"library": 1}', '{"library": "L", "days": {"x": 1}}', "\0"]
)
def test_a_file_that_is_not_one_of_ours_is_written_again(content: str, tmp_path: Path) -> None:
    library = Library()
    file = tmp_path / "holidays-US-2026.json"
    file.write_text(content.replace("L", library_version()))
    assert [KeptHolidays(tmp_path, library)("US", 2026) for _ in range(2)] == [FOUND, FOUND]
    assert len(library.asked) == 1


def test_a_folder_that_cannot_be_written_costs_only_time_and_a_code_names_no_other_file(
    tmp_path: Path,
) -> None:
    library = Library()
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "file").write_text("")
    assert KeptHolidays(inner / "file", library)("US", 2026) == FOUND
    assert KeptHolidays(inner / "cache", library)("../US", 2026) == FOUND
    assert list(inner.iterdir()) == [inner / "file"]


def test_names_in_the_file_are_inert(tmp_path: Path) -> None:
    kept = {"library": library_version(), "days": {"2026-11-26": "a\x1b[31mb"}}
    (tmp_path / "holidays-US-2026.json").write_text(json.dumps(kept))
    assert KeptHolidays(tmp_path, Library())("US", 2026) == {date(2026, 11, 26): "a␛[31mb"}


def test_the_version_is_the_one_that_the_installer_recorded() -> None:
    assert library_version() == f"holidays-{metadata.version('holidays')}"


def test_commands_that_count_business_days_import_the_library_once_a_year() -> None:
    code = """
import sys
from datetime import date
from warmcall.cli.invocation import Invocation
from warmcall.cli.loading import load_context
from warmcall.config.country import country_finder
from warmcall.domain.store import Store
context = load_context(Invocation(locale={}))
context.find_country = country_finder("US")
print(context.timekeeper(Store()).calendar.is_business_day(date(2026, 11, 26)), "holidays" in sys.modules)
"""
    printed = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    assert printed == ["False True\n", "False False\n"]
