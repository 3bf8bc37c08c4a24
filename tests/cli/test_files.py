"""Where the user's files are, and what is wrong in them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from warmcall.cli import bootstrap
from warmcall.cli.invocation import Invocation
from warmcall.cli.main import main
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.storage import backups
from warmcall.storage.state_file import StateFile
from warmcall.terminal import textual_patches

from tests.cli.conftest import Run, assert_inert, assert_one_sentence, damaged, save, write_user_file
from tests.cli.json_output import items_of
from tests.examples import LUIS, REFERRER, follow_up, profile
from tests.requirements import needs_ordinary_user

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


OLDER = Path(__file__).parents[1] / "storage/files/schema_1_new_york.json"
"""A file made with the program of schema 1."""

BANK = """\
id: mine
title: Mine
kind: practitioner
questions:
  - {id: day, ask: What fills a day?, priority: 1, core: true}
"""


def test_paths_shows_the_usual_places(run: Run, tmp_path: Path) -> None:
    home = tmp_path / "home"
    result = run("paths", db=None)
    assert result.exit_code == 0
    found = dict(line.split(maxsplit=1) for line in result.stdout.splitlines())
    assert found["state"] == f"{home}/.local/share/warmcall/warmcall.json"
    assert found["backups"] == f"{home}/.local/share/warmcall/warmcall.json.backups"
    assert found["settings"] == f"{home}/.config/warmcall/config.yaml"
    assert found["keymap"] == f"{home}/.config/warmcall/keymap.yaml"
    assert found["job-questions"] == f"{home}/.config/warmcall/job_questions.yaml"
    assert list(home.iterdir()) == []


def test_one_path_is_printed_alone_and_an_unknown_one_refused(run: Run, file: Path) -> None:
    assert run("paths", "state").output == f"{file}\n"
    refused = run("paths", "lgo")
    assert (refused.exit_code, refused.stderr) == (
        2,
        "warmcall: paths: there is no “lgo”: did you mean log?\n",
    )


def test_paths_as_json_say_what_is_there_of_all_that_a_session_makes(
    run: Run, file: Path, tmp_path: Path
) -> None:
    run("add", "Ana Ruiz")
    run("add", "Tom Bell")
    write_user_file(tmp_path, "themes/sea.yaml", "")
    found = {item["name"]: item for item in items_of(run("paths", "--json"), "paths")}
    assert {name for name, item in found.items() if item["exists"]} == {"state", "lock", "backups", "themes"}
    known = [Path(item["file"]) for item in found.values()]
    assert all(any(made.match(str(path)) for path in known) for made in file.parent.iterdir())


def test_paths_heeds_xdg_then_the_variable_then_the_option(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lines() -> dict[str, str]:
        return dict(line.split(maxsplit=1) for line in run("paths", db=None).stdout.splitlines())

    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert lines()["state"] == f"{tmp_path}/data/warmcall/warmcall.json"
    assert lines()["settings"] == f"{tmp_path}/config/warmcall/config.yaml"
    monkeypatch.setenv("WARMCALL_DB", "~/mine.json")
    assert lines()["state"] == f"{tmp_path}/home/mine.json"
    monkeypatch.setenv("WARMCALL_DB", "~nobody-of-that-name/mine.json")
    assert lines()["state"] == "~nobody-of-that-name/mine.json"
    assert run("paths", "state", db=Path("/given/file.json")).stdout == "/given/file.json\n"


def test_check_says_that_there_is_no_file_yet(run: Run, tmp_path: Path) -> None:
    result = run("check", db=None)
    usual = tmp_path / "home/.local/share/warmcall/warmcall.json"
    assert result.output == f"{usual}: not there yet; the first change makes it\n"
    assert result.exit_code == 0
    assert not (tmp_path / "home/.local").exists()


def test_check_says_that_an_unknown_version_of_textual_draws_plainly(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Textual" not in run("check", db=None).stdout
    monkeypatch.setattr(textual_patches, "version", lambda _name: "8.2.9")
    result = run("check", db=None)
    assert result.exit_code == 0
    assert "Textual 8.2.9: drawn plainly\n" in result.stdout


def test_check_says_that_it_moved_the_log_of_earlier_versions(run: Run, tmp_path: Path) -> None:
    before = tmp_path / "home/.local/share/warmcall/warmcall.log"
    before.parent.mkdir(parents=True)
    before.write_text("a trace")
    now = tmp_path / "home/.local/state/warmcall/warmcall.log"
    result = run("check", db=None)
    said = f"warmcall: The log lies in {now} now: it was moved there from {before}.\n"
    assert (result.exit_code, result.stderr) == (0, said)
    assert run("paths", "log", db=None).stdout == f"{now}\n"
    assert now.read_text() == "a trace"


def test_check_counts_the_records_of_a_sound_file(run: Run, file: Path) -> None:
    save(file, LUIS, follow_up(FollowUpKind.CALL, "2026-11-20"))
    result = run("check")
    assert (result.exit_code, result.output) == (0, f"{file}: 2 records, schema 3\n")


def test_check_says_which_country_counts_and_how_it_is_known(file: Path) -> None:
    save(file, profile(phone="+49 30 1234567"))
    said = [
        CliRunner().invoke(main, ["--db", str(file), "check"], obj=Invocation(locale=locale)).output
        for locale in ({"LANG": "en_US.UTF-8"}, {"LANG": "C"}, None)
    ]
    assert "country: US, from LANG=en_US.UTF-8\n" in said[0]
    assert "country: DE, from your phone number\n" in said[1]
    assert "country: " not in said[2]


def due(run: Run) -> dict[str, str]:
    """Return when everything is due, by id."""
    found = json.loads(run("due", "--within", "99w", "--json").stdout)
    return {item["id"]: item["due"] for item in found["items"]}


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
def test_a_file_of_an_older_schema_is_read_as_it_is_and_migrated_by_a_command_that_writes(
    run: Run, file: Path, tmp_path: Path, zone: str
) -> None:
    write_user_file(tmp_path, "config.yaml", f"zone: {zone}\n")
    file.parent.mkdir()
    shutil.copy(OLDER, file)
    old = file.read_bytes()
    assert due(run).items() <= json.loads(OLDER.with_suffix(".expected.json").read_bytes())["days"].items()
    assert "DTSTART;VALUE=DATE:20261209\n" in run("export", "ics").stdout
    assert "- 2026-12-09 · " in run("export", "md").stdout
    assert f"{file}: " in run("check").stdout
    assert "schema 1, which the next change brings to 3\n" in run("check").stdout
    assert (file.read_bytes(), list(file.parent.iterdir())) == (old, [file])
    before = due(run)
    assert run("add", "Ana Ruiz").exit_code == 0
    assert "schema 3\n" in run("check").stdout
    assert before.items() < due(run).items()


def test_check_names_file_line_fault_and_fix_in_the_users_yaml(run: Run, tmp_path: Path) -> None:
    script = write_user_file(tmp_path, "scripts/ask.yaml", SCRIPT)
    config = write_user_file(tmp_path, "config.yaml", "theme: dark\ncolour: red\n")
    bank = write_user_file(tmp_path, "questions/mine.yaml", "id: mine\ntitle: [\n")
    result = run("check", db=None)
    assert result.exit_code == 2
    lines = result.stdout.splitlines()
    assert [line.startswith("note: ") for line in lines] == [
        False,
        False,
        False,
        True,
        True,
        True,
        True,
        False,
    ]
    [of_script] = [line for line in lines if line.startswith(f"{script}, line 10: ")]
    assert "“nowhere”" in of_script
    [of_config] = [line for line in lines if line.startswith(f"{config}, line 2: ")]
    assert "there is no setting “colour”; is “country” meant?" in of_config
    [of_bank] = [line for line in lines if line.startswith(f"{bank}, line ")]
    assert "this is not YAML" in of_bank
    assert "check the indentation, colons and quotes there" in of_bank


def test_check_as_json_has_all_that_it_says_and_the_same_exit_code(
    run: Run, file: Path, tmp_path: Path
) -> None:
    damaged(file)
    config = write_user_file(tmp_path, "config.yaml", "colour: red\n")
    bank = write_user_file(tmp_path, "questions/mine.yaml", BANK)
    result = run("check", "--json")
    found = items_of(result, "check")
    assert result.exit_code == 2
    assert [item["level"] for item in found][:3] == ["error", "error", "error"]
    errors = [(item["file"], item["line"]) for item in found if item["level"] == "error"]
    assert errors == [(str(file), None), (str(file), None), (str(config), 1)]
    assert (str(bank), "note") in [(item["file"], item["level"]) for item in found]
    assert found[-1] == {
        "type": "finding", "level": "info", "file": str(file), "line": None,
        "what": "2 records, schema 3", "fix": "",
    }  # fmt: skip


def test_check_succeeds_with_warnings_only(run: Run, tmp_path: Path) -> None:
    write_user_file(tmp_path, "questions/mine.yaml", BANK)
    result = run("check", db=None)
    assert result.stdout.startswith("note: ")
    assert "no question asks who else to talk to" in result.stdout
    assert result.exit_code == 0


def test_check_notes_the_weaknesses_of_a_script(run: Run, tmp_path: Path) -> None:
    text = SCRIPT.replace("replies:", "outcome: scheduled").rpartition("\n      y:")[0]
    script = write_user_file(tmp_path, "scripts/ask.yaml", text)
    result = run("check", db=None)
    assert result.stdout.startswith(f"note: {script}, line 8: the opening does not say your name; write ")
    assert result.exit_code == 0


def test_check_shows_the_users_own_text_inert(run: Run, tmp_path: Path) -> None:
    write_user_file(tmp_path, "scripts/ask.yaml", SCRIPT.replace("kind: any", 'kind: "\\e[31m\\nred"'))
    result = run("check", db=None)
    assert "␛[31m␊red" in result.stdout
    assert_inert(result.stdout, lines=2)


def test_check_names_each_record_that_cannot_be_read(run: Run, file: Path) -> None:
    bad = damaged(file)
    result = run("check")
    assert result.exit_code == 2
    assert "contacts.2.kind: invalid enum value" in result.stderr
    assert "follow_ups.9: expected a record, got a whole number" in result.stderr
    assert result.stdout == f"{file}: 2 records, schema 3\n"
    assert_inert(result.stderr, lines=2)
    assert file.read_bytes() == bad


@needs_ordinary_user
def test_settings_that_may_not_be_read_are_reported(run: Run, file: Path, tmp_path: Path) -> None:
    save(file, LUIS)
    config = write_user_file(tmp_path, "config.yaml", "theme: light\n").parent
    config.chmod(0)
    result = run("check", db=None)
    config.chmod(0o700)
    assert result.exit_code == 2
    assert f"{config / 'config.yaml'}, line 1: permission denied; check with ls -l" in result.stdout
    assert f"{config / 'cadence.yaml'}, line 1: permission denied; check with ls -l" in result.stdout


@pytest.mark.parametrize(
    ("listing", "restoring"),
    [(["backups"], ["backups", "restore"]), (["check", "--restore"], ["check", "--restore"])],
    ids=["backups", "as it was written before"],
)
def test_a_backup_is_listed_with_what_it_holds_and_brought_back(
    run: Run, file: Path, listing: list[str], restoring: list[str]
) -> None:
    for words, code in ((listing, 0), ([*restoring, "1"], 2)):
        refused = run(*words)
        assert refused.exit_code == code
        assert_one_sentence(refused.stderr, f"there is no backup of {file} yet: ")
    run("add", "Ana Ruiz")
    before = file.read_bytes()
    run("add", "Tom Bell")
    listed = run(*listing)
    assert listed.exit_code == 0
    assert "1 contacts, 0 interviews" in listed.stdout
    for number in ("9", "0", "x", "٣"):
        refused = run(*restoring, number)
        assert refused.exit_code == 2
        assert_one_sentence(refused.stderr, f"no backup number {number}: warmcall backups lists 1 to 1")
    restored = run(*restoring, "1")
    assert restored.exit_code == 0
    assert "What was there is kept as" in restored.stdout
    assert file.read_bytes() == before
    assert "2 contacts" in run(*listing).stdout


def test_backups_as_json_have_the_number_to_bring_them_back_by(run: Run, file: Path) -> None:
    assert items_of(run("backups", "--json"), "backups") == []
    for name in ("Ana Ruiz", "Tom Bell"):
        run("add", name)
    (newest, *_) = items_of(run("backups", "--json"), "backups")
    assert (newest["number"], newest["contact_count"], newest["interview_count"]) == (1, 1, 0)
    assert Path(newest["file"]).parent == file.with_name("warmcall.json.backups")
    Path(newest["file"]).write_bytes(b"no backup")
    assert items_of(run("backups", "--json"), "backups")[0]["contact_count"] is None


def test_a_bad_file_comes_with_the_offer_of_the_newest_good_backup(run: Run, file: Path) -> None:
    run("add", "Ana Ruiz")
    run("add", "Tom Bell")
    file.write_bytes(file.read_bytes()[:-40])
    result = run("due")
    assert result.exit_code == 2
    assert "with warmcall backups restore, or" in result.stderr
    assert run("check", "--restore", "1").exit_code == 0
    assert run("due").exit_code == 0


def test_other_versions_of_the_file_are_named_with_what_they_hold_and_what_to_do(
    run: Run, file: Path
) -> None:
    save(file, LUIS)
    other = file.with_name("warmcall.sync-conflict-20261129-101500-ABCDEF7.json")
    other.write_bytes(file.read_bytes())
    file.with_name("warmcall.json\x1b.rej").write_text("@@")
    result = run("check")
    assert result.exit_code == 0
    assert f"note: {other}: another version of the state file" in result.output
    assert "(1 contacts, 0 interviews), left by" in result.output
    assert "program: warmcall merge " in result.output
    assert "warmcall.json␛.rej: another version of the state file" in result.output
    assert "(cannot be read)" in result.output
    assert_inert(result.output, 3)


def test_the_app_names_them_once_at_the_start(file: Path) -> None:
    save(file, LUIS)
    file.with_name("warmcall.json~").touch()
    state = StateFile(file)
    (notice,) = bootstrap._notices(state, state.load(), ())
    assert "warmcall.json~" in notice


def test_that_backups_were_thinned_for_lack_of_space_is_noted(
    run: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "LEAST_BOUND", 1)
    monkeypatch.setattr(backups, "TIMES_THE_STATE", 0)
    for name in ("Ana", "Ben", "Cem"):
        assert run("add", name).exit_code == 0
    result = run("check")
    assert result.exit_code == 0
    assert f"note: {file.parent / 'warmcall.json.backups'}: Backups would take more than" in result.output


def test_the_names_of_files_do_nothing_to_the_terminal(run: Run, file: Path, tmp_path: Path) -> None:
    state = tmp_path / "a\x1b]0;x\x07\n\u202eb" / "warmcall.json"
    save(state, LUIS)
    save(state, REFERRER)
    state.with_name("warmcall.sync-conflict-20261123-101500-\x1b[2J.json").write_bytes(state.read_bytes())
    outputs = [run(*words, db=state).stdout for words in (["check"], ["paths"], ["backups"])]
    assert "sync-conflict-20261123-101500-␛[2J.json" in outputs[0]
    for output in outputs:
        assert_inert(output, lines=output.count("\n"))
