"""The history: every change made here goes through it to the store and the writer, and it undoes them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Set
from contextlib import suppress
from datetime import datetime
from typing import Any

import msgspec

from warmcall.domain.change import (
    INCIDENTAL_FIELDS,
    MISSING,
    Change,
    ChangeKind,
    Edit,
    composed,
    continues,
    edit_of,
    in_present_form,
    inverse,
    is_abridged,
    value_in,
)
from warmcall.domain.records import (
    OF_CONTACT,
    TABLE_OF,
    TABLES,
    AnyRecord,
    Contact,
    PoolPerson,
    from_document,
    replace,
    to_document,
)
from warmcall.domain.store import Store
from warmcall.services.clock import Timekeeper
from warmcall.services.remote_edits import RemoteEdits
from warmcall.services.running_interviews import second_started

UNDO_LIMIT = 100
"""How many changes can be undone."""

ENCODED_ABOVE = 100
"""The edits of a change above which its JSON is kept, which takes a fraction of the memory."""


class UndoRefused(Exception):
    """An undo or redo cannot be done; the text says why."""


class _Encoded(msgspec.Struct, frozen=True):
    """A change as JSON, and how many edits it has."""

    json: bytes
    size: int


_DECODER = msgspec.json.Decoder(Change)


class _Stack:
    """The last `UNDO_LIMIT` of the changes put on it; large ones, such as imports, are kept as JSON."""

    def __init__(self) -> None:
        self._changes: list[Change | _Encoded] = []

    def push(self, *changes: Change) -> None:
        """Put changes on top; the oldest go when there are more than `UNDO_LIMIT`."""
        self._changes += map(_encoded, changes)
        del self._changes[:-UNDO_LIMIT]

    def push_all_of(self, other: _Stack) -> None:
        """Put all changes of another stack on top, in their order."""
        self._changes += other._changes
        del self._changes[:-UNDO_LIMIT]

    def pop(self) -> Change | None:
        """Take the last change away, and return it; None if there is none."""
        return _decoded(self._changes.pop()) if self._changes else None

    def last(self) -> Change | None:
        """Return the last change; None if there is none."""
        return _decoded(self._changes[-1]) if self._changes else None

    def drop(self) -> None:
        """Take the last change away, if there is one."""
        del self._changes[-1:]

    def clear(self) -> None:
        """Take all changes away."""
        self._changes.clear()

    @property
    def size_of_last(self) -> int:
        """How many edits the last change has; 0 if there is none."""
        last = self._changes[-1] if self._changes else None
        return 0 if last is None else last.size if isinstance(last, _Encoded) else len(last.edits)


def _encoded(change: Change) -> Change | _Encoded:
    """Return what is kept of a change."""
    if len(change.edits) <= ENCODED_ABOVE:
        return change
    try:
        return _Encoded(msgspec.json.encode(change), len(change.edits))
    except UnicodeEncodeError:  # half of a surrogate pair, which has no encoding
        return change


def _decoded(kept: Change | _Encoded) -> Change:
    return _DECODER.decode(kept.json) if isinstance(kept, _Encoded) else kept


class _UndoStacks:
    """The changes that undo and redo revert, and the values of those that undo skips."""

    def __init__(self) -> None:
        self._done = _Stack()
        self._undone = _Stack()
        self._incidental: dict[tuple[str, str, str], object] = {}
        self.reverted: dict[tuple[str, str], datetime] = {}
        self.something_done = False  # after which nothing that was undone before can be redone

    def of(self, kind: ChangeKind) -> _Stack:
        """Return the changes that undo, or redo, reverts."""
        return self._done if kind is ChangeKind.UNDO else self._undone

    def remember(self, change: Change) -> None:
        """Put a change where undo or redo reverts it, or remember its values if undo skips it."""
        if change.kind in (ChangeKind.UNDO, ChangeKind.REDO):
            self.note_reverted(change)
        match change.kind:
            case ChangeKind.NOT_UNDOABLE:
                for edit in map(in_present_form, change.edits):
                    for name, value in (edit.after or {}).items():
                        self._incidental[edit.table, edit.id, name] = value
            case ChangeKind.UNDO:
                self._done.drop()
                if any(is_abridged(edit) for edit in change.edits):
                    self._undone.clear()  # what is to be added again is not known any more
                else:
                    self._undone.push(change)
            case ChangeKind.REDO:
                self._undone.drop()
                self._done.push(change)
            case ChangeKind.DO:
                self.something_done = True
                self._undone.clear()
                last = self._done.last() if change.merge else None
                if last and continues(change, last):
                    edits = composed(last.edits + change.edits)
                    change = msgspec.structs.replace(change, edits=edits)
                    self._done.drop()
                self._done.push(change)

    def note_reverted(self, change: Change) -> None:
        """Remember when `change`, an undo or a redo, set its records back."""
        self.reverted |= {(edit.table, edit.id): change.at for edit in change.edits}

    def go_on_with(self, later: _UndoStacks) -> None:
        """Add what was remembered after this, and nothing undone yet."""
        if later.something_done:
            self._undone.clear()
        self._done.push_all_of(later.of(ChangeKind.UNDO))
        self._incidental |= later._incidental
        self.reverted |= later.reverted

    def incidental_value(self, edit: Edit, name: str) -> object:
        """Return the value a change that undo skips last gave to a field; MISSING if none did."""
        return self._incidental.get((edit.table, edit.id, name), MISSING)


class History:
    """Commits changes, and undoes and redoes the last ones, those of earlier runs included.

    `save` hands a change to the writer. `earlier` are the changes of earlier runs, the oldest first; they are
    read when something is undone, since those of an import are large. `read_only` says why nothing may be
    written, empty if it may. `on_refusal` is called with a sentence when a change is refused for that reason.
    """

    def __init__(
        self,
        store: Store,
        time: Timekeeper,
        save: Callable[[Change], None],
        new_id: Callable[[], str],
        earlier: Iterable[Change] = (),
        read_only: str = "",
    ) -> None:
        self._store = store
        self._time = time
        self._save = save
        self._new_id = new_id
        self.read_only = read_only
        self.on_refusal: Callable[[str], None] = lambda _why: None
        self._remote = RemoteEdits(store)
        self._earlier: Iterable[Change] | None = earlier
        self._recent = _UndoStacks()

    @property
    def _stacks(self) -> _UndoStacks:
        """What can be undone and redone, of earlier runs, too."""
        if self._earlier is not None:
            stacks = _UndoStacks()
            for change in self._earlier:
                stacks.remember(change)
            stacks.go_on_with(self._recent)
            self._recent, self._earlier = stacks, None
        return self._recent

    def read_ahead(self) -> Iterator[None]:
        """Read the changes of earlier runs before something is undone, one by one."""
        stacks = _UndoStacks()
        for change in self._earlier or ():
            stacks.remember(change)
            yield
        if self._earlier is not None:
            stacks.go_on_with(self._recent)
            self._recent, self._earlier = stacks, None

    def _remember(self, change: Change) -> None:
        """Remember a change for undo; earlier runs are read if it may go on with a text begun in the last."""
        goes_on = change.merge and not self._recent.something_done
        (self._stacks if goes_on else self._recent).remember(change)

    @property
    def reverted(self) -> Mapping[tuple[str, str], datetime]:
        """When records were last undone or redone, by table and id, as far as the changes kept go back.

        Their `changed_at` is then that of the earlier values.
        """
        return self._stacks.reverted

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        return self._time.now()

    def stamp(self) -> dict[str, Any]:
        """Return the identity of a new record: `id`, `created_at` and `changed_at`."""
        now = self._time.now()
        return {"id": self._new_id(), "created_at": now, "changed_at": now}

    def commit(
        self,
        label: str,
        *records: AnyRecord,
        removed: tuple[AnyRecord, ...] = (),
        merge: str = "",
        undoable: bool = True,
    ) -> Change | None:
        """Save `records` as they are given and delete `removed`, as one change.

        A change that continues the one before it, by `merge`, is undone together with it. Undo skips one that
        is not `undoable`, such as which question is selected. Whoever becomes a contact leaves the pool.
        Returns None if nothing would differ, or nothing may be written.
        """
        if self.read_only:
            self.on_refusal(f"Nothing is changed: {self.read_only}")
            return None
        now = self._time.now()
        edits: list[Edit] = []
        leaving = [
            person
            for record in records
            if isinstance(record, Contact) and (person := self._store.get(PoolPerson, record.id)) is not None
        ]
        for record in records:
            present = self._store.get(type(record), record.id)
            if present is not None and edit_of(present, record) is None:
                continue
            edit = edit_of(present, replace(record, changed_at=now))
            edits.extend([edit] if edit else [])
        edits.extend(edit for record in (*removed, *leaving) if (edit := edit_of(record, None)))
        if not edits:
            return None
        kind = ChangeKind.DO if undoable else ChangeKind.NOT_UNDOABLE
        return self._save_edits(label, tuple(edits), merge, kind)

    def commit_edits(self, label: str, edits: tuple[Edit, ...]) -> Change | None:
        """Save `edits` as they are given, as one change; return None if nothing may be written."""
        if self.read_only:
            self.on_refusal(f"Nothing is changed: {self.read_only}")
            return None
        return self._save_edits(label, edits)

    def commit_in_steps(
        self, label: str, edits: tuple[Edit, ...], at_once: int
    ) -> Generator[int, None, None] | None:
        """Save many `edits` as one change, and in the store in steps; None if nothing may be written.

        The first step hands the whole change to the writer, which keeps the order of all changes; each of
        the others makes `at_once` edits and notifies the listeners of them.
        """
        if self.read_only:
            self.on_refusal(f"Nothing is changed: {self.read_only}")
            return None
        return self._steps(Change(self._new_id(), self._time.now(), label, edits), at_once)

    def _steps(self, change: Change, at_once: int) -> Generator[int, None, None]:
        yield from self._apply_in_steps(change, at_once)
        self._remember(change)

    def _apply_in_steps(self, change: Change, at_once: int) -> Iterator[int]:
        """Hand `change` to the writer, and make it in the store in parts of `at_once` edits.

        Yields after each part how many edits are made.
        """
        self._save(change)
        yield 0
        for start in range(0, len(change.edits), at_once):
            part = msgspec.structs.replace(change, edits=change.edits[start : start + at_once])
            self._store.update(part)
            self._remote.remember(part)
            self._store.notify(part)
            yield start + len(part.edits)

    def _save_edits(
        self, label: str, edits: tuple[Edit, ...], merge: str = "", kind: ChangeKind = ChangeKind.DO
    ) -> Change:
        change = Change(self._new_id(), self._time.now(), label, edits, merge, kind)
        self._apply(change)
        self._remember(change)
        return change

    def undo(self) -> str:
        """Undo the last change; return its label, or an empty text if there is none.

        Raises:
            UndoRefused: if what it changed has been changed again since; it can then never be undone.
        """
        return self._revert(ChangeKind.UNDO)

    def redo(self) -> str:
        """Redo the last change undone; return its label, or an empty text if there is none.

        Raises:
            UndoRefused: as for undo.
        """
        return self._revert(ChangeKind.REDO)

    def apply_remote(self, edits: Iterable[Edit]) -> list[str]:
        """Apply what other sessions changed, except to fields that were changed here since.

        Returns a sentence for each conflict: a field changed here before that now has their value, which
        undo sets back, and a record deleted here that they kept.
        """
        conflicts = self._remote.apply(edits, self._new_id, self._time.now())
        restoring = [conflict.restore for conflict in conflicts if conflict.restore is not None]
        if restoring:
            self._recent.of(ChangeKind.UNDO).push(*restoring)
        return [conflict.sentence for conflict in conflicts]

    def last_size(self, kind: ChangeKind) -> int:
        """Return how many records the next undo or redo, as `kind` says, changes."""
        return self._stacks.of(kind).size_of_last

    def _revert(self, kind: ChangeKind) -> str:
        steps = self.revert_in_steps(kind, sys.maxsize)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                return str(end.value)

    def revert_in_steps(self, kind: ChangeKind, at_once: int) -> Generator[int, None, str]:
        """Undo or redo, as `kind` says, in steps of `at_once` records; the generator returns the label.

        The first steps compare the records with what the change made of them, the others change them, after
        it was handed to the writer as a whole. Other changes may be made in between. Raises as `undo`.
        """
        if self.read_only:
            raise UndoRefused(f"Nothing is changed: {self.read_only}")
        change = self._stacks.of(kind).pop()
        if change is None:
            return ""
        backwards = inverse(change.edits)
        fitted: list[Edit] = []
        state: object = None
        while len(fitted) < len(backwards) or state != self._store.revision(*TABLES.values()):
            # A change made between two steps may have touched what was looked at before.
            if state != (present := self._store.revision(*TABLES.values())):
                fitted, state = [], present
            for edit in backwards[len(fitted) : len(fitted) + at_once]:
                fitted.append(self._reverting(change, in_present_form(edit)))
            if len(backwards) > at_once:
                yield 0
        edits = tuple(fitted)
        deleted = {(edit.table, edit.id) for edit in edits if edit.after is None}
        leaving = deleted | {(edit.table, edit.id) for edit in edits if "contact_id" in (edit.after or {})}
        if any(table == TABLE_OF[Contact] and self._has_records(id_, leaving) for table, id_ in deleted):
            raise UndoRefused(f"Not undone: {change.label}. More was added about this person since")
        if (other := second_started(self._store, edits)) is not None:
            self._stacks.of(kind).push(change)
            contact = self._store.contact(other.contact_id)
            name = contact.name if contact else "someone"
            raise UndoRefused(f"Not yet: {change.label}. The interview with {name} is running")
        reverting = Change(self._new_id(), self._time.now(), change.label, edits, kind=kind)
        self._stacks.note_reverted(reverting)
        self._stacks.of(ChangeKind.REDO if kind is ChangeKind.UNDO else ChangeKind.UNDO).push(reverting)
        if len(edits) <= at_once:
            self._apply(reverting)
        else:
            yield from self._apply_in_steps(reverting, at_once)
        return change.label

    def _reverting(self, change: Change, edit: Edit) -> Edit:
        """Return `edit`, which undoes a part of `change`, for its record as it is now.

        Raises:
            UndoRefused: if the record is not what `change` made it.
        """
        present = self._document(edit)
        if edit.before is None:
            if present is not None:
                raise UndoRefused(f"Not undone: {change.label}. It is there again")
            return edit
        if present is None:
            raise UndoRefused(f"Not undone: {change.label}. It was deleted since")
        made = edit.before
        if edit.after is None and not is_abridged(edit):
            # A field at its default may be left out, and an earlier version may not have had it.
            with suppress(msgspec.ValidationError):
                whole = to_document(from_document(made, TABLES[edit.table]))
                made = dict.fromkeys(present, MISSING) | whole
        moved = [
            name
            for name, value in made.items()
            if name not in INCIDENTAL_FIELDS
            and value_in(present, name) not in (value, self._stacks.incidental_value(edit, name))
        ]
        if moved:
            what = moved[0].partition(".")[0].replace("_", " ")
            raise UndoRefused(f"Not undone: {change.label}. Its {what} was changed again since")
        return edit if edit.after is not None else Edit(edit.table, edit.id, present, None)

    def _has_records(self, contact_id: str, leaving: Set[tuple[str, str]]) -> bool:
        """Return whether records belong to the contact that are not among those `leaving` (table and id)."""
        records = (found for kind in OF_CONTACT for found in self._store.of_contact(kind, contact_id))
        return any((TABLE_OF[type(found)], found.id) not in leaving for found in records)

    def _document(self, edit: Edit) -> dict[str, Any] | None:
        record = self._store.get(TABLES[edit.table], edit.id)
        return None if record is None else to_document(record)

    def _apply(self, change: Change) -> None:
        """Update the store, hand the change to the writer, and only then let the screens repaint."""
        self._store.update(change)
        self._save(change)
        self._remote.remember(change)
        self._store.notify(change)
