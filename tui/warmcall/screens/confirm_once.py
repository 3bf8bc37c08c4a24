"""A warning before something that cannot be undone: shown at the first press, done at the second."""

from __future__ import annotations

from collections.abc import Callable


class ConfirmOnce:
    """Knows which warnings were shown already; a screen owns one for as long as it is open."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._shown: set[str] = set()

    def was_shown(self, warning: str) -> bool:
        """Return whether `warning` was shown before; it is not shown now."""
        return warning in self._shown

    def confirmed(self, warning: str) -> bool:
        """Return whether `warning` was shown before, so that the action may go on; else show it now."""
        if warning in self._shown:
            return True
        self._shown.add(warning)
        self._say(warning)
        return False

    def reset(self) -> None:
        """Show every warning again before the next action."""
        self._shown.clear()
