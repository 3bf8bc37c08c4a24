"""The lock that keeps two sessions from writing one file at the same time."""

from __future__ import annotations

import errno
import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tui.storage.paths import make_private_folder

PATIENCE_SECONDS = 5.0
"""Long enough for any save of another session, short enough to say what is going on."""

_STEP_SECONDS = 0.02


class LockBusy(OSError):
    """Another session held the lock for longer than the time limit."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EAGAIN, "another session is using the file", str(path))


@contextmanager
def locked(path: Path, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Hold the lock of the state file at `path`, waiting at most `patience` seconds for it.

    The lock file is never deleted. Where the file system has no locks, the work goes on without one.

    Raises:
        LockBusy: if another session held it all that time.
        OSError: if the lock file cannot be made.
    """
    make_private_folder(path.parent)
    descriptor = os.open(path.with_name(f".{path.name}.lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _take(descriptor, path, patience)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, path: Path, patience: float) -> None:
    wait = threading.Event()
    tries = max(int(patience / _STEP_SECONDS), 1)
    for _ in range(tries):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in (errno.ENOLCK, errno.EOPNOTSUPP):
                return
            if error.errno not in (errno.EAGAIN, errno.EACCES, errno.EINTR):
                raise
            wait.wait(_STEP_SECONDS)
        else:
            return
    raise LockBusy(path)
