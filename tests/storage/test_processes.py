"""Sessions in processes of their own: killed, stopped, side by side, and without room."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from warmcall.storage import writer as writers
from warmcall.storage.lock import LockBusy, locked
from warmcall.storage.state_file import StateFile
from warmcall.storage.writer import SaveState, Writer

from tests.examples import adding, contact
from tests.requirements import missing

LONG = 60.0
RUNS = [pytest.param(3, 2_000, id="3"), pytest.param(200, 10_000, id="200", marks=pytest.mark.long)]
HOW = ["insert", "insert_without_locks", "insert_on_own_host"]
INSERTS = [pytest.param(40, id="40"), pytest.param(500, id="500", marks=pytest.mark.long)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "warmcall.json"


@contextmanager
def session(*words: object) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.storage.session", *map(str, words)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def start(process: subprocess.Popen[str]) -> None:
    """Let a session go on that said it is ready."""
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


@pytest.mark.parametrize(("runs", "contacts_there"), RUNS)
def test_a_session_killed_at_any_moment_leaves_a_whole_file_with_all_it_acknowledged(
    path: Path, runs: int, contacts_there: int
) -> None:
    chance = random.Random(runs)
    people = [contact(id=f"c{number}", notes="x" * 900) for number in range(contacts_there)]
    StateFile(path).save([adding(*people)])
    for run in range(runs):
        with session("edit_on", path, f"run{run}") as process:
            acknowledged = int(line(process))
            try:
                process.wait(chance.uniform(0, 0.25))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
            assert process.stdout is not None
            acknowledged = max([acknowledged, *(int(word) for word in process.stdout.read().split())])
        contacts = json.loads(path.read_bytes())["contacts"].values()
        ids = {contact["id"] for contact in contacts}
        assert {f"run{run}-{number}" for number in range(1, acknowledged + 1)} <= ids
        assert {contact.id for contact in people} <= ids
        notes = next(contact["notes"] for contact in contacts if contact["id"] == "c0").split()
        assert (notes[0], int(notes[1]) in (acknowledged, acknowledged + 1)) == (f"run{run}", True)
    file = StateFile(path)
    assert file.load().problems == ()
    file.save([adding(contact(id="after"))])
    file.backups.write_waiting()
    assert sorted(other_path.name for other_path in path.parent.iterdir()) == [
        ".warmcall.json.lock",
        "warmcall.json",
        "warmcall.json.backups",
    ]


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("count", INSERTS)
def test_two_processes_that_insert_at_the_same_time_lose_nothing(path: Path, count: int, how: str) -> None:
    StateFile(path).save([adding(contact())])
    with session(how, path, "a", count) as popen, session(how, path, "b", count) as other:
        for process in (popen, other):
            assert line(process) == "ready"
        for process in (popen, other):
            start(process)
        for process in (popen, other):
            assert process.stdout is not None
            assert len(process.stdout.read().split()) == count
            assert process.wait(LONG) == 0
    tables = json.loads(path.read_bytes())
    ids = [document["id"] for document in tables["contacts"].values()]
    assert sorted(ids) == sorted(["luis", *(f"{name}-{number}" for name in "ab" for number in range(count))])
    assert tables["meta"]["1"]["revision"] == 1 + 2 * count


def test_whoever_holds_the_lock_too_long_is_named_and_releases_it_when_killed(path: Path) -> None:
    file = StateFile(path)
    file.save([adding(contact())])
    with session("hold", path) as process:
        assert line(process) == "held"
        process.send_signal(signal.SIGSTOP)
        os.waitpid(process.pid, os.WUNTRACED)
        with pytest.raises(LockBusy) as busy, locked(path, 0.1):
            pytest.fail("it was stopped, not ended")
        assert f"process {process.pid} on {socket.gethostname()} since " in str(busy.value)
        process.kill()
        process.wait(LONG)
        file.save([adding(contact(id="mei"))])
    assert [record.id for record in StateFile(path).load().records] == ["luis", "mei"]


def test_a_limit_on_the_size_of_files_is_reported_and_once_lifted_the_change_is_saved(
    path: Path,
) -> None:
    StateFile(path).save([adding(contact())])
    with session("limit", path) as process:
        assert [line(process) for _ in range(3)] == ["file size limit reached", "True", "True"]
    assert [record.id for record in StateFile(path).load().records] == ["luis", "late"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        missing("nothing can be mounted here")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_is_reported_and_when_there_is_room_again_the_change_is_saved_without_a_key(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "RETRY_SECONDS", (0.02,) * 4)
    path = small_disk / "warmcall.json"
    file = StateFile(path)
    file.save([adding(contact(notes="x" * 5000))])
    for number in range(3):
        file.backups.keep_for(f"import-{number}")
        file.save([adding(contact(id=f"c{number}", notes="x" * 5000))])
    old = path.read_bytes()
    filler = small_disk / "filler"
    with filler.open("wb", buffering=0) as full, suppress(OSError):
        while full.write(b"x" * 4096):
            pass
    states: list[SaveState] = []
    failed, saved = threading.Event(), threading.Event()

    def listen(state: SaveState) -> None:
        states.append(state)
        if state.reason:
            failed.set()
        elif not state.unsaved:
            saved.set()

    writer = Writer(file)
    writer.on_state(listen)
    writer.put(adding(contact(id="late", notes="x" * 60_000)))
    assert failed.wait(LONG)
    assert SaveState(1, "disk full", "free some space") in states
    assert path.read_bytes() == old
    assert file.backups.all() == []
    filler.unlink()
    assert saved.wait(LONG)
    assert writer.stop(LONG)
    assert [record.id for record in StateFile(path).load().records] == ["luis", "c0", "c1", "c2", "late"]
