"""Programs whose bytes are counted, here or at the end of a line: what is sent until a frame is there.

`learned` of sessions.py says what frames there are; a `Counted` waits for them, wherever the program runs.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tests.benchmarks import sessions
from tests.benchmarks.sessions import Frame, NotMeasured, Step
from tests.terminal.emulator import READ_SECONDS, Terminal

Start = Callable[[Sequence[str]], Terminal]
"""Starts a program, given its words, on a terminal that counts what it receives."""

CLOCK = re.compile(r"\d+:\d\d left")

SETTLE_SECONDS = 0.1
"""How long after a frame what still comes belongs to it, such as the place of the cursor."""


class Sent(NamedTuple):
    """What a key had sent: how many bytes, and after how many seconds its frame was there."""

    received: int
    seconds: float


class Counted:
    """A program on a terminal; `settle` is how long after a frame what comes belongs to it, in seconds.

    Without it, that is SETTLE_SECONDS.
    """

    def __init__(self, at: Terminal, settle: float = 0.0) -> None:
        self.at = at
        self._settle = settle or SETTLE_SECONDS

    def wait(self, shown: Callable[[str], bool], what: str) -> None:
        """Read until the screen is as it should be.

        Raises:
            NotMeasured: if it does not come to that.
        """
        end = time.monotonic() + sessions.PATIENCE_SECONDS
        while not shown(self.at.text):
            if time.monotonic() > end:
                raise NotMeasured(f"{what}: it never came. On the screen:\n{self.at.text}")
            self.at.read(READ_SECONDS)

    def started(self, frame: Frame) -> int:
        """Wait for the first frame; return how many bytes the start had sent."""
        self.wait(frame.is_on, "the first frame")
        return self.settled()

    def key(self, step: Step, frame: Frame) -> Sent:
        """Press the keys of a step and wait for their frame.

        Raises:
            NotMeasured: if the frame is there before the keys, or does not come.
        """
        before = self.at.received
        if frame.is_on(self.at.text):
            raise NotMeasured(f"{step.name or step.keys}: the frame is there before the key:\n{self.at.text}")
        began = time.monotonic()
        self.at.press(*step.keys)
        self.wait(frame.is_on, step.name or str(step.keys))
        seconds = time.monotonic() - began
        return Sent(self.settled() - before, seconds)

    def go(self, *steps: Step) -> None:
        """Press the keys of steps, each as soon as the one before has led where it should."""
        for step in steps:
            self.at.press(*step.keys)
            self.wait(step.is_done_on, f"{step.keys}, {step.shows!r} without {step.gone!r}")
        self.settled()

    def letters(self, letter: Step, back: Step, count: int, between_ticks: bool = True) -> list[Sent]:
        """Return what a letter has sent, so many times.

        `between_ticks` leaves out those during which a countdown turned: on a slow line it does in most.
        `back` takes the letter away again. Both are pressed once before, to learn to which frames they lead.
        """
        self.go(letter)
        with_it = Frame.of(self.at.text)
        self.go(back)
        without = Frame.of(self.at.text)
        found: list[Sent] = []
        while len(found) < count:
            clock = CLOCK.findall(self.at.text)
            sent = self.key(letter, with_it)
            if not between_ticks or CLOCK.findall(self.at.text) == clock:
                found.append(sent)
            self.key(back, without)
        return found

    def echo(self, key: str, line: str) -> float:
        """Press a key; return after how many seconds the last line of the screen is the one given."""
        self.settled()
        began = time.monotonic()
        self.at.press(key)
        self.wait(lambda text: text.rstrip().endswith(f"\n{line}"), key)
        return time.monotonic() - began

    def ticks(self, count: int) -> list[int]:
        """Return how many bytes each of the next turns of the countdown sends.

        Raises:
            NotMeasured: if there is none on the screen, or it stands still.
        """
        found: list[int] = []
        received = 0
        while len(found) < count:
            clock = CLOCK.findall(self.at.text)
            if not clock:
                raise NotMeasured(f"there is no countdown on the screen:\n{self.at.text}")

            def turned(text: str, clock: list[str] = clock) -> bool:
                return CLOCK.findall(text) not in ([], clock)

            self.wait(turned, "the countdown stands")
            now = self.settled()
            if received:
                found.append(now - received)
            received = now
        return found

    def during(self, seconds: float) -> int:
        """Return how many bytes come by themselves in that time."""
        before, end = self.settled(), time.monotonic() + seconds
        while time.monotonic() < end:
            self.at.read(READ_SECONDS)
        return self.at.received - before

    def settled(self) -> int:
        """Read until nothing more comes; return how many bytes came by then in all."""
        count, end = self.at.received, time.monotonic() + self._settle
        while time.monotonic() < end:
            self.at.read(min(0.02, self._settle))
            if self.at.received != count:
                count, end = self.at.received, time.monotonic() + self._settle
        return count
