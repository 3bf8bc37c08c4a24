"""The queue: all open follow-ups, in the order to do them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import takewhile
from operator import itemgetter
from typing import Any

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


DUE = (Section.OVERDUE, Section.TODAY)
"""The sections of what is due now."""

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
_PLACE = {section: place for place, section in enumerate(Section)}


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One follow-up in its section. `late` is how far past due it is, zero unless overdue."""

    follow_up: FollowUp
    section: Section
    late: timedelta


Order = tuple[Any, ...]
"""What entries are sorted by; different for each."""

Placed = tuple[Order, Entry]
"""An entry with its place in the order."""


class Counts(msgspec.Struct, frozen=True):
    """How many are overdue, and how many more are for today."""

    late: int = 0
    today: int = 0


_NOT_LATE = timedelta()


def entry(follow_up: FollowUp, now: datetime, calendar: Calendar) -> Entry:
    """Return `follow_up` in the section it belongs to at `now`."""
    return _entry(follow_up, now, calendar.day_of(follow_up.due), calendar.day_of(now))


def queue(follow_ups: Iterable[FollowUp], now: datetime, calendar: Calendar) -> list[Entry]:
    """Return the open ones of `follow_ups` in the order to do them."""
    return [found for _, found in placed(follow_ups, now, calendar)]


def placed(follow_ups: Iterable[FollowUp], now: datetime, calendar: Calendar) -> list[Placed]:
    """Return the open ones of `follow_ups` in the order to do them, each with its place in it."""
    today = calendar.day_of(now)
    days: dict[datetime, date] = {}
    found: list[Placed] = []
    for one in follow_ups:
        if one.done_at is None:
            day = days.get(one.due) or days.setdefault(one.due, calendar.day_of(one.due))
            made = _entry(one, now, day, today)
            found.append((_order(made, day), made))
    found.sort(key=itemgetter(0))
    return found


def counts(entries: Sequence[Entry]) -> Counts:
    """Return how many of `entries`, which are in order, are late and for today."""
    late = sum(1 for _ in takewhile(lambda one: one.section is Section.OVERDUE, entries))
    due = sum(1 for _ in takewhile(lambda one: one.section in DUE, entries))
    return Counts(late, due - late)


def due_by(entries: Iterable[Entry], day: date, calendar: Calendar) -> list[Entry]:
    """Return those of `entries` that are due on `day` or before, in the order they are in."""
    return [one for one in entries if one.section in DUE or calendar.day_of(one.follow_up.due) <= day]


def _lateness(follow_up: FollowUp, now: datetime, day: date, today: date) -> timedelta:
    if follow_up.timed:
        return now - follow_up.due if now > follow_up.due else _NOT_LATE
    return today - day if today > day else _NOT_LATE


def _entry(follow_up: FollowUp, now: datetime, day: date, today: date) -> Entry:
    """Return the entry of a follow-up that is due on the user's `day`."""
    late = _lateness(follow_up, now, day, today)
    if late:
        return Entry(follow_up, Section.OVERDUE, late)
    if day <= today:
        return Entry(follow_up, Section.TODAY, late)
    return Entry(follow_up, Section.WAITING if follow_up.waiting else Section.COMING_UP, late)


def _order(entry: Entry, day: date) -> Order:
    one = entry.follow_up
    place = _PLACE[entry.section]
    rank = _RANK[one.kind]
    if entry.section is Section.OVERDUE:
        return (place, -(entry.late / PATIENCE[one.kind]), rank, one.due, one.id)
    if one.timed:
        return (place, day, 0, one.due, rank, one.id)
    return (place, day, 1, rank, one.created_at, one.id)
