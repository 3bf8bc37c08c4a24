"""Somebody in the pool: their page, and what keys do with them wherever they are shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.domain.records import PoolPerson
from warmcall.domain.sanitize import one_line
from warmcall.presentation import shortlist as words
from warmcall.presentation import wording
from warmcall.presentation.pool import in_pool_only, pool_page
from warmcall.screens.base import BACK_KEY, CopyText, GoBack, GoTo, TabScreen
from warmcall.screens.people import merging
from warmcall.screens.people.merging import APART_KEY, MERGE_KEY
from warmcall.screens.people.person_page import PersonPage
from warmcall.services.services import Services
from warmcall.widgets.page import Page
from warmcall.widgets.panel import Panel

CHOOSE_KEY = Binding(
    "space", "choose_person", "Add to the queue", id="pool.choose",
    tooltip="Make a contact of somebody in the pool, and put their first call into the queue",
)  # fmt: skip
"""The key of a page of somebody in the pool."""

_FOR_CONTACTS = ("edit", "log", "attempts", "own_editor", "interview", "follow_up", "thank", "write_letter")
"""What can be done with a contact only."""


class PoolActions:
    """Acts on a person in the pool, over `screen`; each action is one change."""

    def __init__(self, screen: TabScreen) -> None:
        self._screen = screen
        self._services = screen.services

    def disabled_reason(self, action: str, person: PoolPerson) -> str:
        """Return why an action cannot be done with somebody in the pool; empty if it can."""
        if action in _FOR_CONTACTS:
            return in_pool_only(person, self._screen.with_keys)
        return merging.disabled_reason(self._screen, action, person)

    def choose(self, person: PoolPerson) -> None:
        """Make a contact of them, and put their first call into the queue."""
        chosen = self._services.pool.choose([person.id])
        if chosen:
            self._screen.say_undoable(words.added(self._services, chosen))

    def call(self, person: PoolPerson) -> None:
        """Make a contact of them, and open their call."""
        if self._services.pool.choose([person.id]):
            self._screen.post_message(GoTo("Call", person.id))
            self._screen.say_undoable(f"{one_line(person.name)} is a contact now")

    def never(self, person: PoolPerson) -> None:
        """Keep them off the shortlist, or let them onto it again."""
        name = one_line(person.name)
        if person.never:
            self._services.pool.put_back(person.id)
            self._screen.say_undoable(f"{name} may be on the shortlist again")
        else:
            self._services.pool.never(person.id)
            self._screen.say_undoable(f"{name} is off the shortlist")

    def delete(self, person: PoolPerson) -> None:
        """Delete them."""
        if self._services.pool.delete(person.id) is not None:
            self._screen.say_undoable(f"{one_line(person.name)} is deleted from the pool")

    def copy(self, person: PoolPerson) -> None:
        """Copy name, work, phone and email."""
        lines = (person.name, wording.work(person), person.phone, person.email)
        self._screen.post_message(CopyText("\n".join(filter(None, lines))))

    def merge(self, person: PoolPerson, kept: Callable[[str], None] = lambda _id: None) -> None:
        """Ask who else they are, and show both side by side; `kept` is called with the id of who is kept."""
        if not self._screen.blocked("merge"):
            merging.merge(self._screen, person, kept)

    def take_apart(self, person: PoolPerson) -> None:
        """Give back whoever was merged into them last."""
        if not self._screen.blocked("take_apart"):
            merging.take_apart(self._screen, person)


class PoolPage(TabScreen):
    """One person in the pool, whole; once they are chosen, the page of the contact takes its place."""

    TAB = "People"
    BINDINGS: ClassVar[list[BindingType]] = [
        CHOOSE_KEY,
        Binding("c", "call", "Call", id="pool.call",
                tooltip="Make a contact of this person, and open the call"),
        Binding("x", "never", "Never", id="pool.never",
                tooltip="Keep this person off the shortlist, or let them onto it again"),
        Binding("d", "delete", "Delete", show=False, id="pool.delete",
                tooltip="Delete this person from the pool; {app.undo} undoes it"),
        Binding("Y", "copy", "Copy", id="pool.copy", tooltip="Copy name, work, phone and email"),
        MERGE_KEY,
        APART_KEY,
        BACK_KEY,
    ]  # fmt: skip

    def __init__(self, services: Services, person_id: str) -> None:
        super().__init__(services)
        self._person_id = person_id
        self._actions = PoolActions(self)

    def body(self) -> ComposeResult:
        """Lay out the page."""
        with Page(id="page"):
            yield Panel(id="person")

    def in_view(self) -> str:
        """Return the id of the contact that the person has become; empty until then."""
        contact = self.services.store.contact(self._person_id)
        return contact.id if contact else ""

    def reload(self) -> None:
        """Show the person as they are now; as a contact, or not at all, if they left the pool."""
        if not self._is_here:
            self._person_id = self.services.people_merging.kept_instead(self._person_id)
        person = self._person
        if person is not None:
            self.query_one("#person", Panel).show(*pool_page(self.services, person, self.with_keys))
        elif self.app.screen is self and self.services.store.contact(self._person_id) is not None:
            self.app.switch_screen(PersonPage(self.services, self._person_id))
        else:
            self.action_back()

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        return self._actions.disabled_reason(action, self._person) if self._person is not None else ""

    def action_back(self) -> None:
        """Close the page: the list is under it."""
        self.post_message(GoBack())

    def action_merge(self) -> None:
        """Ask who else the person is, and show both side by side."""
        if self._person is not None:
            self._actions.merge(self._person)

    def action_take_apart(self) -> None:
        """Give back whoever was merged into the person last."""
        if self._person is not None:
            self._actions.take_apart(self._person)

    def action_choose_person(self) -> None:
        """Make a contact of the person, and put their first call into the queue."""
        if self._person is not None:
            self._actions.choose(self._person)

    def action_call(self) -> None:
        """Make a contact of the person, and open their call."""
        if self._person is not None:
            self._actions.call(self._person)

    def action_never(self) -> None:
        """Keep the person off the shortlist, or let them onto it again."""
        if self._person is not None:
            self._actions.never(self._person)

    def action_delete(self) -> None:
        """Delete the person, which closes the page."""
        if self._person is not None:
            self._actions.delete(self._person)

    def action_copy(self) -> None:
        """Copy name, work, phone and email."""
        if self._person is not None:
            self._actions.copy(self._person)

    @property
    def _is_here(self) -> bool:
        """Whether the person is in the pool, or a contact by now."""
        return self.services.people_merging.person(self._person_id) is not None

    @property
    def _person(self) -> PoolPerson | None:
        return self.services.store.get(PoolPerson, self._person_id)
