"""The call: what to say, what they answer on one letter, and how it ended."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from warmcall.domain.records import Contact
from warmcall.domain.templates import has_gap
from warmcall.domain.vocabulary import Outcome
from warmcall.screens.base import CopyText, GoTo
from warmcall.screens.call.call_asking import AskingScreen
from warmcall.screens.call.facts import FactsDialog, facts
from warmcall.screens.call.gaps import fill_gaps
from warmcall.screens.call.outcome import OutcomeDialog
from warmcall.screens.call.outcome_forms import in_queue
from warmcall.screens.forms import FormDialog, Values
from warmcall.services.calling import CallResult
from warmcall.widgets.form import Field


class CallScreen(AskingScreen):
    """One call, or what is written instead of it, and what can be done with it."""

    TAB = "Call"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "outcome", "outcome", id="call.outcome", tooltip="How it ended: one more letter"),
        Binding("n", "note", "note", id="call.note", tooltip="A note on this call"),
        Binding("Y", "copy", "copy", id="call.copy", tooltip="Copy the phone number, or what is written"),
        Binding("E", "fill", "fill gap", id="call.fill", tooltip="Fill what is missing in ‹ ›"),
        Binding("m", "mail", "mail", id="call.mail", tooltip="To your mail program, or into a draft"),
        Binding(
            "V",
            "own_editor",
            "own editor",
            show=False,
            id="call.own_editor",
            tooltip="Write in your own editor, $VISUAL or $EDITOR",
        ),
        Binding("B", "facts", "more", id="call.facts", tooltip="Tries, notes, research"),
    ]

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        person, asking = self._person(), self._asking
        if action == "own_editor":
            return self.external.editor_disabled_reason()
        if action == "mail":
            gaps = has_gap(self._panel.editor.subject + self._panel.editor.text)
            return (
                self.with_keys("Fill the gaps in ‹ › first: {call.fill} fills them")
                if gaps
                else self.external.mail_disabled_reason(person)
            )
        if action not in ("outcome", "note", "copy", "step_back", "channel", "fill", "facts"):
            return ""
        if person is None or asking is None:
            return self.with_keys("Nobody is to be called: {app.people} is People, where {person.call} calls")
        if action == "facts" and not facts(self.services, person):
            return "Nothing is known yet: notes, tries and research will be here"
        if action == "step_back" and asking.at_start:
            return "This is the beginning"
        if action == "fill" and not self._gaps():
            return "Nothing is missing here"
        if action == "copy" and not asking.written and not person.phone:
            return self.with_keys("There is no number yet: {call.fill} fills what is missing")
        return ""

    def action_outcome(self) -> None:
        """Ask how it ended, and record it with all that follows."""
        person, asking = self._person(), self._asking
        if self.blocked("outcome") or person is None or asking is None:
            return
        self.flush()
        step, letter = asking.step, self._panel.editor
        subject, body = (letter.subject, letter.text) if asking.written else ("", "")
        suggested = Outcome.SENT if asking.written else step.outcome if step else None
        end = CallResult(
            outcome=Outcome.NO_ANSWER, channel=asking.channel, path=asking.path,
            minutes=step.minutes if step else 0, subject=subject, body=body,
        )  # fmt: skip
        self.app.push_screen(
            OutcomeDialog(self.services, person, end, suggested), lambda told: self._record(person, told)
        )

    def action_note(self) -> None:
        """Ask for a note on this call, and keep it."""
        person, asking = self._person(), self._asking
        if self.blocked("note") or person is None or asking is None:
            return
        pending_attempt = self.services.pending_attempts.pending(person.id, asking.channel)

        def take(values: Values | None) -> None:
            if values is not None:
                self.services.pending_attempts.note(person.id, values["note"], asking.channel)

        form = FormDialog(
            self.services, f"A note on this call: {person.name}", (Field("note", "Note", lines=5),),
            {"note": pending_attempt.note if pending_attempt else ""}, lambda _values: {}, about=person.id,
        )  # fmt: skip
        self.app.push_screen(form, take)

    def action_copy(self) -> None:
        """Copy the number to dial, or subject and text of what is written."""
        person, asking = self._person(), self._asking
        if not self.blocked("copy") and person and asking:
            self.post_message(CopyText(self._panel.editor.full_text if asking.written else person.phone))

    def action_own_editor(self) -> None:
        """Write the text in the user's own editor."""
        if not self.blocked("own_editor"):
            self.external.edit(self._panel.editor)

    def action_mail(self) -> None:
        """Hand it to the mail program, or write a draft; that it was sent is an outcome of its own."""
        person, letter = self._person(), self._panel.editor
        if not self.blocked("mail") and person:
            self.external.mail(self.services, person, letter.subject, letter.text)

    def action_facts(self) -> None:
        """Show all that is known of the person."""
        person = self._person()
        if not self.blocked("facts") and person:
            self.app.push_screen(FactsDialog(self.services, person))

    def action_fill(self) -> None:
        """Open the form with the first thing missing, in its field."""
        person, gaps = self._person(), self._gaps()
        if self.blocked("fill") or person is None:
            return
        fill_gaps(self, person, gaps)

    def _record(self, person: Contact, told: CallResult | None) -> None:
        if told is None:
            return
        ending = self.services.calling.record(person.id, told)
        self._asking = None
        if told.outcome is Outcome.TALK_NOW and ending.interview:
            self.post_message(GoTo("Interview", person.id, ending.interview.id))
            return
        words = in_queue(self.services, ending, told.outcome)
        self.say_undoable(f"{person.name}: {words or 'recorded'}")
        self._contact_id = ""
        self.post_message(GoTo("Queue"))
