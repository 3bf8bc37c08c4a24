"""The app's ways between its screens, and back."""

from __future__ import annotations

from typing import Any

from warmcall.app.practice import PractisingApp
from warmcall.domain.records import FollowUp
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.screens.base import TABS, GoTo
from warmcall.screens.call.screen import CallScreen
from warmcall.screens.interview.screen import InterviewScreen
from warmcall.screens.people.person_actions import PersonScreen
from warmcall.services.services import Services
from warmcall.storage.writer import Writer
from warmcall.widgets.bars import KeyBar, TopBar
from warmcall.widgets.keys import with_keys


class TurningApp(PractisingApp):
    """An app that turns from screen to screen, and knows where it came from."""

    def __init__(self, services: Services, writer: Writer, practice_only: str, **textual: Any) -> None:
        super().__init__(services, writer, practice_only, **textual)
        self._came_from: list[str] = []

    async def on_go_to(self, message: GoTo) -> None:
        """Turn to the screen wanted, on the person named."""
        await self._turn_to(message.tab)
        if message.tab != (self._came_from[-1:] or [""])[0]:
            self._came_from.append(message.tab)
        screen = self.screen
        if isinstance(screen, CallScreen):
            screen.show(message.contact_id)
        elif isinstance(screen, InterviewScreen):
            screen.show(message.contact_id, message.interview_id)

    async def on_go_back(self) -> None:
        """Close what lies over the screen, else turn to the screen before, else say how to quit."""
        if len(self.screen_stack) > 1:
            await self.pop_screen()
            return
        here = self.current_mode
        while self._came_from and self._came_from[-1] == here:
            self._came_from.pop()
        if self._came_from or here != "Queue":
            await self._turn_to(self._came_from[-1] if self._came_from else "Queue")
        else:
            self.notify(with_keys(self, "This is home: {app.quit} quits"), markup=False, timeout=3)

    async def on_top_bar_clicked(self, message: TopBar.Clicked) -> None:
        """Turn to the screen clicked, as its key does."""
        await self.action_tab(message.label)

    def on_key_bar_pressed(self, message: KeyBar.Pressed) -> None:
        """Do what the key does whose hint was clicked, or say why it cannot be done now."""
        key = message.key
        if key.disabled_reason:
            self.say(key.disabled_reason)
        else:
            self.call_next(self.run_action, key.action, key.node)

    async def action_tab(self, label: str) -> None:
        """Turn to a screen; Call and Interview open on the person chosen here, if it awaits them."""
        if label == self.current_mode and len(self.screen_stack) == 1:
            self.say(f"This is {label}")
        person = self.screen.person() if isinstance(self.screen, PersonScreen) else None
        self.post_message(GoTo(label, person.id if person and self._awaits(label, person.id) else ""))

    def _awaits(self, label: str, contact_id: str) -> bool:
        """Return whether that person is to be called, or met, so that the screen is to open on them."""
        if label == "Call":
            own = self.services.store.of_contact(FollowUp, contact_id)
            return any(follow_up.kind is FollowUpKind.CALL and follow_up.done_at is None for follow_up in own)
        planned = self.services.calling.planned_meeting(contact_id)
        return label == "Interview" and self.services.store.running() is None and planned is not None

    async def action_next_tab(self, by: int) -> None:
        """Turn to the screen beside this one."""
        labels = [label for _, label in TABS]
        at = labels.index(self.current_mode) if self.current_mode in labels else 0
        self.post_message(GoTo(labels[(at + by) % len(labels)]))

    async def _turn_to(self, label: str) -> None:
        self.flush()
        await self.switch_mode(label)
        while len(self.screen_stack) > 1 and label != "People":
            await self.pop_screen()
        self.show_bar()
