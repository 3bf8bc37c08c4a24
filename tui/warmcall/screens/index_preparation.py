"""Preparing the search for a filter bit by bit, so that no key waits for thousands of people."""

from __future__ import annotations

from collections.abc import Callable

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
        self._running = False

    def ready(self) -> bool:
        """Return whether the search is prepared; if not, have it prepared, and `done` called then."""
        if self._running:
            return False
        if self._search.prepare(SLICE):
            return True
        self._running = True
        self._widget.set_timer(PAUSE_SECONDS, self._step)
        return False

    def _step(self) -> None:
        if self._search.prepare(SLICE):
            self._running = False
            self._done()
        else:
            self._widget.set_timer(PAUSE_SECONDS, self._step)
