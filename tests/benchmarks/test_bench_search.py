from __future__ import annotations

from tests.benchmarks.bench_search import table


def test_the_benchmark_of_the_search_runs_and_compares() -> None:
    found = table([5, 20], 1)
    for word in ("letter", "longest", "prepare", "slice", "ratio"):
        assert word in found
