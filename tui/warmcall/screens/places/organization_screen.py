"""What the keys on an organization do, in the list and on its page."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from warmcall.domain.organizations import MOST_WANTED
from warmcall.domain.records import Contact, PoolPerson
from warmcall.domain.sanitize import one_line
from warmcall.presentation import organizations as words_of
from warmcall.presentation import wording
from warmcall.screens.base import BACK_KEY, TABS, CopyText, GoBack, GoTo, TabScreen
from warmcall.screens.forms import Values
from warmcall.screens.message.dialog import MessageDialog
from warmcall.screens.people.opening_form import add_opening
from warmcall.screens.people.pool_person import PoolActions
from warmcall.screens.places.organization_form import INTO, merge_form, organization_form
from warmcall.services.organizations import Standing
from warmcall.services.services import Services
from warmcall.widgets.bars import TopBar
from warmcall.widgets.rich_text import plain_text

_ON_ORGANIZATION = ("edit", "delete", "want", "posting", "heard_of", "merge", "copy", "ask", "choose_person")


class OrganizationScreen(TabScreen):
    """A screen with the keys that act on the organization in view, over the screen `tab`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "ask", "Call", id="organization.ask",
                tooltip="Call who is next there; somebody in the pool becomes a contact first"),
        Binding("space", "choose_person", "Add to the queue", show=False, id="organization.choose",
                tooltip="Make a contact of who is next, if in the pool, and put their call into the queue"),
        Binding("plus", "want(1)", "Want more", id="organization.more",
                tooltip="How much you would like to work there, up to ●●●"),
        Binding("minus", "want(-1)", "Want less", show=False, id="organization.less",
                tooltip="Down to none: not wanted"),
        Binding("o", "posting", "Openings", id="organization.posting",
                tooltip="Whether openings are posted: open, none, not known"),
        Binding("h", "heard_of", "Heard of", show=False, id="organization.heard_of",
                tooltip="Record an opening heard of there, or that they keep your resume"),
        Binding("e", "edit", "Edit", id="organization.edit",
                tooltip="Name, other names, notes; a new name is that of the people there, too"),
        Binding("m", "merge", "Merge", show=False, id="organization.merge",
                tooltip="Make one of two: the people of both are then found under either name"),
        Binding("d", "delete", "Delete", show=False, id="organization.delete",
                tooltip="Delete what is kept of it; the people stay. {app.undo} undoes it"),
        Binding("Y", "copy", "Copy", show=False, id="organization.copy",
                tooltip="Copy what is known of it, and the people there"),
        BACK_KEY,
    ]  # fmt: skip

    def __init__(self, services: Services, tab: str) -> None:
        super().__init__(services)
        self.tab = tab
        self._pool_actions = PoolActions(self)
        self.bar = TopBar(TABS, tab)

    def place(self) -> str:
        """Return the place of the organization the keys act on; empty if there is none."""
        raise NotImplementedError

    def to_ask(self) -> Contact | PoolPerson | None:
        """Return who is called with the key for it."""
        raise NotImplementedError

    def standing(self) -> Standing | None:
        """Return how things are with the organization in view."""
        place = self.place()
        return self.services.organizations.standing(place) if place else None

    def in_view(self) -> str:
        """Return the id of the contact who is called with the key for it; empty if there is none."""
        person = self.to_ask()
        return person.id if isinstance(person, Contact) else ""

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        place = self.place()
        if action in _ON_ORGANIZATION and not place:
            return self.with_keys("No organization is chosen: {places.add} adds one")
        if action == "delete" and self.services.directory.record(place) is None:
            return "Nothing is kept of it but the people there"
        if action == "choose_person" and isinstance(person := self.to_ask(), Contact):
            return f"{one_line(person.name)} is a contact already"
        return super().disabled_reason(action)

    def action_back(self) -> None:
        """Close the screen: the one it was opened from is under it."""
        self.post_message(GoBack())

    def action_want(self, by: int) -> None:
        """Want the organization more, or less."""
        if self.blocked("want"):
            return
        organizations, place = self.services.organizations, self.place()
        changed = organizations.want(place, by)
        if changed is None:
            name = one_line(self.services.directory.name_of(place))
            self.say(
                f"{name} is wanted {f'{MOST_WANTED} of {MOST_WANTED}, the most' if by > 0 else 'not at all'}"
            )
            return
        self.say_undoable(f"{one_line(changed.name)} is wanted {changed.wanted} of {MOST_WANTED}")

    def action_posting(self) -> None:
        """Say whether openings are posted."""
        if not self.blocked("posting"):
            changed = self.services.organizations.next_posting(self.place())
            self.say_undoable(f"{one_line(changed.name)}: {wording.POSTING[changed.posting]}")

    def action_heard_of(self) -> None:
        """Ask for an opening heard of there, and record it."""
        if not self.blocked("heard_of"):
            add_opening(self, organization=self.services.directory.name_of(self.place()))

    def action_edit(self) -> None:
        """Ask for the fields of the organization, and save them."""
        if self.blocked("edit"):
            return
        place = self.place()

        def save(values: Values | None) -> None:
            if values:
                self.services.organizations.edit(place, values)

        self.app.push_screen(organization_form(self.services, place), save)

    def action_merge(self) -> None:
        """Ask for another organization, and merge this one into it."""
        if self.blocked("merge"):
            return
        place, directory = self.place(), self.services.directory
        name = one_line(directory.name_of(place))

        def merge(values: Values | None) -> None:
            if values:
                kept = self.services.organizations.merge(place, directory.place_of(values[INTO]))
                self.say_undoable(f"{name} is {one_line(kept.name)} now")

        self.app.push_screen(merge_form(self.services, place), merge)

    def action_delete(self) -> None:
        """Delete what is kept of the organization."""
        if not self.blocked("delete"):
            name = one_line(self.services.directory.name_of(self.place()))
            self.services.organizations.delete(self.place())
            self.say_undoable(f"What was kept of {name} is deleted")

    def action_copy(self) -> None:
        """Copy what is known of the organization."""
        standing = self.standing()
        if not self.blocked("copy") and standing is not None:
            text = plain_text(words_of.summary(self.services, standing, self.with_keys))
            self.post_message(CopyText(f"{standing.name}\n{text}"))

    def action_choose_person(self) -> None:
        """Make a contact of somebody in the pool, and put their first call into the queue."""
        person = self.to_ask()
        if not self.blocked("choose_person") and isinstance(person, PoolPerson):
            self._pool_actions.choose(person)

    def action_ask(self) -> None:
        """Open the call of somebody there; make a contact of them first if they are in the pool."""
        person = self.to_ask()
        if self.blocked("ask") or person is None:
            return
        if isinstance(person, PoolPerson):
            self._pool_actions.call(person)
            return
        call = self.services.organizations.call_owed(person)
        letter = self.services.calling.letter_instead(person, call)
        if letter is not None:
            self.app.push_screen(MessageDialog(self.services, letter.id))
        else:
            self.post_message(GoTo("Call", person.id, follow_up_id=call.id if call else ""))
