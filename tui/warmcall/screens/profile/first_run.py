"""The first screen of a new user: what this is, and the two ways in."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.screens.dialog import Dialog
from warmcall.screens.forms import Values
from warmcall.screens.profile.forms import first_form
from warmcall.widgets.panel import Panel

DEMO = "demo"
BEGUN = "begun"

_DOES = {
    "first.start": "start: a few facts about you and the job you aim at",
    "first.demo": "look around on sample data; your own file is not touched",
    "first.later": "skip the form and go straight in",
    "dialog.leave": "quit; nothing is written",
}
"""What the keys do here, by their ids."""


class FirstRun(Dialog[str]):
    """Gives back DEMO for the sample data, BEGUN once something was saved or put off."""

    TITLE_WORDS = "warmcall"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,s", "start", "Start", id="first.start", tooltip="Say who you are and what you aim at"),
        Binding("d", "demo", "Look around", id="first.demo", tooltip="Sample data in a throwaway file"),
        Binding("l", "later", "Skip", id="first.later", tooltip="Straight in; {app.target} has the form"),
        Binding("escape,q", "app.quit", "Quit", id="dialog.leave", tooltip="Nothing is written"),
    ]

    def body(self) -> ComposeResult:
        """Say what this is, and what the keys do."""
        yield Panel(
            "warmcall helps you learn about a job from the people who do it: whom to call, what to say,"
            " twenty minutes of good questions, and a thank-you within the day. Everything you write stays"
            " in one file on this machine.",
            id="what",
        )
        signs = {id_: self.key(id_) for id_ in _DOES}
        widest = max(len(sign) for sign in signs.values())
        yield Panel(
            *(
                part
                for id_, does in _DOES.items()
                for part in ((f"\n {signs[id_]:<{widest + 2}}", "bold $primary"), does)
            )
        )

    def action_start(self) -> None:
        """Ask for the first facts, and save what was filled."""

        def take(values: Values | None) -> None:
            if values is not None:
                self.services.profile_editing.save(values)
                self.dismiss(BEGUN)

        self.app.push_screen(first_form(self.services), take)

    def action_demo(self) -> None:
        """Ask for the sample data."""
        self.dismiss(DEMO)

    def action_later(self) -> None:
        """Go straight in."""
        self.dismiss(BEGUN)
