"""Watching a running countdown: the marks it passes, and a wall clock that is set meanwhile."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from warmcall.domain.alarms import alarm_between
from warmcall.domain.cadence import Cadence
from warmcall.domain.clock_reading import ClockReading
from warmcall.domain.countdown import CountdownState
from warmcall.domain.records import Interview
from warmcall.domain.store import Store
from warmcall.services.clock import Timekeeper

TOLD_FROM = timedelta(seconds=2)
"""A wall clock set by more than this while somebody looks on is told; less is the machine keeping time."""

TOLD_ON_RETURN_FROM = timedelta(seconds=60)
"""The same for what happened while the app was not there, when slow corrections add up."""


class ClockEvents(msgspec.Struct, frozen=True, kw_only=True):
    """What happened since the last look.

    `mark` is the state that a mark began. `clock_set` is how far the wall clock was set, back if
    negative; `behind` how far it lies before what is on record, after a restart of the machine.
    """

    mark: CountdownState | None = None
    clock_set: timedelta = timedelta()
    behind: timedelta = timedelta()


class ClockWatch:
    """Looks at the interview under way, and notices each thing once."""

    def __init__(self, store: Store, time: Timekeeper, cadence: Cadence) -> None:
        self._store = store
        self._time = time
        self._cadence = cadence
        self._watched = ""
        self._clock: ClockReading | None = None
        self._left: tuple[str, timedelta, timedelta] | None = None

    def look(self) -> ClockEvents:
        """Return what is new about the interview under way; nothing on the first look past a mark."""
        running = self._store.running()
        if running is None:
            self._left = None
            return ClockEvents()
        reading = self._time.read()
        behind = running.countdown.behind(reading) if running.id != self._watched else timedelta()
        clock_set = self._clock_set(running, reading)
        self._watched = running.id
        return ClockEvents(
            mark=self._mark(running),
            clock_set=clock_set,
            behind=behind if behind > TOLD_FROM else timedelta(),
        )

    def _mark(self, running: Interview) -> CountdownState | None:
        """Return the mark passed since the last look; a limit that was changed passes none."""
        countdown, now = self._time.counted(running.countdown)
        before, left = self._left, countdown.left(now)
        self._left = (running.id, countdown.limit, left)
        if before is None or before[:2] != (running.id, countdown.limit):
            return None
        return alarm_between(before[2], left, self._cadence.close)

    def _clock_set(self, running: Interview, reading: ClockReading) -> timedelta:
        """Return how far the wall clock was set since that was last told or first seen."""
        fresh = running.id != self._watched
        before = running.countdown.anchor if fresh else self._clock
        by = before.set_until(reading) if before else timedelta()
        told = abs(by) > (TOLD_ON_RETURN_FROM if fresh else TOLD_FROM)
        if fresh or told:
            self._clock = reading
        return by if told else timedelta()
