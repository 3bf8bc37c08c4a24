"""What memory the app has at its start, after the first visit of each screen, and after thousands of keys.

Run it with: python -m tests.benchmarks.bench_memory [--contacts 0 30000] [--keys 290 2000 5000] [--tree PATH]

In MB (10**6 bytes), when the app has come to rest: "share" is its part of all memory it uses, "own" what it
has alone. The keys go in rounds through all screens, main dialogs, a filter, and a change that is undone.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from tests.benchmarks.sessions import Memory, Step, session
from tests.benchmarks.tables import Options, Table, machine, number, options, ratio, say

CONTACTS = (0, 30_000)
KEYS = (290, 2_000, 5_000)
MOST_TIMES = 3
"""How many times the memory with no contacts there may be with the last number of them."""

MOST_GROWTH_MB = 5
"""How much it may grow from the first visits to the last key."""

START, VISITED = "start", "first visit of each screen"


def _keys(*keys: str, shows: str = "", gone: str = "") -> Step:
    return Step("", keys, shows, gone)


def visits() -> list[Step]:
    """Return the keys that visit each screen, and come back."""
    return [_keys(key, shows=f"[{key} ") for key in "234561"]


def round_of_keys(contacts: int) -> list[Step]:
    """Return keys that lead through everything and back to the Queue; without contacts there are fewer."""
    add = [_keys("a", shows="A new contact"), _keys("Esc", gone="A new contact")]
    help_ = [_keys("?", shows="The keys here"), _keys("?", gone="The keys here")]
    palette = [_keys(":", shows="Find anything"), _keys("Esc", gone="Find anything")]
    if not contacts:
        return [
            _keys("2", shows="[2 People]"),
            *add,
            *(_keys(key, shows=f"[{key} ") for key in "3456"),
            *help_,
            *palette,
            _keys("1", shows="[1 Queue]"),
        ]
    return [
        *(_keys(key) for key in "kkkj"),
        _keys("2", shows="[2 People]"),
        *(_keys(key) for key in "jj"),
        _keys("/", shows="filter:"),
        *(_keys(key, shows=" of ") for key in "no"),
        _keys("Esc", shows="/ Filter"),
        *add,
        _keys("3", shows="[3 Call]"),
        _keys("o", shows="How did it end?"),
        _keys("Esc", gone="How did it end?"),
        _keys("4", shows="[4 Interview]"),
        _keys("5", shows="[5 Progress]"),
        _keys("j"),
        _keys("6", shows="[6 Target]"),
        *help_,
        _keys("1", shows="[1 Queue]"),
        _keys("g"),
        _keys("z", shows="Put off"),
        _keys("Esc", gone="Put off"),
        _keys("x", shows="Done."),
        _keys("u", shows="Undone"),
        _keys("G"),
    ]


def measured(asked: Options, contacts: int, keys: Sequence[int]) -> dict[str, Memory]:
    """Return the memory at each moment."""
    steps = round_of_keys(contacts)
    found: dict[str, Memory] = {}
    with session(state=asked.states.file(contacts), fork=asked.fork) as at:
        at.first_frame("[1 Queue]", "Luis Ortega" if contacts else "Nobody here yet")

        def note(moment: str) -> None:
            at.rest()
            found[moment] = at.memory()
            say(f"memory, {contacts:,} contacts, {moment}: {found[moment].own:.1f} MB of its own")

        note(START)
        at.follow(visits())
        note(VISITED)
        pressed = 0
        for count in sorted(keys):
            while pressed < count:
                at.follow(steps)
                pressed += sum(len(step.keys) for step in steps)
            note(f"{count:,} keys")
    return found


def tables(asked: Options, contacts: Sequence[int] = CONTACTS, keys: Sequence[int] = KEYS) -> None:
    """Print the table."""
    found = [measured(asked, count, keys) for count in contacts]
    columns = ["after"]
    columns += [f"{count:,}: {what}, MB" for count in contacts for what in ("own", "share")]
    columns += [f"own, {contacts[-1]:,} / {contacts[0]:,}, goal {MOST_TIMES}"]
    columns += [f"{count:,}: own, more than after the visits, goal {MOST_GROWTH_MB} MB" for count in contacts]
    table = Table(asked.out, "Memory", columns, "80x24, one session each, at rest.")
    for moment in found[0]:
        memories = [each[moment] for each in found]
        cells = [number(value) for memory in memories for value in (memory.own, memory.share)]
        more = ["" if moment == START else f"{each[moment].own - each[VISITED].own:+.1f}" for each in found]
        table.row(moment, *cells, ratio(memories[-1].own, memories[0].own), *more)
    table.end()


def main(arguments: Sequence[str]) -> None:
    """Print the table asked for."""

    def add(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--contacts", type=int, nargs="+", default=CONTACTS)
        parser.add_argument("--keys", type=int, nargs="+", default=KEYS)

    with options(arguments, __doc__, "tests.benchmarks.bench_memory", 1, add) as asked:
        asked.out.write(machine() + "\n")
        tables(asked, asked.asked.contacts, asked.asked.keys)


if __name__ == "__main__":
    main(sys.argv[1:])
