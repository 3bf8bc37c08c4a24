"""Merging back what was known of the state file before an older or another copy was put over it."""

from __future__ import annotations

import msgspec

from warmcall.domain.change import Change, Edit, edit_between
from warmcall.domain.records import TABLE_OF, TABLES, Attempt, Contact, FollowUp, Interview, to_document
from warmcall.domain.store import Store
from warmcall.services.history import History
from warmcall.storage.merge import RecordKey, ThreeWayMerge, record_fields
from warmcall.storage.raw_table import RawTable, record_id
from warmcall.storage.replacement import LABEL, Replacement

MOST_EDITS_WATCHED = 300
"""Up to how many edits it is worked out at each change whether any of them is still missing."""


class MergeBack:
    """Remembers what copies put over the file lack, until it is merged back or left out."""

    def __init__(self, store: Store, history: History) -> None:
        self._store = store
        self._history = history
        self._found: list[Replacement] = []
        self._missing: tuple[tuple[int, ...], bool] = ((), False)

    def add(self, replacement: Replacement) -> None:
        """Remember what a copy lacks."""
        self._found.append(replacement)
        self._missing = ((), False)

    @property
    def replacement(self) -> Replacement | None:
        """The last copy that lacks something the store still lacks, too; None if there is nothing to merge.

        Another session may have merged it back, or put the right file in its place again.
        """
        if not self._found:
            return None
        state = (len(self._found), *self._store.revision(*TABLES.values()))
        if state != self._missing[0]:
            count = sum(len(change.edits) for found in self._found for change in found.changes)
            self._missing = (state, count > MOST_EDITS_WATCHED or bool(self._merged()[0]))
        return self._found[-1] if self._missing[1] else None

    def merge(self) -> list[str]:
        """Merge it back by the rules of the three-way merge, as one change that undo takes back.

        Returns a sentence for everything that cannot be merged.
        """
        edits, messages = self._merged()
        messages += [f"{what} stay as in the file" for found in self._found for what in found.differences]
        if edits and self._history.commit_edits(LABEL, edits) is None:
            return []
        self._found.clear()
        return messages

    def leave(self) -> None:
        """Let the file be as it is; the backup stays."""
        self._found.clear()

    def _merged(self) -> tuple[tuple[Edit, ...], list[str]]:
        """Return the edits of the store that merging makes, and a sentence for what cannot be merged."""
        tables = self._tables()
        before = {name: table.copy() for name, table in tables.items()}
        messages: list[str] = []
        for found in self._found:
            merge = ThreeWayMerge(tables, found.known, {}, set())
            for change in found.changes:
                messages += merge.apply(_not_yet_added(change, tables)).messages
        edits: list[Edit] = []
        for name, table in tables.items():
            lines = (*table.lines.values(), *before[name].lines.values())
            for id_ in dict.fromkeys(record_id(line) for line in lines):
                old = record_fields(name, before[name].document_of(id_))
                new = record_fields(name, table.document_of(id_))
                if new is None and table.number_of(id_) is not None:
                    messages.append(f"{name}: with the edits of both sides one record would be invalid")
                    continue
                edit = edit_between(name, id_, old, new)
                edits.extend([edit] if edit else [])
        return tuple(edits), messages

    def _tables(self) -> dict[str, RawTable]:
        """Return tables of those records of the store that the merge may read or edit."""
        keys: dict[RecordKey, None] = {}
        for edit in (edit for found in self._found for change in found.changes for edit in change.edits):
            keys[edit.table, edit.id] = None
            record = self._store.get(TABLES[edit.table], edit.id)
            owners = {getattr(record, "contact_id", ""), (edit.after or {}).get("contact_id", "")}
            keys |= {("contacts", str(owner)): None for owner in owners if owner}
            if edit.table == TABLE_OF[Contact] and edit.after is None:
                keys |= {
                    (TABLE_OF[kind], item.id): None
                    for kind in (Attempt, Interview, FollowUp)
                    for item in self._store.of_contact(kind, edit.id)
                }
        documents: dict[str, dict[str, object]] = {name: {} for name in TABLES}
        for name, id_ in keys:
            record = self._store.get(TABLES[name], id_)
            if record is not None:
                documents[name][str(len(documents[name]) + 1)] = to_document(record)
        return {name: RawTable.of(table) for name, table in documents.items()}


def _not_yet_added(change: Change, tables: dict[str, RawTable]) -> Change:
    """Return `change` without the records it adds that are there again: they may have been edited since.

    Contacts come first, so that what belongs to one finds it.
    """
    edits = [
        edit
        for edit in change.edits
        if edit.before is not None or tables[edit.table].number_of(edit.id) is None
    ]
    edits.sort(key=lambda edit: edit.table != TABLE_OF[Contact])
    return msgspec.structs.replace(change, edits=tuple(edits))
