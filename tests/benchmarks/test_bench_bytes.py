from __future__ import annotations

import io
from pathlib import Path

from tests.benchmarks.bench_bytes import GOALS, here, known, of_warmcall, show_colours


def test_no_more_bytes_are_sent_than_was_asked_for(tmp_path: Path) -> None:
    row = of_warmcall(here(tmp_path, fork=True), known(fork=True), 0.5, rounds=1)
    assert row.keys() == GOALS.keys()
    assert {name: counts for name, counts in row.items() if max(counts) > GOALS[name]} == {}
    assert [name for name, counts in row.items() if min(counts) <= 0] == ["idle"]


def test_true_colour_is_compared_by_kind_of_key_and_in_all() -> None:
    out = io.StringIO()
    show_colours(out, {"start": [1000.0], "to": [10.0, 20.0]}, {"start": [1300.0], "to": [12.0, 24.0]})
    assert "| start | 1,000 | 1,300 | 1.30 |" in out.getvalue()
    assert "| to | 15 (10–20) | 18 (12–24) | 1.20 |" in out.getvalue()
    assert "| all | 1,030 | 1,336 | 1.30 |" in out.getvalue()
