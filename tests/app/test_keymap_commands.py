"""The user's keymap on the command line: `warmcall check` checks it, `warmcall keys` lists the ids."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from warmcall.app.keymap import usable
from warmcall.app.keymap_registry import declared_keys, keyboard
from warmcall.cli.main import main
from warmcall.cli.manual.topics.keys import OWN_KEYS
from warmcall.config.keymap import read_keymap
from warmcall.config.paths import Paths

from tests.terminal.emulator import Terminal


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the user's settings."""
    folder = tmp_path / "config" / "warmcall"
    folder.mkdir(parents=True)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder.parent))
    return folder


def test_check_names_the_line_of_each_fault_in_a_keymap_and_ends_with_2(settings: Path) -> None:
    keymap = settings / "keymap.yaml"
    keymap.write_text("queue.done: D\nqueue.don: x\nqueue.snooze: u\n")
    result = run("check")
    assert result.exit_code == 2
    assert result.stdout.splitlines()[:2] == [
        f"{keymap}, line 2: there is no key called “queue.don”; did you mean queue.done?"
        " `warmcall keys` lists them all",
        f"{keymap}, line 3: queue.snooze: u is app.undo (Undo) in the same place;"
        " choose another key, or give the other action another key",
    ]


def test_check_accepts_a_sound_keymap(settings: Path) -> None:
    (settings / "keymap.yaml").write_text("queue.done: D\n")
    assert run("check").exit_code == 0


def test_the_settings_name_another_file_for_the_keys(settings: Path) -> None:
    (settings / "config.yaml").write_text("keymap: mine.yaml\n")
    assert f"{settings / 'config.yaml'}, line 1: the keymap “mine.yaml” is not there" in run("check").stdout
    (settings / "mine.yaml").write_text("queue.done: D\n")
    assert run("check").exit_code == 0
    assert "* queue.done                 D " in run("keys").stdout


@pytest.mark.parametrize("named", ["~nosuchuser/mine.yaml", r"a\0b"])
def test_a_name_that_no_file_can_have_is_reported(settings: Path, named: str) -> None:
    (settings / "config.yaml").write_text(f'keymap: "{named}"\n')
    result = run("check")
    assert result.exit_code == 2
    assert "config.yaml, line 1: the keymap" in result.stdout
    assert run("paths").exit_code == 0


def test_paths_shows_where_the_keys_are_read_from(settings: Path) -> None:
    assert re.search(f"^keymap +{settings / 'keymap.yaml'}$", run("paths").stdout, re.MULTILINE)
    (settings / "config.yaml").write_text("keymap: mine.yaml\n")
    assert re.search(f"^keymap +{settings / 'mine.yaml'}$", run("paths").stdout, re.MULTILINE)


@pytest.mark.usefixtures("settings")
def test_keys_lists_every_id_under_its_place() -> None:
    result = run("keys")
    assert result.exit_code == 0
    assert {key.id for key in declared_keys() if not key.id.startswith("call.reply.")} <= {
        word for line in result.stdout.splitlines() for word in line.split()
    }
    assert "\nQueue\n    queue.done " in result.stdout
    assert "{" not in result.stdout
    assert "    queue.done                 x            Done: Mark the follow-up done" in result.stdout


def test_keys_prints_the_faults_beside_the_list(settings: Path) -> None:
    (settings / "keymap.yaml").write_text("queue.done: xx\n")
    result = run("keys")
    assert result.exit_code == 2
    assert "line 1: queue.done: there is no key “xx”" in result.stderr


def test_a_fault_in_the_keymap_is_shown_as_the_app_starts_and_the_rest_is_used(
    tmp_path: Path, settings: Path
) -> None:
    (settings / "keymap.yaml").write_text("queue.done: xx\nqueue.snooze: b\n")
    at = Terminal("demo", home=tmp_path, columns=100, environ={"XDG_CONFIG_HOME": str(settings.parent)})
    try:
        at.wait_for("[1 Queue]", "! ", "queue.done:")
        at.press("b")
        at.wait_for("Put off:")
        at.press("ctrl+q")
        assert at.wait_for_end() == 0
    finally:
        at.close()


def test_the_example_of_a_keymap_in_the_manual_can_be_used_as_it_stands(settings: Path) -> None:
    (settings / "keymap.yaml").write_text(OWN_KEYS, encoding="utf-8")
    keymap, problems = read_keymap(
        Paths(settings / "warmcall.json", settings), "", lambda entries: usable(entries, keyboard())
    )
    assert problems == ()
    assert keymap == {
        "queue.done": ("D",),
        "app.help": ("question_mark", "f9"),
        "rows.down": ("j", "down", "ctrl+n"),
        "queue.fold": (),
    }
