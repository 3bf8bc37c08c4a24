from __future__ import annotations

from typing import Any

import pytest
from warmcall.domain.countdown import Countdown
from warmcall.domain.records import AnyRecord, Interview
from warmcall.services.meetings import NoSuchMeeting, meeting_with

from tests.conftest import Bench
from tests.examples import NOW, adding, contact, interview

PEOPLE = [
    contact(id="mei", name="Mei Tanaka", organization="Northgate Agency"),
    contact(id="mei2", name="Mei Tanaka-Jones", organization="Parkway & Sons"),
    contact(id="luis", name="Luis Ortega"),
    contact(id="ana", name="Ana Ruiz", organization="Parkway & Sons"),
]


def meeting(id_: str, of: str, at: str, **fields: Any) -> Interview:
    return interview(at, id=id_, contact_id=of, **fields)


MISSED = meeting("missed", "luis", "2026-11-20 10:00")
THIS_MORNING = meeting("this morning", "mei", "2026-11-23 08:00")
TOMORROW = meeting("tomorrow", "mei2", "2026-11-24 10:00")
ENDED = meeting("ended", "ana", "2026-11-23 08:30", ended_at=NOW)
CANCELLED = meeting("cancelled", "ana", "2026-11-23 08:40", cancelled=True)
PRACTISED = meeting("practised", "ana", "2026-11-23 08:50", practice=True)
RUNNING = meeting("running", "ana", "2026-12-01 10:00", countdown=Countdown().start(NOW))
NOBODYS = meeting("nobody's", "deleted", "2026-11-23 08:55")


@pytest.mark.parametrize(
    ("meetings", "expected"),
    [
        ([MISSED, TOMORROW, THIS_MORNING], "this morning"),
        ([MISSED, TOMORROW], "tomorrow"),
        ([MISSED], "missed"),
        ([ENDED, CANCELLED, PRACTISED, NOBODYS, TOMORROW], "tomorrow"),
        ([THIS_MORNING, RUNNING], "running"),
    ],
)
def test_with_nobody_named_it_is_the_next_meeting(
    bench: Bench, meetings: list[AnyRecord], expected: str
) -> None:
    bench.store.apply(adding(*PEOPLE, *meetings))
    assert meeting_with(bench.store, bench.services.time, "").id == expected


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("luis", "missed"),
        ("ORTEGA", "missed"),
        ("jones", "tomorrow"),
        ("mei tanaka", "this morning"),
        ("tanaka northgate", "this morning"),
        ("sons jones", "tomorrow"),
        ("ana", "running"),
        ("anak northgate", "this morning"),
    ],
)
def test_a_part_of_the_name_is_enough(bench: Bench, who: str, expected: str) -> None:
    bench.store.apply(adding(*PEOPLE, MISSED, THIS_MORNING, TOMORROW, RUNNING))
    assert meeting_with(bench.store, bench.services.time, who).id == expected


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("", "no interview is planned"),
        ("ana", "no interview is planned with Ana Ruiz"),
        ("zoe", "nobody you know has “zoe” in the name"),
    ],
)
def test_where_there_is_none_a_sentence_says_so(bench: Bench, who: str, words: str) -> None:
    bench.store.apply(adding(*PEOPLE, ENDED))
    with pytest.raises(NoSuchMeeting, match=words):
        meeting_with(bench.store, bench.services.time, who)


def test_several_are_named(bench: Bench) -> None:
    bench.store.apply(adding(*PEOPLE, THIS_MORNING, TOMORROW))
    with pytest.raises(NoSuchMeeting) as raised:
        meeting_with(bench.store, bench.services.time, "tan")
    assert "Mei Tanaka, Northgate Agency; Mei Tanaka-Jones, Parkway & Sons" in str(raised.value)
