from __future__ import annotations

from typing import Any

import pytest
from warmcall.domain.records import Contact, PoolPerson, replace
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import Channel, ContactKind, Outcome, Source
from warmcall.services.calling import CallResult
from warmcall.services.shortlist import Place

from tests.conftest import Bench
from tests.examples import adding, change, organization, pool_person, state_of


@pytest.fixture
def pool(bench: Bench) -> Bench:
    """A pool of people of whom some fit Media Planner, on Monday 23 November 2026."""
    bench.services.profile_editing.save(
        {"name": "Robin Vale", "role": "Media Planner", "school": "Lake Arden College"}
    )
    bench.store.apply(
        adding(
            organization("Northgate Agency", other_names=("Northgate",), wanted=3),
            organization("Tern & Plover", wanted=1),
            pool_person(id="nora", name="Nora Feld", title="Media Supervisor", organization="Tern & Plover"),
            pool_person(id="ivo", name="Ivo Santos", title="Media Planner", organization="Two Lamps"),
            pool_person(id="kei", name="Kei Arai", title="Planning Director", organization="Northgate Inc."),
            pool_person(id="ann", name="Ann Accountant", title="Accountant", organization="Northgate"),
            pool_person(id="al", name="Al Old", title="Baker", notes="Lake Arden College 1999"),
            pool_person(id="bob", name="Bob Baker", title="Baker", organization="The Oven"),
            pool_person(id="una", name="Una Never", title="Media Planner", never=True),
        )
    )
    return bench


def ranked(bench: Bench) -> list[str]:
    while not bench.services.shortlist.prepare():
        pass
    return list(bench.services.shortlist.ids)


def place(bench: Bench, person_id: str) -> Place:
    found = bench.services.shortlist.place(person_id)
    assert found is not None
    return found


def test_the_order_is_the_sum_of_the_weights_shown_ties_by_name(pool: Bench) -> None:
    assert ranked(pool) == ["kei", "ivo", "ann", "nora", "al"]
    scores = [place(pool, id_).score for id_ in pool.services.shortlist.ids]
    assert scores == sorted(scores, reverse=True)
    for id_ in pool.services.shortlist.ids:
        assert place(pool, id_).score == sum(point.weight for point in place(pool, id_).points)
    assert pool.services.shortlist.considered == 6
    pool.store.apply(adding(pool_person(id="zoe", name="Ivo Aaron", title="Media Planner")))
    assert ranked(pool)[1:3] == ["zoe", "ivo"]


def test_nobody_without_a_reason_of_their_own_is_on_it(pool: Bench) -> None:
    assert "bob" not in ranked(pool)
    assert place(pool, "bob").points == ()
    assert pool.services.shortlist.place("gone") is None


def test_slices_give_the_same_as_all_at_once(pool: Bench) -> None:
    at_once = ranked(pool)
    other = Bench(pool.services.library, store=Store(_records(pool)))
    steps = 1
    while not other.services.shortlist.prepare(1):
        steps += 1
    assert list(other.services.shortlist.ids) == at_once
    assert steps > 7


def _records(bench: Bench) -> list[Any]:
    return list(state_of(bench.store).values())


def test_a_change_counts_at_once(pool: Bench) -> None:
    ranked(pool)
    pool.services.profile_editing.save({"synonyms": "baker"})
    assert {"bob", "al"} <= set(ranked(pool))
    pool.services.pool.never("bob")
    assert "bob" not in ranked(pool)
    pool.services.history.undo()
    assert "bob" in ranked(pool)
    pool.services.pool.choose(["ivo"])
    assert "ivo" not in ranked(pool)
    ann = pool.store.require(PoolPerson, "ann")
    pool.store.apply(change((ann, replace(ann, organization="Elsewhere"))))
    assert "ann" not in ranked(pool)
    pool.services.profile_editing.save({"school": "Another School"})
    assert [point.kind.value for point in place(pool, "al").points] == ["word", "does"]


def test_somebody_asked_at_the_same_organization_holds_others_back(pool: Bench) -> None:
    assert [id_ for id_ in ranked(pool) if place(pool, id_).asked_id] == []
    mei = pool.services.address_book.add({"name": "Mei", "organization": "northgate agency, ltd"})
    assert {id_: place(pool, id_).asked_id for id_ in ranked(pool)} == {
        "kei": mei.id, "ann": mei.id, "ivo": "", "nora": "", "al": "",
    }  # fmt: skip
    pool.services.calling.record(mei.id, CallResult(outcome=Outcome.SENT, channel=Channel.EMAIL))
    assert place(pool, "kei").asked_id == mei.id
    pool.clock.forward(days=4)
    assert place(pool, "kei").asked_id == ""


def test_a_contact_not_asked_yet_is_on_it_while_nothing_is_owed(pool: Bench) -> None:
    mei = pool.services.address_book.add({"name": "Mei", "title": "Media Planner"})
    assert mei.id not in ranked(pool)
    pool.services.following_up.delete(pool.store.open_of_contact(mei.id)[0].id)
    assert mei.id in ranked(pool)
    pool.services.calling.record(mei.id, CallResult(outcome=Outcome.DECLINED))
    assert mei.id not in ranked(pool)


def test_whoever_was_met_introduces_and_the_kind_nobody_asked_counts_more(pool: Bench) -> None:
    mei = pool.services.address_book.add({"name": "Mei", "organization": "Northgate Inc"})
    started = pool.services.interviewing.start_now(mei.id)
    assert started is not None
    pool.clock.forward(minutes=20)
    pool.services.interviewing.end(started.id)
    points = {point.kind.value: point for point in place(pool, "kei").points}
    assert points["introduction"].text == "Mei"
    assert "gap" in points
    assert "gap" not in {point.kind.value for point in place(pool, "ivo").points}
    pool.store.apply(adding(pool_person(id="ref", name="Rae", referrer="Mei", source=Source.OTHER)))
    assert "ref" in ranked(pool)


def test_twice_as_many_are_proposed_as_are_still_to_be_asked(pool: Bench) -> None:
    shortlist = pool.services.shortlist
    more = (pool_person(id=f"p{n}", name=f"P {n}", title="Buyer, Media") for n in range(20))
    pool.store.apply(adding(*more))
    ranked(pool)
    assert (shortlist.proposed(), shortlist.proposed_end()) == (10, 10)
    pool.services.pool.choose(["ivo", "nora", "al"])
    ranked(pool)
    assert (shortlist.proposed(), shortlist.proposed_end()) == (4, 4)
    pool.services.address_book.add({"name": "Mei", "organization": "Northgate"})
    ranked(pool)
    assert (shortlist.proposed(), shortlist.proposed_end()) == (2, 4)
    pool.services.pool.choose(["p1"])
    ranked(pool)
    assert shortlist.proposed() == 10


def test_the_kind_is_as_the_user_says(pool: Bench) -> None:
    assert place(pool, "kei").kind is ContactKind.HIRING_MANAGER
    pool.services.pool.set_kind("kei", ContactKind.PRACTITIONER)
    ranked(pool)
    assert place(pool, "kei").kind is ContactKind.PRACTITIONER
    assert pool.store.get(Contact, "kei") is None
