"""Backups: compressed copies of what the state file held before it was replaced.

They are copies, and no hard links: a program that keeps the file open and writes in place would change the
backup, too. Each is a gzip file (RFC 1952), which `zcat` shows. Backups of earlier versions are plain files,
hard links among them; they are read like the others, and compressed in time.
"""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from warmcall.config.durable import sync_file
from warmcall.config.safe_files import (
    STATE_BYTES,
    create,
    explained,
    make_private_folder,
    read_file,
    write_all,
)
from warmcall.storage.atomic_storage import sync_folder, temporary_path, write_durably
from warmcall.storage.errors import BadStateFile
from warmcall.storage.json_parser import file_content, tables_of
from warmcall.storage.lock import locked
from warmcall.storage.raw_table import RawTable

HOURLY, DAILY, SPECIAL, REPLACED = 24, 31, 10, 20
"""How many of each kind are kept: one for each hour of a day and each day of a month, the last events, and
the last contents that a copy was put over. Those of events are kept for `SPECIAL_SECONDS` at least."""

SPECIAL_SECONDS = 31 * 24 * 3600
"""How long a backup made before a migration, an import, a merge or a restore is kept in any case."""

LEAST_BOUND = 200_000_000
"""How much space all backups may take at least: a thousandth of a small disk, and on a shared host a part of
a usual quota. All hours and days of 5,000 contacts fit."""

TIMES_THE_STATE = 24
"""How many times as much as the state file all backups may take, if that is more than `LEAST_BOUND`.

Measured on 46 MB, 30,000 contacts with as many different notes: one takes 18.5 MB, and 24 hours and 30 days
are 54 of them, 998 MB or 21.7 times the state. The rest is for those made before events. On a disk or within
a quota that is full, backups are removed before a save fails.
"""

LEVEL = 3
"""The effort of compression, of 1 to 9: the last that is quick, 1 second for 46 MB.

Measured on the same, in seconds and MB: gzip 6 takes 1.9 for 17.2, gzip 9 2.2 for 17.2, bzip2 3.5 for 12.1,
xz 1 8.5 for 15.1, xz 6 55 for 10.4. Only gzip is read by `zcat`, and more effort saves 7 %. The smaller forms
would take a shared host's processor for seconds in each hour to save a third of the space.
"""

_GZIP, _GZIP_BITS = b"\x1f\x8b", 31
_PIECE_BYTES = 1_000_000
_PLAIN, _SUFFIX, _PART = ".json", ".json.gz", ".part"
_PART_SECONDS = 24 * 3600
"""How old an unfinished backup must be to belong to a session that was killed."""


def backups_folder(state_file: Path) -> Path:
    """Return the folder of the backups of a state file."""
    return state_file.with_name(f"{state_file.name}.backups")


def thinned_words(bound: int) -> str:
    """Return what is said when fewer backups are kept than there should be, as `bound` bytes hold no more."""
    return (
        f"Backups would take more than {bound // 1_000_000:,} MB, so fewer are kept: the oldest hourly ones "
        "go first, then the oldest daily ones"
    )


class Backup(msgspec.Struct, frozen=True):
    """One backup and how much it holds; `contacts` and `interviews` are -1 if it cannot be read.

    `changed_at` is when its content was written, in ISO 8601.
    """

    path: Path
    contacts: int
    interviews: int
    changed_at: str


class _Waiting(msgspec.Struct, frozen=True):
    """A content that waits to be written under all of `names`; `written_ns` is when the file got it."""

    names: tuple[str, ...]
    tables: Mapping[str, RawTable]
    written_ns: int


class _Found(msgspec.Struct, frozen=True):
    """A backup's path and attributes."""

    path: Path
    stat: os.stat_result

    def is_kind(self, kind: str) -> bool:
        """Return whether it was made for the `kind`: "hour", "day" or "before"."""
        return self.path.name.startswith(f"{kind}-")

    @property
    def is_past_special(self) -> bool:
        """Whether it was made over `SPECIAL_SECONDS` ago, by the machine's clock, which dates files."""
        return self.stat.st_ctime < time.time() - SPECIAL_SECONDS


class Backups:
    """The backups of one state file, in a folder beside it.

    Those of hours and days are made while nobody waits: a save only notes what to keep, and
    `write_waiting` writes it.
    """

    def __init__(self, state_file: Path) -> None:
        self._file = state_file
        self.folder = backups_folder(state_file)
        self._waiting: list[_Waiting] = []
        self._events: list[str] = []
        self._work: Iterator[None] | None = None
        self._notice = ""

    def keep(self, present: Mapping[str, RawTable], written_ns: int) -> None:
        """Have `present`, which the file got at `written_ns`, kept for its hour and day if they have none.

        Errors are ignored: none may stop a save.
        """
        written = _at(written_ns)
        events, self._events = self._events, []
        names = [_special_name(written, event) for event in events]
        waiting = {name for item in self._waiting for name in item.names}
        with suppress(OSError):
            for name in (f"hour-{written:%Y-%m-%dT%H}", f"day-{written:%Y-%m-%d}"):
                if name not in waiting and not self._has(name):
                    names.append(name)
        if names:
            self._waiting.append(_Waiting(tuple(names), present, written_ns))

    def keep_before_next_save(self, event: str) -> None:
        """Have what the next save replaces kept as of before `event`, such as a merge."""
        self._events.append(event)

    def write_waiting(self, may_go_on: Callable[[], bool] = lambda: True) -> bool:
        """Write the backups that saves noted; return whether all of them are written.

        It is done in steps of about a megabyte, and left for the next call when `may_go_on` says no.
        Errors are ignored: none may stop a save.
        """
        while self._work is not None or self._waiting:
            if self._work is None:
                item = self._waiting.pop(0)
                self._work = self._steps(item.names, file_content(item.tables), item.written_ns)
            try:
                next(self._work)
            except (StopIteration, OSError):
                self._work = None
            if not may_go_on():
                return self._work is None and not self._waiting
        return True

    def keep_for(self, event: str) -> Path | None:
        """Keep the file as it is now, before `event`, such as a migration; return the path of the backup.

        Raises:
            OSError: if it cannot be kept.
        """
        try:
            content, found = read_file(self._file, STATE_BYTES)
        except FileNotFoundError:
            return None
        return self._keep_now(_pieces(content), found.st_mtime_ns, event)

    def keep_content(self, tables: Mapping[str, RawTable], written_ns: int, event: str) -> Path:
        """Keep `tables`, which the file held at `written_ns`, a time in ns; return the path of the backup.

        Raises:
            OSError: if they cannot be kept.
        """
        return self._keep_now(file_content(tables), written_ns, event)

    def all(self) -> list[Path]:
        """Return the paths of the backups, newest content first."""
        return [found.path for found in self._found()]

    def listed(self) -> Iterator[Backup]:
        """Yield the backups and what they hold, newest content first, each content once.

        Raises:
            FileRefused: if their folder must not be listed; where there is none, there are no backups.
        """
        with explained(self.folder), suppress(FileNotFoundError):
            os.scandir(
                self.folder
            ).close()  # the search by patterns takes one that is closed for an empty one
        yield from self._described()

    def _described(self) -> Iterator[Backup]:
        seen: set[int] = set()
        for found in self._found():
            if found.stat.st_ino not in seen:
                seen.add(found.stat.st_ino)
                yield describe(found.path)

    def newest_good(self) -> Backup | None:
        """Return the newest backup that can be read, or None."""
        return next((backup for backup in self._described() if backup.contacts >= 0), None)

    def remove_oldest(self) -> bool:
        """Remove the backup that is needed least, to free space on a full disk; return whether there was one.

        When there are no others, those go, too, that are kept in any case otherwise.
        """
        return self._remove_first([*self._dispensable(), *reversed(self._found())])

    def restore(self, backup: Path) -> Path | None:
        """Replace the state file with a copy of a backup; return the path of a backup of the present file.

        Raises:
            BadStateFile: if the backup cannot be read.
            OSError: if it cannot be copied or the file not replaced.
        """
        with locked(self._file):
            content = content_of(backup)
            tables_of(content, backup)
            kept = self.keep_for("restore")
            temporary = temporary_path(self._file)
            temporary.unlink(missing_ok=True)
            write_durably(temporary, [content])
            temporary.replace(self._file)
            sync_folder(self._file.parent)
        return kept

    @property
    def thinned(self) -> str:
        """That fewer backups are kept than there should be, for lack of space; empty if it is not so."""
        return thinned_words(self._bound()) if self._marker.exists() else ""

    def new_notice(self) -> str:
        """Return what to show the user since the last call; empty if there is nothing."""
        notice, self._notice = self._notice, ""
        return notice

    @property
    def _marker(self) -> Path:
        return self.folder / "thinned.txt"

    def _has(self, name: str) -> bool:
        return any((self.folder / f"{name}{suffix}").exists() for suffix in (_SUFFIX, _PLAIN))

    def _keep_now(self, pieces: Iterable[bytes], written_ns: int, event: str) -> Path:
        name = _special_name(_at(written_ns), event)
        path = self.folder / f"{name}{_SUFFIX}"
        make_private_folder(self.folder)
        if not path.exists():
            for _ in self._write([name], pieces, written_ns):
                pass
        with suppress(OSError):
            self._prune(path)
        return path

    def _steps(self, names: Iterable[str], pieces: Iterable[bytes], written_ns: int) -> Iterator[None]:
        """Write a backup in steps; compress those of earlier versions; then remove what is too much."""
        make_private_folder(self.folder)
        yield from self._write([name for name in names if not self._has(name)], pieces, written_ns)
        for found in self._found():
            if found.path.suffix == _PLAIN and any(map(found.is_kind, ("hour", "day", "before"))):
                with suppress(OSError):
                    content = read_file(found.path, STATE_BYTES)[0]
                    yield from self._write([found.path.stem], _pieces(content), found.stat.st_mtime_ns)
                    found.path.unlink(missing_ok=True)
        self._prune()
        self._thin()

    def _write(self, names: list[str], pieces: Iterable[bytes], written_ns: int) -> Iterator[None]:
        """Write one backup under `names`, in steps. It gets a name only when it is complete and on disk.

        Raises:
            OSError: if it cannot be written; then no part of it is left.
        """
        if not names:
            return
        part = self.folder / f"{names[0]}.{os.urandom(4).hex()}{_PART}"
        descriptor = create(part)
        try:
            with os.fdopen(descriptor, "wb", buffering=0) as file:
                compressor = zlib.compressobj(LEVEL, zlib.DEFLATED, _GZIP_BITS)
                for piece in pieces:
                    write_all(file.fileno(), compressor.compress(piece))
                    yield
                write_all(file.fileno(), compressor.flush())
                os.utime(file.fileno(), ns=(written_ns, written_ns))
                sync_file(file.fileno())
            for path in (self.folder / f"{name}{_SUFFIX}" for name in names):
                if not path.exists():  # another session may have made it meanwhile
                    _give_name(part, path)
            sync_folder(self.folder)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)

    def _found(self) -> list[_Found]:
        """Return the backups with their attributes, newest content first."""
        found: list[_Found] = []
        for pattern in (f"*{_PLAIN}", f"*{_SUFFIX}"):
            for path in self.folder.glob(pattern):
                with suppress(FileNotFoundError):
                    found.append(_Found(path, path.stat()))
        return sorted(found, key=lambda item: (item.stat.st_mtime_ns, item.path.name), reverse=True)

    def _dispensable(self) -> list[_Found]:
        """Return the backups that may go for lack of space, in the order in which they go.

        The last one of a day is not among them, and none made before an event within a month.
        """
        oldest_first = self._found()[::-1]
        hours = [found for found in oldest_first if found.is_kind("hour")]
        days = [found for found in oldest_first if found.is_kind("day")]
        events = [found for found in oldest_first if found.is_kind("before") and found.is_past_special]
        return [*hours, *events, *days[:-1]]

    def _remove_first(self, candidates: Iterable[_Found]) -> bool:
        """Remove the first of `candidates` whose space becomes free by that, and those before it.

        The state file under another name, as earlier versions made it, is never removed.
        """
        inode = self._file.stat().st_ino if self._file.exists() else None
        for found in candidates:
            if found.stat.st_ino == inode:
                continue
            try:
                links = found.path.stat().st_nlink
                found.path.unlink()
            except FileNotFoundError:
                continue
            except OSError:
                return False
            if links == 1:
                return True
        return False

    def _prune(self, spare: Path | None = None) -> None:
        """Remove the oldest backups of each kind, but not `spare`, just made, and unfinished ones."""
        kinds: dict[str, list[_Found]] = {"hour": [], "day": [], "before": [], "replaced": []}
        for found in self._found():
            kind = "replaced" if "-replaced." in found.path.name else found.path.name.partition("-")[0]
            kinds.get(kind, []).append(found)
        too_many = [*kinds["hour"][HOURLY:], *kinds["day"][DAILY:], *kinds["replaced"][REPLACED:]]
        too_many += [found for found in kinds["before"][SPECIAL:] if found.is_past_special]
        for found in too_many:
            if found.path != spare:
                found.path.unlink(missing_ok=True)
        for part in self.folder.glob(f"*{_PART}"):
            if time.time() - part.stat().st_mtime > _PART_SECONDS:
                part.unlink(missing_ok=True)

    def _thin(self) -> None:
        """Remove backups until all of them fit into the bound, and have it said if it is the first time.

        Those of earlier versions are to be compressed before, as they take several times as much.
        """
        count, bound = len(self._found()), self._bound()
        while self._bytes() > bound and self._remove_first(self._dispensable()):
            pass
        thinned = len(self._found()) < count
        if thinned and not self._marker.exists():
            self._notice = thinned_words(bound)
            write_durably(self._marker, [f"{self._notice}.\n".encode("ascii")])
        elif not thinned and self._bytes() < bound // 2:
            self._marker.unlink(missing_ok=True)

    def _bound(self) -> int:
        """Return how many bytes all backups may take now."""
        with suppress(OSError):
            return max(LEAST_BOUND, TIMES_THE_STATE * self._file.stat().st_size)
        return LEAST_BOUND

    def _bytes(self) -> int:
        """Return how much space the backups take; a content with several names counts once."""
        return sum({found.stat.st_ino: found.stat.st_size for found in self._found()}.values())


def _give_name(part: Path, path: Path) -> None:
    """Give a complete file the name `path`, too. Nobody writes into a backup, so that names may share it.

    Raises:
        OSError: if it cannot be done.
    """
    try:
        os.link(part, path)
    except OSError:
        found = part.stat()
        copy = path.with_name(f"{path.name}.{os.urandom(4).hex()}{_PART}")
        write_durably(copy, [read_file(part, STATE_BYTES)[0]])
        os.utime(copy, ns=(found.st_mtime_ns, found.st_mtime_ns))
        copy.replace(path)


def content_of(path: Path) -> bytes:
    """Return the content of a backup, compressed or plain.

    Raises:
        BadStateFile: if it is compressed and damaged, or too big.
        OSError: if it cannot be read.
    """
    raw, _ = read_file(path, STATE_BYTES)
    if not raw.startswith(_GZIP):
        return raw
    decompressor = zlib.decompressobj(_GZIP_BITS)
    try:
        content = decompressor.decompress(raw, STATE_BYTES + 1)
    except zlib.error as error:
        raise BadStateFile(path, "the compressed file is damaged") from error
    if not decompressor.eof:
        raise BadStateFile(path, "the compressed file ends too early, or has too much in it")
    return content


def describe(path: Path) -> Backup:
    """Return the backup or other version of a state file at `path`, with how much it holds."""
    changed = ""
    try:
        changed = _at(path.stat().st_mtime_ns).isoformat(timespec="seconds")
        tables = tables_of(content_of(path), path)
        counts = [len(tables[name]) if name in tables else 0 for name in ("contacts", "interviews")]
    except (BadStateFile, OSError):
        return Backup(path, -1, -1, changed)
    return Backup(path, counts[0], counts[1], changed)


def _at(written_ns: int) -> datetime:
    """Return a file's time as an instant in UTC."""
    return datetime.fromtimestamp(written_ns / 1e9, UTC)


def _special_name(written: datetime, event: str) -> str:
    return f"before-{written:%Y-%m-%dT%H%M%S.%f}-{event}"


def _pieces(content: bytes) -> Iterator[bytes]:
    """Yield `content` in pieces, each quickly compressed."""
    for at in range(0, len(content), _PIECE_BYTES):
        yield content[at : at + _PIECE_BYTES]
