"""The three-way merge: applies a change to what is on disk now, which another session may have edited.

Edits of different records and of different fields both stay. If both sessions changed one field, the later
value stays and undo brings the earlier one back; if it is an answer, the words of both stay. A record that
one session deleted and the other edited is kept.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence, Set
from contextlib import suppress
from typing import Any

import msgspec

from warmcall.domain.change import (
    INCIDENTAL_FIELDS,
    MISSING,
    Change,
    Edit,
    Fields,
    keeps_words_of_both,
    patched,
    value_in,
)
from warmcall.domain.records import OF_CONTACT, TABLE_OF, TABLES, from_document, to_document
from warmcall.domain.text_merge import both
from warmcall.storage.change_log import CHANGES, removal_of
from warmcall.storage.raw_table import RawTable, record_id

CONTACTS = "contacts"
CONTACT_TABLES = tuple(TABLE_OF[kind] for kind in OF_CONTACT)
"""The tables whose records belong to a contact."""

RecordKey = tuple[str, str]
"""A record's table and id."""


class MergeResult(msgspec.Struct, frozen=True):
    """The result of applying one change.

    `applied` is whether it was applied at all. `overwritten` are edits from the values of another session
    that were replaced to ours: their inverse brings those back. `messages` are sentences for the user.
    `merged` is whether a text holds the words of both sessions now.
    """

    applied: bool = True
    overwritten: tuple[Edit, ...] = ()
    messages: tuple[str, ...] = ()
    merged: bool = False


class ThreeWayMerge:
    """Applies the changes of one save, in order, to `tables`, which are then ready to be written.

    `known` are the tables as this session last saw them, `removed` the documents that other sessions
    removed since, and `from_others` the records that other sessions added. A record that was edited here
    and is no longer on disk is restored from the first two. A change that would delete what another session
    edited is not applied at all.
    """

    def __init__(
        self,
        tables: dict[str, RawTable],
        known: Mapping[str, RawTable],
        removed: Mapping[RecordKey, Fields],
        from_others: Set[RecordKey],
    ) -> None:
        self._tables = tables
        self._known = known
        self._removed_by_others = removed
        self._from_others = from_others
        self._added_here: set[RecordKey] = set()
        self._refused: set[RecordKey] = set()
        self._removed_here: set[RecordKey] = set()

    def apply(self, change: Change) -> MergeResult:
        """Apply `change`, or nothing of it if it would delete what another session edited."""
        conflicts = self._deletion_conflicts(change.edits)
        if conflicts:
            self._refused |= {(edit.table, edit.id) for edit in change.edits}
            return MergeResult(False, (), conflicts)
        overwritten: list[Edit] = []
        messages: list[str] = []
        merged = False
        for edit in change.edits:
            table = self._tables.setdefault(edit.table, RawTable())
            number = table.number_of(edit.id)
            if edit.after is None:
                self._removed_here.add((edit.table, edit.id))
                if number is not None:
                    del table[number]
                continue
            if number is None and edit.before is not None:
                messages += self._restore((edit.table, edit.id))
                number = table.number_of(edit.id)
                if number is None:
                    continue
            elif number is None:
                self._removed_here.discard((edit.table, edit.id))
                self._added_here.add((edit.table, edit.id))
                table.add(edit.id, edit.after)
                if "contact_id" in edit.after:
                    messages += self._restore_contact(edit.after)
                continue
            document = table.document_of(edit.id)
            if number is None or document is None:
                continue
            lost = _overwritten_fields(edit, document)
            after, lost = _merge_notes(edit, lost)
            merged = merged or after != edit.after
            if lost:
                ours = {name: after[name] for name in lost if name in after}
                theirs = {name: value for name, value in lost.items() if value is not MISSING}
                overwritten.append(Edit(edit.table, edit.id, theirs, ours))
            table[number] = patched(document, Edit(edit.table, edit.id, edit.before, after))
        return MergeResult(True, tuple(overwritten), tuple(messages), merged)

    def _deletion_conflicts(self, edits: Sequence[Edit]) -> tuple[str, ...]:
        """Return a sentence for each record that `edits` would delete although another session edited it.

        A new record of a contact counts as an edit of the contact.
        """
        if all(edit.after is not None for edit in edits):
            return ()
        messages: list[str] = []
        earlier: set[RecordKey] = set()
        deleted = {(edit.table, edit.id) for edit in edits if edit.after is None}
        deletes_contacts = any(table == CONTACTS for table, _ in deleted)
        with_other_records = self._having_other_records(deleted) if deletes_contacts else frozenset()
        for edit in edits:
            key = (edit.table, edit.id)
            table = self._tables.get(edit.table)
            document = table.document_of(edit.id) if table is not None else None
            if edit.after is None and edit.before is not None and document and key not in earlier:
                present, known = normalized(edit.table, document), normalized(edit.table, edit.before)
                if any(
                    present.get(name, MISSING) != known.get(name, MISSING)
                    for name in present | known
                    if name not in INCIDENTAL_FIELDS
                ) or (edit.table == CONTACTS and edit.id in with_other_records):
                    name = _name(edit.table, document)
                    messages.append(f"{name} was changed in another session meanwhile, so it is not deleted")
            earlier.add(key)
        return tuple(messages)

    def _having_other_records(self, deleted: Set[RecordKey]) -> frozenset[str]:
        """Return the ids of contacts to whom a record of another session belongs that is not in `deleted`."""
        found: set[str] = set()
        for name in CONTACT_TABLES:
            table = self._tables.get(name, RawTable())
            for number, line in table.lines.items():
                id_ = record_id(line)
                if (name, id_) in deleted or not self._is_from_others(name, id_):
                    continue
                with suppress(ValueError):
                    document = table[number]
                    if isinstance(document, dict):
                        found.add(str(document.get("contact_id")))
        return frozenset(found)

    def _is_from_others(self, name: str, id_: str) -> bool:
        """Return whether another session added a record, or a deletion of it was refused because of one."""
        key = (name, id_)
        known = name in self._known and self._known[name].number_of(id_) is not None
        return key in self._from_others or key in self._refused or not (known or key in self._added_here)

    def _restore_contact(self, document: Mapping[str, Any]) -> list[str]:
        """Restore the contact of a new record if another session deleted it; return what to say about it."""
        id_ = document.get("contact_id")
        if not isinstance(id_, str) or self._tables.get(CONTACTS, RawTable()).number_of(id_) is not None:
            return []
        return self._restore((CONTACTS, id_))

    def _restore(self, key: RecordKey) -> list[str]:
        """Restore a record that another session deleted, with all that was deleted with it.

        A contact that was deleted by another change comes back with its record. Returns what to say about it.
        """
        documents = self._deleted_together(key)
        if not documents:
            return []
        for document in tuple(documents.values()):
            contact = (CONTACTS, str((document or {}).get("contact_id", "")))
            gone = self._tables.get(CONTACTS, RawTable()).number_of(contact[1]) is None
            if gone and contact not in documents:
                documents = self._deleted_together(contact) | documents
        for (name, id_), document in documents.items():
            table = self._tables.setdefault(name, RawTable())
            if document is not None and table.number_of(id_) is None:
                table[table.next_number()] = document
        name = _name(key[0], documents[key] or {})
        return [f"{name} was deleted in another session meanwhile; it is kept, because it was changed here"]

    def _deleted_together(self, key: RecordKey) -> dict[RecordKey, Fields | None]:
        """Return a record that is gone with all that was deleted by the same change; nothing if deleted here.

        If it is not known any more which change that was, that is all that belonged to a contact.
        """
        if key in self._removed_here or self._last_known(*key) is None:
            return {}
        changes = self._tables.get(CHANGES)
        removal = removal_of(changes, *key) if changes is not None else None
        if removal is None and key[0] == CONTACTS:
            return self._with_all_that_belongs(key)
        found = {key: self._last_known(*key)}
        for edit in removal.edits if removal else ():
            deleted = (edit.table, edit.id)
            if edit.after is None and deleted not in self._removed_here:
                # As it was when it was deleted, with the fields of the file that no record has.
                found[deleted] = (self._last_known(*deleted) or {}) | (edit.before or {})
        return found

    def _with_all_that_belongs(self, contact: RecordKey) -> dict[RecordKey, Fields | None]:
        """Return a contact that is gone with all that is known to belong to it and was not deleted here."""
        found = {contact: self._last_known(*contact)}
        quoted = json.dumps(contact[1]).encode("ascii")
        lines = ((name, line) for name in CONTACT_TABLES if name in self._known
                 for line in self._known[name].lines.values() if quoted in line)  # fmt: skip
        keys = {(name, record_id(line)) for name, line in lines} | self._removed_by_others.keys()
        for key in sorted(keys - self._removed_here):
            document = self._last_known(*key)
            if key[0] in CONTACT_TABLES and document and document.get("contact_id") == contact[1]:
                found[key] = document
        return found

    def _last_known(self, name: str, id_: str) -> Fields | None:
        document = self._known[name].document_of(id_) if name in self._known else None
        return document or self._removed_by_others.get((name, id_))


def normalized(table: str, document: Mapping[str, Any]) -> Fields:
    """Return a document as this program writes it: with every field of its record, each in the usual form.

    A document that is not a valid record of that table is returned as it is.
    """
    try:
        return to_document(from_document(document, TABLES[table]))
    except (KeyError, msgspec.ValidationError):
        return dict(document)


def record_fields(table: str, document: Fields | None) -> Fields | None:
    """Return a document with every field of its record, as the store holds it; None if it is no valid one."""
    try:
        return None if document is None else to_document(from_document(document, TABLES[table]))
    except msgspec.ValidationError:
        return None


def _name(table: str, document: Mapping[str, Any]) -> str:
    return str(document.get("name") or table.rstrip("s").replace("_", "-"))


def _overwritten_fields(edit: Edit, document: Mapping[str, Any]) -> dict[str, object]:
    """Return the fields on disk that have neither the old nor the new value of the edit.

    To add a record whose id is there already counts as an edit of all its fields.
    """
    before, after = edit.before or {}, edit.after or {}
    present = normalized(edit.table, document)
    lost: dict[str, object] = {}
    for name in before | after:
        value = value_in(present, name)
        if name in INCIDENTAL_FIELDS or value == after.get(name, MISSING):
            continue
        if value != before.get(name, MISSING):
            lost[name] = value
    return lost


def _merge_notes(edit: Edit, lost: dict[str, object]) -> tuple[Fields, dict[str, object]]:
    """Return the new values of `edit` with the other session's words merged into the answers, and the
    fields of `lost` that are still overwritten."""
    after = dict(edit.after or {})
    still_lost: dict[str, object] = {}
    for name, theirs in lost.items():
        ours, base = after.get(name), (edit.before or {}).get(name, "")
        is_answer = keeps_words_of_both(edit.table, name)
        if is_answer and isinstance(ours, str) and isinstance(theirs, str) and isinstance(base, str):
            after[name] = both(base, ours, theirs)
        else:
            still_lost[name] = theirs
    return after, still_lost
