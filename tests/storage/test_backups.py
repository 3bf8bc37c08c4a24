from __future__ import annotations

import errno
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from warmcall.storage import backups as module
from warmcall.storage.backups import Backups
from warmcall.storage.errors import BadStateFile
from warmcall.storage.lock import LockBusy, locked
from warmcall.storage.state_file import StateFile

from tests.examples import adding, change, contact, interview

BEGIN = datetime(2026, 1, 1, 0, 30, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "warmcall.json"


def save_at(file: StateFile, when: datetime, id_: str) -> None:
    file.save([adding(contact(id=id_))])
    os.utime(file.path, (when.timestamp(), when.timestamp()))


def test_they_are_kept_hourly_for_a_day_and_daily_for_a_month(path: Path) -> None:
    file = StateFile(path)
    for hour in range(40 * 24):
        if hour % 6 == 0 or hour > 38 * 24:
            save_at(file, BEGIN + timedelta(hours=hour), f"c{hour}")
    names = [path.name for path in file.backups.folder.iterdir()]
    assert len([name for name in names if name.startswith("hour-")]) == 24
    assert len([name for name in names if name.startswith("day-")]) == 31
    assert "hour-2026-02-09T22.json" in names
    assert "day-2026-02-09.json" in names


def test_they_are_links_for_the_owner_alone(path: Path) -> None:
    file = StateFile(path)
    file.save([adding(contact())])
    inode = path.stat().st_ino
    path.chmod(0o644)
    file.save([adding(contact(id="mei"))])
    backups = file.backups.all()
    assert {path.stat().st_ino for path in backups} == {inode}
    assert {stat.S_IMODE(path.stat().st_mode) for path in backups} == {0o600}
    assert stat.S_IMODE(file.backups.folder.stat().st_mode) == 0o700


def test_each_says_what_it_holds_and_the_newest_good_one_is_found(path: Path) -> None:
    file = StateFile(path)
    save_at(file, BEGIN, "a")
    file.save([adding(interview(contact_id="a"))])
    os.utime(path, (BEGIN.timestamp() + 7200, BEGIN.timestamp() + 7200))
    file.save([adding(contact(id="b"))])
    bad = file.backups.folder / "hour-2030-01-01T00.json"
    bad.write_bytes(b"{")
    found = [(backup.contacts, backup.interviews) for backup in file.backups.listed()]
    assert found == [(-1, -1), (1, 1), (1, 0)]
    newest = file.backups.newest_good()
    assert newest is not None
    assert (newest.contacts, newest.interviews, newest.changed_at) == (1, 1, "2026-01-01T02:30:00+00:00")


def test_all_of_them_together_stay_within_bounds(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 60_000)
    file = StateFile(path)
    for day in range(10):
        file.save([adding(contact(id=f"c{day}", notes="x" * 1000))])
        when = (BEGIN + timedelta(days=day)).timestamp()
        os.utime(path, (when, when))
    sizes = {path.stat().st_ino: path.stat().st_size for path in file.backups.all()}
    assert 1 < len(sizes) < 9
    assert sum(sizes.values()) <= 60_000


def test_what_is_kept_for_an_occasion_is_not_thinned_out_at_once(path: Path) -> None:
    file = StateFile(path)
    save_at(file, BEGIN, "a")
    for number in range(12):
        kept = file.backups.keep_for(f"import-{number}")
        assert kept is not None
        assert kept.exists()
    assert len(list(file.backups.folder.glob("before-*"))) == module.SPECIAL


def test_room_is_made_from_the_oldest_and_never_from_the_file_itself(path: Path) -> None:
    file = StateFile(path)
    for day in range(3):
        save_at(file, BEGIN + timedelta(days=day), f"c{day}")
    file.backups.keep_for("import")
    assert file.backups.remove_oldest()
    assert [path.name for path in file.backups.all() if path.name.startswith("day-")] == [
        "day-2026-01-02.json"
    ]
    assert file.backups.remove_oldest()
    assert not file.backups.remove_oldest()
    assert len(file.backups.all()) == 1


def test_a_backup_that_cannot_be_removed_makes_no_room(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = StateFile(path)
    for day in range(2):
        save_at(file, BEGIN + timedelta(days=day), f"c{day}")

    def refuse(*_args: object, **_options: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "unlink", refuse)
    assert not file.backups.remove_oldest()


def test_where_there_are_no_links_they_are_whole_copies(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    file = StateFile(path)
    file.save([adding(contact())])
    old = path.read_bytes()
    file.save([adding(contact(id="mei"))])
    assert {path.read_bytes() for path in file.backups.all()} == {old}
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
    file.save([adding(contact())])
    file.save([adding(contact(id="mei", name="Mei"))])
    (backup,) = file.backups.listed()
    Backups(path).restore(backup.path)
    assert [(edit.id, edit.after) for edit in file.check_for_changes().edits] == [("mei", None)]


def test_nothing_is_restored_while_a_session_saves(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = StateFile(path)
    file.save([adding(contact())])
    file.save([adding(contact(id="mei"))])
    before = path.read_bytes()
    (backup,) = file.backups.listed()
    monkeypatch.setattr(module, "locked", lambda path: locked(path, 0))
    with locked(path), pytest.raises(LockBusy):
        file.backups.restore(backup.path)
    assert path.read_bytes() == before
    assert file.backups.restore(backup.path) is not None


def test_what_a_session_saves_after_a_restore_lands_in_what_was_restored(path: Path) -> None:
    file = StateFile(path)
    file.save([adding(contact())])
    file.save([adding(contact(id="mei", name="Mei"))])
    (backup,) = file.backups.listed()
    kept = Backups(path).restore(backup.path)
    external = file.save([change((contact(), contact(phone="1")))])
    assert [(edit.id, edit.after) for edit in external.edits] == [("mei", None)]
    assert StateFile(path).load().records == (contact(phone="1"),)
    assert kept is not None
    assert b"Mei" in kept.read_bytes()
