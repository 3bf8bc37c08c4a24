"""Filling the gaps of a script without leaving the call."""

from __future__ import annotations

from collections.abc import Sequence

from warmcall.domain.records import Contact
from warmcall.screens.base import View
from warmcall.screens.forms import FormDialog, Values
from warmcall.screens.people.contact_form import contact_form
from warmcall.screens.profile.profile_form import profile_form

_FIELD_OF = {
    "first_name": "name",
    "a_role": "role",
    "connection": "source",
    "referrer": "referrer_id",
    "referrer_first_name": "referrer_id",
}
"""The form field that fills a placeholder, where their names differ."""


def fill_gaps(screen: View, person: Contact, gaps: Sequence[str]) -> None:
    """Ask over `screen` for the values of `gaps`, placeholders without one, and save them.

    A form is either of the contact or of the user's profile; the first gap decides which.
    """
    services = screen.services
    of_contact = gaps[0].startswith("contact.")
    fields = list(dict.fromkeys(_field(gap) for gap in gaps if gap.startswith("contact.") is of_contact))

    def save(values: Values | None) -> None:
        if values and of_contact:
            services.address_book.edit(person.id, values)
        elif values:
            services.profile_editing.save(values)

    form: FormDialog
    if of_contact:
        form = contact_form(services, person, fields[0], only=fields)
    else:
        form = profile_form(services, fields[0], only=fields)
    screen.app.push_screen(form, save)


def _field(placeholder: str) -> str:
    """Return the form field for a placeholder such as "contact.first_name"."""
    name = placeholder.partition(".")[2]
    return _FIELD_OF.get(name, name)
