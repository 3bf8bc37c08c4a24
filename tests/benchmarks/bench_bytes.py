"""How many bytes the terminal is sent: thrifty drawing, Textual alone, and vim where it does the like.

Run it with: python -m tests.benchmarks.bench_bytes [--idle 60] [--rounds 5] [--tree PATH]

At 80x24 in 256 colours, on the sample data, everything counted that comes from a key until its frame is there
and settled. A tick is from one turn of the countdown to the next: every few seconds the pace changes with it.
A letter in notes is one during which the countdown did not turn. List moves are seven, in the queue among
them to a meeting. All programs run at once: how busy the machine is changes no byte.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple, TextIO

from tests.benchmarks.lines import Counted, Start
from tests.benchmarks.sessions import Frame, Step, apart, environment, learned
from tests.benchmarks.tables import Figure, Options, Table, machine, number, options, ratio, say
from tests.terminal.emulator import WARMCALL, Terminal

DEMO = (*WARMCALL, "demo")
FIRST_SHOWS = ("[1 Queue]", "◷ Mei Tanaka", "sample")
PLAIN = ("--plain-drawing",)

MOVE_QUEUE, MOVE_PEOPLE, LETTER = "list move, Queue", "list move, People", "letter in notes"
START, IDLE = "start", "idle"

GOALS: Mapping[str, int] = {
    "clock tick, on Queue": 40,
    "clock tick, on People": 40,
    "clock tick, on Interview": 40,
    LETTER: 35,
    MOVE_QUEUE: 180,
    MOVE_PEOPLE: 180,
    "to 2 People": 3500,
    "to 3 Call": 3500,
    "to 4 Interview": 3500,
    "to 5 Progress": 3500,
    "to 6 Target": 3500,
    "to 1 Queue": 3500,
    IDLE: 0,
    START: 9000,
}

TRUE_COLOUR = {"COLORTERM": "truecolor"}
MOST_TIMES = 1.3
"""How many times the bytes of 256 colours true colour may take."""

SCREENS = {
    "2": "2 People", "3": "3 Call", "4": "4 Interview", "5": "5 Progress", "6": "6 Target", "1": "1 Queue",
}  # fmt: skip

VIM_OPTIONS = "set t_RV= t_u7= t_RF= t_RB= t_TI= t_TE="
"""Vim asks the terminal nothing: the emulated one knows no answers."""

Row = dict[str, list[float]]


class Script(NamedTuple):
    """Steps of one session, and the frames to which they lead, the first frame before them."""

    steps: Sequence[Step]
    first: Frame
    frames: Sequence[Frame]


def learn(steps: Sequence[Step], fork: bool = False) -> Script:
    """Learn the frames of steps on the sample data."""
    first, frames = learned(steps, FIRST_SHOWS, program=DEMO, fork=fork)
    return Script(steps, first, frames)


def around() -> list[Step]:
    """Return the steps through lists and screens, where no countdown runs.

    The moves in the queue end on the meeting with Mei Tanaka, where an interview can begin.
    """
    steps = [Step(MOVE_QUEUE, (key,), "▸") for key in "jjkjjjj"]
    for key, name in SCREENS.items():
        steps.append(Step(f"to {name}", (key,), f"[{name}]"))
        if key == "2":
            steps += [Step(MOVE_PEOPLE, (move,), "▸") for move in "jjkjjjj"]
    return steps


INTO_AN_INTERVIEW = (Step("", ("4",), "Have ready"), Step("", ("s",), "x End"))
"""What leads into an interview from the row of its meeting, so that its countdown runs."""

INTO_NOTES = (Step("", ("Enter",), "Leave notes"), Step("", ("abc",), "abc"))
A_LETTER, AND_BACK = Step(LETTER, ("x",), "abcx"), Step("", ("Backspace",), "abc", "abcx")


def known(fork: bool = False) -> Script:
    """Learn the frames of all steps."""
    return learn(around(), fork)


def here(home: Path, fork: bool = False, colours: Mapping[str, str] | None = None) -> Start:
    """Return what starts a program on a pseudo-terminal of its own; variables may ask for other colours."""

    def start(words: Sequence[str]) -> Terminal:
        environ = environment() | dict(colours or {})
        if fork:
            del environ["PYTHONPATH"]  # the server has another, and everything is imported
        return Terminal(home=home, program=words if fork else apart(words), environ=environ, fork=fork)

    return start


def of_warmcall(start: Start, script: Script, idle: float, *given: str, rounds: int) -> Row:
    """Measure warmcall on the sample data, what is repeated so many times: first without a countdown."""
    at = start((*WARMCALL, *given, "demo"))
    try:
        counted = Counted(at)
        row: Row = {START: [counted.started(script.first)], IDLE: [counted.during(idle)]}
        for step, frame in zip(script.steps, script.frames, strict=True):
            row.setdefault(step.name, []).append(counted.key(step, frame).received)
        return row | _of_an_interview(counted, rounds)
    finally:
        at.close()


def _of_an_interview(at: Counted, rounds: int) -> Row:
    """Measure what a countdown sends on three screens, and a letter in notes while it runs."""

    def ticks() -> list[float]:
        return [float(count) for count in at.ticks(rounds)]

    at.go(*INTO_AN_INTERVIEW)
    row: Row = {"clock tick, on Interview": ticks()}
    at.go(*INTO_NOTES)
    row[LETTER] = [sent.received for sent in at.letters(A_LETTER, AND_BACK, rounds)]
    at.go(Step("", ("Esc",), "x End"), Step("", ("2",), f"[{SCREENS['2']}]"))
    row["clock tick, on People"] = ticks()
    at.go(Step("", ("1",), f"[{SCREENS['1']}]"))
    return row | {"clock tick, on Queue": ticks()}


def of_vim(start: Start, text: Path, idle: float) -> Row:
    """Measure vim, where it does what we do: a letter typed, a line down, the start, and nothing.

    It edits the file `text`, outside every home, as vim says where that lies.
    """
    vim = shutil.which("vim")
    if vim is None:
        return {}
    text.write_text("".join(f"By accident, {number}.\n" for number in range(30)), encoding="utf-8")
    program = (vim, "--clean", "-n", "--cmd", VIM_OPTIONS, "-c", "syntax on | set cursorline", str(text))
    steps = [Step(MOVE_QUEUE, (key,)) for key in "jjkjjjj"]
    steps += [Step("", ("o",), "INSERT"), Step("", ("abc",), "abc")]
    steps += [Step(LETTER, (letter,), letter) for letter in "defgh"]
    first, frames = learned(steps, ["By accident, 0.", "1,1"], program=program)
    at = start(program)
    try:
        counted = Counted(at)
        row: Row = {START: [counted.started(first)], IDLE: [counted.during(idle)]}
        for step, frame in zip(steps, frames, strict=True):
            row.setdefault(step.name, []).append(counted.key(step, frame).received)
    finally:
        at.close()
    del row[""]
    return row


def show(out: TextIO, title: str, rows: Mapping[str, Row], note: str, goals: Mapping[str, int]) -> None:
    """Print a table of bytes: a column for each program, the goals beside them if there are any."""
    table = Table(out, title, ("bytes", *(["goal"] if goals else []), *rows), note)
    for name in dict.fromkeys(name for row in rows.values() for name in row):
        cells = [Figure.of(row[name]) if name in row else "" for row in rows.values()]
        table.row(name, *([goals.get(name, "")] if goals else []), *cells)
    table.end()


def tables(asked: Options, idle: float = 60.0) -> None:
    """Print the table."""
    say("bytes: learning the frames")
    script = known(asked.fork)
    with tempfile.TemporaryDirectory(prefix="warmcall-bench-") as folder, ThreadPoolExecutor(4) as threads:
        home = Path(folder, "home")
        home.mkdir()
        start = here(home, asked.fork)
        say("bytes: all programs at once")

        def ours(start: Start, *given: str) -> Row:
            return of_warmcall(start, script, idle, *given, rounds=asked.rounds)

        running = {
            "warmcall": threads.submit(ours, start),
            "`--plain-drawing`": threads.submit(ours, start, *PLAIN),
            "vim": threads.submit(of_vim, here(home), Path(folder, "notes.txt"), idle),
        }
        true = threads.submit(ours, here(home, asked.fork, TRUE_COLOUR))
        rows = {name: row.result() for name, row in running.items()}
        many = true.result()
    note = f"80x24, 256 colours; idle is {idle:g} s without a key."
    show(asked.out, "Bytes to the terminal", rows, note, GOALS)
    show_colours(asked.out, rows["warmcall"], many)


def show_colours(out: TextIO, few: Row, many: Row) -> None:
    """Print how many times the bytes in 256 colours, `few`, those in true colour are: by kind, and in all."""
    columns = ("bytes", "256 colours", "true colour", f"times, goal {MOST_TIMES}")
    table = Table(out, "True colour", columns, "80x24; the last row is the sum of all that was sent.")
    for name, counts in few.items():
        before, after = Figure.of(counts), Figure.of(many[name])
        table.row(name, before, after, ratio(after.median, before.median))
    sums = [sum(map(sum, row.values())) for row in (few, many)]
    table.row("all", *map(number, sums), ratio(sums[1], sums[0]))
    table.end()


def main(arguments: Sequence[str]) -> None:
    """Print the table."""

    def add(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--idle", type=float, default=60.0, help="seconds without a key")

    with options(arguments, __doc__, "tests.benchmarks.bench_bytes", 5, add) as asked:
        asked.out.write(machine() + "\n")
        tables(asked, asked.asked.idle)


if __name__ == "__main__":
    main(sys.argv[1:])
