"""Suspending to the shell and resuming, with the terminal set up for whichever of them has it."""

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

from warmcall.terminal.shutdown import in_foreground
from warmcall.terminal.textual_patches import turn_full_screen_on

_INPUT = 0

_SIGNAL_SECONDS = 0.02
"""How long the signals that come with resuming may take to be handled; another thread may receive them."""


class SuspendHandler:
    """Stops the process as Ctrl+Z does in other programs, and restores the screen when it resumes.

    `before_stop` is called before a stop from here, `after_resume` after every stop, also one by SIGSTOP.
    The process is not stopped if a signal has asked it to end: `is_ending`.
    """

    def __init__(
        self,
        app: App[Any],
        before_stop: Callable[[], object],
        after_resume: Callable[[], object],
        is_ending: Callable[[], bool],
    ) -> None:
        self._app = app
        self._before_stop = before_stop
        self._after_resume = after_resume
        self._is_ending = is_ending
        self.has_left_terminal = False
        """Whether the terminal is the shell's again, because the process is to be stopped."""
        self._stopping = False
        self._resumed = False
        self._settings: list[Any] | None = None

    def watch(self, loop: asyncio.AbstractEventLoop, environ: Mapping[str, str]) -> None:
        """Handle the signals from now on. Call it in the main thread, in the app's `contextvars` context."""
        context = contextvars.copy_context()
        with suppress(termios.error):
            self._settings = termios.tcgetattr(_INPUT)

        def stop(_number: int, _frame: object) -> None:
            if not self._stopping:
                loop.call_soon_threadsafe(self.to_shell, context=context.copy())

        def resume(_number: int, _frame: object) -> None:
            self._resumed = True
            if not self._stopping:
                loop.call_soon_threadsafe(self._recover, environ, context=context.copy())

        signal.signal(signal.SIGTSTP, stop)
        signal.signal(signal.SIGCONT, resume)

    def to_shell(self) -> bool:
        """Stop until the shell resumes the process; return False if it could not be stopped."""
        if self._app.is_headless or not _parent_shell():
            return False
        self._before_stop()
        self._resumed = False
        self._stopping = True
        try:
            with self._app.suspend():
                self.has_left_terminal = True
                if not self._is_ending():
                    _stop_the_job()
                    _wait_for_the_terminal()
                self.has_left_terminal = False
        finally:
            self._stopping = False
        self._after_resume()
        return self._resumed

    def _recover(self, environ: Mapping[str, str]) -> None:
        """Resume after a stop without warning (SIGSTOP), when the terminal may be in any state.

        Textual's own suspend and resume would block here: its input thread may be waiting for a key that the
        shell has read.
        """
        if self._settings is not None:
            try:  # in the background this stops the process again, before it draws over the shell
                termios.tcsetattr(_INPUT, termios.TCSANOW, self._settings)
            except termios.error:
                return  # interrupted by another SIGCONT, which calls this method again
        turn_full_screen_on(self._app, environ)
        self._app.app_resume_signal.publish(self._app)
        self._app.refresh(layout=True)
        self._after_resume()


def _stop_the_job() -> None:
    """Stop the whole job, as the terminal's own Ctrl+Z would, wrappers of this process included.

    The system discards the signal where no shell could ever resume the job, as under `ssh -t` (POSIX,
    orphaned process groups).
    """
    previous = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
    try:
        os.killpg(os.getpgrp(), signal.SIGTSTP)
    finally:
        signal.signal(signal.SIGTSTP, previous)


def _wait_for_the_terminal() -> None:
    """Stop again while the process is resumed in the background, as by `bg`."""
    time.sleep(_SIGNAL_SECONDS)
    while in_foreground() is False:
        os.kill(os.getpid(), signal.SIGSTOP)
        time.sleep(_SIGNAL_SECONDS)


def _parent_shell() -> bool:
    """Return whether the parent process, in the same session, may be a shell that can resume this one."""
    parent = os.getppid()
    try:
        return parent > 0 and os.getsid(parent) == os.getsid(0)
    except OSError:
        return False
