"""What is known of the person being called, in a dialog over the script."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.domain.records import Contact
from warmcall.presentation.call import call_facts
from warmcall.screens.dialog import Dialog
from warmcall.services.services import Services
from warmcall.widgets.page import Page
from warmcall.widgets.panel import Panel


class FactsDialog(Dialog[None]):
    """Shows attempts, notes, colleagues and research over the script, which may have no room for them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("B,q,escape", "leave", "Back to the call", id="dialog.leave"),
    ]

    def __init__(self, services: Services, person: Contact) -> None:
        super().__init__(services)
        self._person = person

    @property
    def title_words(self) -> str:
        """Whom the facts are about."""
        return f"What is known about {self._person.name}"

    def body(self) -> ComposeResult:
        """Lay out the facts."""
        with Page(id="page"):
            yield Panel(*call_facts(self.services, self._person))
