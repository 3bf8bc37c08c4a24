from __future__ import annotations

from typing import Any

import pytest
from warmcall.domain.records import AnyRecord, Contact, Organization, PoolPerson
from warmcall.domain.vocabulary import Channel, FollowUpKind, Outcome, Posting, Source
from warmcall.presentation import wording
from warmcall.presentation.organizations import (
    asked_words,
    heading,
    next_words,
    row_cells,
    summary,
    why_not_yet,
)
from warmcall.presentation.person import summary as person_summary
from warmcall.services.organizations import OrganizationsBy, Standing
from warmcall.widgets.rich_text import RichPart, plain_text

from tests.conftest import Bench
from tests.examples import STAMP, attempt, change, contact, follow_up, interview, opening, target

HERE = "Northgate Agency"


def organization(**fields: Any) -> Organization:
    return Organization(**({"id": "org", **STAMP, "name": HERE} | fields))


def standing(bench: Bench, *records: AnyRecord) -> Standing:
    bench.store.apply(change(*((None, record) for record in records)))
    return bench.services.organizations.standing(bench.services.directory.place_of(HERE))


def person(name: str, **fields: Any) -> AnyRecord:
    return contact(id=name, name=name, organization=HERE, **fields)


def known(name: str, **fields: Any) -> AnyRecord:
    return PoolPerson(id=name, **STAMP, name=name, organization=HERE, **fields)


def texts(cells: tuple[RichPart, ...]) -> tuple[str, ...]:
    return tuple(cell if isinstance(cell, str) else cell[0] for cell in cells)


MEI, NORA = person("Mei Tanaka", source=Source.REFERRAL), known("Nora Feld")
MEETING: list[AnyRecord] = [
    interview("2026-11-30 14:00", contact_id="Mei Tanaka", id="talk"),
    follow_up(FollowUpKind.INTERVIEW, "2026-11-30 14:00", contact_id="Mei Tanaka", interview_id="talk"),
]
CALL = follow_up(FollowUpKind.CALL, "2026-11-24", contact_id="Mei Tanaka")
NO_ANSWER = attempt("2026-11-20 10:00", Outcome.NO_ANSWER, contact_id="Mei Tanaka")
SENT = attempt("2026-11-20 10:00", Outcome.SENT, contact_id="Mei Tanaka", channel=Channel.EMAIL)


def keys(words: str) -> str:
    return words.replace("{people.add}", "a").replace("{rows.choose}", "Enter")


@pytest.mark.parametrize(
    ("records", "cells", "asked", "next_", "why"),
    [
        (
            [organization()], ("", "?", "", "–", "–"), "", "",
            "Nobody is known yet at Northgate Agency: a in People adds somebody",
        ),
        (
            [organization(wanted=2, posting=Posting.OPEN), NORA],
            ("●●", "open", "1 in pool", "–", "Nora Feld"), "", "Nora Feld, in the pool", "",
        ),
        ([MEI, CALL], ("", "?", "1 named", "–", "Mei Tanaka"), "", "Mei Tanaka", ""),
        (
            [MEI, NORA, CALL, NO_ANSWER],
            ("", "?", "1 named", "Mei Tue 24", "–"),
            "Mei Tanaka, call tomorrow", "Nora Feld, in the pool, once the calls end",
            "Mei Tanaka is being asked there, one person at a time: "
            "Nora Feld is next, once the calls end. Enter shows everybody",
        ),
        (
            [MEI, NORA, SENT, CALL],
            ("", "?", "1 named", "Mei, silent", "Nora Wed 25"),
            "Mei Tanaka, silent since Fri 20 Nov", "Nora Feld, in the pool, from Wed 25 Nov",
            "Mei Tanaka is being asked there, one person at a time: "
            "Nora Feld is next, from Wed 25 Nov. Enter shows everybody",
        ),
        (
            [MEI, SENT, CALL],
            ("", "?", "1 named", "Mei, silent", "another Wed 25"),
            "Mei Tanaka, silent since Fri 20 Nov", "",
            "Nobody is left to ask at Northgate Agency: a in People adds somebody",
        ),
        (
            [organization(posting=Posting.NONE), MEI, NORA, *MEETING],
            ("", "none", "1 set", "Mei 30 Nov", "–"),
            "Mei Tanaka, you meet Mon 30 Nov 14:00", "Nora Feld, in the pool, after the meeting",
            "Mei Tanaka is met first: "
            "Nora Feld is next, after the meeting. Enter shows everybody",
        ),
    ],
)  # fmt: skip
def test_a_row_says_who_is_asked_and_who_is_next_and_the_page_why(
    bench: Bench, records: list[AnyRecord], cells: tuple[str, ...], asked: str, next_: str, why: str
) -> None:
    found = standing(bench, *records)
    assert texts(row_cells(bench.services, found)) == (HERE, *cells)
    assert asked_words(bench.services, found) == asked
    assert next_words(bench.services, found) == next_
    assert why_not_yet(bench.services, found, keys) == why


def test_the_page_has_all_that_is_known_of_an_organization(bench: Bench) -> None:
    found = standing(
        bench,
        target(research="Northgate trains beginners.\nOthers do not."),
        organization(wanted=1, posting=Posting.OPEN, other_names=("Northgate",), notes="Loud."),
        MEI, CALL, known("Nora Feld", title="Media Supervisor"),
        opening("2026-11-03", contact_id=MEI.id, organization="Northgate", what="Buyer"),
        opening("2026-11-20", id="kept", contact_id="", organization=HERE, on_file=True),
    )  # fmt: skip
    assert plain_text(summary(bench.services, found, str)).splitlines() == [
        "● wanted · openings posted",
        "also    Northgate",
        "ways in 1 named, 1 in pool",
        "next    Mei Tanaka",
        "",
        "Openings heard of",
        "resume on file, 20 Nov · open",
        "Buyer, from Mei Tanaka, 3 Nov · open",
        "",
        "Notes",
        "Loud.",
        "",
        "Research",
        "Northgate trains beginners.",
        "",
        "People",
        "– Mei Tanaka · new",
        "+ Nora Feld · Media Supervisor · in the pool",
    ]
    about_mei = plain_text(person_summary(bench.services, bench.store.require(Contact, "Mei Tanaka"), str))
    assert "place  ● wanted · openings posted" in about_mei
    words = plain_text(heading(bench.services, 14, OrganizationsBy.WANTED))
    assert words == "Places for Media Planner · 14   sorted: want, then ways in"


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (None, ""),
        (organization(), ""),
        (organization(wanted=3), "●●● wanted"),
        (organization(posting=Posting.NONE), "no openings posted"),
    ],
)
def test_how_much_an_organization_is_wanted_is_said_where_it_was_said(
    record: Organization | None, words: str
) -> None:
    assert wording.wanted(record) == words
