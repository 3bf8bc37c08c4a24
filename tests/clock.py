"""The clock of the tests that run warmcall as processes of its own: it goes on, from a day of our own."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta

from warmcall.services.clock import SystemClock

MONDAY_MORNING = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
"""Monday 23 November 2026, 9:00 in Chicago."""

BEGAN = "WARMCALL_TESTS_BEGAN"
"""The variable that says when the tests began, in nanoseconds since the machine was started."""

NOW = "WARMCALL_TESTS_NOW"
"""The variable that says what time it is to be when the tests begin, such as 2026-12-05T10:00:00+00:00."""

ZONE = "WARMCALL_TESTS_ZONE"
"""The variable that says in which zone the programs on the tests' terminals are; UTC without it."""

_FIRST_ASKED = time.clock_gettime_ns(time.CLOCK_BOOTTIME)


class RunningClock(SystemClock):
    """The machine's clocks, the wall clock set to Monday morning, or to NOW, when the tests began.

    Every process that is given `shared_time` has the same time. One that is not begins when it is started.
    """

    def __init__(self) -> None:
        super().__init__()
        self._began = int(os.environ.get(BEGAN) or _FIRST_ASKED)
        now = os.environ.get(NOW)
        self._start = datetime.fromisoformat(now).astimezone(UTC) if now else MONDAY_MORNING

    def monotonic(self) -> float:
        """Return seconds a thousand times too fast: who presses the keys has read what came up."""
        return 1000 * super().monotonic()

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        passed = time.clock_gettime_ns(time.CLOCK_BOOTTIME) - self._began
        return self._start + timedelta(microseconds=passed // 1000)


def shared_time() -> dict[str, str]:
    """Return the variables by which another process has the time of this one."""
    shared = {BEGAN: os.environ.get(BEGAN) or str(_FIRST_ASKED), NOW: os.environ.get(NOW, "")}
    return {name: value for name, value in shared.items() if value}
