from __future__ import annotations

import pytest

from tests.benchmarks.bench_bytes import GOALS, Row, here, of_warmcall


@pytest.fixture(scope="module")
def row(tmp_path_factory: pytest.TempPathFactory) -> Row:
    return of_warmcall(here(tmp_path_factory.mktemp("home")), 1.0, tries=2)


@pytest.mark.parametrize("name", GOALS)
def test_no_more_bytes_are_sent_than_was_asked_for(row: Row, name: str) -> None:
    assert row[name] <= GOALS[name]
