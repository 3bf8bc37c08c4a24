"""What a host has to bear where many people use warmcall at once, beside as many bare Textual apps.

Run it with: python -m tests.benchmarks.bench_host [--sessions 20] [--idle 60] [--typing 20] [--tree PATH]

Every session is a process on a terminal of its own, with 300 contacts. All are started at once; each is used
until its screen is whole. "idle" is processor time while nobody presses a key. "typing" is everybody writing
five letters a second into notes while a countdown runs: processor time, and the pages written to disk, those
of the state files with them, none if TMPDIR is in memory. What so many use is reckoned for a hundred.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import NamedTuple

from tests.benchmarks.bench_memory import visits
from tests.benchmarks.sessions import BARE, Session, Step, session
from tests.benchmarks.tables import Options, Table, machine, number, options, say
from tests.terminal.emulator import WARMCALL

SESSIONS = 20
CONTACTS = 300
REFERENCE = 100
"""For how many sessions the goals are."""

LETTERS = "numbers all day "
LETTERS_A_SECOND = 5

INTO_NOTES = (
    Step("", ("2",), "▸Abe Tanaka"),
    Step("", ("4",), "Have ready"),
    Step("", ("s",), "x End"),
    Step("", ("Enter",), "Leave notes"),
)


Row = Callable[[str, str, float, float | None], None]
"""Prints a row: what, the goal, what warmcall uses and what the bare apps use."""


class Used(NamedTuple):
    """What a number of sessions used in all in some seconds: ms of processor, bytes sent and written."""

    seconds: float
    processor: float
    received: int
    written: int


def opened(stack: ExitStack, asked: Options, count: int, bare: bool) -> tuple[list[Session], float]:
    """Start so many sessions at once; return them when all rest, with the seconds of processor used."""
    state = None if bare else asked.states.file(CONTACTS)
    program = BARE if bare else WARMCALL
    found = [stack.enter_context(session(program, state=state, fork=asked.fork)) for _ in range(count)]
    for at in found:
        at.wait_for(*(("row 20", "Quit") if bare else ("[1 Queue]", "Luis Ortega", "help")))
    return found, sum(at.rest() for at in found) / 1000


def during(sessions: Sequence[Session], seconds: float, letters: str = "") -> Used:
    """Return what all sessions use in so many seconds; if there are letters, each types them by and by."""
    begun = [(at.processor(), at.at.received, at.written()) for at in sessions]
    began, typed = time.perf_counter(), 0
    while (passed := time.perf_counter() - began) < seconds:
        if letters and passed * LETTERS_A_SECOND >= typed:
            for at in sessions:
                at.at.press(letters[typed % len(letters)])
            typed += 1
        for at in sessions:
            at.drain()
        time.sleep(0.01)
    ended = [(at.processor(), at.at.received, at.written()) for at in sessions]
    sums = [sum(values) for values in zip(*ended, strict=True)]
    before = [sum(values) for values in zip(*begun, strict=True)]
    processor, received, written = (end - begin for end, begin in zip(sums, before, strict=True))
    return Used(time.perf_counter() - began, processor, int(received), int(written))


def tables(asked: Options, count: int = SESSIONS, idle: float = 60.0, typing: float = 20.0) -> None:
    """Print the table."""
    per = f"for {REFERENCE}"
    columns = ("what", f"goal {per}", f"{count} of warmcall", per, f"{count} bare apps", per)
    title = f"A host with {count} sessions"
    table = Table(asked.out, title, columns, f"80x24, {CONTACTS} contacts each.")

    def row(what: str, goal: str, ours: float, bare: float | None) -> None:
        cells = [number(ours), number(ours * REFERENCE / count)]
        cells += ["", ""] if bare is None else [number(bare), number(bare * REFERENCE / count)]
        table.row(what, goal, *cells)

    with ExitStack() as stack:
        say(f"starting {count} bare apps")
        bare, bare_start = opened(stack, asked, count, bare=True)
        say(f"starting {count} sessions of warmcall")
        ours, start = opened(stack, asked, count, bare=False)
        row("processor to start all, s", "30", start, bare_start)
        _memory_row(row, "after the start", ours, bare)
        for at in ours:
            at.follow(visits())
        for at in ours:
            at.rest()
        _memory_row(row, "after the first visit of each screen", ours, bare)
        say(f"{idle:g} seconds of nothing")
        shares = [100 * used.processor / used.seconds / 1000 for used in _both(ours, bare, idle)]
        row("processor while idle, % of one", f"{number(shares[1] * REFERENCE / count)} (bare)", *shares)
        for at in ours:
            at.follow(INTO_NOTES)
        say(f"{typing:g} seconds of typing")
        during(ours, typing / 10, LETTERS)  # the first letters are drawn and saved in other ways
        used = during(ours, typing, LETTERS)
        for at in ours:
            at.wait_for(LETTERS[:3])
        row("processor while all type, % of one", "", 100 * used.processor / used.seconds / 1000, None)
        row("written to disk while all type, kB/s", "1,000", used.written / used.seconds / 1000, None)
        row("sent to terminals while all type, kB/s", "", used.received / used.seconds / 1000, None)
    table.end()


def _memory_row(row: Row, when: str, ours: Sequence[Session], bare: Sequence[Session]) -> None:
    for name, place in (("share", 0), ("own", 1)):
        sums = [sum(at.memory()[place] for at in group) for group in (ours, bare)]
        row(f"memory {when}, {name}, MB", "6,000", *sums)


def _both(ours: Sequence[Session], bare: Sequence[Session], seconds: float) -> tuple[Used, Used]:
    """Return what both groups use in the same seconds."""
    before = [sum(at.processor() for at in group) for group in (ours, bare)]
    used = during([*ours, *bare], seconds)
    after = [sum(at.processor() for at in group) for group in (ours, bare)]
    first, second = (used._replace(processor=end - begin) for end, begin in zip(after, before, strict=True))
    return first, second


def main(arguments: Sequence[str]) -> None:
    """Print the table asked for."""

    def add(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--sessions", type=int, default=SESSIONS)
        parser.add_argument("--idle", type=float, default=60.0, help="seconds without a key")
        parser.add_argument("--typing", type=float, default=20.0, help="seconds of typing")

    with options(arguments, __doc__, "tests.benchmarks.bench_host", 1, add) as asked:
        asked.out.write(machine() + "\n")
        tables(asked, asked.asked.sessions, asked.asked.idle, asked.asked.typing)


if __name__ == "__main__":
    main(sys.argv[1:])
