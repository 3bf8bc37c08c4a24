from __future__ import annotations

import pytest

from tests.benchmarks import bench_host
from tests.benchmarks.bench_host import tables
from tests.benchmarks.conftest import Rows, numbers
from tests.benchmarks.tables import Options


def test_the_benchmark_of_a_host_runs_and_compares(
    asked: Options, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench_host, "CONTACTS", 8)
    tables(asked, 1, 0.3, 1.2)
    found = {what: figures for what, _, *figures in rows()}
    assert len(found) == 9
    for what in ("processor to start all, s", "processor while all type, % of one"):
        assert min(numbers(found[what])) > 0
    assert numbers(found["sent to terminals while all type, kB/s"])[0] > 0
    for what, figures in found.items():
        if what.startswith("memory"):
            assert min(numbers(figures)) > 1
