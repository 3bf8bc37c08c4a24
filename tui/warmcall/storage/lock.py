"""The lock that keeps two sessions from writing one file at the same time.

It is two locks in one. flock(2) holds back the sessions of one machine, and is gone with its process. On a
network home it may hold back nobody on another machine (NFS mounted with nolock), or be missing. So whoever
writes also makes a file that must not be there yet, which every file server grants to one alone, and removes
it afterwards. What a killed session leaves of it is removed as soon as it is known to be left.
"""

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

from warmcall.config.safe_files import (
    create,
    make_private_folder,
    open_in_place,
    open_to_read,
    read_start,
    write_all,
)
from warmcall.storage.process_identity import ProcessIdentity

PATIENCE_SECONDS = 5.0
"""How long the lock is waited for: longer than any save takes, and not so long that nothing is said."""

LEFT_SECONDS = 30.0
"""How old the file of a writer on another machine must be, by the clock of the file server, to count as left
by a session that was killed: whether a process of another machine lives cannot be asked."""

UNUSED_SECONDS = 2.0
"""How long nobody writes, though somebody has the flock, until it counts as one that an NFSv4 server did not
take back from a process that was killed. The file of the writer alone is then enough."""

_UNNAMED_SECONDS = 1.0
"""The same for one that does not say yet who writes: it takes no time to write that."""

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


def writer_path(path: Path) -> Path:
    """Return the file that is there while somebody writes the state file at `path`, and says who."""
    return path.with_name(f".{path.name}.writer")


class HeldLock:
    """The lock of a state file while it is held; `has_flock` says whether the file system has flock(2)."""

    def __init__(self, file: Path) -> None:
        self.has_flock = False
        self._file = file
        self._content = _words_of_holder({"token": os.urandom(8).hex()})

    def make_file(self, lock_file: int, end: float) -> None:
        """Make the file of the writer, after waiting until `end`, by the monotonic clock, for another's.

        `lock_file` is the open lock file.

        Raises:
            LockBusy: if another session's was there all that time.
            OSError: if it cannot be made.
        """
        wait = threading.Event()
        while True:
            try:
                descriptor = create(self._file)
            except FileExistsError:
                if self._is_left(lock_file):
                    self._file.unlink(missing_ok=True)
                elif time.monotonic() >= end:
                    raise LockBusy(self._file, _holder(_content(self._file))) from None
                else:
                    wait.wait(_STEP_SECONDS)
                continue
            try:
                try:
                    write_all(descriptor, self._content)
                finally:
                    os.close(descriptor)  # a network file system sends it now
            except BaseException as error:
                if isinstance(error, OSError) and error.errno == errno.ESTALE:
                    continue  # it took so long that another session removed the file
                with suppress(OSError):
                    self._file.unlink(missing_ok=True)
                raise
            return

    def is_wanted(self, lock_file: int) -> bool:
        """Return whether the file of another writer is there, and is not known to be left."""
        return self._file.exists() and not self._is_left(lock_file)

    def is_held(self) -> bool:
        """Return whether the file of the writer is still this one's, not another's after a long time."""
        return _content(self._file) == self._content

    def release(self) -> None:
        """Remove the file of the writer; an error is ignored, as others see that it was left."""
        with suppress(OSError):
            if self.is_held():
                self._file.unlink(missing_ok=True)

    def _is_left(self, lock_file: int) -> bool:
        """Return whether the file of another writer was left by a session that has ended."""
        own, content = ProcessIdentity.of_this_process(), _content(self._file)
        with suppress(ValueError):
            process = msgspec.json.decode(content, type=ProcessIdentity)
            if self.has_flock and own.boot and process.boot == own.boot:
                return True  # of this machine, whose flock would have held this one back
            ended = own.has_ended(process) if process != own else None
            if ended is not None:
                return ended
        with suppress(OSError):
            os.utime(lock_file)
            age = abs(os.fstat(lock_file).st_ctime - _changed(self._file))
            return age > (LEFT_SECONDS if content else _UNNAMED_SECONDS)
        return False


@contextmanager
def locked(path: Path, patience: float = PATIENCE_SECONDS) -> Iterator[HeldLock]:
    """Hold the lock of the state file at `path`, after waiting for it for at most `patience` seconds.

    Raises:
        LockBusy: if another session held it all that time.
        OSError: if the lock file cannot be made, or is a link or no file.
    """
    make_private_folder(path.parent)
    end = time.monotonic() + patience
    descriptor = open_in_place(lock_path(path), linked=True)
    try:
        held = HeldLock(writer_path(path))
        held.has_flock = _acquire(descriptor, path, end, held)
        if held.has_flock:
            _write_holder(descriptor)
        held.make_file(descriptor, end)
        try:
            yield held
        finally:
            held.release()
    finally:
        with suppress(OSError):  # it is closed even then, and nothing important was written through it
            os.close(descriptor)


def _acquire(descriptor: int, path: Path, end: float, held: HeldLock) -> bool:
    """Return whether the flock is had; it is not where there is none, or nobody uses the one that is held."""
    wait, used_at = threading.Event(), time.monotonic()
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in NO_LOCKS:
                return False
            if error.errno not in (errno.EAGAIN, errno.EINTR):
                raise
            if held.is_wanted(descriptor):
                used_at = time.monotonic()
            elif time.monotonic() - used_at > UNUSED_SECONDS:
                return False
            if time.monotonic() >= end:
                raise LockBusy(path, _holder(_start(descriptor))) from error
            wait.wait(_STEP_SECONDS)
        else:
            return True


def _write_holder(descriptor: int) -> None:
    """Write into the lock file who holds it, for the message of a session that waits in vain.

    Nothing is written if it has a second name (a hard link), under which it may be an important file.
    """
    if os.fstat(descriptor).st_nlink > 1:
        return
    with suppress(OSError):  # padded to the same length each time, so that nothing of the last holder stays
        os.pwrite(descriptor, _words_of_holder({}).ljust(_HOLDER_BYTES), 0)


def _words_of_holder(more: dict[str, str]) -> bytes:
    """Return this process as others find it, since when it holds the lock, and `more`, as JSON."""
    process = msgspec.to_builtins(ProcessIdentity.of_this_process())
    return json.dumps(process | {"since": time.strftime("%H:%M:%S")} | more).encode("ascii")


def _start(descriptor: int) -> bytes:
    with suppress(OSError):
        return os.pread(descriptor, 1000, 0)
    return b""


def _content(path: Path) -> bytes:
    """Return what is in the file of a writer; nothing if it is gone, or is not written yet."""
    with suppress(OSError):
        return read_start(path, 1000)
    return b""


def _changed(path: Path) -> float:
    """Return when a file was changed, as the file server says now: it is opened for that.

    An NFS server has no time of modification yet of a file that was made a moment ago (RFC 1813, 3.3.8).

    Raises:
        OSError: if there is none.
    """
    descriptor, found = open_to_read(path)
    os.close(descriptor)
    return found.st_ctime


def _holder(content: bytes) -> str:
    """Return who holds the lock, as its file says; empty if that is not known."""
    try:
        found = json.loads(content)
        process = msgspec.convert(found, ProcessIdentity)
        who = f"process {process.pid} on {process.host} since {found['since']}"
    except (ValueError, KeyError, TypeError):
        return ""
    if ProcessIdentity.of_this_process().has_ended(process):
        return f"the lock of {who}, which has ended"  # a file server may release a lock late
    return who
