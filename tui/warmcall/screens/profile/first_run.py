"""The first screen of a new user: what warmcall is, and how to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.screens.dialog import Dialog
from warmcall.widgets.panel import Panel

if TYPE_CHECKING:
    from warmcall.screens.forms import Values

DEMO = "demo"
STARTED = "started"
"""What the dialog gives back."""

_KEY_EFFECTS = {
    "first.start": "start: a few facts about you and the job you aim at",
    "first.demo": "look around on sample data; your own file is not touched",
    "first.later": "skip the form and go straight in",
    "dialog.leave": "quit; nothing is written",
}
"""What each key does here, by its id."""


class FirstRun(Dialog[str]):
    """Gives back DEMO if the user wants sample data, STARTED once they saved or skipped the form."""

    TITLE_WORDS = "warmcall"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,s", "start", "Start", id="first.start", tooltip="Say who you are and what you aim at"),
        Binding("d", "demo", "Look around", id="first.demo", tooltip="Sample data in a throwaway file"),
        Binding("l", "later", "Skip", id="first.later", tooltip="Go straight in; {app.target} has the form"),
        Binding("escape,q", "app.quit", "Quit", id="dialog.leave", tooltip="Nothing is written"),
    ]

    def body(self) -> ComposeResult:
        """Say what warmcall is, and what the keys do."""
        yield Panel(
            "warmcall helps you learn about a job from the people who do it: whom to call, what to say,"
            " twenty minutes of good questions, and a thank-you within the day. Everything you write stays"
            " in one file on this machine.",
            id="what",
        )
        keys = {id_: self.key(id_) for id_ in _KEY_EFFECTS}
        widest = max(len(key) for key in keys.values())
        yield Panel(
            *(
                part
                for id_, effect in _KEY_EFFECTS.items()
                for part in ("\n", (f" {keys[id_]:<{widest + 2}}", "bold $primary"), effect)
            )
        )

    def action_start(self) -> None:
        """Ask for the first facts, and save those that were filled in."""
        from warmcall.screens.profile.profile_form import first_form

        def save(values: Values | None) -> None:
            if values is not None:
                self.services.profile_editing.save(values)
                self.dismiss(STARTED)

        self.app.push_screen(first_form(self.services), save)

    def action_demo(self) -> None:
        """Close, asking for sample data."""
        self.dismiss(DEMO)

    def action_later(self) -> None:
        """Skip the form."""
        self.dismiss(STARTED)
