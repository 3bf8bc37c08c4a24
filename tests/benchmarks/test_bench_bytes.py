from __future__ import annotations

from pathlib import Path

from tests.benchmarks.bench_bytes import GOALS, here, of_warmcall


def test_no_more_bytes_are_sent_than_was_asked_for(tmp_path: Path) -> None:
    row = of_warmcall(here(tmp_path), 1.0, tries=2)
    assert row.keys() == GOALS.keys()
    assert {name: count for name, count in row.items() if count > GOALS[name]} == {}
