"""How a written text leaves the app: by the clipboard, the mail program, or a mailto: link; and its editor.

The screen of the call and the message dialog have the same keys for this.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.domain.records import Contact
from warmcall.screens.base import CopyText, View
from warmcall.screens.dialog import Dialog
from warmcall.services.services import Services
from warmcall.widgets.page import Page
from warmcall.widgets.panel import Panel

if TYPE_CHECKING:
    from warmcall.widgets.message_editor import MessageEditor


class Delivery:
    """Hands on what is in the one `MessageEditor` of a screen.

    The screen keeps the key bindings, with actions named as the methods here, and says in
    `disabled_reason` what else keeps an action from being done.
    """

    def __init__(
        self, screen: View, recipient: Callable[[], Contact | None], gap_key: str = "call.fill"
    ) -> None:
        """Deliver from `screen` to whom `recipient` returns; the key with the id `gap_key` fills gaps."""
        self._screen = screen
        self._recipient = recipient
        self._gap_key = gap_key

    @property
    def _editor(self) -> MessageEditor:
        from warmcall.widgets.message_editor import MessageEditor

        return self._screen.query_one(MessageEditor)

    def disabled_reason(self, action: str) -> str:
        """Return why "own_editor", "mail" or "mail_address" cannot be done now; empty if it can."""
        if action == "own_editor":
            return self._screen.external.editor_disabled_reason()
        if action in ("mail", "mail_address"):
            return self._screen.external.mail_disabled_reason(self._recipient())
        return ""

    def copy(self) -> None:
        """Copy subject and text, with a warning where a gap is still in them."""
        from warmcall.domain.objections import gap_problem

        if gap := gap_problem(self._editor.subject, self._editor.text, self._gap_key):
            self._screen.say(self._screen.with_keys(f"Not ready to send. {gap}"))
        self._screen.post_message(CopyText(self._editor.full_text))

    def own_editor(self) -> None:
        """Have the text written in the user's own editor."""
        if not self._screen.blocked("own_editor"):
            self._screen.external.edit(self._editor)

    def mail(self) -> None:
        """Hand it to the mail program, or write a draft file. Only the user knows whether it was sent."""
        recipient = self._recipient()
        if not self._screen.blocked("mail") and recipient is not None:
            editor = self._editor
            self._screen.external.mail(self._screen.services, recipient, editor.subject, editor.text)

    def mail_address(self) -> None:
        """Show the mailto: link of the text."""
        recipient = self._recipient()
        if not self._screen.blocked("mail_address") and recipient is not None:
            self._screen.flush()
            editor = self._editor
            self._screen.app.push_screen(
                MailAddressDialog(self._screen.services, recipient, editor.subject, editor.text)
            )


class MailAddressDialog(Dialog[None]):
    """Shows a mailto: link whole, however long it is, to be copied."""

    TITLE_WORDS = "Mail link"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("Y", "copy", "Copy", id="mail_address.copy", tooltip="Copy the address"),
        Binding("escape,q", "leave", "Close", id="dialog.leave", tooltip="Back to the text"),
    ]

    def __init__(self, services: Services, recipient: Contact, subject: str, body: str) -> None:
        """Make the link of a mail to `recipient`, whose email address is a valid one."""
        super().__init__(services)
        from warmcall.formats.mail import MAILTO_SURE, mailto

        self._address = mailto(recipient.email, subject, body)
        length = f"{len(self._address):,} characters"
        if len(self._address) > MAILTO_SURE:
            safer = "{message.mail} or {message.copy} on the text is safer"
            self._length = f"{length}: some programs cut a link after {MAILTO_SURE:,}, so {safer}"
        else:
            self._length = f"{length}, which every program accepts"

    def body(self) -> ComposeResult:
        """Lay out the length of the link, and the link."""
        yield Panel(self.with_keys(self._length), id="mail-length")
        with Page(id="mail-page"):
            yield Panel(self._address, id="mail-address")

    def action_copy(self) -> None:
        """Copy the link."""
        self.post_message(CopyText(self._address))
