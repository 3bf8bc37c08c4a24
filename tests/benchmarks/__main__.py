"""All benchmarks, one after another, as one page of Markdown.

Run it with: python -m tests.benchmarks [--quick] [--only start keys] [--tree PATH] > figures.md

What is measured at the moment is said beside it. `--quick` measures everything once, with less of it: the
figures say what order they have, no more. Without it, it takes about an hour on a machine that does nothing
else.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence

import pytest

from tests.benchmarks import (
    bench_bytes,
    bench_duplicates,
    bench_growth,
    bench_host,
    bench_import,
    bench_keys,
    bench_memory,
    bench_shortlist,
    bench_ssh,
    bench_start,
    bench_store,
    bench_typing,
)
from tests.benchmarks.sessions import SMALL, NotMeasured
from tests.benchmarks.tables import Options, machine, options, say

Tables = Callable[[Options], None]

ALL: dict[str, Tables] = {
    "start": bench_start.tables,
    "keys": bench_keys.tables,
    "bytes": bench_bytes.tables,
    "ssh": bench_ssh.tables,
    "memory": bench_memory.tables,
    "host": bench_host.tables,
    "growth": bench_growth.tables,
    "store": bench_store.tables,
    "typing": bench_typing.tables,
    "import": bench_import.tables,
    "shortlist": bench_shortlist.tables,
    "duplicates": bench_duplicates.tables,
}

QUICK: dict[str, Tables] = ALL | {
    "keys": lambda asked: bench_keys.tables(asked, windows=[SMALL], ticks=2),
    "bytes": lambda asked: bench_bytes.tables(asked, idle=10),
    "ssh": lambda asked: bench_ssh.tables(asked, 10, 5, ["warmcall", bench_ssh.WITHOUT]),
    "memory": lambda asked: bench_memory.tables(asked, keys=[290]),
    "host": lambda asked: bench_host.tables(asked, 5, 15, 5),
    "growth": lambda asked: bench_growth.tables(asked, [0, 300, 30_000], []),
    "store": lambda asked: bench_store.tables(asked, [1_000, 30_000], []),
    "typing": lambda asked: bench_typing.tables(asked, [300, 30_000]),
}

ROUNDS = {
    "start": 5, "keys": 3, "bytes": 5, "ssh": 5, "store": 7, "import": 5, "shortlist": 3, "duplicates": 3,
}  # fmt: skip
"""How often each measures a thing; the others do it once, and take long enough."""


def main(arguments: Sequence[str]) -> None:
    """Print all tables asked for; one that cannot be measured says why in its place."""

    def add(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--quick", action="store_true", help="measure everything once, and less of it")
        parser.add_argument("--only", nargs="+", choices=ALL, default=list(ALL), help="these tables alone")

    with options(arguments, __doc__, "tests.benchmarks", 0, add) as asked:
        asked.out.write(machine() + "\n")
        for name in asked.asked.only:
            rounds = asked.rounds or (1 if asked.asked.quick else ROUNDS.get(name, 1))
            began = time.monotonic()
            try:
                (QUICK if asked.asked.quick else ALL)[name](asked._replace(rounds=rounds))
            except (AssertionError, NotMeasured, pytest.skip.Exception) as reason:
                asked.out.write(f"\n{name}: not measured: {str(reason).partition(chr(10))[0]}\n")
                say(f"{name}: {reason}")
            say(f"{name}: {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
