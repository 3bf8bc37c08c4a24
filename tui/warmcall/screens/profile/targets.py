"""The targets: which is the present one, and how they compare."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container

from warmcall.domain.records import Target
from warmcall.presentation import targets as words
from warmcall.screens.base import BACK_KEY, TABS, CopyText, GoBack, TabScreen
from warmcall.screens.forms import FormDialog, Values
from warmcall.screens.profile.profile_form import ALL_FIELDS
from warmcall.services.profile import TARGET_FIELDS
from warmcall.services.services import Services
from warmcall.widgets.bars import TopBar
from warmcall.widgets.page import Page
from warmcall.widgets.panel import Panel
from warmcall.widgets.rich_text import plain_text
from warmcall.widgets.rows import Column, Row, Rows
from warmcall.widgets.text_width import fit_width
from warmcall.widgets.titled_pane import TitledPane, show_title

COLUMNS = (
    Column(1),
    Column(weight=3, at_most=40),
    Column(weight=3, min_width=70),
    Column(10),
    Column(7),
)
"""Whether it is the present one, the job, field and place, how many people, and how many were met."""

_ON_TARGET = ("choose", "edit", "delete")


class TargetsScreen(TabScreen):
    """A row for each target, and below the rows, or beside them, all of them compared."""

    CSS_PATH = "profile.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Add", id="targets.add", tooltip="Another job you may aim at"),
        Binding("e", "edit", "Edit", id="targets.edit", tooltip="The job, the place, why, and the research"),
        Binding("d", "delete", "Delete", id="targets.delete",
                tooltip="Delete this target; its people stay. {app.undo} undoes it"),
        Binding("Y", "copy", "Copy", show=False, id="targets.copy", tooltip="Copy the comparison as text"),
        BACK_KEY,
    ]  # fmt: skip

    def __init__(self, services: Services, tab: str) -> None:
        """Make the page; `tab` is the label of the screen that it lies over."""
        super().__init__(services)
        self.bar = TopBar(TABS, tab)

    def body(self) -> ComposeResult:
        """Lay out the list, and below or beside it the comparison."""
        with Container(id="targets-parts"):
            with TitledPane(title="Targets", id="targets-listed"):
                yield Rows(COLUMNS, id="targets", enter_label="Aim at this", leading=1)
                yield Panel(id="targets-nobody")
            with Page(id="targets-compared") as page:
                show_title(page, "Compared", has_focus=False)
                yield Panel(id="targets-figures")
                yield Panel(id="targets-unsaid")

    def on_mount(self) -> None:
        """Begin in the list."""
        self._rows.focus()

    def on_resize(self) -> None:
        """Fit the comparison to the window."""
        self.call_after_refresh(self.reload)

    def reload(self) -> None:
        """Show the targets as they are now."""
        found = self.services.targets.compared()
        self._show_rows()
        self._rows.display = bool(found.standings)
        nobody = self.query_one("#targets-nobody", Panel)
        nobody.display = not found.standings
        nobody.show(*self.with_key_lines("No target yet.", ("{targets.add}", "adds the first one")))
        self.query_one("#targets-figures", Panel).show(
            *words.compared(found.standings, self._room, fit_width)
        )
        several = len(found.standings) > 1
        unsaid = words.unsaid(found.unsaid, self.with_keys) if several else ""
        self.query_one("#targets-unsaid", Panel).show(("\n" + unsaid if unsaid else "", "$muted"))
        self.refresh_bindings()

    def on_rows_moved(self) -> None:
        """Let the keys know what they act on."""
        self.refresh_bindings()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Make the target under the cursor the present one."""
        target = self._selected()
        if isinstance(event, Rows.Moved) or target is None:
            return
        if target == self.services.store.target:
            self.say(f"{words.name_of(target)} is your present target")
            return
        self.services.targets.change_to(target.id)
        self.say_undoable(f"Your target is {words.name_of(target)} now")

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        if action in _ON_TARGET and self._selected() is None:
            return self.with_keys("There is no target yet: {targets.add} adds one")
        if action == "delete":
            return self.services.targets.deletion_problem()
        return super().disabled_reason(action)

    def action_add(self) -> None:
        """Ask for another target."""

        def add(values: Values | None) -> None:
            if values:
                target = self.services.targets.add(values)
                aims = target == self.services.store.target
                more = "" if aims else self.with_keys(". {rows.choose} on it aims at it")
                self.say_undoable(f"Added: {words.name_of(target)}{more}")
                self._show_rows(target.id)

        self.app.push_screen(self._form("Another job you may aim at", None), add)

    def action_edit(self) -> None:
        """Ask for the fields of the target, and save them."""
        target = self._selected()
        if self.blocked("edit") or target is None:
            return

        def save(values: Values | None) -> None:
            if values:
                self.services.targets.edit(target.id, values)

        self.app.push_screen(self._form(f"Edit {words.name_of(target)}", target), save)

    def action_delete(self) -> None:
        """Delete the target."""
        target = self._selected()
        if not self.blocked("delete") and target is not None:
            self.say_undoable(words.deleted(target, self.services.targets.delete(target.id)))

    def action_copy(self) -> None:
        """Copy the comparison as text."""
        standings = self.services.targets.compared().standings
        self.post_message(CopyText(plain_text(words.compared(standings, self._room, fit_width))))

    def action_back(self) -> None:
        """Close the page: the screen it was opened from is under it."""
        self.post_message(GoBack())

    def _show_rows(self, key: str = "") -> None:
        standings = self.services.targets.compared().standings
        self._rows.show([Row(one.target.id, words.row_cells(one)) for one in standings], key=key)

    def _form(self, title: str, target: Target | None) -> FormDialog:
        fields = tuple(field for field in ALL_FIELDS if field.name in TARGET_FIELDS)
        values = {name: getattr(target, name) if target else "" for name in TARGET_FIELDS}
        about = target.id if target else ""
        return FormDialog(
            self.services, title, fields, values, self.services.targets.problems, first="role", about=about
        )

    def _selected(self) -> Target | None:
        """Return the target under the cursor."""
        return self.services.store.get(Target, self._rows.key)

    @property
    def _room(self) -> int:
        """The cells a line of the comparison has."""
        return self.query_one("#targets-compared", Page).content_size.width or self.app.size.width - 2

    @property
    def _rows(self) -> Rows:
        return self.query_one("#targets", Rows)
