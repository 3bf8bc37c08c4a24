"""The people whom a figure of Progress is about, in groups."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from warmcall.domain.records import Contact
from warmcall.presentation.person import list_cells
from warmcall.presentation.progress import GroupedPeople, group_head
from warmcall.screens.base import BACK_KEY, GoBack
from warmcall.screens.people.person_page import PersonPage
from warmcall.screens.people.person_screen import PersonScreen
from warmcall.screens.people.screen import COLUMNS
from warmcall.services.services import Services
from warmcall.widgets.panel import Panel
from warmcall.widgets.rows import LazyRows, Row, Rows

_HEADING = "heading"
"""The place of a heading among the keys of its group."""


class ProgressPeople(PersonScreen):
    """A list of people under headings; `people` returns them as they are now."""

    CSS_PATH = "progress.tcss"
    TAB = "Progress"
    BINDINGS: ClassVar[list[BindingType]] = [BACK_KEY]

    def __init__(self, services: Services, people: Callable[[], GroupedPeople]) -> None:
        super().__init__(services)
        self._people = people
        self._grouped = GroupedPeople("", ())
        self._keys: list[str] = []

    def body(self) -> ComposeResult:
        """Lay out the list under what its people have in common."""
        yield Panel(id="group-head")
        yield Rows(COLUMNS, id="group", leading=1)

    def person(self) -> Contact | None:
        """Return the contact under the cursor."""
        return self.services.store.contact(self._rows.key.partition("/")[2])

    def reload(self) -> None:
        """Show who belongs here now; leave the page if nobody does any more."""
        grouped = self._people()
        if grouped is not self._grouped:
            self._grouped, self._keys = grouped, list(_keys(grouped))
        if grouped.is_empty:
            self.action_back()
            return
        self.query_one("#group-head", Panel).show((group_head(grouped), "bold"))
        self._rows.show(LazyRows(self._keys, self._row))
        if self.focused is None:
            self._rows.focus()

    def new_minute(self) -> None:
        """Let the words about time follow the clock."""
        self.reload()

    def on_rows_moved(self) -> None:
        """Let the keys know on whom they act."""
        self.refresh_bindings()

    def on_rows_chosen(self) -> None:
        """Open the page of the person under the cursor."""
        person = self.person()
        if person is not None:
            self.app.push_screen(PersonPage(self.services, person.id, self.TAB))

    def action_back(self) -> None:
        """Close the page: the figures are under it."""
        self.post_message(GoBack())

    def _row(self, key: str) -> Row:
        place, _, which = key.partition("/")
        if place == _HEADING:
            return Row("", (self._grouped.groups[int(which)].heading,), heading=True)
        person = self.services.store.contact(which)
        note = self._grouped.groups[int(place)].notes.get(which, "")
        return Row(key, list_cells(self.services, person, note) if person else ("",))

    @property
    def _rows(self) -> Rows:
        return self.query_one("#group", Rows)


def _keys(grouped: GroupedPeople) -> Iterator[str]:
    """Yield the key of each row: of a heading where there are several groups, and of each person."""
    shown = [number for number, group in enumerate(grouped.groups) if group.ids]
    for number in shown:
        group = grouped.groups[number]
        if group.heading and len(shown) > 1:
            yield f"{_HEADING}/{number}"
        yield from (f"{number}/{id_}" for id_ in group.ids)
