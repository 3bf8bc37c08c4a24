"""The call: what to say, what they answer on one letter, and how it ended."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.domain.filling import has_gap
from tui.domain.records import Contact
from tui.domain.vocabulary import Outcome
from tui.screens.base import Copy, Go
from tui.screens.call_asking import AskingScreen
from tui.screens.call_facts import FactsDialog, facts
from tui.screens.forms import FormDialog, Values
from tui.screens.gaps import fill_gaps
from tui.screens.outcome import OutcomeDialog
from tui.screens.outcome_forms import in_queue
from tui.screens.writing import hand_over, why_no_editor, why_not_mailed, write_in_own_editor
from tui.services.calling import CallEnd
from tui.widgets.form import Field


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

    def why_not(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        person, asking = self._person(), self._asking
        if action == "own_editor":
            return why_no_editor(self)
        if action == "mail":
            gaps = has_gap(self._talk.letter.subject + self._talk.letter.text)
            return (
                self.keyed("Fill the gaps in ‹ › first: {call.fill} fills them")
                if gaps
                else why_not_mailed(self, person)
            )
        if action not in ("outcome", "note", "copy", "step_back", "channel", "fill", "facts"):
            return ""
        if person is None or asking is None:
            return self.keyed("Nobody is to be called: {app.people} is People, where {person.call} calls")
        if action == "facts" and not facts(self.desk, person):
            return "Nothing is known yet: notes, tries and research will be here"
        if action == "step_back" and asking.at_start:
            return "This is the beginning"
        if action == "fill" and not self._gaps():
            return "Nothing is missing here"
        if action == "copy" and not asking.written and not person.phone:
            return self.keyed("There is no number yet: {call.fill} fills what is missing")
        return ""

    def action_outcome(self) -> None:
        """Ask how it ended, and record it with all that follows."""
        person, asking = self._person(), self._asking
        if self.refuses("outcome") or person is None or asking is None:
            return
        self.flush()
        step, letter = asking.step, self._talk.letter
        subject, body = (letter.subject, letter.text) if asking.written else ("", "")
        suggested = Outcome.SENT if asking.written else step.outcome if step else None
        end = CallEnd(
            outcome=Outcome.NO_ANSWER, channel=asking.channel, path=asking.path,
            minutes=step.minutes if step else 0, subject=subject, body=body,
        )  # fmt: skip
        self.app.push_screen(
            OutcomeDialog(self.desk, person, end, suggested), lambda told: self._record(person, told)
        )

    def action_note(self) -> None:
        """Ask for a note on this call, and keep it."""
        person, asking = self._person(), self._asking
        if self.refuses("note") or person is None or asking is None:
            return
        under_way = self.desk.calling.under_way(person.id, asking.channel)

        def take(values: Values | None) -> None:
            if values is not None:
                self.desk.calling.note(person.id, values["note"], asking.channel)

        form = FormDialog(
            self.desk, f"A note on this call: {person.name}", (Field("note", "Note", lines=5),),
            {"note": under_way.note if under_way else ""}, lambda _values: {}, about=person.id,
        )  # fmt: skip
        self.app.push_screen(form, take)

    def action_copy(self) -> None:
        """Copy the number to dial, or subject and text of what is written."""
        person, asking = self._person(), self._asking
        if not self.refuses("copy") and person and asking:
            self.post_message(Copy(self._talk.letter.whole if asking.written else person.phone))

    def action_own_editor(self) -> None:
        """Write the text in the user's own editor."""
        if not self.refuses("own_editor"):
            write_in_own_editor(self, self._talk.letter)

    def action_mail(self) -> None:
        """Hand it to the mail program, or write a draft; that it was sent is an outcome of its own."""
        person, letter = self._person(), self._talk.letter
        if not self.refuses("mail") and person:
            self.say(hand_over(self, person, letter.subject, letter.text))

    def action_facts(self) -> None:
        """Show all that is known of the person."""
        person = self._person()
        if not self.refuses("facts") and person:
            self.app.push_screen(FactsDialog(self.desk, person))

    def action_fill(self) -> None:
        """Open the form with the first thing missing, in its field."""
        person, gaps = self._person(), self._gaps()
        if self.refuses("fill") or person is None:
            return
        fill_gaps(self, person, gaps)

    def _record(self, person: Contact, told: CallEnd | None) -> None:
        if told is None:
            return
        ending = self.desk.calling.record(person.id, told)
        self._asking = None
        if told.outcome is Outcome.TALK_NOW and ending.interview:
            self.post_message(Go("Interview", person.id, ending.interview.id))
            return
        words = in_queue(self.desk, ending, told.outcome)
        self.say_undoable(f"{person.name}: {words or 'recorded'}")
        self._contact_id = ""
        self.post_message(Go("Queue"))
