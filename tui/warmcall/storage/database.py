"""The state file as a TinyDB: what the app reads and saves through, and what scripts get from `open_db`.

TinyDB has two extension points, and both are used: the storage (`AtomicJsonStorage`, how a file is read and
replaced) and the table (`RecordTable`, how one table is edited). Every write takes the file's lock, edits
what is in the file at that moment, counts the revision and replaces the file whole, so that any number of
sessions and scripts may edit one file. A running app shows what a script changed within a second or two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from warmcall.domain.change import Edit, edit_between
from warmcall.domain.records import TABLES
from warmcall.storage.atomic_storage import AtomicJsonStorage
from warmcall.storage.change_log import CHANGES, META
from warmcall.storage.errors import BadStateFile
from warmcall.storage.migrations import SCHEMA
from warmcall.storage.raw_table import RawTable, is_number
from warmcall.storage.record_decoder import schema_of
from warmcall.storage.revision import increment_revision
from warmcall.storage.versions import VersionRecorder


class RecordTable(Table):
    """A table of TinyDB that is edited under the file's lock.

    Only documents that differ afterwards are encoded again. Queries are never cached: other sessions write
    the file too, so an answer may be outdated at once.
    """

    def __init__(self, storage: Storage, name: str, cache_size: int = 0, persist_empty: bool = False) -> None:
        # TinyDB reads its class attribute for the capacity once, so that a subclass cannot change it.
        super().__init__(storage, name, cache_size=0, persist_empty=persist_empty)

    def insert(self, document: Mapping[str, Any]) -> int:
        """Insert a document; return its number, which is chosen while no other session can write."""
        return self.insert_multiple([document])[0]

    def upsert(self, document: Mapping[str, Any], cond: Any = None) -> list[int]:
        """Update the documents that match, or insert one, with no other session's write in between."""
        with self._own_storage.transaction():
            return super().upsert(document, cond)

    @property
    def _own_storage(self) -> AtomicJsonStorage:
        assert isinstance(self._storage, AtomicJsonStorage)  # noqa: S101 - TinyDB knows no narrower type
        return self._storage

    def _update_table(self, updater: Callable[[dict[int, Any]], None]) -> None:
        """Have `updater` edit the table's documents by number, as TinyDB's own method of this name does."""
        storage = self._own_storage
        self._next_id = None
        try:
            with storage.transaction():
                present = storage.read()
                if present is not None:
                    refuse_newer(present, storage.path)
                tables = working_copy(present)
                edits = list(_apply(updater, self.name, tables.setdefault(self.name, RawTable())))
                # A script has no clock of the app, and a stamp is never earlier than those in the file.
                VersionRecorder(tables, storage.session).record(edits, datetime.now(UTC))
                if self.name != "meta":
                    increment_revision(tables["meta"], storage.session)
                storage.write(tables)
        finally:
            self._next_id = None


class StateDB(TinyDB):
    """A TinyDB on one state file, whose tables are record tables."""

    table_class = RecordTable
    default_storage_class = AtomicJsonStorage  # type: ignore[assignment]  # any storage will do

    @property
    def storage(self) -> AtomicJsonStorage:
        """The storage of the file."""
        assert isinstance(self._storage, AtomicJsonStorage)  # noqa: S101 - TinyDB knows no narrower type
        return self._storage

    def read_tables(self) -> dict[str, RawTable] | None:
        """Return every table as it is in the file at one moment; None if there is no file.

        They are shared with the storage: edit a `working_copy` of them.

        Raises:
            BadStateFile: if the file is not the JSON of tables.
            OSError: if it cannot be read.
        """
        return self.storage.read()

    def write_tables(self, tables: Mapping[str, RawTable]) -> None:
        """Replace every table in one durable write.

        Raises:
            OSError: if that fails; then the file is what it was.
        """
        self.storage.write(tables)

    def transaction(self) -> AbstractContextManager[bool]:
        """Hold the file's lock, and write all edits inside at the end, as one; none of them after an error.

        Yields whether there is a lock: some network file systems have none.
        """
        return self.storage.transaction()

    def drop_table(self, name: str) -> None:
        """Remove a table, under the lock."""
        with self.transaction():
            super().drop_table(name)

    def drop_tables(self) -> None:
        """Remove every table but `meta`, which says that the file is one of warmcall's."""
        with self.transaction():
            for name in self.tables() - {"meta"}:
                super().drop_table(name)


def refuse_newer(tables: Mapping[str, RawTable], path: Path) -> None:
    """Raise an error if this version must not write a file with `tables`; `path` is for its message.

    Raises:
        BadStateFile: if they are no state file's, or a newer warmcall has written them.
    """
    if schema_of(tables, path) > SCHEMA:
        fix = "start again with that version, or open another file with --db FILE"
        raise BadStateFile(path, "a newer warmcall has written it", fix)


def working_copy(present: Mapping[str, RawTable] | None) -> dict[str, RawTable]:
    """Return copies of the tables to edit, with those that every state file has."""
    tables = {name: table.copy() for name, table in present.items()} if present else {}
    tables.setdefault("meta", RawTable.of({"1": META}))
    tables.setdefault(CHANGES, RawTable())
    return tables


def _apply(updater: Callable[[dict[int, Any]], None], name: str, table: RawTable) -> Iterator[Edit]:
    """Have `updater` edit the documents of the table of that name, and yield the edits of its records."""
    numbers = {int(number): number for number in table if is_number(number)}
    documents = {number: table[key] for number, key in numbers.items()}
    updater(documents)
    for number, key in numbers.items():
        if number not in documents:
            yield from _edit(name, table[key], None)
            del table[key]
    for number, document in documents.items():
        key = numbers.get(number, str(number))
        before = table[key] if number in numbers else None
        if before is None or before != document:
            table[key] = dict(document)
            yield from _edit(name, before, document)


def _edit(name: str, before: Any, after: Any) -> Iterator[Edit]:
    """Yield what turned one document of a table of records into another; nothing if they are no records."""
    ids = [found.get("id") for found in (before, after) if isinstance(found, Mapping)]
    if name in TABLES and ids and isinstance(ids[0], str) and ids.count(ids[0]) == len(ids):
        edit = edit_between(name, ids[0], before and dict(before), after and dict(after))
        if edit is not None:
            yield edit
