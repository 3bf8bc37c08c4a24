"""What is known of the person being called: tries, notes, who else is there, research on the place."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from tui.domain.evidence import lines_about
from tui.domain.inert import one_line
from tui.domain.records import Contact
from tui.screens.base import Dialog
from tui.screens.person import Page
from tui.services.desk import Desk
from tui.widgets import wording
from tui.widgets.panel import Panel, Part

TRIES_SHOWN = 5


class FactsDialog(Dialog[None]):
    """The same facts over the script, where there is no room for them beside it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("B,q,escape", "leave", "Back to the call", id="dialog.leave"),
    ]

    def __init__(self, desk: Desk, person: Contact) -> None:
        super().__init__(desk)
        self._person = person

    @property
    def title_words(self) -> str:
        """Whom the facts are about."""
        return f"What is known of {self._person.name}"

    def body(self) -> ComposeResult:
        """Lay out the facts."""
        with Page(id="page"):
            yield Panel(*facts(self.desk, self._person))


def facts(desk: Desk, person: Contact) -> list[Part]:
    """Return what is worth having in sight during a call, the most useful first."""
    blocks = [_tries(desk, person), _notes(person), _there(desk, person), _research(desk, person)]
    parts: list[Part] = []
    for block in filter(None, blocks):
        parts += [*(["\n"] if parts else []), *block]
    return parts


def _tries(desk: Desk, person: Contact) -> list[Part]:
    now, calendar = desk.time.now(), desk.time.calendar
    attempts = desk.calling.attempts(person.id)[-TRIES_SHOWN:]
    parts: list[Part] = []
    for attempt in reversed(attempts):
        note = f" · {one_line(attempt.note.strip())}" if attempt.note.strip() else ""
        parts += [f"{wording.attempt_line(attempt, now, calendar)}{note}\n"]
    return [("Tried\n", "$muted"), *parts] if parts else []


def _notes(person: Contact) -> list[Part]:
    return [("Notes\n", "$muted"), f"{person.notes.strip()}\n"] if person.notes.strip() else []


def _there(desk: Desk, person: Contact) -> list[Part]:
    """Return whom else one knows at the same organization, with how far one got."""
    others = desk.address_book.at_same_organization(person)
    if not others:
        return []
    names = ", ".join(f"{one.name} ({wording.STAGE[desk.address_book.stage(one.id)]})" for one in others[:6])
    return [(f"Also at {person.organization}\n", "$muted"), f"{names}\n"]


def _research(desk: Desk, person: Contact) -> list[Part]:
    target = desk.book.target
    found = lines_about(person.organization, target.research) if target else []
    if not found:
        return []
    return [("From your research\n", "$muted"), *(f"{line}\n" for line in found)]
