"""The state file: TinyDB tables of records, read into a book and edited by changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec
from tinydb import TinyDB
from tinydb.table import Document, Table

from tui.domain.change import Change, Edit, patched
from tui.domain.records import TABLES, AnyRecord
from tui.storage.bad_file import BadStateFile
from tui.storage.lock import locked
from tui.storage.whole_file import Tables, WholeFile

SCHEMA = 1
"""The version of the file's layout; a file with a newer one is not written by this program."""

META: dict[str, Any] = {"id": "meta", "app": "warmcall", "schema": SCHEMA, "revision": 0}


class RecordTable(Table):
    """A TinyDB table whose documents carry an `id` of their own and are edited field by field."""

    def carry_out(self, edit: Edit) -> None:
        """Make `edit` in the table. Doing it twice is the same as doing it once."""

        def update(documents: dict[int, Mapping[str, Any]]) -> None:
            at = next((key for key, one in documents.items() if _id_of(one) == edit.id), None)
            if edit.after is None:
                if at is not None:
                    del documents[at]
            elif edit.before is None:
                documents[at if at is not None else max(documents, default=0) + 1] = dict(edit.after)
            elif at is not None:
                documents[at] = patched(documents[at], edit)

        self._update_table(update)


class StateDB(TinyDB):
    """A TinyDB whose tables are record tables."""

    table_class = RecordTable


class Loaded(msgspec.Struct, frozen=True):
    """What a state file held: its records, and a sentence for each one that could not be read."""

    records: tuple[AnyRecord, ...]
    problems: tuple[str, ...]


class StateFile:
    """One state file on disk. It is made by the first change."""

    def __init__(self, path: Path) -> None:
        self._db = StateDB(path, storage=WholeFile)
        assert isinstance(self._db.storage, WholeFile)  # noqa: S101 - tells the type of what was asked for
        self._storage = self._db.storage
        self.path = self._storage.path

    def load(self) -> Loaded:
        """Return the records in the file; none if there is no file.

        Raises:
            BadStateFile: if it is not JSON, not ours, or of a newer version.
            OSError: if it cannot be read.
        """
        tables = self._storage.read()
        if tables is None:
            return Loaded((), ())
        _check_ours(tables, self.path)
        records: list[AnyRecord] = []
        problems: list[str] = []
        seen: set[str] = set()
        for name, kind in TABLES.items():
            for number, document in tables.get(name, {}).items():
                try:
                    record = msgspec.convert(document, kind)
                except msgspec.ValidationError as error:
                    problems.append(f"{name}.{number}{_place(error)}")
                    continue
                if record.id in seen:
                    problems.append(f"{name}.{number}.id: the id stands twice")
                    continue
                seen.add(record.id)
                records.append(record)
        return Loaded(tuple(records), tuple(problems))

    def save(self, changes: Iterable[Change]) -> None:
        """Make `changes` in the file as it is on disk now, in one durable write.

        Raises:
            BadStateFile: if the file on disk is not ours any more.
            OSError: if the file cannot be written or locked; then it is what it was.
        """
        with locked(self.path), self._storage.one_write():
            tables = self._storage.read()
            if tables is None:
                self._db.storage.write({"meta": {"1": dict(META)}})
            else:
                _check_ours(tables, self.path)
            for change in changes:
                for edit in change.edits:
                    self._table(edit.table).carry_out(edit)
            self._count_revision()

    def _table(self, name: str) -> RecordTable:
        table = self._db.table(name)
        assert isinstance(table, RecordTable)  # noqa: S101 - StateDB makes no other
        return table

    def _count_revision(self) -> None:
        meta = self._table("meta")
        documents: list[Document] = meta.all()
        before = documents[0].get("revision") if documents else None
        revision = before + 1 if isinstance(before, int) else 1
        meta.carry_out(Edit("meta", "meta", {"revision": before}, {"revision": revision}))


def _id_of(document: object) -> object:
    """Return the own id of `document`, or None if somebody put something else in its place."""
    return document.get("id") if isinstance(document, dict) else None


def _check_ours(tables: Tables, path: Path) -> None:
    meta = next(iter(tables.get("meta", {}).values()), None)
    if not isinstance(meta, dict) or meta.get("app") != "warmcall":
        raise BadStateFile(path, "it is JSON, but not a warmcall file")
    schema = meta.get("schema")
    if not isinstance(schema, int) or schema < 1:
        raise BadStateFile(path, f"its schema “{schema}” is not a version")
    if schema > SCHEMA:
        mend = "open it with a newer warmcall, or another file with --db FILE"
        raise BadStateFile(
            path, f"it was written by a newer warmcall (schema {schema}, ours is {SCHEMA})", mend
        )


def _place(error: msgspec.ValidationError) -> str:
    """Return what msgspec found, as ".field: what"."""
    what, _, path = str(error).partition(" - at `$")
    return f"{path.rstrip('`')}: {what[:1].lower()}{what[1:]}"
