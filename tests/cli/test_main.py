from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from warmcall import __version__
from warmcall.cli.bootstrap import Invocation
from warmcall.cli.main import main
from warmcall.domain.records import AnyRecord
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.storage.state_file import StateFile
from warmcall.terminal import textual_patches

from tests.bad_files import BAD_FILES, NEWER
from tests.conftest import FakeClock
from tests.examples import LUIS, REFERRER, adding, contact, follow_up

COMMANDS = [
    ["due"], ["due", "--json"], ["add", "Ana Ruiz"], ["check"], ["export", "md"],
    ["export", "md", "--interview"], ["export", "ics"], ["export", "json"],
    ["export", "csv"],
]  # fmt: skip
SCRIPT = """\
id: ask
title: Ask
kind: any
channel: phone
start: opening
steps:
  opening:
    say: Hello {contact.first_name}.
    replies:
      y: {hear: "Yes", go: nowhere}
"""

BANK = """\
id: mine
title: Mine
kind: practitioner
questions:
  - {id: day, ask: What fills a day?, priority: 1, core: true}
"""

Run = Callable[..., Result]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "warmcall.json"


@pytest.fixture
def run(file: Path) -> Run:
    """Return what runs a command on `file`, on Monday 23 November 2026 at 15:00 UTC."""
    runner = CliRunner()

    def run(*arguments: str, db: Path | None = file) -> Result:
        chosen = ["--db", str(db)] if db else []
        return runner.invoke(main, [*chosen, *arguments], color=True, obj=Invocation(clock=FakeClock()))

    return run


def process(*arguments: str | bytes, python: tuple[str, ...] = (), **environ: str) -> Any:
    """Run warmcall as a process of its own."""
    return subprocess.run(
        [sys.executable, *python, "-m", "warmcall", *arguments],
        capture_output=True,
        timeout=20,
        check=False,
        env=dict(os.environ) | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)} | environ,
    )


def keep(file: Path, *records: AnyRecord) -> None:
    StateFile(file).save([adding(*records)])


def tables(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_text())
    return found


def own(tmp_path: Path, name: str, text: str) -> Path:
    """Write a file of the user's own."""
    path = tmp_path / "home/.config/warmcall" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def is_one_sentence_of(told: str, words: str) -> None:
    assert told.count("\n") == 1
    assert told.startswith("warmcall: ")
    assert words in told
    assert told.endswith(".\n")


# What is due.


def test_due_lists_what_is_late_and_what_is_for_today_one_a_line(run: Run, file: Path) -> None:
    mei = contact(id="mei", name="Mei Tanaka", title="Media Planner", organization="Northgate Agency")
    keep(
        file,
        LUIS,
        mei,
        follow_up(FollowUpKind.CALL, "2026-11-17", why="try 2 of 3"),
        follow_up(FollowUpKind.INTERVIEW, "2026-11-23 11:00", contact_id="mei"),
        follow_up(FollowUpKind.CALL, "2026-11-23", contact_id="mei", why="they asked", note="after lunch"),
        follow_up(FollowUpKind.CALL, "2026-11-24"),
        follow_up(FollowUpKind.OTHER, "2026-11-25", waiting=True),
        follow_up(FollowUpKind.OTHER, "2026-11-16", done_at=LUIS.created_at),
    )
    result = run("due")
    assert result.stdout.splitlines() == [
        "6 d late · call Luis Ortega · Account Director, Parkway & Sons · try 2 of 3",
        "17:00, in 2 h · interview Mei Tanaka · Media Planner, Northgate Agency",
        "today · call Mei Tanaka · Media Planner, Northgate Agency · they asked: after lunch",
    ]
    assert (result.exit_code, result.stderr) == (0, "")


def test_due_says_nothing_but_the_exit_code_when_nothing_is_due(run: Run, file: Path) -> None:
    keep(file, LUIS, follow_up(FollowUpKind.CALL, "2026-11-24"))
    result = run("due")
    assert (result.exit_code, result.output) == (1, "")
    result = run("due", "--json")
    assert (result.exit_code, json.loads(result.stdout)) == (1, [])


@pytest.mark.parametrize(
    ("within", "names"),
    [
        ("0d", ["Luis"]),
        ("1d", ["Luis", "Mei"]),
        ("3", ["Luis", "Mei", "Owen"]),
        (" 3 Days ", ["Luis", "Mei", "Owen"]),
        ("1w", ["Luis", "Mei", "Owen", "Ana"]),
        ("9999 weeks", ["Luis", "Mei", "Owen", "Ana"]),
    ],
)
def test_due_within_lists_what_comes_due_by_then_too(
    run: Run, file: Path, within: str, names: list[str]
) -> None:
    keep(
        file,
        *(contact(id=name.lower(), name=name) for name in ("Luis", "Mei", "Owen", "Ana")),
        follow_up(FollowUpKind.CALL, "2026-11-20"),
        follow_up(FollowUpKind.CALL, "2026-11-24", contact_id="mei"),
        follow_up(FollowUpKind.INTERVIEW, "2026-11-26 17:30", contact_id="owen"),
        follow_up(FollowUpKind.OTHER, "2026-11-30", contact_id="ana", waiting=True, note="ask"),
    )
    result = run("due", "--within", within, "--json")
    assert [load["contact"] for load in json.loads(result.stdout)] == names
    assert len(run("due", "--within", within).stdout.splitlines()) == len(names)
    assert result.exit_code == 0


def test_due_within_is_1_if_nothing_is_due_by_then_and_0_if_something_is(run: Run, file: Path) -> None:
    keep(file, LUIS, follow_up(FollowUpKind.CALL, "2026-11-26"))
    assert [run("due", "--within", words).exit_code for words in ("2d", "3d")] == [1, 0]
    assert run("due", "--within", "3d").stdout.startswith("Thu 26 Nov · call Luis Ortega")


@pytest.mark.parametrize("words", ["", "soon", "-1d", "3 months", "1.5d", "99999", "3d\x1b[31m", "٣d"])
def test_due_within_words_that_are_no_time_is_refused_in_a_sentence(run: Run, words: str) -> None:
    result = run("due", "--within", words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("warmcall: due: --within “")
    assert result.stderr.endswith("” is no time: write days as 3d, or weeks as 2w\n")
    assert_inert(result.stderr, lines=1)


def test_due_makes_no_file(run: Run, file: Path) -> None:
    result = run("due")
    assert (result.exit_code, result.output) == (1, "")
    assert not file.parent.exists()


def test_due_as_json_is_a_list_with_one_object_each(run: Run, file: Path) -> None:
    keep(
        file,
        contact(name="Luis Ortega", phone="+1 312 555 0142", email="luis@example.com"),
        REFERRER,
        follow_up(FollowUpKind.CALL, "2026-11-20", why="try 2 of 3"),
        follow_up(FollowUpKind.INTERVIEW, "2026-11-23 11:00"),
        follow_up(FollowUpKind.TELL_REFERRER, "2026-11-23", contact_id="gone", about_id="dana"),
    )
    result = run("due", "--json")
    assert result.exit_code == 0
    late, meeting, gone = json.loads(result.stdout)
    assert late == {
        "id": "f call 2026-11-20",
        "kind": "call",
        "section": "overdue",
        "due": "2026-11-20",
        "what": "call Luis Ortega",
        "contact": "Luis Ortega",
        "phone": "+1 312 555 0142",
        "email": "luis@example.com",
        "why": "try 2 of 3",
    }
    assert (meeting["section"], meeting["due"]) == ("today", "2026-11-23T17:00:00+00:00")
    assert (gone["contact"], gone["phone"], gone["email"]) == (None, None, None)
    assert gone["why"] == "you met Dana Whitfield"


EVIL = "Evil\x1b[31m\nred\r\t\x9b2J\x07\u202egnihton\x00"


def test_control_characters_in_a_name_are_inert_and_break_no_line(run: Run, file: Path) -> None:
    keep(file, contact(name=EVIL, title=EVIL), follow_up(FollowUpKind.CALL, "2026-11-20", note=EVIL))
    result = run("due")
    assert result.stdout.count("Evil") == 3
    assert_inert(result.stdout, lines=1)
    assert json.loads(run("due", "--json").stdout)[0]["contact"] == EVIL


def test_adding_an_evil_name_echoes_it_inert(run: Run) -> None:
    result = run("add", EVIL.replace("\x00", ""))
    assert result.exit_code == 0
    assert_inert(result.stdout, lines=1)


def assert_inert(text: str, lines: int) -> None:
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
    assert text.count("\n") == lines


def test_a_record_that_cannot_be_read_is_told_and_the_others_are_listed(run: Run, file: Path) -> None:
    bad = damaged(file)
    result = run("due")
    assert (result.exit_code, result.stdout) == (0, "3 d late · call Luis Ortega\n")
    assert result.stderr == (
        "warmcall: contacts.2.kind: invalid enum value 'boss\\x1b[31m' (left as it is)\n"
        "warmcall: follow_ups.9: expected a record, got a whole number (left as it is)\n"
    )
    assert file.read_bytes() == bad


def damaged(file: Path) -> bytes:
    """Write a file with one sound contact and two records that are not."""
    ana = contact(id="ana", name="Ana Ruiz")
    keep(file, contact(name="Luis Ortega"), ana, follow_up(FollowUpKind.CALL, "2026-11-20"))
    found = tables(file)
    found["contacts"]["2"]["kind"] = "boss\x1b[31m"
    found["follow_ups"]["9"] = 7
    file.write_text(json.dumps(found))
    return file.read_bytes()


def test_plain_commands_never_import_textual(file: Path) -> None:
    keep(file, LUIS, follow_up(FollowUpKind.CALL, "2020-01-06"))
    for arguments in ["due"], ["due", "--json"], ["add", "Ana Ruiz"], ["check"], ["paths"]:
        done = process("--db", str(file), *arguments, python=("-X", "importtime"))
        imported = {line.rpartition("|")[2].strip() for line in done.stderr.decode().splitlines()}
        assert "warmcall.cli.main" in imported
        assert not {item for item in imported if item.split(".")[0] in ("textual", "rich")}, arguments
        assert done.returncode == 0


def test_a_reader_that_goes_away_and_a_terminal_without_utf_8_cause_no_traceback(file: Path) -> None:
    keep(file, contact(name="Évi"), *(follow_up(FollowUpKind.CALL, f"2020-01-{d:02d}") for d in range(1, 30)))
    done = process("--db", str(file), "due", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert b"call" in done.stdout
    assert done.stderr == b""
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as pipe:
        child = subprocess.run(
            [sys.executable, "-m", "warmcall", "--db", str(file), "due"],
            stdout=pipe,
            stderr=subprocess.PIPE,
            timeout=20,
            check=False,
        )
    assert b"Traceback" not in child.stderr


# Adding people.


def test_add_keeps_every_field_and_puts_the_call_into_the_queue(run: Run, file: Path) -> None:
    result = run(
        *("add", " Mei Tanaka ", "--kind", "hiring_manager", "--org", "Northgate Agency"),
        *("--title", "Media Planner", "--phone", "+1 312 555 0163", "--email", "mei@example.com"),
        *("--zone", "America/Chicago", "--notes", "Three years in the job."),
    )
    assert result.output == "Added Mei Tanaka; the call is in the queue.\n"
    assert result.exit_code == 0
    [mei] = tables(file)["contacts"].values()
    wanted = {
        "name": "Mei Tanaka",
        "kind": "hiring_manager",
        "organization": "Northgate Agency",
        "title": "Media Planner",
        "phone": "+1 312 555 0163",
        "email": "mei@example.com",
        "zone": "America/Chicago",
        "notes": "Three years in the job.",
    }
    assert {name: mei[name] for name in wanted} == wanted
    [call] = tables(file)["follow_ups"].values()
    assert (call["kind"], call["contact_id"], call.get("done_at")) == ("call", mei["id"], None)
    assert run("due").stdout.startswith("today · call Mei Tanaka · Media Planner, Northgate Agency")


@pytest.mark.parametrize(
    "words", ["Dana Whitfield", "dana", " DANA  whitfield ", "whitfield lakeshore", "dan"]
)
def test_add_finds_who_gave_the_name_and_makes_it_a_referral(run: Run, file: Path, words: str) -> None:
    dana = contact(id="dana", name="Dana Whitfield", organization="Lakeshore College")
    keep(file, dana, contact(id="helen", name="Helen Marsh"))
    assert run("add", "Ana Ruiz", "--source", "alumni", "--referrer", words).exit_code == 0
    ana = next(table for table in tables(file)["contacts"].values() if table["name"] == "Ana Ruiz")
    assert (ana["referrer_id"], ana["source"]) == ("dana", "referral")
    call = next(table for table in tables(file)["follow_ups"].values())
    assert call["why"] == "named by Dana Whitfield"


def test_add_takes_a_whole_name_even_where_a_longer_one_begins_with_it(run: Run, file: Path) -> None:
    keep(file, contact(id="one", name="Dana Wu"), contact(id="two", name="Dana Wunsch"))
    assert run("add", "Ana Ruiz", "--referrer", "dana wu").exit_code == 0
    assert [table.get("referrer_id", "") for table in tables(file)["contacts"].values()] == ["", "", "one"]


def test_add_keeps_where_the_name_came_from(run: Run, file: Path) -> None:
    assert run("add", "Ana Ruiz", "--source", "placement_office").exit_code == 0
    assert [table["source"] for table in tables(file)["contacts"].values()] == ["placement_office"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--referrer", "Nobody"], "referrer: no contact is called “Nobody”"),
        (["--referrer", " "], "referrer: no contact is called “”"),
        (["--source", "referral"], "referrer: choose who gave you the name"),
        (
            ["--referrer", "dana"],
            "referrer: “dana” could be Dana Bell, Editor, Two Lamps; Dana Whitfield."
            " Say more of the name or of where they work",
        ),
    ],
)
def test_add_refuses_a_referrer_it_cannot_tell(run: Run, file: Path, arguments: list[str], told: str) -> None:
    bell = contact(id="bell", name="Dana Bell", title="Editor", organization="Two Lamps")
    keep(file, REFERRER, bell, contact(id="helen", name="Helen Marsh"))
    before = file.read_bytes()
    result = run("add", "Ana Ruiz", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"warmcall: not added: {told}\n"
    assert file.read_bytes() == before


def test_of_many_possible_referrers_the_first_few_are_named(run: Run, file: Path) -> None:
    keep(file, *(contact(id=f"d{number}", name=f"Dana {number}") for number in range(9)))
    stderr = run("add", "Ana Ruiz", "--referrer", "dana").stderr
    assert "could be Dana 0; Dana 1; Dana 2; Dana 3; Dana 4; and more. Say more" in stderr


def test_add_makes_a_file_and_a_folder_for_their_owner_alone(run: Run, file: Path) -> None:
    run("add", "Mei Tanaka")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_add_leaves_what_is_there(run: Run, file: Path) -> None:
    for name in ("Mei Tanaka", "Ana Ruiz"):
        assert run("add", name).exit_code == 0
    assert [table["name"] for table in tables(file)["contacts"].values()] == ["Mei Tanaka", "Ana Ruiz"]


def test_add_takes_a_name_that_is_no_utf_8(file: Path) -> None:
    done = process("--db", str(file), "add", b"A\xffB")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Added A�B; the call" in done.stdout.decode()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["  "], "name: a name is needed"),
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
    run: Run, file: Path, arguments: list[str], told: str
) -> None:
    result = run("add", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"warmcall: not added: {told}\n"
    assert not file.parent.exists()


@pytest.mark.parametrize(
    "arguments", [[], ["Ana", "--kind", "boss"], ["Ana", "--source", "dream"], ["Ana", "--fax", "1"]]
)
def test_add_refuses_what_it_does_not_know(run: Run, file: Path, arguments: list[str]) -> None:
    result = run("add", *arguments)
    assert result.exit_code == 2
    assert "Error: " in result.stderr
    assert not file.parent.exists()


def test_add_says_so_when_the_file_cannot_be_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in the way").write_text("mine")
    result = run("add", "Ana", db=tmp_path / "in the way" / "warmcall.json")
    assert result.exit_code == 2
    is_one_sentence_of(result.stderr, "not a directory")
    assert (tmp_path / "in the way").read_text() == "mine"


# Where things lie.


def test_paths_shows_the_usual_places(run: Run, tmp_path: Path) -> None:
    home = tmp_path / "home"
    result = run("paths", db=None)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"state file    {home}/.local/share/warmcall/warmcall.json",
        f"settings      {home}/.config/warmcall/config.yaml",
        f"your own keys {home}/.config/warmcall/keymap.yaml",
        f"your own YAML {home}/.config/warmcall/scripts, questions, messages",
    ]
    assert list(home.iterdir()) == []


def test_paths_heeds_xdg_then_the_variable_then_the_option(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lines() -> str:
        return run("paths", db=None).stdout

    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert f"state file    {tmp_path}/data/warmcall/warmcall.json\n" in lines()
    assert f"settings      {tmp_path}/config/warmcall/config.yaml\n" in lines()
    monkeypatch.setenv("WARMCALL_DB", "~/mine.json")
    assert f"state file    {tmp_path}/home/mine.json\n" in lines()
    monkeypatch.setenv("WARMCALL_DB", "~nobody-of-that-name/mine.json")
    assert "state file    ~nobody-of-that-name/mine.json\n" in lines()
    assert "state file    /given/file.json\n" in run("paths", db=Path("/given/file.json")).stdout


# Checking.


def test_check_says_that_there_is_no_file_yet(run: Run, file: Path) -> None:
    result = run("check")
    assert result.output == f"{file}: not there yet; the first change makes it\n"
    assert result.exit_code == 0
    assert not file.parent.exists()


def test_check_says_that_another_textual_than_the_one_that_is_patched_draws_plainly(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Textual" not in run("check").stdout
    monkeypatch.setattr(textual_patches, "version", lambda _name: "8.2.9")
    result = run("check")
    assert result.exit_code == 0
    assert "Textual 8.2.9: drawn plainly\n" in result.stdout


def test_check_counts_the_records_of_a_sound_file(run: Run, file: Path) -> None:
    keep(file, LUIS, follow_up(FollowUpKind.CALL, "2026-11-20"))
    result = run("check")
    assert (result.exit_code, result.output) == (0, f"{file}: 2 records\n")


def test_check_names_file_line_fault_and_mend_of_the_users_yaml(run: Run, file: Path, tmp_path: Path) -> None:
    script = own(tmp_path, "scripts/ask.yaml", SCRIPT)
    config = own(tmp_path, "config.yaml", "theme: dark\ncolour: red\n")
    bank = own(tmp_path, "questions/mine.yaml", "id: mine\ntitle: [\n")
    result = run("check")
    assert result.exit_code == 2
    told = result.stdout.splitlines()
    assert [line.startswith("note: ") for line in told] == [
        False,
        False,
        False,
        True,
        True,
        True,
        True,
        False,
    ]
    [of_script] = [line for line in told if line.startswith(f"{script}, line 10: ")]
    assert "“nowhere”" in of_script
    [of_config] = [line for line in told if line.startswith(f"{config}, line 2: ")]
    assert "there is no setting “colour”; is “country” meant?" in of_config
    [of_bank] = [line for line in told if line.startswith(f"{bank}, line ")]
    assert "this is not YAML" in of_bank
    assert "check the indentation, colons and quotes there" in of_bank


def test_check_lets_a_mere_warning_pass(run: Run, tmp_path: Path) -> None:
    own(tmp_path, "questions/mine.yaml", BANK)
    result = run("check")
    assert result.stdout.startswith("note: ")
    assert "no question asks who else to talk to" in result.stdout
    assert result.exit_code == 0


def test_check_notes_what_weakens_a_script_and_the_app_uses_it_all_the_same(run: Run, tmp_path: Path) -> None:
    text = SCRIPT.replace("replies:", "outcome: scheduled").rpartition("\n      y:")[0]
    script = own(tmp_path, "scripts/ask.yaml", text)
    result = run("check")
    assert result.stdout.startswith(f"note: {script}, line 8: the opening does not say your name; write ")
    assert result.exit_code == 0


def test_check_shows_the_users_own_text_inert(run: Run, tmp_path: Path) -> None:
    own(tmp_path, "scripts/ask.yaml", SCRIPT.replace("kind: any", 'kind: "\\e[31m\\nred"'))
    result = run("check")
    assert "␛[31m␊red" in result.stdout
    assert_inert(result.stdout, lines=2)


def test_check_names_each_record_that_cannot_be_read(run: Run, file: Path) -> None:
    bad = damaged(file)
    result = run("check")
    assert result.exit_code == 2
    assert "contacts.2.kind: invalid enum value" in result.stderr
    assert "follow_ups.9: expected a record, got a whole number" in result.stderr
    assert result.stdout == f"{file}: 2 records\n"
    assert_inert(result.stderr, lines=2)
    assert file.read_bytes() == bad


# Help and version.


def test_the_version_is_told(run: Run) -> None:
    result = run("--version")
    assert (result.exit_code, result.output) == (0, f"warmcall {__version__}\n")


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_the_help_has_a_whole_line_for_every_command(run: Run, option: str) -> None:
    result = run(option)
    assert result.exit_code == 0
    assert isinstance(main, click.Group)
    listed = dict(re.findall(r"^  ([a-z]+) +(\S.*)$", result.stdout.partition("Commands:")[2], re.MULTILINE))
    assert set(listed) == set(main.commands) >= {"add", "check", "demo", "due", "paths"}
    assert all(not line.endswith("...") for line in listed.values()), listed
    for name in listed:
        told = run(name, option)
        assert told.exit_code == 0
        assert listed[name].rstrip(".") in " ".join(told.stdout.split())


def test_a_command_that_is_none_is_refused(run: Run) -> None:
    result = run("dew")
    assert result.exit_code == 2
    assert "No such command 'dew'" in result.stderr


# State files that cannot be used.


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_state_file_is_told_in_a_sentence_and_left_as_it_is(
    run: Run, file: Path, name: str, arguments: list[str]
) -> None:
    content, words = BAD_FILES[name]
    file.parent.mkdir()
    file.write_bytes(content)
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    is_one_sentence_of(result.stderr, words)
    assert f"{file}: " in result.stderr
    assert file.read_bytes() == content
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("by", ["option", "variable"])
def test_a_folder_is_no_state_file(
    run: Run, file: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], by: str
) -> None:
    file.mkdir(parents=True)
    if by == "variable":
        monkeypatch.setenv("WARMCALL_DB", str(file))
    result = run(*arguments, db=file if by == "option" else None)
    assert (result.exit_code, result.stdout) == (2, "")
    is_one_sentence_of(result.stderr, "is a directory")
    assert list(file.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_state_file_that_may_not_be_read_is_told(run: Run, file: Path, arguments: list[str]) -> None:
    keep(file, LUIS)
    file.chmod(0)
    result = run(*arguments)
    assert result.exit_code == 2
    is_one_sentence_of(result.stderr, "permission denied")
    file.chmod(0o600)
    assert len(tables(file)["contacts"]) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may enter everything")
@pytest.mark.parametrize("arguments", [*COMMANDS, ["check", "--restore"]], ids=" ".join)
def test_a_folder_that_may_not_be_entered_is_said(run: Run, file: Path, arguments: list[str]) -> None:
    keep(file, LUIS)
    file.parent.chmod(0)
    result = run(*arguments)
    file.parent.chmod(0o700)
    assert result.exit_code == 2
    is_one_sentence_of(result.stderr, "permission denied")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may enter everything")
def test_settings_that_may_not_be_read_are_problems_and_no_crash(run: Run, tmp_path: Path) -> None:
    config = own(tmp_path, "config.yaml", "theme: light\n").parent
    config.chmod(0)
    result = run("check")
    config.chmod(0o700)
    assert result.exit_code == 2
    assert f"{config / 'config.yaml'}, line 1: it cannot be read (Permission denied)" in result.stdout
    assert f"{config / 'cadence.yaml'}, line 1: it cannot be read (Permission denied)" in result.stdout


def test_a_file_of_a_newer_warmcall_is_read_and_never_written(run: Run, file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(NEWER)
    assert run("due").exit_code == 1
    result = run("add", "Ana Ruiz")
    assert result.exit_code == 2
    is_one_sentence_of(result.stderr, "written by a newer warmcall (schema 99, ours is 1)")
    assert file.read_bytes() == NEWER


def test_a_backup_is_listed_with_what_it_holds_and_brought_back(run: Run, file: Path) -> None:
    assert run("check", "--restore").exit_code == 2
    run("add", "Ana Ruiz")
    before = file.read_bytes()
    run("add", "Tom Bell")
    listed = run("check", "--restore")
    assert listed.exit_code == 0
    assert "1 contacts, 0 interviews" in listed.stdout
    assert run("check", "--restore", "9").exit_code == 2
    restored = run("check", "--restore", "1")
    assert restored.exit_code == 0
    assert "What was there is kept as" in restored.stdout
    assert file.read_bytes() == before
    assert "2 contacts" in run("check", "--restore").stdout


def test_a_bad_file_comes_with_the_offer_of_the_newest_good_backup(run: Run, file: Path) -> None:
    run("add", "Ana Ruiz")
    run("add", "Tom Bell")
    file.write_bytes(file.read_bytes()[:-40])
    result = run("due")
    assert result.exit_code == 2
    assert "--restore" in result.stderr
    assert run("check", "--restore", "1").exit_code == 0
    assert run("due").exit_code == 0
