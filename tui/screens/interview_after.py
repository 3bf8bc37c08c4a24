"""After the interview: what was learned, who was named, and the way to the thank-you."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from tui.domain.inert import one_line
from tui.domain.records import FollowUp, Interview
from tui.domain.vocabulary import FollowUpKind
from tui.screens.base import Copy
from tui.screens.forms import FormDialog, Values
from tui.screens.interview_pane import Pane
from tui.screens.person import Page
from tui.services.desk import Desk
from tui.widgets import wording
from tui.widgets.form import Field
from tui.widgets.panel import Panel, Part
from tui.widgets.person_summary import answers, plain

_FIT = (
    ("0", "not said"), ("1", "1: not for me"), ("2", "2: rather not"), ("3", "3: could be"),
    ("4", "4: yes, mostly"), ("5", "5: this is it"),
)  # fmt: skip
_CONFIDENCE = (
    ("0", "not said"), ("1", "1: a first guess"), ("2", "2: shaky"), ("3", "3: fair"),
    ("4", "4: quite sure"), ("5", "5: sure"),
)  # fmt: skip


class After(Pane):
    """The meeting as it was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "e,enter", "debrief", "Debrief", id="after.debrief", tooltip="What you learned, and how it fits"
        ),
        Binding("Y", "copy", "Copy", id="after.copy", tooltip="Copy the answers"),
    ]

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        with Page(id="after-page"):
            yield Panel(id="after-text")

    def reload(self) -> None:
        """Show the meeting as it is now."""
        interview, contact = self.interview, self.contact
        if interview is None or contact is None:
            return
        now, calendar = self.desk.time.now(), self.desk.time.calendar
        told = interview.debrief
        parts: list[Part] = [
            (one_line(contact.name), "bold"), f" · {wording.meeting_line(interview, now, calendar)}\n",
            *self._thanks(interview), "\n", ("Debrief", "bold"), "\n",
        ]  # fmt: skip
        if told.learned or told.fit or told.confidence:
            fit, confidence = dict(_FIT)[str(told.fit)], dict(_CONFIDENCE)[str(told.confidence)]
            parts += [f"{told.learned}\n" if told.learned else "", f"fit {fit} · confidence {confidence}\n"]
        else:
            parts += [("e", "bold $primary"), "  while it is fresh: what did you learn?\n"]
        named = [one.name for id_ in interview.named if (one := self.desk.book.contact(id_))]
        if named:
            parts += [("\nThey named", "bold"), "\n", ", ".join(named), "\n"]
        promises = [
            f"{one.note} ({'theirs' if one.waiting else 'mine'}, {'kept' if one.done_at else 'open'})\n"
            for one in self.desk.book.of_contact(FollowUp, contact.id)
            if one.kind is FollowUpKind.PROMISE and one.interview_id == interview.id
        ]
        if promises:
            parts += [("\nPromises", "bold"), "\n", *promises]
        parts += [("\nWhat they said", "bold"), "\n", *answers(interview)]
        self.query_one("#after-text", Panel).show(*parts)

    def enter(self) -> None:
        """Take the focus."""
        self.query_one("#after-page", Page).focus()

    def action_debrief(self) -> None:
        """Ask what was learned, and keep it."""
        interview = self.interview
        if interview is None:
            return

        def take(values: Values | None) -> None:
            if values:
                fit, confidence = int(values["fit"]), int(values["confidence"])
                self.desk.interviewing.debrief(interview.id, values["learned"].strip(), fit, confidence)

        self.app.push_screen(debrief_form(self.desk, interview), take)

    def action_copy(self) -> None:
        """Copy the answers."""
        if self.interview is not None:
            self.post_message(Copy(plain(answers(self.interview))))

    def _thanks(self, interview: Interview) -> list[Part]:
        owed = [
            one
            for one in self.desk.book.of_contact(FollowUp, interview.contact_id)
            if one.kind is FollowUpKind.THANK_YOU and one.interview_id == interview.id
        ]
        if not owed:
            return []
        if owed[0].done_at is not None:
            return ["The thank-you is sent.\n"]
        when = wording.due(owed[0], self.desk.time.now(), self.desk.time.calendar)
        return [("t", "bold $primary"), f"  writes the thank-you, due {when}\n"]


def debrief_form(desk: Desk, interview: Interview) -> FormDialog:
    """Return the form of the debrief of `interview`."""
    told = interview.debrief
    fields = (
        Field("learned", "Learned", lines=5),
        Field("fit", "How it fits", choices=_FIT),
        Field("confidence", "How sure", choices=_CONFIDENCE),
    )
    values = {"learned": told.learned, "fit": str(told.fit), "confidence": str(told.confidence)}
    return FormDialog(
        desk, "Debrief: what did you learn?", fields, values, lambda _values: {},
        intro="Does it change the job you aim at? Would you like those days? Tab goes on, ^s saves.",
        about=interview.id,
    )  # fmt: skip
