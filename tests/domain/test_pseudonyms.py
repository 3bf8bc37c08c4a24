"""Texts without names: what is replaced, what stays, and that no name on record gets through."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.domain.names import first_name
from warmcall.domain.pseudonyms import Pseudonyms
from warmcall.domain.text_folding import folded
from warmcall.domain.vocabulary import ContactKind

from tests.examples import contact
from tests.profiles import modest

PEOPLE = [
    contact(id="mei", name="Mei Tanaka"),
    contact(id="siobhan", name="Siobhán O'Dwyer-Nakamura"),
    contact(id="jan", name="van der Berg, Jan", kind=ContactKind.HIRING_MANAGER),
    contact(id="yumi", name="佐藤 由美"),
    contact(id="will", name="Will Page"),
    contact(id="an", name="Dr. An Nguyen, MBA"),
    contact(id="teo", name="Teodoro Barlow", goes_by="Teo", kind=ContactKind.CONNECTOR),
    contact(id="mei 2", name="Mei Weiß-Müller", kind=ContactKind.HIRING_MANAGER),
    contact(id="andrew", name="Andrew Ross"),
]
ORGANIZATIONS = ["Tern & Plover", "Northgate Agency", "Target", "Media House", "Siegfried GmbH", "青空企画"]
HIDING = Pseudonyms(
    PEOPLE,
    other_people=["Nora Feld"],
    former_names=[("mei", "Mei Kobayashi")],
    organizations=ORGANIZATIONS,
    other_organizations=["Kettle & Sons", "Freelance", "Media Planner", "光文堂"],
    phones=["+1 312 555 0142", "020 7946 0958"],
    kept="Media Planner, advertising, Chicago",
)


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        ("Ask Mei Tanaka.", "Ask [Practitioner 1]."),
        ("tanaka or MEI TANAKA or Tanaka, Mei", "[Practitioner 1] or [Practitioner 1] or [Practitioner 1]"),
        ("Tanaka's team", "[Practitioner 1]'s team"),
        ("mei_tanaka and MeiTanaka", "[Practitioner 1] and [Practitioner 1]"),
        ("Mei Kobayashi", "[Practitioner 1]"),
        ("Mei said", "[name] said"),
        ("siobhan, Siobhan O’Dwyer, ODwyer", "[Practitioner 2], [Practitioner 2], [Practitioner 2]"),
        ("Mueller or Weiss or Müller", "[Hiring manager 2] or [Hiring manager 2] or [Hiring manager 2]"),
        ("Tanaka Tanaka-Mei", "[Practitioner 1]"),
        ("Jan van der Berg of the den", "[Hiring manager 1] of the den"),
        ("佐藤さんと由美", "[Practitioner 3]さんと[Practitioner 3]"),
        ("I will ask Will to turn the page", "I will ask [Practitioner 4] to turn the page"),
        ("An said: an hour", "[Practitioner 5] said: an hour"),
        ("Teo, or Teodoro Barlow", "[Connector 1], or [Connector 1]"),
        ("Andy drew a plan; Drew did not", "[Practitioner 6] drew a plan; [Practitioner 6] did not"),
        ("nora feld; Nora, a Feld", "[name]; Nora, a Feld"),
        ("Tern and Plover, Northgate, NORTHGATE AGENCY", "[organization], [organization], [organization]"),
        ("a tern on target, says Target", "a tern on target, says [organization]"),
        ("Media Planner at Media House", "Media Planner at [organization]"),
        ("Siegfried, not GmbH; 青空企画で", "[organization], not GmbH; [organization]で"),
        ("Kettle & Sons, a kettle", "[organization], a kettle"),
        ("I freelance, says Freelance", "I freelance, says [organization]"),
        ("A Media Planner at 光文堂", "A Media Planner at [organization]"),
        ("312-555-0142, 5550142, +44 20 7946 0958, (555) 012-3456", "[phone], [phone], [phone], [phone]"),
        ("2019-2020, 45 000 - 60 000, 2026-11-23", "2019-2020, 45 000 - 60 000, 2026-11-23"),
        ("x.y@example.org, @meit, linkedin.com/in/mei-t, https://a.b/c", "[email], [email], [link], [link]"),
        ("one line\nof Mei\nTanaka", "one line\nof [name]\n[Practitioner 1]"),
        ("e.g. this, i.e. that. And so on.", "e.g. this, i.e. that. And so on."),
    ],
)  # fmt: skip
def test_names_become_numbers_and_what_is_no_name_stays(said: str, hidden: str) -> None:
    assert HIDING.hidden(said) == hidden


def test_people_are_numbered_by_kind_in_their_order() -> None:
    assert [HIDING.label(person.id) for person in PEOPLE[:4]] == [
        "Practitioner 1", "Practitioner 2", "Hiring manager 1", "Practitioner 3",
    ]  # fmt: skip
    assert HIDING.label("gone") == "somebody"


SYLLABLES = st.lists(
    st.sampled_from(["zor", "quib", "véx", "jøl", "šmu", "ghä", "wyp"]), min_size=2, max_size=3
)
WORD = SYLLABLES.map(lambda parts: "".join(parts).capitalize())
JOINED = st.tuples(WORD, st.sampled_from(["-", "'", "’"]), WORD).map("".join)
NAME = st.lists(WORD | JOINED, min_size=1, max_size=3).map(" ".join)
WAYS: list[Callable[[str], str]] = [
    str, str.lower, str.upper, lambda text: f"({text})", lambda text: f"{text}'s", lambda text: f"“{text}”,",
]  # fmt: skip


@modest
@given(
    names=st.lists(NAME, min_size=1, max_size=5, unique_by=folded),
    organizations=st.lists(NAME, max_size=2),
    data=st.data(),
)
def test_no_part_of_a_name_on_record_is_left(
    names: list[str], organizations: list[str], data: st.DataObject
) -> None:
    people = [contact(id=name, name=name) for name in names]
    parts = [*names, *organizations, *(name.replace(" ", "") for name in names)]
    parts += [part for name in names for part in (first_name(name), *name.split())]
    written = data.draw(st.lists(st.tuples(st.sampled_from(parts), st.sampled_from(WAYS)), max_size=12))
    text = " and then ".join(write(part) for part, write in written)
    hidden = folded(Pseudonyms(people, organizations=organizations).hidden(text))
    for part in parts:
        assert not re.search(rf"(?<!\w){re.escape(folded(part))}(?!\w)", hidden), (part, text)
