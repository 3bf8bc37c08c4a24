"""Going from screen to screen, and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.app import App

from warmcall.domain.records import FollowUp
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.screens.base import TABS, GoTo
from warmcall.screens.call.screen import CallScreen
from warmcall.screens.interview.screen import InterviewScreen
from warmcall.screens.people.person_screen import PersonScreen
from warmcall.services.services import Services
from warmcall.widgets.keys import with_keys

HOME = "Queue"
"""The screen that going back ends at."""


class Navigation:
    """Shows one of the app's screens at a time, and remembers which came before.

    Whatever was typed is handed over with `flush` before the screen changes, and `update_bar` is called
    afterwards; `say` shows a sentence to the user.
    """

    def __init__(
        self,
        app: App[Any],
        services: Services,
        flush: Callable[[], None],
        update_bar: Callable[[], None],
        say: Callable[[str], None],
    ) -> None:
        self._app = app
        self._services = services
        self._flush = flush
        self._update_bar = update_bar
        self._say = say
        self._history: list[str] = []

    async def go_to(self, target: GoTo) -> None:
        """Show the screen of `target`, on the contact or the interview it names."""
        await self._switch(target.tab)
        if self._history[-1:] != [target.tab]:
            self._history.append(target.tab)
        screen = self._app.screen
        if isinstance(screen, CallScreen):
            screen.show(target.contact_id, target.follow_up_id)
        elif isinstance(screen, InterviewScreen):
            screen.show(target.contact_id, target.interview_id)

    async def go_back(self) -> None:
        """Close what covers the screen, else show the screen before it, else say how to quit."""
        if len(self._app.screen_stack) > 1:
            await self._app.pop_screen()
            return
        current = self._app.current_mode
        while self._history and self._history[-1] == current:
            self._history.pop()
        if self._history or current != HOME:
            await self._switch(self._history[-1] if self._history else HOME)
        else:
            self._say(with_keys(self._app, "This is home: {app.quit} quits"))

    def target(self, label: str) -> GoTo:
        """Return where the key of a screen leads.

        Call and Interview open on the contact selected now, if a call or a meeting with them is due.
        """
        if label == self._app.current_mode and len(self._app.screen_stack) == 1:
            self._say(f"This is {label}")
        screen = self._app.screen
        person = screen.person() if isinstance(screen, PersonScreen) else None
        return GoTo(label, person.id if person and self._is_due(label, person.id) else "")

    def neighbour(self, step: int) -> GoTo:
        """Return the screen `step` places after this one, or before it if `step` is negative."""
        labels = [label for _, label in TABS]
        current = self._app.current_mode
        index = labels.index(current) if current in labels else 0
        return GoTo(labels[(index + step) % len(labels)])

    def _is_due(self, label: str, contact_id: str) -> bool:
        """Return whether that contact is to be called or met, so that the screen should open on them."""
        if label == "Call":
            follow_ups = self._services.store.of_contact(FollowUp, contact_id)
            return any(
                follow_up.kind is FollowUpKind.CALL and follow_up.done_at is None for follow_up in follow_ups
            )
        planned = self._services.calling.planned_meeting(contact_id)
        return label == "Interview" and self._services.store.running() is None and planned is not None

    async def _switch(self, label: str) -> None:
        self._flush()
        await self._app.switch_mode(label)
        while len(self._app.screen_stack) > 1 and label != "People":
            await self._app.pop_screen()
        self._update_bar()
