"""A bare Textual app with the kinds of widgets that a screen of warmcall has: the least a start could cost.

Run it with: python -m tests.benchmarks.bare
"""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

ROWS = 30


class Bare(App[None]):
    """A bar, a list of options, and a footer."""

    BINDINGS = [Binding("q", "quit", "Quit"), Binding("a", "bell", "Add"), Binding("e", "bell", "Edit")]

    def compose(self) -> ComposeResult:
        """Make the three."""
        yield Static("bare")
        yield OptionList(*[Option(f"row {number}") for number in range(ROWS)])
        yield Footer()


if __name__ == "__main__":
    app = Bare()
    app.animation_level = "none"
    app.run(mouse=False)
