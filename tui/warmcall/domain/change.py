"""A change: the edits of one action, which land together and undo together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec

from warmcall.domain.records import TABLE_OF, TABLES, AnyRecord, present_form, to_document

Fields = dict[str, Any]


class Edit(msgspec.Struct, frozen=True):
    """One record, from this to that, in the plain values of the file.

    `before` is None for a new record and `after` for a removed one, the other side being the whole
    record. Otherwise both hold only the fields that differ. A field inside a mapping is named
    "field.key"; a name missing on one side means that the field is not there on that side.
    """

    table: str
    id: str
    before: Fields | None
    after: Fields | None


class ChangeKind(StrEnum):
    """What a change is to undo and redo; a NOT_UNDOABLE one is skipped by both."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"
    NOT_UNDOABLE = "quiet"


class Change(msgspec.Struct, frozen=True):
    """All the edits of one action. `label` says in a few words what was done; `at` is aware, UTC.

    A `merge` that is not empty names a text that is still being written, of which this is the next piece: a
    change that continues the one before it is undone together with it.
    """

    id: str
    at: datetime
    label: str
    edits: tuple[Edit, ...]
    merge: str = ""
    kind: ChangeKind = ChangeKind.DO


def in_present_form(edit: Edit) -> Edit:
    """Return `edit`, which an earlier version may have written, with values as records have them now."""
    kind = TABLES.get(edit.table)
    if kind is None:
        return edit
    before, after = (fields and present_form(kind, fields) for fields in (edit.before, edit.after))
    return Edit(edit.table, edit.id, before, after)


def edit_of(old: AnyRecord | None, new: AnyRecord | None) -> Edit | None:
    """Return the edit that turns `old` into `new`; None if there is nothing to do.

    Raises:
        ValueError: if both are None, or they are two different records.
    """
    record = new if new is not None else old
    if record is None or (old is not None and new is not None and (type(old), old.id) != (type(new), new.id)):
        raise ValueError("an edit is about one record")
    before = None if old is None else to_document(old)
    after = None if new is None else to_document(new)
    return edit_between(TABLE_OF[type(record)], record.id, before, after)


def edit_between(table: str, id_: str, before: Fields | None, after: Fields | None) -> Edit | None:
    """Return the edit that turns one document into another; None if there is nothing to do."""
    if before is None or after is None:
        return None if before is after else Edit(table, id_, before, after)
    flat_before, flat_after = _flat(before), _flat(after)
    names = [
        name
        for name in flat_before | flat_after
        if (name in flat_before) != (name in flat_after) or flat_before.get(name) != flat_after.get(name)
    ]
    if not names:
        return None
    return Edit(
        table,
        id_,
        {name: flat_before[name] for name in names if name in flat_before},
        {name: flat_after[name] for name in names if name in flat_after},
    )


def composed(edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """Return edits that do the same as `edits`, with at most one for each record."""
    by_record: dict[tuple[str, str], Edit] = {}
    for edit in edits:
        place = (edit.table, edit.id)
        earlier = by_record.pop(place, None)
        both = edit if earlier is None else _compose_two(earlier, edit)
        if both is not None:
            by_record[place] = both
    return tuple(by_record.values())


def _compose_two(first: Edit, second: Edit) -> Edit | None:
    if second.before is None or second.after is None:
        before = first.before
        if before is not None and first.after is not None and second.before is not None:
            before = patched(second.before, Edit(first.table, first.id, first.after, before))
        return edit_between(first.table, first.id, before, second.after)
    if first.before is None:
        after = patched(first.after or {}, second)
        return Edit(first.table, first.id, None, after)
    before = second.before | first.before
    added = {name for name in (first.after or {}) if name not in first.before}
    before = {name: value for name, value in before.items() if name not in added}
    kept = {name: value for name, value in (first.after or {}).items() if name not in second.before}
    return Edit(first.table, first.id, before, kept | second.after)


def abridged(change: Change) -> Change:
    """Return `change` with only the id of each record that it adds or removes; fields it edits stay.

    That is enough to undo it, which asks the record itself for what is in it, and not to do it again.
    """
    edits = tuple(
        Edit(edit.table, edit.id, edit.before and {"id": edit.id}, edit.after and {"id": edit.id})
        if edit.before is None or edit.after is None
        else edit
        for edit in change.edits
    )
    return msgspec.structs.replace(change, edits=edits)


def is_abridged(edit: Edit) -> bool:
    """Return whether `edit` adds or removes a record of which it has nothing but the id."""
    whole = edit.after if edit.before is None else edit.before if edit.after is None else None
    return whole is not None and whole.keys() == {"id"}


def value_in(document: Mapping[str, Any], name: str) -> object:
    """Return the field of that name as an edit names it; MISSING if the document lacks it."""
    field, dot, inner = name.partition(".")
    holder = document.get(field) if dot else document
    return holder.get(inner if dot else field, MISSING) if isinstance(holder, Mapping) else MISSING


def continues(change: Change, earlier: Change) -> bool:
    """Return whether `change` is the next piece of the text that `earlier` is a piece of.

    It is not if the text became another one in between, by words of another session: in one edit those would
    look like words of this one, and be undone, or merged into the text a second time, with them.
    """
    if not change.merge or change.merge != earlier.merge:
        return False
    known = {(edit.table, edit.id): edit for edit in earlier.edits}
    for edit in change.edits:
        before = known.get((edit.table, edit.id))
        if before is None or before.after is None or edit.before is None:
            continue
        names = ((before.before or {}) | before.after).keys() & (edit.before | (edit.after or {})).keys()
        if any(
            before.after.get(name, MISSING) != edit.before.get(name, MISSING)
            for name in names - INCIDENTAL_FIELDS
        ):
            return False
    return True


INCIDENTAL_FIELDS = frozenset({"changed_at", "current", "typed", "held_by", "held_since", "last_note_at"})
"""Fields that change without the user meaning it; a change of one is no conflict and is not reported."""


def keeps_words_of_both(table: str, name: str) -> bool:
    """Return whether a field, named as an edit names it, is a text in which the words of two sessions stay.

    These are the answers in the notes of an interview, and the user's own answers to a job interview.
    """
    return (table == "interviews" and name.startswith("notes.")) or (table, name) == ("job_answers", "text")


MISSING = object()
"""Represents a field that is not there."""


def inverse(edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """Return the edits that undo `edits`, in the opposite order."""
    return tuple(Edit(edit.table, edit.id, edit.after, edit.before) for edit in reversed(edits))


def patched(document: Mapping[str, Any], edit: Edit) -> Fields:
    """Return `document` with the fields of `edit` set; every other field stays as it is."""
    result = dict(document)
    before, after = edit.before or {}, edit.after or {}
    for name in [*before, *(name for name in after if name not in before)]:
        holder, key = result, name
        field, dot, inner = name.partition(".")
        if dot:
            present = result.get(field)
            holder = result[field] = dict(present) if isinstance(present, Mapping) else {}
            key = inner
        if name in after:
            holder[key] = after[name]
        else:
            holder.pop(key, None)
    return result


def _flat(document: Fields) -> Fields:
    """Return `document` with the keys of its `notes` as fields of their own, so that two sessions
    writing under two questions do not touch the same field."""
    flat: Fields = {}
    for name, value in document.items():
        if name == "notes" and isinstance(value, dict):
            flat.update({f"{name}.{key}": inner for key, inner in value.items()})
        else:
            flat[name] = value
    return flat
