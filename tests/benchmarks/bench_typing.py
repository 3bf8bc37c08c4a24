"""How many bytes a minute of typing notes writes, beside plain TinyDB and SQLite.

Run it with: python -m tests.benchmarks.bench_typing [--sizes 300 3000 30000]

Each program saves what was typed as often as warmcall does, from the first letter on. "written" are the bytes
it hands to the system, "pages" those of the pages that become dirty: at least 4 KB for each sync, whatever is
written, and none in a file system in memory. Both are from /proc/self/io (proc_pid_io(5)). "fold" is the
save of the state file when the note is left, with its backup.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

import msgspec
from tinydb import Query, TinyDB
from warmcall.domain.change import Change
from warmcall.domain.records import Interview
from warmcall.storage.state_file import StateFile
from warmcall.widgets.debounce import SAVE_AFTER_SECONDS

from tests.benchmarks.bench_store import people
from tests.benchmarks.tables import Options, Table, machine, number, options, say
from tests.examples import adding, change, interview

SIZES = (300, 3_000, 30_000)
MOST_TIMES = 2
RATES = (5, 12)
"""Letters a second: 60 words a minute, and as fast as anybody types."""

PIECES = round(60 / SAVE_AFTER_SECONDS)
"""How often the words of a minute are saved."""

MOST_BYTES = 200_000_000
"""How much the others write at most; the rest of their minute is reckoned from that."""

Written = tuple[float, float]
"""Bytes handed to the system, and bytes of dirty pages."""


def written_by(action: Callable[[], object]) -> Written:
    """Return what `action` writes."""
    before = _counters()
    action()
    after = _counters()
    return after[0] - before[0], after[1] - before[1]


def _counters() -> tuple[int, int]:
    lines = Path("/proc/self/io").read_text(encoding="ascii").splitlines()
    found = dict(line.split(": ") for line in lines)
    return int(found["wchar"]), int(found["write_bytes"])


class Ours:
    """The typing file of warmcall, and the save that folds it."""

    def __init__(self, folder: Path, size: int) -> None:
        path = folder / "warmcall.json"
        StateFile(path).save([adding(*people(size), notes(""))])
        self.file = StateFile(path)
        self.file.load()
        self._before = notes("")
        self._number = 0

    def keep(self, text: str) -> None:
        """Make the text so far durable."""
        self._number += 1
        made = msgspec.structs.replace(self._change(text), merge="notes")
        if not self.file.keep_typed([made]):
            self.file.save([made])

    def _change(self, text: str) -> Change:
        before, self._before = self._before, notes(text)
        return change((before, self._before), id_=f"piece{self._number}")

    def fold(self) -> None:
        """Save the state file with what was typed."""
        self.file.save([])


class Tiny:
    """Plain TinyDB."""

    def __init__(self, folder: Path, size: int) -> None:
        self._db = TinyDB(folder / "tiny.json")
        self._db.table("contacts").insert_multiple(msgspec.to_builtins(person) for person in people(size))
        self._db.table("interviews").insert(msgspec.to_builtins(notes("")))

    def keep(self, text: str) -> None:
        """Make the text so far durable."""
        self._db.table("interviews").update({"notes": {"q1": text}}, Query().id == "meeting")

    def close(self) -> None:
        """Close the file."""
        self._db.close()


class Lite:
    """SQLite with a write-ahead log and a sync at each commit, a row of JSON a record."""

    def __init__(self, folder: Path, size: int) -> None:
        self._db = sqlite3.connect(folder / "lite.db")
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.execute("CREATE TABLE records (id TEXT PRIMARY KEY, record TEXT)")
        everyone = [msgspec.to_builtins(record) for record in (*people(size), notes(""))]
        rows = ((record["id"], json.dumps(record)) for record in everyone)
        self._db.executemany("INSERT INTO records VALUES (?, ?)", rows)
        self._db.commit()
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def keep(self, text: str) -> None:
        """Make the text so far durable."""
        record = json.dumps(msgspec.to_builtins(notes(text)))
        self._db.execute("UPDATE records SET record = ? WHERE id = 'meeting'", (record,))
        self._db.commit()

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def notes(text: str) -> Interview:
    """Return an interview with so much in its notes."""
    return interview(notes={"q1": text} if text else {})


def minute(keep: Callable[[str], None], rate: int) -> Written:
    """Return what a minute of typing at `rate` letters a second writes."""
    typed = ("they plan the media for food brands and ask who has done it before " * 20)[: 60 * rate]
    done = 0
    written = (0.0, 0.0)
    for piece in range(1, PIECES + 1):
        found = written_by(partial(keep, typed[: round(len(typed) * piece / PIECES)]))
        written = written[0] + found[0], written[1] + found[1]
        done = piece
        if written[0] > MOST_BYTES:
            break
    return written[0] * PIECES / done, written[1] * PIECES / done


def measured(size: int, rate: int) -> dict[str, Written]:
    """Return what each store writes in a minute of typing with `size` contacts."""
    with tempfile.TemporaryDirectory() as folder:
        ours = Ours(Path(folder), size)
        found = {"warmcall": minute(ours.keep, rate)}
        found["fold"] = written_by(ours.fold)
        with closing(Tiny(Path(folder), size)) as tiny:
            found["TinyDB"] = minute(tiny.keep, rate)
        with closing(Lite(Path(folder), size)) as lite:
            found["SQLite"] = minute(lite.keep, rate)
    return found


def tables(asked: Options, sizes: Sequence[int] = SIZES) -> None:
    """Print the table of kilobytes a minute."""
    names = ("warmcall", "fold", "TinyDB", "SQLite")
    columns = ["contacts, letters a second"]
    columns += [f"{name}: {what}" for name in names for what in ("written", "pages")]
    note = f"kB; goal: warmcall writes at most {MOST_TIMES} times as much with the most as with the fewest."
    shown = Table(asked.out, "What a minute of typing notes writes", columns, note)
    for size in sizes:
        for rate in RATES:
            say(f"typing: {size:,} contacts, {rate} letters a second")
            found = measured(size, rate)
            shown.row(f"{size:,}, {rate}", *(number(value / 1000) for name in names for value in found[name]))
    shown.end()


def main(arguments: Sequence[str]) -> None:
    """Print the table asked for."""

    def add(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)

    with options(arguments, __doc__, "tests.benchmarks.bench_typing", 1, add) as asked:
        asked.out.write(machine() + "\n")
        tables(asked, asked.asked.sizes)


if __name__ == "__main__":
    main(sys.argv[1:])
