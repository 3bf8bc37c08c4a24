"""Drawing everything anew when the terminal may not show what it was sent."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import TypeVar

from textual import events
from textual.app import App
from textual.geometry import Size

T = TypeVar("T")


LOOK_AGAIN_SECONDS = 0.2
"""How long after a change of size it is seen whether that was the last one."""


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
        if not self.is_headless:
            self.set_timer(LOOK_AGAIN_SECONDS, self._see_the_size)

    def bell(self) -> None:
        """Ring; a terminal that flashes instead may not put back what it showed."""
        super().bell()
        self.forget_frame()

    def _see_the_size(self) -> None:
        """Take the size there is, should Textual have been told two in the wrong order.

        A signal may come while the one before is being answered, which is then told last. A terminal that
        tells its size itself, as those with smooth scrolling do, needs no signal.
        """
        size = Size(*shutil.get_terminal_size())
        if size != self.size and not self.supports_smooth_scrolling:
            self.post_message(events.Resize(size, size))

    def action_redraw(self) -> None:
        """Draw the screen anew."""
        self.forget_frame()
        self.screen.refresh(layout=True)
