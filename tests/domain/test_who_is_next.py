from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from warmcall.domain.cadence import Cadence
from warmcall.domain.records import Attempt, PoolPerson
from warmcall.domain.vocabulary import Channel, ContactKind, FollowUpKind, Outcome, Source, Stage
from warmcall.domain.who_is_next import PersonThere, Turn, Wait, WayIn, best_first, turn_of, way_in

from tests.examples import CALENDAR, STAMP, attempt, contact, follow_up, local


@pytest.mark.parametrize(
    ("source", "stage", "way"),
    [
        (Source.REFERRAL, Stage.MET, WayIn.MET),
        (Source.OTHER, Stage.THANKED, WayIn.MET),
        (Source.OTHER, Stage.IN_TOUCH, WayIn.MET),
        (Source.ALUMNI, Stage.SCHEDULED, WayIn.SET),
        (Source.REFERRAL, Stage.NEW, WayIn.NAMED),
        (Source.ALUMNI, Stage.ASKED, WayIn.ALUMNI),
        (Source.ONLINE, Stage.HELD, WayIn.ONLINE),
        (Source.REFERRAL, Stage.DECLINED, None),
    ],
)
def test_a_way_in_is_who_was_met_or_else_where_the_name_came_from(
    source: Source, stage: Stage, way: WayIn | None
) -> None:
    assert way_in(source, stage) is way


def test_every_source_is_a_way_in_and_the_best_come_first() -> None:
    ways = Counter(way_in(source, stage) for source in Source for stage in (Stage.MET, Stage.NEW))
    counts = {way: count for way, count in ways.items() if way is not None}
    assert [way for way, _ in best_first(counts)] == [
        way for way in WayIn if way not in (WayIn.SET, WayIn.POOL)
    ]
    assert best_first(counts)[0] == (WayIn.MET, len(Source))


def there(id_: str, stage: Stage, *attempts: Attempt, call: str = "") -> PersonThere:
    """Return a contact at the organization, to whom a call is owed on the day `call` if that is given."""
    step = follow_up(FollowUpKind.CALL, call, id=id_, contact_id=id_) if call else None
    return PersonThere(contact(id=id_, name=id_), stage, attempts, step)


def tried(outcome: Outcome, at: str = "2026-11-23 10:00") -> Attempt:
    return attempt(at, outcome, channel=Channel.EMAIL if outcome is Outcome.SENT else Channel.PHONE)


def pool(id_: str, **fields: Any) -> PoolPerson:
    return PoolPerson(**({"id": id_, **STAMP, "name": id_} | fields))


NEW = there("new", Stage.NEW, call="2026-11-24")
LATER = there("later", Stage.NEW, call="2026-11-25")
NOTHING_OWED = there("nothing owed", Stage.NEW)
MEETING = there("meeting", Stage.SCHEDULED)
MET = there("met", Stage.MET, tried(Outcome.SCHEDULED))
CALLED = there("called", Stage.ASKED, tried(Outcome.NO_ANSWER), call="2026-11-24")
NAMED_ANOTHER = there("named", Stage.ASKED, tried(Outcome.REFERRED))
NO_LONGER_CALLED = there("dropped", Stage.ASKED, tried(Outcome.VOICEMAIL))
HELD = there("held", Stage.HELD, tried(Outcome.VOICEMAIL))
DECLINED = there("declined", Stage.DECLINED, tried(Outcome.DECLINED))
WRITTEN = there("written", Stage.ASKED, tried(Outcome.SENT), call="2026-12-02")
LONG_SILENT = there("silent", Stage.ASKED, tried(Outcome.SENT, "2026-11-16 10:00"), call="2026-11-24")
ALUMNA, NEVER = pool("alumna"), pool("never", never=True)
IN_REACH, OLD_FRIEND = pool("in reach", email="a@example.org"), pool("old", connected_on=date(2015, 1, 1))
SAID_TO_HIRE = pool("hires", kind=ContactKind.HIRING_MANAGER)


@pytest.mark.parametrize(
    ("people", "pool", "asked", "next_", "wait"),
    [
        ([], [], "", "", Wait.NOTHING),
        ([NEW], [], "", "new", Wait.NOTHING),
        ([LATER, NOTHING_OWED, NEW], [ALUMNA], "", "new", Wait.NOTHING),
        ([NOTHING_OWED, LATER], [], "", "later", Wait.NOTHING),
        ([MET, HELD, DECLINED], [ALUMNA], "", "alumna", Wait.NOTHING),
        ([MET], [NEVER], "", "", Wait.NOTHING),
        ([], [ALUMNA, OLD_FRIEND], "", "old", Wait.NOTHING),
        ([], [OLD_FRIEND, IN_REACH], "", "in reach", Wait.NOTHING),
        ([], [IN_REACH, SAID_TO_HIRE], "", "hires", Wait.NOTHING),
        ([NEW, MEETING], [], "meeting", "new", Wait.MEETING),
        ([MEETING, WRITTEN], [], "meeting", "", Wait.MEETING),
        ([CALLED], [ALUMNA], "called", "alumna", Wait.CALL),
        ([NAMED_ANOTHER, NO_LONGER_CALLED], [ALUMNA], "", "alumna", Wait.NOTHING),
        ([CALLED, WRITTEN, NEW], [], "written", "new", Wait.ANSWER),
        ([LONG_SILENT, NEW], [], "silent", "new", Wait.NOTHING),
        ([LONG_SILENT, WRITTEN], [ALUMNA], "written", "alumna", Wait.ANSWER),
    ],
)
def test_one_is_asked_at_a_time_and_contacts_come_before_the_pool(
    people: list[PersonThere], pool: list[PoolPerson], asked: str, next_: str, wait: Wait
) -> None:
    for order in (people, people[::-1]):
        found = turn_of(order, pool, local("2026-11-24 09:00"), Cadence(), CALENDAR)
        assert (found.asked.contact.id if found.asked else "") == asked
        assert (found.next.id if found.next else "", found.wait) == (next_, wait)


@pytest.mark.parametrize(
    ("now", "turn"),
    [
        (
            "2026-11-25 18:00",
            Turn(WRITTEN, WRITTEN.attempts[0].at, NEW.contact, Wait.ANSWER, another_from=date(2026, 11, 27)),
        ),
        ("2026-11-27 08:00", Turn(WRITTEN, WRITTEN.attempts[0].at, NEW.contact, Wait.NOTHING)),
    ],
)
def test_another_may_be_asked_three_business_days_after_something_was_written(now: str, turn: Turn) -> None:
    assert turn_of([WRITTEN, NEW], [], local(now), Cadence(), CALENDAR) == turn
