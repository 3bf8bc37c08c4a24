"""Nothing is owed to somebody any more: the notice of the change says so, and a key plans the next step."""

from __future__ import annotations

from typing import Any

from textual.app import App

from warmcall.domain.change import Change
from warmcall.presentation import queue as words
from warmcall.services.services import Services
from warmcall.widgets.keys import key_display_of, with_keys


class NothingOwed:
    """Remembers whom the last change left with nothing owed to them, until something is."""

    def __init__(self, app: App[Any], services: Services) -> None:
        self._app = app
        self._services = services
        self._left: tuple[str, ...] = ()
        self._unsaid = False

    def check(self, change: Change) -> None:
        """Find whom `change` left so; to be called after every change."""
        left = self._services.next_steps.left_without(change)
        if left:
            self._left = tuple(contact.id for contact in left)
            self._unsaid = True
            self._app.call_later(self._say)

    def added_to(self, notice: str) -> str:
        """Return `notice`, which is shown next, with what is still to be said of the change it is about."""
        unsaid = self._words() if self._unsaid else ""
        self._unsaid = False
        return ". ".join(filter(None, [notice, unsaid]))

    def disabled_reason(self) -> str:
        """Return why no next step can be planned; empty if one can."""
        return "" if self._still_left() else "The last change left nobody without a next step"

    def plan_next_steps(self) -> str:
        """Plan the next step with each of them; return what was planned."""
        steps = self._services.next_steps.plan(self._still_left())
        self._left = ()
        return words.planned_steps(self._services, steps)

    def _say(self) -> None:
        """Say it, unless the notice of the change has said it by now."""
        if unsaid := self.added_to(""):
            undo = with_keys(self._app, "{app.undo} undoes the change")
            self._app.notify(f"{unsaid}. {undo}")

    def _words(self) -> str:
        contacts = (self._services.store.contact(id_) for id_ in self._still_left())
        names = [contact.name for contact in contacts if contact is not None]
        key = key_display_of(self._app, "app.next_step")
        return words.nothing_owed(names, key) if names else ""

    def _still_left(self) -> list[str]:
        return [id_ for id_ in self._left if self._services.next_steps.nothing_owed(id_)]
