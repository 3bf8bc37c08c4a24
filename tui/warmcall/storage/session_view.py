"""What other sessions changed: how the file differs from what this session's store holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from warmcall.domain.change import Change, Edit, Fields, edit_between, patched
from warmcall.domain.records import TABLES
from warmcall.storage.merge import RecordKey, record_fields
from warmcall.storage.raw_table import RawTable, record_id
from warmcall.storage.replacement import Replacement


class ExternalChanges(msgspec.Struct, frozen=True):
    """What other sessions and programs changed: edits for the store to apply, and messages for the user.

    `replacement` says what is missing, if the file was replaced by a copy that lacks some of what was known.
    """

    edits: tuple[Edit, ...] = ()
    messages: tuple[str, ...] = ()
    replacement: Replacement | None = None

    def __bool__(self) -> bool:
        return bool(self.edits or self.messages or self.replacement)

    def in_parts(self, most: int) -> Iterable[ExternalChanges]:
        """Yield the same changes in parts of at most `most` edits.

        The messages are in the first. What is missing is in the last, when the store has all the edits.
        """
        for start in range(0, max(len(self.edits), 1), most):
            messages = self.messages if start == 0 else ()
            replacement = self.replacement if start + most >= len(self.edits) else None
            yield ExternalChanges(self.edits[start : start + most], messages, replacement)


class SessionView:
    """The tables as the session's store holds them, after its own changes.

    `removed` are the documents that others removed, and `from_others` the records that they added. Of
    records that others made unreadable the store keeps the last readable state.
    """

    def __init__(self) -> None:
        self.tables: Mapping[str, RawTable] = {}
        self.removed: dict[RecordKey, Fields] = {}
        self.from_others: set[RecordKey] = set()
        self._last_readable: dict[RecordKey, Fields] = {}

    def restored(self, own: Iterable[Change], tables: Mapping[str, RawTable]) -> list[Edit]:
        """Return edits that add the records that others removed and `own` changes restored.

        The store needs them: it may have applied the removal after it applied those changes.
        """
        if not self.removed:
            return []
        keys = {(edit.table, edit.id) for change in own for edit in change.edits} & self.removed.keys()
        edits: list[Edit] = []
        for name, id_ in sorted(keys):
            record = record_fields(name, tables[name].document_of(id_)) if name in tables else None
            if record is not None:
                edits.append(Edit(name, id_, None, record))
        return edits

    def update(self, tables: Mapping[str, RawTable], own: Iterable[Change]) -> ExternalChanges:
        """Return how `tables` differ from the store, which has applied its `own` changes, and keep them.

        A change that was refused is in the store all the same, and not in `tables`.
        """
        own_edits: dict[RecordKey, list[Edit]] = {}
        for change in own:
            for edit in change.edits:
                own_edits.setdefault((edit.table, edit.id), []).append(edit)
        keys = _differences(self.tables, tables)
        keys |= dict.fromkeys(key for key in own_edits if key[0] in TABLES)
        edits: list[Edit] = []
        messages: list[str] = []
        last_readable, removed = dict(self._last_readable), dict(self.removed)
        for key in keys:
            name, id_ = key
            known = self.tables[name].document_of(id_) if name in self.tables else None
            before = record_fields(name, known) or last_readable.get(key)
            ours = own_edits.get(key, [])
            if known is None and ours and ours[0].before is not None:
                # The store still holds what others removed.
                before = record_fields(name, removed.get(key))
            present = tables[name].document_of(id_) if name in tables else None
            after = record_fields(name, present)
            if present is not None and after is None:
                if before is not None and key not in last_readable:
                    last_readable[key] = before
                    messages.append(f"{name}.{tables[name].number_of(id_)}: somebody made it unreadable")
                continue
            last_readable.pop(key, None)
            if present is not None and ours:
                removed.pop(key, None)
            if present is None and known is not None and all(edit.after is not None for edit in ours):
                removed[key] = known
            for edit in ours:
                before = edit.after if None in (edit.before, edit.after) else before and patched(before, edit)
            if before is None and after is not None:
                self.from_others.add(key)
            difference = edit_between(name, id_, before, after)
            edits.extend([difference] if difference else [])
        self.tables, self.removed, self._last_readable = tables, removed, last_readable
        return ExternalChanges(tuple(edits), tuple(messages))


def _differences(before: Mapping[str, RawTable], after: Mapping[str, RawTable]) -> dict[RecordKey, None]:
    """Return the keys of records whose line is not the same in both, in the order of `after`."""
    found: dict[RecordKey, None] = {}
    for name in TABLES:
        old: Mapping[str, bytes] = before[name].lines if name in before else {}
        new: Mapping[str, bytes] = after[name].lines if name in after else {}
        for lines, others in ((new, old), (old, new)):
            for number, line in lines.items():
                other = others.get(number)
                if other is not line and other != line:
                    found[name, record_id(line)] = None
        found.pop((name, ""), None)
    return found
