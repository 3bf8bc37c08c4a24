"""Who may be one person, found among all, and kept up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.config.library import Library
from warmcall.config.paths import content
from warmcall.domain.duplicates import Likeness
from warmcall.domain.records import Contact, Organization, PoolPerson, replace
from warmcall.services.duplicates import Duplicates

from tests.conftest import Bench
from tests.examples import STAMP, adding, change, contact
from tests.profiles import modest

LIBRARY = Library(content(), Path("/nowhere"))


def in_pool(id_: str, name: str, organization: str = "", **fields: Any) -> PoolPerson:
    return PoolPerson(**STAMP, id=id_, name=name, organization=organization, **fields)


def found(duplicates: Duplicates) -> list[tuple[str, str]]:
    while not duplicates.prepare(2):
        pass
    return [(pair.left_id, pair.right_id) for pair in duplicates.pairs()]


@pytest.fixture
def crowd(bench: Bench) -> Duplicates:
    bench.store.apply(
        adding(
            contact(id="zoe", name="Zoë Müller", organization="Tern", email="zoe@example.org"),
            in_pool("a zoe", "Zoe Mueller", "Halyard", email="zoe@example.net", phone="+1 312 555 0142"),
            in_pool("bill", "Bill Haverford", "Tern"),
            in_pool("will", "William Haverford", "Tern"),
            contact(id="helen", name="Helen Marsh", organization="Halyard"),
        )
    )
    return bench.services.duplicates


def test_a_contact_is_on_the_left_and_pairs_with_one_come_first(crowd: Duplicates) -> None:
    assert crowd.left == 5
    assert found(crowd) == [("zoe", "a zoe"), ("bill", "will")]
    assert crowd.left == 0


def test_what_is_judged_is_not_asked_again_and_what_changes_is_looked_at_again(
    bench: Bench, crowd: Duplicates
) -> None:
    merging, book = bench.services.people_merging, bench.services.address_book
    found(crowd)
    merging.say_distinct("zoe", "a zoe")
    assert found(crowd) == [("bill", "will")]
    bench.services.history.undo()
    merging.merge("bill", "will")
    assert found(crowd) == [("zoe", "a zoe")]
    merging.take_apart("bill")
    assert found(crowd) == [("zoe", "a zoe"), ("bill", "will")]
    book.edit("zoe", {"name": "Zora Lind"})
    assert found(crowd) == [("bill", "will")]
    book.edit("helen", {"name": "Wm. Haverford", "goes_by": "William", "organization": "Tern"})
    assert ("helen", "will") in found(crowd)
    book.delete("helen")
    assert found(crowd) == [("bill", "will")]


def test_names_of_one_organization_are_one_place(bench: Bench, crowd: Duplicates) -> None:
    bench.store.apply(
        adding(in_pool("dana", "Dana Whitfield", "Northgate"), in_pool("d", "Dana Whitfeild", "NGA"))
    )
    assert ("d", "dana") not in found(crowd)
    northgate = Organization(**STAMP, id="northgate", name="Northgate")
    bench.store.apply(adding(northgate))
    bench.store.apply(change((northgate, replace(northgate, other_names=("NGA",)))))
    assert ("d", "dana") in found(crowd)


def test_one_who_was_just_added_is_compared_with_everybody_without_an_index(
    bench: Bench, crowd: Duplicates
) -> None:
    added = bench.services.address_book.add({"name": "Liam Haverford"})
    assert {person.id for person, _ in crowd.like_one(added)} == {"bill", "will"}


def test_two_who_are_chosen_are_a_pair_whatever_they_have_in_common(crowd: Duplicates) -> None:
    pair = crowd.pair_of("a zoe", "helen")
    assert pair is not None
    assert (pair.left_id, pair.right_id, pair.why.kind) == ("helen", "a zoe", Likeness.CHOSEN)
    assert crowd.pair_of("zoe", "gone") is crowd.pair_of("zoe", "zoe") is None


_NAMES = st.sampled_from(["Zoë Müller", "Zoe Mueller", "Bill Haverford", "William Haverford", "W. Haverford"])
_PLACES = st.sampled_from(["", "Tern", "Halyard"])
_steps = st.lists(
    st.tuples(
        st.sampled_from(["put", "pool", "delete", "prepare"]), st.sampled_from("abcd"), _NAMES, _PLACES
    ),
    max_size=12,
)


@modest
@given(_steps)
def test_pairs_kept_up_to_date_are_those_found_anew(steps: list[tuple[str, str, str, str]]) -> None:
    bench = Bench(LIBRARY)
    store, history, kept = bench.store, bench.services.history, bench.services.duplicates
    for what, id_, name, place in steps:
        before = store.contact(id_) or store.get(PoolPerson, id_)
        removed = (before,) if before is not None else ()
        if what == "prepare":
            kept.prepare(1)
        elif what == "delete":
            history.commit("delete", removed=removed)
        elif what == "pool":
            history.commit(
                "put", in_pool(id_, name, place), removed=removed if isinstance(before, Contact) else ()
            )
        else:
            history.commit(
                "put",
                contact(id=id_, name=name, organization=place),
                removed=removed if isinstance(before, PoolPerson) else (),
            )
    anew = Duplicates(store, bench.services.directory, bench.services.people_merging)
    assert set(found(kept)) == set(found(anew))
