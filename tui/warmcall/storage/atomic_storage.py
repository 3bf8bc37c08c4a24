"""The TinyDB storage: one JSON file, always whole, replaced by a finished one and never written into."""

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

from warmcall.config.paths import make_private_folder
from warmcall.storage.errors import BadStateFile
from warmcall.storage.json_parser import laid_out, tables_of
from warmcall.storage.lock import locked, wait_until_gone
from warmcall.storage.raw_table import RawTable, Tables

_HEAD_BYTES = 4096
"""How much of the file's beginning is compared before a replace: our revision and the first documents."""

_TICK_NS = 20_000_000
"""Two writes within one tick of the file system's clock can leave the same time on a file."""

_UNREAD = object()


class Signature(NamedTuple):
    """What tells one state of a file from another without reading it."""

    device: int
    inode: int
    size: int
    changed_ns: int


class FileChanged(OSError):
    """Somebody replaced the file between our reading and our writing of it."""


class AtomicJsonStorage(Storage):
    """Reads the file whole; writes a new file beside it, makes that durable, and puts it in place.

    What was read is kept, and read again only when the file is no longer the one that was seen.
    """

    def __init__(self, path: Path) -> None:
        self.path = Path(os.path.realpath(path))
        self.beside = self.path.with_name(f".{self.path.name}.new")
        self.before_replace: Callable[[Path], None] = lambda _path: None
        self.seen: Signature | None = None
        self._head = b""
        self._settled = False
        self._tables: dict[str, RawTable] | object | None = _UNREAD
        self._gathered: dict[str, RawTable] | None = None
        self._gathering = False
        self._has_lock = True

    def read(self) -> dict[str, RawTable] | None:  # type: ignore[override]  # mappings are all it needs
        """Return the tables, or None if there is no file. They are shared: copy a table to change it.

        Raises:
            BadStateFile: if the file is not the JSON of tables; it is left as it is.
            OSError: if it cannot be read.
        """
        if self._gathering and self._gathered is not None:
            return dict(self._gathered)
        if self.changed() or self._tables is _UNREAD:
            self._read_whole()
        return dict(self._tables) if isinstance(self._tables, dict) else None

    def write(self, data: Tables) -> None:
        """Make `data` the content of the file, durably, or at the end of `one_write` if inside it.

        Raises:
            BadStateFile: if there is a file that was never read, and it cannot be.
            OSError: if it cannot be written; then the file is what it was.
        """
        tables = {name: RawTable.of(table) for name, table in data.items()}
        if self._gathering:
            self._gathered = tables
            return
        if self._tables is _UNREAD:
            self.read()
        self._put_in_place(tables)

    @contextmanager
    def locked(self) -> Iterator[bool]:
        """Hold the file's lock, as `lock.locked` does; where there is none, the file beside it is one."""
        with locked(self.path) as has_lock:
            self._has_lock = has_lock
            try:
                yield has_lock
            finally:
                self._has_lock = True

    @contextmanager
    def one_write(self) -> Iterator[None]:
        """Gather every write inside into one, which happens at the end if nothing was raised."""
        self._gathering = True
        try:
            yield
            gathered = self._gathered
        finally:
            self._gathering, self._gathered = False, None
        if gathered is not None:
            self.write(gathered)

    def changed(self) -> bool:
        """Return whether the file may be another than the one last read or written here.

        It also may be if it was written in the very moment in which it was read.
        """
        return self.signature() != self.seen or not self._settled

    def signature(self) -> Signature | None:
        """Return the signature of the file as it is now, or None if there is none."""
        try:
            return _signature(self.path.stat())
        except FileNotFoundError:
            return None

    def clean(self) -> None:
        """Remove what a session that was killed left beside the file, unless one is writing just now."""
        if self.beside.exists():
            with suppress(OSError), locked(self.path, 0) as has_lock:
                if has_lock:
                    self.beside.unlink(missing_ok=True)

    def _read_whole(self) -> None:
        try:
            descriptor = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        except FileNotFoundError:
            self.seen, self._tables, self._head, self._settled = None, None, b"", True
            return
        with os.fdopen(descriptor, "rb") as file:
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode):
                raise BadStateFile(self.path, "it is no ordinary file")
            raw = file.read()
        known = self._tables if isinstance(self._tables, dict) else None
        tables = tables_of(raw, self.path, known)
        self._remember(_signature(found), tables, raw[:_HEAD_BYTES])

    def _remember(self, signature: Signature, tables: dict[str, RawTable], head: bytes) -> None:
        self.seen, self._tables, self._head = signature, tables, head
        self._settled = time.time_ns() - signature.changed_ns > _TICK_NS

    def _put_in_place(self, tables: dict[str, RawTable]) -> None:
        make_private_folder(self.path.parent)
        if self._has_lock:
            self.beside.unlink(missing_ok=True)
        else:
            wait_until_gone(self.beside)
        try:
            written = write_durably(self.beside, laid_out(tables))
        except FileExistsError as error:
            raise self._in_between() from error
        try:
            head = _head_of(self.beside)
            if self.seen is not None:
                self.before_replace(self.path)
            if self._moved_on() or _signature(self.beside.stat()) != written:
                raise self._in_between()
            self.beside.replace(self.path)
        except BaseException as error:
            # A network file system may do what was asked and yet say that it failed.
            if not isinstance(error, OSError) or not _is_there(self.path, written):
                if _is_there(self.beside, written):
                    with suppress(OSError):
                        self.beside.unlink()
                if isinstance(error, FileNotFoundError):
                    raise self._in_between() from error
                raise
        self._remember(written, tables, head)
        sync_folder(self.path.parent)

    def _in_between(self) -> FileChanged:
        return FileChanged(errno.EAGAIN, "somebody else is changing the file", str(self.path))

    def _moved_on(self) -> bool:
        """Return whether the file is not the one last read, by its attributes or by its first bytes.

        Attributes can be stale on a network file system; what is read from a file just opened cannot.
        """
        if self.signature() != self.seen:
            return True
        return self.seen is not None and _head_of(self.path) != self._head


def write_durably(path: Path, pieces: Iterable[bytes]) -> Signature:
    """Write a new file for its owner alone, on disk when this returns; return its signature.

    Raises:
        OSError: if there is such a file already, or it cannot be written; then none is left.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb", buffering=0) as file:
            for piece in pieces:
                _write_all(file.fileno(), piece)
            # A time one tick back, and exact, is one that no other write can leave on the file.
            now = time.time_ns()
            with suppress(OSError):
                os.utime(file.fileno(), ns=(now, now - _TICK_NS - 1))
            os.fsync(file.fileno())
            return _signature(os.fstat(file.fileno()))
    except BaseException:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise


def _is_there(path: Path, signature: Signature) -> bool:
    try:
        return _signature(path.stat()) == signature
    except OSError:
        return False


def _head_of(path: Path) -> bytes:
    with path.open("rb", buffering=0) as file:
        return file.read(_HEAD_BYTES)


def sync_folder(folder: Path) -> None:
    """Make what was renamed in `folder` durable.

    Raises:
        OSError: if that fails.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_all(descriptor: int, piece: bytes) -> None:
    view = memoryview(piece)
    while view:
        view = view[os.write(descriptor, view) :]


def _signature(found: os.stat_result) -> Signature:
    return Signature(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
