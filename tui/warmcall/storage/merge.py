"""Replaying a change on what is on disk now, which another session may have changed meanwhile.

Different records and different fields both survive. Of one field changed by both, the later stays and the
earlier can be taken back; of one answer in the notes, the words of both stay. What was deleted here and
edited there, or the other way round, is kept.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence, Set
from contextlib import suppress
from typing import Any

import msgspec

from warmcall.domain.change import INCIDENTAL_FIELDS, MISSING, Change, Edit, Fields, patched, value_in
from warmcall.domain.records import TABLES
from warmcall.domain.text_merge import both
from warmcall.storage.change_log import CHANGES, removal_of
from warmcall.storage.raw_table import RawTable, own_id

CONTACTS, INTERVIEWS = "contacts", "interviews"
BELONGING = ("attempts", "interviews", "follow_ups")
"""The tables whose records belong to a contact."""

Place = tuple[str, str]
"""A record's table and id."""


class MergeResult(msgspec.Struct, frozen=True):
    """What came of replaying one change: whether it was made, the fields written over, sentences to tell."""

    made: bool = True
    overwritten: tuple[Edit, ...] = ()
    told: tuple[str, ...] = ()


class ThreeWayMerge:
    """Replays the changes of one save, in order, in `tables`, which are then what is to be written.

    `known` are the tables as this session last saw them, `gone` the documents it saw vanish, and `theirs`
    the records it got from others. A record edited here that is no longer on disk is brought back from
    there. A change that would delete what was edited elsewhere is not made at all.
    """

    def __init__(
        self,
        tables: dict[str, RawTable],
        known: Mapping[str, RawTable],
        gone: Mapping[Place, Fields],
        theirs: Set[Place],
    ) -> None:
        self._tables = tables
        self._known = known
        self._gone = gone
        self._theirs = theirs
        self._added: set[Place] = set()
        self._refused: set[Place] = set()
        self._removed: set[Place] = set()

    def replay(self, change: Change) -> MergeResult:
        """Make `change`, or nothing of it."""
        kept = self._edited_elsewhere(change.edits)
        if kept:
            self._refused |= {(edit.table, edit.id) for edit in change.edits}
            return MergeResult(False, (), kept)
        overwritten: list[Edit] = []
        told: list[str] = []
        for edit in change.edits:
            table = self._tables.setdefault(edit.table, RawTable())
            number = table.number_of(edit.id)
            if edit.after is None:
                self._removed.add((edit.table, edit.id))
                if number is not None:
                    del table[number]
                continue
            if number is None and edit.before is not None:
                told += self._brought_back((edit.table, edit.id))
                number = table.number_of(edit.id)
                if number is None:
                    continue
            elif number is None:
                self._removed.discard((edit.table, edit.id))
                self._added.add((edit.table, edit.id))
                table[table.next_number()] = dict(edit.after)
                told += self._contact_brought_back(edit.after)
                continue
            document = table.document_of(edit.id)
            if number is None or document is None:
                continue
            lost = _written_over(edit, document)
            after, lost = _words_of_both(edit, lost)
            if lost:
                ours = {name: after[name] for name in lost if name in after}
                theirs = {name: value for name, value in lost.items() if value is not MISSING}
                overwritten.append(Edit(edit.table, edit.id, theirs, ours))
            table[number] = patched(document, Edit(edit.table, edit.id, edit.before, after))
        return MergeResult(True, tuple(overwritten), tuple(told))

    def _edited_elsewhere(self, edits: Sequence[Edit]) -> tuple[str, ...]:
        """Return a sentence for each record that `edits` would delete although somebody edited it.

        Something new that belongs to a contact is an edit of the contact.
        """
        kept: list[str] = []
        earlier: set[Place] = set()
        deleted = {(edit.table, edit.id) for edit in edits if edit.after is None}
        for edit in edits:
            place = (edit.table, edit.id)
            table = self._tables.get(edit.table)
            document = table.document_of(edit.id) if table is not None else None
            if edit.after is None and edit.before is not None and document and place not in earlier:
                present = normal(edit.table, document)
                if any(
                    present.get(name, MISSING) != value
                    for name, value in normal(edit.table, edit.before).items()
                    if name not in INCIDENTAL_FIELDS
                ) or (edit.table == CONTACTS and self._has_more(edit.id, deleted)):
                    name = _name(edit.table, document)
                    kept.append(f"{name} was changed in another session meanwhile, so it is not deleted")
            earlier.add(place)
        return tuple(kept)

    def _has_more(self, contact_id: str, deleted: Set[Place]) -> bool:
        """Return whether something of another session that is not `deleted` belongs to the contact."""
        quoted = json.dumps(contact_id).encode("ascii")
        for name in BELONGING:
            table = self._tables.get(name, RawTable())
            for number, line in table.lines.items():
                if quoted not in line or (name, own_id(line)) in deleted:
                    continue
                if self._from_others(name, own_id(line)):
                    with suppress(ValueError):
                        document = table[number]
                        if isinstance(document, dict) and document.get("contact_id") == contact_id:
                            return True
        return False

    def _from_others(self, name: str, id_: str) -> bool:
        """Return whether a record was made by another session, or is kept because of one."""
        place = (name, id_)
        known = name in self._known and self._known[name].number_of(id_) is not None
        return place in self._theirs or place in self._refused or not (known or place in self._added)

    def _contact_brought_back(self, document: Mapping[str, Any]) -> list[str]:
        """Put back the contact of a new record if another session deleted it."""
        id_ = document.get("contact_id")
        if not isinstance(id_, str) or self._tables.get(CONTACTS, RawTable()).number_of(id_) is not None:
            return []
        return self._brought_back((CONTACTS, id_))

    def _brought_back(self, place: Place) -> list[str]:
        """Put back a record that another session deleted, with all that was deleted with it."""
        if place in self._removed or self._last_known(*place) is None:
            return []
        changes = self._tables.get(CHANGES)
        removal = removal_of(changes, *place) if changes is not None else None
        wanted = {place: self._last_known(*place)}
        for edit in removal.edits if removal else ():
            with_it = (edit.table, edit.id)
            if edit.after is None and with_it not in self._removed:
                # As it was when it was deleted, with the fields that only the file knows.
                wanted[with_it] = (self._last_known(*with_it) or {}) | (edit.before or {})
        for (name, id_), document in wanted.items():
            table = self._tables.setdefault(name, RawTable())
            if document is not None and table.number_of(id_) is None:
                table[table.next_number()] = document
        whose = _name(place[0], wanted[place] or {})
        return [f"{whose} was deleted in another session meanwhile; it is kept, because it was changed here"]

    def _last_known(self, name: str, id_: str) -> Fields | None:
        document = self._known[name].document_of(id_) if name in self._known else None
        return document or self._gone.get((name, id_))


def normal(table: str, document: Mapping[str, Any]) -> Fields:
    """Return a document as this program writes it: with every field, and each in its one way of writing.

    What is no record of that table is returned as it is.
    """
    try:
        plain: Fields = msgspec.to_builtins(msgspec.convert(document, TABLES[table]))
    except (KeyError, msgspec.ValidationError):
        return dict(document)
    return plain


def _name(table: str, document: Mapping[str, Any]) -> str:
    return str(document.get("name") or table.rstrip("s").replace("_", "-"))


def _written_over(edit: Edit, document: Mapping[str, Any]) -> dict[str, object]:
    """Return the fields on disk that are neither what the edit began with nor what it ends with.

    A record added where there is one already is an edit of all its fields.
    """
    before, after = edit.before or {}, edit.after or {}
    present = normal(edit.table, document)
    lost: dict[str, object] = {}
    for name in before | after:
        value = value_in(present, name)
        if name in INCIDENTAL_FIELDS or value == after.get(name, MISSING):
            continue
        if edit.before is None or value != before.get(name, MISSING):
            lost[name] = value
    return lost


def _words_of_both(edit: Edit, lost: dict[str, object]) -> tuple[Fields, dict[str, object]]:
    """Return what `edit` ends with, the words another session wrote into an answer included, and the rest
    of `lost`."""
    after = dict(edit.after or {})
    still_lost: dict[str, object] = {}
    for name, theirs in lost.items():
        ours, base = after.get(name), (edit.before or {}).get(name, "")
        is_answer = edit.table == INTERVIEWS and name.startswith("notes.")
        if is_answer and isinstance(ours, str) and isinstance(theirs, str) and isinstance(base, str):
            after[name] = both(base, ours, theirs)
        else:
            still_lost[name] = theirs
    return after, still_lost
