"""Quitting while something is not on disk: try again, write a copy elsewhere, or quit without saving."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.config.safe_files import explanation
from warmcall.screens.dialog import Dialog
from warmcall.services.services import Services
from warmcall.widgets.panel import Panel
from warmcall.widgets.text_fields import Line

WriteCopy = Callable[[str], str]
"""Writes a copy to a path and returns what to say of it; raises OSError."""


class UnsavedDialog(Dialog[bool]):
    """Gives back whether to quit."""

    AUTO_FOCUS = ""
    TITLE_WORDS = "Not everything is saved"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+s,r", "retry", "Try again", id="unsaved.retry", tooltip="Save now, and leave if it works"
        ),
        Binding("w", "copy", "Write a copy", id="unsaved.copy", tooltip="Write everything to another file"),
        Binding(
            "x", "discard", "Leave without saving", id="unsaved.leave", tooltip="What is not saved is lost"
        ),
        Binding("escape,q", "leave", "Stay", id="dialog.leave", tooltip="Go on; saving is tried again"),
    ]

    def __init__(
        self, services: Services, unsaved: int, reason: str, retry: Callable[[], bool], write_copy: WriteCopy
    ) -> None:
        """Say that `unsaved` changes are not on disk, and why; `retry` returns whether saving worked."""
        super().__init__(services)
        self._words = f"{unsaved} change{'s' if unsaved != 1 else ''} not on disk yet: {reason or 'saving'}."
        self._retry = retry
        self._write_copy = write_copy

    def body(self) -> ComposeResult:
        """Say what is not saved, and where a copy would go."""
        yield Panel(self._words, id="what")
        yield Line("~/warmcall-copy.json", id="copy-path")
        yield Panel(id="understood")

    def action_retry(self) -> None:
        """Save now, and quit if that works."""
        if self._retry():
            self.dismiss(True)
        else:
            self.query_one("#understood", Panel).show("It still cannot be saved.")

    def action_copy(self) -> None:
        """Go to the line with the path of the copy; Enter there writes it."""
        self.query_one("#copy-path", Line).focus()

    def on_input_submitted(self) -> None:
        """Write the copy, and leave the line."""
        try:
            done = self._write_copy(self.query_one("#copy-path", Line).value)
        except OSError as error:
            done = f"Not written: {explanation(error)}"
        self.query_one("#understood", Panel).show(done)
        self.set_focus(None)

    def action_discard(self) -> None:
        """Quit without saving."""
        self.dismiss(True)

    def action_leave(self) -> None:
        """Leave the line; if it is left already, close and stay in the app."""
        if self.focused is not None:
            self.set_focus(None)
        else:
            self.dismiss(False)
