from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from warmcall.config.library import Library
from warmcall.domain import queue as rules
from warmcall.domain.business_days import Calendar
from warmcall.domain.queue import Counts, Section
from warmcall.domain.records import Contact, FollowUp, Interview
from warmcall.domain.vocabulary import FollowUpKind, Mode, Outcome
from warmcall.domain.when import When
from warmcall.services import queue_cache
from warmcall.services.calling import CallResult

from tests.conftest import Bench
from tests.examples import adding, contact, follow_up, local
from tests.profiles import examples

CALL, OTHER, PROMISE, THANKS = (
    FollowUpKind.CALL, FollowUpKind.OTHER, FollowUpKind.PROMISE, FollowUpKind.THANK_YOU,
)  # fmt: skip


def moment(bench: Bench, hours: int, with_hour: int) -> When:
    """Return what is so many hours from now, or the day of it."""
    at = bench.clock.now() + timedelta(hours=hours)
    return When(at if with_hour else at.date())


class Events:
    """Does what a user does to the queue and around it, each drawn by a number."""

    def __init__(self, library: Library) -> None:
        self.bench = Bench(library)
        self.services = self.bench.services
        self.gone: set[str] = set()
        """The ids of what was deleted on purpose."""

    def do(self, what: str, number: int) -> None:
        action: Callable[[int], None] = getattr(self, f"_{what}")
        action(number)

    def queue(self) -> tuple[list[tuple[str, Section]], list[FollowUp]]:
        """Return what the queue shows, in order, and what is open.

        How late something is, and until when the interview goes that is running, may be up to a minute old.
        """
        shown = [(entry.follow_up.id, entry.section) for entry in self.services.queue.entries()]
        return shown, sorted(self.bench.store.open_follow_ups(), key=lambda found: found.id)

    def _one(self, kind: type[Any], number: int) -> Any:
        known = list(self.bench.store.all(kind))
        return known[number % len(known)] if known else None

    def _some(self, number: int) -> list[str]:
        open_ones = [follow_up.id for follow_up in self.bench.store.open_follow_ups()]
        return [id_ for place, id_ in enumerate(open_ones) if number >> place & 1]

    def _add_somebody(self, number: int) -> None:
        referrer = self._one(Contact, number) if number % 2 else None
        fields = {"name": f"N{number}", "organization": "Parkway", "referrer_id": ""}
        self.services.address_book.add(fields | {"referrer_id": referrer.id} if referrer else fields)

    def _owe(self, number: int) -> None:
        if person := self._one(Contact, number):
            kind = (OTHER, PROMISE)[number % 2]
            due = moment(self.bench, number - 300, number % 3)
            self.services.following_up.add(person.id, kind, due, "a note")

    def _record_a_call(self, number: int) -> None:
        if person := self._one(Contact, number):
            outcome = list(Outcome)[number % len(Outcome)]
            at = When(self.bench.clock.now() + timedelta(days=1 + number % 9))
            self.services.calling.record(person.id, CallResult(outcome=outcome, at=at, person="Teo"))

    def _arrange(self, number: int) -> None:
        if person := self._one(Contact, number):
            at = self.bench.clock.now() + timedelta(hours=number % 90)
            self.services.interviewing.arrange(person.id, at, Mode.VIDEO, "")

    def _start_or_end(self, number: int) -> None:
        meeting = self._one(Interview, number)
        if meeting is None or meeting.cancelled or meeting.ended_at:
            return
        if meeting.countdown.started:
            self.services.interviewing.end(meeting.id)
        else:
            self.services.interviewing.start(meeting.id)

    def _do_some(self, number: int) -> None:
        self.services.following_up.complete_all(self._some(number))

    def _put_off_some(self, number: int) -> None:
        self.services.following_up.snooze_all(self._some(number), moment(self.bench, number, number % 2))

    def _edit_one(self, number: int) -> None:
        for id_ in self._some(number)[:1]:
            self.services.following_up.edit(id_, moment(self.bench, 0, number % 2), "another note")

    def _send_one(self, number: int) -> None:
        for id_ in self._some(number)[:1]:
            self.services.following_up.sent(id_, "Subject", "Body")

    def _delete_some(self, number: int) -> None:
        ids = self._some(number)
        self.gone.update(ids)
        self.services.following_up.delete_all(ids)

    def _undo_last(self, number: int) -> None:
        self.services.history.undo()

    def _redo_last(self, number: int) -> None:
        self.services.history.redo()


events = st.lists(
    st.tuples(
        st.sampled_from([
            name[1:] for name in vars(Events) if name.startswith("_") and name not in ("_one", "_some")
            and not name.startswith("__")
        ]),
        st.integers(0, 700),
        st.sampled_from([0, 0, 1, 20, 59, 61, 3600, 40_000, 90_000]),
    ),
    max_size=30,
)  # fmt: skip


@examples(usual=35, long=80)
@given(events)
def test_whatever_happens_the_cached_queue_is_the_one_calculated_anew(
    library: Library, steps: list[tuple[str, int, int]]
) -> None:
    at = Events(library)
    for what, number, seconds in steps:
        at.bench.clock.forward(seconds=seconds)
        at.do(what, number)
        now, calendar, running = at.bench.clock.now(), at.services.time.calendar, at.bench.store.running()
        anew = rules.queue(at.bench.store.open_follow_ups(), now, calendar)
        here = at.services.queue.entries()
        assert sorted(entry.follow_up.id for entry in here) == sorted(entry.follow_up.id for entry in anew)
        if running is None:
            assert [entry.section for entry in here] == [entry.section for entry in anew]
            assert {entry.follow_up for entry in here} == {entry.follow_up for entry in anew}
        assert at.services.queue.counts() == rules.counts(here)
        at.bench.clock.forward(minutes=1)
        if running is None:
            anew = rules.queue(at.bench.store.open_follow_ups(), at.bench.clock.now(), calendar)
            assert list(at.services.queue.entries()) == anew, "after a minute to the order"


@examples(usual=35, long=80)
@given(events)
def test_no_follow_up_vanishes_but_by_being_done_or_deleted_and_none_doubles(
    library: Library, steps: list[tuple[str, int, int]]
) -> None:
    at = Events(library)
    known: set[str] = set()
    for what, number, seconds in steps:
        if what in ("undo_last", "redo_last"):
            continue
        at.bench.clock.forward(seconds=seconds)
        at.do(what, number)
        listed = [entry.follow_up for entry in at.services.queue.entries()]
        ids = {follow_up.id for follow_up in listed}
        assert len(ids) == len(listed)
        known |= ids
        for id_ in known - ids - at.gone:
            done = at.bench.store.get(FollowUp, id_)
            assert done is not None, "what was not deleted is kept"
            assert done.done_at is not None, "and is out of the queue only if it is done"
        of_rules = [
            (
                follow_up.contact_id,
                follow_up.kind,
                follow_up.interview_id if follow_up.kind is THANKS else "",
                follow_up.about_id,
            )
            for follow_up in listed
            if follow_up.kind not in (OTHER, PROMISE, FollowUpKind.TELL_REFERRER)
        ]
        assert len(of_rules) == len(set(of_rules))


@examples(usual=35, long=80)
@given(events)
@example([("add_somebody", 0, 0), ("owe", 1, 0), ("add_somebody", 0, 1)])
@example([("add_somebody", 0, 0), ("record_a_call", 1, 0), ("add_somebody", 0, 1)])
def test_undo_returns_the_exact_queue_there_was_and_redo_the_one_there_is(
    library: Library, steps: list[tuple[str, int, int]]
) -> None:
    at = Events(library)
    for what, number, seconds in steps:
        if what in ("undo_last", "redo_last"):
            continue
        at.bench.clock.forward(seconds=seconds)
        before, saved = at.queue(), len(at.bench.saved)
        at.do(what, number)
        after, changes = at.queue(), len(at.bench.saved) - saved
        assert changes <= 1, "one act is one change"
        if changes:
            at.services.history.undo()
            assert at.queue() == before
            at.services.history.redo()
            assert at.queue() == after


def owing(bench: Bench, *owed: FollowUp) -> None:
    bench.store.apply(adding(contact(), *owed))


def test_what_is_late_and_for_today_is_counted(bench: Bench) -> None:
    assert bench.services.queue.counts() == Counts(0, 0)
    owing(
        bench,
        follow_up(CALL, "2026-11-20"), follow_up(CALL, "2026-11-23 08:00"),
        follow_up(CALL, "2026-11-23"), follow_up(CALL, "2026-11-24"),
        follow_up(OTHER, "2026-11-24", waiting=True),
    )  # fmt: skip
    assert bench.services.queue.counts() == Counts(2, 1)


@pytest.mark.parametrize(
    ("moments", "sections"),
    [
        (["2026-11-23 09:00", "2026-11-23 14:00"], ["today"]),
        (["2026-11-23 13:59:50", "2026-11-23 14:00:00"], ["today"]),
        (["2026-11-23 13:59:50", "2026-11-23 14:00:01"], ["overdue"]),
        (["2026-11-22 23:59:59", "2026-11-23 00:00:00"], ["today"]),
        (["2026-11-22 23:59:58", "2026-11-22 23:59:59"], ["coming_up"]),
        (["2026-11-23 14:00:01", "2026-11-22 12:00"], ["coming_up"]),
    ],
)
def test_the_queue_follows_the_clock_to_the_second_and_back(
    bench: Bench, moments: list[str], sections: list[str]
) -> None:
    owing(bench, follow_up(CALL, "2026-11-23 14:00"))
    for moment in moments:
        bench.clock.move_to(local(moment))
        found = [entry.section.value for entry in bench.services.queue.entries()]
    assert found == sections


def test_what_is_due_at_an_hour_is_late_a_second_later(bench: Bench) -> None:
    luis = bench.services.address_book.add({"name": "Luis"})
    due = When(bench.clock.now() + timedelta(seconds=20))
    bench.services.following_up.add(luis.id, PROMISE, due, "the survey")

    def section() -> Section:
        entries = bench.services.queue.entries()
        return next(entry.section for entry in entries if entry.follow_up.kind is PROMISE)

    assert section() is Section.TODAY
    bench.clock.forward(seconds=21)
    assert section() is Section.OVERDUE


def test_another_zone_of_the_user_is_another_queue_at_once(bench: Bench) -> None:
    owing(bench, follow_up(CALL, "2026-11-24 01:00"))
    assert [entry.section for entry in bench.services.queue.entries()] == [Section.COMING_UP]
    bench.clock.move_to(local("2026-11-23 23:00"))
    bench.services.profile_editing.save({"zone": "America/New_York"})
    assert [entry.section for entry in bench.services.queue.entries()] == [Section.TODAY]


def test_asking_again_costs_nothing_while_nothing_has_changed(bench: Bench) -> None:
    owing(bench, follow_up(CALL, "2026-11-23"))
    first = bench.services.queue.entries()
    bench.services.address_book.add({"name": "Ana"})
    second = bench.services.queue.entries()
    assert bench.services.queue.entries() is second
    assert second is not first
    person = next(iter(bench.store.all(Contact)))
    bench.services.address_book.edit(person.id, {"phone": "+1 312 555 0142"})
    assert bench.services.queue.entries() is second


def test_a_new_minute_moves_only_what_has_an_hour_that_has_come(bench: Bench) -> None:
    moved: list[list[str]] = []

    def placed(follow_ups: Iterable[FollowUp], now: datetime, calendar: Calendar) -> list[rules.Placed]:
        known = list(follow_ups)
        moved.append([follow_up.id for follow_up in known])
        return rules.placed(known, now, calendar)

    days = [follow_up(CALL, f"2026-11-{20 + number % 5}", id=f"{number:02d}") for number in range(40)]
    coming = moment(bench, 48, with_hour=True)
    owing(bench, *days, follow_up(CALL, "2026-11-23 09:07", id="due"), follow_up(CALL, coming, id="coming"))
    first = bench.services.queue.entries()
    with patch.object(queue_cache, "placed", placed):
        bench.clock.move_to(local("2026-11-23 09:06"))
        assert bench.services.queue.entries() is first
        for minute in (8, 9, 10):
            bench.clock.move_to(local(f"2026-11-23 09:{minute:02d}"))
            assert bench.services.queue.entries() is not first
    assert moved == [["due"]] * 3


def test_the_interview_under_way_is_never_late(bench: Bench) -> None:
    mei = bench.services.address_book.add({"name": "Mei Tanaka"})
    under_way = bench.services.interviewing.start_now(mei.id)
    assert under_way is not None
    for _ in range(3):
        bench.clock.forward(minutes=15, seconds=7)
        assert Section.OVERDUE not in [entry.section for entry in bench.services.queue.entries()]
    bench.services.interviewing.end(under_way.id)
    assert THANKS in [entry.follow_up.kind for entry in bench.services.queue.entries()]
