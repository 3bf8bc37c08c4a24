from __future__ import annotations

from tests.benchmarks.bench_import import table


def test_the_benchmark_of_the_import_runs_and_compares() -> None:
    head, figures = table([20], 1).splitlines()
    assert "ratio" in head
    assert figures.startswith("20 ")
