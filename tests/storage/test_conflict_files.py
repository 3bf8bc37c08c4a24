from __future__ import annotations

import os
from pathlib import Path

import pytest
from warmcall.storage.conflict_files import conflict_files
from warmcall.storage.state_file import StateFile

from tests.examples import adding, contact
from tests.storage.calls import call_this_machine

LEFT_BY_PROGRAMS = {
    "warmcall.sync-conflict-20261129-101500-ABCDEF7.json": "Syncthing",
    "warmcall (Robin's conflicted copy 2026-11-29).json": "Dropbox",
    "warmcall (DESKTOP-UMS014A's conflicted copy 2026-11-29 (1)).json": "Dropbox",
    "warmcall (Case Conflicted Copy).json": "Dropbox",
    "warmcall (In Konflikt stehende Kopie von Robin 2026-11-29).json": "Dropbox in German",
    "warmcall (Robins in Konflikt stehende Kopie 2026-11-29).json": "Dropbox in German",
    "warmcall (Copie en conflit de Robin 2026-11-29).json": "Dropbox in French",
    "warmcall (copia en conflicto de PC2 2026-11-29).json": "Dropbox in Spanish",
    "warmcall (Copia conflictiva de Robin 2026-11-29).json": "Dropbox in Spanish, earlier",
    "warmcall (robin 上の問題のあるコピー 2026-11-29).json": "Dropbox in Japanese",
    "warmcall (Sam's conflicting copy 2026-11-29).json": "Maestral",
    "warmcall (conflicted copy 2026-11-29 101500).json": "Nextcloud, ownCloud, OpenCloud",
    "warmcall_conflict-20261129-101500.json": "ownCloud, earlier",
    "warmcall (SFConflict ana@example.org 2026-11-29-10-15-00).json": "Seafile",
    "warmcall.Conflict.json": "Resilio Sync",
    "warmcall.Conflict2.json": "Resilio Sync",
    "warmcall.json.conflicted": "pCloud",
    "warmcall.conflicted.json": "pCloud",
    "warmcall(Conflict_robin (Web browser)_2026-11-29-10-15-00).json": "FileCloud",
    "warmcall (edited by John Doe on Home PC @ 11-29-26 10-15-00 AM).json": "Syncplicity",
    "warmcall-DESKTOP-4F2K9QT.json": "OneDrive",
    "warmcall-LAPTOP-4F2K9QTZ-2.json": "OneDrive",
    "warmcall-MacBook Pro de Charlyne-10.json": "OneDrive",
    "warmcall-Robin’s iMac.json": "OneDrive",
    "warmcall-thinkpad.json": "OneDrive, on this machine",
    "warmcall-thinkpad-3.json": "OneDrive, on this machine",
    "warmcall (1).json": "Google Drive",
    "warmcall 2.json": "iCloud Drive",
    ".bak.0.warmcall.json": "Unison",
    "warmcall.json.conflict1": "rclone bisync",
    "warmcall_LOCAL_1234.json": "git mergetool",
    "warmcall.json.orig": "git mergetool, patch",
    "warmcall.json.rej": "patch",
    "warmcall.json~": "rsync --backup",
    "warmcall.json.~2~": "cp --backup=numbered",
}
"""What programs leave, by name; the module says where each form is documented."""

OTHERS = [
    "notes.json~", "notes (1).json", "warmcall.log", "warmcall.ics", "copied.txt", "interview.txt",
    "warmcall-2.json", "warmcalling.json", "warmcall-copy.json", "warmcall-work.json", "warmcall 2026.json",
    "warmcall.csv", "warmcall (1).csv", "warmcall 2.md", "warmcall-thinkpad.csv", "warmcall.md",
    "my.bak.0.warmcall.json", "conflicted copy.json", "warmcall.conflicts.json",
]  # fmt: skip


@pytest.fixture(autouse=True)
def host(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this machine be called thinkpad."""
    call_this_machine("thinkpad.example.org", monkeypatch)


@pytest.mark.parametrize("name", LEFT_BY_PROGRAMS)
def test_what_programs_leave_beside_the_file_is_found(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    assert conflict_files(tmp_path / "warmcall.json") == [tmp_path / name]


def test_other_files_pipes_links_and_ones_own_are_not_named(tmp_path: Path) -> None:
    path = tmp_path / "warmcall.json"
    file = StateFile(path)
    for number in range(2):
        file.save([adding(contact(id=f"c{number}"))])
    file.backups.keep_for("merge")
    assert file.keep_unsaved([adding(contact(id="typed"))])
    for name in OTHERS:
        (tmp_path / name).touch()
    os.mkfifo(tmp_path / "warmcall.json.orig")
    (tmp_path / "warmcall.json~").symlink_to(path)
    assert conflict_files(path) == []


def test_a_folder_that_is_not_there_has_none(tmp_path: Path) -> None:
    assert conflict_files(tmp_path / "none" / "warmcall.json") == []
