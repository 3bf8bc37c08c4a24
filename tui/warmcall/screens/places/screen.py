"""The list of organizations: how much each is wanted, the ways in, who is asked now, who is next."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from warmcall.domain.records import Contact, PoolPerson
from warmcall.domain.sanitize import one_line
from warmcall.presentation import organizations as words_of
from warmcall.screens.forms import Values
from warmcall.screens.index_preparation import IndexPreparation
from warmcall.screens.places.organization_form import organization_form
from warmcall.screens.places.organization_page import OrganizationPage
from warmcall.screens.places.organization_screen import OrganizationScreen
from warmcall.services.organizations import OrganizationsBy
from warmcall.services.services import Services
from warmcall.widgets.filter_line import FilterLine
from warmcall.widgets.page import Page
from warmcall.widgets.panel import Panel
from warmcall.widgets.rows import Column, ColumnNames, LazyRows, Row, Rows
from warmcall.widgets.text_width import NAME_CELLS, truncate
from warmcall.widgets.titled_pane import TitledPane, show_title

_HINT = "filter: a name, a note, somebody there"

_SLICE = 300
"""How many organizations are prepared at a time: some 8 ms of processor."""

COLUMNS = (
    Column(weight=18, at_most=36, name="name"),
    Column(4, name="want"),
    Column(7, min_width=70, name="posting"),
    Column(weight=12, at_most=26, name="ways in"),
    Column(weight=17, at_most=26, min_width=70, name="asked now"),
    Column(weight=15, name="next"),
)


class PlacesScreen(OrganizationScreen):
    """The organizations that have a record or a contact; the filter finds those only the pool knows, too."""

    CSS_PATH = "places.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Add", id="places.add", tooltip="Add one where you would like to work"),
        Binding("slash", "filter", "Filter", id="places.filter",
                tooltip="Words of a name or a note, or somebody there; also finds places only the pool has"),
        Binding("s", "sort", "Sort", show=False, id="places.sort",
                tooltip="By how much they are wanted, by ways in, by postings, by name"),
    ]  # fmt: skip

    def __init__(self, services: Services, tab: str) -> None:
        super().__init__(services, tab)
        self._sorted_by = OrganizationsBy.WANTED
        self._called = ""
        self._index = IndexPreparation(self, services.organizations.prepare, self.reload, _SLICE)

    def body(self) -> ComposeResult:
        """Lay out the filter, the list, and beside it the organization, where there is room."""
        yield Panel(id="places-head")
        yield FilterLine(_HINT, id="filter")
        with Horizontal():
            with TitledPane(title="Places", id="listed"):
                yield ColumnNames(COLUMNS)
                yield Rows(COLUMNS, id="places", leading=1)
                yield Panel(id="empty")
            with Page(id="detail"):
                yield Panel(id="place")

    def place(self) -> str:
        """Return the place under the cursor."""
        return self._rows.key

    def to_ask(self) -> Contact | PoolPerson | None:
        """Return who is next at the organization under the cursor."""
        standing = self.standing()
        return standing.turn.next if standing is not None else None

    def on_mount(self) -> None:
        """Begin in the list."""
        self._rows.focus()

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        if action == "sort" and self._filter.value.strip():
            return self.with_keys(
                "While a filter is on, the most wanted come first: {screen.back} clears the filter"
            )
        standing = self.standing() if action in ("ask", "choose_person") else None
        if standing is not None and (why := words_of.why_not_yet(self.services, standing, self.with_keys)):
            return why
        return super().disabled_reason(action)

    def reload(self) -> None:
        """Show the organizations that fit the filter."""
        if not self._index.ready():
            return
        words, organizations = self._filter.value.strip(), self.services.organizations
        everything = organizations.sorted(self._sorted_by)
        places = organizations.found(words) if words else everything
        self.query_one("#places-head", Panel).show(
            *words_of.heading(self.services, len(everything), self._sorted_by)
        )
        self._filter.show_found(len(places), len(everything))
        at = self.services.directory.present_place(self._rows.key, self._called) if self._called else ""
        self._rows.show(LazyRows(places, self._row), key=at)
        self._rows.display = bool(places)
        if places and self.focused is None:
            self._rows.focus()
        empty = self.query_one("#empty", Panel)
        empty.display = not places
        if words:
            empty.show(
                *self.with_key_lines(
                    f"No organization has “{words}” in a name or a note.",
                    ("{screen.back}", "clears the filter"),
                )
            )
        else:
            empty.show(
                *self.with_key_lines(
                    "No organization yet: each comes with the first person there.",
                    ("{places.add}", "adds one where you would like to work"),
                )
            )
        self._show_detail()

    def new_minute(self) -> None:
        """Let the words about time follow the clock."""
        self.reload()

    def on_rows_moved(self) -> None:
        """Show the organization under the cursor."""
        self._show_detail()
        self.refresh_bindings()

    def on_rows_chosen(self) -> None:
        """Open the page of the organization."""
        self.app.push_screen(OrganizationPage(self.services, self.tab, self.place()))

    def on_input_changed(self) -> None:
        """Filter with every letter, and go to the likeliest; a filter being closed leaves the cursor."""
        if self._filter.display:
            self.reload()
            self._rows.action_first()

    def on_input_submitted(self) -> None:
        """Go from the filter into what it found."""
        self._rows.focus()

    def on_filter_line_cleared(self) -> None:
        """Show all of them again."""
        self.action_back()

    def action_back(self) -> None:
        """Go back to the list from the text beside it, then close the filter, then the screen."""
        if self._beside.has_focus:
            self._rows.focus()
        elif self._filter.close():
            self.reload()
            self._rows.focus()
        else:
            super().action_back()

    def action_filter(self) -> None:
        """Begin to filter, or to filter by other words."""
        self._filter.open()

    def action_sort(self) -> None:
        """Sort by the next of the orders, and say which."""
        if self.blocked("sort"):
            return
        orders = list(OrganizationsBy)
        self._sorted_by = orders[(orders.index(self._sorted_by) + 1) % len(orders)]
        self.reload()
        self._rows.action_first()
        self.say(f"Sorted by {words_of.SORTED[self._sorted_by]}")

    def action_add(self) -> None:
        """Ask for a new organization, and add it."""

        def add(values: Values | None) -> None:
            if values:
                added = self.services.organizations.add(values)
                if self._filter.close():
                    self.reload()
                    self._rows.focus()
                self._rows.go(added.id)
                self.say_undoable(f"{one_line(added.name)} is among the places")

        self.app.push_screen(organization_form(self.services), add)

    def _row(self, place: str) -> Row:
        return Row(place, words_of.row_cells(self.services, self.services.organizations.standing(place)))

    def _show_detail(self) -> None:
        self._called = self.services.directory.name_of(self.place())
        if not self._beside.display:
            return
        standing = self.standing()
        show_title(self._beside, truncate(one_line(standing.name), NAME_CELLS) if standing else "", False)
        parts = words_of.summary(self.services, standing, self.with_keys) if standing else []
        self._beside.show(*parts)

    @property
    def _beside(self) -> Page:
        return self.query_one("#detail", Page)

    @property
    def _filter(self) -> FilterLine:
        return self.query_one("#filter", FilterLine)

    @property
    def _rows(self) -> Rows:
        return self.query_one("#places", Rows)
