"""The countdown of a meeting: when it started and what was paused, never "seconds left"."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated

import msgspec

from warmcall.domain.clock_reading import ClockReading, Instant

BIGGEST_NUMBER = 10**9
"""Larger whole numbers are no minutes, grades or places in an order: no clock reaches them."""

SmallNumber = Annotated[int, msgspec.Meta(ge=-BIGGEST_NUMBER, le=BIGGEST_NUMBER)]
"""A whole number in a record; a bigger one, which only another program can have written, is refused."""

MINUTES_ASKED = 20
"""Minutes asked for unless the profile has others: short enough for a stranger to agree to."""

LAST_MINUTES = timedelta(minutes=5)
"""From here on the screen says that the end is near, unless no more than this was asked for."""


class CountdownState(StrEnum):
    """The state of a countdown at one moment."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    PAUSED = "paused"
    LAST_FIVE = "last_five"
    CLOSE = "close"
    TIME_UP = "time_up"
    ENDED = "ended"


class Pause(msgspec.Struct, frozen=True):
    """A time that is not counted; `until` is None while it lasts. Both instants are aware, UTC."""

    since: Instant
    until: Instant | None = None


class Countdown(msgspec.Struct, frozen=True, kw_only=True):
    """A time limit in minutes, and the instants from which the time spent is calculated.

    `extended` is the minutes added because the other side offered them. `anchor` is what the clocks said
    when it started; all instants are counted from it, so that setting the wall clock moves none of them.
    """

    minutes: SmallNumber = MINUTES_ASKED
    started_at: Instant | None = None
    pauses: tuple[Pause, ...] = ()
    extended: SmallNumber = 0
    stopped_at: Instant | None = None
    anchor: ClockReading | None = None

    @property
    def limit(self) -> timedelta:
        """The whole time allowed, extensions included."""
        return timedelta(minutes=self.minutes + self.extended)

    @property
    def started(self) -> bool:
        """Whether it has ever been started."""
        return self.started_at is not None

    @property
    def paused(self) -> bool:
        """Whether it is paused now."""
        return bool(self.pauses) and self.pauses[-1].until is None

    @property
    def going(self) -> bool:
        """Whether it was started and not yet stopped, paused or not."""
        return self.started and self.stopped_at is None

    @property
    def running(self) -> bool:
        """Whether it is going and not paused."""
        return self.going and not self.paused

    def spent(self, now: datetime) -> timedelta:
        """Return the time spent so far; never negative, even if `now` is before the start."""
        if self.started_at is None:
            return timedelta()
        end = self._not_before(self.stopped_at or now)
        total = end - self.started_at
        for pause in self.pauses:
            total -= max(min(pause.until or end, end) - pause.since, timedelta())
        return max(total, timedelta())

    def left(self, now: datetime) -> timedelta:
        """Return the time left; negative once it is over the limit."""
        return self.limit - self.spent(now)

    def state(self, now: datetime, close: timedelta) -> CountdownState:
        """Return its state at `now`; the last `close` is for the closing questions."""
        if self.started_at is None:
            return CountdownState.NOT_STARTED
        if self.stopped_at is not None:
            return CountdownState.ENDED
        if self.paused:
            return CountdownState.PAUSED
        left = self.left(now)
        if left <= timedelta():
            return CountdownState.TIME_UP
        if left <= close:
            return CountdownState.CLOSE
        if left <= LAST_MINUTES < timedelta(minutes=self.minutes):
            return CountdownState.LAST_FIVE
        return CountdownState.RUNNING

    def instant(self, reading: ClockReading) -> datetime:
        """Return the `now` of `reading`: by the anchor if it is of the same boot, else by the wall clock."""
        return self.anchor.instant_of(reading) if self.anchor else reading.utc

    def anchored(self, reading: ClockReading) -> Countdown:
        """Return it anchored to the boot of `reading`; unchanged if it is already, or the boot is unknown.

        On another boot it goes on no earlier than the last instant recorded.
        """
        if not self.going or not reading.boot_id or (self.anchor and self.anchor.same_boot(reading)):
            return self
        first = msgspec.structs.replace(reading, utc=self._not_before(reading.utc))
        return msgspec.structs.replace(self, anchor=first)

    def lag(self, reading: ClockReading) -> timedelta:
        """Return how far `reading` is behind the last instant recorded, as may be after a restart."""
        now = self.instant(reading)
        return self._not_before(now) - now

    def start(self, now: datetime, anchor: ClockReading | None = None) -> Countdown:
        """Return it running from `now`; unchanged if it was started before."""
        return self if self.started else msgspec.structs.replace(self, started_at=now, anchor=anchor)

    def pause(self, now: datetime) -> Countdown:
        """Return it paused from `now`; unchanged if it is not running."""
        if not self.going or self.paused:
            return self
        return msgspec.structs.replace(self, pauses=(*self.pauses, Pause(self._not_before(now))))

    def resume(self, now: datetime) -> Countdown:
        """Return it running again from `now`; unchanged if it is not paused."""
        if not self.paused:
            return self
        last = Pause(self.pauses[-1].since, self._not_before(now))
        return msgspec.structs.replace(self, pauses=(*self.pauses[:-1], last))

    def extend(self, minutes: int) -> Countdown:
        """Return it with `minutes` more allowed."""
        return msgspec.structs.replace(self, extended=self.extended + minutes)

    def stop(self, now: datetime) -> Countdown:
        """Return it stopped for good at `now`; a pause still open ends there too."""
        if not self.going:
            return self
        return msgspec.structs.replace(self.resume(now), stopped_at=self._not_before(now))

    def _not_before(self, now: datetime) -> datetime:
        """Return `now`, or the last instant recorded if that is later, as after a clock was set back."""
        last = self.started_at or now
        if self.pauses:
            last = max(last, self.pauses[-1].until or self.pauses[-1].since)
        return max(now, last)
