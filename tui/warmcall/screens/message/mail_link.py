"""The mailto: address of a draft, shown to be copied."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.domain.records import Contact
from warmcall.screens.base import CopyText
from warmcall.screens.dialog import Dialog
from warmcall.services.services import Services
from warmcall.widgets.page import Page
from warmcall.widgets.panel import Panel


class MailAddressDialog(Dialog[None]):
    """Shows the address whole, however long it is."""

    TITLE_WORDS = "Mail link"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("Y", "copy", "Copy", id="mail_address.copy", tooltip="Copy the address"),
        Binding("escape,q", "leave", "Close", id="dialog.leave", tooltip="Back to the text"),
    ]

    def __init__(self, services: Services, contact: Contact, subject: str, body: str) -> None:
        """Make the address of a mail to `contact`, whose email is one."""
        super().__init__(services)
        from warmcall.formats.mail import MAILTO_SURE, mailto

        self._address = mailto(contact.email, subject, body)
        length = f"{len(self._address):,} characters"
        safer = "{message.mail} or {message.copy} on the text is safer"
        long = f"{length}: some programs cut a link after {MAILTO_SURE:,}, so {safer}"
        self._said = long if len(self._address) > MAILTO_SURE else f"{length}, which every program takes"

    def body(self) -> ComposeResult:
        """Lay out what is to be said of it, and the address."""
        yield Panel(self.with_keys(self._said), id="mail-length")
        with Page(id="mail-page"):
            yield Panel(self._address, id="mail-address")

    def action_copy(self) -> None:
        """Copy the address."""
        self.post_message(CopyText(self._address))
