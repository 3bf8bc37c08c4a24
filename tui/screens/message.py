"""Writing to a contact: the draft, its editor, copying it, and marking it sent."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from tui.domain.filling import has_gap
from tui.domain.message import PURPOSE_OF
from tui.domain.records import Contact, FollowUp
from tui.domain.script import word_count
from tui.screens.base import Copy, Dialog
from tui.screens.writing import hand_over, why_no_editor, why_not_mailed, write_in_own_editor
from tui.services.desk import Desk
from tui.widgets.letter import Letter, remarks
from tui.widgets.panel import Panel
from tui.widgets.wording import FOLLOW_UP_KIND, due


class MessageDialog(Dialog[None]):
    """One message to one contact. Out of the text, letters are keys; Enter goes into the text."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,e", "edit", "Edit", id="message.edit", tooltip="Into the text; Esc comes out again"),
        Binding("Y", "copy", "Copy", id="message.copy", tooltip="Copy subject and text"),
        Binding("s", "sent", "Sent", id="message.sent", tooltip="Mark it sent and keep what you wrote"),
        Binding("m", "mail", "Mail", id="message.mail",
                tooltip="Hand it to your mail program, or write a draft it can open"),
        Binding("V", "own_editor", "Own editor", id="message.own_editor",
                tooltip="Write in your own editor, $VISUAL or $EDITOR"),
        Binding("R", "redraft", "Draft anew", show=False, id="message.redraft",
                tooltip="Throw the text away and draft it again from the template"),
        Binding("escape,q", "leave", "Close", id="dialog.leave", tooltip="Close; the draft is kept"),
    ]  # fmt: skip

    def __init__(self, desk: Desk, follow_up_id: str) -> None:
        super().__init__(desk)
        self._follow_up_id = follow_up_id

    @property
    def title_words(self) -> str:
        """What the message is, and to whom."""
        one, contact = self._follow_up(), self._contact()
        kind = FOLLOW_UP_KIND[one.kind] if one else "message"
        return f"{kind[:1].upper()}{kind[1:]} · {contact.name if contact else ''}"

    def body(self) -> ComposeResult:
        """Lay out to whom, the subject, the text, and what is to be said of it."""
        yield Panel("", id="to")
        yield Letter(id="letter")
        yield Panel("", id="length")

    def on_mount(self) -> None:
        """Show the draft."""
        one = self._follow_up()
        if one is None:
            self.dismiss(None)
            return
        contact = self.desk.book.contact(one.contact_id)
        when = due(one, self.desk.time.now(), self.desk.time.calendar)
        about = one.note if one.kind not in PURPOSE_OF else ""
        reach = contact.email or contact.phone or "no email or phone yet" if contact else ""
        self.query_one("#to", Panel).show(f"to {reach} · due {when}" + (f" · {about}" if about else ""))
        self._show_draft(one)

    def why_not(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        if action == "own_editor":
            return why_no_editor(self)
        if action == "mail" and (reason := why_not_mailed(self._contact())):
            return reason
        if action in ("sent", "mail") and has_gap(self._letter.subject + self._letter.text):
            return "Fill the gaps in ‹ › first: Enter goes into the text"
        return ""

    def on_letter_changed(self) -> None:
        """Say how long it is, and what is to be said of it."""
        one, letter = self._follow_up(), self._letter
        if one is None:
            return
        length = f"{word_count(letter.text)} words"
        self.query_one("#length", Panel).show(length)
        letter.remark(remarks(self.desk.following_up.look_over(one, letter.subject, letter.text)))
        self.refresh_bindings()

    def on_letter_kept(self) -> None:
        """Keep what was written."""
        self.flush()

    def on_letter_left(self) -> None:
        """Come out of the text: letters are keys again."""
        self.flush()
        self.set_focus(None)

    def on_screen_suspend(self) -> None:
        """Lose nothing when another screen comes up."""
        self.flush()

    def flush(self) -> None:
        """Keep what was written, if it differs from what is kept."""
        if self._letter.unsaved:
            self.desk.following_up.keep_draft(self._follow_up_id, *self._letter.taken())

    def action_edit(self) -> None:
        """Go into the text."""
        self._letter.enter()

    def action_copy(self) -> None:
        """Copy subject and text."""
        self.post_message(Copy(self._letter.whole))

    def action_own_editor(self) -> None:
        """Write the text in the user's own editor."""
        if not self.refuses("own_editor"):
            write_in_own_editor(self, self._letter)

    def action_mail(self) -> None:
        """Hand it to the mail program, or write a draft; only the user knows when it is sent."""
        contact = self._contact()
        if not self.refuses("mail") and contact is not None:
            self.say(hand_over(self, contact, self._letter.subject, self._letter.text))

    def action_sent(self) -> None:
        """Mark it sent; what was written is kept with it."""
        written = (self._letter.subject, self._letter.text)
        wrong = self.why_not("sent") or self.desk.following_up.sent(self._follow_up_id, *written)
        if wrong:
            self.say(wrong)
            return
        self._letter.taken()
        self.say("Sent, and kept with the person. u takes it back")
        self.dismiss(None)

    def action_redraft(self) -> None:
        """Draft it again from the template."""
        self._letter.taken()
        self.desk.following_up.keep_draft(self._follow_up_id, "", "")
        one = self._follow_up()
        if one is not None:
            self._show_draft(one)

    def action_leave(self) -> None:
        """Come out of the subject or the text; else close, keeping the draft."""
        self.flush()
        if self.focused is not None:
            self.set_focus(None)
        else:
            self.dismiss(None)

    def _show_draft(self, one: FollowUp) -> None:
        draft = self.desk.following_up.draft(one)
        self._letter.show(one.id, draft.subject, draft.body)
        self.on_letter_changed()

    def _contact(self) -> Contact | None:
        one = self._follow_up()
        return self.desk.book.contact(one.contact_id) if one else None

    def _follow_up(self) -> FollowUp | None:
        return self.desk.book.get(FollowUp, self._follow_up_id)

    @property
    def _letter(self) -> Letter:
        return self.query_one("#letter", Letter)
