"""Every system call of a save fails once, or from then on, or is the last before the process ends."""

from __future__ import annotations

import errno
import json
import os
import shutil
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import msgspec
import pytest
from warmcall.domain.records import Contact, Interview
from warmcall.storage.state_file import StateFile

from tests.examples import adding, change, contact, interview
from tests.storage.calls import WAITING, Failing, close_as_killed, killed_before_each_call

USUAL_CODES = [errno.ENOSPC, errno.EROFS]
CODES = [
    *(pytest.param(code, id=errno.errorcode[code]) for code in USUAL_CODES),
    *(
        pytest.param(code, id=errno.errorcode[code], marks=pytest.mark.long)
        for code in (errno.EIO, errno.EDQUOT, errno.EACCES)
    ),
]
"""What a call may fail with; all are handled alike, and only worded differently."""


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a state file that was saved twice, so that it has backups."""
    folder = tmp_path_factory.mktemp("before") / "state"
    for number in range(2):
        StateFile(folder / "warmcall.json").save([adding(contact(id=f"old{number}"))])
    StateFile(folder / "warmcall.json").save([adding(contact())])
    # A file written just now is read again before a save, and then the calls would not be the same each time.
    long_ago = time.time() - 60
    os.utime(folder / "warmcall.json", (long_ago, long_ago))
    return folder


def opened(before: Path, folder: Path) -> StateFile:
    shutil.copytree(before, folder)
    file = StateFile(folder / "warmcall.json")
    file.load()
    return file


def people(path: Path) -> dict[str, str]:
    tables = json.loads(path.read_bytes())
    return {table["id"]: table["phone"] for table in tables["contacts"].values()}


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "lasting"])
@pytest.mark.parametrize("code", CODES)
def test_a_call_that_fails_leaves_the_old_file_until_a_save_succeeds(
    tmp_path: Path, before: Path, code: int, lasting: bool
) -> None:
    old = (before / "warmcall.json").read_bytes()
    failed: list[str] = []
    for number in count():
        file = opened(before, tmp_path / str(number))
        calls = Failing(number, OSError(code, os.strerror(code)), lasting)
        try:
            with calls.on():
                file.save(WAITING)
        except OSError:
            failed.append(calls.done[number])
            if "replace" not in calls.done[:number]:
                assert file.path.read_bytes() == old
        json.loads(file.path.read_bytes())
        file.save(WAITING)
        assert people(file.path) == {"old0": "", "old1": "", "luis": "1", "mei": ""}
        loaded = StateFile(file.path).load().records
        assert people(file.path) == {
            contact.id: contact.phone for contact in loaded if isinstance(contact, Contact)
        }
        changes = json.loads(file.path.read_bytes())["changes"].values()
        assert [change["id"] for change in changes][3:] == [change.id for change in WAITING]
        assert not list(file.path.parent.glob("*.new"))
        shutil.rmtree(file.path.parent)
        if not calls.hit:
            break
    assert {"open", "write", "fsync", "replace", "stat"} <= set(failed)


def test_a_process_killed_before_any_call_leaves_exactly_the_old_or_the_new_file(
    tmp_path: Path, before: Path
) -> None:
    most = 160
    for number in range(most):
        shutil.copytree(before, tmp_path / str(number))
    last = killed_before_each_call("save", tmp_path, most)
    old = (before / "warmcall.json").read_bytes()
    new = (tmp_path / str(last) / "warmcall.json").read_bytes()
    left = [(tmp_path / str(number) / "warmcall.json").read_bytes() for number in range(last)]
    assert {data == new for data in left if data != old} == {True}
    assert left.index(new) > 10
    assert left == sorted(left, key=lambda data: data == new)
    for number in range(last):
        file = StateFile(tmp_path / str(number) / "warmcall.json")
        file.load()
        file.save(WAITING)
        assert people(file.path) == {"old0": "", "old1": "", "luis": "1", "mei": ""}
        assert not list(file.path.parent.glob("*.new"))


def noted(text: str) -> Interview:
    return interview(notes={"q": text} if text else {})


def typed(file: StateFile, before: str, after: str) -> None:
    """Make a piece of typing durable as the writer does."""
    made = msgspec.structs.replace(change((noted(before), noted(after)), id_=after), merge="notes")
    if not file.keep_typed([made]):
        file.save([made])


STEPS: list[tuple[str, Callable[[StateFile], object]]] = [
    ("the first letter", lambda file: typed(file, "", "a")),
    ("a letter more", lambda file: typed(file, "a", "ab")),
    ("the fold", lambda file: file.save([])),
    ("the letter after", lambda file: typed(file, "ab", "abc")),
]


@pytest.mark.parametrize("ends", [True, False], ids=["the process ends", "the call fails"])
@pytest.mark.parametrize("step", range(len(STEPS)), ids=[name for name, _ in STEPS])
def test_at_whatever_call_typing_ends_or_fails_each_durable_letter_is_there_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int, ends: bool
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)  # hundreds of saves, and no power cut
    texts = ["", "a", "ab", "ab", "abc"]
    failed: list[str] = []
    for number in count():
        path = tmp_path / str(number) / "warmcall.json"
        StateFile(path).save([adding(contact(), noted(""))])
        file = StateFile(path)
        file.load()
        for _, do in STEPS[:step]:
            do(file)
        calls = Failing(number, Ended() if ends else OSError(errno.EIO, "Input/output error"), lasting=ends)
        least, do = texts[step], STEPS[step][1]
        try:
            with calls.on():
                do(file)
        except (OSError, Ended):
            failed.append(calls.done[number])
        else:
            least = texts[step + 1]
        assert at_next_start(path) in texts[texts.index(least) : step + 2]
        if not ends:
            do(file)
            assert at_next_start(path) == texts[step + 1]
        close_as_killed(file)
        last = StateFile(path)
        last.load()
        last.save([])
        assert json.loads(path.read_bytes())["interviews"]["1"]["notes"].get("q", "") == at_next_start(path)
        assert not list(path.parent.glob("*typing*"))
        if not calls.hit:
            break
    assert failed or not ends  # a piece that cannot be appended is saved whole


def at_next_start(path: Path) -> str:
    (found,) = [record for record in StateFile(path).load().records if isinstance(record, Interview)]
    return found.notes.get("q", "")


class Ended(BaseException):
    """The end of a process, in the middle of a call."""
