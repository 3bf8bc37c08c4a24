from __future__ import annotations

import pytest
from warmcall.domain.organizations import organization_id, organization_key


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
