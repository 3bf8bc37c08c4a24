"""Everyone, with stage and next step; a filter over every field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from warmcall.domain.records import Contact, PoolPerson
from warmcall.domain.sanitize import one_line
from warmcall.presentation import signs, wording
from warmcall.presentation.found import excerpt
from warmcall.presentation.person import added as added_words
from warmcall.presentation.person import list_cells
from warmcall.presentation.pool import pool_excerpt, pool_words
from warmcall.screens.base import ADD_KEY, IMPORT_KEY, SHORTLIST_KEY, GoTo
from warmcall.screens.forms import Values
from warmcall.screens.index_preparation import IndexPreparation
from warmcall.screens.people.contact_actions import OWN_EDITOR_KEY, ContactActions
from warmcall.screens.people.contact_form import contact_form
from warmcall.screens.people.duplicates import DUPLICATES_KEY, DuplicatesScreen
from warmcall.screens.people.importing import ask_for_import
from warmcall.screens.people.merging import APART_KEY, MERGE_KEY
from warmcall.screens.people.person_beside import PersonBeside
from warmcall.screens.people.person_page import PersonPage
from warmcall.screens.people.person_screen import PersonScreen
from warmcall.screens.people.pool_person import PoolActions, PoolPage
from warmcall.screens.people.shortlist import ShortlistScreen
from warmcall.screens.places.screen import PlacesScreen
from warmcall.services.people_order import PeopleBy
from warmcall.services.pool_search import POOL_SLICE
from warmcall.services.search import Where
from warmcall.services.services import Services
from warmcall.widgets.filter_line import FilterLine
from warmcall.widgets.panel import Panel
from warmcall.widgets.rows import Column, ColumnNames, LazyRows, Row, Rows
from warmcall.widgets.titled_pane import TitledPane

_HINT = "filter: words of any field, said or written"

COLUMNS = (
    Column(weight=3, at_most=32, name="name"),
    Column(weight=5, at_most=48, name="what they do"),
    Column(1),
    Column(9, name="stage"),
    Column(1, min_width=70),
    Column(wording.SHORT_CELLS, min_width=70, name="next"),
    Column(weight=4, min_width=90),
)
"""Name, work, stage with its sign, and the next step: its sign, when, and why where there is room."""

_SORTED = {
    PeopleBy.NAME: "Sorted by name",
    PeopleBy.STAGE: "Sorted by stage",
    PeopleBy.NEXT: "Sorted by what is next",
    PeopleBy.NEWEST: "Sorted by when they were added, the newest first",
}

_SHOWN = (Where.NAME, Where.WORK, Where.STAGE)
"""What stands in a row anyway: where else something was found is shown instead of the work and the rest."""


class PeopleScreen(PersonScreen):
    """The list of contacts; with a filter, after them the people in the pool who fit it."""

    TAB = "People"
    BINDINGS: ClassVar[list[BindingType]] = [
        ADD_KEY,
        Binding("e", "edit", "Edit", id="people.edit", tooltip="Change the fields of this person"),
        Binding("d", "delete", "Delete", id="people.delete",
                tooltip="Delete this person; {app.undo} undoes it"),
        Binding("slash", "filter", "Filter", id="people.filter",
                tooltip="Words of any field, said or written; figures for numbers"),
        Binding("n", "next(1)", "Next found", show=False, id="people.next", tooltip="The next one listed"),
        Binding("N", "next(-1)", "Previous found", show=False, id="people.previous",
                tooltip="The previous one listed"),
        Binding("space", "choose_person", "Add to the queue", show=False, id="people.choose",
                tooltip="Make a contact of somebody in the pool, and put their first call into the queue"),
        SHORTLIST_KEY,
        Binding("s", "sort", "Sort", show=False, id="people.sort",
                tooltip="By name, by stage, by what is next, the newest first"),
        IMPORT_KEY,
        Binding("p", "places", "Places", show=False, id="people.places",
                tooltip="The organizations: how much each is wanted, ways in, who is next there"),
        Binding("Y", "copy", "Copy", show=False, id="people.copy",
                tooltip="Copy name, work, phone and email"),
        Binding("l", "log", "Log a call", show=False, id="person.log",
                tooltip="Record a call made earlier"),
        Binding("h", "attempts", "Attempts", show=False, id="person.attempts",
                tooltip="Edit or delete past ones"),
        DUPLICATES_KEY,
        MERGE_KEY,
        APART_KEY,
        OWN_EDITOR_KEY,
    ]  # fmt: skip

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._actions = ContactActions(self, self.select)
        self._sorted_by = PeopleBy.NAME
        self._pool_actions = PoolActions(self)
        self._both: tuple[Sequence[str], Sequence[str], Sequence[str]] = ((), (), ())
        self._index = IndexPreparation(self, services.search.prepare, self.on_input_changed)
        prepare_pool = services.pool_search.prepare
        self._pool_index = IndexPreparation(self, prepare_pool, self.on_input_changed, POOL_SLICE)

    def body(self) -> ComposeResult:
        """Lay out the filter, the list, and beside it the person, where there is room."""
        yield FilterLine(_HINT, id="filter")
        with Horizontal():
            with TitledPane(title="People", id="listed"):
                yield ColumnNames(COLUMNS)
                yield Rows(COLUMNS, id="people", leading=1)
                yield Panel(id="empty")
            yield PersonBeside(self.services, self.with_keys, id="detail")

    def person(self) -> Contact | None:
        """Return the contact under the cursor."""
        return self.services.store.contact(self._rows.key)

    def on_mount(self) -> None:
        """Begin in the list."""
        self._rows.focus()

    def reload(self) -> None:
        """Show who fits the filter."""
        words = self._filter.value
        if words.strip() and not self._prepared():
            return
        ids = self.services.search.people_ids(words)
        in_pool = self.services.pool_search.ids(words) if words.strip() else ()
        if not words.strip():
            ids = self.services.people_order.sorted(ids, self._sorted_by)
        elif in_pool:
            ids = self._joined(ids, in_pool)
        self.query_one(ColumnNames).show(self._sorted_by.value)
        people, pool = self.services.store.count(Contact), self.services.store.count(PoolPerson)
        self._filter.show_found(len(ids), people + pool)
        rows = LazyRows(ids, self._row)
        self._rows.show(rows)
        self._rows.display = len(rows) > 0
        if len(rows) and self.focused is None:
            self._rows.focus()
        empty = self.query_one("#empty", Panel)
        empty.display = len(rows) == 0
        if words and people + pool:
            empty.show(
                *self.with_key_lines(
                    f"Nobody has “{words}” in any field.", ("{screen.back}", "clears the filter")
                )
            )
        elif pool:
            empty.show(
                *self.with_key_lines(
                    f"{pool_words(pool)}, and nobody is chosen yet.",
                    ("{shortlist.open}", "proposes whom to ask this week, and why"),
                    ("{people.filter}", "finds them by any word"),
                    ("{people.import}", "imports more people"),
                    ("{people.add}", "adds somebody by hand"),
                )
            )
        else:
            empty.show(
                *self.with_key_lines(
                    "Nobody here yet.",
                    ("{people.add}", "adds the first person to call"),
                    ("{people.import}", wording.IMPORTS),
                )
            )
        self._show_detail()

    def go_to(self, target: GoTo) -> None:
        """Select the contact that `target` names."""
        if target.contact_id:
            self.select(target.contact_id)

    def select(self, contact_id: str) -> None:
        """Move the cursor to a contact; a filter, which may hide them, is closed."""
        if self._filter.close():
            self._rows.focus()
        self.reload()
        self._rows.go(contact_id)

    def _joined(self, contacts: Sequence[str], in_pool: Sequence[str]) -> Sequence[str]:
        """Return both lists in one, the same one as long as they are the same: there may be thousands."""
        if self._both[0] is not contacts or self._both[1] is not in_pool:
            self._both = (contacts, in_pool, [*contacts, *in_pool])
        return self._both[2]

    def _prepared(self) -> bool:
        """Return whether contacts and pool can be searched; if not, the rest is prepared."""
        contacts, pool = self._index.ready(), self._pool_index.ready()
        return contacts and pool

    def new_minute(self) -> None:
        """Let the words about time follow the clock."""
        self.reload()

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        if action == "sort" and self._filter.value.strip():
            return self.with_keys(
                "While a filter is on, the best matches come first: {screen.back} clears the filter"
            )
        if action == "sort" and not len(self._rows.rows):
            return self._rows.disabled_reason("choose")
        in_pool, contact = self._in_pool, self.person()
        if in_pool is not None:
            return self._pool_actions.disabled_reason(action, in_pool)
        if action == "choose_person" and contact is not None:
            return (
                f"{one_line(contact.name)} is a contact already: {self.with_keys('{person.call} calls them')}"
            )
        return self._actions.disabled_reason(action) or super().disabled_reason(action)

    def on_rows_moved(self) -> None:
        """Show the person under the cursor."""
        self._show_detail()
        self.refresh_bindings()

    def on_rows_chosen(self) -> None:
        """Open the person's page; where it is shown beside the list already, go there."""
        person, in_pool = self.person(), self._in_pool
        if (person or in_pool) and self._beside.display:
            self._beside.focus()
        elif person:
            self.app.push_screen(PersonPage(self.services, person.id))
        elif in_pool:
            self.app.push_screen(PoolPage(self.services, in_pool.id))

    def on_input_changed(self) -> None:
        """Filter with every letter, and go to the likeliest; a filter being closed leaves the cursor."""
        if self._filter.display:
            self.reload()
            self._rows.action_first()

    def on_input_submitted(self) -> None:
        """Go from the filter into what it found."""
        self._rows.focus()

    def on_filter_line_cleared(self) -> None:
        """Show everybody again."""
        self.action_back()

    def action_filter(self) -> None:
        """Begin to filter, or to filter by other words."""
        self._filter.open()
        self.call_after_refresh(self._prepared)

    def action_sort(self) -> None:
        """Sort the people by the next of the orders, and say which."""
        if self.blocked("sort"):
            return
        orders = list(PeopleBy)
        self._sorted_by = orders[(orders.index(self._sorted_by) + 1) % len(orders)]
        self.reload()
        self._rows.action_first()
        self.say(_SORTED[self._sorted_by])

    def action_next(self, by: int) -> None:
        """Go to the next or the previous person found."""
        before = self._rows.key
        if not before:
            words = self._filter.value
            self.say(f"Nobody has “{words}” in any field" if words else self.disabled_reason("choose"))
            return
        self._rows.action_move(by)
        if self._rows.key == before:
            self.say(f"This is the {'last' if by > 0 else 'first'} one listed")

    def action_back(self) -> None:
        """Go back to the list from the person beside it, then close the filter, then a message."""
        if self._beside.has_focus:
            self._rows.focus()
        elif self._filter.close():
            self.reload()
            self._rows.focus()
        else:
            super().action_back()

    def action_add(self) -> None:
        """Ask for a new contact, and add them with their call."""

        def add(values: Values | None) -> None:
            if values:
                added = self.services.address_book.add(values)
                self.select(added.id)
                self.say_undoable(added_words(added, values))

        self.app.push_screen(contact_form(self.services), add)

    def action_import(self) -> None:
        """Ask for a file with people, and import it."""
        ask_for_import(self)

    def action_edit(self) -> None:
        """Ask for the person's fields, and save them."""
        self._actions.edit()

    def action_delete(self) -> None:
        """Delete the person."""
        if self._in_pool is not None:
            self._pool_actions.delete(self._in_pool)
        else:
            self._actions.delete()

    def action_choose_person(self) -> None:
        """Make a contact of somebody in the pool, and put their first call into the queue."""
        if not self.blocked("choose_person") and self._in_pool is not None:
            self._pool_actions.choose(self._in_pool)

    def action_call(self) -> None:
        """Open the call; make a contact of somebody in the pool first."""
        if self._in_pool is not None:
            self._pool_actions.call(self._in_pool)
        else:
            super().action_call()

    def action_shortlist(self) -> None:
        """Show who of the pool, and of the contacts not asked yet, is worth asking next."""
        self.app.push_screen(ShortlistScreen(self.services))

    def action_places(self) -> None:
        """Show the organizations."""
        self.app.push_screen(PlacesScreen(self.services, self.TAB))

    def action_copy(self) -> None:
        """Copy the person's name, work, phone and email."""
        if self._in_pool is not None:
            self._pool_actions.copy(self._in_pool)
        else:
            self._actions.copy()

    def action_own_editor(self) -> None:
        """Have the notes about the person written in the user's own editor."""
        self._actions.own_editor()

    def action_duplicates(self) -> None:
        """Show the people who may be one."""
        self.app.push_screen(DuplicatesScreen(self.services))

    def action_merge(self) -> None:
        """Ask who else the person is, and show both side by side."""
        if self._in_pool is not None:
            self._pool_actions.merge(self._in_pool, self.select)
        else:
            self._actions.merge()

    def action_take_apart(self) -> None:
        """Give back whoever was merged into the person last."""
        if self._in_pool is not None:
            self._pool_actions.take_apart(self._in_pool)
        else:
            self._actions.take_apart()

    def action_log(self) -> None:
        """Ask for an attempt made earlier, and record it."""
        self._actions.log_attempt()

    def action_attempts(self) -> None:
        """List the attempts at the person."""
        self._actions.list_attempts()

    def _row(self, contact_id: str) -> Row:
        person = self.services.store.contact(contact_id)
        if person is None:
            return self._pool_row(contact_id)
        cells = list_cells(self.services, person)
        found = self.services.search.where_found(contact_id, self._filter.value, _SHOWN)
        return Row(contact_id, cells, excerpt=excerpt(found) if found else None)

    def _pool_row(self, person_id: str) -> Row:
        """Return the row of somebody in the pool; an empty one if they are gone."""
        person = self.services.store.get(PoolPerson, person_id)
        if person is None:
            return Row(person_id, ("",))
        sign, style = signs.POOL
        cells = (person.name, (wording.work(person), "$muted"), (sign, style), (wording.POOL, style))
        found = self.services.pool_search.where_found(person_id, self._filter.value, _SHOWN)
        return Row(person_id, cells, excerpt=pool_excerpt(found) if found else None)

    def _show_detail(self) -> None:
        self._beside.show_person(self.person() or self._in_pool)

    @property
    def _in_pool(self) -> PoolPerson | None:
        """The person of the pool under the cursor."""
        return self.services.store.get(PoolPerson, self._rows.key)

    @property
    def _beside(self) -> PersonBeside:
        return self.query_one("#detail", PersonBeside)

    @property
    def _filter(self) -> FilterLine:
        return self.query_one("#filter", FilterLine)

    @property
    def _rows(self) -> Rows:
        return self.query_one("#people", Rows)
