from __future__ import annotations

import os
from pathlib import Path

import pytest
from warmcall.storage.conflict_files import conflict_files
from warmcall.storage.state_file import StateFile

from tests.examples import adding, contact

LEFT_BY_PROGRAMS = [
    "warmcall.sync-conflict-20261129-101500-ABCDEF7.json",  # Syncthing
    "warmcall (conflicted copy 2026-11-29 101500).json",  # Nextcloud
    "warmcall (Robin's conflicted copy 2026-11-29).json",  # Dropbox
    "warmcall (Case Conflicted Copy).json",
    "warmcall_conflict-20261129-101500.json",  # ownCloud
    "warmcall (SFConflict ana@example.org 2026-11-29-10-15-00).json",  # Seafile
    "warmcall.json.conflict1",  # rclone bisync
    "warmcall_LOCAL_1234.json",  # git mergetool
    "warmcall.json.orig",
    "warmcall.json.rej",
    "warmcall.json~",  # rsync --backup
    "warmcall.json.~2~",
]
OTHERS = ["notes.json~", "warmcall.log", "warmcall.ics", "copied.txt", "warmcall-2.json", "warmcalling.json"]


@pytest.mark.parametrize("name", LEFT_BY_PROGRAMS)
def test_what_programs_leave_beside_the_file_is_found(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    assert conflict_files(tmp_path / "warmcall.json") == [tmp_path / name]


def test_other_files_pipes_links_and_ones_own_are_not_named(tmp_path: Path) -> None:
    path = tmp_path / "warmcall.json"
    file = StateFile(path)
    for number in range(2):
        file.save([adding(contact(id=f"c{number}"))])
    for name in OTHERS:
        (tmp_path / name).touch()
    os.mkfifo(tmp_path / "warmcall.json.orig")
    (tmp_path / "warmcall.json~").symlink_to(path)
    assert conflict_files(path) == []


def test_a_folder_that_is_not_there_has_none(tmp_path: Path) -> None:
    assert conflict_files(tmp_path / "none" / "warmcall.json") == []
