"""The line over a list in which the words to filter it are typed."""

from __future__ import annotations

from warmcall.widgets.text_fields import Line


class FilterLine(Line):
    """A line for the words of a filter, hidden until it is opened."""

    def __init__(self, hint: str, id: str | None = None) -> None:
        super().__init__(hint=hint, id=id)
        self.display = False

    def open(self) -> None:
        """Show the line, empty, and put the cursor into it."""
        self.value = ""
        self.display = True
        self.focus()

    def close(self) -> bool:
        """Empty and hide the line; return whether it was open."""
        was_open = self.display
        self.value = ""
        self.display = False
        return was_open
