"""The page of signs and colours, and themes of one's own in the commands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from warmcall.cli.ansi import ColorDepth, ansi_line, color_depth
from warmcall.config.themes import BUNDLED, BUNDLED_NAMES, COLOR_NAMES, ThemeColors
from warmcall.domain.vocabulary import Stage
from warmcall.presentation.theme_page import theme_page
from wcwidth import wcswidth

from tests.cli.conftest import Run, assert_inert, write_user_file

SEA = 'dark: true\nforeground: "#dde6e8"\nbackground: "#001f27"\n'
COLORS = {"foreground": "#ffffff", "background": "#000000", "warning": "#ff8700", "muted": "#808080"}
TERMINAL = {"foreground": "ansi_default", "background": "ansi_default", "warning": "ansi_red"}


@pytest.mark.parametrize("theme", BUNDLED, ids=BUNDLED_NAMES)
def test_the_page_names_every_sign_stage_and_colour(run: Run, theme: ThemeColors) -> None:
    name = theme.name
    result = run("theme", name)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Theme {name}")
    assert "\x1b" not in result.stdout
    assert [line for line in result.stdout.splitlines() if wcswidth(line) > 80] == []
    stages = (stage.replace("_", " ") for stage in Stage)
    for words in (*COLOR_NAMES, *stages, "☎ c", "✉ w", "◷ m", "◆ p", "➤ t"):
        assert words in result.stdout


def test_without_a_name_it_is_the_theme_of_the_settings(run: Run, tmp_path: Path) -> None:
    assert run("theme").stdout.startswith("Theme dark ")
    write_user_file(tmp_path, "config.yaml", "theme: sea\n")
    write_user_file(tmp_path, "themes/sea.yaml", SEA)
    said = run("theme").stdout
    assert said.startswith("Theme sea · your own colours\n")
    assert "background   #001f27" in said
    assert said.splitlines()[-1] == "Themes: dark, light, contrast, terminal, sea"


def test_a_theme_that_is_not_there_is_told_with_those_there_are(run: Run) -> None:
    result = run("theme", "s\x1b[31mea")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.endswith("”: use one of dark, light, contrast, terminal.\n")
    assert_inert(result.stderr, 1)


def test_with_ascii_in_the_settings_the_page_is_ascii(run: Run, tmp_path: Path) -> None:
    write_user_file(tmp_path, "config.yaml", "ascii: true\n")
    assert run("theme").stdout.isascii()


def test_check_names_the_faults_of_a_theme_and_warns_of_contrast(run: Run, tmp_path: Path) -> None:
    path = write_user_file(tmp_path, "themes/sea.yaml", SEA + 'muted: "#335a64"\n')
    result = run("check", db=None)
    assert result.exit_code == 0
    assert f"note: {path}, line 4: muted on selected has a contrast of 1." in result.stdout
    path.write_text(SEA + "muted: grey\n")
    result = run("check", db=None)
    assert result.exit_code == 2
    assert f"{path}, line 4: muted: “grey” is not a colour; write six digits" in result.stdout


@pytest.mark.parametrize(
    ("environ", "is_terminal", "depth"),
    [
        ({"TERM": "xterm-256color"}, True, ColorDepth.MANY),
        ({"TERM": "xterm-kitty"}, True, ColorDepth.MANY),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, True, ColorDepth.ALL),
        ({"TERM": "linux"}, True, ColorDepth.SIXTEEN),
        ({"TERM": "dumb"}, True, ColorDepth.NONE),
        ({}, True, ColorDepth.NONE),
        ({"TERM": "xterm-256color"}, False, ColorDepth.NONE),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, True, ColorDepth.NONE),
    ],
)
def test_the_terminal_says_how_many_colours_a_page_can_have(
    environ: dict[str, str], is_terminal: bool, depth: ColorDepth
) -> None:
    assert color_depth(environ, is_terminal) is depth


@pytest.mark.parametrize(
    ("colors", "depth", "sequences"),
    [
        (COLORS, ColorDepth.NONE, []),
        (COLORS, ColorDepth.ALL, ["38;2;255;255;255;48;2;0;0;0;1;38;2;255;135;0"]),
        (COLORS, ColorDepth.MANY, ["38;5;231;48;5;16;1;38;5;208"]),
        (TERMINAL, ColorDepth.SIXTEEN, ["1;31"]),
    ],
)
def test_a_style_becomes_the_sequence_of_the_terminal(
    colors: dict[str, str], depth: ColorDepth, sequences: list[str]
) -> None:
    line = ansi_line([("late", "bold $warning")], colors, depth)
    assert [found for found in re.findall("\x1b\\[([0-9;]+)m", line) if found != "0"][:1] == sequences
    assert re.sub("\x1b\\[[0-9;]*m", "", line) == "late"


def test_greys_are_the_nearest_of_the_greys() -> None:
    assert "38;5;244m" in ansi_line([("x", "$muted")], COLORS, ColorDepth.MANY)


def test_a_line_lies_on_the_background_of_its_theme_to_the_edge() -> None:
    line = ansi_line(["x"], COLORS, ColorDepth.ALL, 10)
    assert re.sub("\x1b\\[[0-9;]*m", "", line) == "x" + " " * 9


def test_every_style_of_the_page_has_its_colour() -> None:
    for theme in BUNDLED:
        for line in theme_page(theme, BUNDLED_NAMES):
            ansi_line(line, theme.colors, ColorDepth.ALL, 80)
