from __future__ import annotations

from pathlib import Path

from tests.benchmarks.bench_bytes import GOALS, here, of_warmcall, scripts


def test_no_more_bytes_are_sent_than_was_asked_for(tmp_path: Path) -> None:
    row = of_warmcall(here(tmp_path, fork=True), scripts(fork=True), 0.5, rounds=2)
    assert row.keys() == GOALS.keys()
    assert {name: counts for name, counts in row.items() if max(counts) > GOALS[name]} == {}
    assert [name for name, counts in row.items() if min(counts) <= 0] == ["idle"]
