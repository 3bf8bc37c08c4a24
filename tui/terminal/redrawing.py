"""Drawing everything anew when the terminal may not show what it was sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from textual.app import App

T = TypeVar("T")


def _nothing() -> None:
    """Forget nothing: Textual alone remembers nothing of what the terminal shows."""


class RedrawingApp(App[T]):
    """An app whose memory of what the terminal shows, if it has one, is given up when it may be wrong."""

    forget_frame: Callable[[], None] = staticmethod(_nothing)

    def on_resize(self) -> None:
        """Draw everything anew: a window that shrank and grew again has lost cells, one taken back all."""
        self.forget_frame()
        if self.screen_stack:
            self.screen.refresh()

    def bell(self) -> None:
        """Ring; a terminal that flashes instead may not put back what it showed."""
        super().bell()
        self.forget_frame()

    def action_redraw(self) -> None:
        """Draw the screen anew."""
        self.forget_frame()
        self.screen.refresh(layout=True)
