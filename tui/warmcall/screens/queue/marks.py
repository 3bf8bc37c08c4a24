"""Marks in the queue: several rows, on which one key acts as on one."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from warmcall.domain.records import FollowUp
from warmcall.screens.queue.queue_list import QueueList
from warmcall.services.services import Services


class MarkedQueue(QueueList):
    """The list of the queue, where rows can be marked; the marks last until they are acted on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", "Mark", id="queue.mark",
                tooltip="Mark it and go on; what is done next is done to all marked"),
    ]  # fmt: skip
    ON_MARKED: ClassVar[tuple[str, ...]] = ("done", "snooze", "delete", "copy")
    """The actions that act on all marked rows."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._marked: dict[str, None] = {}

    def targets(self) -> list[FollowUp]:
        """Return what a key acts on: the follow-ups marked, else the one under the cursor."""
        found = (self.services.store.get(FollowUp, id_) for id_ in self._marked)
        marked = [follow_up for follow_up in found if follow_up is not None]
        chosen = self.chosen()
        return marked or ([chosen] if chosen else [])

    def reload(self) -> None:
        """Show the queue as it is now; what has left it is marked no more."""
        if self._marked:
            found = ((id_, self.services.store.get(FollowUp, id_)) for id_ in self._marked)
            self._show_marks(
                {id_: None for id_, follow_up in found if follow_up is not None and follow_up.done_at is None}
            )
        super().reload()

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        if action == "mark" and self.chosen() is None and self.folded_here() is None:
            return self.nothing_here
        return super().disabled_reason(action)

    def label_of(self, action: str) -> str:
        """Return what a key does while rows are marked."""
        if not self._marked:
            return ""
        if action == "back":
            return "Unmark all"
        for binding in type(self).BINDINGS:
            if isinstance(binding, Binding) and binding.action == action and action in self.ON_MARKED:
                first = action == self.ON_MARKED[0]
                return f"{binding.description} {len(self._marked)}{' marked' if first else ''}"
        return ""

    def action_mark(self) -> None:
        """Mark the row and go on, or take its mark off; on a folded section, do so with all that is in it."""
        if self.blocked("mark"):
            return
        section = self.folded_here()
        ids = [self.rows.key] if section is None else self.ids_in(section)
        if all(id_ in self._marked for id_ in ids):
            self._show_marks({id_: None for id_ in self._marked if id_ not in ids})
        else:
            self._show_marks(self._marked | dict.fromkeys(ids))
        self.rows.action_move(1)

    def unmark(self) -> None:
        """Take all marks off."""
        self._show_marks({})

    def action_back(self) -> None:
        """Take the marks off first; then clear the filter, or go back."""
        if self._marked and self.focused is self.rows:
            self.unmark()
        else:
            super().action_back()

    def _show_marks(self, marked: dict[str, None]) -> None:
        self._marked = marked
        self.rows.mark(frozenset(marked))
        self.refresh_bindings()
