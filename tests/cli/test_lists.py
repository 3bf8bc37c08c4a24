"""Listing what is due."""

from __future__ import annotations

from pathlib import Path

import pytest
from warmcall.domain.vocabulary import FollowUpKind

from tests.cli.conftest import EVIL, Run, assert_inert, damaged, save
from tests.cli.json_output import items_of
from tests.examples import LUIS, REFERRER, contact, follow_up


def test_due_lists_what_is_late_and_what_is_for_today_one_a_line(run: Run, file: Path) -> None:
    mei = contact(id="mei", name="Mei Tanaka", title="Media Planner", organization="Northgate Agency")
    save(
        file,
        LUIS,
        mei,
        follow_up(FollowUpKind.CALL, "2026-11-17", why="try 2 of 3", id="late"),
        follow_up(FollowUpKind.INTERVIEW, "2026-11-23 11:00", contact_id="mei", id="meeting"),
        follow_up(FollowUpKind.CALL, contact_id="mei", why="they asked", note="after lunch", id="today-1"),
        follow_up(FollowUpKind.CALL, "2026-11-24", id="today-2"),
        follow_up(FollowUpKind.OTHER, "2026-11-25", waiting=True),
        follow_up(FollowUpKind.OTHER, "2026-11-16", done_at=LUIS.created_at),
    )
    result = run("due")
    assert result.stdout.splitlines() == [
        "late     6 days late · call Luis Ortega · Account Director, Parkway & Sons · try 2 of 3",
        "meet     17:00, in 2 hours · interview Mei Tanaka · Media Planner, Northgate Agency",
        "today-1  today · call Mei Tanaka · Media Planner, Northgate Agency · they asked: after lunch",
    ]
    assert (result.exit_code, result.stderr) == (0, "")


def test_due_says_nothing_but_the_exit_code_when_nothing_is_due(run: Run, file: Path) -> None:
    save(file, LUIS, follow_up(FollowUpKind.CALL, "2026-11-24"))
    result = run("due")
    assert (result.exit_code, result.output) == (1, "")
    result = run("due", "--json")
    assert (result.exit_code, items_of(result, "due")) == (1, [])


@pytest.mark.parametrize(
    ("within", "names"),
    [
        ("0d", ["Luis"]),
        ("1d", ["Luis", "Mei"]),
        ("3", ["Luis", "Mei", "Owen"]),
        (" 3 Days ", ["Luis", "Mei", "Owen"]),
        ("1w", ["Luis", "Mei", "Owen", "Ana"]),
        ("9999 weeks", ["Luis", "Mei", "Owen", "Ana"]),
        ("1m", ["Luis", "Mei", "Owen", "Ana"]),
        ("9999 months", ["Luis", "Mei", "Owen", "Ana"]),
        ("today", ["Luis"]),
        ("Tomorrow", ["Luis", "Mei"]),
        ("thu", ["Luis", "Mei", "Owen"]),
        ("thu 23:29", ["Luis", "Mei"]),
        ("thu 23:30", ["Luis", "Mei", "Owen"]),
        ("30 nov", ["Luis", "Mei", "Owen", "Ana"]),
        ("in 2 hours", ["Luis"]),
    ],
)
def test_due_within_lists_what_comes_due_by_then_too(
    run: Run, file: Path, within: str, names: list[str]
) -> None:
    save(
        file,
        *(contact(id=name.lower(), name=name) for name in ("Luis", "Mei", "Owen", "Ana")),
        follow_up(FollowUpKind.CALL, "2026-11-20"),
        follow_up(FollowUpKind.CALL, "2026-11-24", contact_id="mei"),
        follow_up(FollowUpKind.INTERVIEW, "2026-11-26 17:30", contact_id="owen"),
        follow_up(FollowUpKind.OTHER, "2026-11-30", contact_id="ana", waiting=True, note="ask"),
    )
    result = run("due", "--within", within, "--json")
    assert [load["contact"] for load in items_of(result, "due")] == names
    assert len(run("due", "--within", within).stdout.splitlines()) == len(names)
    assert result.exit_code == 0


def test_due_within_is_1_if_nothing_is_due_by_then_and_0_if_something_is(run: Run, file: Path) -> None:
    save(file, LUIS, follow_up(FollowUpKind.CALL, "2026-11-26"))
    assert [run("due", "--within", words).exit_code for words in ("2d", "3d")] == [1, 0]
    assert run("due", "--within", "3d").stdout.startswith("f ca  Thu 26 Nov · call Luis Ortega")


@pytest.mark.parametrize("words", ["", "soon", "-1d", "1.5d", "99999", "yesterday", "3d\x1b[31m", "٣d x"])
def test_due_refuses_a_time_it_cannot_read(run: Run, file: Path, words: str) -> None:
    save(file, LUIS)
    result = run("due", "--within", words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("warmcall: due: --within: ")
    assert "write " in result.stderr
    assert result.stderr.endswith(", or “3d”, “2w”, “1m”.\n")
    assert_inert(result.stderr, lines=1)


@pytest.mark.parametrize(
    ("within", "line", "figures"),
    [
        ((), "1 late · 2 today\n", {"late": 1, "today": 2, "coming": 0}),
        (("--within", "1d"), "1 late · 2 today · 1 coming\n", {"late": 1, "today": 2, "coming": 1}),
    ],
)
def test_due_can_be_counted_on_one_short_line_for_a_prompt(
    run: Run, file: Path, within: tuple[str, ...], line: str, figures: dict[str, int]
) -> None:
    save(
        file,
        LUIS,
        *(
            follow_up(FollowUpKind.CALL, due)
            for due in ("2026-11-20", "2026-11-23 14:00", "2026-11-23", "2026-11-24")
        ),
    )
    result = run("due", "--count", *within)
    assert (result.exit_code, result.output) == (0, line)
    found = items_of(run("due", "--count", *within, "--json"), "due --count")
    assert found == [{"type": "due_count"} | figures]


def test_a_count_of_nothing_prints_nothing(run: Run, file: Path) -> None:
    save(file, LUIS, follow_up(FollowUpKind.CALL, "2026-11-24"))
    result = run("due", "--count")
    assert (result.exit_code, result.output) == (1, "")
    result = run("due", "--count", "--json")
    nothing = {"type": "due_count", "late": 0, "today": 0, "coming": 0}
    assert (result.exit_code, items_of(result, "due --count")) == (1, [nothing])


def test_due_makes_no_file(run: Run, tmp_path: Path) -> None:
    result = run("due", db=None)
    assert (result.exit_code, result.output) == (1, "")
    assert list((tmp_path / "home").iterdir()) == []


def test_due_as_json_has_an_item_each(run: Run, file: Path) -> None:
    save(
        file,
        contact(name="Luis Ortega", phone="+1 312 555 0142", email="luis@example.com"),
        REFERRER,
        follow_up(FollowUpKind.CALL, "2026-11-20", why="try 2 of 3"),
        follow_up(FollowUpKind.INTERVIEW, "2026-11-23 11:00"),
        follow_up(FollowUpKind.TELL_REFERRER, "2026-11-23", contact_id="gone", about_id="dana"),
    )
    result = run("due", "--json")
    assert result.exit_code == 0
    late, meeting, gone = items_of(result, "due")
    assert (late["id"], late["contact_id"], late["phone"]) == ("f call 2026-11-20", "luis", "+1 312 555 0142")
    assert (late["section"], late["due"], late["why"]) == ("overdue", "2026-11-20", "try 2 of 3")
    assert (meeting["section"], meeting["due"]) == ("today", "2026-11-23T17:00:00Z")
    assert (gone["contact"], gone["about"], gone["why"]) == (None, "Dana Whitfield", "you met Dana Whitfield")


def test_control_characters_in_a_name_are_inert_and_break_no_line(run: Run, file: Path) -> None:
    save(file, contact(name=EVIL, title=EVIL), follow_up(FollowUpKind.CALL, "2026-11-20", note=EVIL))
    result = run("due")
    assert result.stdout.count("Evil") == 3
    assert_inert(result.stdout, lines=1)
    printed = run("due", "--json")
    assert printed.stdout.isascii()
    assert items_of(printed, "due")[0]["contact"] == EVIL


def test_due_reports_a_record_that_cannot_be_read_and_lists_the_others(run: Run, file: Path) -> None:
    bad = damaged(file)
    result = run("due")
    assert (result.exit_code, result.stdout) == (0, "f ca  3 days late · call Luis Ortega\n")
    assert result.stderr == (
        "warmcall: contacts.2.kind: invalid enum value 'boss\\x1b[31m' (left as it is).\n"
        "warmcall: follow_ups.9: expected a record, got a whole number (left as it is).\n"
    )
    assert file.read_bytes() == bad
