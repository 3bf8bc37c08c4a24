from __future__ import annotations

import os
from pathlib import Path

import pytest
from warmcall.config.settings import Config, read_config, write_setting


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config.yaml"


def test_without_a_file_the_settings_are_the_defaults(path: Path) -> None:
    assert read_config(path) == (Config(), ())


@pytest.mark.parametrize("text", ["", "# theme: dark\n", "---\n", "{}"])
def test_an_empty_file_changes_nothing(path: Path, text: str) -> None:
    path.write_text(text)
    assert read_config(path) == (Config(), ())


def test_what_is_set_applies_and_the_rest_has_its_default(path: Path) -> None:
    path.write_text('theme: light\ncountry: US\nzone: Europe/Berlin\nmail: "mutt -H {eml}"\nbell: no\n')
    expected = Config(theme="light", country="US", zone="Europe/Berlin", mail="mutt -H {eml}", bell=False)
    assert read_config(path) == (expected, ())


def test_a_theme_of_ones_own_is_named_like_a_bundled_one(path: Path) -> None:
    path.write_text("theme: sea\n")
    (path.parent / "themes").mkdir()
    (path.parent / "themes/sea.yaml").write_text("")
    assert read_config(path) == (Config(theme="sea"), ())


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("theme: dark\ncolour: blue", 2, "there is no setting “colour”"),
        ("theme: dark\ncountry: 3", 2, "“country” cannot have this value"),
        ("theme: dracula", 1, "there is no theme “dracula”"),
        ("theme: dark\nzone: Mars/Base", 2, "there is no zone “Mars/Base”"),
        ("country: USA", 1, "“USA” is not a country code"),
        ("country: no", 1, "“country” cannot have this value"),
        ("bell: loud", 1, "“bell” cannot have this value"),
        ("zone: [UTC]", 1, "“zone” cannot have this value"),
        ("theme: dark\nmail: mutt {cc}", 2, "the mail command does not know {cc}"),
        ("mail: mutt", 1, "the mail command does not say what to send"),
        ("mail: mutt 'a {to}", 1, "a quote is not closed in the mail command"),
        ("mail: \"sh -c 'mutt -s {subject}'\"", 1, "the mail command lets sh run {subject} as code"),
        ("mail: {eml}", 1, "“mail” cannot have this value"),
        ("- theme", 1, "there are no settings by name"),
        ("theme: [", 1, "this is not YAML"),
        ("theme: a\ntheme: b", 2, "“theme” is there twice"),
        ("theme: !!python/object:os.environ {}", 1, "has no meaning here"),
    ],
)
def test_an_error_is_reported_with_its_line_and_that_setting_has_its_default(
    path: Path, text: str, line: int, what: str
) -> None:
    path.write_text(text)
    config, (problem,) = read_config(path)
    assert config == Config(theme="dark" if text.startswith("theme: dark\n") else "")
    assert (problem.file, problem.line, problem.warning) == (str(path), line, False)
    assert what in problem.what
    assert problem.fix


def test_every_error_is_reported_and_what_is_right_applies(path: Path) -> None:
    path.write_text("theme: bogus\nascii: maybe\nmouse: true\nbel: no\ncountry: US\nfoo: 1\n")
    config, problems = read_config(path)
    assert config == Config(mouse=True, country="US")
    assert [(problem.line, problem.what) for problem in problems] == [
        (1, "there is no theme “bogus”"), (2, "“ascii” cannot have this value"),
        (4, "there is no setting “bel”"), (6, "there is no setting “foo”"),
    ]  # fmt: skip
    assert [problem.fix for problem in problems][1:3] == ["write true or false", "is “bell” meant?"]
    assert "theme, country" in problems[3].fix


def test_a_file_that_cannot_be_read_is_a_problem(path: Path) -> None:
    path.write_bytes(b"theme: caf\xe9")
    assert "not UTF-8" in read_config(path)[1][0].what
    path.unlink()
    os.mkfifo(path)
    assert "it is a named pipe" in read_config(path)[1][0].what
    path.unlink()
    path.mkdir()
    assert "it is a folder" in read_config(path)[1][0].what


@pytest.mark.parametrize(
    ("before", "name", "value", "after"),
    [
        ("", "theme", "light", "theme: light\n"),
        ("bell: false", "theme", "light", "bell: false\ntheme: light\n"),
        ("# mine\ntheme: dark   # at night\nbell: false\n", "theme", "light",
         "# mine\ntheme: light   # at night\nbell: false\n"),
        ("ascii: true\r\nmouse: true\r\n", "mouse", False, "ascii: true\r\nmouse: false\r\n"),
        ("# theme: dark\n", "theme", "contrast", "# theme: dark\ntheme: contrast\n"),
    ],
)  # fmt: skip
def test_a_setting_is_written_and_every_other_line_stays(
    tmp_path: Path, before: str, name: str, value: str | bool, after: str
) -> None:
    path = tmp_path / "config.yaml"
    if before:
        path.write_bytes(before.encode())
    write_setting(path, name, value)
    assert path.read_bytes().decode() == after
    assert getattr(read_config(path)[0], name) == value


@pytest.mark.parametrize("text", ["theme: >-\n  dark\n", "{theme: dark}\n", "- a list\n"])
def test_settings_that_cannot_be_changed_by_one_line_stay_as_they_are(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(text)
    with pytest.raises(ValueError, match=r"line|written there"):
        write_setting(path, "theme", "light")
    assert path.read_text() == text
