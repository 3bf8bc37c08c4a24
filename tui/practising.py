"""The app's way into practice, and out of it again."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.binding import Binding, BindingType

from tui.screens.base import WarmScreen
from tui.screens.practice import PracticeScreen
from tui.services.desk import Desk
from tui.storage.writer import Writer
from tui.timing import TimedApp


class PractisingApp(TimedApp):
    """An app in which calls can be practised; with `practice_only`, leaving practice ends it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("P", "practice", "Practise a call", show=False, id="app.practice",
                tooltip="Say the lines aloud to nobody; nothing is kept"),
    ]  # fmt: skip

    def __init__(self, desk: Desk, writer: Writer, practice_only: bool, **textual: Any) -> None:
        super().__init__(desk, writer, **textual)
        self.practice_only = practice_only

    def action_practice(self) -> None:
        """Practise calling the contact in view, or a sample one."""
        screen = self.screen
        contact_id = screen.in_view() if isinstance(screen, WarmScreen) else ""
        self.push_screen(PracticeScreen(self.desk, contact_id))

    def practise_and_exit(self) -> None:
        """Practise calling a sample contact, and end the app afterwards."""
        self.push_screen(PracticeScreen(self.desk), lambda _nothing: self.exit())
