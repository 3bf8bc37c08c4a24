"""Other versions of the state file that a sync program leaves beside it while a session runs.

Each is shown once, with what it would bring; the user merges it or leaves it. One that brings nothing, or
nothing any more, is moved to the backups, so that it is not found again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from warmcall.domain.change import Change, Edit
from warmcall.storage.backups import backups_folder
from warmcall.storage.conflict_files import conflict_files
from warmcall.storage.errors import BadStateFile
from warmcall.storage.raw_table import RawTable
from warmcall.storage.replacement import Replacement, changes_between, edits_between
from warmcall.storage.revision import revision_of

Tables = Mapping[str, RawTable]


class VersionsBeside:
    """Finds them in the folder of the state file at `path`.

    `read` returns the tables of one, and `merge` merges such tables into the state file.
    """

    def __init__(self, path: Path, read: Callable[[Path], Tables], merge: Callable[[Tables], object]) -> None:
        self._path = path
        self._read = read
        self._merge = merge
        self._folder_time = 0
        self._shown: dict[Path, tuple[int, int]] = {}

    def look(self, present: Tables) -> tuple[Replacement | None, tuple[str, ...]]:
        """Return the next version that was not shown yet, and sentences about those moved to the backups.

        `present` are the tables of the state file. Nothing is looked at while no file comes or goes.
        """
        try:
            changed = self._path.parent.stat().st_mtime_ns
        except OSError:
            return None, ()
        if changed == self._folder_time:
            return None, ()
        from warmcall.storage.file_merge import merge_files  # few sessions meet another version

        messages: list[str] = []
        for path in conflict_files(self._path):
            with suppress(OSError, BadStateFile):
                found = path.stat()
                signature = (found.st_size, found.st_mtime_ns)
                theirs = self._read(path)
                merged = merge_files(present, theirs)
                edits = edits_between(present, merged.tables)
                if not edits:
                    if merged.differs:  # in what is known of the records, such as values given apart
                        self._merge(theirs)
                    messages.append(self._put_away(path))
                elif self._shown.get(path) != signature:
                    self._shown[path] = signature
                    return self._offer(present, path, edits), tuple(messages)
        self._folder_time = changed
        return None, tuple(messages)

    def _offer(self, present: Tables, path: Path, edits: list[Edit]) -> Replacement:
        changes: tuple[Change, ...] = changes_between(edits)
        revision = revision_of(present)
        return Replacement(present, False, changes, revisions=(revision, revision), beside=path.name)

    def _put_away(self, path: Path) -> str:
        """Move a version that brings nothing to the backups; return a sentence about it.

        Raises:
            OSError: if it cannot be moved.
        """
        folder = backups_folder(self._path)
        folder.mkdir(mode=0o700, exist_ok=True)
        path.rename(folder / path.name)
        self._shown.pop(path, None)
        return f"{path.name} has nothing that is not here, and is with the backups now"
