"""The one writer: a thread that makes changes durable, in order, while the screens go on."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from contextlib import suppress

import msgspec

from tui.domain.change import Change
from tui.storage.bad_file import BadStateFile
from tui.storage.state_file import StateFile

RETRY_SECONDS = (1.0, 2.0, 5.0, 10.0)
"""Waits between tries after a failed save: soon at first, then often enough to notice free room."""


class SaveState(msgspec.Struct, frozen=True):
    """What the bar says: how many changes are not on disk yet, and why if a save failed."""

    unsaved: int = 0
    reason: str = ""


class Writer:
    """Takes changes from the screens and saves them from a thread of its own.

    All that wait are saved as one write. A save that fails is tried again until it succeeds.
    """

    def __init__(self, file: StateFile) -> None:
        self._file = file
        self._incoming: queue.SimpleQueue[Change | None] = queue.SimpleQueue()
        self._pending: list[Change] = []
        self._state = SaveState()
        self._guard = threading.RLock()  # a signal handler may put a change in the middle of a put
        self._unsaved = 0
        self._idle = threading.Event()
        self._idle.set()
        self._stopping = threading.Event()
        self._tell: Callable[[SaveState], None] = lambda _state: None
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    @property
    def state(self) -> SaveState:
        """What is saved and what is not, at this moment."""
        return self._state

    def on_state(self, tell: Callable[[SaveState], None]) -> None:
        """Have `tell` called, from the writer's thread, whenever the state changes."""
        self._tell = tell

    def put(self, change: Change) -> None:
        """Take `change` to be saved; returns at once."""
        with self._guard:
            self._unsaved += 1
        self._idle.clear()
        self._incoming.put(change)

    def drain(self, seconds: float) -> bool:
        """Wait at most `seconds` until everything is on disk; return whether it is."""
        return self._idle.wait(seconds)

    def stop(self, seconds: float) -> bool:
        """Drain, try once more what failed, then end the thread; return whether everything is on disk."""
        self.drain(seconds)
        self._stopping.set()
        self._incoming.put(None)
        self._thread.join(seconds)
        return self._idle.is_set()

    def _work(self) -> None:
        failures = 0
        while True:
            if not self._pending:
                self._take(self._incoming.get())
            while not self._incoming.empty():
                self._take(self._incoming.get())
            if self._pending:
                failures = 0 if self._save() else failures + 1
            if self._stopping.is_set():
                return
            if failures:
                self._stopping.wait(RETRY_SECONDS[min(failures, len(RETRY_SECONDS)) - 1])

    def _take(self, change: Change | None) -> None:
        if change is not None:
            self._pending.append(change)

    def _save(self) -> bool:
        self._say(self._state.reason)
        try:
            self._file.save(self._pending)
        except Exception as error:  # whatever it is, it must be told, not end the one thread that saves
            self._say(_reason(error))
            return False
        with self._guard:
            self._unsaved -= len(self._pending)
            if not self._unsaved:
                self._idle.set()
        self._pending.clear()
        self._say("")
        return True

    def _say(self, reason: str) -> None:
        state = SaveState(self._unsaved, reason)
        if state != self._state:
            self._state = state
            with suppress(Exception):  # a listener that is gone must not stop the saving
                self._tell(state)


def _reason(error: Exception) -> str:
    if isinstance(error, BadStateFile):
        return error.what
    if isinstance(error, OSError):
        return (error.strerror or str(error)).lower()
    return str(error) or type(error).__name__
