"""The signals of the system: ending when the line drops or the machine asks, going to the shell and back."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

from textual.app import App

from warmcall.app.context import AppContext
from warmcall.app.save_status import SaveStatus
from warmcall.app.ticker import Ticker
from warmcall.terminal.hardware_cursor import show_cursor
from warmcall.terminal.shutdown import ShutdownHandler
from warmcall.terminal.suspend import SuspendHandler
from warmcall.terminal.textual_patches import finish_output

TERMINAL_CHECK_SECONDS = 1.0
"""How often it is checked whether the terminal is gone without a signal."""


class Signals:
    """Saves and ends on a hang-up or a request to end; saves, stops and comes back on Ctrl+Z.

    Make it before the terminal is changed: the terminal is left as it is found then. `redraw` draws the whole
    screen again, which a shell has written over in the meantime. `cursor` is whether the terminal's cursor
    is to be seen.
    """

    def __init__(
        self,
        app: App[Any],
        context: AppContext,
        save_status: SaveStatus,
        ticker: Ticker,
        redraw: Callable[[], None],
        cursor: bool,
    ) -> None:
        self._app = app
        self._environ = context.environ
        self._ticker = ticker
        self._redraw = redraw
        self._cursor = cursor
        self._shutdown = ShutdownHandler(
            save_status.save_at_end,
            lambda code: app.exit(return_code=code),
            context.clean_up,
            self._end_output,
        )
        self._suspend = SuspendHandler(
            app, save_status.save_before_stop, self._resume, lambda: self.is_ending
        )

    @property
    def is_ending(self) -> bool:
        """Whether a signal has asked the app to end."""
        return self._shutdown.signalled

    def _end_output(self) -> None:
        """Send what is written, lest it follow the reset of the terminal, and give back the title."""
        finish_output(self._app, self._environ)
        self._ticker.restore_title_at_once()

    def watch_start(self) -> None:
        """Handle the signals from now on until `watch` is called, while the app starts."""
        if threading.current_thread() is threading.main_thread():
            self._shutdown.watch_start(lambda: self._app.is_running)

    def watch(self) -> None:
        """Handle the signals from now on, where the app has a real terminal and runs in the main thread."""
        if threading.current_thread() is not threading.main_thread() or self._app.is_headless:
            return
        loop = asyncio.get_running_loop()
        self._shutdown.watch(loop, lambda: self._suspend.has_left_terminal)
        self._suspend.watch(loop, self._environ)
        self._ticker.use_window_title(self._environ)
        if self._cursor:
            show_cursor(self._app, self._environ)
        self._app.set_interval(TERMINAL_CHECK_SECONDS, self._shutdown.check_terminal)

    def suspend(self) -> bool:
        """Go to the shell, everything saved, until `fg`; return False if there is no shell to go to."""
        return self._suspend.to_shell()

    def _resume(self) -> None:
        self._redraw()
        self._ticker.tick()
