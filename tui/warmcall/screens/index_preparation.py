"""Preparing an index or a ranking bit by bit, so that no key waits for thousands of people."""

from __future__ import annotations

from collections.abc import Callable

from textual.timer import Timer
from textual.widget import Widget

SLICE = 200
"""How many contacts are prepared for a search at a time: some 8 ms of processor."""

PAUSE_SECONDS = 0.001
"""The pause between two slices, in which keys are handled."""


class IndexPreparation:
    """Calls `prepare` with `at_once` until it returns True, over the time that it takes, and then `done`."""

    def __init__(
        self,
        widget: Widget,
        prepare: Callable[[int], bool],
        done: Callable[[], None],
        at_once: int = SLICE,
    ) -> None:
        self._widget = widget
        self._prepare = prepare
        self._done = done
        self._at_once = at_once
        self._timer: Timer | None = None

    def ready(self) -> bool:
        """Return whether all is prepared; if not, have it prepared, and `done` called then."""
        if self._timer is not None:
            return False
        if self._prepare(self._at_once):
            return True
        # An interval misses a beat where the machine is busy; a timer for one call is then never called.
        self._timer = self._widget.set_interval(PAUSE_SECONDS, self._step)
        return False

    def _step(self) -> None:
        if self._timer is not None and self._prepare(self._at_once):
            self._timer.stop()
            self._timer = None
            self._done()
