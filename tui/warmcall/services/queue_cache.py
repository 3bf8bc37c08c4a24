"""A cache of the queue: asking for it again costs nothing while nothing has changed."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import TYPE_CHECKING

from warmcall.domain.business_days import Calendar
from warmcall.domain.change import Change
from warmcall.domain.proposals import Proposal, proposal
from warmcall.domain.queue import (
    DUE,
    Counts,
    Order,
    Placed,
    QueueEntry,
    Section,
    counts,
    due_by,
    first_of_kind,
    placed,
    section_spans,
)
from warmcall.domain.records import TABLE_OF, Attempt, Contact, FollowUp, Interview, Profile, Target, replace
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.domain.when import When
from warmcall.services.clock import Timekeeper

if TYPE_CHECKING:
    from warmcall.domain.idle_summary import IdleSummary

_MAX_AGE = timedelta(minutes=1)
"""How old the order may be: how late one with an hour is changes with every minute."""

_MOVED_MAX = 1000
"""Up to so many changed follow-ups are moved to their new places; with more, everything is sorted again."""


class QueueCache:
    """The open follow-ups in the order to do them, as of now.

    All of it is calculated when a day begins, and when the user's zone changes. In between, only those are
    moved to their new places that changed, or that the time moves: what has an hour, from that hour on, with
    every minute, and what belongs to an interview that is going.
    """

    def __init__(self, store: Store, time: Timekeeper) -> None:
        self._store = store
        self._time = time
        self._placed: list[Placed] = []
        self._orders: dict[str, Order] = {}
        self._entries: tuple[QueueEntry, ...] = ()
        self._changed: set[str] = set()
        self._revision: object = None
        self._calendar: Calendar | None = None
        self._day: date | None = None
        self._going: frozenset[str] = frozenset()
        self._valid_from = self._valid_until = time.now()
        self._idle: tuple[object, IdleSummary] | None = None
        self._proposal: tuple[object, Proposal | None] = (None, None)
        store.listen(self._note_changed)

    def entries(self) -> tuple[QueueEntry, ...]:
        """Return the open follow-ups in order; an interview going on is due now, never late."""
        now, calendar = self._time.now(), self._time.calendar
        going = frozenset(interview.id for interview in self._store.going())
        revision = self._store.revision(FollowUp)
        goes_on = self._valid_from <= now and calendar is self._calendar
        if goes_on and now <= self._valid_until and going == self._going and revision == self._revision:
            return self._entries
        day = calendar.day_of(now)
        moving = self._moving(now, going) if goes_on and day == self._day else None
        if moving is None or len(moving) > _MOVED_MAX:
            every = self._as_of_now(self._store.open_follow_ups(), now, going)
            self._placed = placed(every, now, calendar)
            self._orders = {entry.follow_up.id: order for order, entry in self._placed}
        elif moving:
            self._move(moving, now, going)
        if moving is None or moving:
            self._entries = tuple([entry for _, entry in self._placed])
        self._changed.clear()
        self._calendar, self._day, self._going, self._revision = calendar, day, going, revision
        self._valid_from, self._valid_until = now, self._next_change(now, going)
        return self._entries

    def due_within(self, days: int) -> list[QueueEntry]:
        """Return those due up to `days` days after today, or late, in the order to do them."""
        calendar = self._time.calendar
        last = calendar.day_of(self._time.now()) + timedelta(days=days)
        return due_by(self.entries(), last, calendar)

    def counts(self) -> Counts:
        """Return how many are late and for today."""
        return counts(self.entries())

    def entry(self, follow_up_id: str) -> QueueEntry | None:
        """Return the entry of an open follow-up, as of now; None if it is not in the queue."""
        self.entries()
        order = self._orders.get(follow_up_id)
        if order is None:
            return None
        return self._placed[bisect_left(self._placed, order, key=itemgetter(0))][1]

    def idle_summary(self) -> IdleSummary:
        """Return what is worth saying when nothing is due; calculated again after changes, and each day."""
        from warmcall.domain.idle_summary import idle_summary

        now = self._time.now()
        first_call = first_of_kind(self.entries(), FollowUpKind.CALL)
        revision = self._store.revision(Profile, FollowUp, Attempt, Interview, Contact)
        basis = (revision, first_call, self._time.calendar.day_of(now))
        if self._idle is None or self._idle[0] != basis:
            self._idle = (basis, idle_summary(self._store, now, first_call))
        return self._idle[1]

    def proposal(self) -> Proposal | None:
        """Return what to propose beyond what is owed; calculated again after changes, and each day."""
        now = self._time.now()
        revision = self._store.revision(Profile, Target, Attempt, Interview, Contact)
        basis = (revision, self._time.calendar.day_of(now))
        if self._proposal[0] != basis:
            self._proposal = (basis, proposal(self._store, now))
        return self._proposal[1]

    def _note_changed(self, change: Change) -> None:
        table = TABLE_OF[FollowUp]
        self._changed.update(edit.id for edit in change.edits if edit.table == table)

    def _moving(self, now: datetime, going: frozenset[str]) -> set[str] | None:
        """Return the ids of those that may stand elsewhere at `now` than they did, on the same day.

        It is None if all may: a change without any record named, or an interview that is gone.
        """
        if self._revision != self._store.revision(FollowUp) and not self._changed:
            return None
        moving = set(self._changed)
        for id_ in going ^ self._going:  # their follow-ups begin, or cease, to be due now whatever happens
            interview = self._store.get(Interview, id_)
            if interview is None:
                return None
            moving |= {owed.id for owed in self._store.of_contact(FollowUp, interview.contact_id)}
        for _, entry in self._placed:
            if entry.section not in DUE:
                break
            at = entry.follow_up.due.instant
            if at is not None and (at < now or entry.follow_up.interview_id in going):
                moving.add(entry.follow_up.id)
        return moving

    def _move(self, ids: Iterable[str], now: datetime, going: frozenset[str]) -> None:
        """Remove these follow-ups from the order, and insert those still open at their places."""
        for id_ in ids:
            if (order := self._orders.pop(id_, None)) is not None:
                del self._placed[bisect_left(self._placed, order, key=itemgetter(0))]
        present = (self._store.get(FollowUp, id_) for id_ in ids)
        still_there = (follow_up for follow_up in present if follow_up is not None)
        for item in placed(self._as_of_now(still_there, now, going), now, self._time.calendar):
            insort(self._placed, item, key=itemgetter(0))
            self._orders[item[1].follow_up.id] = item[0]

    @staticmethod
    def _as_of_now(
        follow_ups: Iterable[FollowUp], now: datetime, going: frozenset[str]
    ) -> Iterable[FollowUp]:
        """Return `follow_ups`, those of the interviews that are `going`, by id, due now."""
        if not going:
            return follow_ups
        return (
            replace(follow_up, due=When(now))
            if follow_up.interview_id in going and follow_up.kind is FollowUpKind.INTERVIEW
            else follow_up
            for follow_up in follow_ups
        )

    def _next_change(self, now: datetime, going: frozenset[str]) -> datetime:
        """Return the last instant at which the sections are sure to be the same.

        Of today's entries only the first with an hour need be checked, since they are in order; midnight
        begins a minute in every zone.
        """
        minute_end = now.replace(second=0, microsecond=0) + _MAX_AGE - timedelta(microseconds=1)
        for section, start, end in section_spans(self._entries):
            if section is Section.TODAY:
                for entry in self._entries[start:end]:
                    at = entry.follow_up.due.instant
                    if at is not None and entry.follow_up.interview_id not in going:
                        return min(at, minute_end)
        return minute_end
