"""The thread for input looks for what is due while something may be, and sleeps otherwise."""

from __future__ import annotations

import os
import select
from collections.abc import Iterator
from threading import Thread

import pytest
from warmcall.terminal import quiet_input
from warmcall.terminal.quiet_input import QUIET_SECONDS, QuietSelector, StopEvent

PATIENCE_SECONDS = 20.0


class Input:
    """A selector for one end of a pipe, with a clock that the test sets."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.stop = StopEvent()
        self.selector = QuietSelector(self.stop, lambda: self.seconds)
        self.reads, self._writes = os.pipe()
        self.selector.register(self.reads, select.POLLIN)

    def type(self, letter: bytes) -> None:
        os.write(self._writes, letter)

    def wait(self) -> bytes:
        """Return what came; nothing if there was none in a moment, or the wait was ended."""
        return b"".join(os.read(self.reads, 64) for _ in self.selector.select(0.001))

    def close(self) -> None:
        self.selector.close()
        os.close(self.reads)
        os.close(self._writes)


@pytest.fixture
def input_() -> Iterator[Input]:
    made = Input()
    yield made
    made.close()


@pytest.fixture
def sleeps(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that has, for each wait without end, how many things could end it."""
    found: list[int] = []

    class Select:
        @staticmethod
        def select(readable: list[int], writable: list[int], failed: list[int]) -> object:
            found.append(len(readable))
            return select.select(readable, writable, failed)

    monkeypatch.setattr(quiet_input, "select", Select)
    return found


def test_it_sleeps_only_when_nothing_has_come_for_a_while(input_: Input, sleeps: list[int]) -> None:
    input_.seconds = QUIET_SECONDS - 1
    assert (input_.wait(), sleeps) == (b"", [])
    input_.type(b"a")
    assert (input_.wait(), sleeps) == (b"a", [])
    input_.seconds += QUIET_SECONDS - 1
    assert (input_.wait(), sleeps) == (b"", []), "an Esc may be waiting for what follows it"
    input_.seconds += 1
    input_.type(b"b")
    assert (input_.wait(), sleeps) == (b"b", [2]), "a key and the end wake it"
    assert (input_.wait(), sleeps) == (b"", [2])


def test_asked_to_end_it_sleeps_no_longer_until_it_may_again(input_: Input, sleeps: list[int]) -> None:
    input_.seconds = QUIET_SECONDS
    waiting = Thread(target=input_.wait, daemon=True)
    waiting.start()
    input_.stop.set()
    waiting.join(PATIENCE_SECONDS)
    assert not waiting.is_alive()
    assert (input_.wait(), sleeps) == (b"", [2, 2])
    input_.selector.unregister(input_.reads)
    assert (input_.wait(), input_.stop.is_set()) == (b"", True)
    input_.stop.set()
    input_.stop.clear()
    assert not input_.stop.is_set()
    assert select.select([input_.stop], [], [], 0)[0] == []
