"""What crosses the line over a real ssh: encrypted bytes, and how long a key takes on a slow line.

Run it with: python -m tests.benchmarks.bench_ssh [--idle 20] [--rounds 5] [--keys 12] [--tree PATH]

The bytes are those that come back over TCP from an sshd on 127.0.0.1, for what bench_bytes measures too;
"connecting" is ssh alone, and part of the start. The slow line lets 64 kbit/s through each way and takes
150 ms from one end to the other; the time is from the key until its frame is there.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from string import ascii_lowercase

import pytest

from tests.benchmarks.bench_bytes import (
    A_LETTER,
    AND_BACK,
    INTO_AN_INTERVIEW,
    INTO_NOTES,
    LETTER,
    MOVE_QUEUE,
    PLAIN,
    Row,
    Script,
    known,
    learn,
    of_vim,
    of_warmcall,
    show,
)
from tests.benchmarks.lines import Counted, Start
from tests.benchmarks.sessions import Step, environment
from tests.benchmarks.tables import Figure, Options, Table, machine, options, say
from tests.terminal.emulator import WARMCALL, Terminal
from tests.terminal.proxy import Line, Shape
from tests.terminal.sshd import Sshd

SLOW = Shape(bytes_a_second=8000.0, seconds=0.15)
"""A line of 64 kbit/s with a round trip of 300 ms."""

REACH_MS = 2 * SLOW.seconds * 1000 + 50
SLOW_SETTLE_SECONDS = 0.5
"""How long after a frame what still comes over the slow line belongs to it."""

CONNECTING = "connecting"
KEYS = 12
TO_THE_MEETING = Step("", ("g", *"jjjjj"), "▸tomorrow 14:00")
COMPRESSED = ("-C",)
WITHOUT = "`--plain-drawing`"
COLUMNS = {
    "warmcall": ((), ()),
    "with `-C`": ((), COMPRESSED),
    WITHOUT: (PLAIN, ()),
    "`--plain-drawing` with `-C`": (PLAIN, COMPRESSED),
}
"""The options of warmcall and of ssh, by the name of what they make."""


class OverSsh(Terminal):
    """A program on a terminal over ssh; what it receives is what crosses the line."""

    def __init__(self, sshd: Sshd, home: Path, words: Sequence[str], shape: Shape | None, *ssh: str) -> None:
        self.line = Line(sshd.port, shape)
        program = sshd.client(program=words, port=self.line.port, options=ssh, **environment())
        super().__init__(home=home, program=program)

    @property
    def received(self) -> int:
        """How many encrypted bytes have come so far."""
        return self.line.to_client

    def close(self) -> None:
        """Leave nothing behind."""
        super().close()
        self.line.close()


def there(sshd: Sshd, home: Path, *ssh: str, shape: Shape | None = None) -> Start:
    """Return what starts a program over ssh, with options of ssh if they are given."""
    return lambda words: OverSsh(sshd, home, words, shape, *ssh)


def connecting(start: Start) -> Row:
    """Measure an ssh that does nothing."""
    at = start(("true",))
    try:
        at.wait_for_end()
        return {CONNECTING: [at.received]}
    finally:
        at.close()


def moves(keys: int) -> Script:
    """Learn the frames of moves down the Queue and up again."""
    return learn([Step(MOVE_QUEUE, ("jk"[number % 2],), "▸") for number in range(keys)])


def times_of_warmcall(start: Start, script: Script, *given: str) -> dict[str, list[float]]:
    """Return how long keys take, in milliseconds: those of list moves, and as many letters in notes."""
    at = start((*WARMCALL, *given, "demo"))
    try:
        counted = Counted(at, SLOW_SETTLE_SECONDS)
        counted.started(script.first)
        pairs = zip(script.steps, script.frames, strict=True)
        moved = [counted.key(step, frame).seconds * 1000 for step, frame in pairs]
        counted.go(TO_THE_MEETING, *INTO_AN_INTERVIEW, *INTO_NOTES)
        typed = counted.letters(A_LETTER, AND_BACK, len(moved), between_ticks=False)
        return {MOVE_QUEUE: moved, LETTER: [sent.seconds * 1000 for sent in typed]}
    finally:
        at.close()


def times_of_echo(start: Start, keys: int) -> dict[str, list[float]]:
    """Measure the line and ssh alone: how long the terminal's own echo takes, in milliseconds."""
    at = start(("sh", "-c", "echo ready; exec cat"))
    try:
        counted = Counted(at, SLOW_SETTLE_SECONDS)
        counted.wait(lambda text: "ready" in text, "ready")
        found = []
        for number in range(1, keys + 1):
            word = (ascii_lowercase * (1 + keys // len(ascii_lowercase)))[:number]
            found.append(counted.echo(word[-1], word) * 1000)
        return {LETTER: found}
    finally:
        at.close()


def bytes_of_all(sshd: Sshd, home: Path, script: Script, idle: float, rounds: int) -> dict[str, Row]:
    """Measure all columns at once: how busy the machine is changes no byte."""

    def ours(name: str) -> Row:
        given, ssh = COLUMNS[name]
        start = there(sshd, home, *ssh)
        found = of_warmcall(start, script, idle, *given, rounds=rounds) | connecting(start)
        say(f"ssh, bytes: {name} is done")
        return found

    def vim(name: str) -> Row:
        ssh = COMPRESSED if name != "vim" else ()
        return of_vim(there(sshd, home, *ssh), home.parent / f"notes{len(ssh)}.txt", idle)

    with ThreadPoolExecutor(len(COLUMNS) + 2) as threads:
        vims = {name: threads.submit(vim, name) for name in ("vim", "vim with `-C`")}
        rows = {name: threads.submit(ours, name) for name in COLUMNS}
        return {name: row.result() for name, row in (rows | vims).items()}


def tables(
    asked: Options, idle: float = 20.0, keys: int = KEYS, on_slow_line: Sequence[str] = tuple(COLUMNS)
) -> None:
    """Print the two tables, the second of the programs named."""
    with served() as (sshd, home):
        say("ssh: learning the frames")
        script, timed = known(), moves(keys)
        say("ssh, bytes: all at once")
        rows = bytes_of_all(sshd, home, script, idle, asked.rounds)
        note = f"80x24, 256 colours; idle is {idle:g} s without a key."
        show(asked.out, "Encrypted bytes to the client", rows, note, {})
        note = f"64 kbit/s, a round trip of 300 ms; ms from key to frame, {keys} keys, goal {REACH_MS:.0f}."
        table = Table(asked.out, "A slow line", ("program", LETTER, MOVE_QUEUE), note)
        echo = times_of_echo(there(sshd, home, shape=SLOW), keys)
        table.row("the terminal's own echo", Figure.of(echo[LETTER]), "")
        for name in on_slow_line:
            given, ssh = COLUMNS[name]
            say(f"ssh, slow line: {name}")
            found = times_of_warmcall(there(sshd, home, *ssh, shape=SLOW), timed, *given)
            table.row(name, Figure.of(found[LETTER]), Figure.of(found[MOVE_QUEUE]))
        table.end()


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


def main(arguments: Sequence[str]) -> None:
    """Print the tables."""

    def add(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--idle", type=float, default=20.0, help="seconds without a key")
        parser.add_argument("--keys", type=int, default=KEYS, help="how many keys are timed, of each kind")

    with options(arguments, __doc__, "tests.benchmarks.bench_ssh", 5, add) as asked:
        asked.out.write(machine() + "\n")
        try:
            tables(asked, asked.asked.idle, asked.asked.keys)
        except pytest.skip.Exception as reason:
            raise SystemExit(str(reason)) from None


if __name__ == "__main__":
    main(sys.argv[1:])
