"""The hours at which a stranger can be called at work."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from warmcall.domain.cadence import Cadence

SATURDAY = 5
"""The first day of the weekend, as `datetime.weekday` counts."""


class BadTime(StrEnum):
    """Why it is no time to call somebody at work."""

    WEEKEND = "weekend"
    OUTSIDE_HOURS = "outside_hours"


def bad_time_to_call(local: datetime, cadence: Cadence) -> BadTime | None:
    """Return why `local`, the time where they are, is no time to call them at work; None if it is one.

    The first and the last minute of the hours in `cadence` are still good ones.
    """
    if local.weekday() >= SATURDAY:
        return BadTime.WEEKEND
    first, last = cadence.call_hours
    minute = local.time().replace(second=0, microsecond=0)
    return None if first <= minute <= last else BadTime.OUTSIDE_HOURS
