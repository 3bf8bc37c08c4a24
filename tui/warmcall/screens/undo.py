"""Undo and redo, each with what to say of it."""

from __future__ import annotations

from collections.abc import Generator

import msgspec

from warmcall.domain.change import ChangeKind
from warmcall.services.history import History, UndoRefused


class Direction(msgspec.Struct, frozen=True):
    """Undo or redo: what is said when it is done, while it is under way, and if there is nothing to do."""

    kind: ChangeKind
    done: str
    under_way: str
    nothing: str

    def size(self, history: History) -> int:
        """Return how many records it would change now."""
        return history.last_size(self.kind)

    def revert(self, history: History) -> str:
        """Do it; return what to say: which change it was, or why nothing was done."""
        try:
            return self._words(history.undo() if self.kind is ChangeKind.UNDO else history.redo())
        except UndoRefused as refused:
            return str(refused)

    def revert_in_steps(self, history: History, at_once: int) -> Generator[int, None, str]:
        """Do it in steps of `at_once` records; the generator returns what `revert` does."""
        try:
            return self._words((yield from history.revert_in_steps(self.kind, at_once)))
        except UndoRefused as refused:
            return str(refused)

    def _words(self, label: str) -> str:
        return f"{self.done}: {label}" if label else self.nothing


UNDO = Direction(ChangeKind.UNDO, "Undone", "undoing…", "Nothing to undo")
REDO = Direction(ChangeKind.REDO, "Done again", "doing it again…", "Nothing to redo")
