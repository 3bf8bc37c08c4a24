"""Adding contacts."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
from warmcall.domain.records import PoolPerson

from tests.cli.conftest import EVIL, Run, assert_inert, assert_one_sentence, process, save, tables
from tests.examples import LUIS, REFERRER, STAMP, contact


def test_add_prints_a_name_without_its_control_characters(run: Run) -> None:
    result = run("add", EVIL.replace("\x00", ""))
    assert result.exit_code == 0
    assert_inert(result.stdout, lines=2)


def test_add_keeps_every_field_and_puts_the_call_into_the_queue(run: Run, file: Path) -> None:
    result = run(
        *("add", " Mei Tanaka ", "--kind", "hiring_manager", "--org", "Northgate Agency"),
        *("--title", "Media Planner", "--phone", "+1 312 555 0163", "--email", "mei@example.com"),
        *("--zone", "America/Chicago", "--notes", "Three years in the job."),
    )
    added, call_line = result.output.splitlines()
    assert re.fullmatch(r"Added Mei Tanaka \(id [0-9a-f]{4}\)", added)
    assert re.fullmatch(r"next: [0-9a-f]{4}  today · call Mei Tanaka · new: not called yet", call_line)
    assert result.exit_code == 0
    [mei] = tables(file)["contacts"].values()
    expected = {
        "name": "Mei Tanaka",
        "kind": "hiring_manager",
        "organization": "Northgate Agency",
        "title": "Media Planner",
        "phone": "+1 312 555 0163",
        "email": "mei@example.com",
        "zone": "America/Chicago",
        "notes": "Three years in the job.",
    }
    assert {name: mei[name] for name in expected} == expected
    [call] = tables(file)["follow_ups"].values()
    assert (call["kind"], call["contact_id"], call.get("done_at")) == ("call", mei["id"], None)
    assert "  today · call Mei Tanaka · Media Planner, Northgate Agency" in run("due").stdout


@pytest.mark.parametrize(
    "words", ["Dana Whitfield", "dana", " DANA  whitfield ", "whitfield lakeshore", "dan"]
)
def test_add_finds_who_gave_the_name_and_makes_it_a_referral(run: Run, file: Path, words: str) -> None:
    dana = contact(id="dana", name="Dana Whitfield", organization="Lakeshore College")
    save(file, dana, contact(id="helen", name="Helen Marsh"))
    assert run("add", "Ana Ruiz", "--source", "alumni", "--referrer", words).exit_code == 0
    ana = next(table for table in tables(file)["contacts"].values() if table["name"] == "Ana Ruiz")
    assert (ana["referrer_id"], ana["source"]) == ("dana", "referral")
    call = next(table for table in tables(file)["follow_ups"].values())
    assert call["why"] == "named by Dana Whitfield"


def test_add_prefers_a_whole_name_to_a_longer_one_that_begins_with_it(run: Run, file: Path) -> None:
    save(file, contact(id="wu", name="Dana Wu"), contact(id="wunsch", name="Dana Wunsch"))
    assert run("add", "Ana Ruiz", "--referrer", "dana wu").exit_code == 0
    assert [table.get("referrer_id", "") for table in tables(file)["contacts"].values()] == ["", "", "wu"]


def test_add_keeps_where_the_name_came_from(run: Run, file: Path) -> None:
    assert run("add", "Ana Ruiz", "--source", "placement_office").exit_code == 0
    assert [table["source"] for table in tables(file)["contacts"].values()] == ["placement_office"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--referrer", "Nobody"], "referrer: nobody is called “Nobody”: warmcall list shows who there is"),
        (["--referrer", " "], "referrer: nobody is called “”: warmcall list shows who there is"),
        (["--source", "referral"], "referrer: choose who gave you the name"),
        (
            ["--referrer", "Dana"],
            "referrer: “Dana” could be Dana Bell, Editor, Two Lamps (id bell); Dana Whitfield (id dana):"
            " give more of the name, or of where they work, or the id",
        ),
    ],
)
def test_add_refuses_a_referrer_it_cannot_find(
    run: Run, file: Path, arguments: list[str], message: str
) -> None:
    bell = contact(id="bell", name="Dana Bell", title="Editor", organization="Two Lamps")
    save(file, REFERRER, bell, contact(id="helen", name="Helen Marsh"))
    before = file.read_bytes()
    result = run("add", "Ana Ruiz", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"warmcall: not added: {message}.\n"
    assert file.read_bytes() == before


def test_of_many_possible_referrers_the_first_few_are_named(run: Run, file: Path) -> None:
    save(file, *(contact(id=f"d{number}", name=f"Dana {number}") for number in range(9)))
    stderr = run("add", "Ana Ruiz", "--referrer", "dana").stderr
    assert "could be Dana 0 (id d0); Dana 1 (id d1); Dana 2" in stderr
    assert "Dana 4 (id d4); and more: give more" in stderr


def test_add_makes_a_file_and_a_folder_for_their_owner_alone(run: Run, file: Path) -> None:
    run("add", "Mei Tanaka")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_add_leaves_what_is_there(run: Run, file: Path) -> None:
    for name in ("Mei Tanaka", "Ana Ruiz"):
        assert run("add", name).exit_code == 0
    assert [table["name"] for table in tables(file)["contacts"].values()] == ["Mei Tanaka", "Ana Ruiz"]


def test_add_takes_a_name_that_is_no_utf_8(file: Path) -> None:
    done = process("--db", str(file), "add", b"A\xffB", LC_ALL="C.UTF-8")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Added A�B (id " in done.stdout.decode()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["  "], "name: a name is needed"),
        (["\u200b"], "name: a name is needed"),
        (["Ana", "--phone", "12"], "phone: too short for a phone number"),
        (["Ana", "--phone", "call me"], "phone: only figures, spaces and + ( ) - /"),
        (["Ana", "--email", "ana"], "email: an email has an @ in it"),
        (["Ana", "--email", "ana@home"], "email: an email looks like name@place.org"),
        (["Ana", "--zone", "Mars/Base"], "zone: a zone looks like Europe/Berlin"),
        (
            ["", "--phone", "1", "--email", "x"],
            "name: a name is needed; phone: too short for a phone number; email: an email has an @ in it",
        ),
    ],
)
def test_add_says_what_is_wrong_and_makes_no_file(
    run: Run, file: Path, arguments: list[str], message: str
) -> None:
    result = run("add", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"warmcall: not added: {message}.\n"
    assert not file.parent.exists()


@pytest.mark.parametrize(
    "arguments", [[], ["Ana", "--kind", "boss"], ["Ana", "--source", "dream"], ["Ana", "--fax", "1"]]
)
def test_add_refuses_what_it_does_not_know(run: Run, file: Path, arguments: list[str]) -> None:
    result = run("add", *arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("warmcall: add")
    assert result.stderr.count("\n") == 1
    assert not file.parent.exists()


def test_add_says_so_when_the_file_cannot_be_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in the way").write_text("mine")
    result = run("add", "Ana", db=tmp_path / "in the way" / "warmcall.json")
    assert result.exit_code == 2
    assert_one_sentence(result.stderr, "not a directory")
    assert (tmp_path / "in the way").read_text() == "mine"


def test_add_keeps_no_character_that_nobody_can_see(run: Run, file: Path) -> None:
    words = [
        "Mei\xa0Tanaka\u200b",
        "--phone",
        "\u202atel:+1\u2011312-555-0142;ext=7\u202c",
        "--email",
        "mei@straße.de",
    ]
    assert run("add", *words).exit_code == 0
    [mei] = tables(file)["contacts"].values()
    assert (mei["name"], mei["phone"]) == ("Mei Tanaka", "+1-312-555-0142 ext. 7")
    assert mei["email"] == "mei@straße.de"


def test_add_says_which_file_is_in_its_way(run: Run, file: Path) -> None:
    save(file, LUIS)
    new = file.with_name(f".{file.name}.new")
    new.mkdir()
    result = run("add", "Ana Ruiz")
    assert result.exit_code == 2
    assert_one_sentence(result.stderr, f"not added: {new}: ")
    assert "[Errno" not in result.stderr


def test_add_warns_of_somebody_who_is_here_already_and_adds_all_the_same(run: Run, file: Path) -> None:
    save(
        file,
        contact(id="zoe", name="Zoë Müller", organization="Tern & Plover"),
        PoolPerson(**STAMP, id="bill", name="Bill Haverford"),
        contact(id="ana", name="Ana Ruiz", email="ana@example.org"),
    )
    result = run("add", "Zoe Mueller")
    assert result.exit_code == 0
    assert result.stdout.startswith("Added Zoe Mueller (id ")
    assert (
        result.stderr.splitlines()[0] == "warmcall: Zoë Müller is here already · new · Tern & Plover · id zoe"
    )
    assert len(tables(file)["contacts"]) == 3
    assert (
        "Perhaps Bill Haverford is meant · in the pool · Bill is short for William · id bill"
        in run("add", "William Haverford").stderr
    )
    assert "id ana" in run("add", "Ana R.", "--email", "ANA@example.org").stderr
    assert run("add", "Helen Marsh").stderr == ""
