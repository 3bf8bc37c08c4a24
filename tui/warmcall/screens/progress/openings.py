"""The openings heard of, and the resumes on file: what, where, from whom, and what became of each."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.domain.records import Contact, Opening
from warmcall.presentation import openings as words
from warmcall.screens.base import BACK_KEY, GoBack
from warmcall.screens.people.opening_form import add_opening, edit_opening
from warmcall.screens.people.person_page import PersonPage
from warmcall.screens.people.person_screen import PersonScreen
from warmcall.widgets.panel import Panel
from warmcall.widgets.rows import Column, Row, Rows

COLUMNS = (
    Column(weight=3, at_most=32),
    Column(weight=3, at_most=32),
    Column(weight=3, at_most=28, min_width=70),
    Column(9, min_width=90),
    Column(15),
)
"""What, where, heard from, when, and what became of it; from whom and when stand below a narrow list."""


class OpeningsPage(PersonScreen):
    """A list of the openings; the keys on a person act on whoever told of the one under the cursor."""

    CSS_PATH = "progress.tcss"
    TAB = "Progress"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "close", "Close", id="openings.close",
                tooltip="Applied, then not for me, gone, and open again"),
        Binding("a", "add", "Add", id="openings.add",
                tooltip="An opening heard of, or a resume kept on file; a letter is owed after some months"),
        Binding("e", "edit", "Edit", id="openings.edit",
                tooltip="What, where, from whom, the day you heard of it, a note"),
        Binding("d", "delete", "Delete", id="openings.delete",
                tooltip="Delete it, and the letter owed about it; {app.undo} undoes it"),
        BACK_KEY,
    ]  # fmt: skip

    def body(self) -> ComposeResult:
        """Lay out the list, and what there is to say without any."""
        yield Rows(COLUMNS, id="openings", enter_label="Who told you", leading=1)
        yield Panel(id="about")
        yield Panel(id="empty")

    def person(self) -> Contact | None:
        """Return who told of the one under the cursor."""
        opening = self._selected()
        return self.services.store.contact(opening.contact_id) if opening else None

    def reload(self) -> None:
        """Show them as they are now."""
        found = self.services.openings.listed()
        self._rows.show([Row(one.id, words.row_cells(self.services, one)) for one in found])
        self._show_about()
        empty = self.query_one("#empty", Panel)
        self._rows.display, empty.display = bool(found), not found
        empty.show(
            *self.with_key_lines(
                "No opening is recorded yet, and no resume on file.",
                ("{openings.add}", "adds one you heard of"),
                ("{capture.on_file}", "in an interview takes down that they keep your resume"),
            )
        )
        if self.focused is None and found:
            self._rows.focus()
        self.refresh_bindings()

    def new_minute(self) -> None:
        """Let the words about days follow the calendar."""
        self.reload()

    def on_rows_moved(self) -> None:
        """Show the whole of the one under the cursor, and let the keys know on what they act."""
        self._show_about()
        self.refresh_bindings()

    def on_rows_chosen(self) -> None:
        """Open the page of who told of it."""
        person = self.person()
        if person is not None:
            self.app.push_screen(PersonPage(self.services, person.id, self.TAB))

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        if action in ("close", "edit", "delete") and self._selected() is None:
            return self.with_keys("Nothing is listed yet: {openings.add} adds an opening")
        if action == "choose" and self.person() is None:
            return "Nobody in People told you about it"
        return super().disabled_reason(action)

    def action_close(self) -> None:
        """Say the next thing that may have become of it."""
        opening = self._selected()
        if not self.blocked("close") and opening is not None:
            end = self.services.openings.next_end(opening.id)
            self.say_undoable(f"{words.name_of(opening)}: {words.END[end]}")

    def action_delete(self) -> None:
        """Delete it."""
        opening = self._selected()
        if not self.blocked("delete") and opening is not None:
            self.services.openings.delete(opening.id)
            self.say_undoable(f"Deleted: {words.name_of(opening)}")

    def action_add(self) -> None:
        """Ask for an opening, record it, and go to it."""
        add_opening(self, select=self._rows.go)

    def action_edit(self) -> None:
        """Ask for the fields of the opening, and save them."""
        opening = self._selected()
        if not self.blocked("edit") and opening is not None:
            edit_opening(self, opening)

    def action_back(self) -> None:
        """Close the page: the figures are under it."""
        self.post_message(GoBack())

    def _show_about(self) -> None:
        opening, about = self._selected(), self.query_one("#about", Panel)
        about.display = opening is not None
        about.show(*(words.whole(self.services, opening) if opening is not None else ()))

    def _selected(self) -> Opening | None:
        return self.services.store.get(Opening, self._rows.key)

    @property
    def _rows(self) -> Rows:
        return self.query_one("#openings", Rows)
