"""Two interviews that run, as two sessions may each have started one: the user is asked which goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.app import App

from warmcall.domain.records import Interview
from warmcall.screens.base import GoTo, TabScreen
from warmcall.services.running_interviews import Stop, all_running
from warmcall.services.services import Services
from warmcall.terminal.key_queue import is_text_field


class TwoInterviews:
    """Asks once about each interview that runs beside the one of this session.

    `surprise` is called before a question comes up, which nobody asked for.
    """

    def __init__(self, app: App[Any], services: Services, surprise: Callable[[], None]) -> None:
        self._app = app
        self._surprise = surprise
        self._services = services
        self._asked: set[str] = set()

    def check(self) -> None:
        """Ask if two run, unless something is typed or asked just now; to be called again and again."""
        running = all_running(self._services.store)
        self._asked &= {interview.id for interview in running}
        if len(running) < 2 or self._services.history.read_only or not self._may_ask():
            return
        session = self._services.session
        here = next((interview for interview in running if interview.held_by == session), running[0])
        for other in running:
            if other.id != here.id and other.id not in self._asked:
                self._asked.add(other.id)
                self._ask(here, other)
                return

    def _may_ask(self) -> bool:
        """Return whether no dialog is open and no text has the focus: letters typed must not answer."""
        return isinstance(self._app.screen, TabScreen) and not is_text_field(self._app.focused)

    def _ask(self, here: Interview, other: Interview) -> None:
        from warmcall.screens.interview.one_at_a_time import HOW_TO_STOP, RunningChoice, RunningDialog

        services = self._services
        contact = services.store.contact(here.contact_id)

        def answer(choice: RunningChoice | None) -> None:
            if choice is RunningChoice.GO_ON:
                services.interviewing.stop_running(here.id, Stop.PAUSE)
                services.interview_lock.take_over(other.id)
                self._app.post_message(GoTo("Interview", other.contact_id, other.id))
            elif choice is not None:
                services.interviewing.stop_running(other.id, HOW_TO_STOP[choice])

        name = contact.name if contact else "the other"
        self._surprise()
        self._app.push_screen(RunningDialog(services, other, name), answer)
