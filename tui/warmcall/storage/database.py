"""TinyDB's own table and database over fragments, safe beside other sessions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tinydb import TinyDB
from tinydb.table import Table

from warmcall.storage.atomic_storage import AtomicJsonStorage
from warmcall.storage.change_log import count_revision
from warmcall.storage.raw_table import RawTable, is_number


class RecordTable(Table):
    """A TinyDB table that reads, changes and writes under the file's lock.

    What TinyDB updates is encoded again only where it differs. Queries are not cached, because other
    sessions write the file too.
    """

    default_query_cache_capacity = 0

    def insert(self, document: Mapping[str, Any]) -> int:
        """Insert a document, under a number that is chosen while nobody else can write."""
        return self.insert_multiple([document])[0]

    def _update_table(self, updater: Callable[[dict[int, Any]], None]) -> None:
        assert isinstance(self._storage, AtomicJsonStorage)  # noqa: S101 - tells the type of what was asked for
        self._next_id = None
        try:
            with self._storage.locked():
                self._update_under_lock(updater)
        finally:
            self._next_id = None

    def _update_under_lock(self, updater: Callable[[dict[int, Any]], None]) -> None:
        tables: dict[str, Any] = dict(self._storage.read() or {})
        fragments = RawTable.of(tables.get(self.name, {})).copy()
        names = {int(number): number for number in fragments if is_number(number)}
        documents = {number: fragments[name] for number, name in names.items()}
        updater(documents)
        for number, name in names.items():
            if number not in documents:
                del fragments[name]
        for number, document in documents.items():
            name = names.get(number, str(number))
            if number not in names or fragments[name] != document:
                fragments[name] = dict(document)
        tables[self.name] = fragments
        if "meta" in tables and self.name != "meta":
            tables["meta"] = RawTable.of(tables["meta"]).copy()
            count_revision(tables["meta"])
        self._storage.write(tables)


class StateDB(TinyDB):
    """A TinyDB on one state file, whose tables are record tables."""

    table_class = RecordTable

    @property
    def file(self) -> AtomicJsonStorage:
        """The storage."""
        assert isinstance(self.storage, AtomicJsonStorage)  # noqa: S101 - tells the type of what was asked for
        return self.storage
