"""Ending when the line drops or the machine asks: what was typed is saved, whatever the terminal does."""

from __future__ import annotations

import asyncio
import contextvars
import os
import signal
import termios
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

_INPUT = 0

LIMIT_SECONDS = 3.0
"""The longest an end may take to make everything durable."""

STUCK_SECONDS = 0.5
"""How long the loop is given to take notice; a terminal that takes no more output holds it for ever."""

LEAVING_SECONDS = 1.0
"""How long the terminal is given to be put in order, once everything is saved."""


class Ending:
    """Saves and ends on SIGHUP, SIGTERM and SIGINT, from the loop if it runs, where nothing is half done.

    `save` makes everything durable, `leave` asks the app to end with an exit code, and `tidy` is
    called before the process is ended from here.
    """

    def __init__(
        self, save: Callable[[], object], leave: Callable[[int], object], tidy: Callable[[], object]
    ) -> None:
        self._save = save
        self._leave = leave
        self._tidy = tidy
        self._asked = False
        self._begun = False

    def watch(self, loop: asyncio.AbstractEventLoop) -> None:
        """Listen to the signals from now on; to be called in the main thread, from the app's own context."""
        context = contextvars.copy_context()

        def end(number: int, _frame: object) -> None:
            if self._asked:
                if not self._begun:
                    context.copy().run(self._finish, number)
                return
            self._asked = True
            _later(LIMIT_SECONDS, self._exit, number)
            _later(STUCK_SECONDS, os.kill, os.getpid(), number)
            with suppress(RuntimeError):  # the loop may have ended already
                loop.call_soon_threadsafe(self._end, number, context=context.copy())

        for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
            signal.signal(number, end)

    def look(self) -> None:
        """End if the terminal is gone without a signal, as under a shell that ignores hang-ups."""
        if gone():
            signal.raise_signal(signal.SIGHUP)

    def _end(self, number: int) -> None:
        """Save; then leave in order, unless the terminal is gone."""
        if number == signal.SIGHUP:
            self._finish(number)
        self._begun = True
        with suppress(Exception):
            self._save()
        _later(LEAVING_SECONDS, self._exit, number)
        self._leave(128 + number)

    def _finish(self, number: int) -> None:
        """Save, and end the process at once."""
        self._begun = True
        with suppress(Exception):
            self._save()
        self._exit(number)

    def _exit(self, number: int) -> None:
        with suppress(Exception):
            self._tidy()
        os._exit(128 + number)


def gone() -> bool:
    """Return whether there is no terminal, or no longer one."""
    try:
        termios.tcgetattr(_INPUT)
    except termios.error:
        return True
    return False


def _later(seconds: float, call: Callable[..., Any], *arguments: object) -> None:
    timer = threading.Timer(seconds, call, arguments)
    timer.daemon = True
    timer.start()
