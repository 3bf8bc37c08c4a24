"""Choosing questions to add: from the bank, from the user's own of other interviews, or one typed."""

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


class QuestionDialog(Dialog[tuple[ChecklistQuestion, ...] | None]):
    """Offers what is not on the checklist yet; gives back the questions to add, in the order to ask them."""

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
        """Offer what can be added to the checklist of `interview`."""
        super().__init__(services)
        self._listed = interview.checklist
        self._offers = {offer.question.id: offer for offer in services.checklists.offers(interview)}
        self._marked: set[str] = set()

    def body(self) -> ComposeResult:
        """Lay out the line to type a question, those to choose from, and what the checklist comes to."""
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
        listed = (*self._listed, *self._marked_questions())
        minutes = sum(question.minutes for question in listed)
        marked = self.with_keys(
            f"{len(self._marked)} marked: {{rows.choose}} adds them"
            if self._marked
            else "{question.mark} marks several"
        )
        then = "then" if self._marked else "now"
        warning = self.services.checklists.warning_for(len(listed))
        self.query_one("#sum", Panel).show(
            f"{marked} · {then} {len(listed)} questions, about {minutes} min",
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
        """Add the question typed with those marked; with nothing typed, go into the list."""
        if event.value.strip():
            self.dismiss((self.services.checklists.own_question(event.value), *self._marked_questions()))
        else:
            self._bank.focus()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Add the questions marked, or the question under the cursor."""
        if not isinstance(event, Rows.Moved):
            self.dismiss(self._marked_questions() or (self._offers[event.key].question,))

    def action_mark(self) -> None:
        """Mark the question, or take the mark off, and go on to the next."""
        if not self.blocked("mark"):
            self._marked ^= {self._bank.key}
            self.reload()
            self._bank.action_move(1)

    def _marked_questions(self) -> tuple[ChecklistQuestion, ...]:
        return tuple(offer.question for id_, offer in self._offers.items() if id_ in self._marked)

    def _rows(self) -> Iterator[Row]:
        """Yield what nobody has answered yet, then the rest, under headings if there are both."""
        answered = [offer.answered > 0 for offer in self._offers.values()]
        headings = any(answered) and not all(answered)
        group = None
        for id_, offer in self._offers.items():
            if headings and group is not (offer.answered > 0):
                group = offer.answered > 0
                yield Row(
                    "", ("Answered already" if group else "Nobody has answered these yet",), heading=True
                )
            tick = "[✓]" if id_ in self._marked else "[ ]"
            yield Row(id_, (tick, offer.question.ask, _source(offer), f"{offer.question.minutes} min"))

    @property
    def _bank(self) -> Rows:
        return self.query_one("#bank", Rows)


def _source(offer: Offer) -> str:
    """Return how many people answered a question, and whether it is the user's own: "own, 2 said"."""
    people = f"{offer.answered} said" if offer.answered else ""
    return ", ".join(filter(None, ["own" if offer.own else "", people]))
