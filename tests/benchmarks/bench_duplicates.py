"""How long it takes to find who may be one person, and what a key costs then, beside that with 300 people.

Run it with: python -m tests.benchmarks.bench_duplicates [--sizes 300 30000]

Most of the people are in the pool, one in a hundred is a contact, too, under a short form of the name. There
are few given names and common family names, so that many look alike. "all" is looking at everybody, done in
slices between the keys; "slice" is the longest of them. "typed" is a name in a form, "merge" making two one
with the list that follows, "undo" its undoing.
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

from tests.benchmarks.bench_search import timed
from tests.conftest import Bench
from tests.examples import STAMP, contact

SIZES = (300, 30_000)
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


def measured(size: int) -> dict[str, float]:
    """Return what each step takes, in milliseconds of processor."""
    bench = Bench(Library(content(), Path("/nowhere")), store=Store(records(size)))
    duplicates, merging = bench.services.duplicates, bench.services.people_merging
    slices: list[float] = []
    done = [False]

    def look() -> None:
        done[0] = duplicates.prepare(SLICE)

    while not done[0]:
        slices.append(timed(look))
    pair = duplicates.pairs()[0]

    def listed(action: Callable[[], object]) -> Callable[[], None]:
        def act() -> None:
            action()
            duplicates.prepare(SLICE)
            duplicates.pairs()

        return act

    return {
        "all": sum(slices),
        "slice": max(slices),
        "typed": timed(lambda: duplicates.here_already("Francisca Takamül")),
        "merge": timed(listed(lambda: merging.merge(pair.left_id, pair.right_id))),
        "undo": timed(listed(bench.services.history.undo)),
    }


def table(sizes: Sequence[int]) -> str:
    """Return the figures of each size, and of the last one beside those of the first."""
    figures = [measured(size) for size in sizes]
    names = list(figures[0])
    lines = ["ms of processor" + "".join(f"{name:>9}" for name in names)]
    for size, found in zip(sizes, figures, strict=True):
        lines.append(f"{size:>15,}" + "".join(f"{found[name]:>9.1f}" for name in names))
    ratios = (figures[-1][name] / max(figures[0][name], 0.01) for name in names)
    lines.append(f"{'ratio':>15}" + "".join(f"{ratio:>9.1f}" for ratio in ratios))
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    sys.stdout.write(table(parser.parse_args().sizes) + "\n")
