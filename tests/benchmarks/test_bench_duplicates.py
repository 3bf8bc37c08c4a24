from __future__ import annotations

from tests.benchmarks.bench_duplicates import table


def test_the_benchmark_of_duplicates_runs_and_compares() -> None:
    found = table([20, 200])
    for word in ("all", "slice", "typed", "merge", "undo", "ratio"):
        assert word in found
