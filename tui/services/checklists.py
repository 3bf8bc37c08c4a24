"""Checklists: choosing the questions of an interview from the banks."""

from __future__ import annotations

from tui.domain.bank import Question, choose, not_chosen
from tui.domain.book import Book
from tui.domain.cadence import Cadence
from tui.domain.records import ChecklistQuestion, Interview
from tui.domain.vocabulary import ContactKind
from tui.storage.library import Library


class Checklists:
    """Knows the question banks and how many questions a meeting bears."""

    def __init__(self, book: Book, library: Library) -> None:
        self._book = book
        self._library = library

    @property
    def cadence(self) -> Cadence:
        """The figures: how few and how many questions are reasonable."""
        return self._library.cadence

    def first_choice(self, kind: ContactKind) -> tuple[ChecklistQuestion, ...]:
        """Return the checklist to begin with for that kind of contact; empty if it has no bank."""
        bank = self._library.bank_for(kind)
        return choose(bank, self.cadence.questions_min, self.cadence.questions_max) if bank else ()

    def more(self, interview: Interview) -> list[Question]:
        """Return the questions of the bank that are not on the checklist of `interview`."""
        contact = self._book.contact(interview.contact_id)
        bank = self._library.bank_for(contact.kind) if contact else None
        return not_chosen(bank, interview.checklist) if bank else []

    def warning(self, interview: Interview) -> str:
        """Return what is unwise about the number of questions, or an empty text."""
        count = len(interview.checklist)
        if count < self.cadence.questions_min:
            return f"{count} questions: fewer than {self.cadence.questions_min} may leave time empty"
        if count > self.cadence.questions_max:
            return f"{count} questions: more than {self.cadence.questions_max} seldom fit"
        return ""
