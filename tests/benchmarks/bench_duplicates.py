"""How long it takes to find who may be one person, and what a key costs then, beside that with 300 people.

Run it with: python -m tests.benchmarks.bench_duplicates [--sizes 300 30000] [--rounds 3]

Most of the people are in the pool, one in a hundred is a contact, too, under a short form of the name. There
are few given names and common family names, so that many look alike. "all" is looking at everybody, done in
slices between the keys; "slice" is one of them. "names" is what a form prepares to know who is here already,
"typed" is a name in it, and "number" a telephone number. "merge" is making two one with the list that
follows, "undo" its undoing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

from warmcall.config.library import Library
from warmcall.config.paths import content
from warmcall.domain.records import AnyRecord, PoolPerson
from warmcall.domain.store import Store
from warmcall.screens.index_preparation import SLICE

from tests.benchmarks.tables import Options, by_size, machine, options, processor_ms, slices_of
from tests.conftest import Bench
from tests.examples import STAMP, contact

SIZES = (300, 30_000)
GOALS = {"slice": "16", "typed": "50", "number": "50", "merge": "50", "undo": "50"}
GIVEN = ("William", "Mei", "Katherine", "José", "Dana", "Ursula", "Robert", "Zoë", "Wei", "Francisco")
SYLLABLES = ("ha", "ver", "ta", "na", "ka", "mül", "lin", "ro", "sen", "wit", "bra", "den")
FAMILIES = 6000


def records(size: int) -> list[AnyRecord]:
    """Return so many people, whose family names are as uneven as real ones."""
    dice = Random(3)
    families = ["".join(dice.choices(SYLLABLES, k=dice.randint(2, 4))).title() for _ in range(FAMILIES)]
    chosen = dice.choices(families, [1 / (place + 3) for place in range(FAMILIES)], k=size)
    found: list[AnyRecord] = []
    for number, family in enumerate(chosen):
        name, place = f"{dice.choice(GIVEN)} {family}", f"Company {number % 900}"
        day = date(2015, 1, 1) + timedelta(days=number % 3000)
        link = f"https://www.linkedin.com/in/p{number}"
        found.append(
            PoolPerson(
                id=f"p{number:05d}", **STAMP, name=name, organization=place, links=(link,), connected_on=day
            )
        )
        if number % 100 == 0:
            found.append(
                contact(id=f"c{number:05d}", name=name.replace("William", "Bill"), organization=place)
            )
    return found


def measured(size: int) -> dict[str, list[float]]:
    """Return what each step takes, in milliseconds of processor."""
    bench = Bench(Library(content(), Path("/nowhere")), store=Store(records(size)))
    duplicates, merging = bench.services.duplicates, bench.services.people_merging
    here = bench.services.here_already
    slices = slices_of(lambda: duplicates.prepare(SLICE))
    pair = duplicates.pairs()[0]

    def listed(action: Callable[[], object]) -> Callable[[], None]:
        def act() -> None:
            action()
            duplicates.prepare(SLICE)
            duplicates.pairs()

        return act

    return {
        "all": [sum(slices)],
        "slice": slices,
        "names": [sum(slices_of(lambda: here.prepare(SLICE)))],
        "typed": [processor_ms(lambda: here.called("Francisca Takamül"))],
        "number": [processor_ms(lambda: here.with_number("+1 312 555 0142"))],
        "merge": [processor_ms(listed(lambda: merging.merge(pair.left_id, pair.right_id)))],
        "undo": [processor_ms(listed(bench.services.history.undo))],
    }


def tables(asked: Options, sizes: Sequence[int] = SIZES) -> None:
    """Print the table."""
    by_size(asked, "Who may be one person", sizes, measured, GOALS, "ms of processor; contacts and pool.")


def main(arguments: Sequence[str]) -> None:
    """Print the table asked for."""

    def add(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)

    with options(arguments, __doc__, "tests.benchmarks.bench_duplicates", 3, add) as asked:
        asked.out.write(machine() + "\n")
        tables(asked, asked.asked.sizes)


if __name__ == "__main__":
    main(sys.argv[1:])
