"""Going from screen to screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.app import App

from warmcall.screens.base import TABS, GoTo, TabScreen
from warmcall.services.services import Services

HOME = "Queue"
"""The screen the app begins with."""

_WITH_PAGES = ("People", "Progress")
"""The screens that keep the pages open over them while another screen is shown."""


def new_screen(label: str, services: Services, target: GoTo | None = None) -> TabScreen:
    """Return the screen of that label, new; it is imported here, so that none is before its first visit.

    `target` is why it is opened: it then begins with what is shown there.
    """
    match label:
        case "Queue":
            from warmcall.screens.queue.screen import QueueScreen

            return QueueScreen(services)
        case "People":
            from warmcall.screens.people.screen import PeopleScreen

            return PeopleScreen(services)
        case "Call":
            from warmcall.screens.call.screen import CallScreen

            return CallScreen(services)
        case "Interview":
            from warmcall.screens.interview.screen import InterviewScreen

            if target is None:
                return InterviewScreen(services)
            return InterviewScreen(services, target.contact_id, target.interview_id)
        case "Progress":
            from warmcall.screens.progress.screen import ProgressScreen

            return ProgressScreen(services)
        case "Target":
            from warmcall.screens.profile.screen import TargetScreen

            return TargetScreen(services)
        case _:
            raise ValueError(label)


class Navigation:
    """Shows one of the app's screens at a time.

    Whatever was typed is handed over with `flush` before the screen changes, and `update_bar` is called
    afterwards.
    """

    def __init__(
        self, app: App[Any], services: Services, flush: Callable[[], None], update_bar: Callable[[], None]
    ) -> None:
        self._app = app
        self._services = services
        self._flush = flush
        self._update_bar = update_bar
        self._target: GoTo | None = None

    def new_screen(self, label: str) -> TabScreen:
        """Return the screen of that label, new, as it is first visited."""
        return new_screen(label, self._services, self._target)

    async def go_to(self, target: GoTo) -> None:
        """Show the screen of `target`, on the contact or the interview it names."""
        self._target = target
        await self._switch(target.tab)
        has_page = target.tab == "People" and target.contact_id
        if has_page:
            await self.go_back()
        screen = self._app.screen
        if isinstance(screen, TabScreen):
            screen.go_to(target)
        if has_page:
            await self._open_page(target.contact_id)

    async def _open_page(self, contact_id: str) -> None:
        """Open the page of a contact over the list."""
        from warmcall.screens.people.person_page import PersonPage

        await self._app.push_screen(PersonPage(self._services, contact_id))

    async def go_back(self) -> None:
        """Close what covers the screen, if anything does."""
        if len(self._app.screen_stack) > 1:
            await self._app.pop_screen()

    def target(self, label: str) -> GoTo:
        """Return where the key of a screen leads.

        Call and Interview keep the person in view; but while an interview runs, Interview is that one.
        Pressed on its own screen, the key changes nothing.
        """
        running = self._services.store.running()
        if label == "Interview" and running is not None:
            return GoTo(label, running.contact_id, running.id)
        screen = self._app.screen
        if label == self._app.current_mode or not isinstance(screen, TabScreen):
            return GoTo(label)
        return GoTo(label, screen.in_view() if label in ("Call", "Interview") else "")

    def neighbour(self, step: int) -> GoTo:
        """Return the screen `step` places after this one, or before it if `step` is negative."""
        labels = [label for _, label in TABS]
        current = self._app.current_mode
        index = labels.index(current) if current in labels else 0
        return self.target(labels[(index + step) % len(labels)])

    async def _switch(self, label: str) -> None:
        self._flush()
        await self._app.switch_mode(label)
        while len(self._app.screen_stack) > 1 and label not in _WITH_PAGES:
            await self._app.pop_screen()
        self._update_bar()
