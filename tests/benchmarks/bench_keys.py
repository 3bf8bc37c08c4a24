"""What each kind of key costs, in two windows, with 300 contacts and with 30,000.

Run it with: python -m tests.benchmarks.bench_keys [--contacts 300 30000] [--rounds 3] [--tree PATH]

In milliseconds of processor. "frame" is until the screen shows what it shows when the program has come to
rest; "all" is until it rests again, saving included where a key changes something. After the first
key the work between keys is waited for, as by somebody who reads for some seconds. A tick is all that is used
from one turn of the countdown on the screen to the next. Every round is a session of its own.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

from tests.benchmarks.sessions import LARGE, SMALL, Cost, Frame, Memory, Step, learned, session
from tests.benchmarks.tables import Figure, Options, Table, machine, options, ratio, say

CONTACTS = (300, 30_000)
WINDOWS = {SMALL: 50, LARGE: 80}
"""The windows, and how many milliseconds of processor any key may cost there."""

PAUSE_SECONDS = 1.5
"""How long the program rests after the first key, by when it has done what it does between keys."""

TICK_MS = 5
MOST_TIMES = 2
"""How many times what it costs with the first number of contacts a key may cost with the last."""

FIRST_SHOWS = ("[1 Queue]", "Luis Ortega", "help")
CLOCK = re.compile(r"\d+:\d\d left")
TICKS = 5
LEARNERS = 3
"""How many sessions learn frames at once: they wait most of the time, and nothing is measured yet."""

VISIT, AGAIN, TICK, MOVE, FILTER, TYPED = (
    "first visit: ",
    "again: ",
    "tick on ",
    "list move, ",
    "letter in the filter, ",
    "letter of ",
)


class Tick(NamedTuple):
    """Turns of the countdown to wait for, on the screen that a step has led to."""

    name: str
    turns: int


def _press(name: str, *keys: str, shows: str, gone: str = "") -> Step:
    return Step(name, keys, shows, gone)


def _filtered(screen: str, words: str) -> Iterator[Step]:
    yield _press("", "/", shows="filter:")
    for letter in words:
        yield _press(FILTER + screen, letter, shows=" of ")
    yield _press("", "Esc", shows="/ Filter")


def walk() -> list[Step]:
    """Return the keys where no countdown runs: first visits, dialogs, lists, filters, and a change."""
    steps = [_press(f"{MOVE}Queue", "j", shows="▸") for _ in range(4)]
    steps += [
        _press("to the end of the list, Queue", "G", shows="▸"),
        _press("", "g", shows="Luis Ortega"),
        _press(f"{VISIT}3 Call", "3", shows="They say"),
        _press(f"{VISIT}outcome", "o", shows="How did it end?"),
        _press("", "Esc", shows="They say", gone="How did it end?"),
        _press(f"{VISIT}2 People", "2", shows="▸Abe Tanaka"),
        *(_press(f"{MOVE}People", "j", shows="▸") for _ in range(4)),
        _press("", "g", shows="▸Abe Tanaka"),
        _press(f"{VISIT}add a contact", "a", shows="A new contact"),
        _press("", "Esc", shows="▸Abe Tanaka", gone="A new contact"),
        _press(f"{VISIT}edit a contact", "e", shows="Edit Abe Tanaka"),
        _press("", "Esc", shows="▸Abe Tanaka", gone="Edit Abe"),
        _press(f"{VISIT}follow-up", "f", shows="A follow-up: Abe Tanaka"),
        _press("", "Esc", shows="▸Abe Tanaka", gone="A follow-up"),
        _press(f"{VISIT}4 Interview", "4", shows="Have ready"),
        _press(f"{VISIT}5 Progress", "5", shows="Asked by week"),
        _press(f"{VISIT}6 Target", "6", shows="The job you aim at"),
        _press(f"{VISIT}help", "?", shows="The keys here and now"),
        _press("", "?", shows="The job you aim at", gone="The keys here"),
        _press(f"{VISIT}palette", ":", shows="Find anything"),
        _press("", "Esc", shows="The job you aim at", gone="Find anything"),
        _press(f"{AGAIN}1 Queue", "1", shows="Luis Ortega"),
        _press(f"{VISIT}snooze", "z", shows="Put off"),
        _press("", "Esc", shows="Luis Ortega", gone="Put off"),
        _press(f"{AGAIN}2 People", "2", shows="▸Abe Tanaka"),
        *_filtered("People", "novak"),
        *_filtered("People", "55501"),
        _press("", "g", shows="▸Abe Tanaka"),
        _press(f"{AGAIN}3 Call", "3", shows="[3 Call]"),
        _press(f"{AGAIN}4 Interview", "4", shows="Have ready"),
        _press(f"{AGAIN}5 Progress", "5", shows="Asked by week"),
        _press(f"{AGAIN}6 Target", "6", shows="The job you aim at"),
        _press("", "1", shows="Luis Ortega"),
        *_filtered("Queue", "novak"),
        _press("", "g", shows="▸! 30 d late"),  # where no notice hides what changes
    ]
    for _ in range(3):
        steps.append(Step("x", ("x",), "▸", notices=True, saves=True))
        steps.append(Step("undo", ("u",), "▸", notices=True, saves=True))
    return steps


def interview(ticks: int = TICKS) -> list[Step | Tick]:
    """Return the keys of an interview whose countdown runs, and so many ticks on every screen."""
    return [
        _press("", "2", shows="▸Abe Tanaka"),
        _press("", "4", shows="Have ready"),
        Step("start the countdown", ("s",), "x End", saves=True),
        Tick("4 Interview", TICKS),
        _press("", "Enter", shows="Leave notes"),
        *(_press("letter in notes", letter, shows="Leave notes") for letter in "numbers"),
        _press("", "Esc", shows="x End"),
        _press("", "1", shows="[1 Queue]"),
        Tick("1 Queue", TICKS),
        _press("", "2", shows="[2 People]"),
        Tick("2 People", TICKS),
        _press("", "/", shows="filter:"),
        _press("", "o", shows=" of "),
        Tick("2 People, filtered", TICKS),
        _press("", "Esc", shows="/ Filter"),
        _press("", "3", shows="[3 Call]"),
        Tick("3 Call", TICKS),
        _press("", "5", shows="[5 Progress]"),
        Tick("5 Progress", TICKS),
        _press("", "6", shows="[6 Target]"),
        Tick("6 Target", TICKS),
    ]


def changes() -> list[Step | Tick]:
    """Return what changes records, in this process and in another one."""

    def change(name: str, key: str, shows: str = "", gone: str = "") -> Step:
        return Step(name, (key,), shows, gone, notices=True, saves=True)

    def another_adds(name: str, shows: str) -> Step:
        return Step("another process adds a contact", (), shows, notices=True, command=("add", name))

    return [
        _press("", "2", shows="▸Abe Tanaka"),
        _press("form of a new contact", "a", shows="A new contact"),
        *(_press(f"{TYPED}a name", letter, shows="Dear") for letter in "Aab"),
        _press("", *" Quill", shows="Aab Quill"),
        change("a contact added", "ctrl+s", "▸Aab Quill"),
        change("adding undone", "u", "Undone: add"),
        change("adding redone", "U", "Aab Quill"),
        _press("", "g", shows="▸Aab Quill"),
        _press("", "e", shows="Edit Aab Quill"),
        _press("", *" Jr", shows="Aab Quill Jr"),
        change("a contact edited", "ctrl+s", "▸Aab Quill Jr", gone="Edit Aab"),
        _press("form to merge two", "m", shows="Is also"),
        *(_press(f"{TYPED}whom to merge", letter, shows="Is also") for letter in "Luis"),
        _press("", *" Or", shows="▸Luis Ortega"),
        _press("two beside each other", "Enter", shows="keeps this"),
        change("two people merged", "l", "▸Aab Quill Jr", gone="keeps this"),
        change("the merge undone", "u", "Undone"),
        _press("", "g", shows="▸Aab Quill Jr"),
        change("a contact deleted", "d", "is deleted"),
        change("deleting undone", "u", "Undone: delete"),
        another_adds("Aaa Remote", "Aaa Remote"),
        _press("", "l", shows="Log a call"),
        _press("", *"fri 9:40", shows="fri 9:40"),
        change("a call logged", "ctrl+s", gone="Log a call"),
        _press("", "3", shows="They say"),
        _press("", "n", shows="A note on this call"),
        _press("", *"Busy", shows="Busy"),
        change("a note on a call", "ctrl+s", "They say", gone="A note on this"),
        _press("", "o", shows="How did it end?"),
        change("no answer", "n", gone="How did it end?"),
        _press("", "1", shows="[1 Queue]"),
        another_adds("Aac Remote", "[1 Queue]"),
    ]


class Measured(NamedTuple):
    """What some sessions cost: their starts, their keys by name, and their memory at the end."""

    starts: list[Cost]
    keys: dict[str, list[Cost]]
    memories: list[Memory]


Known = tuple[Frame, list[Frame]]
"""The first frame, and those to which steps lead."""


def known(steps: Sequence[Step | Tick], shows: Sequence[str] = FIRST_SHOWS, **how: Any) -> Known:
    """Learn the frames of steps in a session; `shows` are words on the first frame."""
    return learned([step for step in steps if isinstance(step, Step)], shows, **how)


def measured(
    steps: Sequence[Step | Tick], rounds: int, frames_known: Known, pause: float = 0.0, **how: Any
) -> Measured:
    """Measure steps whose frames are known in so many sessions.

    After the first key the program rests for `pause` seconds.
    """
    start, frames = frames_known
    found = Measured([], {}, [])
    for _ in range(rounds):
        with session(**how) as at:
            found.starts.append(at.started(start))
            expected: Iterator[Frame] = iter(frames)
            for step in steps:
                if isinstance(step, Tick):
                    found.keys.setdefault(TICK + step.name, []).extend(at.ticks(CLOCK, step.turns))
                    continue
                cost = at.key(step, next(expected))
                if step is steps[0]:
                    at.rest(pause)
                if step.name:
                    found.keys.setdefault(step.name, []).append(cost)
            found.memories.append(at.memory())
    return found


def table(
    asked: Options,
    size: tuple[int, int],
    contacts: Sequence[int],
    scripts: Sequence[Sequence[Step | Tick]],
) -> None:
    """Measure the keys of some scripts in a window, and print the table."""
    costs: list[dict[str, list[Cost]]] = []
    hows: list[dict[str, Any]] = [
        {"state": asked.states.file(count), "size": size, "fork": asked.fork} for count in contacts
    ]
    say(f"keys at {size[0]}x{size[1]}: learning the frames")
    with ThreadPoolExecutor(1 if asked.fork else LEARNERS) as threads:
        learning = [[threads.submit(known, script, **how) for script in scripts] for how in hows]
        learnt = [[each.result() for each in row] for row in learning]
    for count, how, known_frames in zip(contacts, hows, learnt, strict=True):
        found: dict[str, list[Cost]] = {}
        for number, script in enumerate(scripts, 1):
            say(f"keys at {size[0]}x{size[1]}, {count:,} contacts, script {number} of {len(scripts)}")
            pause = 0.0 if asked.fork else PAUSE_SECONDS
            found |= measured(script, asked.rounds, known_frames[number - 1], pause, **how).keys
        costs.append(found)
    columns = ["key", "goal, ms"]
    columns += [f"{count:,}: {what}, ms" for count in contacts for what in ("frame", "all")]
    columns += [f"{contacts[-1]:,} / {contacts[0]:,}, goal {MOST_TIMES}", "clock, ms", "bytes"]
    note = (
        f"Processor time, medians of {asked.rounds} sessions; the clock and the bytes with {contacts[-1]:,}."
    )
    shown = Table(asked.out, f"Keys at {size[0]}x{size[1]}", columns, note)
    for name in costs[0]:
        frames = [Figure.of([cost.processor for cost in found[name]]) for found in costs]
        alls = [Figure.of([cost.all for cost in found[name]]) for found in costs]
        goal = TICK_MS if name.startswith(TICK) else WINDOWS.get(size, "")
        last = costs[-1][name]
        cells = [figure for pair in zip(frames, alls, strict=True) for figure in pair]
        times = ratio(frames[-1].median, frames[0].median)
        wall = Figure.of([cost.wall for cost in last])
        shown.row(name, goal, *cells, times, wall, Figure.of([cost.received for cost in last]))
    shown.end()


def tables(
    asked: Options,
    contacts: Sequence[int] = CONTACTS,
    windows: Iterable[tuple[int, int]] = WINDOWS,
    ticks: int = TICKS,
) -> None:
    """Print the tables of both windows."""
    for size in windows:
        table(asked, size, contacts, (walk(), interview(ticks), changes()))


def main(arguments: Sequence[str]) -> None:
    """Print the tables asked for."""

    def add(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--contacts", type=int, nargs="+", default=CONTACTS)

    with options(arguments, __doc__, "tests.benchmarks.bench_keys", 3, add) as asked:
        asked.out.write(machine() + "\n")
        tables(asked, asked.asked.contacts)


if __name__ == "__main__":
    main(sys.argv[1:])
