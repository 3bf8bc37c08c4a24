from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.domain.queue import PATIENCE, Counts, Section, counts, due_by, entry, placed, queue
from warmcall.domain.records import FollowUp, replace
from warmcall.domain.vocabulary import DayPart, FollowUpKind
from warmcall.domain.when import When

from tests.examples import CALENDAR, NOW, follow_up, follow_ups, instants, local, only
from tests.profiles import modest

CALL, CHECK_IN, THANK_YOU = FollowUpKind.CALL, FollowUpKind.CHECK_IN, FollowUpKind.THANK_YOU
INTERVIEW, PROMISE, OTHER = FollowUpKind.INTERVIEW, FollowUpKind.PROMISE, FollowUpKind.OTHER
DAY = timedelta(days=1)

IN_ORDER = [
    follow_up(INTERVIEW, "2026-11-23 07:00", id="a meeting two hours ago"),
    follow_up(PROMISE, "2026-11-19", id="a promise four days late"),
    follow_up(CALL, "2026-11-18", id="a call five days late"),
    follow_up(THANK_YOU, "2026-11-22 09:00", id="thanks a day late"),
    follow_up(CHECK_IN, "2026-11-16", id="a check-in a week late"),
    follow_up(OTHER, "2026-11-22", id="something else a day late"),
    follow_up(INTERVIEW, "2026-11-23 14:00", id="a meeting at two"),
    follow_up(CALL, "2026-11-23 15:00", id="a call at three"),
    follow_up(CHECK_IN, "2026-11-23 15:00", id="a check-in at three"),
    follow_up(FollowUpKind.CONFIRM, "2026-11-23", id="confirm today"),
    follow_up(PROMISE, "2026-11-23", id="a promise today"),
    follow_up(CALL, "2026-11-23", id="a call today, added first", created_at=NOW - DAY),
    follow_up(CALL, "2026-11-23", id="a call today"),
    follow_up(CHECK_IN, "2026-11-23", id="a check-in today"),
    follow_up(CALL, "2026-11-24 10:00", id="a call tomorrow at ten"),
    follow_up(CALL, "2026-11-24", id="a call tomorrow"),
    follow_up(THANK_YOU, "2026-11-25", id="thanks the day after"),
    follow_up(CALL, "2026-11-24", id="waiting for tomorrow", waiting=True),
    follow_up(OTHER, "2026-11-27", id="waiting for Friday", waiting=True),
]


def test_the_order_to_do_things_in() -> None:
    shuffled = sorted(IN_ORDER, key=lambda other_follow_up: other_follow_up.id[::-1])
    assert [entry.follow_up.id for entry in queue(shuffled, NOW, CALENDAR)] == [
        follow_up.id for follow_up in IN_ORDER
    ]


@pytest.mark.parametrize(
    ("due", "waiting", "now", "section", "late"),
    [
        ("2026-11-23", False, "2026-11-22 23:59", Section.COMING_UP, 0 * DAY),
        ("2026-11-23", False, "2026-11-23 00:00", Section.TODAY, 0 * DAY),
        ("2026-11-23", False, "2026-11-23 23:59", Section.TODAY, 0 * DAY),
        ("2026-11-23", False, "2026-11-24 00:00", Section.OVERDUE, 1 * DAY),
        ("2026-11-23", False, "2026-11-25 08:00", Section.OVERDUE, 2 * DAY),
        ("2026-11-23", True, "2026-11-22 23:59", Section.WAITING, 0 * DAY),
        ("2026-11-23", True, "2026-11-23 00:00", Section.TODAY, 0 * DAY),
        ("2026-11-23", True, "2026-11-24 00:00", Section.OVERDUE, 1 * DAY),
        ("2026-11-23 14:00", False, "2026-11-22 23:59", Section.COMING_UP, 0 * DAY),
        ("2026-11-23 14:00", False, "2026-11-23 14:00", Section.TODAY, 0 * DAY),
        ("2026-11-23 14:00", False, "2026-11-23 14:01", Section.OVERDUE, timedelta(minutes=1)),
        ("2026-11-23 23:30", False, "2026-11-24 00:30", Section.OVERDUE, timedelta(hours=1)),
    ],
)
def test_sections_and_lateness(due: str, waiting: bool, now: str, section: Section, late: timedelta) -> None:
    found = entry(follow_up(CALL, due, waiting=waiting), local(now), CALENDAR)
    assert (found.section, found.late) == (section, late)


def test_what_is_done_or_dropped_is_not_in_the_queue() -> None:
    done = follow_up(CALL, done_at=NOW)
    dropped = follow_up(CALL, done_at=NOW, dropped=True)
    assert queue([done, dropped], NOW, CALENDAR) == []


def test_a_day_is_the_users_own_when_summer_time_ends() -> None:
    due = follow_up(CALL, "2026-10-31")
    assert entry(due, local("2026-11-01 23:30"), CALENDAR).late == DAY
    assert entry(due, local("2026-11-02 00:00"), CALENDAR).late == 2 * DAY


def test_every_kind_has_its_patience() -> None:
    assert set(PATIENCE) == set(FollowUpKind)


@modest
@given(st.lists(follow_ups, max_size=8, unique_by=lambda item: item.id), instants)
def test_everything_open_is_in_the_queue_once_and_in_section_order(
    owed: list[FollowUp], now: datetime
) -> None:
    entries = queue(owed, now, CALENDAR)
    assert sorted(entry.follow_up.id for entry in entries) == sorted(
        follow_up.id for follow_up in owed if follow_up.done_at is None
    )
    places = [list(Section).index(entry.section) for entry in entries]
    assert places == sorted(places)
    assert all(bool(entry.late) == (entry.section is Section.OVERDUE) for entry in entries)


_MOMENTS = st.sampled_from([When(NOW.date()), When(NOW - DAY), When(NOW + DAY), When(NOW)])
_OWED = st.tuples(_MOMENTS, st.sampled_from([CALL, CHECK_IN]), st.sampled_from(DayPart), st.booleans())


@modest
@given(st.lists(_OWED, max_size=12))
def test_those_owed_at_the_same_moment_stand_where_each_would_alone(
    owed: list[tuple[When, FollowUpKind, DayPart, bool]],
) -> None:
    these = [
        replace(follow_up(kind, id=str(at), part=part, waiting=waiting), due=due)
        for at, (due, kind, part, waiting) in enumerate(owed)
    ]
    alone = [item for one in these for item in placed([one], NOW, CALENDAR)]
    assert placed(these, NOW, CALENDAR) == sorted(alone, key=lambda item: item[0])
    assert [found for _, found in alone] == [entry(one, NOW, CALENDAR) for one in these]


def test_what_is_due_now_is_counted() -> None:
    assert counts(queue(IN_ORDER, NOW, CALENDAR)) == Counts(6, 8)
    assert counts([]) == Counts(0, 0)


@pytest.mark.parametrize(
    ("day", "how_many"),
    [("2026-11-22", 14), ("2026-11-23", 14), ("2026-11-24", 17), ("2026-11-25", 18), ("2026-11-27", 19)],
)
def test_what_is_due_by_a_day_keeps_its_order(day: str, how_many: int) -> None:
    entries = queue(IN_ORDER, NOW, CALENDAR)
    found = due_by(entries, date.fromisoformat(day), CALENDAR)
    assert len(found) == how_many
    assert found == [entry for entry in entries if entry in found]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((THANK_YOU, "2026-11-22"), (CHECK_IN, "2026-11-16")),
        ((CALL, "2026-11-20"), (CHECK_IN, "2026-11-16")),
        ((PROMISE, "2026-11-20"), (CALL, "2026-11-20")),
        ((CHECK_IN, "2026-10-23"), (THANK_YOU, "2026-11-22")),
        ((THANK_YOU, "2026-11-23 08:00"), (OTHER, "2026-11-23")),
        ((OTHER, "2026-11-23 10:00"), (PROMISE, "2026-11-23")),
        ((THANK_YOU, "2026-11-23"), (CALL, "2026-11-23")),
        ((OTHER, "2026-11-23"), (INTERVIEW, "2026-11-24 09:00")),
    ],
)
def test_the_first_of_the_two_outranks_the_second(
    first: tuple[FollowUpKind, str], second: tuple[FollowUpKind, str]
) -> None:
    pair = [follow_up(*second, id="a"), follow_up(*first, id="b")]
    assert [entry.follow_up.id for entry in queue(pair, NOW, CALENDAR)] == ["b", "a"]


def test_two_alike_keep_one_order() -> None:
    alike = [follow_up(CALL, id=letter) for letter in "bca"]
    assert [entry.follow_up.id for entry in queue(alike, NOW, CALENDAR)] == ["a", "b", "c"]
    assert only(queue(alike[:1], NOW, CALENDAR)).follow_up == alike[0]
