"""The state file: TinyDB tables of records, read into a store and edited by changes."""

from __future__ import annotations

import stat
from collections.abc import Mapping, Sequence, Set
from contextlib import suppress
from pathlib import Path

import msgspec

from warmcall.domain.change import MISSING, Change, Edit, value_in
from warmcall.domain.records import AnyRecord
from warmcall.storage.atomic_storage import AtomicJsonStorage, FileChanged, Signature, write_durably
from warmcall.storage.backups import Backups
from warmcall.storage.change_log import CHANGES, META, changes_in, count_revision, note
from warmcall.storage.database import StateDB
from warmcall.storage.errors import BadStateFile
from warmcall.storage.json_parser import laid_out
from warmcall.storage.merge import ThreeWayMerge, normal
from warmcall.storage.migrations import SCHEMA, migrate
from warmcall.storage.raw_table import RawTable, own_id
from warmcall.storage.record_decoder import records_in, schema_of
from warmcall.storage.session_view import ExternalChanges, SessionView

__all__ = ["SCHEMA", "ExternalChanges", "Loaded", "StateFile"]

TRIES = 5
"""How often a save begins anew because somebody without our lock replaced the file in between."""


class Loaded(msgspec.Struct, frozen=True):
    """What a state file held: its records, its last changes, and a sentence for each record not read.

    `read_only` says why nothing may be written, and is empty if it may; `told` is to be said once.
    """

    records: tuple[AnyRecord, ...] = ()
    problems: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    read_only: str = ""
    told: tuple[str, ...] = ()


class StateFile:
    """One state file on disk. It is made by the first change."""

    def __init__(self, path: Path) -> None:
        self._db = StateDB(path, storage=AtomicJsonStorage)
        self._storage = self._db.file
        self.path = self._storage.path
        self.backups = Backups(self.path)
        self._storage.before_replace = self.backups.keep
        self._known = SessionView()
        self._known_as: Signature | None = None
        self._placed: frozenset[str] = frozenset()
        self._untold: tuple[str, ...] = ()
        self._unlocked_told = False

    @property
    def db(self) -> StateDB:
        """The file as a TinyDB, for queries and for edits that are no changes of ours."""
        return self._db

    def load(self) -> Loaded:
        """Return what is in the file; nothing if there is no file. An older layout is brought up to date.

        Raises:
            BadStateFile: if it is not JSON or not ours; it names the newest good backup.
            OSError: if it cannot be read, or a migration cannot be written.
        """
        self._storage.clean()
        try:
            tables = self._storage.read()
            if tables is None:
                return Loaded()
            schema = schema_of(tables, self.path)
        except BadStateFile as error:
            raise self._with_offer(error) from error
        read_only = ""
        if schema > SCHEMA:
            read_only = f"it was written by a newer warmcall (schema {schema}, ours is {SCHEMA})"
        elif schema < SCHEMA:
            tables = self._migrated(schema)
        self._know(tables)
        records, problems = records_in(tables)
        told = (_READABLE,) if stat.S_IMODE(self.path.stat().st_mode) & 0o077 else ()
        return Loaded(tuple(records), tuple(problems), changes_in(tables), read_only, told)

    def save(self, changes: Sequence[Change]) -> ExternalChanges:
        """Make `changes` in the file as it is on disk now, in one durable write; return what else was new.

        Doing it again after a failure is harmless: a change that is in the file already is passed over.

        Raises:
            BadStateFile: if the file on disk is not ours any more.
            OSError: if the file cannot be written or locked; then it is what it was.
        """
        with self._storage.locked() as has_lock:
            told = () if has_lock or self._unlocked_told else (_UNLOCKED,)
            for attempt in range(TRIES):
                try:
                    news = self._save_once(changes)
                except FileChanged:
                    if attempt == TRIES - 1:
                        raise
                else:
                    self._unlocked_told = self._unlocked_told or bool(told)
                    return ExternalChanges(news.edits, (*news.told, *told))
        raise AssertionError("a save either returns or raises")

    def look(self) -> ExternalChanges:
        """Return what other sessions, or a hand, changed in the file since it was last seen.

        Raises:
            BadStateFile: if what is there now is no state file; it may be half written.
            OSError: if it cannot be read.
        """
        if not self._storage.changed() and self._storage.seen == self._known_as:
            return ExternalChanges()
        tables = self._storage.read()
        if tables is None:
            return ExternalChanges()
        schema_of(tables, self.path)
        return self._take_in(tables)

    def write_copy(self, path: Path, changes: Sequence[Change]) -> None:
        """Write a copy of the file with `changes` made to `path`, for its owner alone.

        Raises:
            OSError: if it cannot be written, or there is a file already.
        """
        known, placed = self._known, self._placed
        tables = _begun(known.tables)
        merging = ThreeWayMerge(tables, known.tables, known.gone, known.theirs)
        for change in _behind(changes, placed):
            merging.replay(change)
        write_durably(path, laid_out(tables))

    def _save_once(self, changes: Sequence[Change]) -> ExternalChanges:
        present = self._storage.read()
        if present is not None and schema_of(present, self.path) > SCHEMA:
            raise BadStateFile(self.path, "a newer warmcall has written it")
        as_known = self._storage.seen == self._known_as and not self._placed
        told = list(self._untold)
        if present is None and self._known.tables:
            told.append(_GONE)
        tables = _begun(self._known.tables if present is None else present)
        merging = ThreeWayMerge(tables, self._known.tables, self._known.gone, self._known.theirs)
        written_over: list[Edit] = []
        done = self._placed | {own_id(line) for line in tables[CHANGES].lines.values()}
        for change in _behind(changes, done):
            came = merging.replay(change)
            told += came.told
            written_over += came.overwritten
            if not came.made:
                continue
            note(tables[CHANGES], change)
            if came.overwritten:
                label = f"{change.label} (changed in another session too)"
                note(tables[CHANGES], Change(f"{change.id}+", change.at, label, came.overwritten))
        count_revision(tables["meta"])
        self._put(tables, changes, told)
        back = self._known.back(changes, tables)
        if as_known and not told and not written_over and not back:
            self._know(tables)
            return ExternalChanges()
        news = self._take_in(tables, changes)
        return ExternalChanges((*news.edits, *_as_written(written_over, tables), *back), (*told, *news.told))

    def _put(self, tables: dict[str, RawTable], changes: Sequence[Change], told: Sequence[str]) -> None:
        """Write `tables`, and remember what is in the file even if only its durability is in doubt."""
        before = self._storage.seen
        try:
            self._storage.write(tables)
        except BaseException:
            if self._storage.seen != before:
                self._placed |= {change.id for change in changes}
                self._untold = tuple(told)
            raise
        self._placed, self._untold = frozenset(), ()

    def _take_in(self, tables: dict[str, RawTable], own: Sequence[Change] = ()) -> ExternalChanges:
        news = self._known.news(tables, own)
        self._known_as = self._storage.seen
        return news

    def _know(self, tables: dict[str, RawTable]) -> None:
        """Remember `tables` as what this session's store holds."""
        self._known.tables, self._known_as = tables, self._storage.seen

    def _migrated(self, schema: int) -> dict[str, RawTable]:
        with self._storage.locked():
            present = self._storage.read()
            if present is None or schema_of(present, self.path) >= SCHEMA:
                return present or {}
            self.backups.keep_for(f"schema-{schema}")
            tables = migrate(_begun(present), schema)
            count_revision(tables["meta"])
            self._storage.write(tables)
            return tables

    def _with_offer(self, error: BadStateFile) -> BadStateFile:
        with suppress(OSError):
            backup = self.backups.newest_good()
            if backup is not None:
                holds = f"{backup.contacts} contacts, {backup.interviews} interviews"
                fix = (
                    f"mend it, or bring back the backup of {backup.changed_at} ({holds}) with warmcall check "
                    "--restore, or open another file with --db FILE"
                )
                return BadStateFile(error.path, error.what, fix)
        return error


_UNLOCKED = (
    "This file system has no locks: other sessions on this file are noticed a moment late, nothing is lost"
)
_READABLE = "Others on this machine can read the state file; with the next change it is yours alone"
_GONE = "The state file was taken away meanwhile; it is written again with everything in it"


def _behind(changes: Sequence[Change], done: Set[str]) -> Sequence[Change]:
    """Return what comes behind the last change that is `done`: changes land in order, a try at once."""
    first = 1 + max((at for at, change in enumerate(changes) if change.id in done), default=-1)
    return changes[first:]


def _begun(present: Mapping[str, RawTable]) -> dict[str, RawTable]:
    """Return a copy of the tables to work on, with what every file of ours has."""
    tables = {} if present else {"meta": RawTable.of({"1": META})}
    tables |= {name: table.copy() for name, table in present.items()}
    tables.setdefault(CHANGES, RawTable())
    return tables


def _as_written(written_over: Sequence[Edit], tables: Mapping[str, RawTable]) -> list[Edit]:
    """Return edits for a store that took in what another session wrote, over which ours went in the end."""
    edits: list[Edit] = []
    for edit in written_over:
        document = normal(edit.table, tables[edit.table].document_of(edit.id) or {})
        names = [name for name in edit.before or {} if value_in(document, name) is not MISSING]
        if names:
            before = {name: (edit.before or {})[name] for name in names}
            edits.append(
                Edit(edit.table, edit.id, before, {name: value_in(document, name) for name in names})
            )
    return edits
