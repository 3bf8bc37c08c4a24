"""What the three parts of an interview share: before, during and after."""

from __future__ import annotations

from textual.containers import Vertical

from warmcall.domain.records import ChecklistQuestion, Contact, Interview
from warmcall.screens.base import View
from warmcall.services.services import Services


class Pane(View, Vertical):
    """One part of the interview screen, about one interview."""

    def __init__(self, services: Services, id: str) -> None:
        super().__init__(id=id)
        self.services = services
        self.interview_id = ""

    @property
    def interview(self) -> Interview | None:
        """The interview shown, as it is in the store now."""
        return self.services.store.get(Interview, self.interview_id)

    @property
    def contact(self) -> Contact | None:
        """The contact it is with."""
        interview = self.interview
        return self.services.store.contact(interview.contact_id) if interview else None

    def tick(self) -> None:
        """Repaint what changes with the time alone."""

    def enter(self) -> None:
        """Take the focus: this part has just come up."""

    def listed(self, id_: str) -> ChecklistQuestion | None:
        """Return the question of that id on the checklist, if it is there."""
        checklist = self.interview.checklist if self.interview else ()
        return next((question for question in checklist if question.id == id_), None)
