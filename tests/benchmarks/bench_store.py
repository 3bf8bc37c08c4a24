"""How fast the store is beside plain TinyDB and SQLite, in one run, and how long it holds the screens.

It compares an edit with the least that a durable replacement of a file costs, too, and shows what the writer
makes of a burst of edits. The figures depend on the disk: temporary files are made in TMPDIR.

Run it with: python -m tests.benchmarks.bench_store [--sizes 100 1000 10000 30000] [--rounds 7]
    [--bursts 300 3000 30000] [--seconds 6]
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

import msgspec
from tinydb import Query, TinyDB
from warmcall.config.country import country_finder
from warmcall.config.safe_files import write_all
from warmcall.domain.business_days import usual_noon
from warmcall.domain.change import Change, Edit
from warmcall.domain.records import Contact
from warmcall.domain.store import Store
from warmcall.services.clock import Timekeeper
from warmcall.services.history import History
from warmcall.storage.atomic_storage import sync_folder
from warmcall.storage.session_view import ExternalChanges
from warmcall.storage.state_file import StateFile
from warmcall.storage.writer import Writer

from tests.benchmarks.tables import Figure, Options, Table, by_size, machine, options, say
from tests.conftest import FakeClock
from tests.examples import adding, change, contact

SIZES = (100, 1_000, 10_000, 30_000)
BURSTS = (300, 3_000, 30_000)
EDITS_PER_SECOND = 10
PAIRS_PER_ROUND = 5
"""How often an edit and its floor are measured in a round: a sync takes now this long and now that."""

LIMIT = 120.0

GOALS: dict[str, dict[int, str]] = {
    "edit": {1_000: "0.2 of TinyDB", 10_000: "0.1 of TinyDB", 30_000: "0.05 of TinyDB"},
    "held by an edit": dict.fromkeys(SIZES, "1"),
    "held by a save": dict.fromkeys(SIZES, "16"),
    "held by theirs": dict.fromkeys(SIZES, "16"),
}

Row = dict[str, list[float]]
"""Values by what they are, in milliseconds or MB."""


def people(count: int) -> list[Contact]:
    """Return contacts of about 1 KB each."""
    return [contact(id=f"c{number:05d}", name=f"Person {number}", notes="n" * 700) for number in range(count)]


def ms(seconds: Iterable[float]) -> list[float]:
    """Return milliseconds."""
    return [value * 1000 for value in seconds]


def timed(action: Callable[[], object]) -> float:
    """Return how many seconds `action` takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


class Tiny:
    """Plain TinyDB, which syncs at each write."""

    def __init__(self, folder: Path, known: list[Contact]) -> None:
        self._path = folder / "tiny.json"
        self._ids = [contact.id for contact in known]
        self._db = TinyDB(self._path)
        self._db.table("contacts").insert_multiple(msgspec.to_builtins(contact) for contact in known)

    def edit(self, at: int) -> None:
        """Change one field of one record."""
        self._db.table("contacts").update({"phone": str(at)}, Query().id == self._ids[at % len(self._ids)])

    def load(self) -> None:
        """Open it and read everything."""
        with TinyDB(self._path) as db:
            db.table("contacts").all()

    def close(self) -> None:
        """Close it."""
        self._db.close()


class Lite:
    """SQLite with a write-ahead log and a sync at each commit, a row of JSON a record."""

    def __init__(self, folder: Path, known: list[Contact]) -> None:
        self._records = [msgspec.to_builtins(contact) for contact in known]
        self._db = sqlite3.connect(folder / "lite.db")
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.execute("CREATE TABLE contacts (id TEXT PRIMARY KEY, record TEXT)")
        rows = ((record["id"], json.dumps(record)) for record in self._records)
        self._db.executemany("INSERT INTO contacts VALUES (?, ?)", rows)
        self._db.commit()

    def edit(self, at: int) -> None:
        """Change one field of one record."""
        record = self._records[at % len(self._records)] | {"phone": str(at)}
        self._db.execute("UPDATE contacts SET record = ? WHERE id = ?", (json.dumps(record), record["id"]))
        self._db.commit()

    def load(self) -> None:
        """Read everything."""
        _ = [json.loads(record) for (record,) in self._db.execute("SELECT record FROM contacts")]

    def close(self) -> None:
        """Close it."""
        self._db.close()


class Ours:
    """The store of warmcall."""

    def __init__(self, folder: Path, known: list[Contact]) -> None:
        self.path = folder / "warmcall.json"
        self.known = list(known)
        StateFile(self.path).save([adding(*known)])
        self.file = StateFile(self.path)
        self.file.load()

    def edit(self, at: int) -> None:
        """Change one field of one record."""
        self.file.save([edited(self.known, at)])

    def load(self) -> None:
        """Open it, read everything and make records of it."""
        Store(StateFile(self.path).load().records)

    def close(self) -> None:
        """Nothing is open between saves."""


class Floor:
    """The least that a durable replacement of a file costs: write, sync, replace, sync the folder."""

    def __init__(self, folder: Path, content: bytes) -> None:
        self._folder = folder / "floor"
        self._folder.mkdir()
        self._content = content

    def edit(self) -> None:
        """Replace the file."""
        new = self._folder / "new"
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            write_all(descriptor, self._content)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        new.replace(self._folder / "file")
        sync_folder(self._folder)


def peak(action: Callable[[], object]) -> float:
    """Return the most memory that `action` holds at once, in MB."""
    tracemalloc.start()
    action()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 1e6


class Probe:
    """Turns round and round as a screen's loop would, and notes the longest time it was kept from it."""

    def worst_until(self, start: Callable[[], threading.Event]) -> float:
        """Return the longest gap in milliseconds from before `start` to the end that its event says."""
        worst, last = 0.0, time.perf_counter()
        done = start()
        ended = False
        while not ended:
            ended = done.is_set()
            now = time.perf_counter()
            worst = max(worst, now - last)
            last = now
        return worst * 1000


def edited(known: list[Contact], at: int) -> Change:
    """Return the change of one phone number, which is then in `known`."""
    other_contact = known[at % len(known)]
    known[at % len(known)] = later = msgspec.structs.replace(other_contact, phone=str(at))
    return change((other_contact, later), id_=f"edit-{at}")


def of_the_floor(ours: Ours, rounds: int) -> Row:
    """Measure edits and durable replacements of as many bytes that do nothing else, taking turns."""
    floor = Floor(ours.path.parent, ours.path.read_bytes())
    floor.edit()
    edits: list[float] = []
    floors: list[float] = []
    for at in range(rounds * PAIRS_PER_ROUND):
        floors.append(timed(floor.edit))
        edits.append(timed(partial(ours.edit, 100_000 + at)))
    times = statistics.median(edits) / statistics.median(floors)
    return {"edit beside the floor": ms(edits), "floor": ms(floors), "edit / floor": [times]}


def of_a_burst(size: int, seconds: float) -> Row:
    """Put an edit ten times a second; measure how often and how long the writer saves, and what waits."""
    with tempfile.TemporaryDirectory() as folder:
        ours = Ours(Path(folder), people(size))
        save = ours.file.save
        put_at: dict[str, float] = {}
        costs: list[float] = []
        ages: list[float] = []

        def watched(changes: Sequence[Change]) -> ExternalChanges:
            start = time.perf_counter()
            found = save(changes)
            end = time.perf_counter()
            if changes:
                costs.append(end - start)
                ages.extend(end - put_at[item.id] for item in changes)
            return found

        pause = threading.Event()
        with mock.patch.object(ours.file, "save", watched):
            writer = Writer(ours.file)
            begin = time.perf_counter()
            for at in range(max(1, round(seconds * EDITS_PER_SECOND))):
                pause.wait(max(0.0, begin + at / EDITS_PER_SECOND - time.perf_counter()))
                item = edited(ours.known, at)
                put_at[item.id] = time.perf_counter()
                writer.put(item)
            # The last ones are saved when they are due, as the others, not at once because the writer ends.
            last = time.monotonic() + LIMIT
            while writer.state.unsaved or len(ages) < len(put_at):
                if time.monotonic() > last:
                    raise RuntimeError("not everything was saved")
                pause.wait(0.005)
            length = time.perf_counter() - begin
            if not writer.stop(LIMIT):
                raise RuntimeError("not everything was saved")
        return {
            "edits": [len(ages)],
            "saves": [len(costs)],
            "a save": ms(costs),
            "busy saving, %": [100 * sum(costs) / length],
            "age when durable": ms(ages),
        }


def of_changes(ours: Ours, rounds: int) -> Row:
    """Measure how a session finds that there is nothing new, and what another session changed."""
    other = StateFile(ours.path)
    other.load()
    ours.file.check_for_changes()
    nothing = [timed(ours.file.check_for_changes) for _ in range(rounds)]
    seen: list[float] = []
    for at in range(rounds):
        ours.edit(1000 + at)
        seen.append(timed(other.check_for_changes))
    saving = peak(lambda: ours.edit(rounds))
    return {"memory of a save": [saving], "nothing new": ms(nothing), "change seen": ms(seen)}


def of_the_screens(ours: Ours, rounds: int) -> Row:
    """Measure how long the main thread is held by an edit, a save, and another session's change."""
    other = ours.file
    file = StateFile(ours.path)
    store = Store(file.load().records)
    writer = Writer(file)
    numbers = iter(range(10**9))
    time_ = Timekeeper(FakeClock(), store, lambda: UTC, country_finder(""), usual_noon)
    history = History(store, time_, writer.put, lambda: f"own{next(numbers)}-{os.getpid()}")
    everyone = list(store.all(Contact))
    probe = Probe()
    # No collection before it: that would end what others left, and an error in that would be counted as ours.
    gc.freeze()
    idle = [probe.worst_until(partial(_after, 0.05)) for _ in range(rounds)]
    commits: list[float] = []
    saves: list[float] = []
    for at in range(rounds):
        present = store.contact(everyone[at % len(everyone)].id) or everyone[0]
        later = msgspec.structs.replace(present, email=f"{at}@example.org")
        commits.append(timed(partial(history.commit, "edit", later)) * 1000)
        saves.append(probe.worst_until(partial(_drained, writer)))
    takes: list[float] = []
    everyone = list(store.all(Contact))
    inbox: list[tuple[Edit, ...]] = []
    came = threading.Event()

    def pass_on(news: Any) -> None:
        inbox.append(news.edits)
        came.set()

    writer.on_external_changes(pass_on)
    other.check_for_changes()
    for at in range(rounds):
        came.clear()
        other.save([edited(everyone, 5000 + at)])
        worst = probe.worst_until(partial(_saving, writer, came))
        takes.append(max([worst, *(timed(partial(history.apply_remote, item)) * 1000 for item in inbox)]))
        inbox.clear()
    gc.unfreeze()
    if not writer.stop(LIMIT):
        raise RuntimeError("not everything was saved")
    return {
        "held by nothing": idle,
        "held by an edit": commits,
        "held by a save": saves,
        "held by theirs": takes,
    }


def _after(seconds: float) -> threading.Event:
    done = threading.Event()
    threading.Timer(seconds, done.set).start()
    return done


def _saving(writer: Writer, came: threading.Event) -> threading.Event:
    writer.save_now()
    return came


def _drained(writer: Writer) -> threading.Event:
    done = threading.Event()

    def wait() -> None:
        writer.drain(LIMIT)
        done.set()

    threading.Thread(target=wait, daemon=True).start()
    return done


def measured(size: int, rounds: int) -> dict[str, Row]:
    """Return what each store reached with `size` contacts, their edits taking turns."""
    known = people(size)
    with tempfile.TemporaryDirectory() as folder:
        ours = Ours(Path(folder), known)
        stores: dict[str, Ours | Tiny | Lite] = {
            "warmcall": ours,
            "TinyDB": Tiny(Path(folder), known),
            "SQLite": Lite(Path(folder), known),
        }
        edits: dict[str, list[float]] = {name: [] for name in stores}
        loads: dict[str, list[float]] = {name: [] for name in stores}
        for at in range(rounds):
            for name, store in stores.items():
                edits[name].append(timed(partial(store.edit, at)))
                loads[name].append(timed(store.load))
        rows = {
            name: {"edit": ms(edits[name]), "load": ms(loads[name]), "memory": [peak(store.load)]}
            for name, store in stores.items()
        }
        for store in stores.values():
            store.close()
        rows["warmcall"] |= of_the_floor(ours, rounds)
        rows["warmcall"] |= of_changes(ours, rounds) | of_the_screens(ours, rounds)
        return rows


def table(asked: Options, size: int) -> None:
    """Print the medians, spreads and ratios with so many contacts."""
    columns = ("ms, MB", "goal", "warmcall", "TinyDB", "SQLite", "/ TinyDB", "/ SQLite")
    shown = Table(asked.out, f"The store with {size:,} contacts", columns, f"Medians of {asked.rounds}.")
    found = measured(size, asked.rounds)
    for name, values in found["warmcall"].items():
        ours, others = Figure.of(values), [found[other].get(name) for other in ("TinyDB", "SQLite")]
        figures = [Figure.of(other) if other else "" for other in others]
        times = [f"{ours.median / Figure.of(other).median:.3f}" if other else "" for other in others]
        shown.row(name, GOALS.get(name, {}).get(size, ""), ours, *figures, *times)
    shown.end()


def table_of_bursts(asked: Options, sizes: Sequence[int], seconds: float) -> None:
    """Print the table of bursts of edits."""
    title = f"A burst of {EDITS_PER_SECOND} edits a second"
    by_size(
        asked, title, sizes, lambda size: of_a_burst(size, seconds), {}, f"For {seconds:g} s; ms; contacts."
    )


def tables(
    asked: Options, sizes: Sequence[int] = SIZES, bursts: Sequence[int] = BURSTS, seconds: float = 6.0
) -> None:
    """Print the tables of all sizes, and that of the bursts."""
    for size in sizes:
        say(f"store: {size:,} contacts")
        table(asked, size)
    if bursts:
        table_of_bursts(asked._replace(rounds=1), bursts, seconds)


def main(arguments: Sequence[str]) -> None:
    """Print the tables asked for."""

    def add(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
        parser.add_argument("--bursts", type=int, nargs="*", default=BURSTS)
        parser.add_argument("--seconds", type=float, default=6.0)

    with options(arguments, __doc__, "tests.benchmarks.bench_store", 7, add) as asked:
        asked.out.write(machine() + "\n")
        tables(asked, asked.asked.sizes, asked.asked.bursts, asked.asked.seconds)


if __name__ == "__main__":
    main(sys.argv[1:])
