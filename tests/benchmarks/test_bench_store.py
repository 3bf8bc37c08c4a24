from __future__ import annotations

import pytest
from warmcall.storage import writer as writers

from tests.benchmarks.bench_store import table, table_of_bursts


def test_the_benchmark_of_the_store_runs_and_compares(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "POLL_SECONDS", 0.02)
    found = table([100], 1)
    for word in (
        "100 contacts",
        "TinyDB",
        "SQLite",
        "edit",
        "edit / floor",
        "floor, 3/4",
        "load",
        "memory",
        "nothing new",
        "held by a save",
    ):
        assert word in found


def test_the_benchmark_of_bursts_counts_every_edit_and_says_how_old_each_became() -> None:
    found = {line[:26].strip(): line[26:].split() for line in table_of_bursts([20, 30], 0.2).splitlines()}
    assert found["edits"] == ["2.0", "2.0"]
    assert {"saves", "busy saving, %", "age when durable, mean", "age when durable, most"} < set(found)
