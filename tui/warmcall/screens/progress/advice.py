"""The advice people gave on the resume, to be ticked once it was followed."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.domain.advice_given import AdviceGiven
from warmcall.domain.records import Contact
from warmcall.presentation.advice import advice_cells, head, ticked
from warmcall.screens.base import BACK_KEY, GoBack
from warmcall.screens.people.person_page import PersonPage
from warmcall.screens.people.person_screen import PersonScreen
from warmcall.widgets.panel import Panel
from warmcall.widgets.rows import Column, Row, Rows

COLUMNS = (Column(3), Column(weight=5), Column(weight=2, at_most=32), Column(18))
"""Whether it was followed, the advice, by whom, and what became of it."""


class AdvicePage(PersonScreen):
    """A list of the advice; the keys on a person act on whoever gave it."""

    TAB = "Progress"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "Followed", id="advice.tick", tooltip="It is done; {app.undo} undoes it"),
        BACK_KEY,
    ]

    def body(self) -> ComposeResult:
        """Lay out the list under how much there is."""
        yield Panel(id="advice-head")
        yield Rows(COLUMNS, id="advice", leading=2)

    def person(self) -> Contact | None:
        """Return who gave the advice under the cursor."""
        advice = self._selected()
        return self.services.store.contact(advice.task.contact_id) if advice else None

    def reload(self) -> None:
        """Show the advice as it stands now; leave the page once there is none."""
        given = self.services.progress.advice()
        if not given:
            self.action_back()
            return
        self.query_one("#advice-head", Panel).show((head(given), "bold"))
        self._rows.show([self._row(advice) for advice in given])
        if self.focused is None:
            self._rows.focus()

    def tick(self) -> None:
        """Let the words about days follow the calendar."""
        self.reload()

    def on_rows_moved(self) -> None:
        """Let the keys know on what they act."""
        self.refresh_bindings()

    def on_rows_chosen(self) -> None:
        """Open the page of who gave the advice."""
        person = self.person()
        if person is not None:
            self.app.push_screen(PersonPage(self.services, person.id, self.TAB))

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        advice = self._selected()
        if action == "tick" and advice is not None and advice.is_followed:
            return self.with_keys("This is done already: {app.undo} takes back what was done last")
        return super().disabled_reason(action)

    def action_tick(self) -> None:
        """Mark the task done; the cursor stays on it."""
        advice = self._selected()
        if advice is not None and not self.blocked("tick"):
            self.services.following_up.done(advice.task.id)
            self.say_undoable(ticked(advice))

    def action_back(self) -> None:
        """Close the page: the figures are under it."""
        self.post_message(GoBack())

    def _row(self, advice: AdviceGiven) -> Row:
        person = self.services.store.contact(advice.task.contact_id)
        sign, words, by, became = advice_cells(advice, person, self.now(), self.services.time.calendar)
        return Row(advice.task.id, (sign, words, (by, "$muted"), became))

    def _selected(self) -> AdviceGiven | None:
        key = self._rows.key
        return next((found for found in self.services.progress.advice() if found.task.id == key), None)

    @property
    def _rows(self) -> Rows:
        return self.query_one("#advice", Rows)
