"""Writing to a contact: why, the draft, its editor, copying it, and marking it sent."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from tui.domain.inert import one_line
from tui.domain.message import PURPOSE_OF, Medium, MessageTemplate
from tui.domain.records import FollowUp
from tui.domain.script import word_count
from tui.screens.message_ways import WithWaysOut
from tui.screens.writing import why_no_editor, why_not_mailed
from tui.services.desk import Desk
from tui.widgets.letter import Letter, remarks
from tui.widgets.panel import Panel
from tui.widgets.wording import FOLLOW_UP_KIND, due


class MessageDialog(WithWaysOut):
    """One message to one contact. Out of the text, letters are keys; Enter goes into the text."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,e", "edit", "Edit", id="message.edit",
                tooltip="Into the text; {notes.leave} comes out again"),
        Binding("Y", "copy", "Copy", id="message.copy", tooltip="Copy subject and text"),
        Binding("s", "sent", "Sent", id="message.sent", tooltip="Mark it sent and keep what you wrote"),
        Binding("m", "mail", "Mail", id="message.mail",
                tooltip="Hand it to your mail program, or write a draft it can open"),
        Binding("V", "own_editor", "Own editor", id="message.own_editor",
                tooltip="Write in your own editor, $VISUAL or $EDITOR"),
        Binding("R", "redraft", "Draft anew", show=False, id="message.redraft",
                tooltip="Throw the text away and draft it again from the template"),
        Binding("T", "template", "Other template", show=False, id="message.template",
                tooltip="Draft it from the next template for this; yours come first"),
        Binding("L", "mail_address", "Mail link", show=False, id="message.mail_address",
                tooltip="Show the mailto: address of the draft, to copy"),
        Binding("escape,q", "leave", "Close", id="dialog.leave", tooltip="Close; the draft is kept"),
    ]  # fmt: skip

    def __init__(self, desk: Desk, follow_up_id: str) -> None:
        super().__init__(desk, follow_up_id)
        self._template_id = ""

    @property
    def title_words(self) -> str:
        """What the message is, and to whom."""
        one, contact = self.follow_up(), self._contact()
        kind = FOLLOW_UP_KIND[one.kind] if one else "message"
        return f"{kind[:1].upper()}{kind[1:]} · {contact.name if contact else ''}"

    def body(self) -> ComposeResult:
        """Lay out to whom, the subject, the text, and what is to be said of it."""
        yield Panel("", id="to")
        yield from self.reason_body()
        yield Letter(id="letter")
        yield Panel("", id="length")

    def on_mount(self) -> None:
        """Show the draft."""
        one = self.follow_up()
        if one is None:
            self.dismiss(None)
            return
        contact = self.desk.book.contact(one.contact_id)
        when = due(one, self.desk.time.now(), self.desk.time.calendar)
        about = one.note if one.kind not in PURPOSE_OF else ""
        reach = contact.email or contact.phone or "no email or phone yet" if contact else ""
        self.query_one("#to", Panel).show(f"to {reach} · due {when}" + (f" · {about}" if about else ""))
        self.show_reasons()
        self.show_draft(one)

    def why_not(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        if action == "own_editor":
            return why_no_editor(self)
        if action in ("mail", "mail_address") and (reason := why_not_mailed(self, self._contact())):
            return reason
        if action == "template" and len(self._templates()) < 2:
            return "There is one template for this: one of your own goes into the folder messages"
        if action == "mail":
            return self._objection()[0]
        return super().why_not(action)

    def on_letter_changed(self) -> None:
        """Say how long it is, and what is to be said of it."""
        one, letter = self.follow_up(), self.letter
        if one is None:
            return
        length = f"{word_count(letter.text)} words"
        self.query_one("#length", Panel).show(length)
        found = self.desk.following_up.look_over(one, letter.subject, letter.text, self._template_id)
        letter.remark(remarks(found))
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
        """Keep what was written, if it differs from what is kept, and the reason typed."""
        self.keep_text()
        super().flush()

    def keep_text(self) -> None:
        """Keep subject and text, if they differ from what is kept."""
        if self.letter.unsaved:
            self.desk.following_up.keep_draft(self.follow_up_id, *self.letter.taken())

    def action_edit(self) -> None:
        """Go into the text."""
        self.letter.enter()

    def action_sent(self) -> None:
        """Mark it sent; what was written is kept with it. What speaks against it is told first."""
        self.flush()
        what, firm = self._objection()
        if what and firm:
            self.say(what)
            return
        if what and not self.told_once(
            f"{what}. Or {self.key('message.sent')} again: it counts as sent as it is"
        ):
            return
        written = (self.letter.subject, self.letter.text)
        wrong = self.desk.following_up.sent(
            self.follow_up_id, *written, anyway=True, template_id=self._template_id
        )
        if wrong:
            self.say(self.keyed(wrong))
            return
        self.letter.taken()
        self.say_undoable("Sent, and kept with the person")
        self.dismiss(None)

    def action_redraft(self) -> None:
        """Draft it again from the template."""
        self.letter.taken()
        self.desk.following_up.keep_draft(self.follow_up_id, "", "")
        one = self.follow_up()
        if one is not None:
            self.show_draft(one)

    def action_template(self) -> None:
        """Draft it from the next template; a text that was changed is dropped at the second press only."""
        if self.refuses("template"):
            return
        self.flush()
        one, templates = self.follow_up(), self._templates()
        if one is None:
            return
        if one.body and not self.told_once(
            self.keyed("What you wrote would be dropped: {message.template} again turns the template")
        ):
            return
        here = self._template()
        at = templates.index(here) if here in templates else 0
        following = templates[(at + 1) % len(templates)]
        self._template_id = following.id
        self.told.clear()
        self.action_redraft()
        self.say(f"Drafted from “{one_line(following.title)}”")

    def action_leave(self) -> None:
        """Come out of the subject or the text; else close, keeping the draft."""
        self.flush()
        if self.focused is not None:
            self.set_focus(None)
        else:
            self.dismiss(None)

    def show_draft(self, one: FollowUp) -> None:
        """Show what was written so far, else the draft."""
        draft = self.desk.following_up.draft(one, self._template_id)
        template = self._template()
        short = template is not None and template.channel is Medium.MESSAGE and not draft.subject
        self.letter.show(one.id, None if short else draft.subject, draft.body)
        self.on_letter_changed()

    def _objection(self) -> tuple[str, bool]:
        """Return what speaks against its going out as it is, and whether that is firm."""
        one = self.follow_up()
        found = one and self.desk.following_up.objection(
            one, self.letter.subject, self.letter.text, self._template_id
        )
        return (self.keyed(found.what), found.firm) if found else ("", False)

    def _templates(self) -> list[MessageTemplate]:
        one = self.follow_up()
        return self.desk.following_up.templates(one) if one else []

    def _template(self) -> MessageTemplate | None:
        templates = self._templates()
        chosen = (one for one in templates if one.id == self._template_id)
        return next(chosen, templates[0] if templates else None)
