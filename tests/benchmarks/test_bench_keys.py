from __future__ import annotations

import pytest

from tests.benchmarks.bench_keys import AGAIN, MOVE, TICK, VISIT, Tick, changes, interview, table, walk
from tests.benchmarks.conftest import Rows, numbers
from tests.benchmarks.sessions import SMALL, Step
from tests.benchmarks.tables import Options

FEW: list[Step | Tick] = [
    Step(f"{MOVE}Queue", ("j",), "▸"),
    Step(f"{VISIT}2 People", ("2",), "▸Abe Tanaka"),
    Step("", ("4",), "Have ready"),
    Step("start the countdown", ("s",), "x End", saves=True),
    Tick("4 Interview", 1),
]


def test_the_benchmark_of_keys_runs_and_compares(asked: Options, rows: Rows) -> None:
    table(asked, SMALL, [8], [FEW])
    names = [f"{MOVE}Queue", f"{VISIT}2 People", "start the countdown", f"{TICK}4 Interview"]
    assert [row[0] for row in rows()] == names
    for _, _, *figures in rows():
        assert len(numbers(figures)) == 5
        assert min(numbers(figures)) > 0


@pytest.mark.long
def test_changes_of_this_process_and_of_another_one_are_measured(asked: Options, rows: Rows) -> None:
    table(asked, SMALL, [8], [changes()])
    found = {row[0]: row[2:] for row in rows()}
    for name in ("a contact added", "two people merged", "another process adds a contact"):
        assert min(numbers(found[name])) > 0


def test_every_screen_and_every_kind_of_key_is_among_those_measured() -> None:
    names = [step.name for step in (*walk(), *interview())]
    for screen in ("2 People", "3 Call", "4 Interview", "5 Progress", "6 Target"):
        assert VISIT + screen in names
        assert AGAIN + screen in names
    ticks = [step.name for step in interview() if isinstance(step, Tick)]
    for screen in ("1 Queue", "2 People", "3 Call", "4 Interview", "5 Progress", "6 Target"):
        assert screen in ticks
