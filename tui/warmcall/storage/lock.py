"""The lock that keeps two sessions from writing one file at the same time."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from warmcall.config.safe_files import make_private_folder, open_in_place
from warmcall.storage.process_identity import ProcessIdentity

PATIENCE_SECONDS = 5.0
"""How long the lock is waited for: longer than any save takes, and not so long that nothing is said."""

_STEP_SECONDS = 0.02
_HOLDER_BYTES = 600
NO_LOCKS = (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS)


class LockBusy(OSError):
    """Another session held the lock for longer than the time limit; `holder` says which."""

    def __init__(self, path: Path, holder: str) -> None:
        self.holder = holder
        super().__init__(errno.EAGAIN, f"another session is writing ({holder or 'unknown'})", str(path))


def lock_path(path: Path) -> Path:
    """Return the lock file of the state file at `path`; it is never deleted."""
    return path.with_name(f".{path.name}.lock")


@contextmanager
def locked(path: Path, patience: float = PATIENCE_SECONDS) -> Iterator[bool]:
    """Hold the lock of the state file at `path`, after waiting for it for at most `patience` seconds.

    Yields whether there is a lock: on a file system that has none, the caller goes on without.

    Raises:
        LockBusy: if another session held it all that time.
        OSError: if the lock file cannot be made, or is a link or no file.
    """
    make_private_folder(path.parent)
    descriptor = open_in_place(lock_path(path), linked=True)
    try:
        has_lock = _acquire(descriptor, path, patience)
        if has_lock:
            _write_holder(descriptor)
        yield has_lock
    finally:
        with suppress(OSError):  # it is closed even then, and nothing important was written through it
            os.close(descriptor)


def _acquire(descriptor: int, path: Path, patience: float) -> bool:
    wait = threading.Event()
    end = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in NO_LOCKS:
                return False
            if error.errno not in (errno.EAGAIN, errno.EINTR):
                raise
            if time.monotonic() >= end:
                raise LockBusy(path, _holder(descriptor)) from error
            wait.wait(_STEP_SECONDS)
        else:
            return True


def wait_until_gone(path: Path, patience: float = PATIENCE_SECONDS) -> None:
    """Wait until another writer's temporary file is gone: without locks, it means that somebody is writing.

    A file that does not change all that time was left by a writer that was killed, and is removed.

    Raises:
        LockBusy: if it is still written after that time.
        OSError: if it cannot be removed.
    """
    wait = threading.Event()
    end = time.monotonic() + patience
    first = last = _state(path)
    while last is not None and time.monotonic() < end:
        wait.wait(_STEP_SECONDS)
        last = _state(path)
    if last is None:
        return
    if last != first:
        raise LockBusy(path, "")
    path.unlink(missing_ok=True)


def _state(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _write_holder(descriptor: int) -> None:
    """Write into the lock file who holds it, for the message of a session that waits in vain.

    Nothing is written if it has a second name (a hard link), under which it may be an important file.
    """
    if os.fstat(descriptor).st_nlink > 1:
        return
    process = msgspec.to_builtins(ProcessIdentity.of_this_process())
    holder = process | {"since": time.strftime("%H:%M:%S")}
    with suppress(OSError):  # padded to the same length each time, so that nothing of the last holder stays
        os.pwrite(descriptor, json.dumps(holder).encode("ascii").ljust(_HOLDER_BYTES), 0)


def _holder(descriptor: int) -> str:
    """Return who holds the lock, as its lock file says; empty if that is not known."""
    try:
        found = json.loads(os.pread(descriptor, 1000, 0))
        process = msgspec.convert(found, ProcessIdentity)
        who = f"process {process.pid} on {process.host} since {found['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    if ProcessIdentity.of_this_process().has_ended(process):
        return f"the lock of {who}, which has ended"  # a file server may release a lock late
    return who
