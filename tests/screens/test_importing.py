"""Importing people within the app: naming a file, looking at what would be done, and doing it."""

from __future__ import annotations

from pathlib import Path

import pytest
from warmcall.config.column_answers import ColumnAnswers
from warmcall.config.typed_paths import completed, completions
from warmcall.domain.records import Contact, PoolPerson
from warmcall.screens.forms import FormDialog
from warmcall.screens.people.importing import ImportDialog
from warmcall.services.people_reading import PeopleFiles

from tests.conftest import Bench
from tests.screens.driving import Driver, driven

LINKEDIN = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Mei,Tanaka,https://www.linkedin.com/in/mei,,Northgate Agency,Media Planner,12 Mar 2019\n"
    "Luis,Ortega,https://www.linkedin.com/in/luis,luis@example.org,Parkway & Sons,Buyer,01 Jan 2020\n"
    ",,,,,,07 Jul 2020\n"
)


@pytest.fixture
def bench(bench: Bench) -> Bench:
    bench.services.address_book.add({"name": "Dana Whitfield"})
    return bench


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    folder = tmp_path / "home/Downloads"
    folder.mkdir()
    (folder / "Connections.csv").write_text(LINKEDIN)
    (folder / "Contacts.csv").write_text("Who,Seen\nKei Arai,03/04/2019\n")
    (folder / ".hidden.csv").write_text("")
    return folder


def test_paths_are_completed_as_one_types(downloads: Path) -> None:
    assert completions("~/Down", 5) == ["~/Downloads/"]
    assert completions("~/Downloads/con", 5) == ["~/Downloads/Connections.csv", "~/Downloads/Contacts.csv"]
    assert completions("~/Downloads/.h", 5) == ["~/Downloads/.hidden.csv"]
    assert completions(f"{downloads}/C", 1) == [f"{downloads}/Connections.csv"]
    assert completions("/nowhere/", 5) == completions("a\0/", 5) == []
    assert completed("~/Downloads/Con") == "~/Downloads/Con"
    assert completed("~/Downloads/Conn") == "~/Downloads/Connections.csv"


async def read_by(at: Driver, *keys: str) -> str:
    """Press keys that have a file read, or an import made, and return what is said of it in the dialog."""
    await at.press(*keys)
    await at.app.workers.wait_for_complete()
    await at.settle()
    return at.panel("import-found") if at.shows(ImportDialog) else ""


async def test_a_file_is_named_looked_at_and_imported_and_undone(bench: Bench, downloads: Path) -> None:
    async with driven(bench) as at:
        await at.press("2", "I")
        assert at.shows(ImportDialog)
        await at.type("~/Down")
        assert "~/Downloads/" in at.panel("import-found")
        await at.press("tab")
        await at.type("Conn")
        shown = await read_by(at, "tab", "enter")
        assert "Adds 2 people to the pool." in shown
        assert "line 4: no name" in shown
        assert bench.store.count(PoolPerson) == 0
        assert await read_by(at, "enter") == ""
        assert bench.store.count(PoolPerson) == 2
        assert bench.store.count(Contact) == 1
        assert at.last_said.startswith("Added 2 people to the pool.")
        await at.press("I")
        await at.type(str(downloads / "Connections.csv"))
        await read_by(at, "enter")
        await at.press("enter")
        assert at.last_said.startswith("Nothing is changed")
        await at.press("escape", "u")
        assert bench.store.count(PoolPerson) == 0


async def test_what_the_file_leaves_open_is_asked(bench: Bench, downloads: Path, tmp_path: Path) -> None:
    files = PeopleFiles(ColumnAnswers(tmp_path / "import-columns.json"))
    async with driven(bench, people_files=lambda: files) as at:
        await at.press("2", "I")
        await at.type("~/Downloads/Contacts.csv")
        assert "No heading says where the names are: Who, Seen." in await read_by(at, "enter")
        await at.press("c")
        assert at.shows(FormDialog)
        assert "Dates are read with the month first" in await read_by(at, "n", "tab", "c", "ctrl+s")
        assert "Adds 1 person" in await read_by(at, "d")
        await read_by(at, "enter")
        [kei] = bench.store.all(PoolPerson)
        assert (kei.name, str(kei.connected_on)) == ("Kei Arai", "2019-04-03")
        assert files.read("~/Downloads/Contacts.csv").people[0].name == "Kei Arai"


async def test_why_nobody_is_read_is_a_sentence_and_escape_leaves_nothing_done(
    bench: Bench, downloads: Path
) -> None:
    async with driven(bench) as at:
        await at.press("2", "I")
        await at.press("enter")
        assert at.panel("import-found").startswith("LinkedIn's ZIP")
        await at.type("~/gone.csv")
        assert "there is no such file" in await read_by(at, "enter")
        await at.press("ctrl+u")
        await at.type("~/Downloads")
        assert "a folder, not a file" in await read_by(at, "enter")
        await at.press("escape")
        assert not at.shows(ImportDialog)
        assert bench.store.count(PoolPerson) == 0
