"""The queue: all open follow-ups, in the order to do them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from operator import itemgetter
from typing import Any

import msgspec

from warmcall.domain.business_days import Calendar
from warmcall.domain.records import FollowUp
from warmcall.domain.vocabulary import DayPart, FollowUpKind


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
"""How late each kind may be before it hurts: a thank-you a day late is worse than a check-in a week late.
The order of the kinds is also the order of the follow-ups of one day that have no hour."""

_RANK = {kind: rank for rank, kind in enumerate(PATIENCE)}
_PLACE = {section: place for place, section in enumerate(Section)}


class QueueEntry(msgspec.Struct, frozen=True, gc=False):
    """One follow-up in its section. `late` is how far past due it is, zero unless overdue."""

    follow_up: FollowUp
    section: Section
    late: timedelta


Order = tuple[Any, ...]
"""The key that entries are sorted by; no two entries have the same."""

Placed = tuple[Order, QueueEntry]
"""An entry with its sort key."""


class Counts(msgspec.Struct, frozen=True):
    """How many are overdue, and how many more are for today."""

    late: int = 0
    today: int = 0


_NOT_LATE = timedelta()


def entry(follow_up: FollowUp, now: datetime, calendar: Calendar) -> QueueEntry:
    """Return `follow_up` in the section it belongs to at `now`."""
    return QueueEntry(
        follow_up, *_section(follow_up, now, calendar.day_of(follow_up.due), calendar.day_of(now))
    )


def queue(follow_ups: Iterable[FollowUp], now: datetime, calendar: Calendar) -> list[QueueEntry]:
    """Return the open ones of `follow_ups` in the order to do them."""
    return [found for _, found in placed(follow_ups, now, calendar)]


def placed(follow_ups: Iterable[FollowUp], now: datetime, calendar: Calendar) -> list[Placed]:
    """Return the open ones of `follow_ups` in the order to do them, each with its sort key."""
    today = calendar.day_of(now)
    found: list[Placed] = []
    # Many are owed alike at the same moment, with the same object for it, which their entries keep meanwhile.
    alike: dict[tuple[int, DayPart, FollowUpKind, bool], tuple[Section, timedelta, Order]] = {}
    for follow_up in follow_ups:
        if follow_up.done_at is not None:
            continue
        key = (id(follow_up.due), follow_up.part, follow_up.kind, follow_up.waiting)
        if key not in alike:
            due = calendar.order_of(follow_up.due, follow_up.part)
            section, late = _section(follow_up, now, due[0], today)
            alike[key] = section, late, _first_keys(follow_up.kind, section, late, due)
        section, late, first = alike[key]
        last = (follow_up.id,) if section is Section.OVERDUE else (follow_up.created_at, follow_up.id)
        found.append((first + last, QueueEntry(follow_up, section, late)))
    found.sort(key=itemgetter(0))
    return found


def due_order(follow_up: FollowUp, calendar: Calendar) -> Order:
    """Return the key that follow-ups are sorted by when they are due, in the queue and everywhere else."""
    due = calendar.order_of(follow_up.due, follow_up.part)
    return (due, _RANK[follow_up.kind], follow_up.created_at, follow_up.id)


def counts(entries: Sequence[QueueEntry]) -> Counts:
    """Return how many of `entries`, which are in order, are late and for today."""
    sizes = {section: end - start for section, start, end in section_spans(entries)}
    return Counts(sizes.get(Section.OVERDUE, 0), sizes.get(Section.TODAY, 0))


def section_spans(entries: Sequence[QueueEntry]) -> list[tuple[Section, int, int]]:
    """Return the sections of `entries`, which are in order, from and up to which place each has some."""
    found = []
    start = 0
    while start < len(entries):
        section = entries[start].section
        end = bisect_right(entries, _PLACE[section], start, key=lambda entry: _PLACE[entry.section])
        found.append((section, start, end))
        start = end
    return found


def due_by(entries: Iterable[QueueEntry], day: date, calendar: Calendar) -> list[QueueEntry]:
    """Return those of `entries` that are due on `day` or before, in the order they are in."""
    return [entry for entry in entries if entry.section in DUE or calendar.day_of(entry.follow_up.due) <= day]


def first_of_kind(entries: Iterable[QueueEntry], kind: FollowUpKind) -> FollowUp | None:
    """Return the first follow-up of that kind among `entries`, which are in order; None if there is none."""
    return next((entry.follow_up for entry in entries if entry.follow_up.kind is kind), None)


def _lateness(follow_up: FollowUp, now: datetime, day: date, today: date) -> timedelta:
    """Return how late a follow-up is that is due on `day`, zero if it is not late."""
    at = follow_up.due.instant
    if at is not None:
        return max(now - at, _NOT_LATE)
    return max(today - day, _NOT_LATE)


def _section(follow_up: FollowUp, now: datetime, day: date, today: date) -> tuple[Section, timedelta]:
    """Return the section of a follow-up that is due on `day`, the user's day, and how late it is."""
    late = _lateness(follow_up, now, day, today)
    if late:
        return Section.OVERDUE, late
    if day <= today:
        return Section.TODAY, late
    return Section.WAITING if follow_up.waiting else Section.COMING_UP, late


def _first_keys(kind: FollowUpKind, section: Section, late: timedelta, due: Order) -> Order:
    """Return the first of the sort keys: late ones by how much it hurts, others as `due_order` has them."""
    if section is Section.OVERDUE:
        return (_PLACE[section], -(late / PATIENCE[kind]), _RANK[kind], due)
    return (_PLACE[section], due, _RANK[kind])
