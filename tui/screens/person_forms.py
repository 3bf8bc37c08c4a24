"""The form of a contact, and the short form of somebody just named."""

from __future__ import annotations

from collections.abc import Sequence

from tui.domain.records import Contact
from tui.domain.vocabulary import ContactKind, Source
from tui.screens.forms import FormDialog
from tui.services.desk import Desk
from tui.widgets.form import Field
from tui.widgets.wording import KIND, SOURCE

KIND_CHOICES = tuple((one.value, f"{one.replace('_', ' ')}: {KIND[one]}") for one in ContactKind)
SOURCE_CHOICES = tuple((one.value, SOURCE[one]) for one in Source)


def contact_form(
    desk: Desk, contact: Contact | None = None, first: str = "name", only: Sequence[str] = ()
) -> FormDialog:
    """Return the form of `contact`, or of a new one, beginning in `first`; with `only`, of those fields."""
    people = sorted(desk.book.all(Contact), key=lambda one: one.name.casefold())
    referrers = tuple((one.id, one.name) for one in people if contact is None or one.id != contact.id)
    fields: tuple[Field, ...] = (
        Field("name", "Name"),
        Field("kind", "Who they are", choices=KIND_CHOICES),
        Field("organization", "Organization"),
        Field("title", "Title"),
        Field("phone", "Phone", "+1 312 555 0142"),
        Field("email", "Email"),
        Field("zone", "Their zone", "America/Chicago, if you know it"),
        Field("source", "Name came from", choices=SOURCE_CHOICES),
        Field("referrer_id", "Who referred", choices=(("", "nobody"), *referrers)),
        Field("notes", "Notes", lines=3),
    )
    fields = tuple(field for field in fields if not only or field.name in only)
    values = {"kind": ContactKind.PRACTITIONER.value, "source": Source.OTHER.value}
    if contact is not None:
        values = {field.name: str(getattr(contact, field.name)) for field in fields}
    title = f"Edit {contact.name}" if contact else "A new contact"
    about = contact.id if contact else ""
    return FormDialog(desk, title, fields, values, desk.address_book.problems, first=first, about=about)


def referral_form(desk: Desk, by: Contact) -> FormDialog:
    """Return the short form of a person whom `by` has just named."""
    fields = (
        Field("name", "Name"),
        Field("kind", "Who they are", choices=KIND_CHOICES),
        Field("organization", "Organization"),
        Field("phone", "Phone"),
        Field("notes", "Why them", "what they said, and whether you may use their name"),
    )
    return FormDialog(
        desk, f"Named by {by.name}", fields, {"kind": ContactKind.PRACTITIONER.value},
        desk.address_book.problems, intro="Their call goes into the queue. The rest can wait.",
    )  # fmt: skip
