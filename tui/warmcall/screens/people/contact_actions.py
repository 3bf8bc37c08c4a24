"""What People and a person's page do with a contact: edit, delete, copy, and the attempts at them."""

from __future__ import annotations

from collections.abc import Callable

from textual.binding import Binding

from warmcall.domain.records import Contact
from warmcall.presentation import wording
from warmcall.screens.base import CopyText
from warmcall.screens.forms import Values
from warmcall.screens.people import merging
from warmcall.screens.people.attempt_form import AttemptForm
from warmcall.screens.people.attempts import AttemptsDialog
from warmcall.screens.people.contact_form import contact_form
from warmcall.screens.people.person_screen import PersonScreen

_ACTIONS = ("edit", "delete", "copy", "choose", "log", "attempts", "own_editor", "merge", "take_apart")

OWN_EDITOR_KEY = Binding(
    "V", "own_editor", "Own editor", show=False, id="person.own_editor",
    tooltip="Write the notes about this person in your editor: $EDITOR, nano or vi",
)  # fmt: skip
"""The key of the screens on which the notes about a person are shown."""


class ContactActions:
    """Acts on the contact in view of `screen`; a key that cannot act says why.

    `select` is called with the id of the contact to be in view once they were merged with another person.
    """

    def __init__(self, screen: PersonScreen, select: Callable[[str], None] = lambda _id: None) -> None:
        self._screen = screen
        self._select = select
        self._services = screen.services

    def disabled_reason(self, action: str) -> str:
        """Return why an action cannot be done now; empty if it can, or is not one of these."""
        contact, going = self._screen.person(), self._services.store.going()
        if action in _ACTIONS and contact is None:
            return self._screen.with_keys("Nobody is chosen: {people.add} adds someone")
        if action == "delete" and contact and any(talk.contact_id == contact.id for talk in going):
            return self._screen.with_keys("The interview with them is running: {during.end} ends it first")
        if contact and (reason := merging.disabled_reason(self._screen, action, contact)):
            return reason
        return self._screen.external.editor_disabled_reason() if action == "own_editor" else ""

    def edit(self) -> None:
        """Ask for the fields of the contact, and save them."""
        contact = self._contact("edit")
        if contact is None:
            return

        def save(values: Values | None) -> None:
            if values:
                self._services.address_book.edit(contact.id, values)

        self._screen.app.push_screen(contact_form(self._services, contact), save)

    def delete(self) -> None:
        """Delete the contact."""
        contact = self._contact("delete")
        if contact:
            self._services.address_book.delete(contact.id)
            self._screen.say_undoable(f"{contact.name} is deleted")

    def copy(self) -> None:
        """Copy the name, work, phone and email of the contact."""
        contact = self._contact("copy")
        if contact:
            lines = (contact.name, wording.work(contact), contact.phone, contact.email)
            self._screen.post_message(CopyText("\n".join(filter(None, lines))))

    def own_editor(self) -> None:
        """Have the notes about the contact written in the user's own editor."""
        contact = self._contact("own_editor")
        if contact:
            book = self._services.address_book
            self._screen.external.edit_text(
                contact.notes, lambda text: book.edit(contact.id, {"notes": text.strip()})
            )

    def merge(self) -> None:
        """Ask who else the contact is, and show both side by side."""
        contact = self._contact("merge")
        if contact:
            merging.merge(self._screen, contact, self._select)

    def take_apart(self) -> None:
        """Give back whoever was merged into the contact last."""
        contact = self._contact("take_apart")
        if contact:
            merging.take_apart(self._screen, contact)

    def log_attempt(self) -> None:
        """Ask for an attempt made earlier, and record it."""
        contact = self._contact("log")
        if contact:
            self._screen.app.push_screen(AttemptForm(self._services, contact))

    def list_attempts(self) -> None:
        """List the attempts at the contact."""
        contact = self._contact("attempts")
        if contact:
            self._screen.app.push_screen(AttemptsDialog(self._services, contact))

    def _contact(self, action: str) -> Contact | None:
        """Return the contact to act on; None if the action cannot be done, which is said."""
        return None if self._screen.blocked(action) else self._screen.person()
