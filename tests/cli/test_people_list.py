"""Listing people."""

from __future__ import annotations

from pathlib import Path

import pytest
from warmcall.domain.vocabulary import ContactKind, FollowUpKind, Outcome

from tests.cli.conftest import EVIL, Run, assert_inert, assert_one_sentence, save
from tests.cli.json_output import items_of
from tests.examples import attempt, contact, follow_up, interview, local, pool_person, target

ANA = contact(
    id="ana1", name="Ana Ruiz", title="Buyer", organization="Two Lamps", target_id="t2", also_for=("target",)
)
LUIS = contact(name="Luis Ortega", id="luis", kind=ContactKind.HIRING_MANAGER, organization="Parkway & Sons")
MEI = contact(id="mei1", name="Mei Tanaka", notes="knows the Müllers", target_id="target")


@pytest.fixture
def people(file: Path) -> Path:
    """A file with three contacts at three stages, two targets, and two people in the pool."""
    save(
        file,
        target(),
        target(id="t2", role="Media Buyer", place="Boston"),
        MEI,
        LUIS,
        ANA,
        attempt("2026-11-20 10:05", Outcome.SCHEDULED, contact_id="luis"),
        interview("2026-11-19 10:00", contact_id="ana1", ended_at=local("2026-11-19 10:20")),
        follow_up(FollowUpKind.CALL, "2026-11-20", id="f", contact_id="mei1", why="try 2 of 3"),
        pool_person(organization="Two Lamps"),
        pool_person(id="abe1", name="Abe Stone", kind=ContactKind.CONNECTOR),
    )
    return file


def test_people_are_listed_by_name_each_with_id_stage_and_what_is_owed(run: Run, people: Path) -> None:
    result = run("list")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "ana1  Ana Ruiz · Buyer, Two Lamps · met · nothing owed",
        "luis  Luis Ortega · Parkway & Sons · asked · nothing owed",
        "mei1  Mei Tanaka · new · call 3 days late, try 2 of 3",
    ]


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ([], ["Ana Ruiz", "Luis Ortega", "Mei Tanaka"]),
        (["two", "lamps"], ["Ana Ruiz"]),
        (["two lamps"], ["Ana Ruiz"]),
        (["muller"], ["Mei Tanaka"]),
        (["--kind", "manager"], ["Luis Ortega"]),
        (["kind:manager"], ["Luis Ortega"]),
        (["Kind:hiring_manager"], ["Luis Ortega"]),
        (["--stage", "met"], ["Ana Ruiz"]),
        (["stage:new"], ["Mei Tanaka"]),
        (["--target", "buyer"], ["Ana Ruiz", "Luis Ortega"]),
        (["target:boston", "ruiz"], ["Ana Ruiz"]),
        (["--target", "media planner"], ["Ana Ruiz", "Luis Ortega", "Mei Tanaka"]),
        (["--pool"], ["Ana Ruiz", "Luis Ortega", "Mei Tanaka", "Abe Stone", "Nora Feld"]),
        (["lamps", "--pool"], ["Ana Ruiz", "Nora Feld"]),
        (["--pool", "kind:connector"], ["Abe Stone"]),
        (["--pool", "stage:new"], ["Mei Tanaka"]),
        (["--stage", "in-touch"], []),
        (["xyzzy"], []),
    ],
    ids=" ".join,
)
def test_they_are_chosen_by_words_of_any_field_kind_stage_and_target(
    run: Run, people: Path, options: list[str], names: list[str]
) -> None:
    result = run("list", *options, "--json")
    found = items_of(result, "list")
    assert [person["name"] for person in found] == names
    assert result.exit_code == (0 if names else 1)
    plain = run("list", *options)
    assert (plain.exit_code, plain.stderr) == (result.exit_code, "")
    assert [line.partition("  ")[2].partition(" · ")[0] for line in plain.stdout.splitlines()] == names


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--kind", "boss"], "“boss”"),
        (["kind:boss"], "“boss” is not one of practitioner, manager, connector"),
        (["stage:sold"], "“sold” is not one of new, asked, scheduled"),
        (["--target", "astronaut"], "“astronaut” is not one of them: your targets are Media Buyer"),
        (["target:astronaut"], "“astronaut” is not one of them"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_kind_a_stage_or_a_target_that_is_none_is_refused(
    run: Run, people: Path, options: list[str], said: str
) -> None:
    result = run("list", *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert_one_sentence(result.stderr, said)


def test_names_from_elsewhere_are_inert_and_break_no_line(run: Run, file: Path) -> None:
    save(file, contact(name=EVIL, title=EVIL), pool_person(name=EVIL, organization=EVIL))
    assert_inert(run("list", "--pool").stdout, lines=2)
    found = run("list", "--pool", "--json")
    assert found.stdout.isascii()
    assert [person["in_pool"] for person in items_of(found, "list")] == [False, True]
