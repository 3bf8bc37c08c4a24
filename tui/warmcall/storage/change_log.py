"""The last changes, kept in the file for undo after a restart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from warmcall.domain.change import Change, ChangeKind, abridged, composed, continues, is_abridged
from warmcall.storage.migrations import SCHEMA
from warmcall.storage.raw_table import RawTable, document_json, line_of_struct

META: dict[str, Any] = {"id": "meta", "app": "warmcall", "schema": SCHEMA, "revision": 0}
"""The document of the table `meta` in a new file."""

CHANGES = "changes"
"""The name of the table of the last changes."""

CHANGES_KEPT = 100
"""How many changes can be undone after a restart."""

MOST_EDITS = 1_000
MOST_BYTES = 1_000_000
"""Of a larger change, such as a long import, only the ids of added and removed records are kept: whole it
would double the file."""

MOST_BYTES_ABRIDGED = 5_000_000
"""A change larger even then is not kept: 30,000 people imported take 3.2 MB. There is a backup."""

_DECODER = msgspec.json.Decoder(Change)


class KeptChanges:
    """The changes kept in a file, oldest first, except any that cannot be read.

    They are decoded whenever they are iterated over: those of an import are large, and only undo needs them.
    """

    def __init__(self, tables: Mapping[str, RawTable] | None = None) -> None:
        self._lines = tables[CHANGES].lines if tables and CHANGES in tables else {}

    def __iter__(self) -> Iterator[Change]:
        return (change for line in self._lines.values() if (change := _read(line)))


def add_change(changes: RawTable, change: Change) -> None:
    """Add `change` to the last changes, or to the last one of them if the two are undone together."""
    if change.kind is ChangeKind.NOT_UNDOABLE:
        return
    last = next(reversed(list(changes.lines)), None)
    before = _read(changes.lines[last]) if change.merge and last else None
    if last and before and continues(change, before) and before.kind is ChangeKind.DO:
        change = msgspec.structs.replace(change, edits=composed(before.edits + change.edits))
    else:
        last = changes.next_number()
    line = line_of_struct(last, change) if len(change.edits) <= MOST_EDITS else b""
    if not line or len(line) > MOST_BYTES:
        line = line_of_struct(last, abridged(change))
    if len(line) <= MOST_BYTES_ABRIDGED:
        changes.put_line(last, line)
    for old in list(changes.lines)[:-CHANGES_KEPT]:
        del changes[old]


def removal_of(changes: RawTable, table: str, id_: str) -> Change | None:
    """Return the change that removed a record; None if it is not kept, or the record was added again."""
    for line in reversed(list(changes.lines.values())):
        change = _read(line)
        for edit in change.edits if change else ():
            if (edit.table, edit.id) == (table, id_):
                return change if edit.after is None and not is_abridged(edit) else None
    return None


def _read(line: bytes) -> Change | None:
    try:
        return _DECODER.decode(document_json(line))
    except (msgspec.DecodeError, RecursionError):
        return None
