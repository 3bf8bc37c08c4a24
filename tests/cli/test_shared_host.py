"""A host of many: what a careers office gives to everybody, and that nobody can read anybody's file."""

from __future__ import annotations

import os
import stat
import tempfile
import traceback
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from warmcall.cli.bootstrap import write_output
from warmcall.cli.invocation import Invocation
from warmcall.cli.main import main
from warmcall.config.column_answers import ColumnAnswers
from warmcall.config.kept_holidays import KeptHolidays
from warmcall.config.paths import user_paths
from warmcall.config.settings import read_config
from warmcall.storage.drafts import write_draft
from warmcall.storage.state_file import StateFile

from tests.cli.conftest import Run, assert_one_sentence, write_user_file
from tests.cli.json_output import items_of
from tests.cli.test_files import SCRIPT
from tests.conftest import FakeClock
from tests.examples import LUIS, change
from tests.requirements import missing

ANA, TOM = 4321, 4322
"""The numbers of two users; they need no names."""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a careers office."""
    folder = tmp_path / "etc/warmcall"
    folder.mkdir(parents=True)
    for safe in (folder, folder.parent):
        safe.chmod(0o755)
    monkeypatch.setenv("XDG_CONFIG_DIRS", f"{folder.parent}:{tmp_path}/none")
    return folder


def give(office: Path, name: str, text: str) -> Path:
    path = office / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    path.parent.chmod(0o755)
    path.chmod(0o644)
    return path


def test_config_shows_what_is_the_offices_and_set_writes_the_users_own_file(
    run: Run, tmp_path: Path, office: Path
) -> None:
    of_office = give(office, "config.yaml", "country: NZ\nmouse: true\ntheme: sea\n")
    give(office, "themes/sea.yaml", 'dark: true\nforeground: "#fff"\nbackground: "#000"\n')
    own = write_user_file(tmp_path, "config.yaml", "mouse: false\n")
    before = of_office.read_bytes()
    for words, expected in (
        (
            [],
            {"country": ("NZ", "office", f"{of_office}, line 1"), "mouse": (False, "file", f"{own}, line 1")},
        ),
        (["set", "country", "US"], {"country": ("US", "file", f"{own}, line 2")}),
        (["set", "theme", "sea"], {"theme": ("sea", "file", f"{own}, line 3")}),
        (["set", "country", "--default"], {"country": ("NZ", "office", f"{of_office}, line 1")}),
    ):
        assert not words or run("config", *words).exit_code == 0
        found = {item["name"]: item for item in items_of(run("config", "--json"), "config")}
        for name, shown in expected.items():
            assert tuple(found[name][key] for key in ("value", "set_by", "origin")) == shown
    assert of_office.read_bytes() == before
    assert f"country: NZ, set in {of_office}\n" in run("check", db=None).stdout


def test_paths_shows_the_folders_of_the_office_the_most_important_first(
    run: Run, tmp_path: Path, office: Path
) -> None:
    found = {item["name"]: item for item in items_of(run("paths", "--json"), "paths")}
    assert (found["office"]["file"], found["office"]["exists"]) == (str(office), True)
    assert (found["office-2"]["file"], found["office-2"]["exists"]) == (f"{tmp_path}/none/warmcall", False)


def test_check_names_the_mistakes_of_the_office_and_a_user_is_not_stopped_by_them(
    run: Run, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = {
        give(office, "config.yaml", "bell: true\ncolour: red\n"): 2,
        give(office, "scripts/ask.yaml", SCRIPT): 10,
        give(office, "themes/sea.yaml", 'dark: true\nforeground: "#fff"\nbackground: red\n'): 3,
    }
    shown = run("check", db=None)
    assert shown.exit_code == 2
    assert all(f"\n{path}, line {line}: " in f"\n{shown.stdout}" for path, line in wrong.items())
    if os.geteuid() == 0:  # the files are root's, and the user somebody else
        monkeypatch.setattr(os, "geteuid", lambda: ANA)
        shown = run("check", db=None)
        assert shown.exit_code == 0
        assert all(f"note: {path}, line {line}: " in shown.stdout for path, line in wrong.items())
        assert "tell those who look after it: " in shown.stdout
    assert run("add", "Ana Ruiz").exit_code == 0
    office.chmod(0o777)
    assert f"{office}, line 1: it may be written by others; " in run("check", db=None).stdout


def test_days_off_of_the_office_are_no_business_days_unless_the_users_own_file_says_so(
    run: Run, tmp_path: Path, office: Path
) -> None:
    given = give(office, "holidays.yaml", "2026-11-24: Open day\n2026-11-25: Closed\n")
    write_user_file(tmp_path, "holidays.yaml", "2026-11-25:\n")
    run("add", "Ana Ruiz")
    run("log", "Ana", "no answer")
    (call,) = items_of(run("due", "--within", "9d", "--json"), "due")
    assert call["due"] == "2026-11-26", "a call in the afternoon counts from the next business day, the 25th"
    given.write_text("2026-11-24: Open day\nChristmas: Closed\n")
    assert f"{given}, line 2: “Christmas” is no day; " in run("check", db=None).stdout


@pytest.fixture
def homes() -> Iterator[dict[int, Path]]:
    """The homes of Ana and Tom, which others may enter, with a folder that others may read."""
    if os.geteuid() != 0:
        missing("only root can be two users")
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        found = {user: Path(place) / str(user) for user in (ANA, TOM)}
        for user, home in found.items():
            (home / "open").mkdir(parents=True)
            for folder in (home, home / "open"):
                os.chown(folder, user, user)
                folder.chmod(0o755)
        yield found


def as_user(user: int, home: Path, do: Callable[[], object]) -> str:
    """Have a process of that user, with a umask of 0, call `do`; return what went wrong."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        reason = ""
        try:
            os.setgroups([])
            os.setgid(user)
            os.setuid(user)
            os.umask(0)
            os.environ["HOME"] = str(home)
            os.chdir(home)
            do()
        except BaseException:
            reason = traceback.format_exc()
        os.write(writing, reason.encode()[-60_000:])
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        found = pipe.read().decode()
    os.waitpid(child, 0)
    return found


def command(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, words, obj=Invocation(clock=FakeClock(), locale=None))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stderr


def work(home: Path) -> None:
    """Make every kind of file that warmcall makes: of the usual state file, and of one in an open folder."""
    for db in ("", str(home / "open/mine.json")):
        option = ["--db", db] if db else []
        for words in (["add", "Ana Ruiz"], ["add", "Tom Bell"], ["config", "set", "theme", "light"]):
            assert command(*option, *words)[0] == 0, words
        paths = user_paths(Path(db) if db else None, os.environ)
        for path in (paths.log_file, paths.clipboard_file, paths.briefing_file, paths.calendar_file,
                     paths.export_file("csv")):  # fmt: skip
            write_output(paths, path, "words")
        write_draft(paths.drafts_folder, "2026-11-23 Mei Tanaka", b"To: mei@example.com\r\n\r\n")
        ColumnAnswers(paths.columns_file).keep(["Who"], {})
        KeptHolidays(paths.cache_folder, lambda _country, _year: {date(2026, 11, 26): "a"})("US", 2026)
        file = StateFile(paths.state_file, "UTC")
        file.save([change((None, LUIS))])
        file.load()
        assert file.keep_typed([change((LUIS, msgspec.structs.replace(LUIS, notes="what is typed")))])


def test_what_is_made_is_for_its_owner_alone_and_another_user_is_refused_with_a_sentence(
    homes: dict[int, Path],
) -> None:
    rehearsal = homes[ANA].parent / "rehearsal"
    rehearsal.mkdir()
    with pytest.MonkeyPatch.context() as patch:  # imports what the users may not be able to read
        patch.setenv("HOME", str(rehearsal))
        (rehearsal / "open").mkdir()
        work(rehearsal)
        assert command("--db", str(rehearsal / "gone.json"), "due")[0] == 2
    given = homes[ANA]
    assert as_user(ANA, given, lambda: work(given)) == ""
    made = [path for path in given.rglob("*") if path != given / "open"]
    modes = {str(path.relative_to(given)): stat.S_IMODE(path.lstat().st_mode) for path in made}
    expected = {name: 0o700 if (given / name).is_dir() else 0o600 for name in modes}
    assert modes == expected
    names = " ".join(modes)
    for kind in (
        ".lock", ".typing-", ".backups/", "/drafts/", ".cache/warmcall/holidays-US", "warmcall.log",
        "copied.txt", "interview.txt", "warmcall.ics", "export.csv", "columns.json", "config.yaml",
    ):  # fmt: skip
        assert kind in names
    loose = given / "open/loose.json"
    loose.write_bytes((given / "open/mine.json").read_bytes())
    os.chown(loose, ANA, ANA)
    loose.chmod(0o666)
    folders = {path for path in made if path.is_dir()}
    usual = given / ".local/share/warmcall/warmcall.json"

    def look() -> None:
        for path in made:
            with pytest.raises(PermissionError):
                os.listdir(path) if path in folders else path.read_bytes()
        for db, why in (
            (usual, "permission denied"),
            (given / "open/mine.json", "permission denied"),
            (loose, f"it belongs to another user (number {ANA})"),
        ):
            backups = [] if db == loose else [["backups"]]  # it has none
            for words in (["due"], ["list"], ["show", "Luis"], ["add", "Eve"], ["check"], *backups):
                code, said = command("--db", str(db), *words)
                assert code == 2, (db, words, said)
                assert_one_sentence(said, why)

    before = {path: path.read_bytes() for path in (*made, loose) if path.is_file()}
    assert as_user(TOM, homes[TOM], look) == ""
    assert {path: path.read_bytes() for path in before} == before
    assert [*homes[TOM].iterdir()] == [homes[TOM] / "open"]


def test_a_folder_of_the_offices_that_is_roots_is_used_by_each_user_and_one_of_a_users_by_them_alone(
    homes: dict[int, Path],
) -> None:
    place = homes[ANA].parent
    for owner, name in ((0, "etc"), (ANA, "hers")):
        (place / name / "warmcall").mkdir(parents=True)
        give(place / name / "warmcall", "config.yaml", "country: NZ\n")
        for path in (place / name, *(place / name).rglob("*")):
            os.chown(path, owner, owner)
            path.chmod(0o755 if path.is_dir() else 0o644)

    def look(name: str, country: str, why: str) -> None:
        paths = user_paths(None, {"XDG_CONFIG_DIRS": str(place / name)})
        config, problems = read_config(paths.config_file, paths.office_folders)
        said = " ".join(map(str, (*paths.office_problems, *problems)))
        assert config.country == country
        assert why in said
        assert bool(why) == bool(said)

    for user, name, country, why in (
        (ANA, "etc", "NZ", ""),
        (TOM, "etc", "NZ", ""),
        (ANA, "hers", "NZ", ""),
        (TOM, "hers", "", f"{place}/hers belongs to another user (number {ANA}), not to root"),
    ):
        assert as_user(user, homes[user], partial(look, name, country, why)) == ""
