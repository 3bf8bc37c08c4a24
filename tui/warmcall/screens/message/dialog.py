"""Writing to a contact: the reason, the draft and its editor, handing it on, and marking it sent."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from warmcall.domain.message import Medium, MessageTemplate
from warmcall.domain.records import Contact, FollowUp
from warmcall.domain.sanitize import one_line
from warmcall.domain.templates import first_gap, has_gap
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.presentation.counts import words_in
from warmcall.presentation.remarks import remarks
from warmcall.presentation.wording import FOLLOW_UP_KIND, due, message_address, own_text
from warmcall.screens.confirm_once import ConfirmOnce
from warmcall.screens.dialog import Dialog
from warmcall.screens.message.delivery import Delivery
from warmcall.screens.message.reason import REASONS_SHOWN, ReasonPicker
from warmcall.services.services import Services
from warmcall.widgets.message_editor import MessageEditor
from warmcall.widgets.panel import Panel


class MessageDialog(Dialog[None]):
    """The message of one follow-up to one contact.

    Outside the text, letters are keys; Enter goes into the text. A check-in has a reason besides.
    """

    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (22, "-tall"), (30, "-roomy")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,e", "edit", "Edit", id="message.edit",
                tooltip="Edit the text; {notes.leave} leaves it"),
        Binding("g", "gap", "Fill ‹ ›", id="message.gap",
                tooltip="Go to the first gap; what you type replaces it"),
        Binding("Y", "copy", "Copy", id="message.copy", tooltip="Copy subject and text"),
        Binding("s", "sent", "Sent", id="message.sent", tooltip="Mark it sent and keep what you wrote"),
        Binding("m", "mail", "Mail", id="message.mail",
                tooltip="Hand it to your mail program, or write a draft it can open"),
        Binding("V", "own_editor", "Own editor", id="message.own_editor",
                tooltip="Write in your own editor, $VISUAL or $EDITOR"),
        Binding("R", "redraft", "Draft again", show=False, id="message.redraft",
                tooltip="Drop the text and draft it again from the template"),
        Binding("T", "template", "Other template", id="message.template",
                tooltip="Draft it from the next template, such as the short message; your own come first"),
        Binding("L", "mail_address", "Mail link", show=False, id="message.mail_address",
                tooltip="Show the mailto: address of the draft, to copy"),
        Binding("escape,q", "leave", "Close", id="dialog.leave", tooltip="Close; the draft is kept"),
        *(
            Binding(str(number), f"reason({number})", f"Reason {number}", show=False,
                    id=f"message.reason_{number}", tooltip="Draft the text with this reason")
            for number in range(1, REASONS_SHOWN + 1)
        ),
        Binding("w", "why", "Why", show=False, id="message.why", tooltip="Type your own reason to write"),
    ]  # fmt: skip

    def __init__(self, services: Services, follow_up_id: str) -> None:
        super().__init__(services)
        self._follow_up_id = follow_up_id
        follow_up = self._follow_up()
        self._is_check_in = follow_up is not None and follow_up.kind is FollowUpKind.CHECK_IN
        self._template_id = ""
        self._delivery = Delivery(self, self._contact, "message.gap")
        self._confirm = ConfirmOnce(self.say)

    @property
    def title_words(self) -> str:
        """What the message is, and to whom."""
        follow_up, contact = self._follow_up(), self._contact()
        kind = "message"
        if follow_up is not None:
            kind = own_text(follow_up) if follow_up.letter else FOLLOW_UP_KIND[follow_up.kind]
        return f"{kind[:1].upper()}{kind[1:]} · {contact.name if contact else ''}"

    def body(self) -> ComposeResult:
        """Lay out to whom, the reason of a check-in, subject and text, and the length."""
        follow_up = self._follow_up()
        yield Panel("", id="to")
        if follow_up is not None and self._is_check_in:
            yield ReasonPicker(self.services, follow_up)
        yield MessageEditor(id="editor")
        yield Panel("", id="length")

    def on_mount(self) -> None:
        """Show the draft; close if the follow-up is gone."""
        follow_up = self._follow_up()
        if follow_up is None:
            self.dismiss(None)
            return
        if self._is_check_in:
            self._reason.show(follow_up)
        self._show_draft(follow_up)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the keys for reasons out where there is none to give."""
        if action in ("reason", "why"):
            return self._is_check_in
        if action == "gap":
            return has_gap(f"{self._editor.subject}\n{self._editor.text}")
        return super().check_action(action, parameters)

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        if action.startswith("reason") and not self._reason.proposed:
            return self.with_keys("No reason is on record yet: {message.why} lets you type one")
        if action == "template" and len(self._templates()) < 2:
            return "There is only one template for this; your own go into the folder messages"
        reason = self._delivery.disabled_reason(action)
        if action not in ("mail", "mail_address") or reason:
            return reason
        objection, firm = self._objection()
        return objection if firm or action == "mail" else ""

    def action_edit(self) -> None:
        """Go into the text."""
        self._editor.focus_text()

    def action_gap(self) -> None:
        """Go to the first gap, selected, so that what is typed takes its place."""
        self._editor.select(first_gap(self._editor.subject) or first_gap(self._editor.text))

    def on_message_editor_changed(self) -> None:
        """Show how long the text is, and what could be better."""
        follow_up, editor = self._follow_up(), self._editor
        if follow_up is None:
            return
        self.query_one("#length", Panel).show(words_in(editor.text))
        found = self.services.drafting.review(follow_up, editor.subject, editor.text, self._template_id)
        editor.show_remarks(remarks(found))
        self.refresh_bindings()

    def on_message_editor_save_requested(self) -> None:
        """Keep what was written."""
        self.flush()

    def on_message_editor_left(self) -> None:
        """Come out of the text: letters are keys again."""
        self.flush()
        self.set_focus(None)

    def on_screen_suspend(self) -> None:
        """Keep what was written when another screen comes up."""
        self.flush()

    def flush(self) -> None:
        """Keep subject and text, and the reason typed, where they differ from what is kept."""
        self._save_text()
        follow_up = self._follow_up()
        if follow_up is not None and follow_up.done_at is None and self._is_check_in and self._reason.changed:
            self._set_reason(self._reason.typed)

    def action_leave(self) -> None:
        """Come out of the reason, the subject or the text; else close, keeping the draft."""
        self.flush()
        if self.focused is not None:
            self.set_focus(None)
        else:
            self.dismiss(None)

    def action_reason(self, number: int) -> None:
        """Set a proposed reason; a text that has no place for it is dropped at the second press only."""
        if self.blocked("reason"):
            return
        self.flush()
        follow_up, proposed = self._follow_up(), self._reason.proposed
        if follow_up is None or number > len(proposed):
            self.say(self.with_keys(f"There is no reason {number}: {{message.why}} lets you type one"))
            return
        words = proposed[number - 1].words
        fits = self.services.drafting.reasons.fits_in(follow_up, words)
        key = self.key(f"message.reason_{number}")
        if fits or self._confirm.confirmed(f"That replaces what you wrote: press {key} again to do it"):
            self._set_reason(words, redraft=not fits)

    def action_why(self) -> None:
        """Go to the line for another reason."""
        self._reason.enter()

    @on(Input.Submitted, "#why")
    def leave_reason(self) -> None:
        """Set the reason typed, and let letters be keys again."""
        self.flush()
        self.set_focus(None)

    @on(Input.Blurred, "#why")
    def save_reason(self) -> None:
        """Set the reason typed when its line is left."""
        self.flush()

    def action_copy(self) -> None:
        """Copy subject and text."""
        self._delivery.copy()

    def action_own_editor(self) -> None:
        """Write the text in the user's own editor."""
        self._delivery.own_editor()

    def action_mail(self) -> None:
        """Hand it to the mail program, or write a draft file."""
        self._delivery.mail()

    def action_mail_address(self) -> None:
        """Show the mailto: link of what is written."""
        self._delivery.mail_address()

    def action_sent(self) -> None:
        """Mark it sent, with its text; an objection is shown first, and a firm one holds."""
        self.flush()
        objection, firm = self._objection()
        if objection and firm:
            self.say(objection)
            return
        again = f"{objection}. Or {self.key('message.sent')} again marks it sent anyway"
        if objection and not self._confirm.confirmed(again):
            return
        editor = self._editor
        refused = self.services.following_up.sent(
            self._follow_up_id, editor.subject, editor.text, anyway=True, template_id=self._template_id
        )
        if refused:
            self.say(self.with_keys(refused))
            return
        editor.mark_saved()
        self.say_undoable("Marked as sent, and kept with the person")
        self.dismiss(None)

    def action_redraft(self) -> None:
        """Draft it again from the template."""
        self._editor.mark_saved()
        self.services.following_up.keep_draft(self._follow_up_id, "", "")
        follow_up = self._follow_up()
        if follow_up is not None:
            self._show_draft(follow_up)

    def action_template(self) -> None:
        """Draft it from the next template; a text that was changed is dropped at the second press only."""
        if self.blocked("template"):
            return
        self.flush()
        follow_up, templates, present = self._follow_up(), self._templates(), self._template()
        if follow_up is None:
            return
        if follow_up.body and not self._confirm.confirmed(
            self.with_keys("That replaces what you wrote: press {message.template} again to do it")
        ):
            return
        index = templates.index(present) if present in templates else 0
        following = templates[(index + 1) % len(templates)]
        self._template_id = following.id
        self._confirm.reset()
        self.action_redraft()
        self.say(f"Drafted from “{one_line(following.title)}”")

    def _save_text(self) -> None:
        editor = self._editor
        if editor.unsaved:
            self.services.following_up.keep_draft(self._follow_up_id, *editor.mark_saved())

    def _set_reason(self, words: str, redraft: bool = False) -> None:
        """Set the reason of the check-in and draft the text with it; `redraft` drops what was written."""
        self._save_text()
        self.services.drafting.reasons.set(self._follow_up_id, words, redraft)
        follow_up = self._follow_up()
        if follow_up is not None:
            self._reason.show(follow_up, replace_typed=True)
            self._show_draft(follow_up)

    def _show_draft(self, follow_up: FollowUp) -> None:
        """Show what was written so far, else the draft; a short message has no subject."""
        draft = self.services.drafting.draft(follow_up, self._template_id)
        template = self._template()
        short = template is not None and template.channel is Medium.MESSAGE and not draft.subject
        contact = self._contact()
        when = due(follow_up, self.services.time.now(), self.services.time.calendar)
        to = message_address(contact, template.channel) if contact and template else ""
        self.query_one("#to", Panel).show(" · ".join(filter(None, [to, f"due {when}"])))
        self._editor.show(follow_up.id, None if short else draft.subject, draft.body)
        self.on_message_editor_changed()

    def _objection(self) -> tuple[str, bool]:
        """Return why it should not go out as it is, and whether that is firm; empty if it may."""
        follow_up, editor = self._follow_up(), self._editor
        found = follow_up and self.services.drafting.objection(
            follow_up, editor.subject, editor.text, self._template_id
        )
        return (self.with_keys(found.what), found.firm) if found else ("", False)

    def _templates(self) -> list[MessageTemplate]:
        follow_up = self._follow_up()
        return self.services.drafting.templates(follow_up) if follow_up else []

    def _template(self) -> MessageTemplate | None:
        """Return the template the text is drafted from: the one selected, else the follow-up's own."""
        follow_up = self._follow_up()
        return self.services.drafting.template(follow_up, self._template_id) if follow_up else None

    def _follow_up(self) -> FollowUp | None:
        """Return the follow-up as it is now."""
        return self.services.store.get(FollowUp, self._follow_up_id)

    def _contact(self) -> Contact | None:
        follow_up = self._follow_up()
        return self.services.store.contact(follow_up.contact_id) if follow_up else None

    @property
    def _reason(self) -> ReasonPicker:
        return self.query_one(ReasonPicker)

    @property
    def _editor(self) -> MessageEditor:
        return self.query_one(MessageEditor)
