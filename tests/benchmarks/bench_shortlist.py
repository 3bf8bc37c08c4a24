"""How long the shortlist takes with 30,000 people in the pool, beside the same with 300.

Run it with: python -m tests.benchmarks.bench_shortlist [--sizes 300 30000] [--fitting 40] [--rounds 5]

Of the people, so many as `--fitting` says have a word for the job in their titles. "ranking" is the shortlist
made again after something changed elsewhere, "chosen" after one of the pool was chosen; "prepare" is the
first time, of which a key waits for a slice at most. "letter" is a letter typed into the filter of People:
the search in the pool, and where each of the 40 people was found that a window shows.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from warmcall.config.library import Library
from warmcall.config.paths import content
from warmcall.domain.records import AnyRecord, Organization, PoolPerson, replace
from warmcall.domain.store import Store
from warmcall.services.search import Where

from tests.conftest import Bench
from tests.examples import change, organization, pool_person

SIZES = (300, 30_000)
FITTING = 40
LINES = 40
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


def timed(action: Callable[[], object]) -> float:
    """Return how many milliseconds of processor `action` takes."""
    start = time.process_time()
    action()
    return (time.process_time() - start) * 1000


def measured(size: int, fitting: int, rounds: int) -> dict[str, float]:
    """Return the figures for so many people, in milliseconds."""
    bench = Bench(Library(content(), Path("/nowhere")), store=Store(records(size, fitting)))
    bench.services.profile_editing.save({"name": "Robin", "role": "Media Planner", "school": "Lake Arden"})
    shortlist, slices = bench.services.shortlist, [0.0]
    before = _memory()

    def finish() -> None:
        while not shortlist.prepare():
            pass

    done = False
    while not done:
        start = time.process_time()
        done = shortlist.prepare()
        slices.append((time.process_time() - start) * 1000)
    added = _memory() - before
    ranking, chosen = [], []
    for number in range(rounds):
        kept = bench.store.require(Organization, "Company 7")
        bench.store.apply(change((kept, replace(kept, wanted=1 + number % 3))))
        ranking.append(timed(finish))
        bench.services.pool.choose([shortlist.ids[0]])
        chosen.append(timed(finish))
    assert bench.store.count(PoolPerson) == size - rounds
    search, indexing, done = bench.services.pool_search, [0.0], False
    before = _memory()
    while not done:
        start = time.process_time()
        done = search.prepare()
        indexing.append((time.process_time() - start) * 1000)
    texts = _memory() - before

    def letter(typed: str) -> None:
        for id_ in search.ids(typed)[:LINES]:
            search.where_found(id_, typed, (Where.NAME, Where.WORK, Where.STAGE))

    typed = [word[: at + 1] for _ in range(rounds) for word in WORDS for at in range(len(word))]
    letters = [timed(partial(letter, words)) for words in typed]
    return {
        "letter": statistics.median(letters),
        "longest letter": max(letters),
        "index of texts": sum(indexing),
        "longest slice of it": max(indexing),
        "MB of texts": texts,
        "ranking": statistics.median(ranking),
        "chosen": statistics.median(chosen),
        "prepare": sum(slices),
        "longest slice": max(slices),
        "MB of index": added,
    }


def _memory() -> float:
    """Return the memory of this process in MB."""
    status = Path("/proc/self/statm").read_text(encoding="ascii").split()
    return int(status[1]) * 4096 / 1e6


def table(sizes: Sequence[int], fitting: int, rounds: int) -> str:
    """Return the figures as a table, with the ratio of the last size to the first."""
    found = [measured(size, fitting, rounds) for size in sizes]
    lines = [f"{'ms of processor':<20}" + "".join(f"{size:>10,}" for size in sizes) + f"{'ratio':>8}"]
    for name in found[0]:
        values = [figures[name] for figures in found]
        ratio = values[-1] / max(values[0], 0.001)
        lines.append(f"{name:<20}" + "".join(f"{value:>10.2f}" for value in values) + f"{ratio:>8.1f}")
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> None:
    """Print the table for the sizes asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--fitting", type=int, default=FITTING)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args(arguments)
    sys.stdout.write(f"{table(chosen.sizes, chosen.fitting, chosen.rounds)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
