"""Themes that users write: what they need not say, and what is wrong in them, by line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from warmcall.config.safe_files import YAML_BYTES
from warmcall.config.themes import (
    BACKGROUNDS,
    BUNDLED,
    COLOR_NAMES,
    TEXT_COLORS,
    ThemeColors,
    contrast,
    read_themes,
)

LEAST = 'dark: true\nforeground: "#dde6e8"\nbackground: "#001f27"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "themes").mkdir()
    return tmp_path


def write(folder: Path, text: str, name: str = "sea.yaml") -> str:
    path = folder / "themes" / name
    path.write_text(text)
    return str(path)


def test_without_a_folder_there_are_no_own_themes(tmp_path: Path) -> None:
    assert read_themes(tmp_path) == ((), ())


@pytest.mark.parametrize(("dark", "base"), [("true", BUNDLED[0]), ("false", BUNDLED[1])])
def test_hues_that_are_not_named_are_those_of_dark_or_light(
    folder: Path, dark: str, base: ThemeColors
) -> None:
    write(folder, f'dark: {dark}\nforeground: "#888"\nbackground: "#888888"\nerror: "#ABC"\n')
    (theme,) = read_themes(folder)[0]
    assert (theme.name, theme.dark, theme.own) == ("sea", dark == "true", True)
    assert theme.colors["primary"] == base.colors["primary"]
    assert theme.colors["error"] == "#aabbcc"
    assert {theme.colors[name] for name in ("surface", "panel", "selected", "rule", "muted")} == {"#888888"}


def test_everything_can_be_named(folder: Path) -> None:
    colors = {name: f"#{number:02x}{number:02x}ff" for number, name in enumerate(COLOR_NAMES)}
    write(folder, "name: sea\ndark: true\n" + "".join(f'{name}: "{colors[name]}"\n' for name in colors))
    (theme,) = read_themes(folder)[0]
    assert {name: theme.colors[name] for name in COLOR_NAMES} == colors


def test_what_is_mixed_can_be_read(folder: Path) -> None:
    write(folder, LEAST)
    write(folder, 'dark: false\nforeground: "#1b1b1b"\nbackground: "#fdf6e3"\n', "sand.yml")
    themes, problems = read_themes(folder)
    assert [theme.name for theme in themes] == ["sand", "sea"]
    assert problems == ()


@pytest.mark.parametrize(
    ("text", "line", "what", "fix"),
    [
        ("", 1, "the file is empty", "background:"),
        ("- dark", 1, "there are no colours by name", "background:"),
        ("dark: [", 1, "this is not YAML", "quotes"),
        (LEAST + "primry: '#fff'", 4, "there is no colour called “primry”", "“primary”"),
        (LEAST + "zzz: '#fff'", 4, "there is no colour called “zzz”", "there are foreground, muted"),
        (LEAST + "muted: blue", 4, "muted: “blue” is not a colour", '"#8fb0ee"'),
        (LEAST + "muted: '#ff'", 4, "muted: “#ff” is not a colour", '"#8fb0ee"'),
        (LEAST + "muted: '#fff '", 4, "muted: “#fff ” is not a colour", '"#8fb0ee"'),
        (LEAST + "muted: 123456", 4, "muted: “123456” is not a colour", "in quotes"),
        (LEAST + "muted: [1, 2]", 4, "muted: “[1, 2]” is not a colour", "in quotes"),
        (LEAST + "muted: #abcdef", 4, "muted: it is empty, as # begins a comment", "quotes"),
        (LEAST + 'muted: "\\e[31m"', 4, "muted: “", "in quotes"),
        (LEAST + "name: lake", 4, "name: “lake” is not the name of the file", "name: sea"),
        (LEAST.replace("true", "dusk"), 1, "dark: this is neither true nor false", "true or false"),
        (LEAST.replace("dark: true\n", ""), 1, "dark is missing", "dark: true"),
        ('dark: true\nforeground: "#fff"', 1, "background is missing", "background: "),
        ('dark: true\nbackground: "#000"', 1, "foreground is missing", "foreground: "),
        (LEAST + "dark: true", 4, "“dark” is there twice", "keep one"),
        ("#" * (YAML_BYTES + 1), 1, "at most 1 MB are read", "right file"),
    ],
)
def test_a_mistake_is_told_with_its_file_and_line_and_the_theme_is_not_used(
    folder: Path, text: str, line: int, what: str, fix: str
) -> None:
    path = write(folder, text)
    themes, (problem,) = read_themes(folder)
    assert themes == ()
    assert (problem.file, problem.line, problem.warning) == (path, line, False)
    assert what in problem.what
    assert fix in problem.fix
    assert "\x1b" not in str(problem)


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("my theme.yaml", "“my theme” cannot be the name of a theme"),
        ("on.yaml", "“on” cannot be the name of a theme"),
        ("a\x1b[31m.yaml", "cannot be the name of a theme"),
        ("dark.yaml", "“dark” is a theme of warmcall's own"),
    ],
)
def test_a_name_that_the_settings_could_not_hold_is_refused(folder: Path, name: str, what: str) -> None:
    write(folder, LEAST, name)
    themes, (problem,) = read_themes(folder)
    assert themes == ()
    assert what in problem.what


def test_two_files_of_one_name_are_one_theme_and_a_problem(folder: Path) -> None:
    write(folder, LEAST)
    write(folder, LEAST, "sea.yml")
    themes, (problem,) = read_themes(folder)
    assert [theme.name for theme in themes] == ["sea"]
    assert "there is another file for the theme “sea”" in problem.what


def test_a_folder_that_cannot_be_listed_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "themes").write_text("not a folder")
    themes, (problem,) = read_themes(tmp_path)
    assert themes == ()
    assert problem.what == "it cannot be listed: not a directory"


def test_no_pipe_is_read_and_no_link_that_leads_nowhere(folder: Path) -> None:
    os.mkfifo(folder / "themes/pipe.yaml")
    (folder / "themes/gone.yaml").symlink_to(folder / "nowhere")
    themes, problems = read_themes(folder)
    assert themes == ()
    assert [problem.file.rpartition("/")[2] for problem in problems] == ["gone.yaml", "pipe.yaml"]


def test_text_that_is_hard_to_read_is_a_warning_and_the_theme_is_used(folder: Path) -> None:
    write(folder, LEAST + 'primary: "#586e75"\n')
    (theme,), (problem,) = read_themes(folder)
    worst = min(contrast(theme.colors["primary"], theme.colors[under]) for under in BACKGROUNDS)
    assert (problem.line, problem.warning) == (4, True)
    assert problem.what.startswith(f"primary on selected has a contrast of {int(worst * 10) / 10}:1")
    assert "lighter" in problem.fix


def test_what_was_mixed_or_left_is_warned_of_at_the_background(folder: Path) -> None:
    write(folder, LEAST.replace("001f27", "707070"))
    problems = read_themes(folder)[1]
    assert {problem.line for problem in problems} <= {2, 3}
    assert len(problems) == len(TEXT_COLORS)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#ff0000", "#ff0000", 1.0)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    """Figures from https://webaim.org/resources/contrastchecker/."""
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)
