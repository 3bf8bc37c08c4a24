"""Choosing questions to add: those of the bank, the user's own of earlier interviews, or one typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from warmcall.domain.question_bank import Offer
from warmcall.domain.records import ChecklistQuestion, Interview
from warmcall.screens.dialog import Dialog
from warmcall.services.services import Services
from warmcall.widgets.panel import Panel
from warmcall.widgets.rows import Column, Row, Rows
from warmcall.widgets.text_fields import Line

Chosen = tuple[ChecklistQuestion, ...]


class QuestionDialog(Dialog[Chosen | None]):
    """Gives back questions that are not on the checklist yet, in the order to ask them."""

    TITLE_WORDS = "Add questions"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space",
            "mark",
            "Mark",
            id="question.mark",
            tooltip="Mark several, then {rows.choose} adds them all",
        ),
        Binding("escape", "leave", "Cancel", id="dialog.leave", tooltip="Add nothing"),
        Binding("tab", "app.focus_next", "Line or list", id="question.switch"),
    ]

    def __init__(self, services: Services, interview: Interview) -> None:
        """Offer what can be put on the checklist of `interview`."""
        super().__init__(services)
        self._listed = interview.checklist
        self._offers = {offer.question.id: offer for offer in services.checklists.offers(interview)}
        self._marked: set[str] = set()

    def body(self) -> ComposeResult:
        """Lay out the line for one's own, the questions to choose from, and what they come to."""
        yield Line(hint="type your own and press Enter, or go down and choose", id="own")
        yield Rows(
            (Column(3), Column(weight=1), Column(11, min_width=64), Column(6)), id="bank", enter_label="Add"
        )
        yield Panel(id="sum")

    def on_mount(self) -> None:
        """Show what there is to choose from."""
        self.reload()

    def reload(self) -> None:
        """Show the questions and their marks, and what the checklist comes to."""
        self._bank.show(list(self._rows()))
        chosen = (*self._listed, *self._chosen())
        minutes = sum(question.minutes for question in chosen)
        marked = self.with_keys(
            f"{len(self._marked)} marked: {{rows.choose}} adds them"
            if self._marked
            else "{question.mark} marks several"
        )
        then = "then" if self._marked else "now"
        warning = self.services.checklists.warning_for(len(chosen))
        self.query_one("#sum", Panel).show(
            f"{marked} · {then} {len(chosen)} questions, about {minutes} min",
            (f"\n{warning}" if warning else "", "bold $warning"),
        )

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        return (
            "" if action != "mark" or self._bank.key else "There is nothing to mark: type your own question"
        )

    def on_key(self, event: events.Key) -> None:
        """Go from the line down into the list."""
        if event.key == "down" and self.query_one("#own", Line).has_focus:
            event.stop()
            self._bank.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take one's own question with those marked; with nothing typed, go into the list."""
        if event.value.strip():
            self.dismiss((self.services.checklists.own_question(event.value), *self._chosen()))
        else:
            self._bank.focus()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Take the questions marked, or the one under the cursor."""
        if not isinstance(event, Rows.Moved):
            self.dismiss(self._chosen() or (self._offers[event.key].question,))

    def action_mark(self) -> None:
        """Mark the question, or take the mark off, and go on to the next."""
        if not self.blocked("mark"):
            self._marked ^= {self._bank.key}
            self.reload()
            self._bank.action_move(1)

    def _chosen(self) -> Chosen:
        return tuple(offer.question for id_, offer in self._offers.items() if id_ in self._marked)

    def _rows(self) -> Iterator[Row]:
        """Yield what nobody answered yet, then the rest, under headings where there are both."""
        answered = [offer.answered > 0 for offer in self._offers.values()]
        both = any(answered) and not all(answered)
        before = None
        for id_, offer in self._offers.items():
            if both and before is not (offer.answered > 0):
                before = offer.answered > 0
                yield Row(
                    "", ("Answered already" if before else "Nobody has answered these yet",), heading=True
                )
            mark = "[✓]" if id_ in self._marked else "[ ]"
            yield Row(id_, (mark, offer.question.ask, _said(offer), f"{offer.question.minutes} min"))

    @property
    def _bank(self) -> Rows:
        return self.query_one("#bank", Rows)


def _said(offer: Offer) -> str:
    """Return in a few letters how many answered a question, or that it is the user's own."""
    people = f"{offer.answered} said" if offer.answered else ""
    return ", ".join(filter(None, ["own" if offer.own else "", people]))
