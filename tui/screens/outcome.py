"""How the call ended: every outcome with what it will put in the queue, each on one letter."""

from __future__ import annotations

from typing import ClassVar

import msgspec
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from tui.domain.filling import has_gap
from tui.domain.inert import one_line
from tui.domain.records import Contact
from tui.domain.vocabulary import Mode, Outcome
from tui.screens.base import Dialog
from tui.screens.forms import FormDialog, Values
from tui.screens.time_forms import (
    WHEN_HINT,
    Follows,
    WhenFormDialog,
    meeting_form,
    meeting_time,
    understood,
    when_problem,
)
from tui.services.calling import CallEnd, Ending
from tui.services.clock import Understood
from tui.services.desk import Desk
from tui.widgets import wording
from tui.widgets.form import Field, Line
from tui.widgets.panel import Panel
from tui.widgets.rows import Column, Row, Rows

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
_ASKS = {
    Outcome.SCHEDULED: "asks when: the meeting, and to confirm it",
    Outcome.CALL_BACK: "asks when: a call at that time",
    Outcome.REFERRED: "asks for the name: a call to them",
}


class OutcomeDialog(Dialog[CallEnd | None]):
    """Gives back how the call ended; asks for a date or a name only where one is needed."""

    TITLE_WORDS = "How did it end?"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(
                letter, f"pick('{letter}')", wording.OUTCOME[outcome], show=False, id=f"outcome.{outcome}"
            )
            for letter, outcome in LETTERS.items()
        ),
        Binding("tab", "note", "Note", id="outcome.note", tooltip="Into the note and out of it"),
        Binding("escape,q,o", "leave", "Cancel", id="dialog.leave", tooltip="The call is still going on"),
    ]

    def __init__(self, desk: Desk, contact: Contact, end: CallEnd, suggested: Outcome | None) -> None:
        super().__init__(desk)
        self._contact = contact
        self._end = end
        self._suggested = suggested
        under_way = desk.calling.under_way(contact.id, end.channel)
        self._noted = one_line(under_way.note) if under_way else ""

    def body(self) -> ComposeResult:
        """Lay out the outcomes."""
        yield Rows((Column(3), Column(26), Column(weight=1)), id="outcomes", opens="Record")
        yield Panel(id="follows")
        yield Line(self._noted, hint="a note, if you like", id="note")

    def on_mount(self) -> None:
        """Show every outcome with what follows from it, the script's own suggestion under the cursor."""
        rows = [
            Row(outcome, (f" {letter}", wording.OUTCOME_CHOICE[outcome], self._preview(outcome)))
            for letter, outcome in LETTERS.items()
        ]
        self.query_one("#outcomes", Rows).show(rows, self._suggested or "")

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """Show whole what follows from the outcome under the cursor."""
        follows = self._preview(Outcome(event.key))
        self.query_one("#follows", Panel).show(("then  ", "bold"), follows, "\nu takes it back")

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
            self.say("Fill the gaps in ‹ › first: E on the call fills them")
            return
        note = self.query_one("#note", Line).value.strip()
        self._end = msgspec.structs.replace(self._end, note="" if note == self._noted else note)
        end = msgspec.structs.replace(self._end, outcome=outcome)
        match outcome:
            case Outcome.SCHEDULED:
                form = meeting_form(self.desk, self._contact, follows=self._follows(outcome))
                self.app.push_screen(form, self._with_meeting)
            case Outcome.CALL_BACK:
                self.app.push_screen(self._call_back_form(), self._with_call_back)
            case Outcome.REFERRED:
                self.app.push_screen(self._referral_form(), self._with_person)
            case _:
                self.dismiss(end)

    def _with_meeting(self, values: Values | None) -> None:
        if values:
            self.dismiss(
                msgspec.structs.replace(
                    self._end,
                    outcome=Outcome.SCHEDULED,
                    at=meeting_time(self.desk, self._contact, values),
                    mode=Mode(values["mode"]),
                    place=values["place"].strip(),
                )
            )

    def _with_call_back(self, values: Values | None) -> None:
        if values:
            when = understood(self.desk, values["when"])
            self.dismiss(
                msgspec.structs.replace(self._end, outcome=Outcome.CALL_BACK, at=when.at, timed=when.timed)
            )

    def _with_person(self, values: Values | None) -> None:
        if values:
            self.dismiss(
                msgspec.structs.replace(
                    self._end,
                    outcome=Outcome.REFERRED,
                    person=values["name"].strip(),
                    person_phone=values["phone"].strip(),
                )
            )

    def _call_back_form(self) -> WhenFormDialog:
        def check(values: Values) -> dict[str, str]:
            wrong = when_problem(self.desk, values["when"])
            return {"when": wrong} if wrong else {}

        fields = (Field("when", "When", WHEN_HINT),)
        form = WhenFormDialog(self.desk, f"Call {self._contact.name} back", fields, {}, check)
        form.follows = self._follows(Outcome.CALL_BACK)
        return form

    def _referral_form(self) -> FormDialog:
        fields = (Field("name", "Name"), Field("phone", "Phone", "if they gave it"))
        title = f"Whom did {wording.greeting(self._contact)} name?"
        return FormDialog(self.desk, title, fields, {}, self.desk.address_book.problems)

    def _follows(self, outcome: Outcome) -> Follows:
        def words(when: Understood) -> str:
            end = msgspec.structs.replace(self._end, outcome=outcome, at=when.at, timed=when.timed)
            return in_queue(self.desk, self.desk.calling.plan(self._contact.id, end), outcome)

        return words

    def _preview(self, outcome: Outcome) -> str:
        if outcome in _ASKS:
            return _ASKS[outcome]
        end = msgspec.structs.replace(self._end, outcome=outcome)
        return in_queue(self.desk, self.desk.calling.plan(self._contact.id, end), outcome)


def letter_of(outcome: Outcome) -> str:
    """Return the letter that records `outcome`."""
    return next(letter for letter, one in LETTERS.items() if one is outcome)


def in_queue(desk: Desk, ending: Ending, outcome: Outcome) -> str:
    """Return what an ending puts into the queue, in words."""
    if outcome is Outcome.TALK_NOW:
        minutes = ending.interview.countdown.minutes if ending.interview else 0
        return f"the interview opens, {minutes} minutes on the clock"
    if outcome is Outcome.DECLINED:
        return "nothing more: they are left in peace"
    if ending.hold:
        return f"held, not lost: {ending.hold}"
    now, calendar = desk.time.now(), desk.time.calendar
    if ending.referred is not None and ending.owed:
        return f"call {ending.referred.name} {wording.due(ending.owed[0], now, calendar)}"
    words = [
        f"{one.note or wording.FOLLOW_UP_KIND[one.kind]} {wording.due(one, now, calendar)}"
        + (f", {one.why.partition(',')[0]}" if one.why.startswith("try") else "")
        for one in ending.owed
    ]
    return "; ".join(words)
