from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import Made
from tests.examples import adding, contact, follow_up, local, modest
from tui.domain import queue as rules
from tui.domain.queue import Counts, Section
from tui.domain.records import Contact, FollowUp, Interview
from tui.domain.vocabulary import FollowUpKind, Mode, Outcome
from tui.services.calling import CallEnd
from tui.storage.library import Library

CALL, OTHER, PROMISE, THANKS = (
    FollowUpKind.CALL, FollowUpKind.OTHER, FollowUpKind.PROMISE, FollowUpKind.THANK_YOU,
)  # fmt: skip


class Events:
    """Does what a user does to the queue and around it, each drawn by a number."""

    def __init__(self, library: Library) -> None:
        self.made = Made(library)
        self.desk = self.made.desk
        self.gone: set[str] = set()
        """The ids of what was deleted on purpose."""

    def do(self, what: str, number: int) -> None:
        action: Callable[[int], None] = getattr(self, f"_{what}")
        action(number)

    def queue(self) -> list[tuple[FollowUp, Section, timedelta]]:
        return [(one.follow_up, one.section, one.late) for one in self.desk.following_up.queue()]

    def _one(self, kind: type[Any], number: int) -> Any:
        known = list(self.made.book.all(kind))
        return known[number % len(known)] if known else None

    def _some(self, number: int) -> list[str]:
        open_ones = [one.id for one in self.made.book.open_follow_ups()]
        return [id_ for place, id_ in enumerate(open_ones) if number >> place & 1]

    def _add_somebody(self, number: int) -> None:
        referrer = self._one(Contact, number) if number % 2 else None
        fields = {"name": f"N{number}", "organization": "Parkway", "referrer_id": ""}
        self.desk.address_book.add(fields | {"referrer_id": referrer.id} if referrer else fields)

    def _owe(self, number: int) -> None:
        if person := self._one(Contact, number):
            kind = (OTHER, PROMISE)[number % 2]
            due = self.made.clock.now() + timedelta(hours=number - 300)
            self.desk.following_up.add(person.id, kind, due, bool(number % 3), "a note")

    def _record_a_call(self, number: int) -> None:
        if person := self._one(Contact, number):
            outcome = list(Outcome)[number % len(Outcome)]
            at = self.made.clock.now() + timedelta(days=1 + number % 9)
            self.desk.calling.record(person.id, CallEnd(outcome=outcome, at=at, person="Teo"))

    def _arrange(self, number: int) -> None:
        if person := self._one(Contact, number):
            at = self.made.clock.now() + timedelta(hours=number % 90)
            self.desk.interviewing.arrange(person.id, at, Mode.VIDEO, "")

    def _start_or_end(self, number: int) -> None:
        meeting = self._one(Interview, number)
        if meeting is None or meeting.cancelled or meeting.ended_at:
            return
        if meeting.countdown.started:
            self.desk.interviewing.end(meeting.id)
        else:
            self.desk.interviewing.start(meeting.id)

    def _do_some(self, number: int) -> None:
        self.desk.following_up.done_all(self._some(number))

    def _put_off_some(self, number: int) -> None:
        due = self.made.clock.now() + timedelta(hours=number)
        self.desk.following_up.snooze_all(self._some(number), due, bool(number % 2))

    def _edit_one(self, number: int) -> None:
        for id_ in self._some(number)[:1]:
            self.desk.following_up.edit(id_, self.made.clock.now(), bool(number % 2), "another note")

    def _send_one(self, number: int) -> None:
        for id_ in self._some(number)[:1]:
            self.desk.following_up.sent(id_, "Subject", "Body")

    def _delete_some(self, number: int) -> None:
        ids = self._some(number)
        self.gone.update(ids)
        self.desk.following_up.delete_all(ids)

    def _take_back(self, number: int) -> None:
        self.desk.history.undo()

    def _make_again(self, number: int) -> None:
        self.desk.history.redo()


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


@settings(modest, max_examples=80)
@given(events)
def test_whatever_happens_the_queue_at_hand_is_the_one_worked_out_anew(
    library: Library, told: list[tuple[str, int, int]]
) -> None:
    at = Events(library)
    for what, number, seconds in told:
        at.made.clock.forward(seconds=seconds)
        at.do(what, number)
        now, calendar, running = at.made.clock.now(), at.desk.time.calendar, at.made.book.running()
        anew = rules.queue(at.made.book.open_follow_ups(), now, calendar)
        here = at.desk.following_up.queue()
        assert sorted(one.follow_up.id for one in here) == sorted(one.follow_up.id for one in anew)
        if running is None:
            assert [one.section for one in here] == [one.section for one in anew]
            assert {one.follow_up for one in here} == {one.follow_up for one in anew}
        assert at.desk.following_up.counts() == rules.counts(here)


@settings(modest, max_examples=80)
@given(events)
def test_no_follow_up_vanishes_but_by_being_done_or_deleted_and_none_doubles(
    library: Library, told: list[tuple[str, int, int]]
) -> None:
    at = Events(library)
    known: set[str] = set()
    for what, number, seconds in told:
        if what in ("take_back", "make_again"):
            continue
        at.made.clock.forward(seconds=seconds)
        at.do(what, number)
        listed = [one.follow_up for one in at.desk.following_up.queue()]
        ids = {one.id for one in listed}
        assert len(ids) == len(listed)
        known |= ids
        for id_ in known - ids - at.gone:
            done = at.made.book.get(FollowUp, id_)
            assert done is not None, "what was not deleted is kept"
            assert done.done_at is not None, "and is out of the queue only if it is done"
        of_rules = [
            (one.contact_id, one.kind, one.interview_id if one.kind is THANKS else "", one.about_id)
            for one in listed
            if one.kind not in (OTHER, PROMISE, FollowUpKind.TELL_REFERRER)
        ]
        assert len(of_rules) == len(set(of_rules))


@settings(modest, max_examples=80)
@given(events)
def test_undo_returns_the_exact_queue_there_was_and_redo_the_one_there_is(
    library: Library, told: list[tuple[str, int, int]]
) -> None:
    at = Events(library)
    for what, number, seconds in told:
        if what in ("take_back", "make_again"):
            continue
        at.made.clock.forward(seconds=seconds)
        before, saved = at.queue(), len(at.made.saved)
        at.do(what, number)
        after, changes = at.queue(), len(at.made.saved) - saved
        assert changes <= 1, "one act is one change"
        if changes:
            at.desk.history.undo()
            assert at.queue() == before
            at.desk.history.redo()
            assert at.queue() == after


def owing(made: Made, *owed: FollowUp) -> None:
    made.book.apply(adding(contact(), *owed))


def test_what_is_late_and_for_today_is_counted(made: Made) -> None:
    assert made.desk.following_up.counts() == Counts(0, 0)
    owing(
        made,
        follow_up(CALL, "2026-11-20"), follow_up(CALL, "2026-11-23 08:00"),
        follow_up(CALL, "2026-11-23"), follow_up(CALL, "2026-11-24"),
        follow_up(OTHER, "2026-11-24", waiting=True),
    )  # fmt: skip
    assert made.desk.following_up.counts() == Counts(2, 1)


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
    made: Made, moments: list[str], sections: list[str]
) -> None:
    owing(made, follow_up(CALL, "2026-11-23 14:00"))
    for moment in moments:
        made.clock.move_to(local(moment))
        found = [one.section.value for one in made.desk.following_up.queue()]
    assert found == sections


def test_another_zone_of_the_user_is_another_queue_at_once(made: Made) -> None:
    owing(made, follow_up(CALL, "2026-11-24 01:00"))
    assert [one.section for one in made.desk.following_up.queue()] == [Section.COMING_UP]
    made.clock.move_to(local("2026-11-23 23:00"))
    made.desk.targeting.save({"zone": "America/New_York"})
    assert [one.section for one in made.desk.following_up.queue()] == [Section.TODAY]


def test_looking_again_costs_nothing_while_nothing_has_changed(made: Made) -> None:
    owing(made, follow_up(CALL, "2026-11-23"))
    first = made.desk.following_up.queue()
    made.desk.address_book.add({"name": "Ana"})
    second = made.desk.following_up.queue()
    assert made.desk.following_up.queue() is second
    assert second is not first
    person = next(iter(made.book.all(Contact)))
    made.desk.address_book.edit(person.id, {"phone": "+1 312 555 0142"})
    assert made.desk.following_up.queue() is second


def test_the_interview_under_way_is_never_late(made: Made) -> None:
    mei = made.desk.address_book.add({"name": "Mei Tanaka"})
    begun = made.desk.interviewing.begin_now(mei.id)
    assert begun is not None
    for _ in range(3):
        made.clock.forward(minutes=15, seconds=7)
        assert Section.OVERDUE not in [one.section for one in made.desk.following_up.queue()]
    made.desk.interviewing.end(begun.id)
    assert THANKS in [one.follow_up.kind for one in made.desk.following_up.queue()]
