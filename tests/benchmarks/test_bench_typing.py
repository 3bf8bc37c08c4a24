from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.benchmarks import bench_typing
from tests.benchmarks.bench_typing import RATES, Ours, minute, tables
from tests.benchmarks.conftest import Rows, numbers
from tests.benchmarks.tables import Options

MOST_WRITTEN = 200_000
"""Bytes that a minute of typing may write, whatever the store holds."""


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the syncs: only the bytes count."""
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)


def test_a_minute_of_typing_writes_little_whatever_the_store_holds(tmp_path: Path) -> None:
    found = []
    for size in (30, 3_000):
        (tmp_path / str(size)).mkdir()
        found.append(minute(Ours(tmp_path / str(size), size).keep, max(RATES))[0])
    assert max(found) <= MOST_WRITTEN
    assert max(found) < 1.1 * min(found)


def test_the_benchmark_of_typing_runs_and_compares(
    asked: Options, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench_typing, "RATES", [1])
    tables(asked, [30])
    [[_, *figures]] = rows()
    assert min(numbers(figures)[::2]) > 0
