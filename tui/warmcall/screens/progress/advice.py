"""The advice people gave, to be ticked once it was followed, and again once they know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.domain.advice_given import AdviceGiven
from warmcall.domain.records import Contact
from warmcall.domain.when import When
from warmcall.presentation.advice import advice_cells, head, heading, ticked
from warmcall.screens.base import BACK_KEY, GoBack
from warmcall.screens.forms import Values
from warmcall.screens.people.person_page import PersonPage
from warmcall.screens.people.person_screen import PersonScreen
from warmcall.screens.progress.advice_form import ABOUT, BY, RESUME, WHEN, WORDS, advice_form
from warmcall.screens.when_form import parse_when
from warmcall.widgets.panel import Panel
from warmcall.widgets.rows import Column, Row, Rows

COLUMNS = (Column(3), Column(weight=5), Column(weight=2, at_most=32), Column(13))
"""Whether it was followed, the advice, by whom, and what became of it."""

_ON_ONE = ("tick", "told", "edit", "delete")


class AdvicePage(PersonScreen):
    """A list of the advice; the keys on a person act on whoever gave it."""

    CSS_PATH = "progress.tcss"
    TAB = "Progress"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "Followed", id="advice.tick", tooltip="You have done it, or not after all"),
        Binding("T", "told", "Told", id="advice.told",
                tooltip="They know, from you and not by a letter; or not after all"),
        Binding("a", "add", "Add", id="advice.add", tooltip="Advice somebody gave you"),
        Binding("e", "edit", "Edit", id="advice.edit", tooltip="Its words, who gave it, and by when"),
        Binding("d", "delete", "Delete", show=False, id="advice.delete",
                tooltip="Delete it; {app.undo} undoes it"),
        BACK_KEY,
    ]  # fmt: skip

    def body(self) -> ComposeResult:
        """Lay out the list under how much there is."""
        yield Panel(id="advice-head")
        yield Rows(COLUMNS, id="advice", leading=2)
        yield Panel(id="empty")

    def person(self) -> Contact | None:
        """Return who gave the advice under the cursor."""
        advice = self._selected()
        return self.services.store.contact(advice.contact_id) if advice else None

    def reload(self) -> None:
        """Show the advice as it stands now, or what to press while there is none."""
        given = self.services.advice.given()
        self.query_one("#advice-head", Panel).show((head(given), "bold"))
        self._rows.display = bool(given)
        empty = self.query_one("#empty", Panel)
        empty.display = not given
        if not given:
            empty.show(*self.with_key_lines(
                "Nobody has advised you yet.",
                ("{capture.advice}", "in an interview takes advice down"),
                ("{capture.resume}", "does so with advice on your resume"),
                ("{advice.add}", "adds what somebody advised another time"),
            ))  # fmt: skip
        self._rows.show(list(self._lines()))
        if self.focused is None and given:
            self._rows.focus()

    def new_minute(self) -> None:
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

    def label_of(self, action: str) -> str:
        """Return what a key does that takes back what is said already."""
        advice = self._selected()
        if action == "tick" and advice is not None and advice.is_followed:
            return "Not followed"
        return "Not told" if action == "told" and _is_told_by_hand(advice) else ""

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        advice = self._selected()
        if action in _ON_ONE and advice is None:
            return self.with_keys("There is no advice here yet: {advice.add} adds some")
        if action == "add" and not self.services.store.count(Contact):
            return self.with_keys(
                "Nobody is in People yet: {app.people} goes there, {people.add} adds someone"
            )
        if action == "told" and advice is not None:
            if not advice.is_followed:
                return self.with_keys("{advice.tick} first: there is nothing to tell until you followed it")
            if advice.known_since is not None and not _is_told_by_hand(advice):
                return "A letter told them already"
        return super().disabled_reason(action)

    def action_tick(self) -> None:
        """Say that it was followed, or not after all; the cursor stays on it."""
        advice = self._selected()
        if advice is not None and not self.blocked("tick"):
            self.services.advice.toggle_followed(advice.id)
            self.say_undoable("Not followed" if advice.is_followed else ticked(advice))

    def action_told(self) -> None:
        """Say that they know, or not after all."""
        advice = self._selected()
        if advice is not None and not self.blocked("told"):
            self.services.advice.toggle_told(advice.id)
            self.say_undoable("Not told" if _is_told_by_hand(advice) else "Told")

    def action_add(self) -> None:
        """Ask for a piece of advice, and go to it."""
        if self.blocked("add"):
            return

        def add(values: Values | None) -> None:
            if values:
                self._rows.go(self.services.advice.add(*self._typed(values)))

        self.app.push_screen(advice_form(self.services), add)

    def action_edit(self) -> None:
        """Ask for another wording, giver or day."""
        advice = self._selected()
        if advice is None or self.blocked("edit"):
            return

        def save(values: Values | None) -> None:
            if values:
                self.services.advice.edit(advice.id, *self._typed(values))

        self.app.push_screen(advice_form(self.services, advice), save)

    def action_delete(self) -> None:
        """Delete it with its task."""
        advice = self._selected()
        if advice is not None and not self.blocked("delete"):
            self.services.advice.delete(advice.id)
            self.say_undoable("Deleted")

    def action_back(self) -> None:
        """Close the page: the figures are under it."""
        self.post_message(GoBack())

    def _typed(self, values: Values) -> tuple[str, str, When | None, bool]:
        """Return who gave the advice of the form, its words, its day, and whether it is about the resume."""
        due = parse_when(self.services, values[WHEN]) if values[WHEN].strip() else None
        return values[BY], values[WORDS], due, values[ABOUT] == RESUME

    def _lines(self) -> Iterator[Row]:
        """Yield the advice, on the resume first, under headings where there is other advice too."""
        given = self.services.advice.given()
        headings = [heading(advice) for advice in given]
        both, above = len(set(headings)) > 1, ""
        for advice, title in zip(given, headings, strict=True):
            if both and title != above:
                yield Row("", (title,), heading=True)
            above = title
            person = self.services.store.contact(advice.contact_id)
            sign, words, by, became = advice_cells(advice, person, self.now(), self.services.time.calendar)
            yield Row(advice.id, (sign, words, (by, "$muted"), became))

    def _selected(self) -> AdviceGiven | None:
        return self.services.advice.find(self._rows.key)

    @property
    def _rows(self) -> Rows:
        return self.query_one("#advice", Rows)


def _is_told_by_hand(advice: AdviceGiven | None) -> bool:
    """Return whether the user said that they know."""
    return advice is not None and advice.record is not None and advice.record.told_at is not None
