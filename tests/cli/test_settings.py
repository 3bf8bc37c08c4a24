"""Settings from the command line: which hold and why, changing one, making and editing the file."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from warmcall.cli.invocation import Invocation
from warmcall.cli.main import main
from warmcall.config.settings import SETTINGS, Config, read_config
from warmcall.config.yaml_source import read_yaml

from tests.cli.conftest import EVIL, Run, assert_inert, write_user_file
from tests.cli.json_output import items_of


@pytest.fixture
def settings_file(tmp_path: Path) -> Path:
    return tmp_path / "home/.config/warmcall/config.yaml"


def held(*words: str, locale: dict[str, str] | None = None) -> dict[str, dict[str, object]]:
    """Return what `config` shows, by the name of the setting."""
    done = CliRunner().invoke(main, ["config", *words, "--json"], obj=Invocation(locale=locale))
    return {item["name"]: item for item in items_of(done, " ".join(["config", *words[:1]]))}


def test_every_setting_is_shown_with_from_where_it_is(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_user_file(tmp_path, "config.yaml", "# mine\ntheme: light\nbell: false\n")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setattr("warmcall.cli.settings.machine_zone", lambda _name: lambda: ZoneInfo("Asia/Tokyo"))
    found = held(locale={"LANG": "en_US.UTF-8"})
    assert list(found) == list(SETTINGS) == sorted(Config.__struct_fields__, key=list(SETTINGS).index)
    shown = {name: (item["value"], item["set_by"], item["origin"]) for name, item in found.items()}
    assert shown["theme"] == ("light", "file", f"{path}, line 2")
    assert shown["bell"] == (False, "file", f"{path}, line 3")
    assert shown["country"] == ("US", "environment", "LANG=en_US.UTF-8")
    assert shown["zone"] == ("Asia/Tokyo", "environment", "TZ=Asia/Tokyo")
    assert shown["mouse"] == (False, "default", "default")
    plain = run("config")
    assert plain.exit_code == 0
    assert [line.split()[0] for line in plain.stdout.splitlines()] == list(SETTINGS)
    assert f"theme    light       {path}, line 2\n" in plain.stdout


def test_what_is_wrong_in_the_file_is_said_beside_what_holds(run: Run, tmp_path: Path) -> None:
    path = write_user_file(tmp_path, "config.yaml", "theme: blue\nbell: false\n")
    result = run("config")
    assert result.exit_code == 2
    assert "theme    dark " in result.stdout
    assert result.stderr.startswith(f"warmcall: {path}, line 1: there is no theme “blue”; use one of: dark")


@pytest.mark.parametrize(
    ("words", "printed"),
    [("theme", "light\n"), ("bell", "true\n"), ("mail", "\n"), ("mouse", "false\n")],
)
def test_the_value_of_a_setting_is_printed_alone(run: Run, tmp_path: Path, words: str, printed: str) -> None:
    write_user_file(tmp_path, "config.yaml", "theme: light\n")
    result = run("config", "get", words)
    assert (result.exit_code, result.output) == (0, printed)
    assert list(held("get", words)) == [words]


@pytest.mark.parametrize(
    ("before", "words", "after"),
    [
        ("", ["theme", "light"], "theme: light\n"),
        ("# a\nbell: no  # b\n", ["bell", "yes"], "# a\nbell: true  # b\n"),
        ("", ["ascii", "Off"], "ascii: false\n"),
        ("", ["country", "NO"], 'country: "NO"\n'),
        ("", ["zone", "Asia/Tokyo"], "zone: Asia/Tokyo\n"),
        ('mail: "a # {to}" # c\n', ["mail", "mutt -- {to}"], "mail: mutt -- {to} # c\n"),
        ("", ["mail", "a: {to} #"], 'mail: "a: {to} #"\n'),
        ("mail: it's\n", ["mail", "mutt {to}"], "mail: mutt {to}\n"),
        ("theme: dark\nbell: false\n", ["--default", "theme"], "bell: false\n"),
        ("theme: dark\n", ["bell", "--default"], "theme: dark\n"),
        (
            "#theme: light\n\n#bell: false\n",
            ["theme", "dark"],
            "#theme: light\ntheme: dark\n\n#bell: false\n",
        ),
    ],
    ids=lambda item: " ".join(item) if isinstance(item, list) else repr(item),
)
def test_a_setting_is_changed_and_every_other_line_stays(
    run: Run, tmp_path: Path, settings_file: Path, before: str, words: list[str], after: str
) -> None:
    if before:
        write_user_file(tmp_path, "config.yaml", before)
    result = run("config", "set", *words)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.endswith(". That holds from the next start on.\n")
    assert settings_file.read_text() == after
    assert read_config(settings_file)[1] == ()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["theme", "x"], "not set: there is no theme “x”: use one of: dark, light, contrast, terminal."),
        (["bell", "maybe"], "not set: “bell” cannot have this value: write true or false."),
        (["country", "Norway"], "not set: “Norway” is not a country code: write two letters like US."),
        (["zone", "Nowhere"], "not set: there is no zone “Nowhere”: write one like Europe/Berlin."),
        (["colour", "red"], "there is no setting “colour”: did you mean country?"),
        (["bell"], f"config set: bell needs a value, or --default: {SETTINGS['bell'].about}."),
        (
            ["bell", "no", "--default"],
            f"config set: bell needs a value, or --default: {SETTINGS['bell'].about}.",
        ),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_used_is_refused_with_the_words_of_the_file(
    run: Run, settings_file: Path, words: list[str], sentence: str
) -> None:
    result = run("config", "set", *words)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"warmcall: {sentence}\n")
    assert not settings_file.exists()


def test_a_setting_over_several_lines_is_left_to_the_user(run: Run, tmp_path: Path) -> None:
    path = write_user_file(tmp_path, "config.yaml", "mail: >-\n  mutt {to}\n")
    result = run("config", "set", "mail", "aerc {to}")
    assert result.exit_code == 2
    assert "warmcall config --edit opens it. Nothing was changed.\n" in result.stderr
    assert path.read_text() == "mail: >-\n  mutt {to}\n"


def test_what_was_typed_is_repeated_inert(run: Run) -> None:
    for words in (["get", EVIL], ["set", EVIL, "x"], ["set", "theme", EVIL], ["set", "zone", EVIL]):
        assert_inert(run("config", *words).stderr, lines=1)


def test_a_file_is_made_that_explains_every_setting_and_sets_none(run: Run, settings_file: Path) -> None:
    assert run("config", "--init").exit_code == 0
    text = settings_file.read_text()
    assert read_config(settings_file) == (Config(), ())
    shown = read_yaml("".join(line[1:] for line in text.splitlines(True) if line[:2] not in ("# ", "\n")))
    assert list(shown.value) == list(SETTINGS)
    assert max(map(len, text.splitlines())) <= 100
    again = run("config", "--init")
    assert again.exit_code == 2
    assert "exists already: warmcall config --edit opens it. Nothing was changed.\n" in again.stderr
    assert settings_file.read_text() == text
    uncommented = text.replace("#theme", "theme").replace("#keymap: mine.yaml", "")
    settings_file.write_text(uncommented)
    assert read_config(settings_file) == (Config(theme="light"), ())


@pytest.mark.parametrize(
    ("editor", "code", "said"),
    [
        ("sed -i s/#theme/theme/", 0, ""),
        ("sed -i s/#theme:.*/theme:blue/", 2, "there are no settings by name"),
        ("sed -i s/#bell:.*/bell:\\ 7/", 2, "“bell” cannot have this value; write true or false"),
        ("false", 2, "false ended with 1: look whether it saved"),
        ("not-there", 2, "not opened: there is no program not-there: set EDITOR or VISUAL to your editor"),
        ("'", 2, "not opened: EDITOR has a quote in it that is not closed"),
    ],
)
def test_the_file_is_edited_and_checked_afterwards(
    run: Run, settings_file: Path, monkeypatch: pytest.MonkeyPatch, editor: str, code: int, said: str
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor)
    result = run("config", "--edit")
    assert result.exit_code == code
    assert said in result.stderr
    assert settings_file.exists() == (editor not in ("'", "not-there"))


def test_a_setting_that_was_changed_is_printed_for_programs(run: Run) -> None:
    [item] = items_of(run("config", "set", "theme", "light", "--json"), "config set")
    assert (item["name"], item["value"], item["set_by"]) == ("theme", "light", "file")
