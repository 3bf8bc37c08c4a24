from __future__ import annotations

import errno
import fcntl
import json
import os
import stat
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import msgspec
import pytest
from warmcall.config.safe_files import FileRefused
from warmcall.storage.atomic_storage import FileChanged
from warmcall.storage.lock import LockBusy, locked, writer_path
from warmcall.storage.process_identity import ProcessIdentity
from warmcall.storage.raw_table import RawTable
from warmcall.storage.state_file import StateFile

from tests.examples import adding, contact


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "warmcall.json"


def test_one_after_the_other_may_hold_it(path: Path) -> None:
    for _ in range(3):
        with locked(path, 0):
            pass


def test_a_second_holder_is_refused_when_its_time_is_over(path: Path) -> None:
    with locked(path), pytest.raises(LockBusy, match="another session is writing"), locked(path, 0):
        pytest.fail("both hold the lock")
    with locked(path, 0):
        pass


def test_a_second_holder_waits_for_the_first(path: Path) -> None:
    order: list[str] = []

    def wait() -> None:
        with locked(path, 20):
            order.append("second")

    second = threading.Thread(target=wait)
    with locked(path):
        second.start()
        order.append("first")
    second.join(20)
    assert order == ["first", "second"]


def test_an_error_inside_lets_it_go(path: Path) -> None:
    with pytest.raises(KeyError), locked(path):
        raise KeyError
    with locked(path, 0):
        pass


def test_the_lock_file_stays_and_is_private(path: Path) -> None:
    with locked(path):
        pass
    (left,) = path.parent.iterdir()
    assert left.name == ".warmcall.json.lock"
    assert stat.S_IMODE(left.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("linked", "ending"),
    [
        (Path.symlink_to, pytest.raises(FileRefused, match="it is a symbolic link: remove")),
        (Path.hardlink_to, nullcontext()),
    ],
)
def test_a_planted_lock_file_does_no_harm_to_the_file_it_leads_to(
    path: Path, linked: Callable[[Path, Path], None], ending: AbstractContextManager[object]
) -> None:
    StateFile(path).save([adding(contact(id="a"))])
    lock, keys = path.with_name(".warmcall.json.lock"), path.with_name("authorized_keys")
    keys.write_text("a key")
    lock.unlink()
    linked(lock, keys)
    with ending:
        StateFile(path).save([adding(contact(id="b"))])
    assert keys.read_text() == "a key"


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.EOPNOTSUPP])
def test_where_there_are_no_locks_the_work_goes_on(
    path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(*_args: object) -> None:
        raise OSError(code, "no locks here")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with locked(path, 0):
        pass


def test_another_error_of_the_system_is_reported(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(OSError, match="Input/output"), locked(path, 0):
        pytest.fail("there was no lock")


def test_nothing_is_saved_while_another_session_holds_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = StateFile(path)
    file.save([adding(contact(id="a"))])
    before = path.read_bytes()
    monkeypatch.setattr("warmcall.storage.atomic_storage.locked", lambda path: locked(path, 0))
    with locked(path), pytest.raises(LockBusy):
        file.save([adding(contact(id="b"))])
    assert path.read_bytes() == before


def test_the_lock_file_says_which_process_holds_it_and_a_number_used_again_is_no_sign_of_life(
    path: Path,
) -> None:
    own = ProcessIdentity.of_this_process()
    record = path.with_name(".warmcall.json.lock")
    with locked(path):
        found = json.loads(record.read_bytes())
        assert msgspec.convert(found, ProcessIdentity) == own
        assert {"pid", "boot", "started", "host", "pid_space", "machine", "since"} == set(found)
        with pytest.raises(LockBusy) as busy, locked(path, 0):
            pytest.fail("both hold the lock")
        assert busy.value.holder == f"process {own.pid} on {own.host} since {found['since']}"
        record.write_text(json.dumps(found | {"started": "1"}))
        with pytest.raises(LockBusy) as busy, locked(path, 0):
            pytest.fail("both hold the lock")
        if own.boot:
            assert busy.value.holder.endswith(", which has ended")


HERE = ProcessIdentity.of_this_process()
ELSEWHERE = ProcessIdentity(7, "elsewhere", boot="another", machine="another")


@pytest.mark.parametrize(
    ("who", "age", "left"),
    [
        pytest.param(msgspec.structs.replace(ELSEWHERE, host=HERE.host), 0.0, False, id="of a namesake"),
        pytest.param(ELSEWHERE, 0.0, False, id="of another machine"),
        pytest.param(ELSEWHERE, -1.0, True, id="of another machine, old"),
        pytest.param(
            msgspec.structs.replace(HERE, pid=2**22 + 1), 0.0, True, id="of a process that has ended"
        ),
        pytest.param(HERE, 0.0, True, id="of this process, whose flock holds nobody back"),
        pytest.param(None, 0.0, False, id="unnamed"),
        pytest.param(None, -1.0, True, id="unnamed, old"),
    ],
)
def test_the_file_of_a_writer_holds_others_back_until_it_is_known_to_be_left(
    path: Path, monkeypatch: pytest.MonkeyPatch, who: ProcessIdentity | None, age: float, left: bool
) -> None:
    path.parent.mkdir(mode=0o700)
    words = msgspec.to_builtins(who) | {"since": "12:00:00"} if who else None
    writer_path(path).write_text(json.dumps(words) if words else "")
    for seconds in ("LEFT_SECONDS", "_UNNAMED_SECONDS"):
        monkeypatch.setattr(f"warmcall.storage.lock.{seconds}", age or 30.0)
    if left:
        with locked(path, 0):
            assert writer_path(path).exists()
        assert not writer_path(path).exists()
    else:
        with pytest.raises(LockBusy) as busy, locked(path, 0):
            pytest.fail("both write")
        assert busy.value.holder == (f"process 7 on {who.host} since 12:00:00" if who else "")


def test_a_flock_that_a_server_did_not_take_back_holds_nobody_back_for_long(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warmcall.storage.lock.UNUSED_SECONDS", 0.0)
    with locked(path), pytest.raises(LockBusy), locked(path, 0.1):
        pytest.fail("both write")
    with path.with_name(".warmcall.json.lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with locked(path) as held:
            assert not held.has_flock
            with pytest.raises(LockBusy), locked(path, 0.1):
                pytest.fail("both write")
        writer_path(path).write_text(json.dumps(msgspec.to_builtins(ELSEWHERE)))
        monkeypatch.setattr("warmcall.storage.lock.LEFT_SECONDS", -1.0)
        with locked(path):
            pass


def test_who_lost_the_lock_to_another_machine_while_writing_leaves_its_work_alone(path: Path) -> None:
    StateFile(path).save([adding(contact(id="a"))])
    file, storage = StateFile(path), StateFile(path).db.storage
    file.load()
    keep = file.db.storage.before_replace

    def overtaken(tables: dict[str, RawTable], changed: int) -> None:
        file.db.storage.before_replace = keep
        writer_path(path).write_text(json.dumps(msgspec.to_builtins(ELSEWHERE)))
        file.db.storage.temporary.unlink()
        storage.temporary.write_text("half of what the other machine wri")

    file.db.storage.before_replace = overtaken
    with pytest.raises(FileChanged):
        file.save([adding(contact(id="b"))])
    assert [record.id for record in StateFile(path).load().records] == ["a"]
    assert storage.temporary.read_text().startswith("half")
    writer_path(path).unlink()
    file.save([adding(contact(id="b"))])
    assert [record.id for record in StateFile(path).load().records] == ["a", "b"]


def test_a_file_that_is_replaced_while_it_is_read_is_read_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    StateFile(path).save([adding(contact(id="a"))])
    real, stale = os.fstat, [True, True]

    def fstat(descriptor: int) -> os.stat_result:
        if stale:
            stale.pop()
            raise OSError(errno.ESTALE, "Stale file handle")
        return real(descriptor)

    monkeypatch.setattr(os, "fstat", fstat)
    assert [record.id for record in StateFile(path).load().records] == ["a"]
    assert not stale
