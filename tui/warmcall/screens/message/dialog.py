"""Writing to a contact: why, the draft, its editor, copying it, and marking it sent."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.domain.message import PURPOSE_OF, Medium, MessageTemplate
from warmcall.domain.records import FollowUp
from warmcall.domain.sanitize import one_line
from warmcall.domain.script import word_count
from warmcall.presentation.remarks import remarks
from warmcall.presentation.wording import FOLLOW_UP_KIND, due
from warmcall.screens.message.ways_out import WithWaysOut
from warmcall.services.services import Services
from warmcall.widgets.message_editor import MessageEditor
from warmcall.widgets.panel import Panel


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

    def __init__(self, services: Services, follow_up_id: str) -> None:
        super().__init__(services, follow_up_id)
        self._template_id = ""

    @property
    def title_words(self) -> str:
        """What the message is, and to whom."""
        follow_up, contact = self.follow_up(), self._contact()
        kind = FOLLOW_UP_KIND[follow_up.kind] if follow_up else "message"
        return f"{kind[:1].upper()}{kind[1:]} · {contact.name if contact else ''}"

    def body(self) -> ComposeResult:
        """Lay out to whom, the subject, the text, and what is to be said of it."""
        yield Panel("", id="to")
        yield from self.reason_body()
        yield MessageEditor(id="letter")
        yield Panel("", id="length")

    def on_mount(self) -> None:
        """Show the draft."""
        follow_up = self.follow_up()
        if follow_up is None:
            self.dismiss(None)
            return
        contact = self.services.store.contact(follow_up.contact_id)
        when = due(follow_up, self.services.time.now(), self.services.time.calendar)
        about = follow_up.note if follow_up.kind not in PURPOSE_OF else ""
        reach = contact.email or contact.phone or "no email or phone yet" if contact else ""
        self.query_one("#to", Panel).show(f"to {reach} · due {when}" + (f" · {about}" if about else ""))
        self.show_reasons()
        self.show_draft(follow_up)

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        if action == "own_editor":
            return self.external.editor_disabled_reason()
        if action in ("mail", "mail_address"):
            reason = self.external.mail_disabled_reason(self._contact())
            if reason:
                return reason
        if action == "template" and len(self._templates()) < 2:
            return "There is one template for this: one of your own goes into the folder messages"
        if action == "mail":
            return self._objection()[0]
        return super().disabled_reason(action)

    def on_message_editor_changed(self) -> None:
        """Say how long it is, and what is to be said of it."""
        follow_up, letter = self.follow_up(), self.letter
        if follow_up is None:
            return
        length = f"{word_count(letter.text)} words"
        self.query_one("#length", Panel).show(length)
        found = self.services.drafting.review(follow_up, letter.subject, letter.text, self._template_id)
        letter.show_remarks(remarks(found))
        self.refresh_bindings()

    def on_message_editor_save_requested(self) -> None:
        """Keep what was written."""
        self.flush()

    def on_message_editor_left(self) -> None:
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
            self.services.following_up.keep_draft(self.follow_up_id, *self.letter.mark_saved())

    def action_edit(self) -> None:
        """Go into the text."""
        self.letter.focus_text()

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
        wrong = self.services.following_up.sent(
            self.follow_up_id, *written, anyway=True, template_id=self._template_id
        )
        if wrong:
            self.say(self.with_keys(wrong))
            return
        self.letter.mark_saved()
        self.say_undoable("Sent, and kept with the person")
        self.dismiss(None)

    def action_redraft(self) -> None:
        """Draft it again from the template."""
        self.letter.mark_saved()
        self.services.following_up.keep_draft(self.follow_up_id, "", "")
        follow_up = self.follow_up()
        if follow_up is not None:
            self.show_draft(follow_up)

    def action_template(self) -> None:
        """Draft it from the next template; a text that was changed is dropped at the second press only."""
        if self.blocked("template"):
            return
        self.flush()
        follow_up, templates = self.follow_up(), self._templates()
        if follow_up is None:
            return
        if follow_up.body and not self.told_once(
            self.with_keys("What you wrote would be dropped: {message.template} again turns the template")
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

    def show_draft(self, follow_up: FollowUp) -> None:
        """Show what was written so far, else the draft."""
        draft = self.services.drafting.draft(follow_up, self._template_id)
        template = self._template()
        short = template is not None and template.channel is Medium.MESSAGE and not draft.subject
        self.letter.show(follow_up.id, None if short else draft.subject, draft.body)
        self.on_message_editor_changed()

    def _objection(self) -> tuple[str, bool]:
        """Return what speaks against its going out as it is, and whether that is firm."""
        follow_up = self.follow_up()
        found = follow_up and self.services.drafting.objection(
            follow_up, self.letter.subject, self.letter.text, self._template_id
        )
        return (self.with_keys(found.what), found.firm) if found else ("", False)

    def _templates(self) -> list[MessageTemplate]:
        follow_up = self.follow_up()
        return self.services.drafting.templates(follow_up) if follow_up else []

    def _template(self) -> MessageTemplate | None:
        templates = self._templates()
        chosen = (template for template in templates if template.id == self._template_id)
        return next(chosen, templates[0] if templates else None)
