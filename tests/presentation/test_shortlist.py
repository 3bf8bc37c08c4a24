from __future__ import annotations

from datetime import date

import pytest
from warmcall.domain.ranking import Point, PointKind
from warmcall.domain.vocabulary import ContactKind, Outcome
from warmcall.presentation import shortlist as words
from warmcall.presentation.pool import pool_summary, pool_words
from warmcall.services.calling import CallResult
from warmcall.services.shortlist import Place
from warmcall.widgets.rich_text import plain_text

from tests.conftest import Bench
from tests.examples import adding, local, organization, pool_person

DOES, HIRES = ContactKind.PRACTITIONER, ContactKind.HIRING_MANAGER
POINTS = (
    Point(PointKind.WORD, 2, "Media"),
    Point(PointKind.LEVEL, 1, "Supervisor"),
    Point(PointKind.DOES, 1),
    Point(PointKind.KNOWN, 1, amount=6),
    Point(PointKind.SCHOOL, 3, "Lake Arden College"),
    Point(PointKind.WANTED, 6, amount=3),
    Point(PointKind.INTRODUCTION, 4, "Mei Tanaka"),
)


def place(*points: Point, asked_id: str = "") -> Place:
    return Place("nora", DOES, points, sum(point.weight for point in points), asked_id)


def test_the_reasons_in_a_few_words_and_in_a_sentence(bench: Bench) -> None:
    bench.store.apply(
        adding(
            organization("Northgate", wanted=3),
            organization("Tern & Plover", wanted=2),
            organization("Nowhere"),
            pool_person(organization="Tern and Plover, Inc."),
        )
    )
    assert words.short_reasons(bench.services, place(*POINTS)) == "word · on list · Mei · school · 6 years"
    assert words.why(bench.services, place(*POINTS)) == (
        "“Media” in the title; Tern and Plover, Inc. is second on your list, ●●●; Mei Tanaka can introduce "
        "you; Lake Arden College, your school; known for 6 years; “Supervisor”, a level near the job"
    )
    assert words.weights(bench.services, place(*POINTS[:3])) == (
        "2 “Media” in the title + 1 “Supervisor”, a level near the job + 1 does the job = 4"
    )


@pytest.mark.parametrize(
    ("points", "why", "short"),
    [
        ((), "nothing in what is known speaks for asking them", ""),
        (
            (Point(PointKind.TITLE, 4, "Media Planner"), Point(PointKind.WORD, 2, "Media")),
            "the title has all of “Media Planner”",
            "title",
        ),
        (
            (Point(PointKind.WORD, 2, "Media"), Point(PointKind.WORD, 2, "Buyer")),
            "“Media” and “Buyer” in the title",
            "word",
        ),
        ((Point(PointKind.MET, 3), Point(PointKind.HIRES, 2)), "you met before", "hires · met before"),
        ((Point(PointKind.GAP, 2),), "nobody of their kind was asked yet", ""),
    ],
)
def test_each_reason_alone(bench: Bench, points: tuple[Point, ...], why: str, short: str) -> None:
    assert (
        words.why(bench.services, place(*points)),
        words.short_reasons(bench.services, place(*points)),
    ) == (why, short)


def test_somebody_held_back_is_marked_and_says_who_is_asked(bench: Bench) -> None:
    mei = bench.services.address_book.add({"name": "Mei Tanaka"})
    held = place(*POINTS, asked_id=mei.id)
    assert words.being_asked(bench.services, held) == "Mei is in the queue there"
    bench.services.calling.record(mei.id, CallResult(outcome=Outcome.VOICEMAIL))
    assert words.short_reasons(bench.services, held) == "Mei is being asked there"
    marks = [words.mark(held, ()), words.mark(place(), ()), words.mark(place(), ("nora",))]
    assert marks == ["[-]", "[ ]", "[✓]"]


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        ((), "5 asks left this week."),
        ((DOES, DOES), "Chosen: 2 do it. Add a manager? 5 asks left this week."),
        ((DOES, HIRES), "Chosen: 1 does it, 1 hires. 5 asks left this week."),
        ((HIRES,), "Chosen: 1 hires. Add somebody who does it? 5 asks left this week."),
    ],
)
def test_the_mix_says_what_it_lacks(bench: Bench, kinds: tuple[ContactKind, ...], said: str) -> None:
    assert words.mix(bench.services, kinds) == said


def test_after_the_last_call_of_a_week_the_next_one_is_meant(bench: Bench) -> None:
    bench.services.profile_editing.save({"name": "Robin", "role": "Media Planner"})
    bench.store.apply(adding(*(pool_person(id=f"p{n}", title="Media Planner") for n in range(20))))
    bench.clock.move_to(local("2026-11-28 10:00"))
    assert bench.services.shortlist.prepare()
    assert words.head(bench.services, 80).endswith("10 for next week")
    assert words.mix(bench.services, ()) == "5 asks left next week."
    bench.services.pool.choose([f"p{n}" for n in range(5)])
    assert bench.services.shortlist.prepare()
    assert words.head(bench.services, 80).endswith("10 for the week after")
    assert words.mix(bench.services, ()) == "Next week has its asks."


def test_an_empty_shortlist_says_why(bench: Bench) -> None:
    bench.services.profile_editing.save({"name": "Robin"})
    assert words.why_empty(bench.services, True) == "No job is aimed at yet, so nobody can fit it."
    bench.services.profile_editing.save({"role": "Media Planner"})
    assert words.why_empty(bench.services, True) == "Nobody is here to choose from yet."
    bench.store.apply(adding(pool_person(title="Baker"), pool_person(id="ivo", title="Cook")))
    assert bench.services.shortlist.prepare()
    assert words.why_empty(bench.services, False) == "Looking through 2 people…"
    assert words.why_empty(bench.services, True) == "Nobody of 2 people fits Media Planner yet."
    bench.store.apply(adding(pool_person(id="kei", title="Media Planner")))
    assert bench.services.shortlist.prepare()
    assert words.why_empty(bench.services, True) == ""


def test_how_somebody_is_known_and_reached() -> None:
    nora = pool_person(links=("https://www.linkedin.com/in/nora",), connected_on=date(2019, 3, 4))
    assert words.known(nora) == "connected Mar 2019 · no phone, no email · linkedin.com/in/nora"
    assert words.known(pool_person(phone="555 0142")) == "555 0142 · no email"


def test_the_head_counts_people_those_who_fit_and_those_proposed(bench: Bench) -> None:
    bench.services.profile_editing.save({"name": "Robin", "role": "Media Planner", "synonyms": "Buyer"})
    bench.store.apply(adding(organization("Northgate", wanted=2), pool_person(title="Media Planner")))
    assert bench.services.shortlist.prepare()
    assert words.head(bench.services, 80) == "Shortlist · 1 of 1 fits Media Planner · 1 for this week"
    assert words.head(bench.services, 60) == "1 of 1 fits Media Planner · 1 for this week"
    assert [words.chosen_count(count) for count in (0, 3)] == ["", "3 chosen"]
    assert words.looked_for(bench.services) == "words: media planner, buyer"
    assert words.wanted_places(bench.services) == "places: 1 on your list"
    assert words.added(bench.services, bench.services.pool.choose(["nora"])) == (
        "Nora Feld is in the queue, to be called today"
    )


def test_the_page_of_somebody_in_the_pool_has_all_that_is_known(bench: Bench) -> None:
    bench.services.profile_editing.save({"name": "Robin", "role": "Media Planner"})
    nora = pool_person(
        title="Media Planner", phones=("1", "2"), emails=("a@b.c",), earlier_work="Buyer", referrer="Dana",
        never=True, notes="Tall.", connected_on=date(2019, 3, 4),
    )  # fmt: skip
    bench.store.apply(adding(nora))
    text = plain_text(pool_summary(bench.services, nora, lambda words: words))
    for part in ("Media Planner", "+ pool", "☎ 1", "☎ 2", "✉ a@b.c", "Mar 2019", "Buyer", "by Dana", "Tall."):
        assert part in text
    assert "4 “Media Planner” in the title" in text
    assert "never on the shortlist" in text
    assert pool_words(1) == "1 person is in the pool"
    assert pool_words(3124) == "3,124 people are in the pool"
