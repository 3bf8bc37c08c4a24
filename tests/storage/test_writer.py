from __future__ import annotations

import errno
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from tests.examples import adding, contact
from tui.domain.change import Change
from tui.storage import writer as writers
from tui.storage.bad_file import BadStateFile
from tui.storage.state_file import StateFile
from tui.storage.writer import SaveState, Writer

LONG = 20.0
"""Seconds no step of these tests ever takes; a wait that lasts so long has failed."""


class Stubborn(StateFile):
    """A state file whose saves can be made to fail, or to wait for a word."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.failing: Exception | None = None
        self.go = threading.Event()
        self.go.set()
        self.begun = threading.Event()
        self.batches: list[int] = []

    def save(self, changes: Iterable[Change]) -> None:
        waiting = list(changes)
        self.begun.set()
        assert self.go.wait(LONG)
        if self.failing is not None:
            raise self.failing
        super().save(waiting)
        self.batches.append(len(waiting))


@pytest.fixture
def file(tmp_path: Path) -> Stubborn:
    return Stubborn(tmp_path / "warmcall.json")


@pytest.fixture
def writer(file: Stubborn, monkeypatch: pytest.MonkeyPatch) -> Iterator[Writer]:
    monkeypatch.setattr(writers, "RETRY_SECONDS", (0.0,))
    made = Writer(file)
    yield made
    file.failing = None
    file.go.set()
    assert made.stop(LONG)


def names(file: StateFile) -> list[str]:
    return [one.id for one in StateFile(file.path).load().records]


def when(writer: Writer, true: Callable[[SaveState], bool]) -> threading.Event:
    """Return an event that is set as soon as the writer tells a state for which `true` holds."""
    event = threading.Event()

    def tell(state: SaveState) -> None:
        if true(state):
            event.set()

    writer.on_state(tell)
    return event


def test_every_change_is_on_disk_after_a_drain(file: Stubborn, writer: Writer) -> None:
    expected = [f"c{number}" for number in range(200)]
    for name in expected:
        writer.put(adding(contact(id=name)))
    assert writer.drain(LONG)
    assert names(file) == expected
    assert writer.state == SaveState()


def test_changes_from_many_threads_all_arrive(file: Stubborn, writer: Writer) -> None:
    def put(letter: str) -> None:
        for number in range(20):
            writer.put(adding(contact(id=f"{letter}{number}")))

    threads = [threading.Thread(target=put, args=(letter,)) for letter in "abcd"]
    for one in threads:
        one.start()
    for one in threads:
        one.join(LONG)
    assert writer.drain(LONG)
    found = names(file)
    assert len(found) == 80
    assert [one for one in found if one[0] == "a"] == [f"a{number}" for number in range(20)]


def test_a_burst_becomes_one_write(file: Stubborn, writer: Writer) -> None:
    file.go.clear()
    writer.put(adding(contact(id="first")))
    assert file.begun.wait(LONG)
    for number in range(10):
        writer.put(adding(contact(id=f"c{number}")))
    file.go.set()
    assert writer.drain(LONG)
    assert file.batches == [1, 10]


def test_putting_waits_for_nothing(file: Stubborn, writer: Writer) -> None:
    file.go.clear()
    writer.put(adding(contact()))
    assert file.begun.wait(LONG)
    assert not writer.drain(0)
    assert not file.path.exists()


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "no space left on device"),
        (OSError("odd"), "odd"),
        (BadStateFile(Path("x"), "it is not ours"), "it is not ours"),
        (ValueError("a number JSON lacks"), "a number JSON lacks"),
        (AttributeError("a mistake in the program"), "a mistake in the program"),
        (AssertionError(), "AssertionError"),
    ],
)
def test_a_save_that_fails_says_why_and_later_succeeds(
    file: Stubborn, writer: Writer, error: Exception, reason: str
) -> None:
    file.failing = error
    failed = when(writer, lambda state: bool(state.reason))
    writer.put(adding(contact(id="a")))
    assert failed.wait(LONG)
    assert writer.state == SaveState(1, reason)
    assert not writer.drain(0)
    saved = when(writer, lambda state: state == SaveState())
    writer.put(adding(contact(id="b")))
    file.failing = None
    assert saved.wait(LONG)
    assert writer.drain(LONG)
    assert names(file) == ["a", "b"]


def test_what_fails_is_put_together_with_what_comes_later_in_order(file: Stubborn, writer: Writer) -> None:
    file.failing = OSError(errno.EIO, "Input/output error")
    failed = when(writer, lambda state: state.unsaved == 3 and bool(state.reason))
    for name in "abc":
        writer.put(adding(contact(id=name)))
    assert failed.wait(LONG)
    file.failing = None
    assert writer.drain(LONG)
    assert names(file) == ["a", "b", "c"]


def test_the_state_goes_from_unsaved_to_saved(file: Stubborn, writer: Writer) -> None:
    told: list[SaveState] = []
    saved = threading.Event()

    def tell(state: SaveState) -> None:
        told.append(state)
        if state == SaveState():
            saved.set()

    writer.on_state(tell)
    writer.put(adding(contact()))
    assert saved.wait(LONG)
    assert told == [SaveState(1), SaveState()]


def test_a_listener_that_is_gone_does_not_stop_the_saving(file: Stubborn, writer: Writer) -> None:
    def gone(_state: SaveState) -> None:
        raise RuntimeError("the app is not running")

    writer.on_state(gone)
    for name in "ab":
        writer.put(adding(contact(id=name)))
    assert writer.drain(LONG)
    assert names(file) == ["a", "b"]


def test_stopping_saves_what_is_left(file: Stubborn) -> None:
    writer = Writer(file)
    for number in range(50):
        writer.put(adding(contact(id=f"c{number}")))
    assert writer.stop(LONG)
    assert len(names(file)) == 50


def test_stopping_tries_a_failed_save_once_more_whatever_the_wait(file: Stubborn) -> None:
    writer = Writer(file)
    file.failing = OSError(errno.ENOSPC, "No space left on device")
    failed = when(writer, lambda state: bool(state.reason))
    writer.put(adding(contact()))
    assert failed.wait(LONG)
    file.failing = None
    assert writer.stop(0.05)
    assert names(file) == ["luis"]


def test_stopping_tells_of_what_could_not_be_saved(file: Stubborn) -> None:
    writer = Writer(file)
    file.failing = OSError(errno.ENOSPC, "No space left on device")
    failed = when(writer, lambda state: bool(state.reason))
    writer.put(adding(contact()))
    assert failed.wait(LONG)
    assert not writer.stop(0.05)
    assert writer.state == SaveState(1, "no space left on device")


def test_nothing_to_save_is_drained_at_once(writer: Writer, file: Stubborn) -> None:
    assert writer.drain(0)
    assert not file.path.exists()
