"""The app's side of the clock: what follows the time, the bell at the marks, and the shell and back."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from warmcall.app.save_status import QUIT_SECONDS, SavingApp
from warmcall.domain.records import Interview
from warmcall.presentation import countdown
from warmcall.presentation.queue import due_counts
from warmcall.screens.base import TabScreen, View
from warmcall.screens.interview.screen import InterviewScreen
from warmcall.services.services import Services
from warmcall.storage.writer import Writer
from warmcall.terminal.suspend import SuspendHandler
from warmcall.terminal.textual_patches import send
from warmcall.terminal.window_title import WindowTitle, knows_titles

SLOW_TICK_SECONDS = 20.0
"""How often words about time, such as "in 2 h", are looked at again while no countdown runs."""

READING_SECONDS = 12.0
"""How long a sentence to say out loud stands."""


class TimedApp(SavingApp):
    """An app that follows the clock."""

    def __init__(self, services: Services, writer: Writer, **textual: Any) -> None:
        super().__init__(services, writer, **textual)
        self._stopping = SuspendHandler(self, self._before_a_stop, self._after_a_stop)
        self._title: WindowTitle | None = None

    def follow_the_clock(self) -> None:
        """Let everything about time go on from now."""
        self.set_interval(1.0, self._tick_running)
        self.set_interval(SLOW_TICK_SECONDS, self.tick)

    def watch_stops(self, environ: Mapping[str, str]) -> None:
        """Keep the terminal in order whoever stops the process; for the main thread on a real terminal."""
        self._stopping.watch(asyncio.get_running_loop(), environ)

    def show_in_title(self, environ: Mapping[str, str]) -> None:
        """Show the time left, and never a name, as the title of the window, if the terminal gives it back."""
        if knows_titles(environ):
            self._title = title = WindowTitle(partial(send, self, environ))
            self.app_suspend_signal.subscribe(self, lambda _app: title.leave(), immediate=True)
            self.app_resume_signal.subscribe(self, lambda _app: title.come_back(), immediate=True)

    def give_title_back(self) -> None:
        """Give the title of the window back at once, before the process is ended."""
        if self._title is not None:
            self._title.give_back_at_once()

    def on_unmount(self) -> None:
        """Give the title of the window back, however the app ends."""
        if self._title is not None:
            self._title.leave()

    def tick(self) -> None:
        """Let everything that depends on the time alone follow the clock, and ring at a mark."""
        self.show_bar()
        for screen in self.screen_stack:
            if isinstance(screen, View) and screen.is_mounted and screen.is_attached:
                screen.tick()
        told = self.look_at_the_clock()
        if told:
            self.notify(told, severity="warning", markup=False, timeout=READING_SECONDS)

    def show_bar(self) -> None:
        """Show what is due, the time left and what is not saved yet, on every screen."""
        running = self.services.store.running()
        left = self._time_left(running) if running else ""
        if self._title is not None:
            self._title.show(
                countdown.minutes_left(*self.services.time.counted(running.countdown)) if running else ""
            )
        due = due_counts(self.services.following_up.counts())
        for screen in self.screen_stack:
            if isinstance(screen, TabScreen):
                screen.bar.show(left, self.unsaved_words(), due)

    def on_screen_shown(self) -> None:
        """Fill the top line of a screen that has come up."""
        self.show_bar()

    def look_at_the_clock(self) -> str:
        """Ring if a mark was passed; return what is to be said of that and of a clock that was set."""
        noticed = self.services.clock_watch.look()
        told = []
        if noticed.mark is not None:
            if self.services.config.bell:
                self.bell()
            told.append(self._sentence())
        if noticed.clock_set:
            told.append(countdown.clock_set(noticed.clock_set))
        if noticed.behind > timedelta():
            told.append(countdown.clock_behind(noticed.behind))
        return " · ".join(filter(None, told))

    def action_suspend_process(self) -> None:
        """Go to the shell, everything saved; `fg` comes back."""
        if not self._stopping.to_shell():
            self.say("There is no shell to go back to here")

    def _sentence(self) -> str:
        """Return the sentence to say now, unless it stands on the screen."""
        running, screen = self.services.store.running(), self.screen
        if running is None or (isinstance(screen, InterviewScreen) and screen.advises(running.id)):
            return ""
        cadence = self.services.library.cadence
        return countdown.advice(
            *self.services.time.counted(running.countdown), cadence.close, cadence.extension_minutes
        )

    def _time_left(self, running: Interview) -> str:
        return countdown.time_left(
            *self.services.time.counted(running.countdown), self.services.library.cadence.close
        )

    def _tick_running(self) -> None:
        if self.services.store.running() is not None:
            self.tick()

    def _before_a_stop(self) -> None:
        """Have everything on disk: a stopped process saves nothing."""
        self.flush()
        self.writer.drain(QUIT_SECONDS)

    def _after_a_stop(self) -> None:
        self.redraw.forget_frame()
        self.refresh(layout=True)
        self.tick()
