from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.domain.organizations import (
    OrganizationIndex,
    distinct_names,
    merged,
    organization_id,
    organization_key,
    renamed,
    usual_name,
)
from warmcall.domain.records import Organization
from warmcall.domain.vocabulary import Posting

from tests.examples import STAMP, local
from tests.profiles import modest


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Smith, Jones & Co.", "Smith Jones"),
        ("Smith and Jones", "SMITH & JONES, Inc."),
        ("Bücher & Söhne GmbH", "Bucher Sohne"),
        ("Bücher & Söhne GmbH & Co. KG", "Bücher & Söhne"),
        ("The Lakeshore Club", "Lakeshore Club"),
        ("Mølle; Mark A/S", "Mølle Mark"),
        ("Parkway & Sons", "  parkway   &  sons "),
        ("O'Neill Ltd.", "O’Neill Limited"),
        ("Société X S.A.R.L.", "Societe X"),
        ("青空企画", "青空企画"),
    ],
)
def test_names_of_one_organization_have_one_key(one: str, other: str) -> None:
    assert organization_key(one) == organization_key(other) != ""
    assert organization_id(one) == organization_id(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Northgate Agency", "Northgate"),
        ("Co", "Inc"),
        ("The Company", "The"),
        ("Corner & Field", "Corner"),
        ("青空企画", "青空"),
        ("Two Lamps", "Three Lamps"),
    ],
)
def test_names_of_different_organizations_have_different_keys(one: str, other: str) -> None:
    assert organization_key(one) != organization_key(other)
    assert organization_id(one) != organization_id(other)


@pytest.mark.parametrize("name", ["", "  ", "—", "\u200b"])
def test_no_name_has_no_key(name: str) -> None:
    assert organization_key(name) == ""


def organization(name: str, *other_names: str, **fields: Any) -> Organization:
    return Organization(**({"id": f"org {name}", **STAMP} | fields), name=name, other_names=other_names)


NORTHGATE = organization("Northgate Agency", "Northgate", "NGA")
OLDER = organization("Halyard", "Harbor", id="older", created_at=local("2026-11-01 09:00"))
NEWER = organization("Harbor", "Halyard Lane", id="newer")
INDEX = OrganizationIndex([NEWER, NORTHGATE, OLDER])


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Northgate Agency", NORTHGATE.id),
        ("NORTHGATE AGENCY, INC.", NORTHGATE.id),
        ("Northgate", NORTHGATE.id),
        ("nga", NORTHGATE.id),
        ("Halyard", OLDER.id),
        ("Harbor", NEWER.id),
        ("Halyard Lane", NEWER.id),
        ("Tern & Plover Ltd.", "tern plover"),
        ("", ""),
        (" – ", ""),
    ],
)
def test_all_names_of_an_organization_are_one_place(name: str, place: str) -> None:
    assert INDEX.place_of(name) == place
    found = INDEX.find(name)
    assert (found.id if found else organization_key(name)) == place


@pytest.mark.parametrize(
    ("names", "usual"),
    [
        (["Northgate", "Northgate Inc.", "Northgate Inc."], "Northgate Inc."),
        (["Two", "One"], "One"),
        (["", "–", "Two"], "Two"),
        ([], ""),
    ],
)
def test_the_usual_name_is_the_one_most_people_have(names: list[str], usual: str) -> None:
    assert usual_name(names) == usual


@pytest.mark.parametrize(
    ("before", "name", "after"),
    [
        (organization("One"), "Two", ("Two", ("One",))),
        (organization("One", "Two"), "Two", ("Two", ("One",))),
        (organization("One", "Three"), "Two", ("Two", ("Three", "One"))),
        (organization("One"), "One Ltd.", ("One Ltd.", ())),
        (organization("One", "ONE Inc."), "Two", ("Two", ("ONE Inc.",))),
    ],
)
def test_the_old_name_of_an_organization_is_one_of_its_other_names(
    before: Organization, name: str, after: tuple[str, tuple[str, ...]]
) -> None:
    found = renamed(before, name)
    assert (found.name, found.other_names) == after
    assert (found.id, found.wanted, found.notes) == (before.id, before.wanted, before.notes)


@pytest.mark.parametrize(
    ("kept", "other", "both"),
    [
        ({}, {}, (0, Posting.UNKNOWN, "")),
        ({"wanted": 1}, {"wanted": 3}, (3, Posting.UNKNOWN, "")),
        ({"wanted": 2}, {"wanted": 1}, (2, Posting.UNKNOWN, "")),
        ({"posting": Posting.NONE}, {"posting": Posting.OPEN}, (0, Posting.OPEN, "")),
        ({"posting": Posting.OPEN}, {"posting": Posting.NONE}, (0, Posting.OPEN, "")),
        ({}, {"posting": Posting.NONE}, (0, Posting.NONE, "")),
        ({"notes": "Small."}, {"notes": "Old."}, (0, Posting.UNKNOWN, "Small.\n\nOld.")),
        ({"notes": " "}, {"notes": "Old."}, (0, Posting.UNKNOWN, "Old.")),
        ({"notes": "Old."}, {"notes": "Old."}, (0, Posting.UNKNOWN, "Old.")),
    ],
)
def test_two_organizations_together_have_what_either_had(
    kept: dict[str, Any], other: dict[str, Any], both: tuple[int, Posting, str]
) -> None:
    found = merged(organization("One", "Uno", **kept), organization("Two", "uno", "Due", **other))
    assert (found.name, found.other_names) == ("One", ("Uno", "Two", "Due"))
    assert (found.wanted, found.posting, found.notes) == both


NAMES = st.lists(st.sampled_from(["One", "one Ltd.", "Two", "The Two", "Three", "", "–"]), max_size=5)


@modest
@given(NAMES, NAMES)
def test_no_name_is_lost_when_two_become_one(first: list[str], second: list[str]) -> None:
    one, two = organization("First", *first), organization("Second", *second)
    index = OrganizationIndex([merged(one, two)])
    for name in ("First", "Second", *first, *second):
        assert index.place_of(name) == (one.id if organization_key(name) else "")
    assert distinct_names(merged(one, two).other_names, "First") == merged(one, two).other_names
