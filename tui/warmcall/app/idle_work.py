"""Work that nobody waits for, done bit by bit while no key is pressed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from textual.app import App
from textual.timer import Timer

from warmcall.domain.change import Change
from warmcall.domain.store import Store

IDLE_SECONDS = 1.0
"""How long no key has to be pressed before work begins."""

PAUSE_SECONDS = 0.005
"""The pause between two bits of work, in which a key is noticed."""

MANY_EDITS = 200
"""After a change of so many records, such as an import, there is work again."""


class IdleWork:
    """Calls each of `steps` again and again until it returns True; each call takes a few milliseconds.

    A key interrupts it until no more keys are pressed. So what takes a second with thousands of people, such
    as the index of a search, is there before it is asked for, and delays no key.
    """

    def __init__(self, app: App[Any], store: Store, steps: Sequence[Callable[[], bool]]) -> None:
        self._app = app
        self._steps = steps
        self._waiting: Timer | None = None
        self._working: Timer | None = None
        self._key_pressed = False
        store.listen(self._note_change)

    def start(self) -> None:
        """Wait for a pause between keys from now on, and work then, until all is done."""
        if self._waiting is None and self._working is None and self._app.is_running:
            self._waiting = self._app.set_interval(IDLE_SECONDS, self._begin_if_idle)

    def note_key(self) -> None:
        """Put off what is to be done: a key was pressed."""
        self._key_pressed = True

    def _note_change(self, change: Change) -> None:
        if len(change.edits) >= MANY_EDITS:
            self.start()

    def _begin_if_idle(self) -> None:
        if self._key_pressed:
            self._key_pressed = False
        elif self._waiting is not None:
            self._waiting.stop()
            self._waiting = None
            self._working = self._app.set_interval(PAUSE_SECONDS, self._work)

    def _work(self) -> None:
        if self._working is None:
            return
        if self._key_pressed:
            self._stop_working()
            self.start()
        elif all(step() for step in self._steps):
            self._stop_working()

    def _stop_working(self) -> None:
        if self._working is not None:
            self._working.stop()
            self._working = None
