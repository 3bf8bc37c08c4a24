"""How long an import takes, from the bytes of a LinkedIn file to the disk, beside the least that would do.

Run it with: python -m tests.benchmarks.bench_import [--sizes 300 30000] [--rounds 5]

"plain" reads the rows with `csv` and inserts them with one `insert_multiple` of TinyDB, without looking
whether anybody is there. "import" reads, cleans and checks them, plans who is new, and saves them as one
change that can be undone, as `warmcall import` does. "again" plans the same file when all are here. Each is
in milliseconds of processor; the ratio is that of the medians.
"""

from __future__ import annotations

import argparse
import csv
import gc
import io
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tinydb import TinyDB
from warmcall.cli.bootstrap import build_services, new_id, refuse_change
from warmcall.cli.invocation import Invocation
from warmcall.cli.loading import load_context, load_state
from warmcall.formats.people_files import people_in

from tests.benchmarks.tables import Figure, Options, Table, machine, options, ratio, say

SIZES = (300, 30_000)
MOST_TIMES = 1.5
"""How many times the plain way an import may take."""

HEADINGS = ("First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On")
_FIRST = ("Mei", "Luis", "Dana", "Zoë", "Robin", "Priya", "Isaac", "Yumi", "Owen", "Kei", "Nora", "Anna")
_PARTS = ("ka", "to", "mi", "ra", "ne", "shi", "ber", "man", "ton", "ar", "del", "os", "wick", "sen", "mül")
_TITLES = ("Media Planner", "Account Director", "Buyer", "Recruiter", "Teacher", "Planning Director", "")
_MONTHS = ("Jan", "Mar", "May", "Aug", "Nov")

Timing = tuple[float, float]
"""Seconds of the clock, and of the processor."""


def linkedin_file(size: int) -> bytes:
    """Return a Connections.csv of so many rows; names and organizations mostly differ."""
    dice = random.Random(7)
    out = io.StringIO(newline="")
    out.write("Notes:\n\n")
    writer = csv.writer(out)
    writer.writerow(HEADINGS)

    def word() -> str:
        return "".join(dice.choice(_PARTS) for _ in range(dice.randint(2, 4))).title()

    places = [f"{word()} {dice.choice(('Inc.', 'Media', '& Co', 'GmbH'))}" for _ in range(1 + size // 4)]
    for number in range(size):
        email = f"p{number}@example.org" if number % 20 == 0 else ""
        day = f"{dice.randint(1, 28):02d} {dice.choice(_MONTHS)} {dice.randint(2010, 2026)}"
        url = f"https://www.linkedin.com/in/p-{number:x}"
        row = (dice.choice(_FIRST), word(), url, email, dice.choice(places), dice.choice(_TITLES), day)
        writer.writerow(row)
    return out.getvalue().encode()


def measured(action: Callable[[], object]) -> Timing:
    """Return how long an action takes."""
    gc.collect()
    clock, processor = time.perf_counter(), time.process_time()
    action()
    return time.perf_counter() - clock, time.process_time() - processor


def insert_plainly(data: bytes, folder: Path) -> None:
    """Read the rows and insert them at once."""
    rows = list(csv.DictReader(data.decode().splitlines(keepends=True)[2:]))
    with TinyDB(folder / f"{new_id()}.json") as db:
        db.table("pool").insert_multiple(rows)


def import_people(data: bytes, state_file: Path) -> None:
    """Import the people as the command does, without its words."""
    gc.disable()
    try:
        context = load_context(Invocation(db=state_file))
        file, loaded = load_state(context, must_exist=False, to_write=True)
        services = build_services(context, loaded, refuse_change)
        plan = services.importing.plan([people_in(data)], ["LinkedIn"])
        change = services.importing.change(plan)
        if change is not None:
            file.save([change])
    finally:
        gc.enable()


def _round(data: bytes) -> tuple[Timing, Timing, Timing]:
    """Return how long the rows take plainly, in an import, and in the same import again."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def plain() -> None:
            insert_plainly(data, folder)

        def ours() -> None:
            import_people(data, folder / "warmcall.json")

        return measured(plain), measured(ours), measured(ours)


def tables(asked: Options, sizes: Sequence[int] = SIZES) -> None:
    """Print the table, a row for each number of rows."""
    columns = ("rows", "plain, ms", "import, ms", f"import / plain, goal {MOST_TIMES}", "import again, ms")
    note = f"Milliseconds of processor, medians of {asked.rounds}."
    shown = Table(asked.out, "An import from LinkedIn", columns, note)
    for size in sizes:
        say(f"import: {size:,} rows")
        data = linkedin_file(size)
        plain, ours, again = (
            Figure.of([1000 * processor for _, processor in kind])
            for kind in zip(*(_round(data) for _ in range(asked.rounds)), strict=True)
        )
        shown.row(f"{size:,}", plain, ours, ratio(ours.median, plain.median), again)
    shown.end()


def main(arguments: Sequence[str]) -> None:
    """Print the table asked for."""

    def add(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)

    with options(arguments, __doc__, "tests.benchmarks.bench_import", 5, add) as asked:
        asked.out.write(machine() + "\n")
        tables(asked, asked.asked.sizes)


if __name__ == "__main__":
    main(sys.argv[1:])
