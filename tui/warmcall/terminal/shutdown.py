"""Ending when the connection drops or the system asks for it: what was typed is saved in any case."""

from __future__ import annotations

import asyncio
import contextvars
import os
import select
import signal
import termios
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from warmcall.terminal.textual_patches import EVERYTHING_OFF

_INPUT = 0
_OUTPUT = 2

_SIGNALS = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)

LIMIT_SECONDS = 3.0
"""The longest that ending may take, saving included."""

STUCK_SECONDS = 0.5
"""How long the event loop has to react; a terminal that accepts no more output blocks it for ever."""

APP_EXIT_SECONDS = 1.0
"""How long the app has to end by itself and reset the terminal, once everything is saved."""

TERMINAL_RESET_SECONDS = 0.2
"""How long resetting the terminal from here may take, if the app did not do it in time."""


class ShutdownHandler:
    """Saves and ends on SIGHUP, SIGTERM and SIGINT.

    It acts from the event loop if that still runs, so that no change is half done.

    Make it before the terminal is changed: the terminal's settings of that moment are restored at the end.
    `save` makes everything durable, `exit_app` asks the app to end with an exit code. If the process has to
    be ended from here, `clean_up` is called first, and `restore_terminal` if the process is in the
    terminal's foreground: a background process that writes to the terminal may be stopped for it.
    """

    def __init__(
        self,
        save: Callable[[], object],
        exit_app: Callable[[int], object],
        clean_up: Callable[[], object],
        restore_terminal: Callable[[], object] = lambda: None,
    ) -> None:
        self._save = save
        self._exit_app = exit_app
        self._clean_up = clean_up
        self._restore_terminal = restore_terminal
        self.signalled = False
        """Whether the process was asked to end; an error after that is no more than a screen cut short."""
        self._saving = False
        self._settings_at_start = _terminal_settings()

    def watch_start(self, terminal_changed: Callable[[], bool]) -> None:
        """Handle the signals from now on, while the app starts and nothing is typed yet: end at once.

        The terminal is reset only if it is changed by then: a reset moves the cursor of one that is not.
        """

        def handle(number: int, _frame: object) -> None:
            self._exit(number, restore=terminal_changed())

        for number in _SIGNALS:
            signal.signal(number, handle)

    def watch(
        self, loop: asyncio.AbstractEventLoop, has_left_terminal: Callable[[], bool] = lambda: False
    ) -> None:
        """Handle the signals from now on. Call it in the main thread, in the app's `contextvars` context.

        When the app `has_left_terminal` to the shell, the process ends at once and leaves that as it is.
        """
        context = contextvars.copy_context()

        def handle(number: int, _frame: object) -> None:
            if self.signalled:
                if not self._saving:
                    context.copy().run(self._finish, number)
                return
            self.signalled = True
            _later(LIMIT_SECONDS, self._exit, number)
            if has_left_terminal():
                context.copy().run(self._finish, number, restore=False)
            if in_foreground() is False:  # Textual's own exit would write to the terminal, and be stopped
                context.copy().run(self._finish, number)
            _later(STUCK_SECONDS, os.kill, os.getpid(), number)
            with suppress(RuntimeError):  # the loop may have ended already
                loop.call_soon_threadsafe(self._end, number, context=context.copy())

        for number in _SIGNALS:
            signal.signal(number, handle)

    def check_terminal(self) -> None:
        """End if the terminal is gone without a signal, as under a shell that ignores hang-ups."""
        if gone():
            signal.raise_signal(signal.SIGHUP)

    def _end(self, number: int) -> None:
        """Save, then have the app end by itself, unless the terminal is gone."""
        if gone():
            self._finish(number)
        self._saving = True
        with suppress(Exception):
            self._save()
        _later(APP_EXIT_SECONDS, self._exit, number)
        self._exit_app(128 + number)

    def _finish(self, number: int, restore: bool = True) -> None:
        """Save, and end the process at once."""
        self._saving = True
        with suppress(Exception):
            self._save()
        self._exit(number, restore)

    def _exit(self, number: int, restore: bool = True) -> None:
        """End the process at once, with what is left to clean up and the terminal reset."""
        with suppress(Exception):
            self._clean_up()
        if restore and in_foreground():
            reset = threading.Thread(target=self._reset_terminal, daemon=True)
            reset.start()
            reset.join(TERMINAL_RESET_SECONDS)
        os._exit(128 + number)

    def _reset_terminal(self) -> None:
        """Restore the terminal to what it was at the start, as far as it accepts output without waiting."""
        with suppress(Exception):
            self._restore_terminal()
        if self._settings_at_start is not None:
            with suppress(termios.error):
                termios.tcsetattr(_INPUT, termios.TCSANOW, self._settings_at_start)
        with suppress(OSError):
            if select.select([], [_OUTPUT], [], 0)[1]:
                os.write(_OUTPUT, EVERYTHING_OFF)


def gone() -> bool:
    """Return whether there is no terminal, or no longer one."""
    return _terminal_settings() is None


def in_foreground() -> bool | None:
    """Return whether this process is in the terminal's foreground; None if there is no terminal."""
    try:
        return os.tcgetpgrp(_INPUT) == os.getpgrp()
    except OSError:
        return None


def _terminal_settings() -> list[Any] | None:
    """Return the settings of the terminal (`termios.tcgetattr`), None if there is no terminal."""
    try:
        return termios.tcgetattr(_INPUT)
    except termios.error:
        return None


def _later(seconds: float, call: Callable[..., Any], *arguments: object) -> None:
    """Call `call` in a thread after some seconds, unless the process has ended by then."""
    timer = threading.Timer(seconds, call, arguments)
    timer.daemon = True
    timer.start()
