"""Notices: what is said in passing, in the line at the bottom of the screen on top, and the last ones."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Any

from textual.app import App
from textual.timer import Timer

from warmcall.domain.sanitize import many_lines
from warmcall.presentation.notices import Notice, first_of
from warmcall.screens.base import View
from warmcall.services.services import Services
from warmcall.widgets.keys import key_display_of
from warmcall.widgets.notice_line import NoticeLine

KEPT = 50
"""How many notices are kept to be read again."""

CHARACTERS_A_SECOND = 15
"""How fast a notice is read, by somebody who has just looked up from something else."""


class Notices:
    """Shows one notice at a time, the newest, and keeps the last ones."""

    def __init__(self, app: App[Any], services: Services) -> None:
        self._app = app
        self._services = services
        self._kept: deque[Notice] = deque(maxlen=KEPT)
        self._shown: tuple[str, bool] | None = None
        self._line: NoticeLine | None = None
        self._timer: Timer | None = None

    @property
    def newest_first(self) -> list[Notice]:
        """The notices kept."""
        return list(reversed(self._kept))

    def add(self, text: str, warning: bool, seconds: float) -> None:
        """Keep a notice, and show it for so many seconds, or as long as it takes to be read."""
        self._keep(text, warning)
        self._show(text, warning, seconds)

    def add_all(self, warnings: Sequence[str], seconds: float) -> None:
        """Keep several warnings, and show the first, with where to read the others."""
        for text in reversed(warnings):
            self._keep(text, True)
        if warnings:
            self._show(first_of(warnings, key_display_of(self._app, "app.messages")), True, seconds)

    def screen_shown(self) -> None:
        """Show the present notice, if there is one, on the screen that has come up."""
        self._place()

    def window_resized(self) -> None:
        """Fit the present notice into a window of another size."""
        if self._line is not None:
            self._line.window_resized()

    def hide(self) -> None:
        """Show the present notice no more."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._shown = None
        self._place()

    def _keep(self, text: str, warning: bool) -> None:
        self._kept.append(Notice(self._services.time.now(), many_lines(text), warning))

    def _show(self, text: str, warning: bool, seconds: float) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._shown = (text, warning)
        self._timer = self._app.set_timer(max(seconds, len(text) / CHARACTERS_A_SECOND), self.hide)
        self._place()

    def _place(self) -> None:
        """Show the notice on the uppermost screen that has a line for it, and on no other."""
        screens = [screen for screen in self._app.screen_stack if isinstance(screen, View)]
        line = next((found for screen in reversed(screens) for found in screen.query(NoticeLine)), None)
        if self._line is not None and (self._line is not line or self._shown is None):
            self._line.hide()
            self._line = None
        if line is not None and self._shown is not None:
            self._line = line
            line.show(*self._shown, screens[-1].room_for_notice())
