from __future__ import annotations

from tests.benchmarks.bench_duplicates import tables
from tests.benchmarks.conftest import Rows, numbers
from tests.benchmarks.tables import Options


def test_the_benchmark_of_duplicates_runs_and_compares(asked: Options, rows: Rows) -> None:
    tables(asked, [20, 200])
    found = {name: figures for name, _, *figures in rows()}
    for name in ("all", "slice", "names", "typed", "number", "merge", "undo"):
        assert min(numbers(found[name])) > 0
