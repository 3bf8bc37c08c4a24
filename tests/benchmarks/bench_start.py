"""What a start costs to its first whole frame, beside a bare Textual app, and what short commands cost.

Run it with: python -m tests.benchmarks.bench_start [--contacts 0 300 30000] [--rounds 5] [--tree PATH]

The programs take turns. Milliseconds of processor and of the clock until the screen is what it is when the
program has come to rest; "at rest" is the processor time until then. Commands are waited for to their end.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from tests.benchmarks.sessions import BARE, PLAIN, Cost, Frame, command, learned, session
from tests.benchmarks.tables import Figure, Options, Table, machine, options, ratio, say
from tests.terminal.emulator import WARMCALL

CONTACTS = (0, 300, 30_000)
BARE_NAME = "a bare Textual app"
NO_FILE = "no file"

MOST_TIMES = {NO_FILE: 1.3, "0 contacts": 1.3, "300 contacts": 1.3, "30,000 contacts": 2.0}
"""How many times the bare app a start may cost."""

PASS = "python -c pass"
VERSION = "warmcall --version"
MOST_MS = {VERSION: 60, "due, 300 contacts": 120, "due, 30,000 contacts": 600}
"""How many milliseconds of processor a command may cost."""

Measure = Callable[[], Cost]


def starts(contacts: Sequence[int], asked: Options) -> dict[str, list[Cost]]:
    """Return what each start costs, each round one of each."""
    found: dict[str, list[Cost]] = {}
    measures: dict[str, Measure] = {}
    bare, _ = learned([], ["row 20", "Quit"], program=BARE, fork=asked.fork)
    measures[BARE_NAME] = partial(_start, bare, program=BARE, fork=asked.fork)
    cases: list[tuple[str, Path | None, tuple[str, ...]]] = [
        (f"{count:,} contacts", asked.states.file(count), _words(count)) for count in contacts
    ]
    if 0 in contacts:
        cases.insert(0, (NO_FILE, None, ("Look around",)))
    for name, state, words in cases:
        say(f"learning the first frame: {name}")
        frame, _ = learned([], words, state=state, fork=asked.fork)
        measures[name] = partial(_start, frame, program=WARMCALL, state=state, fork=asked.fork)
    for turn in range(asked.rounds):
        for name, measure in measures.items():
            found.setdefault(name, []).append(measure())
            say(f"start, round {turn + 1}: {name}: {found[name][-1].processor:.0f} ms")
    return found


def _start(frame: Frame, **how: Any) -> Cost:
    with session(**how) as at:
        return at.started(frame)


def _words(contacts: int) -> tuple[str, ...]:
    return ("[1 Queue]", "help", "Luis Ortega" if contacts else "Nobody here yet")


def commands(contacts: Sequence[int], asked: Options) -> dict[str, list[Cost]]:
    """Return what each command costs, each round one of each."""
    found: dict[str, list[Cost]] = {}
    measures: dict[str, Measure] = {PASS: partial(command, (sys.executable, "-c", "pass"))}
    measures[VERSION] = partial(command, (*PLAIN, "--version"))
    for count in filter(None, contacts):
        measures[f"due, {count:,} contacts"] = partial(command, (*WARMCALL, "due"), asked.states.file(count))
    for measure in measures.values():
        measure()
    for turn in range(asked.rounds):
        for name, measure in measures.items():
            found.setdefault(name, []).append(measure())
            say(f"command, round {turn + 1}: {name}: {found[name][-1].processor:.0f} ms")
    return found


def tables(asked: Options, contacts: Sequence[int] = CONTACTS) -> None:
    """Print both tables."""
    table_of_starts(asked, contacts)
    table_of_commands(asked, contacts)


def table_of_starts(asked: Options, contacts: Sequence[int]) -> None:
    """Measure every start, and print the table."""
    columns = ("start", "goal", "times bare", "processor, ms", "clock, ms", "at rest, ms", "bytes")
    table = Table(asked.out, "Start to the first whole frame", columns, f"80x24, medians of {asked.rounds}.")
    found = starts(contacts, asked)
    bare = Figure.of([cost.processor for cost in found[BARE_NAME]]).median
    for name, costs in found.items():
        processor, wall, all_, received = (Figure.of(values) for values in zip(*costs, strict=True))
        times = ratio(processor.median, bare)
        table.row(name, MOST_TIMES.get(name, ""), times, processor, wall, all_, received)
    table.end()


def table_of_commands(asked: Options, contacts: Sequence[int]) -> None:
    """Measure every command, and print the table."""
    columns = ("command", "goal, ms", "processor, ms", "clock, ms")
    table = Table(asked.out, "Commands, from start to end", columns, f"Medians of {asked.rounds}.")
    for name, costs in commands(contacts, asked).items():
        processor, wall, *_ = (Figure.of(values) for values in zip(*costs, strict=True))
        table.row(name, MOST_MS.get(name, ""), processor, wall)
    table.end()


def main(arguments: Sequence[str]) -> None:
    """Print the tables asked for."""

    def add(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--contacts", type=int, nargs="+", default=CONTACTS)

    with options(arguments, __doc__, "tests.benchmarks.bench_start", 5, add) as asked:
        asked.out.write(machine() + "\n")
        tables(asked, asked.asked.contacts)


if __name__ == "__main__":
    main(sys.argv[1:])
