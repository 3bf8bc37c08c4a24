"""The letters besides those of the queue that fit one person now, to choose one from."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.domain.records import Contact
from warmcall.domain.sanitize import one_line
from warmcall.screens.dialog import Dialog
from warmcall.services.drafting import LetterChoice
from warmcall.services.services import Services
from warmcall.widgets.rows import Column, Row, Rows


class LettersDialog(Dialog[LetterChoice | None]):
    """Lists the letters that can be written to one contact; gives back the one chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "Close", id="dialog.leave", tooltip="Close without a letter"),
    ]

    def __init__(self, services: Services, contact: Contact) -> None:
        super().__init__(services)
        self._contact = contact
        self._choices = services.drafting.letters_for(contact)

    @property
    def title_words(self) -> str:
        """To whom the letter is."""
        return f"A letter to {self._contact.name}"

    def body(self) -> ComposeResult:
        """Lay out the letters."""
        yield Rows((Column(weight=1),), id="letters", enter_label="Write it")

    def on_mount(self) -> None:
        """Show the letters, each with whom it is about."""
        rows = self.query_one("#letters", Rows)
        rows.show([Row(str(at), (_title(choice),)) for at, choice in enumerate(self._choices)])
        rows.focus()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Give back the letter under the cursor."""
        if not isinstance(event, Rows.Moved):
            self.dismiss(self._choices[int(event.key)])

    def action_leave(self) -> None:
        """Close without a letter."""
        self.dismiss(None)


def _title(choice: LetterChoice) -> str:
    title = choice.template.title.partition(",")[0]
    return one_line(f"{title}: {choice.about.name}" if choice.about else title)
