"""The ways a message takes out of the app: the clipboard, the user's own editor, the mail program, a link."""

from __future__ import annotations

from tui.domain.records import Contact
from tui.screens.base import Copy
from tui.screens.mail_address import MailAddressDialog
from tui.screens.message_reason import WithReason
from tui.screens.writing import hand_over, write_in_own_editor
from tui.widgets.letter import Letter


class WithWaysOut(WithReason):
    """A dialog over one follow-up, whose message can be handed on."""

    def action_copy(self) -> None:
        """Copy subject and text."""
        self.post_message(Copy(self.letter.whole))

    def action_own_editor(self) -> None:
        """Write the text in the user's own editor."""
        if not self.refuses("own_editor"):
            write_in_own_editor(self, self.letter)

    def action_mail(self) -> None:
        """Hand it to the mail program, or write a draft; only the user knows when it is sent."""
        contact = self._contact()
        if not self.refuses("mail") and contact is not None:
            self.say(hand_over(self, contact, self.letter.subject, self.letter.text))

    def action_mail_address(self) -> None:
        """Show the mailto: address of what is written."""
        contact = self._contact()
        if not self.refuses("mail_address") and contact is not None:
            self.flush()
            letter = self.letter
            self.app.push_screen(MailAddressDialog(self.desk, contact, letter.subject, letter.text))

    def _contact(self) -> Contact | None:
        one = self.follow_up()
        return self.desk.book.contact(one.contact_id) if one else None

    @property
    def letter(self) -> Letter:
        """The text, and its subject."""
        return self.query_one("#letter", Letter)
