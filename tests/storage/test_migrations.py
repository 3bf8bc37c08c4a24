from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from warmcall.domain.records import Contact
from warmcall.storage import database, migrations, state_file
from warmcall.storage.backups import content_of
from warmcall.storage.raw_table import RawTable
from warmcall.storage.state_file import StateFile

from tests.examples import adding, contact
from tests.storage.calls import Failing


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of version 1, under a program whose version 2 calls what was "mobile" now "phone"."""
    path = tmp_path / "warmcall.json"
    StateFile(path).save([adding(contact(id="a"), contact(id="b"))])
    tables = json.loads(path.read_bytes())
    for table in tables["contacts"].values():
        table["mobile"] = table.pop("phone") or "1"
    path.write_text(json.dumps(tables))

    def to_2(tables: dict[str, RawTable]) -> None:
        for number in tables["contacts"]:
            document = tables["contacts"][number]
            if "mobile" in document:
                document["phone"] = document.pop("mobile")
                tables["contacts"][number] = document

    for module in (migrations, state_file, database):
        monkeypatch.setattr(module, "SCHEMA", 2)
    monkeypatch.setitem(migrations.MIGRATIONS, 1, to_2)
    return path


def phones(path: Path) -> list[str]:
    return [contact.phone for contact in StateFile(path).load().records if isinstance(contact, Contact)]


def test_an_older_file_is_backed_up_and_brought_up_to_date(path: Path) -> None:
    old = path.read_bytes()
    assert phones(path) == ["1", "1"]
    assert json.loads(path.read_bytes())["meta"]["1"]["schema"] == 2
    kept = [other_path for other_path in StateFile(path).backups.all() if "schema-1" in other_path.name]
    assert [content_of(other_path) for other_path in kept] == [old]
    assert phones(path) == ["1", "1"]


class Killed(BaseException):
    """The end of the process."""


def test_a_migration_that_is_killed_half_way_runs_again(path: Path) -> None:
    old = path.read_bytes()
    for number in range(60):
        calls = Failing(number, Killed(), lasting=True)
        with calls.on(), suppress(Killed):
            StateFile(path).load()
        if not calls.hit:
            break
        assert path.read_bytes() == old or json.loads(path.read_bytes())["meta"]["1"]["schema"] == 2
    assert phones(path) == ["1", "1"]
    assert number > 5


def test_of_two_sessions_that_find_an_older_file_one_migrates_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = StateFile(path)
    lock = here.db.storage.locked

    @contextmanager
    def locked_too_late() -> Iterator[bool]:
        assert phones(path) == ["1", "1"]
        with lock() as has_lock:
            yield has_lock

    monkeypatch.setattr(here.db.storage, "locked", locked_too_late)
    here.load()
    assert len([backup for backup in here.backups.all() if "schema-1" in backup.name]) == 1
    assert json.loads(path.read_bytes())["meta"]["1"]["revision"] == 2
