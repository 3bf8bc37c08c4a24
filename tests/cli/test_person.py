"""One person whole, and the one thing to do now."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from warmcall.domain.vocabulary import FollowUpKind, Outcome

from tests.cli.commands import COMMANDS
from tests.cli.conftest import EVIL, Run, assert_inert, assert_one_sentence, save
from tests.cli.json_output import items_of
from tests.examples import LUIS, REFERRER, attempt, contact, follow_up, interview, pool_person, question

MEI = contact(id="mei4711", name="Mei Tanaka", phone="+1 312 555 0163")


@pytest.mark.parametrize("who", [("mei",), ("Mei", "Tanaka"), ("mei4711",), ("mei4",), (" MEI  tanaka ",)])
def test_show_prints_one_person_whole_by_name_or_id(run: Run, file: Path, who: tuple[str, ...]) -> None:
    save(
        file,
        LUIS,
        MEI,
        follow_up(FollowUpKind.CALL, "2026-11-20", id="f1", contact_id="mei4711", why="try 2 of 3"),
        attempt("2026-11-17 10:05", Outcome.VOICEMAIL, contact_id="mei4711", note="Left my number."),
        interview("2026-11-25 10:00", contact_id="mei4711", checklist=(question("day"),)),
    )
    result = run("show", *who)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[:2] == ["Mei Tanaka", "Id: mei4711"]
    assert "Phone: +1 312 555 0163" in lines
    assert "f1  call 3 days late, try 2 of 3" in lines
    assert "Tue 17 Nov 16:05 · phone: voicemail left" in lines
    (whole,) = items_of(run("show", *who, "--json"), "show")
    assert whole["person"]["next_step"]["id"] == "f1"
    assert [one["outcome"] for one in whole["attempts"]] == ["voicemail"]
    assert [one["checklist"][0]["ask"] for one in whole["interviews"]] == ["What about day?"]


@pytest.mark.parametrize("who", ["nora", "Nora Feld", "nor4"])
def test_show_finds_somebody_in_the_pool_whom_nobody_in_people_is_called_like(
    run: Run, file: Path, who: str
) -> None:
    nora = pool_person(id="nor4711", title="Buyer", organization="Two Lamps", emails=("a@b.org", "c@d.org"))
    save(
        file, LUIS, nora, pool_person(id="luis2", name="Luisa Berg"), pool_person(id="n2", name="Norah Feldt")
    )
    assert run("show", who).stdout.splitlines() == [
        "Nora Feld",
        "Id: nor4711",
        "Title: Buyer",
        "Organization: Two Lamps",
        "Email: a@b.org, c@d.org",
        "Source: other",
        "Stage: in the pool",
    ]
    (whole,) = items_of(run("show", who, "--json"), "show")
    assert (whole["person"]["in_pool"], whole["attempts"]) == (True, [])
    assert run("show", "luis").stdout.startswith("Luis Ortega\n")
    assert_one_sentence(run("show", "fel").stderr, "2 people in the pool are called “fel”")


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("zoe", "nobody is called “zoe”"),
        ("a", "“a” could be "),
        (" ", "nobody is called “”"),
        (EVIL, "nobody is"),
    ],
    ids=["nobody", "several", "no name", "control characters"],
)
def test_show_refuses_a_name_that_is_nobodys_or_that_several_have(
    run: Run, file: Path, who: str, words: str
) -> None:
    save(file, REFERRER, MEI)
    for more in ((), ("--json",)):
        result = run("show", who, *more)
        assert (result.exit_code, result.stdout) == (2, "")
        assert_one_sentence(result.stderr, words)


def test_what_is_written_in_a_record_is_inert(run: Run, file: Path) -> None:
    evil = contact(name=EVIL, title=EVIL, notes=EVIL, organization=EVIL)
    save(file, evil, follow_up(FollowUpKind.OTHER, "2026-11-20", id="f", note=EVIL, why=EVIL))
    for command in (("show", "luis"), ("next",)):
        result = run(*command)
        assert result.exit_code == 0
        assert_inert(result.stdout, lines=result.stdout.count("\n"))
        assert run(*command, "--json").stdout.isascii()


def test_next_says_the_one_thing_to_do_and_how(run: Run, file: Path) -> None:
    late = follow_up(FollowUpKind.CALL, "2026-11-20", id="f 1", contact_id="mei4711", why="try 2 of 3")
    save(file, LUIS, MEI, late, follow_up(FollowUpKind.CALL, id="f2"))
    result = run("next")
    assert result.exit_code == 0
    assert result.stdout.startswith("Now: call Mei Tanaka\nDue: 3 days late\nWhy: try 2 of 3\nNumber: +1 312")
    (thing,) = items_of(run("next", "--json"), "next")
    assert (thing["way"], thing["address"], thing["follow_up"]["id"]) == ("call", MEI.phone, "f 1")
    assert thing["say"]
    assert thing["replies"]


def test_next_says_until_when_there_is_nothing_to_do(run: Run, file: Path) -> None:
    save(file, LUIS, follow_up(FollowUpKind.CALL, "2026-11-24"))
    result = run("next")
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout == "Nothing is due until tomorrow: call Luis Ortega.\n"
    result = run("next", "--json")
    assert (result.exit_code, items_of(result, "next")) == (1, [])


@pytest.mark.parametrize(
    "kind", [FollowUpKind.CALL, FollowUpKind.THANK_YOU, FollowUpKind.INTERVIEW, FollowUpKind.OTHER]
)
def test_what_next_says_to_run_then_is_there(run: Run, file: Path, kind: FollowUpKind) -> None:
    owed = follow_up(kind, "2026-11-23 14:00", id="f", interview_id="meeting")
    save(file, LUIS, owed, interview("2026-11-23 14:00"))
    then = run("next").stdout.splitlines()[-1]
    named = re.findall(r"warmcall ([a-z]+(?: (?:start|md))?)", then)
    assert named
    for words in named:
        assert tuple(words.split()) in COMMANDS
