"""What other sessions changed: taking it into the store without losing what was done here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import msgspec

from warmcall.domain.change import INCIDENTAL_FIELDS, MISSING, Change, Edit, value_in
from warmcall.domain.records import TABLES, Contact
from warmcall.domain.store import Store
from warmcall.domain.text_merge import only_adds


class Conflict(msgspec.Struct, frozen=True):
    """Something done here that another session undid: a sentence, and the change that brings it back."""

    sentence: str
    restore: Change | None = None


class RemoteEdits:
    """Takes their edits into the store, and remembers what was written and removed here."""

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

    def apply_remote(self, edits: Iterable[Edit], new_id: Callable[[], str], now: datetime) -> list[Conflict]:
        """Take `edits` into the store but for fields changed here since; return what was lost here by it."""
        wanted = tuple(theirs for edit in edits if (theirs := self._still_expected(edit)))
        if not wanted:
            return []
        try:
            self._store.apply(Change(new_id(), now, LABEL, wanted))
        except msgspec.ValidationError:
            wanted = tuple(edit for edit in wanted if self._applies(Change(new_id(), now, LABEL, (edit,))))
        return [loss for edit in wanted for loss in (*self._lost_to(edit, new_id, now), *self._kept_by(edit))]

    def _applies(self, change: Change) -> bool:
        try:
            self._store.apply(change)
        except msgspec.ValidationError:
            return False
        return True

    def _kept_by(self, theirs: Edit) -> list[Conflict]:
        """Return a word for a record that was deleted here and is kept because of another session."""
        place = (theirs.table, theirs.id)
        if theirs.before is not None or place not in self._removed:
            return []
        self._removed.discard(place)
        return [Conflict(f"{name_of(self._store, theirs)}: kept, because it was changed in another session")]

    def _lost_to(self, theirs: Edit, new_id: Callable[[], str], now: datetime) -> list[Conflict]:
        """Return each field written here that `theirs` wrote over."""
        before, after = theirs.before, theirs.after
        if before is None or after is None:
            return []
        losses: list[Conflict] = []
        for name in before | after:
            written = self._written.pop((theirs.table, theirs.id, name), MISSING)
            if name not in before or written != before[name] or _only_added(name, written, after.get(name)):
                continue
            field = name.partition(".")[0].replace("_", " ")
            whose = name_of(self._store, theirs)
            present = {name: after[name]} if name in after else {}
            taken_away = Edit(theirs.table, theirs.id, {name: before[name]}, present)
            ours = Change(new_id(), now, f"{whose}: {field} as it was here", (taken_away,))
            word = f"{whose}: the {field} was changed in another session too. u brings yours back"
            losses.append(Conflict(word, ours))
        return losses

    def _still_expected(self, edit: Edit) -> Edit | None:
        """Return the part of `edit` whose fields are here what it begins with; None if there is none."""
        present = self._document(edit)
        if edit.before is None:
            return edit if present is None else None
        if present is None:
            return None
        if edit.after is None:
            changed = any(
                present.get(name) != item
                for name, item in edit.before.items()
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
        return None if record is None else msgspec.to_builtins(record)


LABEL = "another session"


def _only_added(name: str, ours: object, theirs: object) -> bool:
    """Return whether words were added to an answer in the notes, all of ours being there still."""
    texts = isinstance(ours, str) and isinstance(theirs, str)
    return texts and name.startswith("notes.") and only_adds(str(ours), str(theirs))


def name_of(store: Store, edit: Edit) -> str:
    """Return whom or what an edit is about, for a sentence."""
    record = store.get(TABLES[edit.table], edit.id)
    if isinstance(record, Contact):
        return record.name
    contact = store.contact(getattr(record, "contact_id", ""))
    return contact.name if contact else edit.table.rstrip("s").replace("_", " ")
