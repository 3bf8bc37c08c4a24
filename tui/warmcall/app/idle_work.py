"""Work that nobody waits for yet, done bit by bit between keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from textual.app import App
from textual.timer import Timer

from warmcall.domain.change import Change
from warmcall.domain.store import Store

IDLE_SECONDS = 0.5
"""How long no key has to be pressed before work begins."""

PAUSE_SECONDS = 0.005
"""The pause between two bits of work, in which a key is noticed."""

MANY_EDITS = 200
"""After a change of so many records, such as an import, there is work again, from the next key on."""


class IdleWork:
    """Calls each of `steps` again and again until it returns True; each call takes a few milliseconds.

    It begins after the first key: a session that is started and left costs a host no more than its start. A
    key interrupts it until no more keys are pressed. So what takes a second with thousands of people, such
    as the index of a search, is there before it is asked for, and delays no key.
    """

    def __init__(self, app: App[Any], store: Store, steps: Sequence[Callable[[], bool]]) -> None:
        self._app = app
        self._steps = steps
        self._waiting: Timer | None = None
        self._working: Timer | None = None
        self._key_pressed = False
        self._done = False
        store.listen(self._note_change)

    def note_key(self) -> None:
        """Work as soon as no key is pressed for a while, if there is something to do: one was pressed."""
        self._key_pressed = True
        if not self._done:
            self._wait()

    def _wait(self) -> None:
        if self._waiting is None and self._working is None and self._app.is_running:
            self._waiting = self._app.set_interval(IDLE_SECONDS, self._begin_if_idle)

    def _note_change(self, change: Change) -> None:
        if len(change.edits) >= MANY_EDITS:
            self._done = False

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
            self._wait()
        elif all(step() for step in self._steps):
            self._stop_working()
            self._done = True

    def _stop_working(self) -> None:
        if self._working is not None:
            self._working.stop()
            self._working = None
