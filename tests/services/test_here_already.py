"""Who is here already of a name, an address or a number that is typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.config.library import Library
from warmcall.config.paths import content
from warmcall.domain.duplicates import Likeness, likeness, looks_of, without_common
from warmcall.domain.found_people import FoundPerson
from warmcall.domain.records import Contact, Organization, PoolPerson, replace
from warmcall.services.here_already import HereAlready

from tests.conftest import Bench
from tests.examples import STAMP, adding, change, contact
from tests.profiles import modest

LIBRARY = Library(content(), Path("/nowhere"))


def in_pool(id_: str, name: str, organization: str = "", **fields: Any) -> PoolPerson:
    return PoolPerson(**STAMP, id=id_, name=name, organization=organization, **fields)


def ids(people: list[Any]) -> list[str]:
    return [person.id for person in people]


@pytest.fixture
def here(bench: Bench) -> HereAlready:
    bench.store.apply(
        adding(
            contact(id="zoe", name="Zoë Müller", organization="Tern", email="zoe@example.org"),
            in_pool("a zoe", "Zoe Mueller", "Halyard", email="zoe@example.net", phone="+1 312 555 0142"),
            in_pool("will", "William Haverford", "Tern", phones=("+44 (0)20 7946 0018 ext. 7",)),
            contact(id="helen", name="Helen Marsh", notes="or h.marsh@example.com\nfax: 312.555.0143"),
        )
    )
    return bench.services.here_already


def test_whoever_is_described_is_here_already_once_all_names_are_indexed(here: HereAlready) -> None:
    assert here.called("Zoe Muller") == []
    while not here.prepare(1):
        pass
    found = [(person.id, why.kind) for person, why in here.called("zoe muller")]
    assert found == [("zoe", Likeness.NAME), ("a zoe", Likeness.SPELLING)]
    for name, exclude, expected in (
        ("Zoe Muller", "zoe", ["a zoe"]),
        ("Helen Marhs", "", ["helen"]),
        ("Willaim Haverford", "", ["will"]),
        ("Bill Haverford", "", ["will"]),
        ("W. Haverford", "", ["will"]),
        (" ", "", []),
    ):
        assert ids([person for person, _ in here.called(name, exclude=exclude)]) == expected


def test_few_names_are_indexed_ahead_and_thousands_only_for_a_form(bench: Bench, here: HereAlready) -> None:
    while not here.prepare_few():
        pass
    assert ids([person for person, _ in here.called("Helen Marsh")]) == ["helen"]
    bench.store.apply(adding(*(in_pool(f"p{number}", f"Ada No{number}") for number in range(1001))))
    assert here.prepare_few()
    assert here.called("Ada No7") == []


def test_addresses_and_numbers_are_found_wherever_they_are_written(bench: Bench, here: HereAlready) -> None:
    for address, expected in (
        (" ZOE@example.org", ["zoe"]),
        ("h.marsh@example.com", ["helen"]),
        ("marsh@example.com", []),
        ("zoe", []),
    ):
        assert ids(here.with_address(address)) == expected
    for number, expected in (
        ("(312) 555-0142", ["a zoe"]),
        ("3125550143", ["helen"]),
        ("020 7946 0018 x7", ["will"]),
        ("020 7946 0018", []),
        ("0142", []),
    ):
        assert ids(here.with_number(number)) == expected
    added = bench.services.address_book.add({"name": "Ana Ruiz", "phone": "0312 555 0199"})
    assert ids(here.with_number("312 555 0199")) == [added.id]


def test_names_of_one_organization_are_one_place(bench: Bench, here: HereAlready) -> None:
    here.prepare(10)
    tern = Organization(**STAMP, id="tern", name="Tern")
    bench.store.apply(adding(tern))

    def elsewhere() -> list[bool]:
        return [
            why.elsewhere for person, why in here.called("Zoë Müller", "The Tern House") if person.id == "zoe"
        ]

    assert elsewhere() == [True]
    bench.store.apply(change((tern, replace(tern, other_names=("The Tern House",)))))
    assert elsewhere() == [False]


def test_whoever_changed_is_found_as_they_are_now(bench: Bench, here: HereAlready) -> None:
    here.prepare(10)
    assert ids([person for person, _ in here.called("Nora Lind", "Tern")]) == []
    bench.services.address_book.edit("helen", {"name": "Nora Lind"})
    assert [why.kind for _, why in here.called("Nora Lind", "Tern")] == [Likeness.NAME]
    assert here.called("Helen Marsh") == []
    bench.services.address_book.edit("helen", {"organization": "Tern"})
    assert [why.kind for _, why in here.called("Nora Lind", "Tern")] == [Likeness.NAME_AND_WORK]
    bench.services.address_book.delete("helen")
    assert here.called("Nora Lind") == []


_NAMES = st.sampled_from(
    [
        "Zoë Müller",
        "Zoe Mueller",
        "Bill Haverford",
        "William Haverford",
        "W. Haverford",
        "Haverford, Bil",
        "王伟",
    ]
)
_PLACES = st.sampled_from(["", "Tern", "Halyard"])
_steps = st.lists(
    st.tuples(
        st.sampled_from(["put", "pool", "delete", "undo", "prepare"]),
        st.sampled_from("abcd"),
        _NAMES,
        _PLACES,
    ),
    max_size=12,
)


@modest
@given(_steps, _NAMES, _PLACES)
def test_who_is_found_in_the_index_is_whoever_is_like_them_among_all(
    steps: list[tuple[str, str, str, str]], name: str, place: str
) -> None:
    bench = Bench(LIBRARY)
    store, history, here = bench.store, bench.services.history, bench.services.here_already
    for what, id_, other, where in steps:
        before = store.contact(id_) or store.get(PoolPerson, id_)
        if what == "prepare":
            here.prepare(1)
            here.called(name, place)
        elif what == "undo":
            history.undo()
        elif what == "delete":
            history.commit("delete", removed=(before,) if before is not None else ())
        else:
            made: Contact | PoolPerson = (
                in_pool(id_, other, where)
                if what == "pool"
                else contact(id=id_, name=other, organization=where)
            )
            gone = (before,) if before is not None and type(before) is not type(made) else ()
            history.commit("put", made, removed=gone)
    while not here.prepare(1):
        pass
    described = looks_of(FoundPerson(line=0, name=name, organization=place))
    whys = {one.id: likeness(described, looks_of(one), anywhere=True) for one in store.all(Contact)}
    whys |= {one.id: likeness(described, looks_of(one), anywhere=True) for one in store.all(PoolPerson)}
    expected = without_common({id_: why for id_, why in whys.items() if why is not None})
    assert {person.id: why for person, why in here.called(name, place)} == expected
