"""Filling what is missing in a script without leaving the call."""

from __future__ import annotations

from collections.abc import Sequence

from tui.domain.records import Contact
from tui.screens.forms import FormDialog, Values
from tui.screens.person_forms import contact_form
from tui.screens.profile_forms import profile_form
from tui.screens.speaking import Speaking

_FIELD_OF = {
    "first_name": "name",
    "a_role": "role",
    "connection": "source",
    "referrer": "referrer_id",
    "referrer_first_name": "referrer_id",
}
"""The form field that fills a placeholder, where their names differ."""


def fill_gaps(screen: Speaking, person: Contact, gaps: Sequence[str]) -> None:
    """Ask for what is missing, the first gap deciding whether of the contact or of the user, and save it."""
    desk = screen.desk
    of_contact = gaps[0].startswith("contact.")
    alike = [gap for gap in gaps if gap.startswith("contact.") is of_contact]
    missing = list(dict.fromkeys(_field(gap) for gap in alike))

    def take(values: Values | None) -> None:
        if values and of_contact:
            desk.address_book.edit(person.id, values)
        elif values:
            desk.targeting.save(values)

    form: FormDialog
    if of_contact:
        form = contact_form(desk, person, missing[0], only=missing)
    else:
        form = profile_form(desk, missing[0], only=missing)
    screen.app.push_screen(form, take)


def _field(gap: str) -> str:
    name = gap.partition(".")[2]
    return _FIELD_OF.get(name, name)
