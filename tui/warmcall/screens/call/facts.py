"""What is known of the person being called: tries, notes, who else is there, research on the place."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.domain.evidence import lines_about
from warmcall.domain.records import Contact
from warmcall.domain.sanitize import one_line
from warmcall.presentation import wording
from warmcall.screens.dialog import Dialog
from warmcall.screens.people.person_page import Page
from warmcall.services.services import Services
from warmcall.widgets.panel import Panel
from warmcall.widgets.rich_text import RichPart

TRIES_SHOWN = 5


class FactsDialog(Dialog[None]):
    """The same facts over the script, where there is no room for them beside it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("B,q,escape", "leave", "Back to the call", id="dialog.leave"),
    ]

    def __init__(self, services: Services, person: Contact) -> None:
        super().__init__(services)
        self._person = person

    @property
    def title_words(self) -> str:
        """Whom the facts are about."""
        return f"What is known of {self._person.name}"

    def body(self) -> ComposeResult:
        """Lay out the facts."""
        with Page(id="page"):
            yield Panel(*facts(self.services, self._person))


def facts(services: Services, person: Contact) -> list[RichPart]:
    """Return what is worth having in sight during a call, the most useful first."""
    blocks = [_tries(services, person), _notes(person), _there(services, person), _research(services, person)]
    parts: list[RichPart] = []
    for block in filter(None, blocks):
        parts += [*(["\n"] if parts else []), *block]
    return parts


def _tries(services: Services, person: Contact) -> list[RichPart]:
    now, calendar = services.time.now(), services.time.calendar
    attempts = services.pending_attempts.completed(person.id)[-TRIES_SHOWN:]
    parts: list[RichPart] = []
    for attempt in reversed(attempts):
        note = f" · {one_line(attempt.note.strip())}" if attempt.note.strip() else ""
        parts += [f"{wording.attempt_line(attempt, now, calendar)}{note}\n"]
    return [("Tried\n", "$muted"), *parts] if parts else []


def _notes(person: Contact) -> list[RichPart]:
    return [("Notes\n", "$muted"), f"{person.notes.strip()}\n"] if person.notes.strip() else []


def _there(services: Services, person: Contact) -> list[RichPart]:
    """Return whom else one knows at the same organization, with how far one got."""
    others = services.address_book.at_same_organization(person)
    if not others:
        return []
    names = ", ".join(
        f"{contact.name} ({wording.STAGE[services.address_book.stage(contact.id)]})" for contact in others[:6]
    )
    return [(f"Also at {person.organization}\n", "$muted"), f"{names}\n"]


def _research(services: Services, person: Contact) -> list[RichPart]:
    target = services.store.target
    found = lines_about(person.organization, target.research) if target else []
    if not found:
        return []
    return [("From your research\n", "$muted"), *(f"{line}\n" for line in found)]
