"""How long a letter typed into the filter of People takes, beside the same with 300 people.

Run it with: python -m tests.benchmarks.bench_search [--sizes 300 30000] [--rounds 5]

Of the people, 500 (or all, if there are fewer) were met, with seven answers each. "letter" is the search, and
where each of the 40 people was found that a window shows: the median and the longest over the letters of some
words. "prepare" is making the index; a key waits for a slice of it at most.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from warmcall.config.library import Library
from warmcall.config.paths import content
from warmcall.domain.records import AnyRecord
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.presentation.found import excerpt
from warmcall.screens.index_preparation import SLICE
from warmcall.services.search import Where

from tests.conftest import Bench
from tests.examples import contact, follow_up, interview, question

SIZES = (300, 30_000)
MET = 500
LINES = 40
WORDS = ("spreadsheets", "muller", "person 12", "555 0142", "e", "zoe blum nobody")
SAID = "Half of it is reading other people's spreadsheets, and being polite about what is wrong in them. "


def records(size: int) -> list[AnyRecord]:
    """Return so many people, each with a call owed, of whom some were met."""
    found: list[AnyRecord] = []
    for number in range(size):
        id_ = f"c{number:05d}"
        found.append(
            contact(
                id=id_,
                name=f"Person {number} Müller",
                organization=f"Company {number % 900}",
                title="Planner",
                phone=f"+1 312 555 {number % 10_000:04d}",
                email=f"person{number}@example.com",
                notes="A few words.",
            )
        )
        found.append(follow_up(FollowUpKind.CALL, id=f"f{number}", contact_id=id_, why="new: not called yet"))
        if number < MET:
            listed = tuple(question(f"q{at}") for at in range(7))
            notes = {f"q{at}": SAID * (at + 1) for at in range(7)}
            found.append(interview(id=f"i{number}", contact_id=id_, checklist=listed, notes=notes))
    return found


def timed(action: Callable[[], object]) -> float:
    """Return how many milliseconds of processor `action` takes."""
    start = time.process_time()
    action()
    return (time.process_time() - start) * 1000


def measured(size: int, rounds: int) -> dict[str, float]:
    """Return the figures for so many people, in milliseconds."""
    bench = Bench(Library(content(), Path("/nowhere")), store=Store(records(size)))
    search, slices = bench.services.search, [0.0]
    while not search.prepare(0):
        slices.append(timed(lambda: search.prepare(SLICE)))

    def letter(typed: str) -> None:
        for id_ in search.people_ids(typed)[:LINES]:
            found = search.where_found(id_, typed, (Where.NAME, Where.WORK))
            if found:
                excerpt(found)

    typed = [word[: at + 1] for _ in range(rounds) for word in WORDS for at in range(len(word))]
    letters = [timed(partial(letter, words)) for words in typed]
    return {
        "letter": statistics.median(letters),
        "longest letter": max(letters),
        "prepare": sum(slices),
        "longest slice": max(slices),
    }


def table(sizes: Sequence[int], rounds: int) -> str:
    """Return the figures as a table, with the ratio of the last size to the first."""
    found = [measured(size, rounds) for size in sizes]
    lines = [f"{'ms of processor':<16}" + "".join(f"{size:>10,}" for size in sizes) + f"{'ratio':>8}"]
    for name in found[0]:
        values = [figures[name] for figures in found]
        ratio = values[-1] / max(values[0], 0.001)
        lines.append(f"{name:<16}" + "".join(f"{value:>10.2f}" for value in values) + f"{ratio:>8.1f}")
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> None:
    """Print the table for the sizes asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args(arguments)
    sys.stdout.write(f"{table(chosen.sizes, chosen.rounds)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
