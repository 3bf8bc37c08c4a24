from __future__ import annotations

import hashlib
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from warmcall.cli.bootstrap import write_output
from warmcall.config.library import Library
from warmcall.config.paths import user_paths
from warmcall.config.safe_files import FileRefused
from warmcall.domain.countdown import Countdown
from warmcall.domain.records import AnyRecord
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.formats.icalendar import calendar_file
from warmcall.formats.markdown import markdown
from warmcall.formats.tables import as_json, contacts_csv
from warmcall.presentation.full_record import full_record

from tests.cli.conftest import Run, assert_inert, assert_one_sentence, save
from tests.conftest import Bench, FakeClock
from tests.examples import LUIS, contact, follow_up, interview, pool_person, question, target
from tests.requirements import needs_ordinary_user

MEI = contact(id="mei", name="Mei Tanaka", organization="Northgate Agency", notes="# not a heading")
WITH_MEI = interview("2026-11-25 14:00", id="with mei", contact_id="mei", checklist=(question("a"),))
WITH_LUIS = interview("2026-11-24 10:00", id="with luis")


def test_everyone_goes_to_standard_output(run: Run, file: Path) -> None:
    save(file, LUIS, MEI, WITH_MEI)
    before = file.read_bytes()
    result = run("export", "md")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("# warmcall\n\n2 contacts, written 2026-11-23 ")
    assert [line for line in result.stdout.splitlines() if line.startswith("## ")] == [
        "## Luis Ortega",
        "## Mei Tanaka",
    ]
    assert "\n  - \\# not a heading\n" in result.stdout
    page = run("export", "html").stdout
    assert page.startswith("<!DOCTYPE html>\n")
    assert all(f">{name}</h2>" in page for name in ("Luis Ortega", "Mei Tanaka"))
    assert file.read_bytes() == before


def test_without_a_file_there_is_a_title_and_none_is_made(run: Run, tmp_path: Path) -> None:
    result = run("export", "md", db=None)
    assert result.exit_code == 0
    assert result.stdout.startswith("# warmcall\n\n0 contacts")
    assert list((tmp_path / "home").iterdir()) == []


@pytest.mark.parametrize(
    ("who", "title"), [([], "# Luis Ortega"), (["mei"], "# Mei Tanaka"), (["Ortega"], "# Luis Ortega")]
)
def test_the_page_of_the_next_meeting_or_of_the_one_named(
    run: Run, file: Path, who: list[str], title: str
) -> None:
    save(file, LUIS, MEI, WITH_MEI, WITH_LUIS)
    result = run("export", "md", "--interview", *who)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"{title}\n")
    assert "\n## Have ready · 0 of 10\n\n- [ ] Day and time confirmed\n" in result.stdout
    assert all(len(line) <= 78 for line in result.stdout.splitlines())


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ([], "no interview is planned"),
        (["luis"], "no interview is planned with Luis Ortega"),
        (["zoe\n"], "nobody you know has “zoe␊” in the name"),
    ],
)
def test_without_a_meeting_a_sentence_says_so(run: Run, file: Path, who: list[str], words: str) -> None:
    save(file, LUIS)
    result = run("export", "md", "--interview", *who)
    assert (result.exit_code, result.stdout) == (2, "")
    assert_one_sentence(result.stderr, words)


def test_if_several_people_match_they_are_named(run: Run, file: Path) -> None:
    other = contact(id="meike", name="Meike Brandt")
    save(file, MEI, other, WITH_MEI, interview("2026-11-26 10:00", id="third", contact_id="meike"))
    result = run("export", "md", "--interview", "mei")
    assert (result.exit_code, result.stdout) == (2, "")
    assert_one_sentence(result.stderr, "Mei Tanaka, Northgate Agency; Meike Brandt")


def test_a_file_is_for_its_owner_alone_and_says_where_it_is(run: Run, file: Path, tmp_path: Path) -> None:
    save(file, LUIS, WITH_LUIS)
    page = tmp_path / "page.md"
    result = run("export", "md", "--interview", "-o", str(page))
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"Written to {page}" in result.stderr
    assert page.read_text(encoding="utf-8") == run("export", "md", "--interview", "-o", "-").stdout
    assert stat.S_IMODE(page.stat().st_mode) == 0o600


def test_a_file_that_is_there_is_written_over_only_with_force(run: Run, file: Path, tmp_path: Path) -> None:
    save(file, LUIS)
    mine = tmp_path / "mine.md"
    mine.write_text("mine")
    mine.chmod(0o644)
    result = run("export", "md", "-o", str(mine))
    assert (result.exit_code, result.stdout, mine.read_text()) == (2, "", "mine")
    assert_one_sentence(result.stderr, "exists already: --force overwrites it")
    assert run("export", "md", "-o", str(mine), "--force").exit_code == 0
    assert mine.read_bytes().startswith(b"# warmcall\n")
    assert stat.S_IMODE(mine.stat().st_mode) == 0o600


@pytest.mark.parametrize("form", ["csv", "ics", "json", "md"])
def test_the_state_file_is_never_written_over(run: Run, file: Path, tmp_path: Path, form: str) -> None:
    """Other names of it, and the other files of ours, are in tests/storage/test_own_files.py."""
    save(file, LUIS)
    os.link(file, tmp_path / "link")
    before = file.read_bytes(), file.stat(), sorted(file.parent.iterdir())
    for place in (file, tmp_path / "link"):
        result = run("export", form, "-o", str(place), "--force")
        assert (result.exit_code, result.stdout) == (2, "")
        assert_one_sentence(result.stderr, "it is the state file. Nothing was written: name another file")
    assert (file.read_bytes(), file.stat(), sorted(file.parent.iterdir())) == before


@pytest.mark.parametrize("name", ["copied.txt", "interview.txt", "warmcall.ics", "warmcall.log"])
def test_a_state_file_with_the_name_of_an_output_is_not_written_over(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    save(file, LUIS)
    before = file.read_bytes()
    with pytest.raises(FileRefused, match="it is the state file"):
        write_output(user_paths(file, {}), file, "a long text that was copied")
    assert file.read_bytes() == before


@pytest.mark.parametrize("force", [[], ["--force"]])
def test_where_nothing_can_be_written_a_sentence_says_why(
    run: Run, file: Path, tmp_path: Path, force: list[str]
) -> None:
    save(file, LUIS)
    link = tmp_path / "link.md"
    link.symlink_to(tmp_path / "elsewhere.md")
    for place in (tmp_path / "gone" / "x.md", tmp_path, link):
        result = run("export", "md", "-o", str(place), *force)
        assert (result.exit_code, result.stdout) == (2, ""), place
        assert_one_sentence(result.stderr, "Nothing was written")
    assert not (tmp_path / "gone").exists()
    assert not (tmp_path / "elsewhere.md").exists()


@pytest.mark.parametrize("force", [[], ["--force"]])
def test_a_pipe_and_a_device_are_no_file_to_write_to(
    run: Run, file: Path, tmp_path: Path, force: list[str]
) -> None:
    save(file, LUIS)
    os.mkfifo(tmp_path / "pipe")
    mode = Path("/dev/null").stat().st_mode
    for place, words in ((tmp_path / "pipe", "it is a named pipe"), (Path("/dev/null"), "it is a device")):
        result = run("export", "csv", "-o", str(place), *force)
        assert (result.exit_code, result.stdout) == (2, "")
        assert_one_sentence(result.stderr, f"{place}: {words}")
    assert Path("/dev/null").stat().st_mode == mode


@pytest.mark.parametrize("name", ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_standard_output_has_names(run: Run, file: Path, name: str) -> None:
    save(file, LUIS)
    result = run("export", "json", "-o", name)
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout)["contacts"][0]["name"] == "Luis Ortega"


@needs_ordinary_user
@pytest.mark.parametrize("name", ["x.md", "folder/x.md"])
def test_no_file_is_written_into_a_closed_folder(run: Run, file: Path, tmp_path: Path, name: str) -> None:
    save(file, LUIS)
    shut = tmp_path / "shut"
    (shut / "folder").mkdir(parents=True)
    shut.chmod(0)
    result = run("export", "md", "-o", str(shut / name))
    shut.chmod(0o700)
    assert (result.exit_code, result.stdout) == (2, "")
    assert_one_sentence(result.stderr, "permission denied. Nothing was written")


@pytest.mark.parametrize("command", [("export", "md"), ("report",)])
def test_it_is_utf_8_whatever_the_locale_and_starts_no_screen(file: Path, command: tuple[str, ...]) -> None:
    save(file, contact(name="佐藤 由美 ★"), target(role="佐藤 由美 ★"))
    code = (
        "import sys; from warmcall.cli.main import main\n"
        "try: main()\n"
        "finally: print('textual' in sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--db", str(file), *command],
        capture_output=True,
        timeout=20,
        check=False,
        env=dict(os.environ)
        | {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert done.returncode == 0
    assert "# 佐藤 由美 ★" in done.stdout.decode("utf-8")
    assert done.stderr.decode().split() == ["False"]


def test_practice_of_an_interview_is_refused_while_one_runs(
    run: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warmcall.cli.launch._require_terminal", lambda: None)
    running = Countdown().start(FakeClock().now())
    save(file, LUIS, interview(countdown=running))
    result = run("practice", "--interview")
    assert (result.exit_code, result.stdout) == (2, "")
    assert_one_sentence(result.stderr, "An interview is running: practise when it is over")


def test_the_calendar_goes_to_standard_output_or_to_a_file_for_its_owner_alone(
    run: Run, file: Path, tmp_path: Path
) -> None:
    save(file, LUIS, MEI, WITH_MEI, WITH_LUIS)
    before = file.read_bytes()
    result = run("export", "ics")
    assert (result.exit_code, result.stderr) == (0, "")
    summaries = [line for line in result.stdout_bytes.split(b"\r\n") if line.startswith(b"SUMMARY")]
    assert summaries == [b"SUMMARY:Interview: Luis Ortega", b"SUMMARY:Interview: Mei Tanaka"]
    assert b"not a heading" not in result.stdout_bytes
    assert "not a heading" in run("export", "ics", "--notes").stdout
    mine = tmp_path / "mine.ics"
    assert run("export", "ics", "-o", str(mine)).exit_code == 0
    assert mine.read_bytes() == result.stdout_bytes
    assert stat.S_IMODE(mine.stat().st_mode) == 0o600
    assert run("export", "ics", "-o", str(mine)).exit_code == 2
    assert run("export", "ics", "-o", str(mine), "--force").exit_code == 0
    assert file.read_bytes() == before


def test_without_a_file_the_calendar_is_empty(run: Run, tmp_path: Path) -> None:
    result = run("export", "ics", db=None)
    assert result.exit_code == 0
    assert result.stdout_bytes.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"VEVENT" not in result.stdout_bytes
    assert list((tmp_path / "home").iterdir()) == []


def test_records_and_contacts_go_out_as_json_and_csv(run: Run, file: Path, tmp_path: Path) -> None:
    save(file, contact(id="luis", name="=cmd()", phone="+1 312 555 0142"), MEI, WITH_MEI)
    records = json.loads(run("export", "json").stdout)
    assert [item["name"] for item in records["contacts"]] == ["=cmd()", "Mei Tanaka"]
    assert records["interviews"][0]["contact_id"] == "mei"
    lines = run("export", "csv").stdout_bytes.split(b"\r\n")
    assert lines[0].startswith(b"name,kind,")
    assert lines[1].startswith(b"'=cmd(),practitioner,,,+1 312 555 0142,")
    mine = tmp_path / "mine.csv"
    assert run("export", "csv", "-o", str(mine)).exit_code == 0
    assert stat.S_IMODE(mine.stat().st_mode) == 0o600


def calls_of(export: Callable[[], str]) -> tuple[int, int]:
    """Return how many functions an export calls, and how many characters it writes."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        text = export()
    finally:
        sys.setprofile(None)
    return calls, len(text)


@pytest.mark.parametrize("more", ["people", "words"])
@pytest.mark.parametrize("name", ["md", "ics", "json", "csv"])
def test_the_work_of_an_export_grows_no_faster_than_what_it_writes(
    library: Library, name: str, more: str
) -> None:
    def work(people: int, lines: int) -> tuple[int, int]:
        notes = "Reading *other* people's spreadsheets, ＝ as nobody tells you.\n" * lines
        records: list[AnyRecord] = []
        for number in range(people):
            of = {"contact_id": f"c{number}"}
            records += [
                contact(id=f"c{number}", name=f"Person {number}", notes=notes),
                follow_up(FollowUpKind.CALL, id=f"f{number}", note=notes, **of),
                interview(id=f"i{number}", notes={"": notes}, **of),
            ]
        services = Bench(library, store=Store(records)).services
        store, time = services.store, services.time
        exports: dict[str, Callable[[], str]] = {
            "md": lambda: markdown(full_record(services)),
            "ics": lambda: calendar_file(store, time.now(), time.calendar, notes=True),
            "json": lambda: as_json(store),
            "csv": lambda: contacts_csv(store),
        }
        return calls_of(exports[name])

    work(1, 1)
    calls, size = work(8, 8)
    more_calls, more_size = work(*((32, 8) if more == "people" else (8, 32)))
    assert more_size > 2 * size
    assert more_calls < 1.1 * calls * more_size / size
    if name == "md":  # ten calls a character took a minute where the CSV took two seconds
        assert more_calls < 2 * more_size


def test_a_folder_has_a_file_for_each_event_and_says_what_came_of_it(
    run: Run, file: Path, tmp_path: Path
) -> None:
    """What is written there, and what is kept, is in tests/storage/test_vdir.py."""
    folder = tmp_path / "calendar"
    save(file, LUIS, MEI, WITH_MEI, WITH_LUIS)
    result = run("export", "ics", "--vdir", str(folder))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"{folder}: 2 written, 0 removed, 0 unchanged.\n"
    with_mei = folder / f"{hashlib.sha256(b'with mei@warmcall').hexdigest()[:32]}.ics"
    assert b"SUMMARY:Interview: Mei Tanaka\r\n" in with_mei.read_bytes()
    with_mei.write_bytes(with_mei.read_bytes().replace(b"SUMMARY:", b"SUMMARY:Tea\x1b\xc2\x9b and "))
    result = run("export", "ics", "--vdir", str(folder))
    assert (result.exit_code, result.stdout) == (0, f"{folder}: 0 written, 0 removed, 1 unchanged, 1 kept.\n")
    assert_one_sentence(result.stderr, "another program changed “Interview: Mei Tanaka”, so it is kept")
    (folder / "x.ics").write_bytes(with_mei.read_bytes().replace(b"with mei", b"gone\x07"))
    assert_inert(run("export", "ics", "--vdir", str(folder)).stderr, 2)
    assert run("export", "ics", "--vdir", str(folder), "--force").stderr == ""
    assert [path.name for path in sorted(folder.iterdir()) if b"Tea" in path.read_bytes()] == []


def test_a_folder_of_cards_has_one_for_each_contact(run: Run, file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cards"
    save(file, LUIS, MEI, pool_person())
    assert run("export", "vcf", "--vdir", str(folder)).stdout.endswith(
        ": 2 written, 0 removed, 0 unchanged.\n"
    )
    assert b"FN:Mei Tanaka\r\n" in (folder / "warmcall-mei.vcf").read_bytes()
    with_pool = run("export", "vcf", "--pool", "--vdir", str(folder))
    assert (with_pool.exit_code, with_pool.stderr) == (0, "")
    assert with_pool.stdout.endswith(": 1 written, 0 removed, 2 unchanged.\n")
    assert run("export", "vcf", "--vdir", str(folder)).stdout.endswith(
        ": 0 written, 1 removed, 2 unchanged.\n"
    )


def test_a_folder_and_a_file_are_not_both_written(run: Run, file: Path, tmp_path: Path) -> None:
    save(file, LUIS)
    file.with_name(f"{file.name}.backups").mkdir()
    for places, words in (
        (("--vdir", "x", "-o", "y"), "--vdir names a folder and -o a file: give one of them"),
        (("--vdir", str(tmp_path / "gone" / "calendar")), "there is no folder"),
        (("--vdir", str(file.with_name(f"{file.name}.backups"))), "it is a backup of the state file"),
    ):
        result = run("export", "ics", *places)
        assert (result.exit_code, result.stdout) == (2, "")
        assert_one_sentence(result.stderr, words)
    assert not (tmp_path / "gone").exists()
