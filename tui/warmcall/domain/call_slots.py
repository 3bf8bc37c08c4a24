"""The times at which calls were not answered, and the time of day to try next."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from warmcall.domain.business_days import Calendar
from warmcall.domain.records import Attempt
from warmcall.domain.vocabulary import Channel, DayPart, Outcome

_RUNG_OUT = (Outcome.NO_ANSWER, Outcome.VOICEMAIL)


class Slot(msgspec.Struct, frozen=True):
    """A time of a call: the day of the week, 0 for Monday, and the part of the day."""

    weekday: int
    part: DayPart


def slots_tried(attempts: Iterable[Attempt], calendar: Calendar) -> tuple[Slot, ...]:
    """Return the slot of each call in `attempts` that was not answered, oldest first.

    Days and hours are in the zone of `calendar`, which should be the contact's where it is known. The
    morning ends at its noon hour.
    """
    missed = [
        attempt
        for attempt in attempts
        if attempt.outcome in _RUNG_OUT and attempt.channel in (Channel.PHONE, Channel.VOICEMAIL)
    ]
    local = (calendar.local(attempt.at) for attempt in sorted(missed, key=lambda attempt: attempt.at))
    return tuple(
        Slot(at.weekday(), DayPart.MORNING if at.hour < calendar.noon_hour() else DayPart.AFTERNOON)
        for at in local
    )


def slot_to_try(attempts: Iterable[Attempt], calendar: Calendar) -> DayPart:
    """Return the part of the day that was not tried last; ANY if no call went unanswered."""
    slots = slots_tried(attempts, calendar)
    if not slots:
        return DayPart.ANY
    return DayPart.AFTERNOON if slots[-1].part is DayPart.MORNING else DayPart.MORNING
