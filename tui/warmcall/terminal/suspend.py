"""Going to the shell and coming back, so that the terminal is in order on both sides."""

from __future__ import annotations

import asyncio
import contextvars
import os
import signal
import termios
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from textual.app import App

from warmcall.terminal.shutdown import is_ours
from warmcall.terminal.textual_patches import turn_full_screen_on

_INPUT = 0

_HEARD_SECONDS = 0.02
"""How long the signals that came with going on may take to be heard; another thread may be given them."""


class SuspendHandler:
    """Stops the process as Ctrl+Z does elsewhere, and puts the screen back when it goes on.

    `leave` is called before a stop, and `back` behind every one, whoever asked for it.
    """

    def __init__(self, app: App[Any], leave: Callable[[], object], back: Callable[[], object]) -> None:
        self._app = app
        self._leave = leave
        self._back = back
        self._stopping = False
        self._went_on = False
        self._attributes: list[Any] | None = None

    def watch(self, loop: asyncio.AbstractEventLoop, environ: Mapping[str, str]) -> None:
        """Listen to the signals from now on; to be called in the main thread, from the app's own context."""
        context = contextvars.copy_context()
        with suppress(termios.error):
            self._attributes = termios.tcgetattr(_INPUT)

        def stop(_number: int, _frame: object) -> None:
            if not self._stopping:
                loop.call_soon_threadsafe(self.to_shell, context=context.copy())

        def go_on(_number: int, _frame: object) -> None:
            self._went_on = True
            if not self._stopping:
                loop.call_soon_threadsafe(self._come_back, environ, context=context.copy())

        signal.signal(signal.SIGTSTP, stop)
        signal.signal(signal.SIGCONT, go_on)

    def to_shell(self) -> bool:
        """Stop until the shell lets the process go on; return False if there is no shell to go back to."""
        if self._app.is_headless or not _parent_shell():
            return False
        self._leave()
        self._went_on = False
        self._stopping = True
        try:
            with self._app.suspend():
                _stop_the_job()
                _wait_for_the_terminal()
        finally:
            self._stopping = False
        self._back()
        return self._went_on

    def _come_back(self, environ: Mapping[str, str]) -> None:
        """Come back from a stop that gave no time to put the terminal in order: it may be in any state.

        Textual's own way out and in again would wait for a key here: its reader may be at a key that the
        shell took.
        """
        if self._attributes is not None:
            try:  # in the background this stops the process again, before it draws over the shell
                termios.tcsetattr(_INPUT, termios.TCSANOW, self._attributes)
            except termios.error:
                return  # interrupted by the next signal to go on, which brings us here again
        turn_full_screen_on(self._app, environ)
        self._app.app_resume_signal.publish(self._app)
        self._app.refresh(layout=True)
        self._back()


def _stop_the_job() -> None:
    """Stop the whole job, as the terminal's own Ctrl+Z would, wrappers of this process included.

    The system discards the signal where nobody could ever let the job go on, as under `ssh -t`.
    """
    ours = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
    try:
        os.killpg(os.getpgrp(), signal.SIGTSTP)
    finally:
        signal.signal(signal.SIGTSTP, ours)


def _wait_for_the_terminal() -> None:
    """Stop again as often as the shell lets it go on and keeps the terminal, as after `bg`."""
    time.sleep(_HEARD_SECONDS)
    while is_ours() is False:
        os.kill(os.getpid(), signal.SIGSTOP)
        time.sleep(_HEARD_SECONDS)


def _parent_shell() -> bool:
    """Return whether something in this session may have started the process, and wait for it."""
    parent = os.getppid()
    try:
        return parent > 0 and os.getsid(parent) == os.getsid(0)
    except OSError:
        return False
