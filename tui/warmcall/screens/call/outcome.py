"""How the call ended: every outcome with what it will put in the queue, each on one letter."""

from __future__ import annotations

from typing import ClassVar

import msgspec
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.domain.records import Contact
from warmcall.domain.sanitize import one_line
from warmcall.domain.templates import has_gap
from warmcall.domain.vocabulary import Outcome
from warmcall.presentation import wording
from warmcall.screens.call.outcome_forms import ASKS, in_queue, push_rest
from warmcall.screens.dialog import Dialog
from warmcall.services.calling import CallPlan, CallResult
from warmcall.services.services import Services
from warmcall.widgets.panel import Panel
from warmcall.widgets.rows import Column, Row, Rows
from warmcall.widgets.text_fields import Line

LETTERS: dict[str, Outcome] = {
    "s": Outcome.SCHEDULED,
    "t": Outcome.TALK_NOW,
    "v": Outcome.VOICEMAIL,
    "n": Outcome.NO_ANSWER,
    "b": Outcome.CALL_BACK,
    "e": Outcome.SENT,
    "r": Outcome.REPLIED,
    "f": Outcome.REFERRED,
    "d": Outcome.DECLINED,
    "w": Outcome.WRONG_NUMBER,
}


def id_of(outcome: Outcome) -> str:
    """Return the id of the key that records `outcome`."""
    return f"outcome.{outcome}"


class OutcomeDialog(Dialog[CallResult | None]):
    """Gives back how the call ended; asks for a date or a name only where one is needed."""

    TITLE_WORDS = "How did it end?"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(letter, f"pick('{letter}')", wording.OUTCOME[outcome], show=False, id=id_of(outcome))
            for letter, outcome in LETTERS.items()
        ),
        Binding("tab", "note", "Note", id="outcome.note", tooltip="Into the note and out of it"),
        Binding("escape,q,o", "leave", "Cancel", id="dialog.leave", tooltip="The call is still going on"),
    ]

    def __init__(
        self, services: Services, contact: Contact, end: CallResult, suggested: Outcome | None
    ) -> None:
        super().__init__(services)
        self._contact = contact
        self._end = end
        self._suggested = suggested
        pending_attempt = services.pending_attempts.pending(contact.id, end.channel)
        self._noted = one_line(pending_attempt.note) if pending_attempt else ""

    def body(self) -> ComposeResult:
        """Lay out the outcomes."""
        yield Rows((Column(3), Column(26), Column(weight=1)), id="outcomes", enter_label="Record")
        yield Panel(id="follows")
        yield Line(self._noted, hint="a note, if you like", id="note")

    def on_mount(self) -> None:
        """Show every outcome with what follows from it, the script's own suggestion under the cursor."""
        rows = [
            Row(
                outcome,
                (f" {self.key(id_of(outcome))}", wording.OUTCOME_CHOICE[outcome], self._preview(outcome)),
            )
            for outcome in LETTERS.values()
        ]
        self.query_one("#outcomes", Rows).show(rows, self._suggested or "")

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """Show whole what follows from the outcome under the cursor."""
        follows = self._preview(Outcome(event.key))
        self.query_one("#follows", Panel).show(
            ("then  ", "bold"), follows, f"\n{self.key('app.undo')} takes it back"
        )

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Take the outcome under the cursor."""
        if not isinstance(event, Rows.Moved):
            self._take(Outcome(event.key))

    def action_pick(self, letter: str) -> None:
        """Take the outcome of that letter."""
        self._take(LETTERS[letter])

    def on_input_submitted(self) -> None:
        """Come out of the note: letters are outcomes again."""
        self.action_note()

    def action_note(self) -> None:
        """Go into the note, or out of it."""
        self.query_one("#outcomes" if isinstance(self.focused, Line) else "#note").focus()

    def action_leave(self) -> None:
        """Come out of the note, else close without recording anything."""
        if isinstance(self.focused, Line):
            self.action_note()
        else:
            self.dismiss(None)

    def _take(self, outcome: Outcome) -> None:
        if outcome is Outcome.SENT and has_gap(self._end.subject + self._end.body):
            self.say(self.with_keys("Fill the gaps in ‹ › first: {call.fill} on the call fills them"))
            return
        note = self.query_one("#note", Line).value.strip()
        self._end = msgspec.structs.replace(self._end, note="" if note == self._noted else note)
        end = msgspec.structs.replace(self._end, outcome=outcome)
        if outcome in ASKS:
            push_rest(self, self.services, self._contact, end, self._plan, self.dismiss)
        else:
            self.dismiss(end)

    def _plan(self, end: CallResult) -> CallPlan:
        return self.services.calling.plan(self._contact.id, end)

    def _preview(self, outcome: Outcome) -> str:
        if outcome in ASKS:
            return ASKS[outcome]
        end = msgspec.structs.replace(self._end, outcome=outcome)
        return in_queue(self.services, self._plan(end), outcome)
