"""Files of schema 1, made with the program of that time, and what becomes of them.

Each `schema_1_NAME.json` has a `.expected.json` beside it: the zone it was made in, the day or instant at
which the old program showed each follow-up there, and how that changed when everything was undone.
"""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB
from warmcall import open_db
from warmcall.config.library import Library
from warmcall.config.settings import Config
from warmcall.domain.records import FollowUp, Interview
from warmcall.domain.store import Store
from warmcall.services.services import Services
from warmcall.storage.backups import content_of
from warmcall.storage.migrations import SCHEMA, migrate
from warmcall.storage.raw_table import RawTable
from warmcall.storage.session_view import ExternalChanges
from warmcall.storage.state_file import Loaded, StateFile

from tests.conftest import FakeClock
from tests.examples import adding, contact, days
from tests.profiles import modest
from tests.storage.calls import Failing, killed_before_each_call
from tests.storage.test_power_cut import Disk
from tests.storage.test_processes import line, session, start

FILES = Path(__file__).with_name("files")
NAMES = ["new_york", "auckland", "demo"]
ZONES = ["America/New_York", "Pacific/Auckland", "UTC", "Asia/Tokyo", "Pacific/Honolulu"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of some days of use in New York, whose zone is not in it."""
    return copied("new_york", tmp_path)


def copied(name: str, folder: Path) -> Path:
    (folder / "state").mkdir()
    return Path(shutil.copy(FILES / f"schema_1_{name}.json", folder / "state" / "warmcall.json"))


def expected(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FILES / f"schema_1_{name}.expected.json").read_bytes())
    return found


def shown(loaded: Loaded) -> dict[str, str]:
    return {record.id: str(record.due) for record in loaded.records if isinstance(record, FollowUp)}


def schema_on_disk(path: Path) -> int:
    number: int = json.loads(path.read_bytes())["meta"]["1"]["schema"]
    return number


def revision(content: bytes) -> int:
    number: int = json.loads(content)["meta"]["1"]["revision"]
    return number


def old_backups(path: Path) -> list[bytes]:
    return [content_of(found) for found in StateFile(path).backups.all() if "schema-1" in found.name]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_is_only_read_shows_the_days_that_were_entered(
    tmp_path: Path, name: str, zone: str
) -> None:
    path = copied(name, tmp_path)
    old = path.read_bytes()
    loaded = StateFile(path, zone).load()
    assert shown(loaded) == expected(name)["days"]
    assert (loaded.problems, loaded.read_only, loaded.schema) == ((), "", 1)
    assert (path.read_bytes(), list(path.parent.iterdir())) == (old, [path])


@pytest.mark.parametrize("name", NAMES)
def test_opening_to_write_backs_it_up_and_changes_days_and_adds_organizations(
    tmp_path: Path, name: str
) -> None:
    path = copied(name, tmp_path)
    old = path.read_bytes()
    before = json.loads(old)
    StateFile(path, "UTC").upgrade()
    after = json.loads(path.read_bytes())
    after["meta"]["1"].pop("saves")
    assert after["meta"]["1"] == before["meta"]["1"] | {
        "schema": SCHEMA, "revision": before["meta"]["1"]["revision"] + 1,
    }  # fmt: skip
    assert [table for table in after if table != "organizations"] == list(before)
    names = {found["organization"] for found in before["contacts"].values()} - {""}
    assert {found["name"] for found in after.get("organizations", {}).values()} == names
    for table in set(before) - {"meta"}:
        assert without_days(after[table]) == without_days(before[table])
    assert not any("timed" in found for found in after["follow_ups"].values())
    assert old_backups(path) == [old]
    written = path.read_bytes()
    StateFile(path, "Asia/Tokyo").upgrade()
    assert path.read_bytes() == written


def without_days(value: Any) -> Any:
    """Return `value` without the fields that the migration changes."""
    if isinstance(value, dict):
        return {name: without_days(inner) for name, inner in value.items() if name not in ("due", "timed")}
    return [without_days(item) for item in value] if isinstance(value, list) else value


def test_what_was_captured_is_a_day_unless_it_had_an_hour(path: Path) -> None:
    for zone in ("America/New_York", "Asia/Tokyo"):
        meetings = (found for found in StateFile(path, zone).load().records if isinstance(found, Interview))
        captured = (capture for met in meetings for capture in met.captured)
        dues = {capture.what: capture.due and str(capture.due) for capture in captured}
        assert dues == {
            "the reading list": "2026-12-07", "the slides": "2026-12-04T22:00:00Z", "the introduction": None,
            "Kit Larsen": None, "shorten it": None, "my portfolio": "2026-12-14",
            "the brief": "2026-12-15T14:30:00Z",
        }  # fmt: skip


@pytest.mark.parametrize("name", ["new_york", "auckland"])
def test_everything_is_undone_over_the_migration_as_before_it(
    tmp_path: Path, library: Library, name: str
) -> None:
    path = copied(name, tmp_path)
    file = StateFile(path, expected(name)["zone"])
    file.upgrade()
    loaded = file.load()
    store, numbers, zone = Store(loaded.records), count(), ZoneInfo("Europe/Berlin")
    services = Services(
        store, library, Config(), FakeClock(), lambda: zone, lambda change: None,
        lambda: f"undo{next(numbers)}", loaded.changes,
    )  # fmt: skip
    right = expected(name)["days"]
    for label, changed in expected(name)["undo"]:
        assert services.history.undo() == label
        right = {id_: due for id_, due in (right | changed).items() if due is not None}
        assert {found.id: str(found.due) for found in store.all(FollowUp)} == right
    assert services.history.undo() == ""
    while services.history.redo():
        pass
    assert {found.id: str(found.due) for found in store.all(FollowUp)} == expected(name)["days"]


def test_a_script_sees_the_present_layout_and_its_first_edit_writes_it(path: Path) -> None:
    old = path.read_bytes()
    with open_db(path) as db:
        assert {found.get("timed") for found in db.table("follow_ups").all()} == {None}
        assert path.read_bytes() == old
        db.table("contacts").update({"notes": "by a script"})
    assert (schema_on_disk(path), old_backups(path)) == (SCHEMA, [old])
    with TinyDB(path) as plain:
        assert {len(found["due"]) for found in plain.table("follow_ups").all()} == {10, 20}


def test_an_older_file_put_over_the_present_one_is_migrated_with_the_next_save(path: Path) -> None:
    old = path.read_bytes()
    file = StateFile(path, "America/New_York")
    file.upgrade()
    before = shown(file.load())
    path.write_bytes(old)
    assert file.check_for_changes().edits == ()
    file.save([adding(contact(id="new"))])
    assert schema_on_disk(path) == SCHEMA
    assert shown(StateFile(path).load()) == before
    assert old in old_backups(path)


def check_migrated_now_or_later(path: Path, old: bytes) -> None:
    """Check that the file is the old one, or the new one with a backup, and that it can be used."""
    if path.read_bytes() != old:
        assert (schema_on_disk(path), old_backups(path)) == (SCHEMA, [old])
    file = StateFile(path, "Asia/Tokyo")
    file.upgrade()
    assert (schema_on_disk(path), old_backups(path)) == (SCHEMA, [old])
    assert file.load().problems == ()


def test_a_migration_of_which_any_call_fails_leaves_the_old_file_or_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)  # no power is cut here
    for number in count():
        folder = tmp_path / str(number)
        folder.mkdir()
        path = copied("demo", folder)
        old = path.read_bytes()
        calls = Failing(number, OSError(errno.EIO, os.strerror(errno.EIO)))
        with calls.on(), suppress(OSError):
            StateFile(path, "UTC").upgrade()
        check_migrated_now_or_later(path, old)
        shutil.rmtree(folder)
        if not calls.hit:
            break
    assert {"write", "fsync", "replace"} < set(calls.done)


@pytest.mark.parametrize("step", [4, pytest.param(1, marks=pytest.mark.long)])
def test_a_process_killed_before_any_call_of_its_migration_leaves_the_old_file_or_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    most = 160
    paths = [tmp_path / str(number) / "warmcall.json" for number in range(most)]
    for path in paths:
        path.parent.mkdir()
        shutil.copy(FILES / "schema_1_demo.json", path)
    old = path.read_bytes()
    last = killed_before_each_call("migrate", tmp_path, most, step)
    tried = paths[: last + 1 : step]
    migrated = [path.read_bytes() != old for path in tried]
    assert migrated == sorted(migrated)
    assert migrated.index(True) > 10 // step
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)
    for path in tried:
        check_migrated_now_or_later(path, old)


@pytest.mark.parametrize("runs", [3, pytest.param(200, marks=pytest.mark.long)])
def test_of_two_processes_that_migrate_at_once_one_does_it_and_none_some_or_all_may_be_killed(
    tmp_path: Path, runs: int
) -> None:
    chance = random.Random(runs)
    for run in range(runs):
        folder = tmp_path / str(run)
        folder.mkdir()
        path = copied(NAMES[run % len(NAMES)], folder)
        old, days = path.read_bytes(), expected(NAMES[run % len(NAMES)])["days"]
        with session("migrate", path) as one, session("migrate", path) as other:
            processes = (one, other)
            assert [line(process) for process in processes] == ["ready", "ready"]
            for process in processes:
                start(process)
            for process in processes[: run % 3]:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(chance.uniform(0, 0.03))
                process.kill()
            codes = [process.wait(60) for process in processes]
            assert set(codes) <= ({0} if run % 3 == 0 else {0, -signal.SIGKILL})
            if 0 in codes:
                assert schema_on_disk(path) == SCHEMA
        check_migrated_now_or_later(path, old)
        assert revision(path.read_bytes()) == revision(old) + 1
        assert shown(StateFile(path).load()) == days


@pytest.mark.parametrize("name", NAMES)
def test_a_power_cut_during_a_migration_leaves_the_old_file_or_the_new_one_and_the_backup(
    tmp_path: Path, name: str
) -> None:
    path = copied(name, tmp_path)
    old = path.read_bytes()
    disk = Disk(path)
    with disk.recording():
        StateFile(path, "UTC").upgrade()
    new = path.read_bytes()
    seen = set()
    for number in range(len(disk.steps) + 1):
        for left in disk.folders_after(number):
            content = left.pop(str(path), None)
            assert content in ((new,) if number == len(disk.steps) else (old, new))
            backups = [data for file, data in left.items() if file.endswith(".gz")]
            assert content == old or backups, f"after {disk.steps[number - 1]}: the backup is lost"
            assert {zlib.decompress(data, 31) for data in backups} <= {old}
            seen.add((content == new, bool(backups)))
    assert seen == {(False, False), (False, True), (True, True)}


def test_of_two_sessions_that_open_an_older_file_at_once_one_migrates_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = path.read_bytes()
    here = StateFile(path, "Asia/Tokyo")
    before = here.load()
    lock = here.db.storage.locked

    @contextmanager
    def locked_too_late() -> Iterator[bool]:
        StateFile(path, "America/New_York").upgrade()
        with lock() as has_lock:
            yield has_lock

    monkeypatch.setattr(here.db.storage, "locked", locked_too_late)
    here.upgrade()
    assert old_backups(path) == [old]
    assert revision(path.read_bytes()) == revision(old) + 1
    assert here.check_for_changes() == ExternalChanges()
    assert shown(before) == shown(StateFile(path).load()) == expected("new_york")["days"]


def test_a_disk_that_is_full_leaves_the_old_file_to_be_read_and_migrated_later(path: Path) -> None:
    old = path.read_bytes()
    file = StateFile(path, "America/New_York")
    calls = Failing(0, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), lasting=True)
    file.load()
    with calls.on(), pytest.raises(OSError, match="space"):
        file.upgrade()
    assert (path.read_bytes(), file.load().schema) == (old, 1)
    file.save([adding(contact(id="new"))])
    assert (schema_on_disk(path), old_backups(path)) == (SCHEMA, [old])


def tables(*follow_ups: dict[str, Any], profile_zone: str = "") -> dict[str, RawTable]:
    """Return the tables of a file of schema 1."""
    numbered = {str(number): found for number, found in enumerate(follow_ups)}
    documents: dict[str, dict[str, Any]] = {
        "meta": {"1": {"app": "warmcall", "schema": 1}},
        "profile": {"1": {"id": "profile", "zone": profile_zone}},
        "follow_ups": numbered,
    }
    return {name: RawTable.of(table) for name, table in documents.items()}


def due_after(tables: dict[str, RawTable], zone: str) -> list[Any]:
    migrate(tables, 1, lambda: ZoneInfo(zone))
    return [found["due"] for found in tables["follow_ups"].values()]


zones = st.sampled_from([*ZONES, "Pacific/Chatham", "Asia/Kathmandu", "America/St_Johns"])
hours = st.none() | st.times().map(lambda found: found.replace(second=0, microsecond=0))


@settings(modest, max_examples=30)
@given(st.lists(st.tuples(days, hours), max_size=4), zones, zones, st.booleans())
def test_no_day_is_moved_by_the_zone_it_was_made_in_or_migrated_in(
    moments: list[tuple[date, time | None]], made_in: str, here: str, in_profile: bool
) -> None:
    zone = ZoneInfo(made_in)
    instants = [datetime.combine(day, hour or time(12), zone).astimezone(UTC) for day, hour in moments]
    old = tables(
        *(
            {"id": str(number), "due": f"{at:%Y-%m-%dT%H:%M:%SZ}", "timed": hour is not None, "colour": 7}
            for number, (at, (_, hour)) in enumerate(zip(instants, moments, strict=True))
        ),
        profile_zone=made_in if in_profile else "",
    )
    right = [
        day.isoformat() if hour is None else f"{at:%Y-%m-%dT%H:%M:%SZ}"
        for at, (day, hour) in zip(instants, moments, strict=True)
    ]
    assert due_after(old, here) == right
    once = {name: dict(table) for name, table in old.items()}
    assert {frozenset(found) for found in once["follow_ups"].values()} <= {frozenset(("id", "due", "colour"))}
    migrate(old, SCHEMA, lambda: pytest.fail("there is nothing to migrate"))
    assert {name: dict(table) for name, table in old.items()} == once


@pytest.mark.parametrize(
    "unreadable",
    [
        {"id": "a", "due": "tomorrow", "timed": False},
        {"id": "a", "due": "2026-12-01T12:00:00", "timed": False},
        {"id": "a", "due": 7, "timed": False},
        {"id": "a", "due": "2026-12-01T12:00:00Z", "timed": "yes"},
        {"id": "a", "due": "0001-01-01T12:00:00Z", "timed": False},
        {"id": "a"},
        ["no document"],
    ],
)
def test_what_cannot_be_read_stays_as_it_is(unreadable: Any) -> None:
    old = tables(unreadable)
    old["changes"] = RawTable.of({"1": {"id": "c"}, "2": {"edits": 7}, "3": []})
    old["interviews"] = RawTable.of({"1": {"captured": ["?", {"due": "soon"}]}})
    before = {name: dict(table) for name, table in old.items()}
    migrate(old, 1, lambda: UTC)
    before["meta"]["1"]["schema"] = SCHEMA
    assert {name: dict(table) for name, table in old.items()} == before


def test_each_organization_of_contacts_becomes_one_record_with_the_same_id_on_any_machine() -> None:
    def migrated(*names: Any, **others: RawTable) -> dict[str, RawTable]:
        contacts = {str(at): {"id": f"c{at}", "created_at": "2026-11-23T15:00:00Z", "organization": name}
                    for at, name in enumerate(names, 1)}  # fmt: skip
        found = tables() | {"contacts": RawTable.of(contacts)} | others
        found["meta"]["1"] = {"id": "meta", "app": "warmcall", "schema": 2}
        migrate(found, 2, lambda: UTC)
        return found

    once = migrated("Smith, Jones & Co.", "", "Aozora", "SMITH JONES", 7, "—")
    documents = list(once["organizations"].values())
    assert [found["name"] for found in documents] == ["Smith, Jones & Co.", "Aozora"]
    assert documents[0]["created_at"] == "2026-11-23T15:00:00Z"
    again = migrated("Smith Jones", "Aozora", organizations=once["organizations"].copy())
    assert list(again["organizations"].values()) == documents
    elsewhere = migrated("Smith & Jones, Inc.")
    assert next(iter(elsewhere["organizations"].values()))["id"] == documents[0]["id"]
    assert "organizations" not in migrated("")


def test_an_hour_that_a_promise_hid_counts_where_the_other_days_were_made() -> None:
    promise = {"kind": "promise", "interview_id": "i", "due": "2026-12-04T22:00:00Z", "timed": False}
    others = [{"id": str(day), "due": f"2026-12-{day}T17:00:00Z", "timed": False} for day in (10, 11)]
    assert due_after(tables(promise, *others), "Asia/Tokyo")[0] == "2026-12-04"  # 17:00 in New York
    assert due_after(tables(promise), "America/New_York") == ["2026-12-04"]
    assert due_after(tables(promise), "Asia/Tokyo") == ["2026-12-05"]


def test_a_day_without_a_flag_and_one_at_an_odd_time_are_days_of_the_session() -> None:
    late = {"id": "a", "due": "2026-12-01T23:20:10Z", "timed": False}
    assert due_after(tables({"id": "a", "due": "2026-12-01T17:00:00Z"}), "Asia/Tokyo") == ["2026-12-01"]
    assert due_after(tables(late), "Asia/Tokyo") == ["2026-12-02"]
    assert due_after(tables(late), "America/New_York") == ["2026-12-01"]


def test_an_hour_captured_in_the_zone_of_the_profile_is_no_day_where_it_is_noon() -> None:
    old = tables(profile_zone="Pacific/Auckland")
    due = "2026-12-01T03:00:00Z"  # 16:00 in Auckland, and noon in Tokyo
    old["interviews"] = RawTable.of({"1": {"captured": [{"due": due}]}})
    migrate(old, 1, lambda: ZoneInfo("Asia/Tokyo"))
    assert old["interviews"]["1"] == {"captured": [{"due": due}]}


def test_noon_of_summer_and_of_winter_is_found_in_one_file() -> None:
    zone = ZoneInfo("Europe/Berlin")
    at = [datetime(2026, 7, 1, 12, tzinfo=zone) + timedelta(days=number) for number in (0, 180)]
    dues = [f"{found.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" for found in at]
    old = tables(*({"id": due, "due": due, "timed": False} for due in dues))
    assert due_after(old, "Pacific/Auckland") == ["2026-07-01", "2026-12-28"]
