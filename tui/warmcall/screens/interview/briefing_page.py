"""The page to read before an interview, to be copied or printed."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from warmcall.domain.records import Interview
from warmcall.formats.markdown import plain
from warmcall.presentation.briefing import briefing, page_parts
from warmcall.screens.base import CopyText
from warmcall.screens.dialog import Dialog
from warmcall.services.services import Services
from warmcall.widgets.page import Page
from warmcall.widgets.panel import Panel


class PrintPage(Message):
    """Asks the app to write a page to a file, from which the user prints it."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__()


class BriefingDialog(Dialog[None]):
    """Shows the page to read before an interview, over the whole screen."""

    TITLE_WORDS = "To read before you meet"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("P", "print", "Print", id="briefing.print", tooltip="Write the page to a file, to print it"),
        Binding("Y", "copy", "Copy", id="briefing.copy", tooltip="Copy the page"),
        Binding("b,q,escape,backspace", "leave", "Back", id="dialog.leave", tooltip="Back to the lists"),
    ]

    def __init__(self, services: Services, interview_id: str) -> None:
        super().__init__(services)
        self._interview_id = interview_id

    def body(self) -> ComposeResult:
        """Lay out the page."""
        with Page(id="briefing"):
            yield Panel(id="briefing-text")

    def on_mount(self) -> None:
        """Show the page, and let the keys scroll it."""
        self.reload()
        self.query_one("#briefing", Page).focus()

    def reload(self) -> None:
        """Show what is known now."""
        interview = self._interview
        if interview is None:
            return
        self.query_one("#briefing-text", Panel).show(*page_parts(briefing(self.services, interview)))

    def action_print(self) -> None:
        """Ask the app to write the page to a file."""
        if self._interview is not None:
            self.post_message(PrintPage(plain(briefing(self.services, self._interview))))

    def action_copy(self) -> None:
        """Copy the page."""
        if self._interview is not None:
            self.post_message(CopyText(plain(briefing(self.services, self._interview))))

    @property
    def _interview(self) -> Interview | None:
        return self.services.store.get(Interview, self._interview_id)
