"""The queue: all open follow-ups, in the order to do them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from tui.domain.business_days import Calendar
from tui.domain.records import FollowUp
from tui.domain.vocabulary import FollowUpKind


class Section(StrEnum):
    """The parts of the queue, in order."""

    OVERDUE = "overdue"
    TODAY = "today"
    COMING_UP = "coming_up"
    WAITING = "waiting"


PATIENCE: dict[FollowUpKind, timedelta] = {
    FollowUpKind.INTERVIEW: timedelta(hours=1),
    FollowUpKind.CONFIRM: timedelta(hours=12),
    FollowUpKind.THANK_YOU: timedelta(days=1),
    FollowUpKind.PROMISE: timedelta(days=2),
    FollowUpKind.CALL: timedelta(days=3),
    FollowUpKind.TELL_REFERRER: timedelta(days=5),
    FollowUpKind.OTHER: timedelta(days=7),
    FollowUpKind.CHECK_IN: timedelta(days=14),
}
"""How long each kind can be late before it hurts: a day late weighs more on a thank-you than a week
on a check-in. The order of the kinds is also that of undated work on one day."""

_RANK = {kind: rank for rank, kind in enumerate(PATIENCE)}


class Entry(msgspec.Struct, frozen=True):
    """One follow-up in its section. `late` is how far past due it is, zero unless overdue."""

    follow_up: FollowUp
    section: Section
    late: timedelta


def lateness(follow_up: FollowUp, now: datetime, calendar: Calendar) -> timedelta:
    """Return how late it is at `now`: to the second for a timed one, in whole days for any other."""
    if follow_up.timed:
        return max(now - follow_up.due, timedelta())
    days = calendar.day_of(now) - calendar.day_of(follow_up.due)
    return max(days, timedelta())


def entry(follow_up: FollowUp, now: datetime, calendar: Calendar) -> Entry:
    """Return `follow_up` in the section it belongs to at `now`."""
    late = lateness(follow_up, now, calendar)
    if late:
        return Entry(follow_up, Section.OVERDUE, late)
    if calendar.day_of(follow_up.due) <= calendar.day_of(now):
        return Entry(follow_up, Section.TODAY, late)
    return Entry(follow_up, Section.WAITING if follow_up.waiting else Section.COMING_UP, late)


def queue(follow_ups: Iterable[FollowUp], now: datetime, calendar: Calendar) -> list[Entry]:
    """Return the open ones of `follow_ups` in the order to do them."""
    entries = [entry(one, now, calendar) for one in follow_ups if one.done_at is None]
    return sorted(entries, key=lambda one: _order(one, calendar))


def _order(entry: Entry, calendar: Calendar) -> tuple[object, ...]:
    one = entry.follow_up
    place = list(Section).index(entry.section)
    rank = _RANK[one.kind]
    if entry.section is Section.OVERDUE:
        return (place, -(entry.late / PATIENCE[one.kind]), rank, one.due, one.id)
    day = calendar.day_of(one.due)
    if one.timed:
        return (place, day, 0, one.due, rank, one.id)
    return (place, day, 1, rank, one.created_at, one.id)
