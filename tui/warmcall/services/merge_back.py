"""Merging back what was known of the state file before an older or another copy was put over it."""

from __future__ import annotations

from collections.abc import Generator

import msgspec

from warmcall.domain.change import Change, Edit, edit_between
from warmcall.domain.records import OF_CONTACT, TABLE_OF, TABLES, AnyRecord, Contact, to_document
from warmcall.domain.store import Store
from warmcall.services.history import History
from warmcall.storage.merge import RecordKey, ThreeWayMerge, record_fields
from warmcall.storage.raw_table import RawTable, record_id
from warmcall.storage.replacement import LABEL, Replacement

MOST_EDITS_WATCHED = 300
"""Up to how many edits it is worked out at each change whether any of them is still missing."""


EDITS_AT_ONCE = 500
"""How many edits go to the store in one step, which takes some 10 milliseconds."""


class Merging:
    """One merge of what copies lack with the records of the store that it concerns.

    `compute` fills `edits`, what merging does to the store, and `messages`, a sentence for everything that
    cannot be merged. It edits nothing, and any thread may run it: records never change, the store only holds
    others, which `is_outdated` finds out before anything is committed.
    """

    def __init__(self, found: tuple[Replacement, ...], store: Store) -> None:
        self.found = found
        self.edits: list[Edit] = []
        self.messages: list[str] = []
        self._store = store
        self._records: dict[RecordKey, AnyRecord | None] = {}

    def is_outdated(self) -> bool:
        """Return whether any of those records is another one by now."""
        get = self._store.get
        return any(get(TABLES[name], id_) is not record for (name, id_), record in self._records.items())

    def compute(self) -> None:
        """Merge by the rules of the three-way merge."""
        self._records = self._concerned()
        tables = self._tables()
        before = {name: table.copy() for name, table in tables.items()}
        for found in self.found:
            merge = ThreeWayMerge(tables, found.known, {}, set())
            for change in found.changes:
                self.messages += merge.apply(_not_yet_added(change, tables)).messages
        for name, table in tables.items():
            lines = (*table.lines.values(), *before[name].lines.values())
            for id_ in dict.fromkeys(record_id(line) for line in lines):
                old = record_fields(name, before[name].document_of(id_))
                new = record_fields(name, table.document_of(id_))
                if new is None and table.number_of(id_) is not None:
                    invalid = "with the edits of both sides one record would be invalid"
                    self.messages.append(f"{name}: {invalid}")
                    continue
                edit = edit_between(name, id_, old, new)
                self.edits.extend([edit] if edit else [])
        self.messages += [difference for found in self.found for difference in found.differences]

    def _concerned(self) -> dict[RecordKey, AnyRecord | None]:
        """Return the records that merging may read or edit, None for one that is not there."""
        store = self._store
        keys: dict[RecordKey, None] = {}
        for edit in (edit for found in self.found for change in found.changes for edit in change.edits):
            keys[edit.table, edit.id] = None
            record = store.get(TABLES[edit.table], edit.id)
            for owner in (getattr(record, "contact_id", ""), (edit.after or {}).get("contact_id", "")):
                if owner:
                    keys["contacts", str(owner)] = None
            if edit.table == TABLE_OF[Contact] and edit.after is None:
                for kind in OF_CONTACT:
                    keys |= {(TABLE_OF[kind], item.id): None for item in store.of_contact(kind, edit.id)}
        return {(name, id_): store.get(TABLES[name], id_) for name, id_ in keys}

    def _tables(self) -> dict[str, RawTable]:
        documents: dict[str, dict[str, object]] = {name: {} for name in TABLES}
        for (name, _), record in self._records.items():
            if record is not None:
                documents[name][str(len(documents[name]) + 1)] = to_document(record)
        return {name: RawTable.of(table) for name, table in documents.items()}


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
            self._missing = (state, self.is_large or bool(self._computed().edits))
        return self._found[-1] if self._missing[1] else None

    @property
    def is_large(self) -> bool:
        """Whether merging takes so long that it must not be done while keys wait."""
        edits = sum(len(change.edits) for found in self._found for change in found.changes)
        return edits > MOST_EDITS_WATCHED

    def merge(self) -> list[str]:
        """Merge it back by the rules of the three-way merge, as one change that undo takes back.

        Returns a sentence for everything that cannot be merged.
        """
        merging = self._computed()
        for _ in self.commit(merging) or ():
            pass
        return merging.messages

    def start(self) -> Merging:
        """Return the merge of what is missing with the records of the store.

        Its `compute` may take seconds, and may run in another thread.
        """
        return Merging(tuple(self._found), self._store)

    def commit(self, merging: Merging) -> Generator[int, None, None] | None:
        """Commit a merge that was computed, as one change; None if the records it read are others now.

        The change goes to the writer at once, and to the store in steps, each of which takes a few
        milliseconds; other changes may be made in between.
        """
        if merging.found != tuple(self._found) or merging.is_outdated():
            return None
        return self._commit_in_steps(merging)

    def _commit_in_steps(self, merging: Merging) -> Generator[int, None, None]:
        if merging.edits:
            steps = self._history.commit_in_steps(LABEL, tuple(merging.edits), EDITS_AT_ONCE)
            if steps is None:
                merging.messages.clear()
                return
            yield from steps
        self._found = [found for found in self._found if found not in merging.found]
        self._missing = ((), False)

    def _computed(self) -> Merging:
        merging = self.start()
        merging.compute()
        return merging

    def leave(self) -> None:
        """Let the file be as it is; the backup stays."""
        self._found.clear()


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
