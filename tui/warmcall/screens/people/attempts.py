"""The list of attempts at one person: logging one made earlier, editing and deleting them."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.domain.records import Attempt, Contact
from warmcall.presentation import wording
from warmcall.screens.dialog import Dialog
from warmcall.screens.people.attempt_form import AttemptForm
from warmcall.services.services import Services
from warmcall.widgets.panel import Panel
from warmcall.widgets.rows import Column, Row, Rows


class AttemptsDialog(Dialog[None]):
    """Lists the attempts at a contact, the newest first."""

    AUTO_FOCUS = "#attempts"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "e",
            "edit",
            "Edit",
            show=False,
            id="attempts.edit",
            tooltip="Change time, outcome, channel and note",
        ),
        Binding("d", "delete", "Delete", id="attempts.delete", tooltip="Delete this attempt"),
        Binding("l", "log", "Log a call", id="attempts.log", tooltip="Record a call made earlier"),
        Binding("u", "app.undo", "Undo", id="app.undo", tooltip="Undo the last change"),
        Binding("U", "app.redo", "Redo", show=False, id="app.redo", tooltip="Redo what was undone"),
        Binding("escape,q,h,backspace", "leave", "Close", id="dialog.leave", tooltip="Back to the person"),
    ]

    def __init__(self, services: Services, contact: Contact) -> None:
        super().__init__(services)
        self._contact = contact

    @property
    def title_words(self) -> str:
        """Whose attempts they are."""
        return f"Attempts: {self._contact.name}"

    def body(self) -> ComposeResult:
        """Lay out the list, and below it the note of the one under the cursor."""
        yield Rows(
            (Column(18), Column(weight=1), Column(weight=1, min_width=60)), id="attempts", enter_label="Edit"
        )
        yield Panel(id="note")

    def on_mount(self) -> None:
        """Fill the list."""
        self.reload()

    def reload(self) -> None:
        """Show the attempts as they are now."""
        now, calendar = self.services.time.now(), self.services.time.calendar
        attempts = self.services.store.of_contact(Attempt, self._contact.id)
        rows = [
            Row(
                attempt.id,
                (
                    wording.moment(attempt.at, now, calendar),
                    wording.attempt_words(attempt),
                    (attempt.note.strip(), "$muted"),
                ),
            )
            for attempt in sorted(attempts, key=lambda attempt: attempt.at, reverse=True)
        ]
        self.query_one("#attempts", Rows).show(rows)
        self._show_note()
        self.refresh_bindings()

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        if action in ("edit", "delete", "choose") and self._selected() is None:
            return self.with_keys("There is no attempt yet: {attempts.log} logs one")
        return ""

    def on_rows_moved(self) -> None:
        """Show the note of the attempt under the cursor."""
        self._show_note()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Edit the attempt under the cursor."""
        if not isinstance(event, Rows.Moved):
            self.action_edit()

    def action_edit(self) -> None:
        """Ask for its fields, and change them."""
        selected = self._selected()
        if not self.blocked("edit") and selected:
            self.app.push_screen(AttemptForm(self.services, self._contact, selected))

    def action_delete(self) -> None:
        """Delete the attempt under the cursor."""
        selected = self._selected()
        if not self.blocked("delete") and selected:
            self.services.attempts.delete(selected.id)
            self.say_undoable("The attempt is deleted")

    def action_log(self) -> None:
        """Ask for one made earlier, and record it."""
        self.app.push_screen(AttemptForm(self.services, self._contact))

    def _selected(self) -> Attempt | None:
        return self.services.store.get(Attempt, self.query_one("#attempts", Rows).key)

    def _show_note(self) -> None:
        selected = self._selected()
        words = (
            selected.note.strip()
            if selected
            else self.with_keys("No attempt yet: {attempts.log} logs one made earlier.")
        )
        self.query_one("#note", Panel).show(words)
