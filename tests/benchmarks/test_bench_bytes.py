from __future__ import annotations

from pathlib import Path

from tests.benchmarks.bench_bytes import GOALS, here, known, of_warmcall


def test_no_more_bytes_are_sent_than_was_asked_for(tmp_path: Path) -> None:
    row = of_warmcall(here(tmp_path, fork=True), known(fork=True), 0.5, rounds=1)
    assert row.keys() == GOALS.keys()
    assert {name: counts for name, counts in row.items() if max(counts) > GOALS[name]} == {}
    assert [name for name, counts in row.items() if min(counts) <= 0] == ["idle"]
