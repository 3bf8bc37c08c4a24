from __future__ import annotations

import pytest
from warmcall.domain.records import AnyRecord, Contact
from warmcall.domain.vocabulary import ContactKind, Permission, QuestionState
from warmcall.presentation.closing import ask_for, known_there, line_to_say, tell_referrer

from tests.conftest import Bench
from tests.examples import change, contact, interview, local, question

DOER, MANAGER, CONNECTOR = ContactKind
MEI = contact(id="mei", name="Mei Tanaka", kind=DOER, organization="Northgate", referrer_id="helen")


def met(who: str) -> AnyRecord:
    at = "2026-11-20 10:00"
    return interview(at, id=f"met {who}", contact_id=who, ended_at=local(at))


def with_people(bench: Bench, *records: AnyRecord) -> Bench:
    bench.store.apply(change(*((None, record) for record in (MEI, *records))))
    return bench


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        ([], "Ask for one who hires: you have met 1 who does it and nobody who hires."),
        ([DOER, MANAGER], "Ask for one who hires: you have met 2 who do it and 1 who hires."),
        ([MANAGER], ""),
        ([MANAGER, MANAGER], "Ask for one who does the job: you have met 1 who does it and 2 who hire."),
        ([CONNECTOR], "Ask for one who hires: you have met 1 who does it and nobody who hires."),
    ],
)
def test_the_kind_met_less_is_asked_for(bench: Bench, kinds: list[ContactKind], words: str) -> None:
    people: list[AnyRecord] = [
        contact(id=f"p{at}", name=f"P {at}", kind=kind) for at, kind in enumerate(kinds)
    ]
    with_people(bench, *people, *(met(person.id) for person in people))
    assert ask_for(bench.services, MEI) == words


@pytest.mark.parametrize(
    ("permission", "words"),
    [
        (Permission.YES, "Helen Marsh named them. Say “I'll tell Helen we spoke.”"),
        (Permission.NOT_ASKED, "Helen Marsh named them. Say “I'll tell Helen we spoke.”"),
        (Permission.NO, ""),
        (Permission.ASK_LATER, ""),
    ],
)
def test_whoever_named_them_is_spoken_of_with_permission_alone(
    bench: Bench, permission: Permission, words: str
) -> None:
    with_people(bench, contact(id="helen", name="Helen Marsh"))
    person = contact(id="mei", referrer_id="helen", may_use_name=permission)
    assert tell_referrer(bench.services, person) == words
    assert tell_referrer(bench.services, contact(id="mei")) == ""


def test_people_at_the_same_place_who_were_not_met_are_named(bench: Bench) -> None:
    there: list[Contact] = [
        contact(id=name, name=name, organization="Northgate") for name in ("Kei Arai", "Isaac Brandt")
    ]
    with_people(bench, *there, met("Isaac Brandt"))
    assert known_there(bench.services, MEI) == "At Northgate Mei may know Kei Arai."


ONE, TWO = "What about one?", "What about two?"


@pytest.mark.parametrize(
    ("current", "asked", "line"),
    [
        ("", (), ONE),
        ("", ("one",), TWO),
        ("two", (), TWO),
        ("one", ("one",), ONE),
        ("day", (), ONE),
        ("", ("one", "two"), ""),
    ],
)
def test_the_line_to_say_is_the_one_chosen_else_the_first_that_is_open(
    current: str, asked: tuple[str, ...], line: str
) -> None:
    lines = [
        question(id_, close=True, state=QuestionState.ASKED if id_ in asked else QuestionState.OPEN)
        for id_ in ("one", "two")
    ]
    meeting = interview("2026-11-23 14:00", checklist=(question("day"), *lines))
    assert line_to_say(meeting, current) == line
