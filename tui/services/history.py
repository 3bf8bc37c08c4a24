"""The history: the one way a change reaches the book and the writer, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from tui.domain.book import Book
from tui.domain.change import Change, Edit, edit_of, inverse
from tui.domain.records import AnyRecord, replace
from tui.services.clock import Timekeeper

KEPT = 100
"""How many changes can be taken back."""


class History:
    """Commits changes, and undoes and redoes the last ones of this run."""

    def __init__(
        self, book: Book, time: Timekeeper, save: Callable[[Change], None], new_id: Callable[[], str]
    ) -> None:
        self._book = book
        self._time = time
        self._save = save
        self._new_id = new_id
        self._done: list[tuple[Change, str]] = []
        self._undone: list[tuple[Change, str]] = []

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
        """Make `records` what they now are and take `removed` out, as one change.

        A change with the same `merge` as the one before it is undone together with it; one that is
        not `undoable`, such as which question the eye is on, is passed over by undo. Returns None if
        nothing would differ.
        """
        now = self._time.now()
        edits: list[Edit] = []
        for record in records:
            present = self._book.get(type(record), record.id)
            if present is not None and edit_of(present, record) is None:
                continue
            edit = edit_of(present, replace(record, changed_at=now))
            edits.extend([edit] if edit else [])
        edits.extend(edit for one in removed if (edit := edit_of(one, None)))
        if not edits:
            return None
        change = Change(self._new_id(), now, label, tuple(edits))
        self._take(change)
        if not undoable:
            return change
        self._undone.clear()
        if merge and self._done and self._done[-1][1] == merge:
            before = self._done.pop()[0]
            change = Change(change.id, now, label, before.edits + change.edits)
        self._done = [*self._done[-KEPT + 1 :], (change, merge)]
        return change

    def undo(self) -> str:
        """Take the last change back; return its label, or an empty text if there is none."""
        return self._move(self._done, self._undone)

    def redo(self) -> str:
        """Make the last change taken back again; return its label, or an empty text if there is none."""
        return self._move(self._undone, self._done)

    def _move(self, source: list[tuple[Change, str]], to: list[tuple[Change, str]]) -> str:
        if not source:
            return ""
        change, _ = source.pop()
        back = Change(self._new_id(), self._time.now(), change.label, inverse(change.edits))
        self._take(back)
        to.append((back, ""))
        return change.label

    def _take(self, change: Change) -> None:
        self._book.take(change)
        self._save(change)
        self._book.tell(change)
