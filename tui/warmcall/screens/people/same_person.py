"""Somebody is named who may be in People already: who of those, or somebody else of that name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.domain.person_merge import AnyPerson
from warmcall.domain.records import PoolPerson
from warmcall.presentation.person import is_in_people, somebody_else
from warmcall.screens.base import View
from warmcall.screens.dialog import Dialog
from warmcall.screens.forms import Settle, Values
from warmcall.services.address_book import FROM_POOL, SAME_AS, SOMEBODY_ELSE
from warmcall.services.services import Services
from warmcall.widgets.rows import Column, Row, Rows


class SamePersonDialog(Dialog[str]):
    """Lists those of the same name; gives back the id of one, SOMEBODY_ELSE, or nothing."""

    TITLE_WORDS = "Who is it?"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "Back", id="dialog.leave", tooltip="Back to what you typed"),
    ]

    def __init__(self, services: Services, name: str, people: Sequence[AnyPerson]) -> None:
        super().__init__(services)
        self._called = name
        self._people = people

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Rows((Column(weight=1),), id="same-people", enter_label="This one")

    def on_mount(self) -> None:
        """Show who is here by that name, and somebody else as the last."""
        rows = [Row(person.id, (is_in_people(self.services, person),)) for person in self._people]
        shown = self.query_one("#same-people", Rows)
        shown.show([*rows, Row(SOMEBODY_ELSE, (somebody_else(self._called),))])
        shown.focus()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Give back who is under the cursor."""
        if not isinstance(event, Rows.Moved):
            self.dismiss(event.key)

    def action_leave(self) -> None:
        """Close without an answer."""
        self.dismiss("")


def settle_who(services: Services, field: str = "name", exclude: str = "", known: str = "") -> Settle:
    """Return a step that asks who is meant, if a contact or somebody in the pool has the name in `field`.

    `exclude` is the id of a contact who cannot be meant. The name `known` is not asked about.
    """

    def settle(screen: View, values: Values, close: Callable[[Values], None]) -> None:
        name = values[field].strip()
        contacts = [person for person in services.address_book.people_called(name) if person.id != exclude]
        people: list[AnyPerson] = [*contacts, *services.here_already.pool_called(name)]

        def chosen(who: str | None) -> None:
            if who:
                of_pool = services.store.get(PoolPerson, who) is not None
                close({**values, SAME_AS: who, FROM_POOL: "yes" if of_pool else ""})

        if people and name != known:
            screen.app.push_screen(SamePersonDialog(services, name, people), chosen)
        else:
            close(values)

    return settle
