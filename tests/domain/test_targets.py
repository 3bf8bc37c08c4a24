from __future__ import annotations

import pytest
from warmcall.domain.records import Target, replace
from warmcall.domain.store import Store
from warmcall.domain.targets import serves, target_fields, target_id_for, targets_of

from tests.examples import NOW, contact, profile

KNOWN = frozenset({"planner", "buyer"})


@pytest.mark.parametrize(
    ("own", "also", "of", "for_planner", "spoken_of"),
    [
        ("planner", (), ("planner",), True, "planner"),
        ("buyer", (), ("buyer",), False, "buyer"),
        ("buyer", ("planner",), ("buyer", "planner"), True, "planner"),
        ("planner", ("buyer", "planner"), ("planner", "buyer"), True, "planner"),
        ("", ("buyer",), ("buyer",), False, "buyer"),
        ("", (), (), True, "planner"),
        ("deleted", (), (), True, "planner"),
        ("deleted", ("buyer", "deleted too"), ("buyer",), False, "buyer"),
    ],
)
def test_whom_a_target_counts_and_what_is_spoken_of_with_them(
    own: str, also: tuple[str, ...], of: tuple[str, ...], for_planner: bool, spoken_of: str
) -> None:
    person = contact(target_id=own, also_for=also)
    assert targets_of(person, KNOWN) == of
    assert serves(person, "planner", KNOWN) is for_planner
    assert target_id_for(person, "planner", KNOWN) == spoken_of


def test_nobody_is_lost_to_whoever_has_one_target() -> None:
    people = [contact(target_id=own) for own in ("", "only", "of a file merged")]
    assert all(serves(person, "only", {"only"}) for person in people)


@pytest.mark.parametrize(
    ("own", "also", "fields"),
    [
        ("", (), ("", ())),
        ("", ("", "buyer"), ("buyer", ())),
        ("planner", ("buyer", "planner", "buyer"), ("planner", ("buyer",))),
    ],
)
def test_the_first_target_of_a_person_is_their_own(
    own: str, also: tuple[str, ...], fields: tuple[str, tuple[str, ...]]
) -> None:
    assert target_fields((own, *also)) == dict(zip(("target_id", "also_for"), fields, strict=True))


def test_the_store_knows_what_is_spoken_of_with_somebody() -> None:
    planner, buyer = (Target(id=id_, created_at=NOW, changed_at=NOW) for id_ in ("planner", "buyer"))
    person = contact(target_id="buyer")
    assert Store([person]).target_for(person) is None
    store = Store([planner, buyer, replace(profile(), target_id="planner")])
    assert store.target_for(person) == buyer
    assert store.target_for(replace(person, also_for=("planner",))) == planner
    assert store.target_ids == {"planner", "buyer"}
