"""How long an import takes, from the bytes of a LinkedIn file to the disk, beside the least that would do.

Run it with: python -m tests.benchmarks.bench_import [--sizes 300 30000] [--rounds 5]

"plain" reads the rows with `csv` and inserts them with one `insert_multiple` of TinyDB, without looking
whether anybody is there. "import" reads, cleans and checks them, plans who is new, and saves them as one
change that can be undone, as `warmcall import` does. "again" plans the same file when all are here. Each is
in seconds, of the clock and of the processor; the ratio is that of the medians.
"""

from __future__ import annotations

import argparse
import csv
import gc
import io
import random
import statistics
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

SIZES = (300, 30_000)
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


def table(sizes: Sequence[int], rounds: int) -> str:
    """Return the medians as a table, a line for each number of rows."""
    lines = ["rows     plain s  (cpu)   import s  (cpu)   ratio  (cpu)   again s  (cpu)"]
    for size in sizes:
        data = linkedin_file(size)
        found = [_round(data) for _ in range(rounds)]
        medians = [
            tuple(statistics.median(one[kind][unit] for one in found) for unit in (0, 1)) for kind in range(3)
        ]
        (plain_s, plain_cpu), (ours_s, ours_cpu), (again_s, again_cpu) = medians
        lines.append(
            f"{size:<8} {plain_s:7.3f} {plain_cpu:6.3f}   {ours_s:8.3f} {ours_cpu:6.3f}   "
            f"{ours_s / plain_s:5.2f} {ours_cpu / plain_cpu:6.2f}   {again_s:7.3f} {again_cpu:6.3f}"
        )
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args(arguments)
    print(table(options.sizes, options.rounds))  # noqa: T201 - it is what the program is for


if __name__ == "__main__":
    main(sys.argv[1:])
