from __future__ import annotations

import pytest
from warmcall.storage import writer as writers

from tests.benchmarks.bench_store import table, table_of_bursts
from tests.benchmarks.conftest import Rows, numbers
from tests.benchmarks.tables import Options


def test_the_benchmark_of_the_store_runs_and_compares(
    asked: Options, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "POLL_SECONDS", 0.02)
    table(asked, 100)
    found = {name: figures for name, _, *figures in rows()}
    for name in ("edit", "load", "memory"):
        assert len(numbers(found[name])) == 5
        assert min(numbers(found[name])) > 0
    for name in ("floor", "edit / floor", "nothing new", "change seen", "held by a save", "held by theirs"):
        assert min(numbers(found[name])) > 0


def test_the_benchmark_of_bursts_counts_every_edit_and_says_how_old_each_became(
    asked: Options, rows: Rows
) -> None:
    table_of_bursts(asked, [20, 30], 0.2)
    found = {name: figures for name, _, *figures in rows()}
    assert found["edits"] == ["2", "2", "1.00"]
    for name in ("saves", "a save", "busy saving, %", "age when durable"):
        assert min(numbers(found[name])) > 0
