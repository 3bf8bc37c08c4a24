"""Watching the interview that is running: alarms that become due, and a wall clock that was set."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import msgspec

from warmcall.domain.alarms import alarm_between
from warmcall.domain.cadence import Cadence
from warmcall.domain.clock_reading import ClockReading
from warmcall.domain.countdown import CountdownState
from warmcall.domain.records import Interview
from warmcall.domain.store import Store
from warmcall.services.clock import Timekeeper

NOTICED_FROM = timedelta(seconds=2)
"""A wall clock set by more than this while the app runs is reported; less is the machine keeping time."""

NOTICED_ON_RETURN_FROM = timedelta(seconds=60)
"""The same for the time before the app was started, in which slow corrections add up."""


class ClockEvents(msgspec.Struct, frozen=True, kw_only=True):
    """What happened since the last check.

    `alarm` is the state of the countdown that began, if it is worth a bell. `clock_set` is how far the
    wall clock was set, back if negative; `lag` how far it is behind the last instant recorded, as may be
    after a restart of the machine. `other_clock` is whether an interview that is first seen was begun by the
    clock of another machine, or of this one before it was started again: then the time left is as right as
    the wall clocks of both.
    """

    alarm: CountdownState | None = None
    clock_set: timedelta = timedelta()
    lag: timedelta = timedelta()
    other_clock: bool = False


class ClockWatch:
    """Checks the interview that is running, and reports each event once."""

    def __init__(self, store: Store, time: Timekeeper, cadence: Callable[[], Cadence]) -> None:
        self._store = store
        self._time = time
        self._cadence = cadence
        self._watched = ""
        self._clock: ClockReading | None = None
        self._left: tuple[str, timedelta, timedelta] | None = None

    def check(self) -> ClockEvents:
        """Return what happened since the last check; the first check of an interview has no alarm."""
        running = self._store.running()
        if running is None:
            self._left = None
            return ClockEvents()
        reading = self._time.read()
        is_new = running.id != self._watched
        lag = running.countdown.lag(reading) if is_new else timedelta()
        anchor = running.countdown.anchor
        clock_set = self._clock_set(running, reading)
        self._watched = running.id
        return ClockEvents(
            alarm=self._alarm(running),
            clock_set=clock_set,
            lag=lag if lag > NOTICED_FROM else timedelta(),
            other_clock=is_new and anchor is not None and not anchor.same_boot(reading),
        )

    def _alarm(self, running: Interview) -> CountdownState | None:
        """Return the state that started since the last check, if worth a bell; None if the limit changed."""
        countdown, now = self._time.anchored(running.countdown)
        before, left = self._left, countdown.left(now)
        self._left = (running.id, countdown.limit, left)
        if before is None or before[:2] != (running.id, countdown.limit):
            return None
        return alarm_between(before[2], left, self._cadence().close_of(countdown.minutes))

    def _clock_set(self, running: Interview, reading: ClockReading) -> timedelta:
        """Return how far the wall clock was set since that was last reported, or first read."""
        first_check = running.id != self._watched
        before = running.countdown.anchor if first_check else self._clock
        shift = before.set_until(reading) if before else timedelta()
        noticed = abs(shift) > (NOTICED_ON_RETURN_FROM if first_check else NOTICED_FROM)
        if first_check or noticed:
            self._clock = reading
        return shift if noticed else timedelta()
