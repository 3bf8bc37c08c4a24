"""The marks of a countdown: where it rings, once each."""

from __future__ import annotations

from datetime import timedelta

from warmcall.domain.countdown import LAST_MINUTES, CountdownState

LATE = timedelta(seconds=3)
"""A mark is rung this long after it at most: a bell later than that would be about nothing."""


def alarm_between(before: timedelta, after: timedelta, close: timedelta) -> CountdownState | None:
    """Return the state begun while the time left went from `before` to `after`, if it is worth a bell.

    That is the last five minutes, the last `close`, or the end of the time. A mark that was passed
    longer than LATE ago, while nobody looked, is none; of two passed at once only the later is.
    """
    marks = {CountdownState.TIME_UP: timedelta()}
    if close > timedelta():
        marks[CountdownState.CLOSE] = close
    if close < LAST_MINUTES:
        marks[CountdownState.LAST_FIVE] = LAST_MINUTES
    passed = [state for state, left in marks.items() if before > left >= after >= left - LATE]
    return passed[0] if passed else None
