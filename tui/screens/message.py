"""Writing to a contact: the draft, its editor, copying it, and marking it sent."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer

from tui.domain.filling import has_gap
from tui.domain.inert import one_line
from tui.domain.message import PURPOSE_OF
from tui.domain.records import Contact, FollowUp
from tui.domain.script import word_count
from tui.screens.base import Copy, Dialog
from tui.screens.writing import hand_over, in_own_editor, why_no_editor, why_not_mailed
from tui.services.desk import Desk
from tui.widgets.form import Line
from tui.widgets.notes_editor import SAVE_AFTER_SECONDS, NotesEditor
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
        Binding("E", "own_editor", "Own editor", id="message.own_editor",
                tooltip="Write in your own editor, $VISUAL or $EDITOR"),
        Binding("R", "redraft", "Draft anew", show=False, id="message.redraft",
                tooltip="Throw the text away and draft it again from the template"),
        Binding("escape,q", "leave", "Close", id="dialog.leave", tooltip="Close; the draft is kept"),
    ]  # fmt: skip

    def __init__(self, desk: Desk, follow_up_id: str) -> None:
        super().__init__(desk)
        self._follow_up_id = follow_up_id
        self._kept = ("", "")
        self._keeping: Timer | None = None

    @property
    def title_words(self) -> str:
        """What the message is, and to whom."""
        one, contact = self._follow_up(), self._contact()
        kind = FOLLOW_UP_KIND[one.kind] if one else "message"
        return f"{kind[:1].upper()}{kind[1:]} · {contact.name if contact else ''}"

    def body(self) -> ComposeResult:
        """Lay out to whom, the subject, the text, and what is to be said of it."""
        yield Panel("", id="to")
        yield Line(hint="subject", id="subject")
        yield NotesEditor(id="text", labels=("Subject", "Subject"))
        yield Panel("", id="lint")

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
        if action in ("sent", "mail") and has_gap(self._subject.value + self._text.text):
            return "Fill the gaps in ‹ › first: Enter goes into the text"
        return ""

    def on_input_changed(self) -> None:
        """Say what is missing, and keep the subject soon."""
        self._lint()
        if self._keeping is None:
            self._keeping = self.set_timer(SAVE_AFTER_SECONDS, self.flush)

    def on_text_area_changed(self) -> None:
        """Say how long it is and what is missing."""
        self._lint()

    def on_notes_editor_typed(self) -> None:
        """Keep what was written."""
        self.flush()

    def on_notes_editor_left(self) -> None:
        """Come out of the text: letters are keys again."""
        self.flush()
        self.set_focus(None)

    def on_notes_editor_stepped(self) -> None:
        """Go from the text to the subject."""
        self._subject.focus()

    def on_input_submitted(self) -> None:
        """Go from the subject into the text."""
        self._text.focus()

    def on_screen_suspend(self) -> None:
        """Lose nothing when another screen comes up."""
        self.flush()

    def flush(self) -> None:
        """Keep what was written, if it differs from what is kept."""
        self._keeping = None
        written = (self._subject.value, self._text.taken())
        if written != self._kept:
            self._kept = written
            self.desk.following_up.keep_draft(self._follow_up_id, *written)

    def action_edit(self) -> None:
        """Go into the text."""
        self._text.focus()

    def action_copy(self) -> None:
        """Copy subject and text."""
        subject = self._subject.value.strip()
        self.post_message(Copy(f"{subject}\n\n{self._text.text}" if subject else self._text.text))

    def action_own_editor(self) -> None:
        """Write the text in the user's own editor."""
        if self.refuses("own_editor"):
            return
        text = in_own_editor(self, self._text.text)
        if text is not None:
            self._text.load_text(text)
            self.flush()

    def action_mail(self) -> None:
        """Hand it to the mail program, or write a draft; only the user knows when it is sent."""
        contact = self._contact()
        if not self.refuses("mail") and contact is not None:
            self.say(hand_over(self, contact, self._subject.value, self._text.text))

    def action_sent(self) -> None:
        """Mark it sent; what was written is kept with it."""
        wrong = self.why_not("sent") or self.desk.following_up.sent(
            self._follow_up_id, self._subject.value, self._text.text
        )
        if wrong:
            self.say(wrong)
            return
        self._kept = (self._subject.value, self._text.taken())
        self.say("Sent, and kept with the person. u takes it back")
        self.dismiss(None)

    def action_redraft(self) -> None:
        """Draft it again from the template."""
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
        self._subject.value = one_line(draft.subject)
        self._text.taken()
        self._text.show(one.id, draft.body)
        self._kept = (self._subject.value, self._text.text)
        self._text.move_cursor((0, 0))
        self._lint()

    def _lint(self) -> None:
        words = word_count(self._text.text)
        gaps = has_gap(self._subject.value + self._text.text)
        note = "  a gap in ‹ › is still to be filled" if gaps else ""
        self.query_one("#lint", Panel).show(f"{words} words", (note, "bold $warning"))
        self.refresh_bindings()

    def _contact(self) -> Contact | None:
        one = self._follow_up()
        return self.desk.book.contact(one.contact_id) if one else None

    def _follow_up(self) -> FollowUp | None:
        return self.desk.book.get(FollowUp, self._follow_up_id)

    @property
    def _subject(self) -> Line:
        return self.query_one("#subject", Line)

    @property
    def _text(self) -> NotesEditor:
        return self.query_one("#text", NotesEditor)
