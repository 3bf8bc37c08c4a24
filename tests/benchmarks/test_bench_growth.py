from __future__ import annotations

import pytest

from tests.benchmarks import bench_growth
from tests.benchmarks.bench_growth import EXPORTS, KEYS, LOAD, MEMORY, SAVED, commands, table
from tests.benchmarks.conftest import Rows, numbers
from tests.benchmarks.tables import Options


def test_the_benchmark_of_growth_runs_and_compares(
    asked: Options, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench_growth, "KEYS", [step for step in KEYS if step.name in ("x", "undo")])
    monkeypatch.setattr(bench_growth, "EXPORTS", ())
    table(asked, "Growth", [(5, 1), (10, 1)], ["5", "10"])
    found = {name: figures for name, *figures in rows()}
    assert set(found) == {LOAD, "x", SAVED, "undo", "due", MEMORY}
    for few, many, times in found.values():
        assert min(numbers([few, many, times])) > 0


@pytest.mark.long
def test_every_command_of_the_benchmark_of_growth_works(asked: Options) -> None:
    measures = commands(asked.states.file(20, 5))
    assert len(measures) == 1 + len(EXPORTS)
    for measure in measures.values():
        assert measure().received > 10
