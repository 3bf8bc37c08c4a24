"""Benchmarks as tests run them: once, with few records, their sessions forked and taken to rest sooner."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.benchmarks import lines, sessions
from tests.benchmarks.tables import Options, States
from tests.terminal.emulator import PATIENCE_SECONDS

Rows = Callable[[], list[list[str]]]


@pytest.fixture(autouse=True)
def _soon_at_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures need not be exact here: a frame may come sooner than what follows it."""
    monkeypatch.setattr(sessions, "REST_SECONDS", 0.03)
    monkeypatch.setattr(sessions, "LEARNING_SECONDS", 0.06)
    monkeypatch.setattr(lines, "SETTLE_SECONDS", 0.05)
    monkeypatch.setattr(sessions, "PATIENCE_SECONDS", PATIENCE_SECONDS)


@pytest.fixture
def asked(tmp_path: Path) -> Options:
    """What a benchmark is asked for in a test."""
    return Options(1, States(tmp_path / "states"), io.StringIO(), fork=True)


@pytest.fixture
def rows(asked: Options) -> Rows:
    """Return what gives the cells of all rows that a benchmark printed, without headings."""

    def cells() -> list[list[str]]:
        assert isinstance(asked.out, io.StringIO)
        found: list[list[str]] = []
        for line in asked.out.getvalue().splitlines():
            if line.startswith("|---"):
                found.pop()
            elif line.startswith("|"):
                found.append([cell.strip() for cell in line.split("|")[1:-1]])
        return found

    return cells


def numbers(cells: list[str]) -> list[float]:
    """Return the medians in some cells; empty ones are left out."""
    return [float(cell.split()[0].replace(",", "")) for cell in cells if cell]
