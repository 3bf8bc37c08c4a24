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
    monkeypatch.setattr(bench_growth, "commands", lambda _state: {})
    table(asked, "Growth", [(5, 1)], ["5"])
    found = {name: figures for name, *figures in rows()}
    assert set(found) == {LOAD, "x", SAVED, "undo", MEMORY}
    for figures in found.values():
        assert min(numbers(figures)) > 0


@pytest.mark.long
def test_the_benchmark_of_growth_presses_every_key_and_says_how_much_each_grows(
    asked: Options, rows: Rows
) -> None:
    table(asked, "Growth", [(0, 0), (200, 10), (400, 10)], ["0", "200", "400"])
    found = {name: figures for name, *figures in rows()}
    assert {step.name for step in KEYS if step.name} < set(found)
    for *_, many, times in found.values():
        assert min(numbers([many, times])) > 0


@pytest.mark.long
def test_every_command_of_the_benchmark_of_growth_works(asked: Options) -> None:
    measures = commands(asked.states.file(20, 5))
    assert len(measures) == 1 + len(EXPORTS)
    for measure in measures.values():
        assert measure().received > 10
