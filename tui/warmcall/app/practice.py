"""The app's way into practice, and out of it again."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.binding import Binding, BindingType

from warmcall.app.ticker import TimedApp
from warmcall.screens.base import TabScreen
from warmcall.screens.practice.call import PracticeScreen
from warmcall.screens.practice.interview import InterviewPractice
from warmcall.services.practice_interviews import INTERVIEW_RUNS, practice_interview
from warmcall.services.services import Services
from warmcall.storage.writer import Writer


class PractisingApp(TimedApp):
    """An app in which calls and interviews can be practised.

    With `practice_only`, "call" or "interview", it begins with that, and leaving practice ends it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("P", "practice", "Practise a call", show=False, id="app.practice",
                tooltip="Say the lines aloud to nobody; nothing is kept"),
        Binding("I", "practise_interview", "Practise an interview", show=False, id="app.practise_interview",
                tooltip="Five minutes with nobody; nothing is kept"),
    ]  # fmt: skip

    def __init__(self, services: Services, writer: Writer, practice_only: str, **textual: Any) -> None:
        super().__init__(services, writer, **textual)
        self.practice_only = practice_only

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        if action == "practise_interview" and self.services.store.running() is not None:
            return INTERVIEW_RUNS
        return ""

    def action_practice(self) -> None:
        """Practise calling the contact in view, or a sample one."""
        screen = self.screen
        contact_id = screen.in_view() if isinstance(screen, TabScreen) else ""
        self.push_screen(PracticeScreen(self.services, contact_id))

    def action_practise_interview(self) -> None:
        """Practise an interview with a sample contact, as often as is wanted."""
        reason = self.disabled_reason("practise_interview")
        if reason:
            self.say(reason)
            if self.practice_only:
                self.exit()
            return
        screen = InterviewPractice(*practice_interview(self.services))

        def over(_nothing: None) -> None:
            if screen.again:
                self.action_practise_interview()
            elif self.practice_only:
                self.exit()

        self.push_screen(screen, over)

    def practise_and_exit(self) -> None:
        """Practise with a sample contact, and end the app afterwards."""
        if self.practice_only == "interview":
            self.action_practise_interview()
        else:
            self.push_screen(PracticeScreen(self.services), lambda _nothing: self.exit())
