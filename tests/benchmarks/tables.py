"""The tables of the benchmarks: Markdown, printed row by row, with spreads, and goals beside the figures.

`options` reads what every benchmark can be asked: another tree to measure, how often, where state files stay.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple, TextIO

import warmcall

from tests.benchmarks import states

TREE = Path(warmcall.__file__).parent.parent.parent
"""Where the warmcall that is measured lies."""


class Figure(NamedTuple):
    """Some values of one thing: their median, the least and the most."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Figure:
        """Take them together."""
        return cls(statistics.median(values), min(values), max(values))

    def __str__(self) -> str:
        if number(self.least) == number(self.most):
            return number(self.median)
        return f"{number(self.median)} ({number(self.least)}–{number(self.most)})"


def number(value: float) -> str:
    """Return a value with as many figures as can be trusted."""
    if 0 < abs(value) < 0.1:
        return f"{value:.2g}"
    if abs(value) >= 10:
        return f"{value:,.0f}"
    return f"{value:.2f}".rstrip("0").rstrip(".") if abs(value) < 1 else f"{value:.1f}".removesuffix(".0")


def ratio(value: float, base: float) -> str:
    """Return how many times `base` a value is; nothing if there is no base to speak of."""
    return f"{value / base:.2f}" if base else ""


class Table:
    """A table whose heading is printed at once, and each row when it is known; `say` reports what goes on."""

    def __init__(self, out: TextIO, title: str, columns: Sequence[str], note: str = "") -> None:
        self._out = out
        self._print(f"\n### {title}\n")
        if note:
            self._print(f"{note}\n")
        self._print(f"| {' | '.join(columns)} |")
        self._print(f"|{'---|' * len(columns)}")

    def row(self, *cells: object) -> None:
        """Print a row."""
        self._print(f"| {' | '.join(map(str, cells))} |")

    def end(self) -> None:
        """Print how busy the machine was meanwhile."""
        self._print(f"\nLoad at the end: {load()}.")

    def _print(self, line: str) -> None:
        self._out.write(line + "\n")
        self._out.flush()


def say(words: str) -> None:
    """Tell who waits what is measured at this moment, beside the tables."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {words}\n")
    sys.stderr.flush()


def by_size(
    asked: Options,
    title: str,
    sizes: Sequence[int],
    measured: Callable[[int], Mapping[str, Sequence[float]]],
    goals: Mapping[str, str],
    note: str,
) -> None:
    """Measure something with each size, every round, and print a row for each figure, with how it grows."""
    heads = [f"{size:,}" for size in sizes]
    columns = ("what", "goal", *heads, f"{heads[-1]} / {heads[0]}")
    table = Table(asked.out, title, columns, note)
    found: list[dict[str, list[float]]] = []
    for size in sizes:
        values: dict[str, list[float]] = {}
        for turn in range(asked.rounds):
            say(f"{title}: {size:,}, round {turn + 1}")
            for name, each in measured(size).items():
                values.setdefault(name, []).extend(each)
        found.append(values)
    for name in found[0]:
        figures = [Figure.of(values[name]) for values in found]
        table.row(name, goals.get(name, ""), *figures, ratio(figures[-1].median, figures[0].median))
    table.end()


def processor_ms(action: Callable[[], object]) -> float:
    """Return how many milliseconds of processor `action` takes in this process."""
    start = time.process_time()
    action()
    return (time.process_time() - start) * 1000


def slices_of(prepare: Callable[[], bool]) -> list[float]:
    """Call `prepare` until it says that all is done; return what each call takes in ms of processor."""
    done = [False]
    slices: list[float] = []
    while not done[-1]:
        slices.append(processor_ms(lambda: done.append(prepare())))
    return slices


def load() -> str:
    """Return how many programs wanted a processor, of late and for a quarter of an hour."""
    return ", ".join(f"{value:.1f}" for value in os.getloadavg())


def machine() -> str:
    """Return when, on what, and with what everything was measured, in a sentence."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return (
        f"{datetime.now(UTC):%d %B %Y %H:%M} UTC, {commit()}; {os.cpu_count()} processors"
        f" ({(names or [platform.machine()])[0]}), {memory:.0f} GB of memory, {platform.system()}"
        f" {platform.release().partition('-')[0]}, Python {platform.python_version()},"
        f" Textual {version('textual')}. Load at the start: {load()}."
    )


def commit() -> str:
    """Return which commit is measured."""
    words = ["git", "-C", str(TREE), "describe", "--always", "--dirty", "--exclude=*"]
    found = subprocess.run(words, capture_output=True, check=False, text=True)
    return f"commit {found.stdout.strip()}" if found.returncode == 0 else f"version {warmcall.__version__}"


class States:
    """State files, each made when it is first asked for, and kept in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def file(self, contacts: int, interviews: int = states.INTERVIEWS) -> Path:
        """Return the state file with so many contacts and interviews."""
        interviews = min(interviews, max(contacts - 2, 0))
        path = self._folder / f"{contacts}-{interviews}" / "warmcall.json"
        if not path.exists():
            say(f"making a state file of {contacts:,} contacts, {interviews:,} interviews")
            states.make(path, contacts, interviews)
        return path


class Options(NamedTuple):
    """What a benchmark is asked for: how often each thing is measured, and where its state files are.

    Only tests let programs be forked, as `Session` says.
    """

    rounds: int
    states: States
    out: TextIO
    asked: argparse.Namespace = argparse.Namespace()
    fork: bool = False


@contextmanager
def options(
    arguments: Sequence[str],
    description: str | None,
    module: str,
    rounds: int,
    add: Callable[[argparse.ArgumentParser], object] = lambda _parser: None,
) -> Iterator[Options]:
    """Read the arguments of a benchmark; if another tree is asked for, begin again with its warmcall."""
    parser = argparse.ArgumentParser(
        f"python -m {module}", description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tree", type=Path, help="another tree of warmcall to measure")
    parser.add_argument("--states", type=Path, help="where state files are kept for the next run")
    parser.add_argument("--rounds", type=int, default=rounds, help="how often each thing is measured")
    add(parser)
    asked = parser.parse_args(arguments)
    if asked.tree and asked.tree.resolve() != TREE.resolve():
        _begin_again(asked.tree.resolve(), module, arguments)
    folder = asked.states or Path(tempfile.mkdtemp(prefix="warmcall-bench-"))
    try:
        yield Options(asked.rounds, States(folder), sys.stdout, asked)
    finally:
        if asked.states is None:
            shutil.rmtree(folder, ignore_errors=True)


def _begin_again(tree: Path, module: str, arguments: Sequence[str]) -> None:
    """Replace this process by one that imports the warmcall of `tree`, and measures that."""
    if os.environ.get("PYTHONPATH", "").startswith(str(tree)):
        raise SystemExit(f"{module}: warmcall is imported from {TREE}, not from {tree}")
    paths = [str(tree / "tui"), os.environ.get("PYTHONPATH", "")]
    environ = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
    os.execve(sys.executable, [sys.executable, "-m", module, *arguments], environ)  # noqa: S606 - no shell
