"""What crosses the line over a real ssh: encrypted bytes, and how long a key takes on a slow line.

Run it with: python -m tests.benchmarks.bench_ssh [--idle 10] [--keys 10]

The bytes are those that come back over TCP from an sshd on 127.0.0.1, for what bench_bytes measures too;
"connecting" is ssh alone, and part of the start. The slow line lets 64 kbit/s through each way and takes
150 ms from one end to the other; the time is from the key to the whole of its picture.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from string import ascii_lowercase
from typing import Any, NamedTuple, Self

import pytest

from tests.benchmarks.bench_bytes import (
    GOALS,
    QUIET_SECONDS,
    Row,
    Start,
    begin_interview,
    idle_summary,
    of_vim,
    of_warmcall,
)
from tests.terminal.emulator import WARMCALL, Terminal
from tests.terminal.proxy import Line, Shape
from tests.terminal.sshd import Sshd

SLOW = Shape(bytes_a_second=8000.0, seconds=0.15)
"""A line of 64 kbit/s with a round trip of 300 ms."""

REACH_SECONDS = 2 * SLOW.seconds + 0.05

CONNECTING = "connecting"
NAMES = [*GOALS, CONNECTING]

LETTER, MOVE = "letter in notes", "list move, Queue"

A_LINE = 10
"""Letters typed before a new line: words then stand unbroken."""

PLAIN = ("--plain-drawing",)
COMPRESSED = ("-C",)


class OverSsh(Terminal):
    """A program on a terminal over ssh; what it receives is what crosses the line."""

    def __init__(self, sshd: Sshd, home: Path, words: Sequence[str], shape: Shape | None, *ssh: str) -> None:
        self.line = Line(sshd.port, shape)
        super().__init__(home=home, program=sshd.client(program=words, port=self.line.port, options=ssh))

    @property
    def received(self) -> int:
        """How many encrypted bytes have come so far."""
        return self.line.to_client

    def close(self) -> None:
        """Leave nothing behind."""
        super().close()
        self.line.close()


class Times(NamedTuple):
    """How long keys took, in seconds."""

    median: float
    worst: float

    @classmethod
    def of(cls, seconds: Iterable[float]) -> Self:
        """Take them together."""
        each = list(seconds)
        return cls(statistics.median(each), max(each))

    def __str__(self) -> str:
        return f"{self.median * 1000:.0f} ({self.worst * 1000:.0f})"


def there(sshd: Sshd, home: Path, *ssh: str, shape: Shape | None = None) -> Start:
    """Return what starts a program over ssh, with options of ssh if they are given."""
    return lambda words: OverSsh(sshd, home, words, shape, *ssh)


def connecting(start: Start) -> Row:
    """Measure an ssh that does nothing."""
    at = start(("true",))
    try:
        at.wait_for_end()
        return {CONNECTING: at.received}
    finally:
        at.close()


def letters(at: Terminal, keys: int) -> Iterator[float]:
    """Type letters into the notes of a running interview; give how long each took to show."""
    begin_interview(at)
    at.press("Enter")
    at.wait_for("Leave notes")
    for number in range(keys):
        line, place = divmod(number, A_LINE)
        if place == 0:
            at.press("Enter")
        word = ascii_lowercase[line : line + place + 1]
        yield until(at, word[-1], partial(_stands_in_notes, at, word))


def moves(at: Terminal, keys: int) -> Iterator[float]:
    """Move up and down the Queue, where no clock runs; give how long each took to show, to the last byte."""
    for number in range(keys):
        idle_summary(at)
        began = time.monotonic()
        at.press("jk"[number % 2])
        at.wait_until(partial(_more_than, at, at.received), "the key does nothing")
        yield last_came(at) - began


def echoes(at: Terminal, keys: int) -> Iterator[float]:
    """Type letters that come back as they are; give how long each took to show."""
    for number in range(keys):
        word = (ascii_lowercase * 2)[: number % len(ascii_lowercase) + 1]
        if len(word) == 1:
            at.press("\x15")
        yield until(at, word[-1], partial(_is_last, at, word))


def until(at: Terminal, key: str, shown: Callable[[], bool]) -> float:
    """Return how many seconds pass from a key until what it does is shown."""
    idle_summary(at)
    began = time.monotonic()
    at.press(key)
    at.wait_until(shown, f"{key!r} does nothing")
    return time.monotonic() - began


def last_came(at: Terminal) -> float:
    """Wait until nothing has come for a while; return when the last of it did."""
    count, last = at.received, time.monotonic()
    while time.monotonic() < last + QUIET_SECONDS:
        at._read()
        if at.received != count:
            count, last = at.received, time.monotonic()
    return last


def times_of_warmcall(start: Start, keys: int, *options: str) -> dict[str, Times]:
    """Measure how long keys take."""
    at = start((*WARMCALL, *options, "demo"))
    try:
        at.wait_for("[1 Queue]", "◷ Mei Tanaka", "sample")
        return {MOVE: Times.of(moves(at, keys)), LETTER: Times.of(letters(at, keys))}
    finally:
        at.close()


def times_of_echo(start: Start, keys: int) -> dict[str, Times]:
    """Measure the line and ssh alone: how long the terminal's own echo takes."""
    at = start(("sh", "-c", "echo ready; exec cat"))
    try:
        at.wait_for("ready")
        return {LETTER: Times.of(echoes(at, keys))}
    finally:
        at.close()


def tables(idle: float, keys: int) -> str:
    """Return the two tables, in Markdown."""
    bytes_: list[Row] = []
    times: list[dict[str, Times]] = []
    with served() as (sshd, home):
        for options in ((), PLAIN):
            for ssh in ((), COMPRESSED):
                start = there(sshd, home, *ssh)
                bytes_.append(of_warmcall(start, idle, *options) | connecting(start))
                times.append(times_of_warmcall(there(sshd, home, *ssh, shape=SLOW), keys, *options))
        bytes_ += [of_vim(there(sshd, home, *ssh), home, idle) for ssh in ((), COMPRESSED)]
        times.append(times_of_echo(there(sshd, home, shape=SLOW), keys))
    columns = ["warmcall", "with `-C`", "`--plain-drawing`", "with `-C`"]
    return "\n".join(
        [
            f"Encrypted bytes to the client, at 80x24 in 256 colours (idle: {idle:g} s):",
            "",
            *_table([*columns, "vim", "with `-C`"], NAMES, bytes_, "{:,}".format),
            "",
            "Milliseconds from key to picture at 64 kbit/s with a round trip of 300 ms,"
            f" median (worst) of {keys}, to be at most {REACH_SECONDS * 1000:.0f}:",
            "",
            *_table([*columns, "echo alone"], [LETTER, MOVE], times, str),
        ]
    )


@contextmanager
def served() -> Iterator[tuple[Sshd, Path]]:
    """Give an sshd and the home behind it, both gone in the end."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "home")
        home.mkdir()
        sshd = Sshd(Path(folder, "sshd"), home)
        try:
            yield sshd, home
        finally:
            sshd.close()


def _table(
    columns: Sequence[str],
    names: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    word: Callable[[Any], str],
) -> Iterator[str]:
    yield f"| what | {' | '.join(columns)} |"
    yield "|---" * (len(columns) + 1) + "|"
    for name in names:
        yield f"| {name} | {' | '.join(word(row[name]) if name in row else '' for row in rows)} |"


def _stands_in_notes(at: Terminal, word: str) -> bool:
    return f"▏ {word}" in at.text


def _is_last(at: Terminal, word: str) -> bool:
    return at.text.rstrip().endswith(f"\n{word}")


def _more_than(at: Terminal, count: int) -> bool:
    return at.received > count


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--idle", type=float, default=60.0, help="seconds without a key")
    parser.add_argument("--keys", type=int, default=30, help="how many keys are timed, of each kind")
    asked = parser.parse_args()
    try:
        sys.stdout.write(tables(asked.idle, asked.keys) + "\n")
    except pytest.skip.Exception as reason:
        parser.exit(1, f"{reason}\n")


if __name__ == "__main__":
    main()
