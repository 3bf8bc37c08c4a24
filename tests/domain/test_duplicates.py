"""Who may be one person, and who is not asked about."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.domain.duplicates import Likeness, LooksIndex, NameIndex, Resemblance, likeness, looks_of
from warmcall.domain.records import Contact, PoolPerson

from tests.examples import STAMP, contact
from tests.profiles import modest

NAME, WORK, SHORT, WRITTEN = Likeness.NAME, Likeness.NAME_AND_WORK, Likeness.SHORT_FORM, Likeness.WRITTEN
INITIALS, TURNED, LONGER, SPELLING = Likeness.INITIALS, Likeness.TURNED, Likeness.LONGER, Likeness.SPELLING
PROFILE, ADDRESS, NUMBER = Likeness.PROFILE, Likeness.ADDRESS, Likeness.NUMBER

Person = tuple[str, ...]


def person(name: str, organization: str = "", email: str = "", phone: str = "", notes: str = "") -> Contact:
    return contact(
        id=f"{name} {organization}",
        name=name,
        organization=organization,
        email=email,
        phone=phone,
        notes=notes,
    )


ALIKE: list[tuple[Person, Person, Likeness, bool]] = [
    (("Mei Tanaka", "Northgate Agency"), ("Mei Tanaka", "Two Lamps"), NAME, True),
    (("Mei Tanaka", "Northgate Agency"), ("MEI  TANAKA", "Northgate Agency, Inc."), WORK, False),
    (("Mei Tanaka", "Northgate Agency"), ("Mei Tanaka",), NAME, False),
    (("Zoë Müller", "Tern"), ("Zoe Mueller", "Halyard"), NAME, True),
    (("Zoë Müller", "Tern"), ("Zoe Muller", "Halyard"), NAME, True),
    (("Søren Ørsted", "Tern"), ("Soeren Oersted", "Halyard"), NAME, True),
    (("Dr. Mei Tanaka", "Tern"), ("Mei Tanaka, MBA", "Halyard"), NAME, True),
    (("Mei Tanaka PhD", "Tern"), ("Mei Tanaka", "Halyard"), NAME, True),
    (("Tanaka, Mei", "Tern"), ("Mei Tanaka", "Halyard"), NAME, True),
    (("Mei Tanaka 🌱", "Tern"), ("Mei Tanaka (She/Her)", "Halyard"), NAME, True),
    (("Anne-Marie O'Neil", "Tern"), ("Annemarie ONeil", "Halyard"), NAME, True),
    (("Luis Ortega-Pike", "Tern"), ("Luis Ortega Pike", "Halyard"), NAME, True),
    (("Juan de la Cruz", "Tern"), ("Juan Delacruz", "Halyard"), NAME, True),
    (("John Smith Jr.", "Tern"), ("John Smith", "Halyard"), NAME, True),
    (("Bill Haverford", "Tern"), ("William Haverford", "Tern"), SHORT, False),
    (("Bill Haverford", "Tern"), ("William Haverford", "Halyard"), SHORT, True),
    (("Liz Okoro",), ("Elizabeth Okoro", "Tern"), SHORT, False),
    (("Liz Okoro", "Tern"), ("Beth Okoro", "Tern"), SHORT, False),
    (("Pepe Santos", "Tern"), ("José Santos", "Tern"), SHORT, False),
    (("Paco Ruiz", "Tern"), ("Francisco Ruiz", "Tern"), SHORT, False),
    (("Uschi Brandt", "Tern"), ("Ursula Brandt", "Tern"), SHORT, False),
    (("Heiner Groß", "Tern"), ("Heinrich Gross", "Tern"), SHORT, False),
    (("Seb Marchand", "Tern"), ("Sébastien Marchand", "Tern"), SHORT, False),
    (("Margot Petit", "Tern"), ("Marguerite Petit", "Tern"), SHORT, False),
    (("Kate Marsh", "Tern"), ("Katherine Marsh", "Tern"), SHORT, False),
    (("Mike J. Petty", "Tern"), ("Michael Petty", "Tern"), SHORT, False),
    (("Jon Barlow", "Tern"), ("John Barlow", "Tern"), WRITTEN, False),
    (("Catherine Feld", "Tern"), ("Kathryn Feld", "Tern"), WRITTEN, False),
    (("Stephen Arai", "Tern"), ("Steven Arai", "Tern"), WRITTEN, False),
    (("T. Barlow", "Tern"), ("Teo Barlow", "Tern"), INITIALS, False),
    (("T. Barlow",), ("Teo Barlow", "Tern"), INITIALS, False),
    (("Teo Q. Barlow", "Tern"), ("Teo Barlow", "Halyard"), INITIALS, True),
    (("Teo Q. Barlow", "Tern"), ("Teo Quentin Barlow", "Tern"), INITIALS, False),
    (("J.R.R. Tolkien", "Tern"), ("John Ronald Reuel Tolkien", "Tern"), INITIALS, False),
    (("JL Picard", "Tern"), ("Jean-Luc Picard", "Tern"), INITIALS, False),
    (("Priya R.", "Tern"), ("Priya Raman", "Tern"), INITIALS, False),
    (("Tanaka Mei", "Tern"), ("Mei Tanaka", "Tern"), TURNED, False),
    (("Nagy Ágnes",), ("Agnes Nagy", "Tern"), TURNED, False),
    (("田中 美咲", "青空"), ("美咲 田中", "青空"), TURNED, False),
    (("王小明",), ("小明 王", "Tern"), TURNED, False),
    (("김민수", "Tern"), ("민수 김", "Tern"), TURNED, False),
    (("田中 美咲", "青空"), ("田中美咲", "Tern"), NAME, True),
    (("Maria Garcia", "Tern"), ("María García López", "Tern"), LONGER, False),
    (("Anna Smith", "Tern"), ("Anna Smith-Jones", "Tern"), LONGER, False),
    (("Ludwig van Beek", "Tern"), ("Ludwig Beek", "Tern"), LONGER, False),
    (("Maximiliana Konstantinou", "Tern"), ("Maximiliana Konstantino", "Tern"), SPELLING, False),
    (("Helen Achterberg", "Tern"), ("Helen Achtreberg", "Tern"), SPELLING, False),
    (("Dana Whitfield", "Tern"), ("Dana Whitfeild", "Tern"), SPELLING, False),
    (("Bill Gates", "Tern", "b@x.org"), ("William Gates", "Halyard", "B@x.org"), ADDRESS, True),
    (("M. Tanaka", "", "", "+1 312 555 0142"), ("Mei Tanaka", "", "", "(312) 555-0142"), NUMBER, False),
    (("Mei Feld", "", "", "", "linkedin.com/in/mei"), ("Mei Tanaka", "Tern", "", "",
      "https://www.linkedin.com/in/mei/"), PROFILE, False),
]  # fmt: skip

UNLIKE: list[tuple[Person, Person]] = [
    (("Mei Tanaka", "Tern"), ("Yumi Tanaka", "Tern")),
    (("Mei Tanaka", "Tern"), ("Mei Sato", "Tern")),
    (("Maria Garcia", "Tern"), ("Mario Garcia", "Tern")),
    (("Daniel Okoro", "Tern"), ("Daniela Okoro", "Tern")),
    (("Daniel Okoro", "Tern"), ("Danielle Okoro", "Tern")),
    (("Paul Santos", "Tern"), ("Paula Santos", "Tern")),
    (("Martin Brandt", "Tern"), ("Martina Brandt", "Tern")),
    (("Andrea Rossini", "Tern"), ("Andreas Rossini", "Tern")),
    (("Christian Feld", "Tern"), ("Christina Feld", "Tern")),
    (("Christian Feld", "Tern"), ("Christopher Feld", "Tern")),
    (("Eric Marsh", "Tern"), ("Erica Marsh", "Tern")),
    (("Jean Marchand", "Tern"), ("Joan Marchand", "Tern")),
    (("Jon Barlow", "Tern"), ("Jan Barlow", "Tern")),
    (("Karen Ortega", "Tern"), ("Karin Ortega", "Tern")),
    (("Peter Müller", "Tern"), ("Anna Müller", "Tern")),
    (("Wei Wang", "Tern"), ("Wen Wang", "Tern")),
    (("Li Na", "Tern"), ("Li Ning", "Tern")),
    (("Kim Lee", "Tern"), ("Kim Le", "Tern")),
    (("王小明", "Tern"), ("王小红", "Tern")),
    (("田中 美咲", "Tern"), ("田中 美樹", "Tern")),
    (("김민수", "Tern"), ("김민지", "Tern")),
    (("John Smith Jr.", "Tern"), ("John Smith Sr.", "Tern")),
    (("John Smith III", "Tern"), ("John Smith II", "Tern")),
    (("John Q. Smith", "Tern"), ("John R. Smith", "Tern")),
    (("John Quentin Smith", "Tern"), ("John Robert Smith", "Tern")),
    (("J. Smith", "Tern"), ("Mary Smith", "Tern")),
    (("T. Barlow", "Tern"), ("Teo Barlow", "Halyard")),
    (("Priya R.", "Tern"), ("Priya Holt", "Tern")),
    (("Priya R.", "Tern"), ("Priya Raman", "Halyard")),
    (("P. R.", "Tern"), ("Quinn Raman", "Tern")),
    (("JL Picard", "Tern"), ("Jean-Marie Picard", "Tern")),
    (("Bill Gates", "Tern"), ("Robert Gates", "Tern")),
    (("Bill Gates", "Tern"), ("William Haverford", "Tern")),
    (("Bob Chen", "Tern"), ("Bo Chen", "Tern")),
    (("Mick Q. Petty", "Tern"), ("Michael R. Petty", "Tern")),
    (("Maria Garcia", "Tern"), ("Maria Garcia Lopez", "Halyard")),
    (("Tanaka Mei", "Tern"), ("Mei Tanaka", "Halyard")),
    (("James Thomas", "Tern"), ("Thomas James", "Halyard")),
    (("Dana Whitfield", "Tern"), ("Dana Whitfeild", "Halyard")),
    (("Dana Whitfield", "Tern"), ("Dana Whitman", "Tern")),
    (("Dana Whitfield", "Tern"), ("Dina Whitfeild", "Tern")),
    (("Helen Marsh", "Tern"), ("Helen March-Okoro", "Tern")),
    (("Helen Hardy", "Tern"), ("Helen Harding", "Tern")),
    (("Ana Ruiz", "Tern"), ("Ana Diaz", "Tern")),
    (("Mei", "Tern"), ("Mei", "Halyard")),
    (("Mei", "Tern"), ("Mei Tanaka", "Tern")),
    (("Ana Ruiz", "", "info@x.org"), ("Tom Abara", "", "info@x.org")),
    (("Ana Ruiz", "", "", "+1 312 555 0142"), ("Tom Abara", "", "", "+1 312 555 0142")),
    (("Mei Tanaka", "Tern", "", "", "linkedin.com/in/mei-1"), ("Mei Tanaka", "Two", "", "",
      "linkedin.com/in/mei-2")),
    (("", "Tern"), ("", "Tern")),
    (("🌱", "Tern"), ("🚀", "Halyard")),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "kind", "elsewhere"), ALIKE)
def test_people_who_may_be_one_are_found_with_the_reason(
    one: Person, other: Person, kind: Likeness, elsewhere: bool
) -> None:
    a, b = looks_of(person(*one)), looks_of(person(*other))
    for found in (likeness(a, b), likeness(b, a)):
        assert found is not None
        assert (found.kind, found.elsewhere) == (kind, elsewhere)
    index = LooksIndex()
    index.put("a", a)
    index.put("b", b)
    assert index.like(a, "a").keys() | index.like(b, "b").keys()


@pytest.mark.parametrize(("one", "other"), UNLIKE)
def test_nobody_is_asked_about_people_who_are_two(one: Person, other: Person) -> None:
    a, b = looks_of(person(*one)), looks_of(person(*other))
    assert likeness(a, b) is likeness(b, a) is None


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("Bill Gates", "William Gates", ("bill", "william", "")),
        ("William Gates", "Bill Gates", ("bill", "william", "")),
        ("Will Gates", "Bill Gates", ("will", "bill", "william")),
        ("Jon Gates", "John Gates", ("jon", "john", "")),
    ],
)
def test_a_short_form_is_named_with_what_it_is_short_for(
    one: str, other: str, words: tuple[str, str, str]
) -> None:
    found = likeness(looks_of(person(one)), looks_of(person(other)))
    assert found is not None
    assert (found.one, found.other, found.full) == words


def test_what_somebody_goes_by_counts_as_their_name() -> None:
    teodoro = looks_of(contact(name="Teodoro Barlow", goes_by="Ted", organization="Tern"))
    assert likeness(teodoro, looks_of(person("Ted Barlow", "Halyard"))) == Resemblance(NAME, elsewhere=True)


def test_nearly_the_same_name_counts_anywhere_only_if_asked() -> None:
    one, other = looks_of(person("Dana Whitfield", "Tern")), looks_of(person("Dana Whitfeild"))
    assert likeness(one, other) is None
    assert likeness(one, other, anywhere=True) == Resemblance(SPELLING)
    index = LooksIndex()
    index.put("one", one)
    assert index.like(other) == {}


def test_a_name_that_many_have_says_nothing_alone() -> None:
    index = LooksIndex()
    for number in range(8):
        index.put(f"{number}", looks_of(person("Wei Wang", f"Agency {number}")))
    assert index.like(index.looks("0"), "0") == {}
    index.put("here too", looks_of(contact(id="here too", name="Wei Wang", organization="Agency 0")))
    assert index.like(index.looks("0"), "0") == {"here too": Resemblance(WORK)}
    for number in range(2, 8):
        index.remove(f"{number}")
    assert index.like(index.looks("0"), "0").keys() == {"1", "here too"}


def test_two_connections_of_different_days_are_two_people() -> None:
    old = PoolPerson(id="p", **STAMP, name="Mei Tanaka", organization="Tern", connected_on=date(2019, 3, 1))
    new = PoolPerson(id="q", **STAMP, name="Mei Tanaka", organization="Two", connected_on=date(2021, 3, 1))
    assert likeness(looks_of(old), looks_of(new)) is None
    assert likeness(looks_of(old), looks_of(person("Mei Tanaka", "Two"))) == Resemblance(NAME, elsewhere=True)


def test_people_of_the_pool_are_compared_by_all_their_addresses() -> None:
    known = PoolPerson(id="p", **STAMP, name="Mei T.", emails=("a@b.org", "mei@b.org"), email="a@b.org")
    assert likeness(looks_of(known), looks_of(person("Mei Tanaka", email="mei@b.org"))) == Resemblance(
        ADDRESS
    )


_words = st.sampled_from(
    ["mei", "bill", "william", "j", "tanaka", "tanaak", "smith", "田中", "美咲", "anne", "marie"]
)
_names = st.lists(_words, min_size=1, max_size=4).map(" ".join)
_places = st.sampled_from(["", "Tern", "Halyard"])


@modest
@given(st.lists(_names, min_size=2, max_size=5))
def test_the_index_of_names_finds_everybody_whose_name_resembles_one(names: list[str]) -> None:
    index, looks = NameIndex(), [looks_of(person(name)) for name in names]
    for number, name in enumerate(names):
        index.put(f"{number}", name)
    for one in looks:
        alike = {f"{at}" for at, other in enumerate(looks) if likeness(one, other, anywhere=True)}
        assert alike <= set(index.who_may_be(one))


@modest
@given(st.lists(st.tuples(_names, _places), min_size=2, max_size=5))
def test_the_index_finds_everybody_who_resembles_somebody(people: list[tuple[str, str]]) -> None:
    index, looks = LooksIndex(), [looks_of(person(*one)) for one in people]
    for number, each in enumerate(looks):
        index.put(f"{number}", each)
    pairs = {
        frozenset((id_, other))
        for id_ in map(str, range(len(looks)))
        for other in index.like(index.looks(id_), id_)
    }
    for a, one in enumerate(looks):
        for b, other in enumerate(looks[:a]):
            found = likeness(one, other)
            assert found is None or found.elsewhere or frozenset((f"{a}", f"{b}")) in pairs
    for number in range(len(looks)):
        index.remove(f"{number}")
    assert index._ids == {}
