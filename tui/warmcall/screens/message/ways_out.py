"""The ways a message takes out of the app: the clipboard, the user's own editor, the mail program, a link."""

from __future__ import annotations

from warmcall.domain.records import Contact
from warmcall.screens.base import CopyText
from warmcall.screens.message.mail_link import MailAddressDialog
from warmcall.screens.message.reason import WithReason
from warmcall.widgets.message_editor import MessageEditor


class WithWaysOut(WithReason):
    """A dialog over one follow-up, whose message can be handed on."""

    def action_copy(self) -> None:
        """Copy subject and text."""
        self.post_message(CopyText(self.letter.full_text))

    def action_own_editor(self) -> None:
        """Write the text in the user's own editor."""
        if not self.blocked("own_editor"):
            self.external.edit(self.letter)

    def action_mail(self) -> None:
        """Hand it to the mail program, or write a draft; only the user knows when it is sent."""
        contact = self._contact()
        if not self.blocked("mail") and contact is not None:
            self.external.mail(self.services, contact, self.letter.subject, self.letter.text)

    def action_mail_address(self) -> None:
        """Show the mailto: address of what is written."""
        contact = self._contact()
        if not self.blocked("mail_address") and contact is not None:
            self.flush()
            letter = self.letter
            self.app.push_screen(MailAddressDialog(self.services, contact, letter.subject, letter.text))

    def _contact(self) -> Contact | None:
        follow_up = self.follow_up()
        return self.services.store.contact(follow_up.contact_id) if follow_up else None

    @property
    def letter(self) -> MessageEditor:
        """The text, and its subject."""
        return self.query_one("#letter", MessageEditor)
