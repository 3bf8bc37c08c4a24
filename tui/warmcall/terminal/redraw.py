"""Drawing everything again when the terminal may not show what it was sent."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import Any

from textual import events
from textual.app import App
from textual.geometry import Size

RECHECK_SECONDS = 0.2
"""How long after a change of size the size is compared with the terminal's own again."""


def _nothing() -> None:
    """Do nothing: without `frame_diff` there is no copy of what the terminal shows."""


class Redraw:
    """Draws an app's whole screen again after something else may have changed what the terminal shows.

    `forget_frame` drops the copy of what the terminal shows, if one is kept (see `frame_diff`).
    """

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self.forget_frame: Callable[[], None] = _nothing

    def everything(self) -> None:
        """Lay the screen out and draw it again, every cell of it."""
        self.forget_frame()
        self._app.refresh(layout=True)

    def after_resize(self) -> None:
        """Draw everything again: a window that shrank and grew has lost cells."""
        self.forget_frame()
        if self._app.screen_stack:
            self._app.screen.refresh()
        if not self._app.is_headless:
            self._app.set_timer(RECHECK_SECONDS, self._check_size)

    def _check_size(self) -> None:
        """Apply the terminal's real size, if Textual received two sizes in the wrong order.

        A signal may come while the one before it is being handled, whose size then arrives last. A terminal
        that reports its size by itself, as those with smooth scrolling do, needs no signal.
        """
        size = Size(*shutil.get_terminal_size())
        if size != self._app.size and not self._app.supports_smooth_scrolling:
            self._app.post_message(events.Resize(size, size))
