"""The page of one organization: what is kept of it, who is asked, who is next, and the people there."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical

from warmcall.domain.records import Contact, PoolPerson
from warmcall.domain.sanitize import one_line
from warmcall.presentation import organizations as words_of
from warmcall.presentation import wording
from warmcall.screens.people.person_page import PersonPage
from warmcall.screens.people.pool_person import PoolPage
from warmcall.screens.places.organization_screen import OrganizationScreen
from warmcall.services.services import Services
from warmcall.widgets.page import Page
from warmcall.widgets.panel import Panel
from warmcall.widgets.rows import Column, Row, Rows
from warmcall.widgets.titled_pane import TitledPane, show_title

COLUMNS = (
    Column(weight=3, at_most=32),
    Column(weight=4, at_most=48),
    Column(1),
    Column(9),
    Column(1, min_width=70),
    Column(wording.SHORT_CELLS, min_width=70),
    Column(weight=4, min_width=100),
)
"""Name, title, stage with its sign, and the next step: its sign, when, and why where there is room."""


class OrganizationPage(OrganizationScreen):
    """One organization, whole; the cursor begins on who is next there."""

    CSS_PATH = "places.tcss"

    def __init__(self, services: Services, tab: str, place: str) -> None:
        super().__init__(services, tab)
        self._place = place
        self._called = services.directory.name_of(place)
        self._people: dict[str, Contact | PoolPerson] = {}

    def body(self) -> ComposeResult:
        """Lay out what is known, and under it, or beside it, the people there."""
        with Vertical(id="organization"):
            with Page(id="organization-page") as page:
                show_title(page, "What is known", has_focus=False)
                yield Panel(id="organization-facts")
            with TitledPane(title="People there", id="organization-there"):
                yield Rows(COLUMNS, id="organization-people", leading=1)
                yield Panel(id="organization-nobody")

    def place(self) -> str:
        """Return the place of the organization of the page."""
        return self._place

    def to_ask(self) -> Contact | PoolPerson | None:
        """Return the person under the cursor."""
        return self._people.get(self._rows.key)

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        if action in ("ask", "choose", "choose_person") and self.to_ask() is None:
            return self.with_keys("Nobody is known there yet: {app.people}, then {people.add}, adds somebody")
        return super().disabled_reason(action)

    def on_mount(self) -> None:
        """Begin among the people."""
        self._rows.focus()

    def reload(self) -> None:
        """Show the organization as it is now; leave the page if nothing of it is left."""
        organizations, directory = self.services.organizations, self.services.directory
        self._place = directory.present_place(self._place, self._called)
        if not self._place:
            self.action_back()
            return
        standing = organizations.standing(self._place)
        self._called = standing.name
        people, pool = organizations.people_at(self._place), directory.pool_at(self._place)
        first_time, next_ = not self._people, standing.turn.next
        self._people = {person.contact.id: person.contact for person in people}
        self._people |= {person.id: person for person in pool}
        name = (f"{one_line(standing.name)}\n", "bold")
        facts = words_of.facts(self.services, standing, self.with_keys)
        self.query_one("#organization-facts", Panel).show(name, *facts)
        rows = [Row(one.contact.id, words_of.contact_cells(self.services, one)) for one in people]
        rows += [Row(one.id, words_of.pool_cells(one)) for one in pool]
        self._rows.show(rows, key=next_.id if first_time and next_ is not None else "")
        self._rows.display = bool(rows)
        nobody = self.query_one("#organization-nobody", Panel)
        nobody.display = not rows
        nobody.show(
            (
                self.with_keys("Nobody is known there yet: {app.people}, then {people.add}, adds somebody"),
                "$muted",
            )
        )
        self.refresh_bindings()

    def new_minute(self) -> None:
        """Let the words about time follow the clock."""
        self.reload()

    def on_rows_moved(self) -> None:
        """Let the keys act on the person under the cursor."""
        self.refresh_bindings()

    def on_rows_chosen(self) -> None:
        """Open the page of the person under the cursor."""
        person = self.to_ask()
        if isinstance(person, Contact):
            self.app.push_screen(PersonPage(self.services, person.id))
        elif person is not None:
            self.app.push_screen(PoolPage(self.services, person.id))

    @property
    def _rows(self) -> Rows:
        return self.query_one("#organization-people", Rows)
