"""Undo and redo, each with what to say of it."""

from __future__ import annotations

from collections.abc import Callable

from warmcall.services.history import History, UndoRefused


def undo(history: History) -> str:
    """Undo the last change; return what to say: which it was, or why nothing was undone."""
    return _message(history.undo, "Undone", "Nothing to undo")


def redo(history: History) -> str:
    """Make the last change undone again; return what to say: which it was, or why nothing was made."""
    return _message(history.redo, "Done again", "Nothing to redo")


def _message(move: Callable[[], str], done: str, nothing: str) -> str:
    try:
        label = move()
    except UndoRefused as refused:
        return str(refused)
    return f"{done}: {label}" if label else nothing
