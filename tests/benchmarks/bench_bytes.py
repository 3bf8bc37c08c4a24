"""How many bytes the terminal is sent: thrifty drawing, Textual alone, and vim where it does the like.

Run it with: python -m tests.benchmarks.bench_bytes [--idle 10]

At 80x24 in 256 colours, on a pseudo-terminal, everything counted. A clock tick is the median of several,
as every few seconds the pace changes with it. The clock runs while letters are typed, so that a letter is
the least of several: one during which no second passed. A list move is the most of seven in the queue, among
them to a meeting, and the most of three in People.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.terminal.emulator import WARMCALL, Terminal

QUIET_SECONDS = 0.4
"""A frame is over when nothing has come for so long."""

TRIES = 5

Row = dict[str, int]

Start = Callable[[Sequence[str]], Terminal]
"""Starts a program, given its words, on a terminal that counts what it receives."""

GOALS: Row = {
    "clock tick, on Queue": 40,
    "clock tick, on People": 40,
    "clock tick, on Interview": 40,
    "letter in notes": 35,
    "list move, Queue": 180,
    "list move, People": 180,
    "to 2 People": 3500,
    "to 3 Call": 3500,
    "to 4 Interview": 3500,
    "to 5 Progress": 3500,
    "to 6 Target": 3500,
    "to 1 Queue": 3500,
    "idle": 0,
    "start": 9000,
}


def idle_summary(at: Terminal, seconds: float = QUIET_SECONDS) -> int:
    """Wait until nothing has come for `seconds`; return how many bytes came by then in all."""
    count, end = at.received, time.monotonic() + seconds
    while time.monotonic() < end:
        at._read()
        if at.received != count:
            count, end = at.received, time.monotonic() + seconds
    return count


def cost(at: Terminal, *keys: str, seconds: float = QUIET_SECONDS) -> int:
    """Return how many bytes come for some keys, where it is quiet, until it is quiet again."""
    before = at.received
    at.press(*keys)
    return idle_summary(at, seconds) - before


def least(tries: int, item: Callable[[], int]) -> int:
    """Return the least of several costs."""
    return min(item() for _ in range(tries))


def during(at: Terminal, seconds: float) -> int:
    """Return how many bytes come by themselves in that time."""
    before, end = at.received, time.monotonic() + seconds
    while time.monotonic() < end:
        at._read()
    return at.received - before


def ticks(at: Terminal, count: int) -> list[int]:
    """Return how many bytes each of the next seconds of a running clock costs."""
    found: list[int] = []
    while len(found) < count:
        before = at.received
        while at.received == before:
            at._read()
        found.append(idle_summary(at) - before)
    return found


def begin_interview(at: Terminal) -> None:
    """Begin the interview with Mei Tanaka from Queue: the clock runs."""
    for _ in at.text.splitlines():
        if any("▸" in line and "◷ Mei Tanaka" in line for line in at.text.splitlines()):
            break
        at.press("j")
        idle_summary(at, 0.1)
    at.press("4")
    at.wait_for("[4 Interview]")
    at.press("s")
    at.wait_for(" left", "x End")


def letter_in_notes(at: Terminal, tries: int = TRIES) -> int:
    """Go into the notes of the interview; return what a letter there costs."""
    at.press("Enter")
    at.wait_for("Leave notes")
    at.press("abc")

    def letter() -> int:
        idle_summary(at)
        return cost(at, "x", seconds=0.15)

    return least(tries, letter)


def here(home: Path) -> Start:
    """Return what starts a program on a pseudo-terminal of its own."""
    return lambda words: Terminal(home=home, program=words)


def of_warmcall(start: Start, idle: float, *options: str, tries: int = TRIES) -> Row:
    """Measure warmcall on the sample data in three sessions at once, what is repeated `tries` times."""
    parts: list[Callable[[Terminal], Row]] = [
        lambda at: without_a_clock(at, idle),
        lambda at: in_an_interview(at, tries),
        lambda at: beside_an_interview(at, tries),
    ]
    sessions: list[Terminal] = []
    row: Row = {}
    try:
        sessions += [start((*WARMCALL, *options, "demo")) for _ in parts]
        with ThreadPoolExecutor(len(parts)) as threads:
            for measured in threads.map(lambda part, at: part(at), parts, sessions):
                row |= measured
    finally:
        for at in sessions:
            at.close()
    return row


def opened(at: Terminal) -> int:
    """Wait until the first screen is whole; return how many bytes the start cost."""
    at.wait_for("[1 Queue]", "◷ Mei Tanaka", "sample")
    return idle_summary(at, 1.0)


def without_a_clock(at: Terminal, idle: float) -> Row:
    """Measure the start, `idle` seconds of nothing, moves in lists and a turn through the screens."""
    row = {"start": opened(at), "idle": during(at, idle)}
    row["list move, Queue"] = max(cost(at, key) for key in "jjkjjjj")
    tabs = ("2 People", "3 Call", "4 Interview", "5 Progress", "6 Target", "1 Queue")
    for key, name in map(str.split, tabs):
        row[f"to {key} {name}"] = cost(at, key)
        at.wait_for(f"[{key} {name}]")
        if name == "People":
            row["list move, People"] = max(cost(at, move) for move in "jjk")
    return row


def in_an_interview(at: Terminal, tries: int) -> Row:
    """Measure what the clock of an interview costs where its notes are, and a letter in them."""
    opened(at)
    begin_interview(at)
    idle_summary(at)
    row = {"clock tick, on Interview": int(statistics.median(ticks(at, tries)))}
    return row | {"letter in notes": letter_in_notes(at, tries)}


def beside_an_interview(at: Terminal, tries: int) -> Row:
    """Measure what the clock of an interview costs on two other screens."""
    opened(at)
    begin_interview(at)
    row: Row = {}
    for key, name in (("2", "People"), ("1", "Queue")):
        at.press(key)
        at.wait_for(f"[{key} {name}]")
        idle_summary(at)
        row[f"clock tick, on {name}"] = int(statistics.median(ticks(at, tries)))
    return row


def of_vim(start: Start, home: Path, idle: float) -> Row:
    """Measure vim, where it does what we do: a letter typed, a line down, the start, and nothing."""
    vim = shutil.which("vim")
    if vim is None:
        return {}
    text = home / "notes.txt"
    text.write_text("By accident.\n" * 30, encoding="utf-8")
    at = start((vim, "--clean", "-n", "-c", "syntax on | set cursorline", str(text)))
    stream: Any = at._stream
    stream.feed = len  # pyte does not know all that vim asks a terminal, and bytes are all we count
    try:
        row = {"start": idle_summary(at, 1.0), "idle": during(at, idle)}
        row["list move, Queue"] = max(cost(at, key) for key in "jjkjjjj")
        at.press("o")
        idle_summary(at)
        at.press("abc")
        idle_summary(at)
        row["letter in notes"] = least(TRIES, lambda: cost(at, "x"))
    finally:
        at.close()
    return row


def table(idle: float) -> str:
    """Return the table: what is asked for, and what each sends."""
    with tempfile.TemporaryDirectory() as folder:
        homes = [Path(folder, name) for name in ("ours", "alone", "vim")]
        for home in homes:
            home.mkdir()
        rows = [
            of_warmcall(here(homes[0]), idle),
            of_warmcall(here(homes[1]), idle, "--plain-drawing"),
            of_vim(here(homes[2]), homes[2], idle),
        ]
    lines = [
        f"bytes at 80x24, 256 colours (idle: {idle:g} s)",
        f"  {'':26}{'goal':>8}{'warmcall':>10}{'Textual':>10}{'vim':>8}",
    ]
    for name, goal in GOALS.items():
        found = "".join(
            f"{row[name]:>{width},}" if name in row else f"{'-':>{width}}"
            for row, width in zip(rows, (10, 10, 8), strict=True)
        )
        lines.append(f"  {name:26}{goal:>8,}{found}")
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--idle", type=float, default=60.0, help="seconds without a key")
    sys.stdout.write(table(parser.parse_args().idle) + "\n")


if __name__ == "__main__":
    main()
