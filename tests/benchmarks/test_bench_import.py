from __future__ import annotations

from tests.benchmarks.bench_import import tables
from tests.benchmarks.conftest import Rows, numbers
from tests.benchmarks.tables import Options


def test_the_benchmark_of_the_import_runs_and_compares(asked: Options, rows: Rows) -> None:
    tables(asked, [20])
    [[size, *figures]] = rows()
    assert size == "20"
    assert len(numbers(figures)) == 4
    assert min(numbers(figures)) > 0
