"""Applying what other sessions changed to the store, and finding the conflicts with what was done here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import msgspec

from warmcall.domain.change import INCIDENTAL_FIELDS, MISSING, Change, Edit, keeps_words_of_both, value_in
from warmcall.domain.records import TABLES, Contact, Organization, PoolPerson, to_document
from warmcall.domain.store import Store
from warmcall.domain.text_merge import only_adds


class Conflict(msgspec.Struct, frozen=True):
    """Something done here that another session overrode.

    `sentence` is shown to the user; `restore` is the change that sets the value of this session back, if
    there is one.
    """

    sentence: str
    restore: Change | None = None


class RemoteEdits:
    """Applies edits of other sessions; it remembers what was written and removed here to find conflicts."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._written: dict[tuple[str, str, str], object] = {}
        self._removed: set[tuple[str, str]] = set()

    def remember(self, change: Change) -> None:
        """Remember what `change`, made here, wrote and removed."""
        for edit in change.edits:
            place = (edit.table, edit.id)
            if edit.after is None:
                self._removed.add(place)
                continue
            self._removed.discard(place)
            for name, value in edit.after.items() if edit.before is not None else ():
                if name not in INCIDENTAL_FIELDS:
                    self._written[edit.table, edit.id, name] = value

    def apply(self, edits: Iterable[Edit], new_id: Callable[[], str], now: datetime) -> list[Conflict]:
        """Apply `edits` except to fields changed here since; return the conflicts."""
        applied = tuple(theirs for edit in edits if (theirs := self._applicable(edit)))
        if applied and not self._applies(Change(new_id(), now, LABEL, applied)):
            # One invalid record refuses the whole change, so each edit is tried alone.
            applied = tuple(edit for edit in applied if self._applies(Change(new_id(), now, LABEL, (edit,))))
        return [
            conflict
            for edit in applied
            for conflict in (*self._overwritten(edit, new_id, now), *self._kept(edit))
        ]

    def _applies(self, change: Change) -> bool:
        """Apply `change`; return whether that left every record valid, and so was done."""
        try:
            self._store.apply(change)
        except msgspec.ValidationError:
            return False
        return True

    def _kept(self, theirs: Edit) -> list[Conflict]:
        """Return the conflict if `theirs` brings a record back that was deleted here."""
        place = (theirs.table, theirs.id)
        if place not in self._removed:  # an edit of such a record is never applied
            return []
        self._removed.discard(place)
        return [Conflict(f"{name_of(self._store, theirs)}: kept, because it was changed in another session")]

    def _overwritten(self, theirs: Edit, new_id: Callable[[], str], now: datetime) -> list[Conflict]:
        """Return a conflict for each field written here that `theirs` gave another value."""
        before, after = theirs.before, theirs.after
        if before is None or after is None:
            return []
        conflicts: list[Conflict] = []
        for name in before | after:
            written = self._written.pop((theirs.table, theirs.id, name), MISSING)
            if (
                name not in before
                or written != before[name]
                or _only_added(theirs.table, name, written, after.get(name))
            ):
                continue
            field = name.partition(".")[0].replace("_", " ")
            whose = name_of(self._store, theirs)
            present = {name: after[name]} if name in after else {}
            edit = Edit(theirs.table, theirs.id, {name: before[name]}, present)
            restore = Change(new_id(), now, f"{whose}: {field} as it was here", (edit,))
            sentence = f"{whose}: {field} changed in another session too. u brings yours back"
            conflicts.append(Conflict(sentence, restore))
        return conflicts

    def _applicable(self, edit: Edit) -> Edit | None:
        """Return the part of `edit` whose fields have here the values it starts from; None if none has."""
        present = self._document(edit)
        if edit.before is None:
            return edit if present is None else None
        if present is None:
            return None
        if edit.after is None:
            changed = any(
                present.get(name, MISSING) != edit.before.get(name, MISSING)
                for name in present | edit.before
                if name not in INCIDENTAL_FIELDS
            )
            return None if changed else edit
        names = [
            name
            for name in edit.before | edit.after
            if value_in(present, name) == edit.before.get(name, MISSING)
        ]
        before = {name: edit.before[name] for name in names if name in edit.before}
        after = {name: edit.after[name] for name in names if name in edit.after}
        return Edit(edit.table, edit.id, before, after) if names else None

    def _document(self, edit: Edit) -> dict[str, Any] | None:
        record = self._store.get(TABLES[edit.table], edit.id)
        return None if record is None else to_document(record)


LABEL = "another session"


def _only_added(table: str, name: str, ours: object, theirs: object) -> bool:
    """Return whether theirs is an answer that still has all the words of ours."""
    texts = isinstance(ours, str) and isinstance(theirs, str)
    return texts and keeps_words_of_both(table, name) and only_adds(str(ours), str(theirs))


def name_of(store: Store, edit: Edit) -> str:
    """Return the name of the person or organization whose record an edit changes, else the kind of record."""
    record = store.get(TABLES[edit.table], edit.id)
    if isinstance(record, Contact | PoolPerson | Organization):
        return record.name
    contact = store.contact(getattr(record, "contact_id", ""))
    return contact.name if contact else edit.table.rstrip("s").replace("_", " ")
