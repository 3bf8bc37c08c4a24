"""The alarms of a countdown: when it rings."""

from __future__ import annotations

from datetime import timedelta

from warmcall.domain.countdown import LAST_MINUTES, CountdownState

LATE = timedelta(seconds=3)
"""How late an alarm may ring; later than that nobody would know what it is about."""


def alarm_between(before: timedelta, after: timedelta, close: timedelta) -> CountdownState | None:
    """Return the state that started while the time left went from `before` to `after`, if it is worth a bell.

    That is the last five minutes, the last `close`, or the end of the time. One that began longer than
    LATE ago is left out; of two that began in between, the later one is returned.
    """
    marks = {CountdownState.TIME_UP: timedelta()}
    if close > timedelta():
        marks[CountdownState.CLOSE] = close
    if close < LAST_MINUTES:
        marks[CountdownState.LAST_FIVE] = LAST_MINUTES
    passed = [state for state, left in marks.items() if before > left >= after >= left - LATE]
    return passed[0] if passed else None
