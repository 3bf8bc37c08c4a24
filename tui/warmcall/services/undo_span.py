"""How much typing one undo takes back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

UNDO_SPAN = timedelta(seconds=60)
"""The most typing that one undo removes."""


class UndoSpan:
    """Names the stretch of typing that a piece of text belongs to, for `History.commit(merge=…)`.

    What is typed in one place within UNDO_SPAN, and without anything done in between, is one stretch.
    """

    def __init__(self) -> None:
        self._place = ""
        self._since = datetime.min.replace(tzinfo=UTC)
        self._number = 0

    def name(self, place: str, now: datetime) -> str:
        """Return the name of the stretch to which what is typed in `place` at `now` belongs."""
        if place != self._place or not self._since <= now < self._since + UNDO_SPAN:
            self._place, self._since = place, now
            self._number += 1
        return f"{place} {self._since:%Y-%m-%dT%H:%M:%S} {self._number}"

    def end(self) -> None:
        """Let what is typed next begin another stretch."""
        self._place = ""
