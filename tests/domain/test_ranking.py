from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from warmcall.config.library import Library
from warmcall.config.paths import content
from warmcall.domain.ranking import (
    Aim,
    Point,
    PointKind,
    Ranking,
    Surroundings,
    aim_of,
    judged_kind,
    other_reasons,
    own_reasons,
    stem,
)
from warmcall.domain.vocabulary import ContactKind, Source

from tests.examples import contact, pool_person

RANKING = Library(content(), Path("/nowhere")).ranking
AIM = aim_of("Media Planner", "media buyer, planning", RANKING)
TODAY = date(2026, 11, 30)
DOES, HIRES, CONNECTS = ContactKind.PRACTITIONER, ContactKind.HIRING_MANAGER, ContactKind.CONNECTOR


def own(ranking: Ranking = RANKING, **fields: Any) -> list[Point]:
    return list(own_reasons(pool_person(**fields), AIM, "Lake Arden College", TODAY, ranking))


@pytest.mark.parametrize(
    "words",
    [
        ("planner", "Planning", "plans", "plan", "Planer", "Planerin"),
        ("buyer", "buying", "buyers"),
        ("manager", "management", "managing"),
        ("strategist", "strategy", "strategic"),
        ("analyst", "analysis", "analytics"),
        ("engineer", "engineering"),
        ("nurse", "nursing"),
        ("rédacteur", "redacteur"),
    ],
)
def test_words_with_the_same_stem_are_the_same_word(words: tuple[str, ...]) -> None:
    assert len({stem(word) for word in words}) == 1


@pytest.mark.parametrize("words", [("media", "medic"), ("sales", "salt"), ("press", "president")])
def test_other_words_have_other_stems(words: tuple[str, str]) -> None:
    assert stem(words[0]) != stem(words[1])


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Media Planner", DOES),
        ("Senior Media Planner", DOES),
        ("Media Supervisor", DOES),
        ("Buyer", DOES),
        ("Planning Director", HIRES),
        ("Head of Media", HIRES),
        ("Media Manager", HIRES),
        ("Account Director", CONNECTS),
        ("Accountant", CONNECTS),
        ("", None),
    ],
)
def test_a_title_says_who_does_the_job_and_who_hires_for_it(title: str, kind: ContactKind | None) -> None:
    assert judged_kind(title, AIM) is kind


def test_a_word_of_the_job_itself_makes_nobody_a_manager() -> None:
    aim = aim_of("Product Manager", "", RANKING)
    assert judged_kind("Senior Product Manager", aim) is DOES
    assert judged_kind("Director, Product Management", aim) is HIRES
    assert judged_kind("Office Manager", aim) is CONNECTS
    assert judged_kind("Media Planner", Aim()) is None


def test_a_job_of_general_words_alone_is_compared_by_these() -> None:
    assert judged_kind("Managing Director", aim_of("Manager", "", RANKING)) is HIRES


@pytest.mark.parametrize(
    ("fields", "reasons"),
    [
        ({}, []),
        ({"title": "Accountant"}, []),
        ({"title": "Senior Accountant"}, []),
        ({"title": "Buyer"}, [("word", 2, "Buyer"), ("does", 1, "")]),
        (
            {"title": "Media Planner"},
            [("title", 4, "Media Planner"), ("word", 2, "Media"), ("word", 2, "Planner"), ("does", 1, "")],
        ),
        (
            {"title": "Buying, Media"},
            [("title", 4, "media buyer"), ("word", 2, "Buying"), ("word", 2, "Media"), ("does", 1, "")],
        ),
        ({"title": "Media Supervisor"}, [("word", 2, "Media"), ("level", 1, "Supervisor"), ("does", 1, "")]),
        ({"title": "Planning Director"}, [("word", 2, "Planning"), ("hires", 2, "")]),
        ({"kind": HIRES}, [("hires", 2, "")]),
        ({"title": "Buyer", "kind": CONNECTS}, [("word", 2, "Buyer")]),
        ({"source": Source.EVENT}, [("met", 3, "")]),
        ({"source": Source.ALUMNI}, [("school", 3, "Lake Arden College")]),
        ({"notes": "BA, LAKE ARDEN college 2011"}, [("school", 3, "Lake Arden College")]),
        ({"connected_on": date(2023, 12, 1)}, []),
    ],
)
def test_each_reason_in_what_is_known_of_a_person(
    fields: dict[str, Any], reasons: list[tuple[str, int, str]]
) -> None:
    assert [(point.kind.value, point.weight, point.text) for point in own(**fields)] == reasons


def test_somebody_is_known_for_full_years() -> None:
    assert own(connected_on=date(2020, 11, 30)) == [Point(PointKind.KNOWN, 1, amount=6)]
    assert own(connected_on=date(2020, 12, 1)) == [Point(PointKind.KNOWN, 1, amount=5)]


def test_without_a_school_of_ones_own_none_is_the_same() -> None:
    person = contact(notes="Lake Arden College")
    assert own_reasons(person, AIM, "", TODAY, RANKING) == ()


def test_a_level_in_the_job_itself_is_the_one_that_fits() -> None:
    aim = aim_of("Junior Media Planner", "", RANKING)
    levels = [
        [point.text for point in own_reasons(pool_person(title=title), aim, "", TODAY, RANKING)
         if point.kind is PointKind.LEVEL]
        for title in ("Junior Buyer, Media", "Senior Media Planner")
    ]  # fmt: skip
    assert levels == [["Junior"], []]


@pytest.mark.parametrize(
    ("kind", "has_own", "around", "reasons"),
    [
        (DOES, True, Surroundings(), []),
        (DOES, True, Surroundings(wanted=3), [("wanted", 6, "", 3)]),
        (None, False, Surroundings(wanted=1), [("wanted", 2, "", 1)]),
        (DOES, True, Surroundings(introducer="Mei"), [("introduction", 4, "Mei", 0)]),
        (HIRES, True, Surroundings(asked={DOES}), [("gap", 2, "", 0)]),
        (DOES, True, Surroundings(asked={HIRES}), [("gap", 2, "", 0)]),
        (HIRES, True, Surroundings(asked={DOES, HIRES}), []),
        (CONNECTS, True, Surroundings(asked={DOES}), []),
        (HIRES, False, Surroundings(asked={DOES}), []),
    ],
)
def test_each_reason_outside_of_a_person(
    kind: ContactKind | None, has_own: bool, around: Surroundings, reasons: list[tuple[str, int, str, int]]
) -> None:
    found = other_reasons(kind, has_own, around, RANKING)
    assert [(point.kind.value, point.weight, point.text, point.amount) for point in found] == reasons


def test_a_weight_of_the_user_counts_and_a_reason_without_weight_is_none() -> None:
    ranking = msgspec.structs.replace(RANKING, title=0, word=7, wanted=0)
    found = own(ranking, title="Media Planner")
    assert [(point.kind.value, point.weight) for point in found] == [("word", 7), ("word", 7), ("does", 1)]
    assert other_reasons(DOES, True, Surroundings(wanted=3), ranking) == ()
