"""Choosing questions to add: from the bank, the user's own of other interviews, the sets, or one typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from warmcall.domain.question_bank import Offer
from warmcall.domain.records import ChecklistQuestion, Interview
from warmcall.presentation.answers import answered_or_not
from warmcall.presentation.briefing import time_estimate
from warmcall.screens.dialog import Dialog
from warmcall.services.services import Services
from warmcall.widgets.panel import Panel
from warmcall.widgets.rows import Column, Row, Rows
from warmcall.widgets.text_fields import Line

_SET = "set "
"""How the key of a set's heading begins; its id follows."""


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
        self._interview = interview
        self._offers = {offer.question.id: offer for offer in services.checklists.offers(interview)}
        self._marked: set[str] = set()
        self._warned = False

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
        more = self._questions(self._marked)
        marked = self.with_keys(
            f"{len(self._marked)} marked: {{rows.choose}} adds them"
            if self._marked
            else "{question.mark} marks several"
        )
        then = "then" if self._marked else "now"
        warning = self.services.checklists.warning_for(len(self._interview.checklist) + len(more))
        self.query_one("#sum", Panel).show(
            f"{marked} · {then} {time_estimate(self.services, self._interview, more)}",
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
            own = self.services.checklists.own_question(event.value)
            self.dismiss((own, *self._questions(self._marked)))
        else:
            self._bank.focus()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Add the questions marked, or the question under the cursor, or the whole set under it."""
        if not isinstance(event, Rows.Moved):
            self.dismiss(self._questions(self._marked or self._ids_at(event.key)))

    def warn_unsaved(self, key_id: str) -> bool:
        """Warn, the first time, that the question typed is not added; return whether the warning was shown.

        `key_id` is the id of the key that was pressed to leave.
        """
        if self._warned or not self.query_one("#own", Line).value.strip():
            return False
        self._warned = True
        self.say(self.with_keys(f"This question is not added: {{{key_id}}} again leaves without it"))
        return True

    def action_leave(self) -> None:
        """Close; if a question was typed, only the second Esc does, and discards it."""
        if not self.warn_unsaved("dialog.leave"):
            super().action_leave()

    def action_mark(self) -> None:
        """Mark the question or the whole set, or take the mark off, and go on to the next."""
        if not self.blocked("mark"):
            ids = self._ids_at(self._bank.key)
            self._marked = self._marked - ids if ids <= self._marked else self._marked | ids
            self.reload()
            self._bank.action_move(1)

    def _questions(self, ids: set[str]) -> tuple[ChecklistQuestion, ...]:
        return tuple(offer.question for id_, offer in self._offers.items() if id_ in ids)

    def _ids_at(self, key: str) -> set[str]:
        """Return the ids of the question of that row, or of all in the set whose heading it is."""
        set_id = key.removeprefix(_SET) if key.startswith(_SET) else ""
        if not set_id:
            return {key}
        return {id_ for id_, offer in self._offers.items() if offer.set_id == set_id}

    def _rows(self) -> Iterator[Row]:
        """Yield what nobody has answered yet, then the rest, under headings if there are both; then each set.

        The heading of a set can be chosen, for all that is in it.
        """
        answered = [offer.answered > 0 for offer in self._offers.values() if not offer.set_id]
        set_first = any(offer.set_id for offer in list(self._offers.values())[:1])
        headings = set_first or (any(answered) and not all(answered))
        above = ""
        for id_, offer in self._offers.items():
            key = _SET + offer.set_id if offer.set_id else ""
            title = offer.set_title or answered_or_not(self.services, self._interview, offer)
            if title != above and (key or headings):
                above = title
                yield Row(key, (title,), heading=True)
            tick = "[✓]" if id_ in self._marked else "[ ]"
            yield Row(id_, (tick, offer.question.ask, _source(offer), f"{offer.question.minutes} min"))

    @property
    def _bank(self) -> Rows:
        return self.query_one("#bank", Rows)


def _source(offer: Offer) -> str:
    """Return how many people answered a question, and whether it is the user's own: "own, 2 said"."""
    people = f"{offer.answered} said" if offer.answered else ""
    return ", ".join(filter(None, ["own" if offer.own else "", people]))
