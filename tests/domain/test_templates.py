from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.domain.articles import with_article
from warmcall.domain.names import first_name, written_name
from warmcall.domain.templates import (
    PLACEHOLDERS,
    Filled,
    about_values,
    contact_values,
    fill,
    gap,
    has_gap,
    placeholders,
    profile_values,
    target_values,
    template_faults,
)
from warmcall.domain.vocabulary import Permission, Source

from tests.examples import LUIS, ME, REFERRER, contact, ordinary_values, profile, target
from tests.profiles import modest

VALUES = {"me.name": "Robin", "contact.name": "Luis", "contact.title": "", "contact.organization": "  "}


@pytest.mark.parametrize(
    ("template", "text", "gaps"),
    [
        ("Hello {contact.name}.", "Hello Luis.", ()),
        ("{me.name} and {me.name}", "Robin and Robin", ()),
        ("Hello[ {contact.name}].", "Hello Luis.", ()),
        ("Hello[, {contact.title}].", "Hello.", ()),
        ("Hello[, {contact.name}, {contact.title}].", "Hello.", ()),
        ("[{contact.title} at {contact.organization}. ]Hello.", "Hello.", ()),
        ("I [really ]mean it.", "I really mean it.", ()),
        ("One [{contact.title}] two", "One two", ()),
        ("{contact.title}!", "‹their title›!", ("contact.title",)),
        ("at {contact.organization}", "at ‹their organization›", ("contact.organization",)),
        ("{me.phone}, {me.phone}", "‹your phone number›, ‹your phone number›", ("me.phone", "me.phone")),
        ("", "", ()),
        ("{}", "‹›", ("",)),
        ("no } braces {", "no } braces {", ()),
        ("{me.name\n}", "‹me.name\n›", ("me.name\n",)),
        ("[[{me.name}]]", "[Robin]", ()),
        ("a [b", "a [b", ()),
        ("  {me.name}  \n\n[{me.phone}]\n", "Robin", ()),
        ("One. [{me.phone}]\nTwo.", "One.\nTwo.", ()),
    ],
)
def test_fill(template: str, text: str, gaps: tuple[str, ...]) -> None:
    assert fill(template, VALUES) == Filled(text, gaps)


@pytest.mark.parametrize(
    "name",
    [
        "contact.__class__",
        "contact.__class__.__mro__[1]",
        "me.__dict__",
        "me.name.upper",
        "me.name!r",
        "me.name:>400",
        "me.name:%s",
        "0",
        "self",
        "__import__('os')",
        "me .name",
        "ME.NAME",
    ],
)
def test_a_name_that_is_not_on_the_list_is_never_looked_up(name: str) -> None:
    filled = fill("{" + name + "}", VALUES)
    assert has_gap(filled.text)
    assert filled.text.startswith("‹")
    assert "Robin" not in filled.text


def test_values_are_text_and_not_templates() -> None:
    sly = {"me.name": "{contact.name} [{me.phone}] %s {0}", "contact.name": "Luis"}
    assert fill("{me.name}", sly).text == sly["me.name"]


@modest
@given(st.text(), st.dictionaries(st.sampled_from(sorted(PLACEHOLDERS)), st.text(max_size=8)))
def test_any_text_can_be_filled(template: str, values: dict[str, str]) -> None:
    filled = fill(template, values)
    assert all(name in set(placeholders(template)) for name in filled.gaps)
    assert all(gap(name) in filled.text for name in filled.gaps if name == name.strip())


def test_a_gap_says_what_is_missing() -> None:
    assert gap("me.background") == "‹your background›"
    assert gap("no.such") == "‹no.such›"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("‹your name›", True),
        ("a ‹b\nc› d", True),
        ("‹›", True),
        ("a › b ‹ c", False),
        ("", False),
        ("<a>", False),
    ],
)
def test_a_text_with_a_gap_is_known(text: str, left: bool) -> None:
    assert has_gap(text) is left


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("Media Planner", "a Media Planner"),
        ("architect", "an architect"),
        ("engineer", "an engineer"),
        ("illustrator", "an illustrator"),
        ("optician", "an optician"),
        ("underwriter", "an underwriter"),
        ("urban planner", "an urban planner"),
        ("usher", "an usher"),
        ("university lecturer", "a university lecturer"),
        ("union organizer", "a union organizer"),
        ("user researcher", "a user researcher"),
        ("UX designer", "a UX designer"),
        ("UI designer", "a UI designer"),
        ("US attorney", "a US attorney"),
        ("UN interpreter", "a UN interpreter"),
        ("European correspondent", "a European correspondent"),
        ("one-person agency owner", "a one-person agency owner"),
        ("hourly worker", "an hourly worker"),
        ("honorary consul", "an honorary consul"),
        ("house painter", "a house painter"),
        ("HR manager", "an HR manager"),
        ("MRI technician", "an MRI technician"),
        ("SEO writer", "an SEO writer"),
        ("X-ray technician", "an X-ray technician"),
        ("R&D engineer", "an R&D engineer"),
        ("M&A analyst", "an M&A analyst"),
        ("IT manager", "an IT manager"),
        ("BI analyst", "a BI analyst"),
        ("nurse", "a nurse"),
        ("Sales manager", "a Sales manager"),
        ("  baker ", "a baker"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_with_article(role: str, expected: str) -> None:
    assert with_article(role) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Luis Ortega", "Luis"),
        ("  Mei  Tanaka ", "Mei"),
        ("Teo", "Teo"),
        ("佐藤 由美", "佐藤 由美"),
        ("이 지은", "이 지은"),
        ("Tanaka, Mei", "Mei"),
        ("Ortega,", "Ortega"),
        ("Dr. Helen Marsh", "Dr. Marsh"),
        ("prof Ada Byron King", "prof King"),
        ("Dr.", "Dr."),
        ("Tanaka, Dr. Mei", "Dr. Tanaka"),
        ("Dr. Aoife Ní Bhraonáin", "Dr. Ní Bhraonáin"),
        ("Dr. Maria de la Cruz, PhD", "Dr. de la Cruz"),
        ("Mr. Gail St. John Jr.", "Mr. St. John"),
        ("Dr. 佐藤 由美", "Dr. 佐藤 由美"),
        ("佐藤, 由美", "佐藤 由美"),
        ("Mei Tanaka, MBA", "Mei"),
        ("Mei Tanaka, Ph.D., PMP", "Mei"),
        ("Robert Smith, Jr.", "Robert"),
        ("Tanaka, MA", "MA"),
        ("Iglesias, Ana, RD", "Ana"),
        ("Ana Iglesias, RDN, PhD", "Ana"),
        ("van der Berg, JP", "JP"),
        ("Lee, Ana, of Galway", "Lee"),
        ("J. Robert Oppenheimer", "J. Robert"),
        ("J. R. R. Tolkien", "J. R. R. Tolkien"),
        ("Walter J. Brzezinski", "Walter"),
        ("‹Mimi› Curie", "‘Mimi’"),
        ("", ""),
        (" ", ""),
    ],
)
def test_the_name_to_greet_with(name: str, expected: str) -> None:
    assert first_name(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Tanaka, Mei", "Mei Tanaka"),
        ("Tanaka, Dr. Mei", "Dr. Mei Tanaka"),
        ("Mei Tanaka, MBA, PMP", "Mei Tanaka"),
        ("Iglesias, Ana, RD", "Ana Iglesias"),
        ("van der Berg, JP", "JP van der Berg"),
        ("Robert Smith, Jr.", "Robert Smith Jr."),
        ("Smith, Robert, III", "Robert Smith III"),
        ("佐藤, 由美", "佐藤 由美"),
        ("a, b, c", "a, b, c"),
        (", ", ","),
        ("Marie ‹Mimi› Curie", "Marie ‘Mimi’ Curie"),
    ],
)
def test_the_name_in_a_sentence(name: str, expected: str) -> None:
    assert written_name(name) == expected


def test_no_fact_of_a_record_counts_as_a_gap() -> None:
    sly = {
        "name": "Kim ‹Kit› Lee",
        "organization": "‹Lee›",
        "title": "‹x›",
        "found": "‹a talk›",
        "why": "‹y›",
    }
    values = (
        contact_values(contact(source=Source.EVENT, goes_by="‹Kit›", **sly), None, ME)
        | about_values(contact(**sly))
        | profile_values(profile(name="‹Robin›", background="‹a clerk›"))
        | target_values(target(role="‹Planner›"))
    )
    assert not [name for name, value in values.items() if has_gap(value)]


@pytest.mark.parametrize(
    ("goes_by", "name", "expected"),
    [("", "Luis Ortega", "Luis"), ("Teo", "Teodoro Barlow", "Teo"), (" Yumi ", "佐藤 由美", "Yumi")],
)
def test_a_contact_is_called_what_they_go_by(goes_by: str, name: str, expected: str) -> None:
    person = contact(name=name, goes_by=goes_by)
    assert contact_values(person, None, ME)["contact.first_name"] == expected
    assert about_values(person)["about.first_name"] == expected
    assert contact_values(LUIS, person, ME)["contact.referrer_first_name"] == expected


@pytest.mark.parametrize(
    ("permission", "words"),
    [
        (Permission.NOT_ASKED, "it was you who suggested it"),
        (Permission.YES, "it was you who suggested it"),
        (Permission.NO, ""),
        (Permission.ASK_LATER, ""),
    ],
)
def test_a_referrer_reads_that_their_name_was_used_only_if_it_was(permission: Permission, words: str) -> None:
    assert about_values(contact(may_use_name=permission))["about.told"] == words


def test_every_value_has_a_name_on_the_list() -> None:
    assert set(ordinary_values()) | set(about_values(LUIS)) <= set(PLACEHOLDERS)


def test_nobody_gives_no_values() -> None:
    assert profile_values(None) == target_values(None) == about_values(None) == {}


def test_what_is_said_is_ready_to_be_spoken() -> None:
    assert profile_values(profile(minutes=20))["me.minutes"] == "twenty"
    assert profile_values(ME)["me.first_name"] == "Robin"
    assert target_values(target(role="art director"))["target.a_role"] == "an art director"
    assert contact_values(LUIS, REFERRER, ME)["contact.referrer_first_name"] == "Dana"
    assert about_values(LUIS)["about.first_name"] == "Luis"


@pytest.mark.parametrize(
    ("template", "what"),
    [
        ("Hello {me.name}[, {me.phone}].", []),
        ("Hello {me.nam}.", ["unknown placeholder {me.nam}"]),
        ("Hello {me.name.", ["a “{” stands alone"]),
        ("Hello me.name}.", ["a “}” stands alone"]),
        ("Hello [there.", ["a “[” stands alone"]),
        ("Hello [a [b] c].", ["a “[” stands alone", "a “]” stands alone"]),
    ],
)
def test_a_template_with_a_fault_says_what_it_is(template: str, what: list[str]) -> None:
    assert [wrong for wrong, _ in template_faults(template)] == what
