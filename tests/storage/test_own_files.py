"""What warmcall reads again is never written over, whatever name leads there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from warmcall.config.paths import Paths, user_paths
from warmcall.config.safe_files import FileRefused
from warmcall.storage.own_files import refuse_own_file
from warmcall.storage.state_file import StateFile

from tests.examples import adding, contact

REFUSED = {
    "state/warmcall.json": "the state file",
    "state/../state/./warmcall.json": "the state file",
    "state/WARMCALL.json": "the state file",
    "linked/warmcall.json": "the state file",
    "symlink.json": "the state file",
    "hard link.json": "the state file",
    "state/.warmcall.json.new": "the state file",
    "state/.warmcall.json.lock": "the lock file",
    "hard link of the lock": "the lock file",
    "state/warmcall.json.typing-0123abcd": "a file of words being typed",
    "state/warmcall.json.damaged-typing-0123abcd": "a file of words being typed",
    "hard link of typing": "a file of words being typed",
    "state/warmcall.json.backups": "a backup",
    "state/warmcall.json.backups/new.json.gz": "a backup",
    "state/warmcall.json.backups/hour-2026-11-23T15.json.gz": "a backup",
    "hard link of a backup": "a backup",
    "other/second.json": "the state file",
    "home/.local/share/warmcall/warmcall.json": "the state file",
    "config/config.yaml": "a settings file",
    "hard link of the settings": "a settings file",
    "config/scripts/new.YML": "a settings file",
    "keys/mine": "a settings file",
}
"""Names by which one of our files is, or would be, written, with what the refusal calls it."""


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    """Return the paths of a user with two state files, settings, and links to them in `tmp_path`."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home/.local/share"))
    monkeypatch.delenv("WARMCALL_DB", raising=False)
    state, other = tmp_path / "state" / "warmcall.json", tmp_path / "other" / "second.json"
    for file in (state, other, user_paths(None, {}).state_file):
        StateFile(file).save([adding(contact())])
    backups = state.with_name("warmcall.json.backups")
    backups.mkdir(exist_ok=True)
    (backups / "hour-2026-11-23T15.json.gz").write_bytes(b"")
    typing = state.with_name("warmcall.json.typing-0123abcd")
    typing.write_bytes(b"")
    (tmp_path / "config" / "scripts").mkdir(parents=True)
    (tmp_path / "config" / "config.yaml").write_text("theme: dark\n")
    (tmp_path / "keys").mkdir()
    (tmp_path / "linked").symlink_to(state.parent)
    (tmp_path / "symlink.json").symlink_to(state)
    os.link(state, tmp_path / "hard link.json")
    os.link(state.with_name(".warmcall.json.lock"), tmp_path / "hard link of the lock")
    os.link(typing, tmp_path / "hard link of typing")
    os.link(backups / "hour-2026-11-23T15.json.gz", tmp_path / "hard link of a backup")
    os.link(tmp_path / "config" / "config.yaml", tmp_path / "hard link of the settings")
    return Paths(state, tmp_path / "config")


def test_a_file_of_ours_is_refused_by_any_name(
    paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path / "state")
    for name, what in REFUSED.items():
        for path in (tmp_path / name, Path(os.path.relpath(tmp_path / name))):
            with pytest.raises(FileRefused, match=f"it is {what}.*: name another file"):
                refuse_own_file(path, paths, str(tmp_path / "keys" / "mine"))


@pytest.mark.parametrize(
    "name",
    [
        "page.md", "state/page.md", "state/warmcall.csv", "state/warmcall.ics", "state/copied.txt",
        "config/contacts.csv", "no folder/x.md", "keys/other", "x" * 300, "nul\0", "home/warmcall.json",
    ],
)  # fmt: skip
def test_other_files_may_be_written(paths: Paths, tmp_path: Path, name: str) -> None:
    refuse_own_file(tmp_path / name, paths)


def test_names_of_ours_are_refused_before_there_are_such_files(tmp_path: Path) -> None:
    """Or the first export would be read as the state file, or as settings."""
    (tmp_path / "config").mkdir()
    paths = Paths(tmp_path / "warmcall.json", tmp_path / "config")
    for name in ("warmcall.json", "config/config.yaml", "config/keymap.yaml"):
        with pytest.raises(FileRefused):
            refuse_own_file(tmp_path / name, paths)
