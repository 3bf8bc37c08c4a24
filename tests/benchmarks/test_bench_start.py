from __future__ import annotations

from tests.benchmarks.bench_start import BARE_NAME, table_of_starts
from tests.benchmarks.conftest import Rows, numbers
from tests.benchmarks.tables import Options


def test_the_benchmark_of_the_start_runs_and_compares_with_a_bare_app(asked: Options, rows: Rows) -> None:
    table_of_starts(asked, [4])
    assert [row[0] for row in rows()] == [BARE_NAME, "4 contacts"]
    for _, _, *figures in rows():
        assert len(numbers(figures)) == 5
        assert min(numbers(figures)) > 0
