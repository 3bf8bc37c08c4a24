from __future__ import annotations

import errno
import fcntl
import json
import stat
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import msgspec
import pytest
from warmcall.config.safe_files import FileRefused
from warmcall.storage.lock import LockBusy, locked
from warmcall.storage.process_identity import ProcessIdentity
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
