"""What the three panes of an interview have in common: before, during and after."""

from __future__ import annotations

from typing import ClassVar

from textual.containers import Vertical

from warmcall.domain.records import ChecklistQuestion, Contact, Interview
from warmcall.domain.sanitize import one_line
from warmcall.presentation import wording
from warmcall.screens.base import View
from warmcall.services.services import Services
from warmcall.widgets.rich_text import RichPart
from warmcall.widgets.text_width import NAME_CELLS, truncate


class Pane(View, Vertical):
    """One part of an interview: preparation, the talk, or the debrief.

    `PART`, its id, is "before", "during" or "after". `interview_id` is the interview it shows; empty until
    there is one.
    """

    PART: ClassVar[str] = ""

    def __init__(self, services: Services) -> None:
        super().__init__(id=self.PART)
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

    @property
    def shows_advice(self) -> bool:
        """Whether the sentence to say next in a talk under way can be read here."""
        return False

    def enter(self) -> None:
        """Focus what the keys of this pane act on; called when the pane comes up."""

    def name_part(self, contact: Contact) -> RichPart:
        """Return the contact's name as it stands first in the head, cut if it is very long."""
        return truncate(one_line(contact.name), NAME_CELLS), "bold"

    def work(self, contact: Contact) -> str:
        """Return the contact's title and organization for the head, cut if they are very long."""
        return truncate(wording.work(contact), NAME_CELLS)

    def listed(self, question_id: str) -> ChecklistQuestion | None:
        """Return the question of that id on the checklist, if it is there."""
        checklist = self.interview.checklist if self.interview else ()
        return next((question for question in checklist if question.id == question_id), None)
