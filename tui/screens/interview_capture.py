"""Taking down in passing whom they named and what was promised, without leaving the interview."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.screens.forms import Values
from tui.screens.interview_pane import Pane
from tui.screens.person_forms import referral_form
from tui.screens.time_forms import promise_form, understood


class Capturing(Pane):
    """A part of the interview screen where captures can be taken down."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "refer", "Referral", id="during.refer", tooltip="Somebody they named"),
        Binding("p", "promise", "Promise", id="during.promise", tooltip="Something said that will be done"),
    ]

    def action_refer(self) -> None:
        """Ask whom they named, and put that person's call into the queue."""
        contact = self.contact
        if contact is None:
            return

        def take(values: Values | None) -> None:
            if values:
                person = self.desk.interviewing.refer(self.interview_id, values)
                self.say(f"{person.name} is in People, and to be called")

        self.app.push_screen(referral_form(self.desk, contact), take)

    def action_promise(self) -> None:
        """Ask what was promised, and put it into the queue."""
        contact = self.contact
        if contact is None:
            return

        def take(values: Values | None) -> None:
            if values:
                due = understood(self.desk, values["when"]).at if values["when"].strip() else None
                theirs = values["whose"] == "theirs"
                self.desk.interviewing.promise(self.interview_id, values["what"], due, theirs)
                self.say("The promise is in the queue")

        self.app.push_screen(promise_form(self.desk, contact.name), take)
