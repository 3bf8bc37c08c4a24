from __future__ import annotations

from tests.benchmarks.bench_shortlist import table


def test_the_benchmark_of_the_shortlist_runs_and_compares() -> None:
    found = table([12, 30], 6, 1)
    for word in ("letter", "ranking", "chosen", "prepare", "slice", "ratio"):
        assert word in found
