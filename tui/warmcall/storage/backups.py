"""Backups: hard links to the files that the state file was, made before each is replaced."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from warmcall.config.safe_files import STATE_BYTES, make_private_folder, read_file
from warmcall.storage.atomic_storage import sync_folder, temporary_path, write_durably
from warmcall.storage.errors import BadStateFile
from warmcall.storage.json_parser import file_content, tables_of
from warmcall.storage.lock import locked
from warmcall.storage.raw_table import RawTable

HOURLY, DAILY, SPECIAL = 24, 31, 10
"""How many of each kind are kept: one for each hour of a day, each day of a month, and the last events."""

MOST_BYTES = 500_000_000
"""How much space all backups may take; a file with several names counts once."""


class Backup(msgspec.Struct, frozen=True):
    """One backup and how much it holds; `contacts` and `interviews` are -1 if it cannot be read.

    `changed_at` is when its content was written, in ISO 8601.
    """

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
        """Keep the file as the backup of the hour and the day it was written, unless they have one.

        Errors are ignored: none may stop a save.
        """
        with suppress(OSError):
            written = _written_at(present)
            names = [f"hour-{written:%Y-%m-%dT%H}.json", f"day-{written:%Y-%m-%d}.json"]
            missing = [name for name in names if not (self.folder / name).exists()]
            for name in missing:
                self._link(present, name)
            if missing:
                self._prune(spare=present)

    def keep_for(self, event: str) -> Path | None:
        """Keep the file as it is now, before `event`, such as a migration; return the path of the backup.

        Raises:
            OSError: if it cannot be kept.
        """
        if not self._file.exists():
            return None
        name = f"before-{_written_at(self._file):%Y-%m-%dT%H%M%S.%f}-{event}.json"
        path = self._link(self._file, name)
        with suppress(OSError):
            self._prune(spare=path)
        return path

    def keep_content(self, tables: Mapping[str, RawTable], written_ns: int, event: str) -> Path:
        """Keep `tables`, which the file held at `written_ns`, a time in ns; return the path of the backup.

        Raises:
            OSError: if they cannot be kept.
        """
        written = datetime.fromtimestamp(written_ns / 1e9, UTC)
        path = self.folder / f"before-{written:%Y-%m-%dT%H%M%S.%f}-{event}.json"
        make_private_folder(self.folder)
        with suppress(FileExistsError):
            write_durably(path, file_content(tables))
            os.utime(path, ns=(written_ns, written_ns))
        with suppress(OSError):
            self._prune(spare=path)
        return path

    def all(self) -> list[Path]:
        """Return the paths of the backups, newest content first."""
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
        """Yield the backups and what they hold, newest content first, each content once."""
        seen: set[int] = set()
        for path, found in self._found():
            if found.st_ino not in seen:
                seen.add(found.st_ino)
                yield describe(path)

    def newest_good(self) -> Backup | None:
        """Return the newest backup that can be read, or None."""
        return next((backup for backup in self.listed() if backup.contacts >= 0), None)

    def remove_oldest(self, spare: Path | None = None) -> bool:
        """Remove the backup with the oldest content to free space; return whether there was one.

        The file that is the state file, or `spare`, under another name is never removed: its space would
        not become free.
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
        """Replace the state file with a copy of a backup; return the path of a backup of the present file.

        Raises:
            BadStateFile: if the backup cannot be read.
            OSError: if it cannot be copied or the file not replaced.
        """
        with locked(self._file):
            content = read_file(backup, STATE_BYTES)[0]
            tables_of(content, backup)
            kept = self.keep_for("restore")
            temporary = temporary_path(self._file)
            temporary.unlink(missing_ok=True)
            write_durably(temporary, [content])
            temporary.replace(self._file)
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

    def _prune(self, spare: Path) -> None:
        """Remove the oldest backups of each kind, and more of them until all fit into `MOST_BYTES`."""
        for prefix, most in (("hour-", HOURLY), ("day-", DAILY), ("before-", SPECIAL)):
            for path in sorted(self.folder.glob(f"{prefix}*.json"), reverse=True)[most:]:
                path.unlink(missing_ok=True)
        while self._bytes() > MOST_BYTES and self.remove_oldest(spare):
            pass

    def _bytes(self) -> int:
        return sum({stat_result.st_ino: stat_result.st_size for _, stat_result in self._found()}.values())


def _copy(present: Path, path: Path) -> None:
    """Copy a file that cannot be linked; it gets the name of a backup only when the copy is complete."""
    part = path.with_suffix(".part")
    try:
        shutil.copy2(present, part)
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def describe(path: Path) -> Backup:
    """Return the backup or other version of a state file at `path`, with how much it holds."""
    changed = ""
    try:
        changed = _written_at(path).isoformat(timespec="seconds")
        tables = tables_of(read_file(path, STATE_BYTES)[0], path)
        counts = [len(tables[name]) if name in tables else 0 for name in ("contacts", "interviews")]
    except (BadStateFile, OSError):
        return Backup(path, -1, -1, changed)
    return Backup(path, counts[0], counts[1], changed)


def _written_at(path: Path) -> datetime:
    """Return when the content of a file was written, in UTC."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)
