"""Two people who may be one, in words."""

from __future__ import annotations

import pytest
from warmcall.domain.duplicates import likeness, looks_of
from warmcall.domain.records import FollowUp
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.presentation.duplicates import merged, reason
from warmcall.services.people_merging import Merged

from tests.conftest import Bench
from tests.examples import contact, follow_up


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (("Mei Tanaka", "Tern"), ("Mei Tanaka", "Two Lamps"), "same name, other place of work"),
        (("Bill Gates", ""), ("William Gates", ""), "Bill is short for William"),
        (("Pepe Ruiz", ""), ("José Ruiz", ""), "Pepe is short for José"),
        (("Will Gates", ""), ("Bill Gates", ""), "Will and Bill are short for William"),
        (("Jon Barlow", ""), ("John Barlow", ""), "Jon and John are one name"),
        (("T. Barlow", ""), ("Teo Barlow", ""), "initials"),
        (("Tanaka Mei", ""), ("Mei Tanaka", ""), "name in another order"),
        (("Dana Whitfield", "Tern"), ("Dana Whitfeild", "Tern"), "nearly the same name, same place"),
    ],
)
def test_the_reason_is_said(one: tuple[str, str], other: tuple[str, str], words: str) -> None:
    people = [contact(id=name, name=name, organization=place) for name, place in (one, other)]
    why = likeness(looks_of(people[0]), looks_of(people[1]))
    assert why is not None
    assert reason(why, *people) == words


@pytest.mark.parametrize(
    ("other", "closed", "words"),
    [
        ("Zoe Mueller", (), "Zoë Müller and Zoe Mueller are one person now"),
        ("Zoë Müller", (), "Zoë Müller is listed once now"),
        ("Zoë Müller", (follow_up(FollowUpKind.CALL),), "Zoë Müller is listed once now; closed: call today"),
    ],
)
def test_what_a_merge_closed_is_said(
    bench: Bench, other: str, closed: tuple[FollowUp, ...], words: str
) -> None:
    assert merged(bench.services, Merged(contact(name="Zoë Müller"), other, closed)) == words
