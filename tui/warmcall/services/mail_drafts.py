"""Letters as mail drafts: to whom, from whom, and whether they are ready to be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warmcall.domain.records import Contact
from warmcall.domain.sanitize import one_line

if TYPE_CHECKING:
    from warmcall.formats.mail import MailDraft
    from warmcall.services.services import Services


class NotReady(ValueError):
    """A letter cannot be sent as it is; the text says why, and what to do."""


def mail_draft(services: Services, contact: Contact, subject: str, body: str, unique: str = "") -> MailDraft:
    """Return a letter to `contact` as a draft, from the user if they gave an address that can be one.

    `unique` becomes a part of its message id, if it is given and the address is known; otherwise the mail
    program makes one.
    """
    from warmcall.formats.mail import MailDraft

    profile = services.store.profile
    sender = profile.email.strip() if profile and not address_problem(profile.email) else ""
    domain = sender.rpartition("@")[2] if sender.isascii() else ""
    return MailDraft(
        contact.email,
        subject,
        body,
        to_name=contact.name,
        from_name=profile.name if profile else "",
        from_address=sender,
        date=services.time.now(),
        message_id=f"<{unique}@{domain}>" if unique and domain else "",
    )


def ready_mail_draft(
    services: Services, contact: Contact, subject: str, body: str, unique: str = ""
) -> MailDraft:
    """Return a letter as `mail_draft` does, for a folder from which it may be sent as it is.

    Raises:
        NotReady: if it has nothing in it or a gap, or there is no address to send it to.
    """
    from warmcall.domain.templates import first_gap  # the app has its first frame without this module

    name = one_line(contact.name)
    if not contact.email.strip():
        raise NotReady(f"no email of {name} is known: add it with warmcall edit, or in People")
    if problem := address_problem(contact.email):
        raise NotReady(f"“{one_line(contact.email)}”, the email of {name}, is not one: {problem}")
    if not body.strip():
        raise NotReady(f"there is nothing in the letter to {name} yet: write it first")
    if gap := first_gap(subject) or first_gap(body):
        shown = " ".join(one_line(gap).split())
        raise NotReady(f"the letter to {name} has a gap, {shown}: fill it in your own words first")
    return mail_draft(services, contact, subject, body, unique)


def address_problem(text: str) -> str:
    """Return why `text` is not an address that can be mailed to; empty if it is."""
    from warmcall.formats.mail import checked_address

    try:
        checked_address(text)
    except ValueError as error:
        return str(error)
    return ""
