from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.domain.found_people import FoundPerson
from warmcall.domain.person_keys import (
    KeyIndex,
    KeyKind,
    PhoneKey,
    email_key,
    keys_of,
    link_key,
    links_in,
    names_agree,
    numbers_in,
    phone_key,
    profile_key,
    same_person,
)
from warmcall.domain.records import Contact, PoolPerson

from tests.profiles import modest

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


def found(name: str, **fields: Any) -> FoundPerson:
    for one, several in (("email", "emails"), ("phone", "phones"), ("link", "links")):
        if value := fields.pop(one, ""):
            fields[several] = (value, *fields.get(several, ()))
    return FoundPerson(line=1, name=name, **fields)


def kind(one: FoundPerson, other: FoundPerson) -> KeyKind | None:
    there, back = same_person(keys_of(one), keys_of(other)), same_person(keys_of(other), keys_of(one))
    assert there == back
    return there


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (
            found("Mei Tanaka", link="https://www.linkedin.com/in/mei-tanaka"),
            found("Mei Sato", link="http://de.linkedin.com/in/Mei-Tanaka/?trk=x"),
            KeyKind.PROFILE,
        ),
        (
            found("Mei Tanaka", email="Mei@Northgate.example"),
            found("Mei Sato", email="mei@northgate.EXAMPLE"),
            KeyKind.EMAIL,
        ),
        (found("Bob Ruiz", email="br@a.example"), found("Robert Ruiz", email="br@a.example"), KeyKind.EMAIL),
        (found("Zoë Müller", email="z@a.example"), found("Zoe Mueller", email="z@a.example"), KeyKind.EMAIL),
        (found("Ann Lee", email="x@a.example"), found("Bo Chan", email="x@a.example"), None),
        (found("Anna Lee", email="info@a.example"), found("Paul Lee", email="info@a.example"), None),
        (found("A. Lee", email="info@a.example"), found("Ann Lee", email="info@a.example"), KeyKind.EMAIL),
        (
            found("Luis Ortega", phone="+1 312 555 0142"),
            found("Ortega, Luis", phone="(312) 555-0142"),
            KeyKind.PHONE,
        ),
        (
            found("R. Vale", phone="+44 (0)20 7946 0958"),
            found("Robin Vale", phone="020 7946 0958"),
            KeyKind.PHONE,
        ),
        (found("Anna Müller", phone="030 1234567"), found("Peter Müller", phone="030 1234567"), None),
        (
            found("Anna Ray", phone="+1 312 555 0142 x 7"),
            found("Anna Ray", phone="+1 312 555 0142 x 8"),
            None,
        ),
        (found("Anna Ray", phone="+1 312 555 0142"), found("Anna Ray", phone="+44 312 555 0142"), None),
        (found("Anna Ray", phone="5550142"), found("Anna Ray", phone="555-01-42"), KeyKind.PHONE),
        (
            found("Mei Tanaka", link="github.com/mei"),
            found("Mei T.", link="https://github.com/mei/"),
            KeyKind.LINK,
        ),
        (found("Mei Tanaka", link="https://a.example"), found("Mei T.", link="http://www.a.example/"), None),
        (
            found("ZOË MÜLLER", organization="Bücher & Söhne GmbH"),
            found("Zoe Muller", organization="bucher sohne"),
            KeyKind.ORGANIZATION,
        ),
        (
            found("Zoë Müller", organization="Aozora"),
            found("Zoe Mueller", organization="Aozora, Inc."),
            KeyKind.ORGANIZATION,
        ),
        (
            found("Teodoro Barlow", goes_by="Teo", organization="Two Lamps"),
            found("Teo Barlow", organization="Two Lamps"),
            KeyKind.ORGANIZATION,
        ),
        (
            found("Teo Barlow", organization="Two Lamps"),
            found("Teo Barlow", organization="Three Lamps"),
            None,
        ),
        (
            found("Jo Smith", organization="A Co", link="linkedin.com/in/jo1"),
            found("Jo Smith", organization="A Co", link="linkedin.com/in/jo2"),
            None,
        ),
        (
            found("Jo Smith", organization="Halyard", connected_on=date(2019, 3, 1)),
            found("Jo Smith", organization="Northgate", connected_on=date(2019, 3, 1)),
            KeyKind.CONNECTED_ON,
        ),
        (found("Sam Petty"), found("sam petty"), KeyKind.NAME),
        (found("Sam Petty"), found("Sam Petty", email="s@a.example"), KeyKind.NAME),
        (found("Sam Petty", phone="555 01 42"), found("Sam Petty", email="s@a.example"), None),
        (found("Sam Petty"), found("Sam Petty", organization="Northgate"), None),
        (found("Sam"), found("Sam", email="s@a.example"), None),
        (found("Sam"), found("Sam"), KeyKind.NAME),
    ],
)
def test_what_makes_two_people_the_same(
    one: FoundPerson, other: FoundPerson, expected: KeyKind | None
) -> None:
    assert kind(one, other) is expected
    index = KeyIndex()
    index.add("here", keys_of(one))
    assert index.same(keys_of(other)) == ([("here", expected)] if expected else [])


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("+1 312 555 0142", PhoneKey("3125550142", "13125550142")),
        ("1-312-555-0142", PhoneKey("3125550142", "13125550142")),
        ("312.555.0142", PhoneKey("3125550142")),
        ("0049 30 1234567", PhoneKey("301234567", "49301234567")),
        ("011 49 30 1234567", PhoneKey("301234567", "49301234567")),
        ("030 / 123 45 67", PhoneKey("301234567")),
        ("+44 (0)20 7946 0958", PhoneKey("2079460958", "442079460958")),
        ("312 555 0142 ext. 77", PhoneKey("3125550142x77")),
        ("0142", None),
        ("", None),
    ],
)
def test_a_number_is_compared_by_its_figures(number: str, expected: PhoneKey | None) -> None:
    assert phone_key(number) == expected


def test_addresses_and_links_are_compared_without_case_and_the_signs_around_them() -> None:
    assert email_key(" mailto:Mei@A.example ") == "mei@a.example"
    assert email_key("Mei") == ""
    assert profile_key("https://uk.linkedin.com/in/m%C3%BCller/de?x=1") == "muller"
    assert profile_key("https://www.linkedin.com/company/two-lamps") == ""
    assert link_key("https://www.xing.com/profile/Mei/") == "xing.com/profile/Mei"
    assert link_key("https://a.example/") == ""


def test_names_agree_when_one_of_them_is_shorter() -> None:
    def agree(one: str, other: str) -> bool:
        return names_agree(keys_of(found(one)), keys_of(found(other)))

    assert agree("Mei", "Mei Tanaka")
    assert agree("Rob Vale", "Robert Vale")
    assert agree("Dr. R. Vale", "Robin Q. Vale")
    assert not agree("Robin Vale", "Robin Hart")
    assert not agree("Mei Tanaka", "Kei Arai")


def test_a_contact_is_recognized_by_what_an_import_added_to_the_notes() -> None:
    contact = Contact(
        id="c1",
        created_at=NOW,
        changed_at=NOW,
        name="Mei Tanaka",
        email="mei@northgate.example",
        notes="Runs two teams.\nHome: +1 312 555 0199\nOther: mei@home.example\nhttps://www.linkedin.com/in/mei",
    )
    keys = keys_of(contact)
    assert keys.emails == ("mei@northgate.example", "mei@home.example")
    assert keys.phones == (PhoneKey("3125550199", "13125550199"),)
    assert keys.profiles == ("mei",)
    assert keys.record_id == "c1"


def test_an_index_knows_who_is_here_what_changed_and_who_left() -> None:
    index = KeyIndex()
    person = PoolPerson(
        id="p1",
        created_at=NOW,
        changed_at=NOW,
        name="Zoë Müller",
        organization="Aozora",
        emails=("z@a.example",),
    )
    index.add("p1", keys_of(person))
    assert index.same(keys_of(found("Zoë", email="z@a.example"))) == [("p1", KeyKind.EMAIL)]
    index.add("p1", keys_of(found("Zoë Müller", organization="Two Lamps")))
    assert index.same(keys_of(found("Zoë", email="z@a.example"))) == []
    index.remove("p1")
    assert "p1" not in index
    assert index.same(keys_of(found("Zoë Müller", organization="Two Lamps"))) == []


def test_the_record_and_the_surest_key_come_first() -> None:
    index = KeyIndex()
    index.add("a", keys_of(found("Jo Smith", organization="Northgate")))
    index.add("b", keys_of(found("Jo Smith", email="jo@a.example")))
    index.add("c", keys_of(found("Somebody Else")))
    row = found("Jo Smith", organization="Northgate", email="jo@a.example", record_id="c")
    assert index.same(keys_of(row)) == [
        ("c", KeyKind.RECORD),
        ("b", KeyKind.EMAIL),
        ("a", KeyKind.ORGANIZATION),
    ]


def test_an_organization_may_be_known_by_other_names() -> None:
    one = keys_of(found("Jo Smith", organization="Smith Jones"), lambda _name: "org")
    other = keys_of(found("Jo Smith", organization="SJ"), lambda _name: "org")
    assert same_person(one, other) is KeyKind.ORGANIZATION


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ("Met at the club. Met at the club.", []),
        ("mobile: +1 312 555 0142", ["+1 312 555 0142"]),
        ("Call (312) 555-0142 \nor 12: 312.555.0143 ext. 7", ["312) 555-0142 ", "312.555.0143 ext. 7"]),
        ("312 555 0142 at night, room 5, since 2019", []),
        ("office:\n312 555 0142\n\nfax 3125550143x2\n", ["312 555 0142", "3125550143x2"]),
    ],
)
def test_numbers_are_those_at_the_ends_of_lines(notes: str, expected: list[str]) -> None:
    assert numbers_in(notes) == expected


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ("Met at the club.", []),
        ("one/two and so on. Three", []),
        (
            "see WWW.halyard.example, HTTPS://tern.example/a",
            ["WWW.halyard.example,", "HTTPS://tern.example/a"],
        ),
        ("linkedin.com/in/mei; de.linkedin.com/in/ana", ["linkedin.com/in/mei;", "de.linkedin.com/in/ana"]),
    ],
)
def test_links_are_found_in_any_case(notes: str, expected: list[str]) -> None:
    assert links_in(notes) == expected


_BEFORE_A_NUMBER = re.compile(
    r"(?:[^:\n]*:\s*)?(\+?[0-9][0-9 ().\-/]{6,}(?:\s*(?:x|ext\.?)\s*[0-9]+)?)\s*$", re.MULTILINE
)


@modest
@given(st.text("12 +:a\n().-x", max_size=60))
def test_what_stands_before_a_number_does_not_count(notes: str) -> None:
    assert numbers_in(notes) == _BEFORE_A_NUMBER.findall(notes)
