"""Marks in the queue: several rows, on which one key acts as on one."""

from __future__ import annotations

from collections.abc import Callable, Collection

from warmcall.domain.records import FollowUp
from warmcall.domain.store import Store


class Marks:
    """The ids of the marked follow-ups, in the order in which they were marked.

    `on_change` is called with the ids whenever they have changed, so that the list shows them.
    """

    def __init__(self, store: Store, on_change: Callable[[frozenset[str]], None]) -> None:
        self._store = store
        self._on_change = on_change
        self._ids: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self._ids)

    def toggle(self, ids: Collection[str]) -> None:
        """Mark all of `ids`; if all of them are marked already, unmark them."""
        if all(id_ in self._ids for id_ in ids):
            self._set(tuple(id_ for id_ in self._ids if id_ not in ids))
        else:
            self._set(tuple(dict.fromkeys((*self._ids, *ids))))

    def clear(self) -> None:
        """Unmark everything."""
        self._set(())

    def prune(self) -> None:
        """Unmark what is done or deleted by now."""
        if self._ids:
            self._set(tuple(follow_up.id for follow_up in self._marked() if follow_up.done_at is None))

    def targets(self, selected: FollowUp | None) -> list[FollowUp]:
        """Return what a key acts on: the marked follow-ups, or the one selected if there are none."""
        return self._marked() or ([selected] if selected else [])

    def _marked(self) -> list[FollowUp]:
        found = (self._store.get(FollowUp, id_) for id_ in self._ids)
        return [follow_up for follow_up in found if follow_up is not None]

    def _set(self, ids: tuple[str, ...]) -> None:
        self._ids = ids
        self._on_change(frozenset(ids))
