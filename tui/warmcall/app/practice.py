"""Starting practice calls and practice interviews."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.app import App

from warmcall.screens.base import TabScreen
from warmcall.services.services import Services


class Practice:
    """Opens practice over the screens of the app.

    With `only`, "call" or "interview", practice is all the app does: leaving it ends the app.
    """

    def __init__(self, app: App[Any], services: Services, say: Callable[[str], None], only: str = "") -> None:
        self._app = app
        self._services = services
        self._say = say
        self.only = only

    def disabled_reason(self) -> str:
        """Return why no interview can be practised now; empty if one can."""
        from warmcall.services.practice_interviews import INTERVIEW_RUNS

        return INTERVIEW_RUNS if self._services.store.running() is not None else ""

    def start_call(self) -> None:
        """Practise calling the contact in view, or a sample contact if there is none."""
        from warmcall.screens.practice.call import PracticeScreen

        screen = self._app.screen
        contact_id = screen.in_view() if isinstance(screen, TabScreen) else ""
        self._app.clear_notifications()  # it would cover the keys, which are new to many who come here
        self._app.push_screen(PracticeScreen(self._services, contact_id))

    def start_interview(self) -> None:
        """Practise an interview with a sample contact, again and again if the user asks for that."""
        reason = self.disabled_reason()
        if reason:
            self._say(reason)
            self._closed()
            return
        from warmcall.screens.practice.interview import InterviewPractice
        from warmcall.services.practice_interviews import practice_interview

        self._app.clear_notifications()
        screen = InterviewPractice(*practice_interview(self._services))
        self._app.push_screen(screen, lambda again: self.start_interview() if again else self._closed())

    def start_only(self) -> None:
        """Practise what `only` names, with a sample contact, and end the app afterwards."""
        from warmcall.screens.practice.call import PracticeScreen

        if self.only == "interview":
            self.start_interview()
        else:
            self._app.push_screen(PracticeScreen(self._services), lambda _result: self._closed())

    def _closed(self) -> None:
        """End the app if practice is all it does."""
        if self.only:
            self._app.exit()
