"""What the three parts of an interview share: before, during and after."""

from __future__ import annotations

from textual.containers import Vertical

from tui.domain.records import Contact, Interview
from tui.services.desk import Desk


class Pane(Vertical):
    """One part of the interview screen, about one interview."""

    def __init__(self, desk: Desk, id: str) -> None:
        super().__init__(id=id)
        self.desk = desk
        self.interview_id = ""

    @property
    def interview(self) -> Interview | None:
        """The interview shown, as it is in the book now."""
        return self.desk.book.get(Interview, self.interview_id)

    @property
    def contact(self) -> Contact | None:
        """The contact it is with."""
        interview = self.interview
        return self.desk.book.contact(interview.contact_id) if interview else None

    def reload(self) -> None:
        """Repaint from the book."""

    def tick(self) -> None:
        """Repaint what changes with the time alone."""

    def flush(self) -> None:
        """Hand what was typed and not yet saved to the services."""

    def enter(self) -> None:
        """Take the focus: this part has just come up."""

    def say(self, words: str) -> None:
        """Tell the user something in passing."""
        self.notify(words, markup=False, timeout=4)
