"""What is given to everybody on a host: which folders it is in, what of it holds, and when it is refused."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from warmcall.config import office
from warmcall.config.library import Library
from warmcall.config.office import for_this_user, office_folders, usable_folders
from warmcall.config.paths import content, user_paths
from warmcall.config.safe_files import FileRefused
from warmcall.config.settings import Config, read_config
from warmcall.config.themes import read_themes
from warmcall.config.yaml_source import Problem
from warmcall.domain.message import Purpose

from tests.config.test_library import BANK, MESSAGE, SCRIPT
from tests.config.test_library import write as write_open
from tests.examples import only

THEME = 'dark: true\nforeground: "#ffffff"\nbackground: "{}"\n'


def write(folder: Path, name: str, text: str | bytes) -> Path:
    """Write a file that its owner alone may change, whatever the umask."""
    path = write_open(folder, name, text)
    path.chmod(0o644)
    for above in path.parents:
        if above.is_relative_to(folder.parent):
            above.chmod(0o755)
    return path


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Two folders for everybody, the most important last."""
    for name in ("less", "more"):
        write(tmp_path / name / "warmcall", "note.txt", "")
    return tmp_path / "less/warmcall", tmp_path / "more/warmcall"


@pytest.mark.parametrize(
    ("variable", "expected"),
    [
        (None, ["/etc/xdg/warmcall"]),
        ("", ["/etc/xdg/warmcall"]),
        ("/more:/less", ["/less/warmcall", "/more/warmcall"]),
        ("/a::relative:~/b:/c:/a:/d\0", ["/c/warmcall", "/a/warmcall"]),
        ("/home/me/.config:/c", ["/c/warmcall"]),
    ],
)
def test_the_folders_are_those_of_the_variable_the_most_important_last(
    variable: str | None, expected: list[str]
) -> None:
    environ = {} if variable is None else {"XDG_CONFIG_DIRS": variable}
    assert [*map(str, office_folders(environ, Path("/home/me/.config/warmcall")))] == expected


def test_those_that_are_there_are_used_and_the_others_cost_one_look_each(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    parents = ":".join([str(folders[1].parent), "/nowhere", str(folders[0].parent)])
    paths = user_paths(None, {"XDG_CONFIG_DIRS": parents})
    assert (paths.office_folders, paths.office_problems) == (folders, ())

    def refuse(folder: Path) -> None:
        raise AssertionError(f"looked into {folder}")

    monkeypatch.setattr(office, "check_folder", refuse)
    assert usable_folders([Path("/nowhere/warmcall")]) == ((), ())


def test_the_users_settings_come_before_the_offices_and_those_of_the_first_folder_before_the_others(
    tmp_path: Path, folders: tuple[Path, Path]
) -> None:
    write(folders[0], "config.yaml", "country: DE\nzone: Europe/Berlin\ntheme: sea\nkeymap: qwertz\n")
    write(folders[0], "themes/sea.yaml", "")
    write(folders[1], "config.yaml", "country: US\nbell: false\nmouse: true\n")
    mine = write(tmp_path / "mine", "config.yaml", "theme: light\nmouse: false\n")
    config, problems = read_config(mine, folders)
    assert problems == ()
    assert config == Config(theme="light", country="US", zone="Europe/Berlin", bell=False, keymap="qwertz")
    mine.write_text('theme: sea\ncountry: ""\n')
    config, problems = read_config(mine, folders)
    assert (config.theme, config.country, config.mouse, problems) == ("sea", "", True, ())


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("bell: false\ncolour: red\n", 2, "there is no setting “colour”"),
        ("bell: false\ntheme: mine\n", 2, "there is no theme “mine”"),
        ("bell: false\n\nkeymap: keys.yaml\n", 3, "keys of one's own cannot be given to everybody"),
        ("bell: [\n", 1, "this is not YAML"),
    ],
)
def test_a_mistake_in_the_offices_settings_names_file_and_line_and_the_users_own_hold(
    tmp_path: Path, folders: tuple[Path, Path], text: str, line: int, what: str
) -> None:
    path = write(folders[0], "config.yaml", text)
    write(tmp_path / "mine", "themes/mine.yaml", "")
    mine = write(tmp_path / "mine", "config.yaml", "country: US\n")
    config, problems = read_config(mine, folders)
    found = only(problems)
    assert (found.file, found.line) == (str(path), line)
    assert what in found.what
    assert config == Config(country="US", bell="bell: false" not in text)


def test_each_part_of_the_library_is_the_users_before_the_offices_before_the_bundled_one(
    tmp_path: Path, folders: tuple[Path, Path], library: Library
) -> None:
    less, more, mine = *folders, tmp_path / "mine"
    for folder, title in ((less, "Less"), (more, "More"), (mine, "Own")):
        (folder / "scripts").mkdir(parents=True)
        write(folder, f"messages/{title}.yaml", MESSAGE.replace("mine", f"a-{title}").replace("Mine", title))
    for folder, id_, title in (
        (less, "x", "Less"),
        (more, "x", "More"),
        (less, "y", "Less"),
        (mine, "y", "Own"),
    ):
        write(folder, f"scripts/{id_}.yaml", SCRIPT.replace("id: ask", f"id: {id_}").replace("Ask", title))
    write(less, "questions/bank.yaml", BANK)
    write(more, "questions/bank.yaml", BANK.replace("id: mine", "id: more"))
    write(less, "cadence.yaml", "noon_hour: 10\nquestions_min: 2\n")
    write(more, "cadence.yaml", "noon_hour: 11\n")
    write(mine, "cadence.yaml", "questions_min: 3\n")
    found = Library(content(), mine, folders)
    assert found.problems == ()
    assert (found.scripts["x"].title, found.scripts["y"].title) == ("More", "Own")
    assert library.scripts.keys() < found.scripts.keys()
    assert [*found.banks][:2] == ["more", "mine"]
    assert (found.cadence.noon_hour, found.cadence.questions_min) == (11, 3)
    titles = [template.title for template in found.messages_for(Purpose.ASK)]
    assert titles[:4] == ["Own", "More", "Less", library.messages_for(Purpose.ASK)[0].title]


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("scripts/a.yaml", SCRIPT.replace("go: book", "go: nowhere"), 10),
        ("questions/a.yaml", BANK.replace("kind: practitioner", "kind: cat"), 3),
        ("messages/a.yaml", MESSAGE.replace("for: ask", "for: fun"), 3),
        ("cadence.yaml", "noon_hour: 12\nnoon: 11\n", 2),
        ("ranking.yaml", "cats: 1\n", 1),
        ("preparation.yaml", "items:\n  - {id: 3}\n", 2),
        ("sources.yaml", "sources:\n  - {source: cat}\n", 2),
        ("job_questions.yaml", "- a\n", 1),
    ],
)
def test_a_mistake_in_the_offices_library_names_file_and_line_and_that_file_is_not_used(
    tmp_path: Path, folders: tuple[Path, Path], library: Library, name: str, text: str, line: int
) -> None:
    path = write(folders[1], name, text)
    found = Library(content(), tmp_path / "mine", folders)
    problem = next(problem for problem in found.problems if not problem.warning)
    assert (problem.file, problem.line) == (str(path), line)
    assert found.scripts.keys() == library.scripts.keys()
    assert (found.cadence, found.ranking) == (library.cadence, library.ranking)


def test_themes_of_the_office_can_be_chosen_and_the_users_replace_them(
    tmp_path: Path, folders: tuple[Path, Path]
) -> None:
    write(folders[0], "themes/sea.yaml", THEME.format("#000001"))
    write(folders[0], "themes/sand.yaml", THEME.format("#000002"))
    wrong = write(folders[1], "themes/dark.yaml", THEME.format("#000003"))
    write(tmp_path / "mine", "themes/sea.yaml", THEME.format("#000004"))
    themes, problems = read_themes(tmp_path / "mine", folders)
    assert {theme.name: theme.colors["background"] for theme in themes} == {
        "sea": "#000004", "sand": "#000002",
    }  # fmt: skip
    assert only(problems).file == str(wrong)


def _open_to_a_group(folder: Path) -> None:
    if os.geteuid() == 0:
        os.chown(folder, -1, 4242)
    folder.chmod(0o775)


def _a_file(folder: Path) -> None:
    folder.rename(folder.parent / "x")
    folder.touch()


def _a_circle(folder: Path) -> None:
    folder.rename(folder.parent / "x")
    folder.symlink_to(folder)


def _a_link_to_where_others_write(folder: Path) -> None:
    folder.rename(folder.parent / "x")
    (folder.parent / "x").chmod(0o777)
    folder.symlink_to("x")


UNSAFE: dict[str, tuple[Callable[[Path], None], str]] = {
    "the folder is open to all": (lambda folder: folder.chmod(0o777), "it may be written by others"),
    "so it is, though with files of each": (
        lambda folder: folder.chmod(0o1777),
        "it may be written by others",
    ),
    "the one above is": (lambda folder: folder.parent.chmod(0o777), "more may be written by others"),
    "a group may write": (_open_to_a_group, "it may be written by others"),
    "it is a file": (_a_file, "it is no folder"),
    "a link leads in a circle": (_a_circle, "symbolic links lead in a circle"),
    "a link leads to where others write": (_a_link_to_where_others_write, "x may be written by others"),
}


@pytest.mark.parametrize("case", UNSAFE)
def test_a_folder_that_others_may_write_is_refused_with_a_sentence_and_nothing_in_it_is_used(
    folders: tuple[Path, Path], case: str
) -> None:
    if case == "a group may write" and os.geteuid() != 0 and os.getegid() == 0:
        return  # root's group is as good as root
    make, what = UNSAFE[case]
    make(folders[1])
    usable, problems = usable_folders(folders)
    assert usable == folders[:1]
    found = only(problems)
    assert found.file == str(folders[1])
    assert what in found.what
    assert found.fix


def test_a_link_of_roots_or_ones_own_is_followed(folders: tuple[Path, Path], tmp_path: Path) -> None:
    write(tmp_path / "elsewhere", "config.yaml", "country: NZ\n")
    (folders[0] / "note.txt").unlink()
    folders[0].rmdir()
    folders[0].symlink_to("../elsewhere")
    (folders[1] / "config.yaml").symlink_to(folders[0] / "../elsewhere/config.yaml")
    assert usable_folders(folders) == (folders, ())
    for used in folders:
        assert read_config(tmp_path / "mine/config.yaml", [used]) == (Config(country="NZ"), ())


@pytest.mark.parametrize(
    "name", ["config.yaml", "scripts/a.yaml", "scripts", "cadence.yaml", "themes/sea.yaml"]
)
def test_what_others_may_write_in_a_safe_folder_is_refused_and_the_rest_is_used(
    tmp_path: Path, folders: tuple[Path, Path], library: Library, name: str
) -> None:
    write(folders[0], "config.yaml", "country: US\n")
    write(folders[0], "scripts/a.yaml", SCRIPT)
    write(folders[0], "cadence.yaml", "noon_hour: 10\n")
    write(folders[0], "themes/sea.yaml", THEME.format("#000001"))
    unsafe = folders[0] / name
    unsafe.chmod(stat.S_IMODE(unsafe.stat().st_mode) | stat.S_IWOTH)
    config, in_settings = read_config(tmp_path / "mine/config.yaml", folders)
    found = Library(content(), tmp_path / "mine", folders)
    themes, in_themes = read_themes(tmp_path / "mine", folders)
    problem = only([*in_settings, *found.problems, *in_themes])
    assert problem.file == str(unsafe)
    assert "may be written by others" in problem.what
    assert problem.fix == f"chmod go-w {unsafe}"
    used = {
        "config.yaml": config.country == "US",
        "scripts/a.yaml": "ask" in found.scripts,
        "scripts": "ask" in found.scripts,
        "cadence.yaml": found.cadence.noon_hour == 10,
        "themes/sea.yaml": bool(themes),
    }
    affected = {part for part in used if part.startswith(name)} | {name} | {name.partition("/")[0]} & {*used}
    assert {part for part, is_used in used.items() if not is_used} == affected


@pytest.mark.parametrize(
    ("owner", "group", "mode", "reason"),
    [
        (0, 0, 0o755, ""),
        (1000, 1000, 0o755, ""),
        (0, 0, 0o775, ""),
        (0, 50, 0o775, "may be written by others: chmod go-w /x"),
        (0, 0, 0o757, "may be written by others: chmod go-w /x"),
        (1001, 0, 0o755, "it belongs to another user (number 1001), not to root: chown root /x"),
        (1001, 0, 0o700, "it belongs to another user (number 1001), not to root: chown root /x"),
    ],
)
def test_it_is_roots_or_the_users_and_nobody_elses_to_write(
    monkeypatch: pytest.MonkeyPatch, owner: int, group: int, mode: int, reason: str
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    root = os.stat_result((stat.S_IFDIR | 0o755, 0, 0, 1, 0, 0, 0, 0, 0, 0))
    found = os.stat_result((stat.S_IFDIR | mode, 0, 0, 1, owner, group, 0, 0, 0, 0))
    monkeypatch.setattr(Path, "lstat", lambda self: found if self == Path("/x") else root)
    if not reason:
        office.check_folder(Path("/x"))
        return
    with pytest.raises(FileRefused) as refused:
        office.check_folder(Path("/x"))
    assert reason in str(refused.value)


def test_to_those_who_do_not_look_after_it_a_mistake_of_the_offices_is_a_note(
    tmp_path: Path, folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(folders[0], "config.yaml", "")
    wrong = Problem(str(path), 2, "wrong", "right it")
    weak = Problem(str(path), 3, "long", "cut it", warning=True)
    mine = Problem(str(tmp_path / "mine.yaml"), 1, "wrong", "right it")
    assert for_this_user([wrong, weak, mine], folders) == (wrong, weak, mine)
    monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
    note = Problem(str(path), 2, "wrong", "tell those who look after it: right it", warning=True)
    assert for_this_user([wrong, weak, mine], folders) == (note, mine)
