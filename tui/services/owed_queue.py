"""The queue kept at hand, so that looking at it again costs nothing while nothing has changed."""

from __future__ import annotations

from datetime import datetime, timedelta

from tui.domain.book import Book
from tui.domain.queue import Counts, Entry, Section, counts, queue
from tui.domain.quiet import Quiet, quiet
from tui.domain.records import Attempt, Contact, FollowUp, Interview, Profile, replace
from tui.domain.vocabulary import FollowUpKind
from tui.services.clock import Timekeeper

_AT_MOST = timedelta(minutes=1)
"""How old the order may be: how late a timed one is changes with every minute."""


class OwedQueue:
    """Everything owed, in order, as it is now.

    It is worked out anew when a follow-up has changed, at the turn of a minute, and when one comes due.
    """

    def __init__(self, book: Book, time: Timekeeper) -> None:
        self._book = book
        self._time = time
        self._entries: tuple[Entry, ...] = ()
        self._of: object = None
        self._from = self._until = datetime.min
        self._quiet: tuple[object, Quiet] = (None, Quiet())

    def entries(self) -> tuple[Entry, ...]:
        """Return everything owed, in the order to do it; an interview under way is due now, never late."""
        now, running = self._time.now(), self._book.running()
        here = running.id if running else None
        of = (self._book.revision(FollowUp, Profile), here)
        if of != self._of or not self._from <= now <= self._until:
            self._entries = tuple(queue(self._owed(here, now), now, self._time.calendar))
            self._of, self._from, self._until = of, now, self._good_until(now, here)
        return self._entries

    def counts(self) -> Counts:
        """Return how many are late and for today."""
        return counts(self.entries())

    def quiet(self) -> Quiet:
        """Return what is worth saying when nothing is due."""
        of = self._book.revision(FollowUp, Attempt, Interview, Contact)
        if self._quiet[0] != of:
            self._quiet = (of, quiet(self._book))
        return self._quiet[1]

    def _owed(self, here: str | None, now: datetime) -> list[FollowUp]:
        return [
            replace(one, due=now)
            if here is not None and one.interview_id == here and one.kind is FollowUpKind.INTERVIEW
            else one
            for one in self._book.open_follow_ups()
        ]

    def _good_until(self, now: datetime, here: str | None) -> datetime:
        """Return the last instant at which the sections are sure to be the same: those of today are timed
        first, the earliest before the others, and midnight is the turn of a minute everywhere."""
        turn = now.replace(second=0, microsecond=0) + _AT_MOST - timedelta(microseconds=1)
        coming = (
            one.follow_up.due
            for one in self._entries
            if one.section is Section.TODAY and one.follow_up.timed and one.follow_up.interview_id != here
        )
        return min(next(coming, turn), turn)
