"""A person's page: fields, history, who named them and whom they named."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.domain.records import Contact
from warmcall.presentation import wording
from warmcall.presentation.person import summary
from warmcall.screens.base import CopyText
from warmcall.screens.forms import Values
from warmcall.screens.people.attempts import AttemptsScreen
from warmcall.screens.people.contact_form import contact_form
from warmcall.services.services import Services
from warmcall.widgets.page import Page as Page
from warmcall.widgets.panel import Panel


class PersonPage(AttemptsScreen):
    """One contact, whole."""

    TAB = "People"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "Edit", id="person.edit", tooltip="Change the fields"),
        Binding("l", "log", "Log a call", id="person.log", tooltip="Put down a call made earlier"),
        Binding("h,enter", "attempts", "Attempts", id="person.attempts", tooltip="Edit or delete past ones"),
        Binding("d", "delete", "Delete", show=False, id="person.delete", tooltip="Delete this person"),
        Binding("Y", "copy", "Copy", id="person.copy", tooltip="Copy name, work, phone and email"),
        Binding("q", "back", "Back", id="person.back", tooltip="To the list"),
    ]

    def __init__(self, services: Services, contact_id: str) -> None:
        super().__init__(services)
        self._contact_id = contact_id

    def body(self) -> ComposeResult:
        """Lay out the page."""
        with Page(id="page"):
            yield Panel(id="person")

    def person(self) -> Contact | None:
        """Return the contact of the page."""
        return self.services.store.contact(self._contact_id)

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        if action == "delete" and self.in_an_interview():
            return self.with_keys("The interview with them is running: {during.end} ends it first")
        return super().disabled_reason(action)

    def reload(self) -> None:
        """Show the person as they are now; leave the page if they are gone."""
        person = self.person()
        if person is None:
            self.action_back()
            return
        self.query_one("#person", Panel).show(*summary(self.services, person, self.with_keys))

    def action_edit(self) -> None:
        """Ask for the fields, and change them."""
        person = self.person()
        if person:
            edit_contact(self, person)

    def action_delete(self) -> None:
        """Delete the person; the page closes."""
        person = self.person()
        if person and not self.blocked("delete"):
            self.services.address_book.delete(person.id)
            self.say_undoable(f"{person.name} is deleted")

    def action_copy(self) -> None:
        """Copy how to reach the person."""
        person = self.person()
        if person:
            self.post_message(CopyText(reach(person)))


def edit_contact(screen: AttemptsScreen, contact: Contact, first: str = "name") -> None:
    """Show the form of `contact` over `screen`, and change what it gives back."""

    def take(values: Values | None) -> None:
        if values:
            screen.services.address_book.edit(contact.id, values)

    screen.app.push_screen(contact_form(screen.services, contact, first), take)


def reach(contact: Contact) -> str:
    """Return the lines to copy about a contact."""
    return "\n".join(filter(None, [contact.name, wording.work(contact), contact.phone, contact.email]))
