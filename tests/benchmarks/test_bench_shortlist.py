from __future__ import annotations

from tests.benchmarks.bench_shortlist import tables
from tests.benchmarks.conftest import Rows, numbers
from tests.benchmarks.tables import Options


def test_the_benchmark_of_the_shortlist_runs_and_compares(asked: Options, rows: Rows) -> None:
    tables(asked, [12, 30], 6)
    found = {name: figures for name, _, *figures in rows()}
    for name in ("letter", "ranking", "chosen", "prepare", "slice", "index of texts", "slice of it"):
        assert min(numbers(found[name])) > 0
