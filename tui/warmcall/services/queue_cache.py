"""The queue kept at hand, so that looking at it again costs nothing while nothing has changed."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from datetime import datetime, timedelta
from operator import itemgetter

from warmcall.domain.change import Change
from warmcall.domain.idle_summary import IdleSummary, idle_summary
from warmcall.domain.queue import Counts, Order, Placed, QueueEntry, Section, counts, placed
from warmcall.domain.records import TABLE_OF, Attempt, Contact, FollowUp, Interview, Profile, replace
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.services.clock import Timekeeper

_AT_MOST = timedelta(minutes=1)
"""How old the order may be: how late a timed one is changes with every minute."""

_ONE_BY_ONE = 1000
"""So many changed follow-ups are put into their places; with more, everything is sorted anew."""


class QueueCache:
    """Everything owed, in order, as it is now.

    It is worked out anew at the turn of a minute, when one comes due, and when the user's zone or the
    interview under way is another; a follow-up that changed is put into its new place alone.
    """

    def __init__(self, store: Store, time: Timekeeper) -> None:
        self._store = store
        self._time = time
        self._placed: list[Placed] = []
        self._orders: dict[str, Order] = {}
        self._entries: tuple[QueueEntry, ...] = ()
        self._changed: set[str] = set()
        self._revision: object = None
        self._of: object = None
        self._from = self._until = time.now()
        self._quiet: tuple[object, IdleSummary] = (None, IdleSummary())
        store.listen(self._hear)

    def entries(self) -> tuple[QueueEntry, ...]:
        """Return everything owed, in the order to do it; an interview under way is due now, never late."""
        now, running = self._time.now(), self._store.running()
        here = running.id if running else ""
        of, revision = (self._store.revision(Profile), here), self._store.revision(FollowUp)
        if of == self._of and revision == self._revision and self._from <= now <= self._until:
            return self._entries
        few = 0 < len(self._changed) <= _ONE_BY_ONE
        if of == self._of and few and self._from <= now <= self._until:
            self._put_in_place(now, here)
        else:
            every = self._owed(self._store.open_follow_ups(), now, here)
            self._placed = placed(every, now, self._time.calendar)
            self._orders = {entry.follow_up.id: order for order, entry in self._placed}
        self._entries = tuple(entry for _, entry in self._placed)
        self._changed.clear()
        self._of, self._revision = of, revision
        self._from, self._until = now, self._good_until(now, here)
        return self._entries

    def counts(self) -> Counts:
        """Return how many are late and for today."""
        return counts(self.entries())

    def idle_summary(self) -> IdleSummary:
        """Return what is worth saying when nothing is due."""
        of = self._store.revision(FollowUp, Attempt, Interview, Contact)
        if self._quiet[0] != of:
            self._quiet = (of, idle_summary(self._store))
        return self._quiet[1]

    def _hear(self, change: Change) -> None:
        table = TABLE_OF[FollowUp]
        self._changed.update(edit.id for edit in change.edits if edit.table == table)

    def _put_in_place(self, now: datetime, here: str) -> None:
        """Take those that changed out of their places, and put the open ones into the new."""
        for id_ in self._changed:
            if (order := self._orders.pop(id_, None)) is not None:
                del self._placed[bisect_left(self._placed, order, key=itemgetter(0))]
        present = (self._store.get(FollowUp, id_) for id_ in self._changed)
        owed = self._owed((follow_up for follow_up in present if follow_up is not None), now, here)
        for item in placed(owed, now, self._time.calendar):
            insort(self._placed, item, key=itemgetter(0))
            self._orders[item[1].follow_up.id] = item[0]

    @staticmethod
    def _owed(follow_ups: Iterable[FollowUp], now: datetime, here: str) -> Iterable[FollowUp]:
        """Return `follow_ups`, that of the interview under way due now."""
        if not here:
            return follow_ups
        return (
            replace(follow_up, due=now)
            if follow_up.interview_id == here and follow_up.kind is FollowUpKind.INTERVIEW
            else follow_up
            for follow_up in follow_ups
        )

    def _good_until(self, now: datetime, here: str) -> datetime:
        """Return the last instant at which the sections are sure to be the same.

        Those of today are timed first, the earliest before the others, and midnight is the turn of a
        minute everywhere.
        """
        turn = now.replace(second=0, microsecond=0) + _AT_MOST - timedelta(microseconds=1)
        coming = (
            entry.follow_up.due
            for entry in self._entries
            if entry.section is Section.TODAY
            and entry.follow_up.timed
            and not (here and entry.follow_up.interview_id == here)
        )
        return min(next(coming, turn), turn)
