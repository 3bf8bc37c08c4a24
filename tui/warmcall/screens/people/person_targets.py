"""Which targets a person serves: each is said, or taken back, with one key."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.domain.records import Contact, Target
from warmcall.domain.sanitize import one_line
from warmcall.presentation.targets import name_of
from warmcall.screens.base import TabScreen
from warmcall.screens.dialog import Dialog
from warmcall.services.services import Services
from warmcall.widgets.panel import Panel
from warmcall.widgets.rows import Column, Row, Rows

TARGETS_KEY = Binding(
    "T", "targets", "Targets", show=False, id="person.targets",
    tooltip="Which of your targets this person serves: one may serve two",
)  # fmt: skip


def disabled_reason(screen: TabScreen, action: str) -> str:
    """Return why a person's targets cannot be said; empty if they can, or for another action."""
    if action != "targets" or screen.services.store.count(Target) > 1:
        return ""
    return screen.with_keys("You have one target: {target.targets} on Target adds another")


class PersonTargetsDialog(Dialog[None]):
    """All targets, with those marked that a person serves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space,enter", "serves", "Serves it", id="serves.serves", tooltip="This person serves it, or not"
        ),
        Binding("u", "app.undo", "Undo", id="app.undo", tooltip="Undo the last change"),
        Binding("escape,q,T,backspace", "leave", "Close", id="dialog.leave", tooltip="Back to the person"),
    ]

    def __init__(self, services: Services, contact: Contact) -> None:
        super().__init__(services)
        self._contact = contact

    @property
    def title_words(self) -> str:
        """Whose targets they are."""
        return f"Targets of {self._contact.name}"

    def body(self) -> ComposeResult:
        """Lay out the targets, and what it means to serve none."""
        yield Rows((Column(3), Column(weight=1)), id="serves", enter_label=None)
        yield Panel(id="serves-none")

    def on_mount(self) -> None:
        """Fill the list."""
        self.reload()

    def reload(self) -> None:
        """Show the targets as they are now; close once the person is gone."""
        contact = self.services.store.contact(self._contact.id)
        if contact is None:
            if self.is_current:
                self.dismiss(None)
            return
        served = [target.id for target in self.services.targets.served_by(contact)]
        rows = [
            Row(target.id, (f"[{'x' if target.id in served else ' '}]", name_of(target)))
            for target in self.services.targets.all()
        ]
        self.query_one("#serves", Rows).show(rows)
        none = f"{one_line(contact.name)} serves none of these, and counts for each."
        self.query_one("#serves-none", Panel).show(("" if served else none, "$muted"))

    def action_serves(self) -> None:
        """Say that the person serves the target under the cursor, or that they do not."""
        contact = self.services.store.contact(self._contact.id)
        target_id = self.query_one("#serves", Rows).key
        if contact is not None and target_id:
            served = [target.id for target in self.services.targets.served_by(contact)]
            self.services.targets.set_serves(contact.id, target_id, target_id not in served)
