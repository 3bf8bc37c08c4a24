"""While nothing can be saved it is said, all is kept, it is tried again, and it ends by itself."""

from __future__ import annotations

import errno
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from warmcall.domain.vocabulary import ContactKind
from warmcall.storage import atomic_storage
from warmcall.storage import writer as writers
from warmcall.storage.state_file import StateFile
from warmcall.storage.typing_file import TypingFile
from warmcall.storage.writer import SaveState, Writer

from tests.examples import adding, contact
from tests.requirements import needs_ordinary_user

LONG = 20.0
"""Seconds no step of these tests ever takes."""

Act = Callable[[Path], None]


def link_elsewhere(path: Path) -> None:
    path.rename(path.parents[1] / "moved.json")
    path.symlink_to(path.parents[1] / "moved.json")


def link_to_nothing(path: Path) -> None:
    path.rename(path.parents[1] / "moved.json")
    path.symlink_to(path.parents[1] / "nothing.json")


def put_back(path: Path) -> None:
    (path.parents[1] / "moved.json").replace(path)


def folder_instead(path: Path) -> None:
    path.rename(path.parents[1] / "moved.json")
    path.mkdir()


def put_back_for_folder(path: Path) -> None:
    path.rmdir()
    put_back(path)


def garbage_instead(path: Path) -> None:
    path.rename(path.parents[1] / "moved.json")
    path.write_text("{half")


def move_folder(path: Path) -> None:
    path.parent.rename(path.parents[1] / "moved")


def move_folder_back(path: Path) -> None:
    (path.parents[1] / "moved").rename(path.parent)


def move_folder_and_put_a_file_there(path: Path) -> None:
    move_folder(path)
    path.parent.touch()


def remove_file_and_move_folder_back(path: Path) -> None:
    path.parent.unlink()
    move_folder_back(path)


CASES = {
    "a link to the file": (link_elsewhere, put_back, "now a symbolic link", True),
    "a link to nothing": (link_to_nothing, put_back, "now a symbolic link", True),
    "a folder": (folder_instead, put_back_for_folder, "now a folder", True),
    "garbage": (garbage_instead, put_back, "it is not JSON", True),
    "no folder": (move_folder, move_folder_back, "the folder of the state file is gone", False),
    "a file for the folder": (
        move_folder_and_put_a_file_there, remove_file_and_move_folder_back,
        "the folder of the state file is gone", False,
    ),
}  # fmt: skip
"""What takes the place of the file, how that ends, what is said, and whether the change is on disk."""


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a state file with one contact, in a folder that can be moved; a retry follows at once."""
    monkeypatch.setattr(writers, "RETRY_SECONDS", (0.02,))
    path = tmp_path / "state" / "warmcall.json"
    StateFile(path).save([adding(contact(id="old"))])
    return path


def cannot_save(path: Path, breaks: Act, repairs: Act) -> SaveState:
    """Make a change while the file `breaks`, and another; repair it, and see both saved without more ado.

    Returns what the writer reported meanwhile.
    """
    file = StateFile(path)
    file.load()
    breaks(path)
    writer = Writer(file)
    failed, saved = threading.Event(), threading.Event()
    states: list[SaveState] = []

    def listen(state: SaveState) -> None:
        if state.reason:
            states.append(state)
            failed.set()
        elif states and not state.unsaved:
            saved.set()

    writer.on_state(listen)
    try:
        writer.put(adding(contact(id="first")))
        assert failed.wait(LONG)
        writer.put(adding(contact(id="second", kind=ContactKind.HIRING_MANAGER)))
        repairs(path)
        assert saved.wait(LONG)
        assert writer.state == SaveState()
    finally:
        assert writer.stop(LONG)
    assert [record.id for record in StateFile(path).load().records] == ["old", "first", "second"]
    assert not list(path.parent.glob("*.typing-*"))
    return states[0]


@pytest.mark.parametrize("case", CASES)
def test_what_took_the_place_of_the_file_is_left_and_saving_goes_on_when_the_file_is_back(
    path: Path, case: str
) -> None:
    breaks, repairs, reason, kept = CASES[case]
    state = cannot_save(path, breaks, repairs)
    assert reason in state.reason
    assert state.fix
    assert (state.unsaved, state.kept) == (1, kept)


def test_an_empty_folder_on_another_disk_is_where_one_is_not_mounted(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.stat

    def unmount(path: Path) -> None:
        path.parent.rename(path.parents[1] / "disk")
        path.parent.mkdir()
        inode = path.parent.stat().st_ino

        def stat(self: Path, *, follow_symlinks: bool = True) -> os.stat_result:
            found = real(self, follow_symlinks=follow_symlinks)
            if found.st_ino != inode:
                return found
            return os.stat_result((*found[:2], found.st_dev + 1, *found[3:]))

        monkeypatch.setattr(Path, "stat", stat)

    def mount(path: Path) -> None:
        assert not list(path.parent.iterdir()), "nothing is written where the disk will hide it"
        monkeypatch.setattr(Path, "stat", real)  # a new file may get the inode of the folder that goes
        path.parent.rmdir()
        (path.parents[1] / "disk").rename(path.parent)

    state = cannot_save(path, unmount, mount)
    assert (state.reason, state.kept) == ("the disk with the state file is not mounted", False)


@pytest.mark.parametrize(
    ("number", "reason"), [(errno.ENOSPC, "disk full"), (errno.EROFS, "the disk is read-only")]
)
def test_a_disk_that_takes_nothing_and_then_does(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str
) -> None:
    def fail(*_arguments: object) -> NoReturn:
        raise OSError(number, os.strerror(number))

    def breaks(_path: Path) -> None:
        monkeypatch.setattr(atomic_storage, "write_durably", fail)
        monkeypatch.setattr(TypingFile, "append", fail)

    def repairs(_path: Path) -> None:
        monkeypatch.undo()
        monkeypatch.setattr(writers, "RETRY_SECONDS", (0.02,))

    state = cannot_save(path, breaks, repairs)
    assert (state.reason, state.kept) == (reason, False)


@needs_ordinary_user
def test_a_folder_that_is_read_only_and_then_not(path: Path) -> None:
    path.with_name(".warmcall.json.lock").chmod(0o600)
    state = cannot_save(path, lambda path: path.parent.chmod(0o500), lambda path: path.parent.chmod(0o700))
    assert state.reason == "no permission"


def test_what_cannot_be_saved_is_there_after_a_kill(path: Path) -> None:
    """The next session finds the state file without it, and what was kept beside it."""
    killed = StateFile(path)
    killed.load()
    link_elsewhere(path)
    assert killed.keep_unsaved([adding(contact(id="first")), adding(contact(id="second"))])
    (typing,) = path.parent.glob("*.typing-*")
    left = path.parents[1] / "left"
    shutil.copy(typing, left)
    put_back(path)
    typing.unlink()
    shutil.copy(left, path.with_name("warmcall.json.typing-abandoned"))
    assert [record.id for record in StateFile(path).load().records] == ["old", "first", "second"]
