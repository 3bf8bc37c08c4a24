"""The TinyDB storage: one JSON file that is never written into, but replaced by a complete new one."""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from tinydb.storages import Storage

from warmcall.config.durable import sync_file
from warmcall.config.safe_files import (
    STATE_BYTES,
    FileRefused,
    create,
    make_private_folder,
    open_to_read,
    other_kind,
    read_file,
    read_start,
    resolved,
    write_all,
)
from warmcall.storage.json_parser import file_content, tables_of
from warmcall.storage.lock import HeldLock, locked, writer_path
from warmcall.storage.raw_table import RawTable, Tables
from warmcall.storage.revision import follows

_HEAD_BYTES = 4096
"""How much of the file's start is compared before a replace: the revision and the first documents."""

_TICK_NS = 20_000_000
"""Two writes within one tick of the file system's clock can leave the same time on a file."""

_COARSE_TICK_NS = 2_100_000_000
"""The same where times of files are whole seconds (ext3, HFS+, sshfs), or every other one (FAT)."""

_PLAUSIBLE_SKEW_NS = 3_600_000_000_000
"""How wrong the clock of a file server may be. A time of a file that is older than that is really over."""

_UNREAD = object()


class Signature(NamedTuple):
    """Distinguishes one state of a file from another without reading it."""

    device: int
    inode: int
    size: int
    changed_ns: int

    @property
    def coarse(self) -> bool:
        """Whether the file system knows whole seconds only; of others it is true once in a billion times."""
        return self.changed_ns % 1_000_000_000 == 0


class FileChanged(OSError):
    """The file was replaced, without our lock, after it was read here and before it was written."""


class AtomicJsonStorage(Storage):
    """Reads the file whole; writes a new file beside it, makes that durable, and replaces the old one.

    The tables stay in memory, and are read again only when the file is not the one last read or written.
    `before_replace` is called with the tables of the file that is about to be replaced and the time in ns
    when it got them; they must not be edited. `last_seen` is the signature of the file last read or
    written; None if there was none. `session` is what the file calls whoever writes through this storage; it
    is another word after a copy was put over the file, so that all others see that the saves before are
    missing. `migrate` is called with the tables of each file read; it
    brings those in an older layout up to date and returns the version of that layout, else 0.
    `migrated_from` is what it returned for the file as it is on disk.

    Raises:
        FileRefused: if `path` can be no file's, or leads through a link that must not be followed.
    """

    def __init__(self, path: Path) -> None:
        self.path = resolved(path)
        self.temporary = temporary_path(self.path)
        self.migrate: Callable[[dict[str, RawTable]], int] = lambda _tables: 0
        self.migrated_from = 0
        self.before_replace: Callable[[dict[str, RawTable], int], None] = lambda _tables, _time: None
        self.last_seen: Signature | None = None
        self.session = os.urandom(4).hex()
        self._head = b""
        self._settled = False
        # When the present signature was seen first, in ns of the monotonic clock, and whether the start of
        # the file must be compared, too, since another session's file could have the same signature.
        self._first_seen: tuple[Signature | None, int] = (None, 0)
        self._compare_head = False
        self._tables: dict[str, RawTable] | object | None = _UNREAD
        self._pending: dict[str, RawTable] | None = None
        self._in_transaction = False
        self._lock: HeldLock | None = None
        self._folder_device: int | None = None  # where the folder was when the file was there last

    def read(self) -> dict[str, RawTable] | None:  # type: ignore[override]  # mappings are all TinyDB needs
        """Return the tables, or None if there is no file. They are shared: copy a table to edit it.

        Inside a transaction, what was written in it is returned.

        Raises:
            BadStateFile: if the file is not the JSON of tables; it is left as it is.
            OSError: if it cannot be read.
        """
        if self._pending is not None:
            return dict(self._pending)
        if self.changed() or self._tables is _UNREAD:
            self._read_whole()
        return dict(self._tables) if isinstance(self._tables, dict) else None

    def write(self, data: Tables) -> None:
        """Make `data` the content of the file, durably; inside a transaction, at its end.

        Raises:
            BadStateFile: if there is a file that was not read before, and cannot be.
            FileChanged: if another program without the lock replaced the file since it was read.
            OSError: if it cannot be written; then the file is what it was.
        """
        tables = {name: RawTable.of(table) for name, table in data.items()}
        if self._in_transaction:
            self._pending = tables
            return
        if self._tables is _UNREAD:
            self.read()
        self._replace(tables)

    @contextmanager
    def locked(self) -> Iterator[bool]:
        """Hold the file's lock, as `lock.locked` does; yield whether the file system has locks of its own.

        Raises:
            OSError: if the lock cannot be had, or the folder is gone, as `refuse_if_gone` says.
        """
        self.refuse_if_gone()
        with locked(self.path) as lock:
            self._lock = lock
            try:
                yield lock.has_flock
            finally:
                self._lock = None

    @contextmanager
    def transaction(self) -> Iterator[bool]:
        """Hold the lock, and make the last of the writes inside at the end, unless an error was raised.

        A transaction inside another one is part of it. Yields what `locked` does.
        """
        if self._in_transaction:
            yield self._lock is not None and self._lock.has_flock
            return
        with self.locked() as has_lock:
            self._in_transaction = True
            try:
                yield has_lock
                pending = self._pending
            finally:
                self._in_transaction, self._pending = False, None
            if pending is not None:
                self.write(pending)

    def changed(self) -> bool:
        """Return whether the file may have changed since it was last read or written here.

        True, too, if it was read so soon after its last change that another one could have left the same
        time on it. Git calls such an entry of its index racy, and reads the file again, too.
        """
        if self.signature() != self.last_seen or not self._settled:
            return True
        if self._compare_head:
            checked = time.monotonic_ns()
            if read_start(self.path, _HEAD_BYTES) != self._head:
                return True
            self._compare_head = checked - self._first_seen[1] <= _COARSE_TICK_NS
        return False

    def signature(self) -> Signature | None:
        """Return the signature of the file as it is now, or None if there is none.

        The file is opened for it: on a network file system other attributes can be a minute old.

        Raises:
            FileRefused: if a symbolic link, a folder or the like took its place meanwhile.
            OSError: if the system does not say.
        """
        try:
            found = self.path.lstat()
        except FileNotFoundError:
            return None
        if kind := other_kind(found):
            fix = "move it away, and put the file itself back"
            if stat.S_ISLNK(found.st_mode):
                fix = "put the file itself back, or start warmcall again to use the file it leads to"
            raise FileRefused(errno.EINVAL, self.path, f"the state file is now {kind}", fix)
        try:
            return _signature_now(self.path)
        except FileNotFoundError:
            return None

    def refuse_if_gone(self) -> None:
        """Refuse to create a folder again whose file this session has seen: it was moved, or is unmounted.

        What was written there would be out of sight as soon as the real folder is back.

        Raises:
            FileRefused: if the folder is missing, or empty on another device than before.
        """
        if self._folder_device is None:
            return
        folder, fix = self.path.parent, "bring it back, or open the file where it is now with --db FILE"
        try:
            found = folder.stat()
        except FileNotFoundError:
            found = None
        if found is None or not stat.S_ISDIR(found.st_mode):
            raise FileRefused(errno.ENOENT, folder, "the folder of the state file is gone", fix)
        if found.st_dev != self._folder_device and not self.path.exists():
            what = "the disk with the state file is not mounted"
            raise FileRefused(errno.ENOENT, folder, what, fix)

    def remove_leftover(self) -> None:
        """Remove the temporary files of a session that was killed, unless another session is writing now."""
        if self.temporary.exists() or writer_path(self.path).exists():
            with suppress(OSError), locked(self.path, 0):
                self.temporary.unlink(missing_ok=True)

    def _read_whole(self) -> None:
        begin = time.monotonic_ns()
        try:
            raw, found = read_file(self.path, STATE_BYTES)
        except FileNotFoundError:
            self.last_seen, self._tables, self._head, self._settled = None, None, b"", True
            self.migrated_from = 0
            return
        self._folder_device = self.path.parent.stat().st_dev
        known = self._tables if isinstance(self._tables, dict) else None
        tables = tables_of(raw, self.path, known, with_records=True)
        self.migrated_from = self.migrate(tables)
        if known is not None and not follows(tables, known):
            self.session = os.urandom(4).hex()
        signature = _signature(found)
        age = time.time_ns() - signature.changed_ns
        if signature != self._first_seen[0]:
            self._first_seen = (signature, begin)
        if signature.coarse:
            # The clock of a file server may be wrong, so only what passes here counts.
            settled = begin - self._first_seen[1] > _COARSE_TICK_NS or age > _PLAUSIBLE_SKEW_NS
        else:
            settled = age > _TICK_NS
        self._remember(signature, tables, raw[:_HEAD_BYTES], settled)

    def _remember(
        self, signature: Signature, tables: dict[str, RawTable], head: bytes, settled: bool
    ) -> None:
        self.last_seen, self._tables, self._head, self._settled = signature, tables, head, settled
        self._compare_head = False

    def _replace(self, tables: dict[str, RawTable]) -> None:
        make_private_folder(self.path.parent)
        if self._lock is not None and not self._lock.is_held():
            raise self._file_changed()  # another machine's session writes now, and the temporary file is its
        self.temporary.unlink(missing_ok=True)
        head = bytearray()
        try:
            written = write_durably(self.temporary, _noting_start(file_content(tables), head))
        except OSError as error:
            if isinstance(error, FileExistsError) or error.errno == errno.ESTALE:
                raise self._file_changed() from error
            raise
        try:
            if written.size > STATE_BYTES:  # it could not be read again
                raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(self.path))
            if self.last_seen is not None and isinstance(self._tables, dict):
                self.before_replace(self._tables, self.last_seen.changed_ns)
            held = self._lock is None or self._lock.is_held()
            if not held or self._was_replaced() or _signature_now(self.temporary) != written:
                raise self._file_changed()
            self.temporary.replace(self.path)
        except BaseException as error:
            # A network file system may do what was asked and yet say that it failed.
            if not isinstance(error, OSError) or not _has_signature(self.path, written):
                if _has_signature(self.temporary, written):
                    with suppress(OSError):
                        self.temporary.unlink()
                if isinstance(error, FileNotFoundError):
                    raise self._file_changed() from error
                raise
        tick = _COARSE_TICK_NS if written.coarse else _TICK_NS
        self._remember(written, tables, bytes(head), time.time_ns() - written.changed_ns > tick)
        self._first_seen = (written, time.monotonic_ns())
        self._compare_head = written.coarse
        self.migrated_from = 0
        if self._folder_device is None:
            self._folder_device = self.path.parent.stat().st_dev
        sync_folder(self.path.parent)

    def _file_changed(self) -> FileChanged:
        return FileChanged(errno.EAGAIN, "somebody else is changing the file", str(self.path))

    def _was_replaced(self) -> bool:
        """Return whether the file is not the one last read, by its attributes or by its first bytes.

        On a network file system attributes can be outdated; what is read from a file just opened is not.
        """
        if self.signature() != self.last_seen:
            return True
        return self.last_seen is not None and read_start(self.path, _HEAD_BYTES) != self._head


def _noting_start(pieces: Iterable[bytes], start: bytearray) -> Iterator[bytes]:
    """Yield `pieces`, and add to `start` the bytes that `_HEAD_BYTES` says are compared later."""
    for piece in pieces:
        start += piece[: _HEAD_BYTES - len(start)]
        yield piece


def temporary_path(path: Path) -> Path:
    """Return where the file that is to replace the one at `path` is written."""
    return path.with_name(f".{path.name}.new")


def write_durably(path: Path, pieces: Iterable[bytes]) -> Signature:
    """Write a new file, readable by its owner alone and on disk when this returns; return its signature.

    Raises:
        OSError: if there is such a file already, or it cannot be written; then no part of it is left.
    """
    descriptor = create(path)
    try:
        with os.fdopen(descriptor, "wb", buffering=0) as file:
            for piece in pieces:
                write_all(file.fileno(), piece)
            # A write within the same tick leaves the time of that tick, and so never the one set here.
            signature = _set_back(file.fileno(), _TICK_NS + 1)
            if signature.coarse:
                _set_back(file.fileno(), _COARSE_TICK_NS + 1_000_000_000)
            sync_file(file.fileno())
            return _signature(os.fstat(file.fileno()))
    except BaseException:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise


def _set_back(descriptor: int, by_ns: int) -> Signature:
    """Give a file a time of so many nanoseconds ago, if the system lets us; return its signature then."""
    now = time.time_ns()
    with suppress(OSError):
        os.utime(descriptor, ns=(now, now - by_ns))
    return _signature(os.fstat(descriptor))


def _signature_now(path: Path) -> Signature:
    """Return the signature of a file of ours, as the file server knows it.

    Raises:
        OSError: if there is none, or it cannot be read.
    """
    descriptor, found = open_to_read(path)
    os.close(descriptor)
    return _signature(found)


def _has_signature(path: Path, signature: Signature) -> bool:
    try:
        return _signature_now(path) == signature
    except OSError:
        return False


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` durable.

    Raises:
        OSError: if that fails.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        sync_file(descriptor)
    finally:
        os.close(descriptor)


def _signature(found: os.stat_result) -> Signature:
    return Signature(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
