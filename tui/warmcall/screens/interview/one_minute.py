"""Practising the minute on oneself before a meeting, said aloud against the clock."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer

from warmcall.domain.about_me import one_minute
from warmcall.domain.preparation import ONE_MINUTE
from warmcall.domain.records import Interview
from warmcall.presentation import practice as words
from warmcall.screens.dialog import Dialog
from warmcall.services.services import Services
from warmcall.widgets.panel import Panel

TICK_SECONDS = 1.0
"""How often the clock is drawn while the minute is said."""


class OneMinuteDialog(Dialog[None]):
    """Shows what the profile and the target give to say, and how long saying it took.

    Once it was said, the item of the preparation list is ticked.
    """

    TITLE_WORDS = "One minute about yourself"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,space", "go_on", "Start", id="minute.go_on", tooltip="Start, and once more when it is said"
        ),
        Binding("escape,q,backspace", "leave", "Back", id="dialog.leave", tooltip="Back to the lists"),
    ]

    def __init__(self, services: Services, interview_id: str) -> None:
        super().__init__(services)
        self._interview_id = interview_id
        self._since: datetime | None = None
        self._seconds = 0.0
        self._ticker: Timer | None = None

    def body(self) -> ComposeResult:
        """Lay out what to say, and below it the clock."""
        yield Panel(id="minute-words")
        yield Panel(id="minute-clock")

    def on_mount(self) -> None:
        """Show what to say, and that the clock waits."""
        self._ticker = self.set_interval(TICK_SECONDS, self.tick, pause=True)
        self.reload()

    def reload(self) -> None:
        """Show what there is to say as the records are now, and the time."""
        sentences = one_minute(self.services.store.profile, self.services.store.target)
        self.query_one("#minute-words", Panel).show(
            *words.minute_on_oneself(sentences, self.key("app.target"))
        )
        self.tick()

    def tick(self) -> None:
        """Let the clock follow the time."""
        if self._since is not None:
            self._seconds = max((self.services.time.now() - self._since).total_seconds(), 0)
        said = self._since is None and self._seconds > 0
        target = self.services.store.target
        has_why = target is not None and bool(target.why.strip())
        self.query_one("#minute-clock", Panel).show("\n", *words.minute_taken(self._seconds, said, has_why))

    def label_of(self, action: str) -> str:
        """Return what Enter does next."""
        if action != "go_on":
            return ""
        if self._since is not None:
            return "Said it"
        return "Again" if self._seconds else "Start"

    def action_go_on(self) -> None:
        """Start the clock, or stop it and tick the item."""
        if self._since is None:
            self._since, self._seconds = self.services.time.now(), 0.0
        else:
            self.tick()
            self._since = None
            self._record_said()
        if self._ticker is not None:
            (self._ticker.pause if self._since is None else self._ticker.resume)()
        self.tick()
        self.refresh_bindings()

    def _record_said(self) -> None:
        """Tick the item, unless it is ticked or the meeting is gone."""
        interview = self.services.store.get(Interview, self._interview_id)
        if interview is not None and ONE_MINUTE not in interview.prepared:
            self.services.interviewing.toggle_prepared(interview.id, ONE_MINUTE)
