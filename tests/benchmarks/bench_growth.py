"""How everything grows with the number of contacts, and with the number of interviews.

Run it with: python -m tests.benchmarks.bench_growth [--contacts 0 300 3000 30000 300000]
    [--interviews 0 50 500 5000] [--rounds 1] [--tree PATH]

In milliseconds of processor, at 80x24: keys as in bench_keys, to their frame; "saved" is `x` until the state
file was written and the app rested; commands from start to end. Memory is what the app has of its own in MB,
after the first visits. The interviews are had with 3,000 contacts.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import cast

from tests.benchmarks.bench_keys import FILTER, MOVE, VISIT, known, measured
from tests.benchmarks.sessions import Cost, Step, command
from tests.benchmarks.states import INTERVIEWS
from tests.benchmarks.tables import Figure, Options, Table, machine, options, ratio, say
from tests.terminal.emulator import WARMCALL

CONTACTS = (0, 300, 3_000, 30_000, 300_000)
MET = (0, 50, 500, 5_000)
CONTACTS_MET = 3_000

LOAD, SAVED, MEMORY = "start", "x, saved", "memory, MB"
EXPORTS = ("json", "csv", "md", "ics", "vcf", "google")

KEYS = [
    *(Step(f"{MOVE}Queue", ("j",), "▸") for _ in range(3)),
    Step("", ("g",), "▸! 30 d late"),
    Step(f"{VISIT}2 People", ("2",), "▸Abe Tanaka"),
    Step("", ("/",), "filter:"),
    *(Step(f"{FILTER}People", (letter,), " of ") for letter in "novak"),
    Step("", ("Esc",), "/ Filter"),
    Step(f"{VISIT}5 Progress", ("5",), "Asked by week"),
    Step("again: 1 Queue", ("1",), "Luis Ortega"),
    Step("x", ("x",), "▸", notices=True, saves=True),
    Step("undo", ("u",), "▸", notices=True, saves=True),
]
"""What is pressed where there are contacts."""

Figures = dict[str, Figure]


def figures(asked: Options, contacts: int, interviews: int) -> Figures:
    """Return what everything costs with so many contacts and interviews."""
    state = asked.states.file(contacts, interviews)
    many = f"{contacts:,} contacts, {interviews:,} interviews"
    say(f"growth: {many}: keys")
    steps = KEYS if contacts else [Step(f"{VISIT}2 People", ("2",), "[2 People]")]
    words = ("[1 Queue]", "Luis Ortega" if contacts else "Nobody here yet", "help")
    frames = known(steps, words, state=state, fork=asked.fork)
    found = measured(steps, asked.rounds, frames, state=state, fork=asked.fork)
    values = {LOAD: [cost.processor for cost in found.starts]}
    for name, costs in found.keys.items():
        values[name] = [cost.processor for cost in costs]
        if name == "x":
            values[SAVED] = [cost.all for cost in costs]
    for name, measure in commands(state).items():
        say(f"growth: {many}: {name}")
        values[name] = [measure().processor for _ in range(asked.rounds)]
    values[MEMORY] = [memory.own for memory in found.memories]
    return {name: Figure.of(each) for name, each in values.items()}


def commands(state: Path) -> dict[str, Callable[[], Cost]]:
    """Return what runs each command that reads everything; nothing due is a code of its own."""
    found = {"due": partial(command, (*WARMCALL, "due"), state, (0, 1))}
    for kind in EXPORTS:
        found[f"export {kind}"] = partial(command, (*WARMCALL, "export", kind), state)
    return {name: cast("Callable[[], Cost]", measure) for name, measure in found.items()}


def table(asked: Options, title: str, sizes: Sequence[tuple[int, int]], heads: Sequence[str]) -> None:
    """Measure all sizes, each as its contacts and interviews, and print how each figure grows with them."""
    found = [figures(asked, contacts, interviews) for contacts, interviews in sizes]
    columns = ["what", *heads]
    columns += [f"{after} / {before}" for before, after in pairwise(heads)]
    shown = Table(asked.out, title, columns, f"ms of processor; medians of {asked.rounds} sessions.")
    for name in found[-1]:
        row = [each.get(name) for each in found]
        times = [
            "" if not before or not after else ratio(after.median, before.median)
            for before, after in pairwise(row)
        ]
        shown.row(name, *("" if figure is None else figure for figure in row), *times)
    shown.end()


def tables(asked: Options, contacts: Sequence[int] = CONTACTS, met: Sequence[int] = MET) -> None:
    """Print both tables."""
    if contacts:
        heads = [f"{count:,}" for count in contacts]
        table(asked, "Growth with contacts", [(count, INTERVIEWS) for count in contacts], heads)
    if met:
        heads = [f"{count:,}" for count in met]
        table(
            asked,
            f"Growth with interviews, {CONTACTS_MET:,} contacts",
            [(CONTACTS_MET, count) for count in met],
            heads,
        )


def main(arguments: Sequence[str]) -> None:
    """Print the tables asked for."""

    def add(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--contacts", type=int, nargs="*", default=CONTACTS)
        parser.add_argument("--interviews", type=int, nargs="*", default=MET)

    with options(arguments, __doc__, "tests.benchmarks.bench_growth", 1, add) as asked:
        asked.out.write(machine() + "\n")
        tables(asked, asked.asked.contacts, asked.asked.interviews)


if __name__ == "__main__":
    main(sys.argv[1:])
