"""Debouncing: one save for a burst of letters."""

from __future__ import annotations

from collections.abc import Callable

from textual.timer import Timer
from textual.widget import Widget

SAVE_AFTER_SECONDS = 0.4
"""A letter reaches the writer at most half a second after it was typed."""


class Debounce:
    """Calls `action` once for all that was typed within `seconds` of the first letter of a burst.

    Further letters do not put the call off, so that none of them waits longer than that. `owner` is the
    widget that is typed into; its timers end with it.
    """

    def __init__(
        self, owner: Widget, action: Callable[[], object], seconds: float = SAVE_AFTER_SECONDS
    ) -> None:
        self._owner = owner
        self._action = action
        self._seconds = seconds
        self._timer: Timer | None = None

    @property
    def pending(self) -> bool:
        """Whether the action is still to be called."""
        return self._timer is not None

    def start(self) -> None:
        """Have the action called soon, unless it is pending already or the owner is not mounted."""
        if self._timer is None and self._owner.is_mounted:
            self._timer = self._owner.set_timer(self._seconds, self.flush)

    def flush(self) -> None:
        """Call the action now if it is pending."""
        if self._timer is not None:
            self.cancel()
            self._action()

    def cancel(self) -> None:
        """Forget a pending call."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
