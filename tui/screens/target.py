"""The target: who the user is, the job aimed at, and what was found out about it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from tui.screens.base import Copy, WarmScreen
from tui.screens.forms import Values
from tui.screens.person import Page
from tui.screens.profile_forms import ALL_FIELDS, profile_form
from tui.services.targeting import TARGET_FIELDS
from tui.widgets.panel import Panel, Part


class TargetScreen(WarmScreen):
    """Profile, target and research."""

    TAB = "Target"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e,enter", "edit", "Edit", id="target.edit", tooltip="Change profile and target"),
        Binding("r", "research", "Research", id="target.research", tooltip="Go on with the research notes"),
        Binding("Y", "copy", "Copy", id="target.copy", tooltip="Copy target and research"),
    ]

    def body(self) -> ComposeResult:
        """Lay out the page."""
        with Page(id="target-page"):
            yield Panel(id="target-text")

    def reload(self) -> None:
        """Show what is known."""
        values = self.desk.targeting.fields()
        own = [field for field in ALL_FIELDS if field.name not in TARGET_FIELDS]
        aimed = [field for field in ALL_FIELDS if field.name in TARGET_FIELDS and not field.lines]
        parts: list[Part] = [("You", "bold"), "\n"]
        for fields, after in ((own, ("\nThe job you aim at", "bold")), (aimed, ("\nResearch", "bold"))):
            for field in fields:
                text = values[field.name]
                if field.name == "zone" and not text:
                    text = f"{self.desk.time.calendar.local(self.now()):%Z} (the machine's)"
                parts += [
                    (f"{field.label:<16}", "$muted"),
                    text or (self.keyed("{target.edit} fills this"), "$muted"),
                    "\n",
                ]
            parts += [after, "\n"]
        parts.append(
            values["research"]
            or (
                self.keyed("{target.research} begins: what do you know about the job and the place?"),
                "$muted",
            )
        )
        self.query_one("#target-text", Panel).show(*parts)

    def action_edit(self) -> None:
        """Ask for all fields, and change them."""
        self._ask("name")

    def action_research(self) -> None:
        """Go straight to the research notes."""
        self._ask("research")

    def action_copy(self) -> None:
        """Copy target and research."""
        values = self.desk.targeting.fields()
        self.post_message(Copy("\n".join(values[name] for name in TARGET_FIELDS if values[name])))

    def _ask(self, first: str) -> None:
        def take(values: Values | None) -> None:
            if values:
                self.desk.targeting.save(values)

        self.app.push_screen(profile_form(self.desk, first), take)
