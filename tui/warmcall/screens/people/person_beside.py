"""The person under the cursor, beside a list where there is room."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult

from warmcall.domain.records import Contact, PoolPerson
from warmcall.domain.sanitize import one_line
from warmcall.services.services import Services
from warmcall.widgets.page import Page
from warmcall.widgets.panel import Panel
from warmcall.widgets.text_width import NAME_CELLS, truncate
from warmcall.widgets.titled_pane import show_title


class PersonBeside(Page):
    """Shows what to know of a person under their name; nothing is worked out while it is not displayed."""

    def __init__(self, services: Services, with_keys: Callable[[str], str], id: str) -> None:
        """Make an empty pane; `with_keys` puts the user's keys in the place of their ids in a text."""
        super().__init__(id=id)
        self._services = services
        self._with_keys = with_keys
        self._shown = ("", "")

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        yield Panel()

    def on_focus(self) -> None:
        """Show that the keys go here."""
        show_title(self, self._shown[1], has_focus=True)

    def on_blur(self) -> None:
        """Show that the keys go elsewhere."""
        show_title(self, self._shown[1], has_focus=False)

    def show_person(self, person: Contact | PoolPerson | None) -> None:
        """Show a person, from the top if it is another one; nothing without one."""
        if not self.display:
            return
        from warmcall.presentation.person import summary
        from warmcall.presentation.pool import pool_summary

        shown = (person.id, truncate(one_line(person.name), NAME_CELLS)) if person else ("", "")
        if shown != self._shown:
            if shown[0] != self._shown[0]:
                self.scroll_home(animate=False)
            self._shown = shown
            show_title(self, shown[1], self.has_focus)
        services, keys = self._services, self._with_keys
        if isinstance(person, PoolPerson):
            self.show(*pool_summary(services, person, keys))
        else:
            self.show(*(summary(services, person, keys) if person else []))
