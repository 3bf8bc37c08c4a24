from __future__ import annotations

import errno
import gzip
import os
import shutil
import stat
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from string import ascii_lowercase
from typing import Any

import pytest
from tinydb import TinyDB
from warmcall.domain.change import Change
from warmcall.storage import backups as module
from warmcall.storage.backups import Backups, content_of
from warmcall.storage.errors import BadStateFile
from warmcall.storage.lock import LockBusy, locked
from warmcall.storage.session_view import ExternalChanges
from warmcall.storage.state_file import StateFile

from tests.examples import adding, change, contact, interview

BEGIN = datetime(2026, 1, 1, 0, 30, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "warmcall.json"


def save(file: StateFile, change: Change, when: datetime | None = None) -> ExternalChanges:
    """Save a change as of `when`, and write the backups that wait as the writer does when it is idle."""
    found = file.save([change])
    if when is not None:
        os.utime(file.path, (when.timestamp(), when.timestamp()))
    file.backups.write_waiting()
    return found


def save_at(file: StateFile, when: datetime, id_: str, **fields: Any) -> None:
    save(file, adding(contact(id=id_, **fields)), when)


def names(file: StateFile, kind: str) -> list[str]:
    return sorted(path.name for path in file.backups.all() if path.name.startswith(f"{kind}-"))


def test_they_are_kept_hourly_for_a_day_and_daily_for_a_month(path: Path) -> None:
    file = StateFile(path)
    for hour in [*range(0, 33 * 24, 24), *range(33 * 24, 33 * 24 + 27)]:
        save_at(file, BEGIN + timedelta(hours=hour), f"c{hour}")
    assert len(names(file, "hour")) == 24
    assert len(names(file, "day")) == 31
    assert names(file, "hour")[-1] == "hour-2026-02-04T01.json.gz"
    assert names(file, "day")[-1] == "day-2026-02-04.json.gz"


def test_they_are_compressed_copies_for_the_owner_alone(path: Path) -> None:
    file = StateFile(path)
    save(file, adding(contact()))
    old = path.read_bytes()
    path.chmod(0o644)
    save(file, adding(contact(id="mei")))
    backups = file.backups.all()
    assert len(backups) == 2
    for backup in backups:
        assert gzip.decompress(backup.read_bytes()) == content_of(backup) == old
        assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.backups.folder.stat().st_mode) == 0o700
    assert not list(file.backups.folder.glob("*.part"))


def test_a_program_that_keeps_the_file_open_changes_no_backup_and_its_edit_does_not_reach_the_file(
    path: Path,
) -> None:
    file = StateFile(path)
    save(file, adding(contact()))
    with TinyDB(path) as plain:
        file.backups.keep_for("import")
        save(file, adding(contact(id="mei")))
        held = [content_of(backup) for backup in file.backups.all()]
        plain.table("contacts").truncate()
        plain.table("contacts").insert({"name": "of the other program"})
    assert [content_of(backup) for backup in file.backups.all()] == held
    assert len(held) == 3
    assert [record.id for record in StateFile(path).load().records] == ["luis", "mei"]


def test_a_save_waits_for_no_backup_and_what_is_kept_is_what_was_there_then(path: Path) -> None:
    file = StateFile(path)
    file.save([adding(contact())])
    old = path.read_bytes()
    for number in range(3):
        file.save([adding(contact(id=f"c{number}"))])
    assert file.backups.all() == []
    assert file.backups.write_waiting()
    assert {content_of(backup) for backup in file.backups.all()} == {old}


def test_writing_them_stops_whenever_there_is_something_else_to_do_and_goes_on_later(path: Path) -> None:
    file = StateFile(path)
    file.save([adding(*(contact(id=f"c{number}", notes="x" * 500) for number in range(3000)))])
    file.save([adding(contact())])
    calls = 0
    while not file.backups.write_waiting(lambda: False):
        calls += 1
        assert file.backups.all() == [] or calls > 5
    assert calls > 5
    (backup,) = file.backups.listed()
    assert backup.contacts == 3000


def test_each_says_what_it_holds_and_the_newest_good_one_is_found(path: Path) -> None:
    file = StateFile(path)
    save_at(file, BEGIN, "a")
    save(file, adding(interview(contact_id="a")), BEGIN + timedelta(hours=2))
    save(file, adding(contact(id="b")))
    whole = file.backups.all()[0].read_bytes()
    for number, damaged in enumerate([b"{", b"\x1f\x8b", whole[:-9], whole[:40] + b"x" + whole[41:]]):
        bad = file.backups.folder / f"hour-2030-01-01T0{number}.json.gz"
        bad.write_bytes(damaged)
        os.utime(bad, (2e9 - number, 2e9 - number))
    found = [(backup.contacts, backup.interviews) for backup in file.backups.listed()]
    assert found == [(-1, -1)] * 4 + [(1, 1), (1, 0)]
    newest = file.backups.newest_good()
    assert newest is not None
    assert (newest.contacts, newest.interviews, newest.changed_at) == (1, 1, "2026-01-01T02:30:00+00:00")


def test_backups_of_earlier_versions_are_read_and_compressed_in_time(path: Path) -> None:
    """They are plain, and one inode may be an hour's, a day's and the state file's."""
    file = StateFile(path)
    save_at(file, BEGIN, "a")
    folder = file.backups.folder
    folder.mkdir(exist_ok=True)
    for name in ("hour-2026-01-01T00.json", "day-2026-01-01.json"):
        os.link(path, folder / name)
    old = path.read_bytes()
    assert [(backup.path.suffix, backup.contacts) for backup in file.backups.listed()] == [(".json", 1)]
    save_at(file, BEGIN + timedelta(hours=1), "b")
    assert {content_of(backup) for backup in file.backups.all()} == {old}
    save(file, adding(contact(id="c")))
    assert names(file, "hour") == ["hour-2026-01-01T00.json.gz", "hour-2026-01-01T01.json.gz"]
    assert names(file, "day") == ["day-2026-01-01.json.gz"]
    assert content_of(folder / "day-2026-01-01.json.gz") == old
    assert (folder / "day-2026-01-01.json.gz").stat().st_mtime == BEGIN.timestamp()


def test_backups_of_earlier_versions_are_not_thinned_before_they_are_compressed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first that a new version makes may be the one before a migration."""
    file = StateFile(path)
    save_at(file, BEGIN, "a", notes="x" * 10_000)
    folder = file.backups.folder
    folder.mkdir(exist_ok=True)
    for day in range(1, 9):
        shutil.copy2(path, folder / f"day-2026-01-0{day}.json")
    (folder / "day-2026-01-09.json").symlink_to(path)
    bound(monkeypatch, 30_000)
    file.backups.keep_for("schema-1")
    assert len(names(file, "day")) == 9
    save(file, adding(contact()))
    assert len([name for name in names(file, "day") if name.endswith(".gz")]) == 8
    assert file.backups.thinned == ""


def bound(monkeypatch: pytest.MonkeyPatch, least: int, times: int = 0) -> None:
    """Let backups take `least` bytes, or so many `times` as much as the state if that is more."""
    monkeypatch.setattr(module, "LEAST_BOUND", least)
    monkeypatch.setattr(module, "TIMES_THE_STATE", times)


def test_the_hours_of_a_day_and_the_days_of_a_month_fit_in_proportion_to_the_state(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The notes are random words out of many, which compress like language."""
    bound(monkeypatch, 1, module.TIMES_THE_STATE)
    file, random = StateFile(path), Random(7)
    words = ["".join(random.choices(ascii_lowercase, k=random.randint(2, 12))) for _ in range(5000)]
    people = (contact(id=f"p{at}", notes=" ".join(random.choices(words, k=150))) for at in range(80))
    save(file, adding(*people), BEGIN)
    moments = [BEGIN + timedelta(days=day) for day in range(1, 31)]
    moments += [moments[-1] + timedelta(hours=hour) for hour in range(1, 25)]
    for at, moment in enumerate(moments):
        save_at(file, moment, f"c{at}")
    assert (len(names(file, "hour")), file.backups.thinned) == (module.HOURLY, "")
    assert len(names(file, "day")) >= 30
    assert space_taken(file) > 19 * path.stat().st_size
    monkeypatch.setattr(module, "TIMES_THE_STATE", 12)
    save_at(file, moments[-1] + timedelta(hours=1), "more")
    assert file.backups.thinned == module.thinned_words(12 * path.stat().st_size)


def much_kept(path: Path) -> StateFile:
    """Return a file with five days of backups, four hours each, and one made before an event."""
    file = StateFile(path)
    for hour in range(0, 5 * 24, 6):
        if hour == 30:
            file.backups.keep_for("import")
        save_at(file, BEGIN + timedelta(hours=hour), f"c{hour}")
    return file


def space_taken(file: StateFile) -> int:
    return sum({backup.stat().st_ino: backup.stat().st_size for backup in file.backups.all()}.values())


def test_too_many_for_the_space_are_thinned_from_the_oldest_hour_and_that_is_said_once(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = much_kept(path)
    days, hours, space = names(file, "day"), names(file, "hour"), space_taken(file)
    bound(monkeypatch, space // 2)
    save_at(file, BEGIN + timedelta(days=5), "later")
    assert space_taken(file) <= space // 2
    assert names(file, "before")
    left = names(file, "hour")
    assert left == [*hours, "hour-2026-01-05T18.json.gz"][-len(left) :]
    assert len(left) < len(hours)
    assert names(file, "day") == days
    said = module.thinned_words(space // 2)
    assert (file.backups.new_notice(), file.backups.new_notice()) == (said, "")
    assert file.backups.thinned == StateFile(path).backups.thinned == said
    save_at(file, BEGIN + timedelta(days=6), "even later")
    assert file.backups.new_notice() == ""
    bound(monkeypatch, 10 * space)
    save_at(file, BEGIN + timedelta(days=7), "last")
    assert file.backups.thinned == ""


def test_the_last_day_and_what_was_kept_for_an_event_stay_however_little_space_there_is(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = much_kept(path)
    bound(monkeypatch, 1)
    save_at(file, BEGIN + timedelta(days=6), "later")
    assert names(file, "hour") == []
    assert len(names(file, "day")) == len(names(file, "before")) == 1
    monkeypatch.setattr(module, "SPECIAL_SECONDS", -10)  # a month later
    save_at(file, BEGIN + timedelta(days=7), "even later")
    assert len(names(file, "before")) == 0
    assert names(file, "day") == ["day-2026-01-07.json.gz"]


def test_what_is_kept_for_an_event_stays_for_a_month_and_the_last_ones_longer(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = StateFile(path)
    for number in range(module.SPECIAL + 3):
        save_at(file, BEGIN + timedelta(days=number), f"c{number}")
        file.backups.keep_for(f"import-{number}")
    assert len(names(file, "before")) == module.SPECIAL + 3
    monkeypatch.setattr(module, "SPECIAL_SECONDS", -10)
    save_at(file, BEGIN + timedelta(days=40), "later")
    assert len(names(file, "before")) == module.SPECIAL


def test_of_contents_that_copies_were_put_over_only_the_last_ones_stay(path: Path) -> None:
    """A sync program may do that every second."""
    file = StateFile(path)
    save(file, adding(contact()))
    tables = file.db.read_tables()
    assert tables is not None
    for number in range(module.REPLACED + 5):
        file.backups.keep_content(tables, time.time_ns() - 10**9 * (100 - number), "replaced")
    assert len(names(file, "before")) == module.REPLACED


def test_what_the_next_save_replaces_is_kept_on_request(path: Path) -> None:
    file = StateFile(path)
    save(file, adding(contact()))
    file.backups.keep_before_next_save("merge")
    save(file, adding(contact(id="mei")))
    save(file, adding(contact(id="tom")))
    (kept,) = (backup for backup in file.backups.all() if "-merge." in backup.name)
    assert module.describe(kept).contacts == 1


def test_room_is_made_from_the_oldest_and_never_from_the_file_itself(path: Path) -> None:
    file = StateFile(path)
    for day in range(4):
        save_at(file, BEGIN + timedelta(days=day), f"c{day}", notes="x" * day)
    os.link(path, file.backups.folder / "before-2026-import.json")
    left = []
    while file.backups.remove_oldest():
        left.append([*names(file, "day"), *names(file, "hour")])
    assert left == [
        ["day-2026-01-02.json.gz", "day-2026-01-03.json.gz"],
        ["day-2026-01-03.json.gz"],
        [],
    ]
    assert names(file, "before") == ["before-2026-import.json"]


def test_a_backup_that_cannot_be_removed_makes_no_room(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = StateFile(path)
    for day in range(2):
        save_at(file, BEGIN + timedelta(days=day), f"c{day}")

    def refuse(*_args: object, **_options: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "unlink", refuse)
    assert not file.backups.remove_oldest()


def test_where_there_are_no_links_both_names_have_a_copy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    file = StateFile(path)
    save_at(file, BEGIN, "a")
    old = path.read_bytes()
    save(file, adding(contact(id="mei")))
    assert [content_of(backup) for backup in file.backups.all()] == [old, old]
    assert {backup.stat().st_mtime for backup in file.backups.all()} == {BEGIN.timestamp()}


def test_an_unfinished_one_is_no_backup_and_is_removed_in_time(path: Path) -> None:
    file = StateFile(path)
    save(file, adding(contact()))
    file.save([adding(contact(id="mei"))])
    assert not file.backups.write_waiting(lambda: False)
    (part,) = file.backups.folder.iterdir()
    again = StateFile(path)
    again.load()
    shutil.copy(part, left := part.with_name("hour-2026-01-01T00.json.gz.part"))
    os.utime(left, (0, 0))
    save(again, adding(contact(id="tom")))
    assert file.backups.write_waiting()
    assert [backup.contacts for backup in file.backups.listed()] == [2]
    assert not list(file.backups.folder.glob("*.part"))


def test_what_cannot_be_read_is_not_restored(path: Path, tmp_path: Path) -> None:
    file = StateFile(path)
    file.save([adding(contact())])
    old = path.read_bytes()
    bad = tmp_path / "bad.json"
    bad.write_bytes(b"{")
    with pytest.raises(BadStateFile):
        Backups(path).restore(bad)
    assert path.read_bytes() == old


def test_a_running_session_takes_in_what_was_restored(path: Path) -> None:
    file = StateFile(path)
    save(file, adding(contact()))
    save(file, adding(contact(id="mei", name="Mei")))
    (backup,) = file.backups.listed()
    Backups(path).restore(backup.path)
    assert [(edit.id, edit.after) for edit in file.check_for_changes().edits] == [("mei", None)]


def test_nothing_is_restored_while_a_session_saves(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = StateFile(path)
    save(file, adding(contact()))
    save(file, adding(contact(id="mei")))
    before = path.read_bytes()
    (backup,) = file.backups.listed()
    monkeypatch.setattr(module, "locked", lambda path: locked(path, 0))
    with locked(path), pytest.raises(LockBusy):
        file.backups.restore(backup.path)
    assert path.read_bytes() == before
    assert file.backups.restore(backup.path) is not None


def test_what_a_session_saves_after_a_restore_lands_in_what_was_restored(path: Path) -> None:
    file = StateFile(path)
    save(file, adding(contact()))
    save(file, adding(contact(id="mei", name="Mei")))
    (backup,) = file.backups.listed()
    kept = Backups(path).restore(backup.path)
    external = save(file, change((contact(), contact(phone="1"))))
    assert [(edit.id, edit.after) for edit in external.edits] == [("mei", None)]
    assert StateFile(path).load().records == (contact(phone="1"),)
    assert kept is not None
    assert b"Mei" in content_of(kept)
