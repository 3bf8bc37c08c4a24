"""The state file of one session: loads its records, and saves changes into it beside other sessions."""

from __future__ import annotations

import errno
import stat
from collections.abc import Iterable, Mapping, Sequence, Set
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from warmcall.config.zones import machine_zone
from warmcall.domain.change import MISSING, Change, Edit, value_in
from warmcall.domain.records import AnyRecord
from warmcall.storage.atomic_storage import FileChanged, Signature, sync_folder, write_durably
from warmcall.storage.backups import Backups
from warmcall.storage.change_log import CHANGES, KeptChanges, add_change
from warmcall.storage.database import StateDB, refuse_newer, working_copy
from warmcall.storage.errors import BadStateFile
from warmcall.storage.json_parser import file_content
from warmcall.storage.merge import ThreeWayMerge, normalized
from warmcall.storage.migrations import SCHEMA, migrate
from warmcall.storage.raw_table import RawTable
from warmcall.storage.record_decoder import records_in, schema_of
from warmcall.storage.replacement import Replacement, replacement
from warmcall.storage.revision import increment_revision
from warmcall.storage.session_view import ExternalChanges, SessionView
from warmcall.storage.typing_file import (
    Field,
    OtherTyping,
    OtherTypingFiles,
    TypingFile,
    fields_of,
    folded_number,
    set_folded_number,
)
from warmcall.storage.versions import VersionRecorder
from warmcall.storage.versions_beside import VersionsBeside

if TYPE_CHECKING:
    from warmcall.storage.file_merge import MergedFiles

MOST_TYPED = 1_000_000
"""Bytes of the typing file that make a save due, or an eighth of the state file if that is more: so folding
adds little to what typing costs, however large the state file is."""

QUIET_SECONDS, MOST_QUIET_SECONDS = 30.0, 300.0
"""How long nothing is typed before a save folds the words: for each megabyte of the state file, at most."""

TRIES = 5
"""How often a save starts again because a program without the lock replaced the file meanwhile."""

_NO_LOCKS = (
    "This file system has no locks: other sessions on this file are noticed a moment late, nothing is lost"
)
_READABLE = "Others on this machine can read the state file; the next change makes it private"
_NEWER = (
    "A newer warmcall has written the state file: what changes there is not shown here, and nothing can be "
    "saved any more; end this session, and start it with that version"
)
_REMOVED = "The state file was removed; it is written again with everything in it"


class Loaded(msgspec.Struct, frozen=True):
    """The content of a state file: its records, its last changes, and a sentence for each unreadable record.

    `read_only` says why nothing may be written, and is empty if it may. `messages` are for the user, once.
    `schema` is the version of the layout on disk.
    """

    records: tuple[AnyRecord, ...] = ()
    problems: tuple[str, ...] = ()
    changes: Iterable[Change] = KeptChanges()
    read_only: str = ""
    messages: tuple[str, ...] = ()
    schema: int = SCHEMA


class StateFile:
    """A state file as one session uses it, through TinyDB. The first change creates it.

    It remembers what the session's store holds, so that a save can tell the session's own edits from those
    of others, and report the others'. A file in an older layout is migrated in memory whenever it is read;
    `upgrade`, or whatever is written first, writes the present layout, after a backup.
    """

    def __init__(self, path: Path, zone: str = "") -> None:
        """Open the file at `path`; `zone` is the one in the settings, for the days of an older layout."""
        self._db = StateDB(path)
        self._storage = self._db.storage
        self.path = self._storage.path
        self.backups = Backups(self.path)
        self._storage.migrate = self._migrate
        self._storage.before_replace = self._keep_backups
        self._find_zone = machine_zone(zone)
        self._view = SessionView()
        self._view_signature: Signature | None = None
        self._typing = TypingFile(self.path)
        self._other_typing = OtherTypingFiles(self.path, self._typing.session)
        self._others: tuple[OtherTyping, ...] = ()
        self._view_words: list[tuple[Path, int]] = []
        # Changes and messages of a write that reached the file, but failed to become durable.
        self._written_ids: frozenset[str] = frozenset()
        self._unreported: tuple[str, ...] = ()
        # What is missing in a copy put over the file, until the session's store holds that copy.
        self._replacement: Replacement | None = None
        self._reported_no_locks = self._reported_newer = False
        self._beside = VersionsBeside(
            self.path,
            lambda other: StateFile(other, zone).tables(),
            lambda theirs: self.merge_in(theirs, None),
        )

    @property
    def db(self) -> StateDB:
        """The file as a TinyDB, for queries, and for edits that are not kept for undo."""
        return self._db

    def load(self) -> Loaded:
        """Return what is in the file; nothing if there is no file.

        Raises:
            BadStateFile: if it is not JSON or not a file of warmcall; it names the newest readable backup.
            OSError: if it cannot be read.
        """
        self._storage.remove_leftover()
        try:
            tables = self._db.read_tables()
            if tables is None:
                return Loaded()
            schema = schema_of(tables, self.path)
        except BadStateFile as error:
            raise self._with_backup(error) from error
        read_only = ""
        if schema > SCHEMA:
            read_only = f"it was written by a newer warmcall (schema {schema}, ours is {SCHEMA})"
        tables = self._with_typing_of_others(tables)[0]
        self._set_view(tables)
        records, problems = records_in(tables)
        messages = (_READABLE,) if stat.S_IMODE(self.path.stat().st_mode) & 0o077 else ()
        schema = self._storage.migrated_from or schema
        return Loaded(tuple(records), tuple(problems), KeptChanges(tables), read_only, messages, schema)

    def upgrade(self) -> None:
        """Write the file in the present layout if it has an older one, after a backup, as one change.

        Raises:
            BadStateFile: if it is not JSON.
            OSError: if it cannot be written; then it is what it was, and is migrated with the first save.
        """
        for attempt in range(TRIES):
            if self._db.read_tables() is None or not self._storage.migrated_from:
                return
            try:
                with self._db.transaction():
                    tables = self._db.read_tables()
                    if tables is not None and self._storage.migrated_from:  # no other session was first
                        tables = working_copy(tables)
                        increment_revision(tables["meta"], self._storage.session)
                        self._db.write_tables(tables)
            except FileChanged:
                if attempt == TRIES - 1:
                    raise

    def save(self, changes: Sequence[Change]) -> ExternalChanges:
        """Apply `changes` to the file as it is on disk, in one durable write; return what others changed.

        Repeating a save that failed is harmless: changes that are in the file already are skipped.

        Raises:
            BadStateFile: if the file on disk is no longer a state file, or a newer warmcall has written it.
            OSError: if the file cannot be written or locked; then it is what it was.
        """
        with self._storage.locked() as has_lock:
            messages = () if has_lock or self._reported_no_locks else (_NO_LOCKS,)
            for attempt in range(TRIES):
                try:
                    external = self._save_once(changes)
                except FileChanged:
                    if attempt == TRIES - 1:
                        raise
                else:
                    self._reported_no_locks = self._reported_no_locks or bool(messages)
                    messages = (*external.messages, *messages)
                    return msgspec.structs.replace(external, messages=messages)
        raise AssertionError("a save either returns or raises")

    def tables(self) -> dict[str, RawTable]:
        """Return what is in the file now, in the present layout, with the words that sessions are typing.

        Raises:
            FileNotFoundError: if there is no file.
            BadStateFile: if it is not a state file, or a newer warmcall has written it.
            OSError: if it cannot be read.
        """
        tables = self._db.read_tables()
        if tables is None:
            raise FileNotFoundError(errno.ENOENT, "there is no such file", str(self.path))
        refuse_newer(tables, self.path)
        return self._with_typing_of_others(tables)[0]

    def merge_in(self, theirs: Mapping[str, RawTable], base: Mapping[str, RawTable] | None) -> MergedFiles:
        """Merge another copy of the file, and what both came from if it is known, into this one, durably.

        Nothing is written if there is nothing in it that is not here. The file as it was is kept as a backup.

        Raises:
            FileNotFoundError: if there is no file.
            BadStateFile: if it is not a state file, or a newer warmcall has written it.
            OSError: if it cannot be written; then it is what it was.
        """
        from warmcall.storage.file_merge import merge_files  # few sessions merge files

        with self._storage.transaction():
            found = merge_files(self.tables(), theirs, base)
            if found.differs:
                self.backups.keep_for("merge")
                increment_revision(found.tables["meta"], self._storage.session)
                self._db.write_tables(found.tables)
        return found

    def keep_typed(self, changes: Sequence[Change]) -> bool:
        """Append `changes`, pieces of texts that are being written, to the typing file of this session.

        Returns whether they are durable there. If not, `save` them: there is no state file yet, some of them
        may be in it after a save that failed late, much was typed already, or there was an error. And so that
        no typing file builds on another, a text that another session types in is saved.
        """
        present = self._storage.last_seen
        if present is None or self._written_ids or self._typing.grown > max(MOST_TYPED, present.size // 8):
            return False
        return self._append_to_typing(changes)

    def keep_unsaved(self, changes: Sequence[Change]) -> bool:
        """Append changes of any kind to the typing file of this session, after a save of them failed.

        Returns whether they are durable there: the next save that works folds them, or that of another
        session if this one is killed.
        """
        if self._written_ids or not self._view.tables:
            return False
        return self._append_to_typing(changes)

    def _append_to_typing(self, changes: Sequence[Change]) -> bool:
        if fields_of(changes) & self._fields_of_others:
            return False
        try:
            self._storage.refuse_if_gone()
            self._typing.append(changes, self._view.tables)
        except OSError:
            return False
        return True

    @property
    def has_typed(self) -> bool:
        """Whether this session's typing file holds words that a save would fold into the file."""
        return self._typing.unfolded

    @property
    def quiet_seconds(self) -> float:
        """How long nothing is typed before a save folds the words: longer where a save costs more."""
        present = self._storage.last_seen
        megabytes = present.size / 1e6 if present is not None else 0
        return min(QUIET_SECONDS * max(1.0, megabytes), MOST_QUIET_SECONDS)

    @property
    def fold_due(self) -> bool:
        """Whether typing files are to be folded without delay.

        They are if a session left one when it ended, or types in a text that this session types in, too.
        """
        if any(other.abandoned for other in self._others):
            return True
        return bool(self._typing.unfolded and self._typing.fields & self._fields_of_others)

    def check_for_changes(self) -> ExternalChanges:
        """Return what others changed in the file, or typed, since it was last read or written.

        Raises:
            BadStateFile: if it is not a state file now; it may be half written.
            OSError: if it cannot be read.
        """
        others = self._other_typing.read()
        if (
            _last_numbers(others) == self._view_words
            and not self._storage.changed()
            and self._storage.last_seen == self._view_signature
        ):
            self._others = others
            return self._versions_beside()
        tables = self._db.read_tables()
        if tables is None:
            return ExternalChanges()
        if schema_of(tables, self.path) > SCHEMA:
            messages = () if self._reported_newer else (_NEWER,)
            self._reported_newer = True
            return ExternalChanges(messages=messages)
        self._keep_if_replaced(tables)
        folded = folded_number(tables, self._typing.session)
        own = self._typing.changes_up_to(folded)
        external = self._update_view(self._with_typing_of_others(tables)[0], own)
        if own:
            sync_folder(self.path.parent)  # whoever folded them may not have done it yet
            self._typing.mark_folded(folded)
        return external

    def _versions_beside(self) -> ExternalChanges:
        """Return what to show of other versions that lie beside the file."""
        found, messages = self._beside.look(self._view.tables) if self._view.tables else (None, ())
        if found is None and not messages:
            return ExternalChanges()
        return ExternalChanges((), (*messages, *([found.sentence] if found else [])), found)

    def write_copy(self, path: Path, changes: Sequence[Change]) -> None:
        """Write a copy of the file with `changes` applied to `path`, readable by its owner alone.

        Raises:
            OSError: if it cannot be written, or there is a file already.
        """
        view, written_ids = self._view, self._written_ids
        tables = working_copy(view.tables)
        merge = ThreeWayMerge(tables, view.tables, view.removed, view.from_others)
        typed = self._typing.changes_after(self._typing.folded)
        for change in (*typed, *_changes_after(changes, written_ids, tables[CHANGES])):
            merge.apply(change)
        write_durably(path, file_content(tables))

    def _save_once(self, changes: Sequence[Change]) -> ExternalChanges:
        view, typing = self._view, self._typing
        present = self._db.read_tables()
        if present is not None:
            refuse_newer(present, self.path)
            self._keep_if_replaced(present)
        unchanged = self._storage.last_seen == self._view_signature
        messages = list(self._unreported)
        if present is None and view.tables:
            messages.append(_REMOVED)
        tables, folded = self._with_typing_of_others(view.tables if present is None else present)
        if not (changes or typing.unfolded or folded):
            if present is not None:
                self._remove_abandoned()
            return self.check_for_changes()
        tables = working_copy(tables)
        typed = typing.changes_after(folded_number(tables, typing.session))
        unwritten = _changes_after(changes, self._written_ids, tables[CHANGES])
        merge = ThreeWayMerge(tables, view.tables, view.removed, view.from_others)
        found, overwritten, merged = _apply(tables, merge, (*typed, *unwritten), self._storage.session)
        messages += found
        if typing.last:
            set_folded_number(tables, typing.session, typing.last)
        increment_revision(tables["meta"], self._storage.session)
        own = (*typing.changes_after(typing.folded), *changes)
        self._write(tables, changes, messages)
        typing.mark_folded(typing.last)
        self._remove_abandoned()
        restored = view.restored(own, tables)
        unchanged = unchanged and self._view_words == _last_numbers(self._others)
        if unchanged and not (messages or overwritten or merged or restored):
            self._set_view(tables)
            return ExternalChanges()
        external = self._update_view(tables, own)
        edits = (*external.edits, *_as_written(overwritten, tables), *restored)
        return ExternalChanges(edits, (*messages, *external.messages), external.replacement)

    def _with_typing_of_others(self, tables: Mapping[str, RawTable]) -> tuple[dict[str, RawTable], bool]:
        """Return `tables` with what others typed folded in, and whether there was anything to fold."""
        self._others = self._other_typing.read()
        unfolded = [other for other in self._others if other.last > folded_number(tables, other.session)]
        if not unfolded:
            return dict(tables), False
        result = working_copy(tables)
        for other in unfolded:
            merge = ThreeWayMerge(result, other.bases, {}, frozenset())
            _apply(result, merge, other.changes_after(folded_number(result, other.session)), other.session)
            set_folded_number(result, other.session, other.last)
        return result, True

    @property
    def _fields_of_others(self) -> set[Field]:
        return {field for other in self._others for field in other.fields}

    def _remove_abandoned(self) -> None:
        """Remove the typing files of sessions that have ended; all of them are folded."""
        for other in self._others:
            if other.abandoned:
                self._other_typing.remove(other)

    def _write(self, tables: dict[str, RawTable], changes: Sequence[Change], messages: Sequence[str]) -> None:
        """Write `tables`; if they are in the file but perhaps not durable, remember that for the next try."""
        before = self._storage.last_seen
        try:
            self._db.write_tables(tables)
        except BaseException:
            if self._storage.last_seen != before:
                self._written_ids |= {change.id for change in changes}
                self._unreported = tuple(messages)
            raise
        self._written_ids, self._unreported = frozenset(), ()

    def _update_view(self, tables: dict[str, RawTable], own: Sequence[Change] = ()) -> ExternalChanges:
        external = self._view.update(tables, own)
        self._set_view(tables)
        found, self._replacement = self._replacement, None
        if found is None:
            return external
        return ExternalChanges(external.edits, (found.sentence, *external.messages), found)

    def _keep_if_replaced(self, present: Mapping[str, RawTable]) -> None:
        """Keep what this session's store holds as a backup, if `present` was put over it and lacks some."""
        known, seen = self._view.tables, self._view_signature
        if seen is None or self._storage.last_seen == seen:
            return
        found = replacement(present, known)
        if found is not None:
            try:
                kept = self.backups.keep_content(known, seen.changed_ns, "replaced")
                found = msgspec.structs.replace(found, kept=kept)
            except OSError as error:
                found = msgspec.structs.replace(found, reason=(error.strerror or str(error)).lower())
        self._replacement = found

    def _set_view(self, tables: dict[str, RawTable]) -> None:
        """Remember `tables` as what this session's store holds."""
        self._view.tables, self._view_signature = tables, self._storage.last_seen
        self._view_words = _last_numbers(self._others)

    def _migrate(self, tables: dict[str, RawTable]) -> int:
        """Bring tables just read up to date; return the version they had if it was an older one, else 0."""
        try:
            schema = schema_of(tables, self.path)
        except BadStateFile:  # it is said where a state file is needed
            return 0
        if schema >= SCHEMA:
            return 0
        migrate(tables, schema, self._find_zone)
        return schema

    def _keep_backups(self, present: dict[str, RawTable], written_ns: int) -> None:
        """Keep the file that is about to be replaced; `present` holds its tables.

        Raises:
            OSError: if one in an older layout cannot be kept, which nothing could bring back.
        """
        if self._storage.migrated_from:
            self.backups.keep_for(f"schema-{self._storage.migrated_from}")
        self.backups.keep(present, written_ns)

    def _with_backup(self, error: BadStateFile) -> BadStateFile:
        """Return the error with an offer of the newest readable backup, if there is one."""
        with suppress(OSError):
            backup = self.backups.newest_good()
            if backup is not None:
                content = f"{backup.contacts} contacts, {backup.interviews} interviews"
                fix = (
                    f"repair it, or bring back the backup of {backup.changed_at} ({content}) with warmcall "
                    "backups restore, or open another file with --db FILE"
                )
                return BadStateFile(error.path, error.what, fix)
        return error


def _apply(
    tables: dict[str, RawTable], merge: ThreeWayMerge, changes: Iterable[Change], session: str
) -> tuple[list[str], list[Edit], bool]:
    """Apply `changes` of a session to `tables`, the log of changes and the versions of the records.

    Returns what the results of the merge hold.
    """
    versions = VersionRecorder(tables, session)
    messages: list[str] = []
    overwritten: list[Edit] = []
    merged = False
    for change in changes:
        result = merge.apply(change)
        messages += result.messages
        overwritten += result.overwritten
        merged = merged or result.merged
        if not result.applied:
            continue
        add_change(tables[CHANGES], change)
        versions.record(change.edits, change.at)
        if result.overwritten:
            label = f"{change.label} (changed in another session too)"
            add_change(tables[CHANGES], Change(f"{change.id}+", change.at, label, result.overwritten))
    return messages, overwritten, merged


def _last_numbers(others: Iterable[OtherTyping]) -> list[tuple[Path, int]]:
    """Return how far each of these typing files was written."""
    return [(other.path, other.last) for other in others if other.last]


def _changes_after(changes: Sequence[Change], written_ids: Set[str], log: RawTable) -> Sequence[Change]:
    """Return the changes after the last one that is in the file: each write holds all up to its last.

    Those in the file are the ones with `written_ids`, and those in its `log` of changes.
    """
    written = (
        index
        for index, change in enumerate(changes)
        if change.id in written_ids or log.number_of(change.id) is not None
    )
    return changes[1 + max(written, default=-1) :]


def _as_written(overwritten: Sequence[Edit], tables: Mapping[str, RawTable]) -> list[Edit]:
    """Return edits for a store that applied another session's values, from those to what was written."""
    edits: list[Edit] = []
    for edit in overwritten:
        document = normalized(edit.table, tables[edit.table].document_of(edit.id) or {})
        names = [name for name in edit.before or {} if value_in(document, name) is not MISSING]
        if names:
            before = {name: (edit.before or {})[name] for name in names}
            after = {name: value_in(document, name) for name in names}
            edits.append(Edit(edit.table, edit.id, before, after))
    return edits
