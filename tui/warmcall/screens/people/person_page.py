"""A person's page: fields, history, who named them and whom they named."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.domain.records import Contact
from warmcall.presentation.person import page
from warmcall.screens.base import BACK_KEY, TABS, GoBack
from warmcall.screens.people import person_targets
from warmcall.screens.people.contact_actions import OWN_EDITOR_KEY, ContactActions
from warmcall.screens.people.merging import APART_KEY, MERGE_KEY
from warmcall.screens.people.opening_form import add_opening
from warmcall.screens.people.person_screen import PersonScreen
from warmcall.screens.people.person_targets import TARGETS_KEY, PersonTargetsDialog
from warmcall.services.services import Services
from warmcall.widgets.bars import TopBar
from warmcall.widgets.page import Page
from warmcall.widgets.panel import Panel


class PersonPage(PersonScreen):
    """One contact, whole."""

    TAB = "People"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "Edit", id="person.edit", tooltip="Change the fields"),
        Binding("l", "log", "Log a call", id="person.log", tooltip="Record a call made earlier"),
        Binding("h,enter", "attempts", "Attempts", id="person.attempts", tooltip="Edit or delete past ones"),
        Binding("o", "opening", "Opening", show=False, id="person.opening",
                tooltip="An opening they told you about, or your resume on file with them; a letter follows"),
        Binding("d", "delete", "Delete", show=False, id="person.delete", tooltip="Delete this person"),
        Binding("Y", "copy", "Copy", id="person.copy", tooltip="Copy name, work, phone and email"),
        BACK_KEY,
        MERGE_KEY,
        APART_KEY,
        TARGETS_KEY,
        OWN_EDITOR_KEY,
    ]  # fmt: skip

    def __init__(self, services: Services, contact_id: str, tab: str = TAB) -> None:
        """Make the page of a contact; `tab` is the label of the screen that it lies over."""
        super().__init__(services)
        self.bar = TopBar(TABS, tab)
        self._contact_id = contact_id
        self._actions = ContactActions(self)

    def body(self) -> ComposeResult:
        """Lay out the page."""
        with Page(id="page"):
            yield Panel(id="person")

    def person(self) -> Contact | None:
        """Return the contact of the page."""
        return self.services.store.contact(self._contact_id)

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        reason = self._actions.disabled_reason(action) or person_targets.disabled_reason(self, action)
        return reason or super().disabled_reason(action)

    def action_back(self) -> None:
        """Close the page: the list is under it."""
        self.flush()
        self.post_message(GoBack())

    def reload(self) -> None:
        """Show the person as they are now, or whom they are a part of; leave the page if they are deleted."""
        if self.person() is None:
            self._contact_id = self.services.people_merging.kept_instead(self._contact_id)
        person = self.person()
        if person is None:
            self.action_back()
            return
        self.query_one("#person", Panel).show(*page(self.services, person, self.with_keys))

    def action_edit(self) -> None:
        """Ask for the fields, and save them."""
        self._actions.edit()

    def action_delete(self) -> None:
        """Delete the person, which closes the page."""
        self._actions.delete()

    def action_copy(self) -> None:
        """Copy name, work, phone and email."""
        self._actions.copy()

    def action_own_editor(self) -> None:
        """Have the notes about the person written in the user's own editor."""
        self._actions.own_editor()

    def action_merge(self) -> None:
        """Ask who else the person is, and show both side by side."""
        self._actions.merge()

    def action_take_apart(self) -> None:
        """Give back whoever was merged into the person last."""
        self._actions.take_apart()

    def action_targets(self) -> None:
        """List the targets, to say which the person serves."""
        person = self.person()
        if not self.blocked("targets") and person is not None:
            self.app.push_screen(PersonTargetsDialog(self.services, person))

    def action_opening(self) -> None:
        """Ask for an opening that the person told of, and record it."""
        person = self.person()
        if not self.blocked("opening") and person is not None:
            add_opening(self, contact_id=person.id, organization=person.organization)

    def action_log(self) -> None:
        """Ask for an attempt made earlier, and record it."""
        self._actions.log_attempt()

    def action_attempts(self) -> None:
        """List the attempts at the person."""
        self._actions.list_attempts()
