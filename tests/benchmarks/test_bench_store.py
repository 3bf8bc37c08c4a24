from __future__ import annotations

from tests.benchmarks.bench_store import table


def test_the_benchmark_of_the_store_runs_and_compares() -> None:
    found = table([100], 1)
    for word in (
        "100 contacts",
        "TinyDB",
        "SQLite",
        "edit",
        "load",
        "memory",
        "nothing new",
        "held by a save",
    ):
        assert word in found
