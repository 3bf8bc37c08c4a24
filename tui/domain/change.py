"""A change: the edits of one action, which land together and undo together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from tui.domain.records import TABLE_OF, AnyRecord

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


class Change(msgspec.Struct, frozen=True):
    """All the edits of one action. `label` says in a few words what was done; `at` is aware, UTC."""

    id: str
    at: datetime
    label: str
    edits: tuple[Edit, ...]


def edit_of(old: AnyRecord | None, new: AnyRecord | None) -> Edit | None:
    """Return the edit that turns `old` into `new`; None if there is nothing to do.

    Raises:
        ValueError: if both are None, or they are two different records.
    """
    one = new if new is not None else old
    if one is None or (old is not None and new is not None and (type(old), old.id) != (type(new), new.id)):
        raise ValueError("an edit is about one record")
    table = TABLE_OF[type(one)]
    before = None if old is None else msgspec.to_builtins(old)
    after = None if new is None else msgspec.to_builtins(new)
    if before is None or after is None:
        return Edit(table, one.id, before, after)
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
        one.id,
        {name: flat_before[name] for name in names if name in flat_before},
        {name: flat_after[name] for name in names if name in flat_after},
    )


def inverse(edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """Return the edits that take `edits` back, in the opposite order."""
    return tuple(Edit(edit.table, edit.id, edit.after, edit.before) for edit in reversed(edits))


def patched(document: Mapping[str, Any], edit: Edit) -> Fields:
    """Return `document` with the fields of `edit` set; every other field stays as it is."""
    result = dict(document)
    before, after = edit.before or {}, edit.after or {}
    for name in [*before, *(name for name in after if name not in before)]:
        holder, key = result, name
        field, dot, inner = name.partition(".")
        if dot:
            holder = result[field] = dict(result.get(field) or {})
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
