"""Shutting down when the line drops or the machine asks: what was typed is saved in any case."""

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

LIMIT_SECONDS = 3.0
"""The longest an end may take to make everything durable."""

STUCK_SECONDS = 0.5
"""How long the loop is given to take notice; a terminal that takes no more output holds it for ever."""

LEAVING_SECONDS = 1.0
"""How long the terminal is given to be put in order, once everything is saved."""

LAST_WORDS_SECONDS = 0.2
"""How long a terminal that was not put in order by then may take for the last few bytes."""


class ShutdownHandler:
    """Saves and ends on SIGHUP, SIGTERM and SIGINT, from the loop if it runs, where nothing is half done.

    To be made before the terminal is changed: it is left the way it is found then. `save` makes everything
    durable, `leave` asks the app to end with an exit code. Before the process is ended from here, `tidy` is
    called, and `last_words` if the terminal is ours: whoever writes to the shell's may be stopped for it.
    """

    def __init__(
        self,
        save: Callable[[], object],
        leave: Callable[[int], object],
        tidy: Callable[[], object],
        last_words: Callable[[], object] = lambda: None,
    ) -> None:
        self._save = save
        self._leave = leave
        self._tidy = tidy
        self._last_words = last_words
        self._asked = False
        self._begun = False
        self._found = _attributes()

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
            if is_ours() is False:  # leaving in order would stop us: the terminal is the shell's now
                context.copy().run(self._finish, number)
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
        if gone():
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
        if is_ours():
            last_words = threading.Thread(target=self._put_in_order, daemon=True)
            last_words.start()
            last_words.join(LAST_WORDS_SECONDS)
        os._exit(128 + number)

    def _put_in_order(self) -> None:
        """Leave the terminal the way it was found, as far as it takes that without being waited for."""
        with suppress(Exception):
            self._last_words()
        if self._found is not None:
            with suppress(termios.error):
                termios.tcsetattr(_INPUT, termios.TCSANOW, self._found)
        with suppress(OSError):
            if select.select([], [_OUTPUT], [], 0)[1]:
                os.write(_OUTPUT, EVERYTHING_OFF)


def gone() -> bool:
    """Return whether there is no terminal, or no longer one."""
    return _attributes() is None


def is_ours() -> bool | None:
    """Return whether the terminal is ours, or the shell's meanwhile; None if there is none."""
    try:
        return os.tcgetpgrp(_INPUT) == os.getpgrp()
    except OSError:
        return None


def _attributes() -> list[Any] | None:
    try:
        return termios.tcgetattr(_INPUT)
    except termios.error:
        return None


def _later(seconds: float, call: Callable[..., Any], *arguments: object) -> None:
    timer = threading.Timer(seconds, call, arguments)
    timer.daemon = True
    timer.start()
