"""Times to propose for a meeting: business days and working hours for both, said by both clocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta, tzinfo

from warmcall.domain.business_days import Calendar
from warmcall.domain.day_names import MONTHS, WEEKDAYS

SLOTS = 3
DAYS_AHEAD = 14
"""How many times are proposed, and within how many days."""

OWN_HOURS = time(8), time(20)
"""The hours of the user's own day in which a talk can be; the other side's are those of work."""

_HOURS = (10, 14, 11, 9, 15, 13, 16)
"""The full hours to try, the best first: neither the first thing in the morning nor at lunch."""

_APART = timedelta(hours=1)


def free_slots(
    now: datetime,
    calendar: Calendar,
    their_zone: tzinfo | None,
    hours: tuple[time, time],
    taken: Sequence[datetime],
) -> tuple[datetime, ...]:
    """Return up to `SLOTS` instants on different days from tomorrow on; fewer if no more hours suit both.

    Each is in `hours` by their clock (the user's own where it is unknown), and an hour from those `taken`.
    """
    zone = their_zone or calendar.zone
    found: list[datetime] = []
    for day in range(1, DAYS_AHEAD):
        preferred = _HOURS[len(found) % 2 :] + _HOURS[: len(found) % 2]
        their_day = now.astimezone(zone).date() + timedelta(days=day)
        for hour in preferred:
            at = datetime.combine(their_day, time(hour), zone)
            own = calendar.local(at)
            if (
                their_day.weekday() < 5
                and calendar.is_business_day(own.date())
                and hours[0] <= at.time() <= hours[1]
                and OWN_HOURS[0] <= own.time() <= OWN_HOURS[1]
                and own.date() > calendar.day_of(now)
                and all(abs(at - other) >= _APART for other in taken)
            ):
                found.append(at)
                break
        if len(found) == SLOTS:
            break
    return tuple(found)


def slots_sentence(slots: Sequence[datetime], calendar: Calendar, their_zone: tzinfo | None) -> str:
    """Return the slots as a letter offers them: "Tuesday 24 November at 10:00 (09:00 here), … or …".

    Where both clocks are known and differ, each time is theirs with the user's own beside it; where theirs
    is unknown, it says whose the times are. Empty without three slots.
    """
    if len(slots) < SLOTS:
        return ""
    *first, last = _each(slots, calendar, their_zone)
    whose = "" if their_zone is not None else f", {_zone_name(calendar.zone, slots[0])}"
    return f"{', '.join(first)} or {last}{whose}"


def _each(slots: Sequence[datetime], calendar: Calendar, their_zone: tzinfo | None) -> Iterator[str]:
    for slot in slots:
        own = calendar.local(slot)
        local = slot.astimezone(their_zone) if their_zone is not None else own
        words = f"{WEEKDAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]} at {local:%H:%M}"
        if local.utcoffset() != own.utcoffset():
            other_day = "" if own.date() == local.date() else f"{WEEKDAYS[own.weekday()]} "
            words += f" your time ({other_day}{own:%H:%M} mine)"
        yield words


def _zone_name(zone: tzinfo, at: datetime) -> str:
    """Return a zone as people say it: "Chicago time", by its place; else by its abbreviation."""
    place = str(getattr(zone, "key", "")).rpartition("/")[2].replace("_", " ")
    return f"{place or at.astimezone(zone).tzname()} time"
