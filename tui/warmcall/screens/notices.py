"""The messages that were shown in passing, to be read again and copied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.presentation.notices import Notice, in_a_row, time_of
from warmcall.screens.base import CopyText
from warmcall.screens.dialog import Dialog
from warmcall.services.services import Services
from warmcall.widgets.panel import Panel
from warmcall.widgets.rows import Column, Row, Rows


class NoticesDialog(Dialog[None]):
    """Lists notices, the newest first, and shows the whole of the selected one."""

    TITLE_WORDS = "Messages"
    AUTO_FOCUS = "#notices"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,M,ctrl+g,backspace", "leave", "Close", id="dialog.leave", tooltip="Back"),
    ]

    def __init__(self, services: Services, newest_first: Sequence[Notice]) -> None:
        super().__init__(services)
        self._notices = newest_first

    def body(self) -> ComposeResult:
        """Lay out the list, and below it the whole of the selected message."""
        yield Rows((Column(9), Column(weight=1)), id="notices", enter_label="Copy")
        yield Panel(id="notice")

    def on_mount(self) -> None:
        """Fill the list."""
        now, calendar = self.services.time.now(), self.services.time.calendar
        self.query_one("#notices", Rows).show(
            [
                Row(str(index), (time_of(notice, now, calendar), in_a_row(notice)))
                for index, notice in enumerate(self._notices)
            ]
        )
        self.query_one("#notices", Rows).display = bool(self._notices)
        self._show_whole()

    def disabled_reason(self, action: str) -> str:
        """Return why nothing can be copied now."""
        return "" if self._notices or action != "choose" else "There are no messages yet"

    def on_rows_moved(self) -> None:
        """Show the whole of the selected message, which its row may cut."""
        self._show_whole()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Copy the selected message, and close."""
        if not isinstance(event, Rows.Moved):
            self.post_message(CopyText(self._notices[int(event.key)].text))
            self.dismiss(None)

    def _show_whole(self) -> None:
        key = self.query_one("#notices", Rows).key
        self.query_one("#notice", Panel).show(
            self._notices[int(key)].text if key else "There are no messages yet."
        )
