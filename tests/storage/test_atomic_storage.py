from __future__ import annotations

import errno
import json
import os
import stat
import time
from pathlib import Path

import pytest
from tinydb import TinyDB
from warmcall.storage.atomic_storage import AtomicJsonStorage, FileChanged
from warmcall.storage.errors import BadStateFile
from warmcall.storage.raw_table import Tables

TABLES: Tables = {"contacts": {"1": {"id": "luis", "name": "Luis"}}}
RENAMED: Tables = {"contacts": {"1": {"id": "luis", "name": "Lena"}}}
OTHER: Tables = {"contacts": {"1": {"id": "mei", "name": "Mei"}}}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "warmcall.json"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_without_a_file_there_is_nothing_to_read(path: Path) -> None:
    assert AtomicJsonStorage(path).read() is None
    assert not path.parent.exists()


def test_what_was_written_is_read_back(path: Path) -> None:
    AtomicJsonStorage(path).write(TABLES)
    assert AtomicJsonStorage(path).read() == TABLES


def test_a_new_file_is_for_its_owner_alone(path: Path) -> None:
    before = os.umask(0)
    try:
        AtomicJsonStorage(path).write(TABLES)
    finally:
        os.umask(before)
    assert mode(path) == 0o600
    assert mode(path.parent) == 0o700


def test_a_file_others_could_read_becomes_private_with_the_next_write(path: Path) -> None:
    AtomicJsonStorage(path).write(TABLES)
    path.chmod(0o644)
    AtomicJsonStorage(path).write(OTHER)
    assert mode(path) == 0o600


def test_plain_tinydb_opens_and_reads_it(path: Path) -> None:
    AtomicJsonStorage(path).write(TABLES)
    with TinyDB(path) as db:
        assert db.table("contacts").all() == [{"id": "luis", "name": "Luis"}]


def test_the_file_is_plain_ascii(path: Path) -> None:
    strange: Tables = {"contacts": {"1": {"name": "佐藤 \u2028 \ud800"}}}
    AtomicJsonStorage(path).write(strange)
    assert path.read_bytes().isascii()
    assert AtomicJsonStorage(path).read() == strange


def test_a_symlink_stays_a_symlink(path: Path, tmp_path: Path) -> None:
    AtomicJsonStorage(path).write(TABLES)
    link = tmp_path / "link.json"
    link.symlink_to(path)
    AtomicJsonStorage(link).write(OTHER)
    assert link.is_symlink()
    assert AtomicJsonStorage(path).read() == OTHER


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_write_that_fails_leaves_the_old_file_and_no_other(
    path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    AtomicJsonStorage(path).write(TABLES)
    before = path.read_bytes()

    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as failing:
        failing.setattr(os, call, full)
        with pytest.raises(OSError, match="No space left"):
            AtomicJsonStorage(path).write(OTHER)
    assert path.read_bytes() == before
    assert [other_path.name for other_path in path.parent.iterdir()] == [path.name]
    AtomicJsonStorage(path).write(OTHER)
    assert AtomicJsonStorage(path).read() == OTHER


def test_the_new_file_is_durable_before_it_takes_the_place_of_the_old(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    AtomicJsonStorage(path).write(TABLES)
    done: list[str] = []
    sync, replace = os.fsync, os.replace

    def synced(descriptor: int) -> None:
        kind = "folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file"
        done.append(f"sync {kind}")
        sync(descriptor)

    def replaced(source: str, to: str) -> None:
        done.append("replace")
        replace(source, to)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", replaced)
    AtomicJsonStorage(path).write(OTHER)
    assert done == ["sync file", "replace", "sync folder"]


def test_what_a_killed_session_left_beside_the_file_is_no_hindrance(path: Path) -> None:
    AtomicJsonStorage(path).write(TABLES)
    path.with_name(f".{path.name}.new").write_text("half a fi")
    AtomicJsonStorage(path).write(OTHER)
    assert AtomicJsonStorage(path).read() == OTHER
    assert [other_path.name for other_path in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 10**30])
def test_numbers_that_plain_tinydb_would_keep_are_kept(path: Path, number: float) -> None:
    AtomicJsonStorage(path).write({"contacts": {"1": {"n": number}}})
    with TinyDB(path) as db:
        assert repr(db.table("contacts").all()) == f"[{{'n': {number!r}}}]"


def test_what_is_no_json_is_not_written(path: Path) -> None:
    AtomicJsonStorage(path).write(TABLES)
    with pytest.raises(TypeError, match="not JSON serializable"):
        AtomicJsonStorage(path).write({"contacts": {"1": {"n": object()}}})
    assert AtomicJsonStorage(path).read() == TABLES


def test_many_writes_become_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    storage = AtomicJsonStorage(path)
    replaced: list[object] = []
    replace = os.replace

    def counted(source: str, to: str) -> None:
        replaced.append(to)
        replace(source, to)

    monkeypatch.setattr(os, "replace", counted)
    with storage.transaction():
        storage.write(TABLES)
        assert storage.read() == TABLES
        assert not path.exists()
        storage.write(OTHER)
    assert (storage.read(), len(replaced)) == (OTHER, 1)


def test_nothing_is_written_if_something_goes_wrong_on_the_way(path: Path) -> None:
    storage = AtomicJsonStorage(path)
    storage.write(TABLES)

    def half_way() -> None:
        with storage.transaction():
            storage.write(OTHER)
            raise KeyError

    with pytest.raises(KeyError):
        half_way()
    assert storage.read() == TABLES
    assert json.loads(path.read_text()) == TABLES


def test_reading_alone_writes_nothing_that_was_not_there(path: Path) -> None:
    with AtomicJsonStorage(path).transaction():
        pass
    assert not path.exists()


def test_a_file_that_is_not_ours_is_not_read(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("[]")
    with pytest.raises(BadStateFile, match="not the tables"):
        AtomicJsonStorage(path).read()


def rewritten(path: Path, old: bytes, new: bytes) -> None:
    """Have another program write into the file itself and leave all of its attributes as they were."""
    before = path.stat()
    with path.open("r+b") as file:
        file.write(path.read_bytes().replace(old, new))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = path.stat()
    assert (before.st_ino, before.st_size, before.st_mtime_ns) == (
        after.st_ino, after.st_size, after.st_mtime_ns,
    )  # fmt: skip


def test_a_file_with_other_content_under_the_same_attributes_is_not_replaced(path: Path) -> None:
    storage = AtomicJsonStorage(path)
    storage.write(TABLES)
    storage.read()
    rewritten(path, b"Luis", b"Lena")
    with pytest.raises(FileChanged):
        storage.write(OTHER)
    assert b"Lena" in path.read_bytes()
    assert [other_path.name for other_path in path.parent.iterdir()] == [path.name]


def test_a_file_read_just_after_its_last_change_is_read_again(path: Path) -> None:
    AtomicJsonStorage(path).write(TABLES)
    just_now = time.time_ns() + 60_000_000_000  # still so when the test is slow
    os.utime(path, ns=(just_now, just_now))
    storage = AtomicJsonStorage(path)
    assert storage.read() == TABLES
    rewritten(path, b"Luis", b"Lena")
    assert storage.read() == RENAMED


def test_a_write_leaves_a_time_that_no_other_write_of_the_same_moment_leaves(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = time.time_ns()
    monkeypatch.setattr("warmcall.storage.atomic_storage.time.time_ns", lambda: moment)
    storage = AtomicJsonStorage(path)
    storage.write(TABLES)
    assert not storage.changed()
    before = path.read_bytes()
    path.write_bytes(before.replace(b"Luis", b"Lena"))
    os.utime(path, ns=(moment, moment))
    assert storage.read() == RENAMED


def test_a_temporary_file_that_another_program_wrote_over_takes_no_file_s_place(path: Path) -> None:
    storage = AtomicJsonStorage(path)
    storage.write(TABLES)

    def write_over(_present: object, _written_ns: int) -> None:
        storage.temporary.write_bytes(b"{}")

    storage.before_replace = write_over
    with pytest.raises(FileChanged):
        storage.write(OTHER)
    assert json.loads(path.read_bytes()) == TABLES
    assert storage.temporary.read_bytes() == b"{}"
