from __future__ import annotations

import pytest
from warmcall.domain.records import PoolPerson, replace
from warmcall.services.pool_search import PoolSearch
from warmcall.services.search import Where

from tests.conftest import Bench
from tests.examples import adding, change, pool_person


@pytest.fixture
def search(bench: Bench) -> PoolSearch:
    bench.store.apply(
        adding(
            pool_person(id="zoe", name="Zoë Müller", title="Media Planner", organization="Smith Jones"),
            pool_person(id="abe", name="Abe Stone", notes="knows a planner", phones=("+1 312 555 0142",)),
            pool_person(id="kim", name="Kim Planner", links=("linkedin.com/in/kim-p",), referrer="Dana"),
        )
    )
    return bench.services.pool_search


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", []),
        ("  ", []),
        ("muller", ["zoe"]),
        ("mueller", ["zoe"]),
        ("planner", ["kim", "zoe", "abe"]),
        ("smith media", ["zoe"]),
        ("5550142", ["abe"]),
        ("in/kim", ["kim"]),
        ("dana", ["kim"]),
        ("pool", ["abe", "kim", "zoe"]),
        ("nobody", []),
    ],
)
def test_people_are_found_by_every_word_in_any_field(
    search: PoolSearch, typed: str, found: list[str]
) -> None:
    assert search.ids(typed) == found
    assert [list(search.ids(typed[: at + 1])) for at in range(len(typed))][-1:] in ([found], [])


def test_a_change_counts_at_once_and_few_or_many_are_put_at_their_places(
    search: PoolSearch, bench: Bench
) -> None:
    assert search.ids("planner") == ["kim", "zoe", "abe"]
    bench.services.pool.delete("kim")
    assert search.ids("planner") == ["zoe", "abe"]
    bench.services.history.undo()
    bench.store.apply(adding(*(pool_person(id=f"p{n:03}", name=f"P {n:03} Planner") for n in range(200))))
    assert search.ids("planner")[:3] == ["kim", "p000", "p001"]
    assert len(search.ids("planner")) == 203
    abe = bench.store.require(PoolPerson, "abe")
    bench.store.apply(change((abe, replace(abe, name="Xaver"))))
    assert search.ids("xav") == ["abe"]
    assert search.ids("stone") == []


def test_slices_find_what_all_at_once_finds(search: PoolSearch, bench: Bench) -> None:
    bench.store.apply(adding(*(pool_person(id=f"p{n:03}", name=f"P {n:03} Planner") for n in range(100))))
    steps = 1
    while not search.prepare(10):
        steps += 1
    assert steps > 9
    assert list(search.ids("planner")) == ["kim", *(f"p{n:03}" for n in range(100)), "zoe", "abe"]


def test_where_somebody_was_found_is_shown(search: PoolSearch) -> None:
    found = search.where_found("abe", "planner", (Where.NAME, Where.WORK))
    assert found is not None
    assert (found.where, found.text[found.start : found.end]) == (Where.NOTE, "planner")
    assert search.where_found("kim", "planner", (Where.NAME, Where.WORK)) is None
    assert search.where_found("gone", "planner", ()) is None
