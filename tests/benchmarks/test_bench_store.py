from __future__ import annotations

import pytest
from warmcall.storage import writer as writers

from tests.benchmarks.bench_store import table


def test_the_benchmark_of_the_store_runs_and_compares(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "POLL_SECONDS", 0.02)
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
