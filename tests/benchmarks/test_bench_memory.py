from __future__ import annotations

import pytest

from tests.benchmarks import bench_memory
from tests.benchmarks.bench_memory import START, VISITED, round_of_keys, tables, visits
from tests.benchmarks.conftest import Rows, numbers
from tests.benchmarks.tables import Options


def test_the_benchmark_of_memory_runs_and_compares(
    asked: Options, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = [*round_of_keys(1)[:5], *visits()[-1:]]
    monkeypatch.setattr(bench_memory, "visits", lambda: few)
    monkeypatch.setattr(bench_memory, "round_of_keys", lambda _contacts: few)
    tables(asked, [8], [6])
    assert [row[0] for row in rows()] == [START, VISITED, "6 keys"]
    for _, own, share, *_ in rows():
        assert 1 < numbers([own])[0] <= numbers([share])[0]


def test_a_round_of_keys_is_as_long_as_the_first_moment_says() -> None:
    assert 290 % sum(len(step.keys) for step in round_of_keys(1)) == 0


@pytest.mark.long
@pytest.mark.parametrize("contacts", [0, 8])
def test_every_key_of_the_benchmark_of_memory_leads_where_it_should(
    asked: Options, rows: Rows, contacts: int
) -> None:
    tables(asked, [contacts], [1])
    assert len(rows()) == 3
