"""Waiting for keys without waking: Textual's thread for input looks ten times a second for what is due.

Nothing is due a while after the last key: no sequence or paste is half read any more. From then on the
thread sleeps until something comes, or the app wants it to end.
"""

from __future__ import annotations

import os
import select
import selectors
import threading
import time
import weakref
from collections.abc import Callable
from contextlib import suppress

QUIET_SECONDS = 3.0
"""How long after the last input nothing is due: an Esc waits for 0.1 s, the end of a paste for 1 s."""


class StopEvent(threading.Event):
    """An event that can be waited for together with files: it is readable from `set` until `clear`."""

    def __init__(self) -> None:
        super().__init__()
        self._readable, self._written = os.pipe()
        os.set_blocking(self._readable, False)
        for descriptor in (self._readable, self._written):
            weakref.finalize(self, os.close, descriptor)

    def set(self) -> None:
        """Set it, and end the waits for it."""
        super().set()
        os.write(self._written, b"\0")

    def clear(self) -> None:
        """Reset it."""
        with suppress(BlockingIOError):
            while os.read(self._readable, 64):
                pass
        super().clear()

    def fileno(self) -> int:
        """Return what `select` waits for."""
        return self._readable


class QuietSelector(selectors.SelectSelector):
    """Waits as long as it is asked to, but QUIET_SECONDS after the last input until something comes.

    The end of such a wait is `stop`, too. `clock` returns seconds that only rise.
    """

    def __init__(self, stop: StopEvent, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._stop = stop
        self._clock = clock
        self._last_at = clock()

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Return what can be read; nothing if the time has passed, or the wait was ended."""
        if self._clock() - self._last_at >= QUIET_SECONDS:
            files = [key.fd for key in self.get_map().values()]
            select.select([*files, self._stop.fileno()], [], [])
        found = super().select(timeout)
        if found:
            self._last_at = self._clock()
        return found
