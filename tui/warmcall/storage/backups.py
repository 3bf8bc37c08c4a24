"""Backups: hard links to what the state file was, made before it is replaced."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from warmcall.config.paths import make_private_folder
from warmcall.storage.atomic_storage import sync_folder, write_durably
from warmcall.storage.errors import BadStateFile
from warmcall.storage.json_parser import tables_of
from warmcall.storage.lock import locked

HOURLY, DAILY, SPECIAL = 24, 31, 10
"""How many of each kind are kept: the hours of a day, the days of a month, and the last occasions."""

MOST_BYTES = 500_000_000
"""The room all backups may take, counting each file once, however many names it has."""


class Backup(msgspec.Struct, frozen=True):
    """One backup, with what it holds; `contacts` is -1 if it cannot be read."""

    path: Path
    contacts: int
    interviews: int
    changed_at: str


class Backups:
    """The backups of one state file, in a folder beside it."""

    def __init__(self, state_file: Path) -> None:
        self._file = state_file
        self.folder = state_file.with_name(f"{state_file.name}.backups")

    def keep(self, present: Path) -> None:
        """Keep the file as it is now under the hour and the day it was written, if they have none yet.

        What goes wrong here never stops a save.
        """
        with suppress(OSError):
            written = _written(present)
            names = [f"hour-{written:%Y-%m-%dT%H}.json", f"day-{written:%Y-%m-%d}.json"]
            wanting = [name for name in names if not (self.folder / name).exists()]
            for name in wanting:
                self._link(present, name)
            if wanting:
                self._thin_out(present)

    def keep_for(self, occasion: str) -> Path | None:
        """Keep the file as it is now because of `occasion`, such as a migration; return where.

        Raises:
            OSError: if it cannot be kept.
        """
        if not self._file.exists():
            return None
        name = f"before-{_written(self._file):%Y-%m-%dT%H%M%S.%f}-{occasion}.json"
        path = self._link(self._file, name)
        with suppress(OSError):
            self._thin_out(path)
        return path

    def all(self) -> list[Path]:
        """Return the backups, newest content first."""
        if not self.folder.is_dir():
            return []
        return [path for path, _ in self._found()]

    def _found(self) -> list[tuple[Path, os.stat_result]]:
        """Return the backups with their attributes, newest content first."""
        found: list[tuple[Path, os.stat_result]] = []
        for path in self.folder.glob("*.json"):
            with suppress(FileNotFoundError):
                found.append((path, path.stat()))
        return sorted(found, key=lambda item: (item[1].st_mtime_ns, item[0].name), reverse=True)

    def listed(self) -> Iterator[Backup]:
        """Yield the backups with what they hold, newest content first, each content once."""
        seen: set[int] = set()
        for path, found in self._found():
            if found.st_ino not in seen:
                seen.add(found.st_ino)
                yield describe(path, found)

    def newest_good(self) -> Backup | None:
        """Return the newest backup that can be read, or None."""
        return next((backup for backup in self.listed() if backup.contacts >= 0), None)

    def give_up_oldest(self, spare: Path | None = None) -> bool:
        """Remove the backup with the oldest content, for room; return whether that made any.

        What is the state file itself, or `spare`, under another name would make none.
        """
        inodes = {path.stat().st_ino for path in (self._file, spare) if path is not None and path.exists()}
        found = [
            (path, stat_result.st_ino)
            for path, stat_result in self._found()
            if stat_result.st_ino not in inodes
        ]
        if not found:
            return False
        oldest = found[-1][1]
        try:
            for path, inode in found:
                if inode == oldest:
                    path.unlink(missing_ok=True)
        except OSError:
            return False
        return True

    def restore(self, backup: Path) -> Path | None:
        """Put a backup in the place of the state file; the present file is kept, and returned.

        Raises:
            BadStateFile: if the backup cannot be read.
            OSError: if it cannot be put in place.
        """
        with locked(self._file):
            content = backup.read_bytes()
            tables_of(content, backup)
            kept = self.keep_for("restore")
            beside = self._file.with_name(f".{self._file.name}.new")
            beside.unlink(missing_ok=True)
            write_durably(beside, [content])
            beside.replace(self._file)
            sync_folder(self._file.parent)
        return kept

    def _link(self, present: Path, name: str) -> Path:
        make_private_folder(self.folder)
        path = self.folder / name
        try:
            os.link(present, path)
        except FileExistsError:
            pass
        except OSError:
            _copy(present, path)
        path.chmod(0o600)
        return path

    def _thin_out(self, spare: Path) -> None:
        for prefix, most in (("hour-", HOURLY), ("day-", DAILY), ("before-", SPECIAL)):
            for path in sorted(self.folder.glob(f"{prefix}*.json"), reverse=True)[most:]:
                path.unlink(missing_ok=True)
        while self._bytes() > MOST_BYTES and self.give_up_oldest(spare):
            pass

    def _bytes(self) -> int:
        return sum({stat_result.st_ino: stat_result.st_size for _, stat_result in self._found()}.values())


def _copy(present: Path, path: Path) -> None:
    """Copy a file where it cannot be linked; what is not a whole copy has no name of a backup."""
    part = path.with_suffix(".part")
    try:
        shutil.copy2(present, part)
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def describe(path: Path, found: os.stat_result) -> Backup:
    """Return a backup with what it holds."""
    changed = datetime.fromtimestamp(found.st_mtime, UTC).isoformat(timespec="seconds")
    try:
        tables = tables_of(path.read_bytes(), path)
        counts = [len(tables[name]) if name in tables else 0 for name in ("contacts", "interviews")]
    except (BadStateFile, OSError):
        return Backup(path, -1, -1, changed)
    return Backup(path, counts[0], counts[1], changed)


def _written(path: Path) -> datetime:
    """Return when the content of a file was written, in UTC."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)
