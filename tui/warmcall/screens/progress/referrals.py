"""Who led to whom: the tree of referrals, as a pane and as a page of its own."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from warmcall.domain.records import Contact
from warmcall.presentation.referrals import head, referral_line
from warmcall.screens.base import BACK_KEY, GoBack
from warmcall.screens.people.person_page import PersonPage
from warmcall.screens.people.person_screen import PersonScreen
from warmcall.services.services import Services
from warmcall.widgets.panel import Panel
from warmcall.widgets.rows import Column, LazyRows, Row, Rows
from warmcall.widgets.titled_pane import TitledPane

COLUMNS = (
    Column(at_most=44),
    Column(16, min_width=62),
    Column(1),
    Column(14),
    Column(),
)
"""Name under the lines of the tree, source or kind, stage with its sign, and who was told."""


class ReferralTree(TitledPane):
    """The tree under what it comes to; `reload` shows it anew where it is displayed."""

    def __init__(self, services: Services, id: str) -> None:
        super().__init__(title="Who led to whom", id=id)
        self._services = services

    def compose(self) -> ComposeResult:
        """Lay out the head and the people."""
        yield Panel(id="referrals-head")
        yield Rows(COLUMNS, id="referrals", leading=1)

    @property
    def rows(self) -> Rows:
        """The list of people."""
        return self.query_one("#referrals", Rows)

    def reload(self) -> None:
        """Show the tree as it is now; nothing is worked out while it is not displayed."""
        if self.display:
            referrals = self._services.progress.referrals()
            self.query_one("#referrals-head", Panel).show((head(referrals), "$muted"))
            self.rows.show(LazyRows(referrals.ids, self._row))

    def _row(self, contact_id: str) -> Row:
        referrals = self._services.progress.referrals()
        if self._services.store.contact(contact_id) is None:
            return Row(contact_id, ("",))
        line = referral_line(self._services, referrals, contact_id)
        return Row(contact_id, (line.name, (line.kind, "$muted"), line.sign, line.stage, line.told))


class ReferralsPage(PersonScreen):
    """The tree on a page of its own."""

    CSS_PATH = "progress.tcss"
    TAB = "Progress"
    BINDINGS: ClassVar[list[BindingType]] = [BACK_KEY]

    def body(self) -> ComposeResult:
        """Lay out the tree."""
        yield ReferralTree(self.services, id="referrals-page")

    def person(self) -> Contact | None:
        """Return the contact under the cursor."""
        return self.services.store.contact(self._tree.rows.key)

    def reload(self) -> None:
        """Show the tree as it is now."""
        self._tree.reload()
        if self.focused is None:
            self._tree.rows.focus()

    def new_minute(self) -> None:
        """Let the words about days follow the calendar."""
        self._tree.reload()

    def on_rows_moved(self) -> None:
        """Let the keys know on whom they act."""
        self.refresh_bindings()

    def on_rows_chosen(self, message: Rows.Chosen) -> None:
        """Open the page of the person under the cursor."""
        self.app.push_screen(PersonPage(self.services, message.key, self.TAB))

    def action_back(self) -> None:
        """Close the page: the figures are under it."""
        self.post_message(GoBack())

    @property
    def _tree(self) -> ReferralTree:
        return self.query_one("#referrals-page", ReferralTree)
