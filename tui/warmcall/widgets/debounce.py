"""Debouncing: the first letter is saved at once, and those of a burst together."""

from __future__ import annotations

from collections.abc import Callable

from textual.timer import Timer
from textual.widget import Widget

SAVE_AFTER_SECONDS = 0.45
"""How often a burst is saved: with the time that takes, a letter is on disk half a second later at most."""


class Debounce:
    """Calls `action` with the first letter after a pause, then once for all that is typed in each `seconds`.

    `owner` is the widget that is typed into; its timers end with it.
    """

    def __init__(
        self, owner: Widget, action: Callable[[], object], seconds: float = SAVE_AFTER_SECONDS
    ) -> None:
        self._owner = owner
        self._action = action
        self._seconds = seconds
        self._timer: Timer | None = None
        self.pending = False
        """Whether the action is still to be called."""

    def start(self) -> None:
        """Have the action called: now, or soon if it was called just before. Not without a mounted owner."""
        if self._timer is not None:
            self.pending = True
        elif self._owner.is_mounted:
            self._timer = self._owner.set_timer(self._seconds, self._next)
            self._action()

    def flush(self) -> None:
        """Call the action now if it is pending."""
        if self.pending:
            self.pending = False
            self._action()

    def cancel(self) -> None:
        """Forget a pending call."""
        self.pending = False

    def _next(self) -> None:
        """Call the action for what was typed since the last call; without any, the burst is over."""
        self._timer = None
        if self.pending:
            self.pending = False
            self.start()
