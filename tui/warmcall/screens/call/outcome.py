"""How the call ended: every outcome on one letter, with what it will put in the queue."""

from __future__ import annotations

from typing import ClassVar

import msgspec
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.domain.records import Contact
from warmcall.domain.sanitize import one_line
from warmcall.domain.script import ScriptFor
from warmcall.domain.templates import has_gap
from warmcall.domain.vocabulary import NOT_REACHED, Outcome
from warmcall.presentation import wording
from warmcall.presentation.call import KEEPS_RESUME, outcome_effect, promised_words
from warmcall.screens.call.outcome_forms import DETAILS_ASKED, ask_for_details
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


def key_id(outcome: Outcome) -> str:
    """Return the id of the binding that records `outcome`."""
    return f"outcome.{outcome}"


class OutcomeDialog(Dialog[CallResult | None]):
    """Gives back how the call ended, None if it goes on; asks for a time or a name where one is needed."""

    TITLE_WORDS = "How did it end?"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(letter, f"pick('{letter}')", wording.OUTCOME[outcome], show=False, id=key_id(outcome))
            for letter, outcome in LETTERS.items()
        ),
        Binding("space", "on_file", "On file", id="outcome.on_file",
                tooltip="They keep your resume, or not after all: a letter is owed after some months"),
        Binding("tab", "note", "Note", id="outcome.note", tooltip="Go to the note, or back"),
        Binding("escape,q,o", "leave", "Cancel", id="dialog.leave", tooltip="The call is still going on"),
    ]  # fmt: skip

    def __init__(
        self, services: Services, contact: Contact, result: CallResult, suggested: Outcome | None
    ) -> None:
        """Ask how the call of `result` ended, whose outcome is still open; begin on the one `suggested`."""
        super().__init__(services)
        self._contact = contact
        self._result = result
        self._suggested = suggested
        pending = services.pending_attempts.pending(contact.id, result.channel)
        self._kept_note = one_line(pending.note) if pending else ""

    def body(self) -> ComposeResult:
        """Lay out the outcomes."""
        yield Rows(
            (Column(3), Column(30), Column(weight=1, min_width=50)), id="outcomes", enter_label="Record"
        )
        yield Panel(id="follows")
        yield Line(self._kept_note, hint="a note, if you want one", id="note")

    def on_mount(self) -> None:
        """Begin on the script's own suggestion."""
        self._show_outcomes(self._suggested or "")

    def _show_outcomes(self, key: str = "") -> None:
        """Show every outcome with what follows from it, the cursor on `key` if given."""
        rows = [
            Row(
                outcome,
                (
                    (f" {self.key(key_id(outcome))}", "bold $primary"),
                    self._choice(outcome),
                    (self._preview(outcome), "$muted"),
                ),
            )
            for outcome in LETTERS.values()
        ]
        self.query_one("#outcomes", Rows).show(rows, key)

    def on_rows_moved(self) -> None:
        """Show whole what follows from the outcome under the cursor."""
        self._show_follows()

    def _show_follows(self) -> None:
        follows = self._preview(Outcome(self.query_one("#outcomes", Rows).key))
        self.query_one("#follows", Panel).show(
            ("then  ", "bold"), follows, f"\n{self.key('app.undo')} undoes it"
        )

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Record the outcome under the cursor."""
        if not isinstance(event, Rows.Moved):
            self._finish(Outcome(event.key))

    def action_pick(self, letter: str) -> None:
        """Record the outcome of that letter."""
        self._finish(LETTERS[letter])

    def action_on_file(self) -> None:
        """Say that they keep the user's resume on file, or not after all."""
        self._result = msgspec.structs.replace(self._result, on_file=not self._result.on_file)
        self._show_outcomes()
        self._show_follows()

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

    def _finish(self, outcome: Outcome) -> None:
        if outcome is Outcome.SENT and has_gap(self._result.subject + self._result.body):
            self.say(self.with_keys("Fill the gaps in ‹ › first: {call.fill} on the call fills them"))
            return
        if self._result.on_file and outcome in NOT_REACHED:
            words = "Nobody was there to say that they keep your resume: {outcome.on_file} takes it back"
            self.say(self.with_keys(words))
            return
        note = self.query_one("#note", Line).value.strip()
        result = msgspec.structs.replace(
            self._result, outcome=outcome, note="" if note == self._kept_note else note
        )
        if outcome in DETAILS_ASKED:
            ask_for_details(self, self.services, self._contact, result, self._plan, self.dismiss)
        else:
            self.dismiss(result)

    def _plan(self, result: CallResult) -> CallPlan:
        return self.services.calling.plan(self._contact.id, result)

    def _choice(self, outcome: Outcome) -> str:
        """Return how the outcome is called in the list."""
        if outcome is Outcome.REPLIED and self._result.serves is not ScriptFor.ASK:
            return "we spoke"
        return wording.OUTCOME_CHOICE[outcome]

    def _preview(self, outcome: Outcome) -> str:
        """Return what recording `outcome` would do, in words."""
        if outcome in DETAILS_ASKED:
            on_file = KEEPS_RESUME if self._result.on_file else ""
            parts = (DETAILS_ASKED[outcome], promised_words(self._result.owes), on_file)
            return "; ".join(filter(None, parts))
        if self._result.on_file and outcome in NOT_REACHED:
            return "nobody was there to keep your resume"
        plan = self._plan(msgspec.structs.replace(self._result, outcome=outcome))
        return outcome_effect(self.services, plan, outcome)
