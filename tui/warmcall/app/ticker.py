"""What follows the clock: the times on the screens, the bell at the marks, the title of the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from textual.app import App
from textual.timer import Timer

from warmcall.domain.change import Change
from warmcall.domain.records import Interview
from warmcall.presentation import countdown
from warmcall.screens.base import TabScreen, View, screens_in_sight
from warmcall.services.running_interviews import running_beside
from warmcall.services.services import Services
from warmcall.terminal.textual_patches import send
from warmcall.terminal.window_title import WindowTitle, has_title_stack

FAST_TICK_SECONDS = 1.0
"""How often everything that depends on time is updated while a countdown runs."""

SLOW_TICK_SECONDS = 20.0
"""The same while none runs, for words about time such as "in 2 h"."""

READING_SECONDS = 12.0
"""How long a sentence to say aloud stays on the screen."""


class Ticker:
    """Updates everything that depends on time alone, and rings when a running countdown passes a mark."""

    def __init__(self, app: App[Any], services: Services, on_tick: Callable[[], None]) -> None:
        self._app = app
        self._services = services
        self._on_tick = on_tick
        self._title: WindowTitle | None = None
        self._minute: datetime | None = None
        self._fast: Timer | None = None

    def start(self) -> None:
        """Follow the clock from now on."""
        self._fast = self._app.set_interval(FAST_TICK_SECONDS, self.tick, pause=True)
        self._app.set_interval(SLOW_TICK_SECONDS, self.tick)
        self._services.store.listen(self._on_change)
        self._tick_fast_while_running()

    def tick(self) -> None:
        """Update what depends on time, and ring and say what to say if a mark was passed."""
        self._on_tick()
        minute = self._services.time.now().replace(second=0, microsecond=0)
        is_new, self._minute = minute != self._minute, minute
        for screen in screens_in_sight(self._app.screen_stack):
            if isinstance(screen, View) and screen.is_mounted and screen.is_attached:
                if is_new:
                    screen.new_minute()
                screen.tick()
        message = self.check_alarms()
        if message:
            self._app.notify(message, severity="warning", markup=False, timeout=READING_SECONDS)

    def time_left(self) -> str:
        """Return the time left in the interview that is running, as the bar shows it; empty if none is.

        If two run, it says so.
        """
        running = self._services.store.running()
        if running is None:
            return ""
        close = self._services.library.cadence.close_of(running.countdown.minutes)
        left = countdown.time_left(*self._services.time.anchored(running.countdown), close)
        others = running_beside(self._services.store, running.id)
        return f"{1 + len(others)} run, {left}" if others else left

    def urgency(self) -> str:
        """Return the colour of the time left; empty while there is time, or no interview is running."""
        running = self._services.store.running()
        if running is None:
            return ""
        close = self._services.library.cadence.close_of(running.countdown.minutes)
        return countdown.urgency(*self._services.time.anchored(running.countdown), close)

    def check_alarms(self) -> str:
        """Ring if a mark was passed; return what to say about it, and about a wall clock that was set."""
        events = self._services.clock_watch.check()
        sentences = []
        if events.alarm is not None:
            if self._services.config.bell:
                self._app.bell()
            sentences.append(self._advice())
        if events.clock_set:
            sentences.append(countdown.clock_set(events.clock_set))
        if events.lag > timedelta():
            sentences.append(countdown.clock_behind(events.lag))
        elif events.other_clock:
            sentences.append(countdown.OTHER_CLOCK)
        return " · ".join(filter(None, sentences))

    def use_window_title(self, environ: Mapping[str, str]) -> None:
        """Show the time left as the title of the terminal's window, if the terminal can restore the old one.

        The title never holds a name: others may see it.
        """
        if has_title_stack(environ):
            self._title = title = WindowTitle(partial(send, self._app, environ))
            self._app.app_suspend_signal.subscribe(self._app, lambda _app: title.leave(), immediate=True)
            self._app.app_resume_signal.subscribe(self._app, lambda _app: title.resume(), immediate=True)

    def update_title(self) -> None:
        """Show the minutes left in the window's title; without a running interview, the user's own title."""
        if self._title is not None:
            running = self._services.store.running()
            self._title.show(self._minutes_left(running) if running else "")

    def restore_title(self) -> None:
        """Give the window its old title back, however the app ends."""
        if self._title is not None:
            self._title.leave()

    def restore_title_at_once(self) -> None:
        """Give the window its old title back without waiting for the app, just before the process ends."""
        if self._title is not None:
            self._title.restore_at_once()

    def _minutes_left(self, running: Interview) -> str:
        return countdown.minutes_left(*self._services.time.anchored(running.countdown))

    def _advice(self) -> str:
        """Return the sentence to say aloud now; empty if the interview's own screen shows it."""
        running, screen = self._services.store.running(), self._app.screen
        if running is None or (isinstance(screen, TabScreen) and screen.shows_advice(running.id)):
            return ""
        cadence = self._services.library.cadence
        close = cadence.close_of(running.countdown.minutes)
        return countdown.advice(
            *self._services.time.anchored(running.countdown), close, cadence.extension_minutes
        )

    def _on_change(self, _change: Change) -> None:
        self._tick_fast_while_running()

    def _tick_fast_while_running(self) -> None:
        """Tick each second while an interview runs; without one nothing wakes the app so often."""
        if self._fast is not None and self._services.store.running() is not None:
            self._fast.resume()
        elif self._fast is not None:
            self._fast.pause()
