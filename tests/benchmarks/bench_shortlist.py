"""How long the shortlist takes with 30,000 people in the pool, beside the same with 300.

Run it with: python -m tests.benchmarks.bench_shortlist [--sizes 300 30000] [--fitting 40] [--rounds 3]

Of the people, so many as `--fitting` says have a word for the job in their titles. "ranking" is the shortlist
made again after something changed elsewhere, "chosen" after one of the pool was chosen; "prepare" is the
first time, of which a key waits for a slice at most. "letter" is a letter typed into the filter of People:
the search in the pool, and where each of the 40 people was found that a window shows.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from warmcall.config.library import Library
from warmcall.config.paths import content
from warmcall.domain.records import AnyRecord, Organization, PoolPerson, replace
from warmcall.domain.store import Store
from warmcall.services.search import Where

from tests.benchmarks.tables import Options, by_size, machine, options, processor_ms, slices_of
from tests.conftest import Bench
from tests.examples import change, organization, pool_person

SIZES = (300, 30_000)
FITTING = 40
LINES = 40
CHANGES = 3
TWICE = "50, 2 times"
GOALS = {"letter": TWICE, "slice of it": "16", "ranking": TWICE, "chosen": TWICE, "slice": "16"}
WORDS = ("engineer", "muller", "person 12", "linkedin", "e", "zoe blum nobody")
TITLES = ("Account Executive", "Senior Accountant", "Software Engineer", "Recruiter", "Sales Manager, West")


def records(size: int, fitting: int) -> list[AnyRecord]:
    """Return so many people in the pool, of whom `fitting` are planners, and an organization."""
    every = max(size // fitting, 1)
    found: list[AnyRecord] = [organization("Company 7", wanted=2)]
    for number in range(size):
        fits = number % every == 0 and number // every < fitting
        found.append(
            pool_person(
                id=f"p{number:05d}",
                name=f"Person {number} Müller",
                organization=f"Company {number % 900 if size > 900 else number}",
                title=f"Media Planner {number % 7}" if fits else f"{TITLES[number % 5]} {number % 40}",
                email=f"person{number}@example.com",
                links=(f"https://www.linkedin.com/in/person-{number}",),
                connected_on=date(2015 + number % 10, 1 + number % 12, 1 + number % 28),
            )
        )
    return found


def measured(size: int, fitting: int) -> dict[str, list[float]]:
    """Return the figures for so many people, in milliseconds."""
    bench = Bench(Library(content(), Path("/nowhere")), store=Store(records(size, fitting)))
    bench.services.profile_editing.save({"name": "Robin", "role": "Media Planner", "school": "Lake Arden"})
    shortlist = bench.services.shortlist

    def finish() -> None:
        while not shortlist.prepare():
            pass

    slices = slices_of(shortlist.prepare)
    ranking, chosen = [], []
    for number in range(CHANGES):
        kept = bench.store.require(Organization, "Company 7")
        bench.store.apply(change((kept, replace(kept, wanted=1 + number % 3))))
        ranking.append(processor_ms(finish))
        bench.services.pool.choose([shortlist.ids[0]])
        chosen.append(processor_ms(finish))
    assert bench.store.count(PoolPerson) == size - CHANGES
    search = bench.services.pool_search
    indexing = slices_of(search.prepare)

    def letter(typed: str) -> None:
        for id_ in search.ids(typed)[:LINES]:
            search.where_found(id_, typed, (Where.NAME, Where.WORK, Where.STAGE))

    typed = [word[: at + 1] for word in WORDS for at in range(len(word))]
    letters = [processor_ms(partial(letter, words)) for words in typed]
    return {
        "letter": letters,
        "index of texts": [sum(indexing)],
        "slice of it": indexing,
        "ranking": ranking,
        "chosen": chosen,
        "prepare": [sum(slices)],
        "slice": slices,
    }


def tables(asked: Options, sizes: Sequence[int] = SIZES, fitting: int = FITTING) -> None:
    """Print the table."""
    note = f"ms of processor; the pool, of whom {fitting} fit."
    by_size(asked, "The shortlist", sizes, lambda size: measured(size, fitting), GOALS, note)


def main(arguments: Sequence[str]) -> None:
    """Print the table asked for."""

    def add(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
        parser.add_argument("--fitting", type=int, default=FITTING)

    with options(arguments, __doc__, "tests.benchmarks.bench_shortlist", 3, add) as asked:
        asked.out.write(machine() + "\n")
        tables(asked, asked.asked.sizes, asked.asked.fitting)


if __name__ == "__main__":
    main(sys.argv[1:])
