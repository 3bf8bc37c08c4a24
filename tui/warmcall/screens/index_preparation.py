"""Preparing the search for a filter bit by bit, so that no key waits for thousands of people."""

from __future__ import annotations

from collections.abc import Callable

from textual.timer import Timer
from textual.widget import Widget

from warmcall.services.search import Search

SLICE = 200
"""How many contacts are prepared at a time: some 8 ms of processor."""

PAUSE_SECONDS = 0.001
"""The pause between two slices, in which keys are handled."""


class IndexPreparation:
    """Prepares a search over the time that it takes, and calls `done` when that is over."""

    def __init__(self, widget: Widget, search: Search, done: Callable[[], None]) -> None:
        self._widget = widget
        self._search = search
        self._done = done
        self._timer: Timer | None = None

    def ready(self) -> bool:
        """Return whether the search is prepared; if not, have it prepared, and `done` called then."""
        if self._timer is not None:
            return False
        if self._search.prepare(SLICE):
            return True
        # An interval misses a beat where the machine is busy; a timer for one call is then never called.
        self._timer = self._widget.set_interval(PAUSE_SECONDS, self._step)
        return False

    def _step(self) -> None:
        if self._timer is not None and self._search.prepare(SLICE):
            self._timer.stop()
            self._timer = None
            self._done()
