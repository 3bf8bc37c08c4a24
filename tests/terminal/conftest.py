"""Terminals for the tests, none of them left behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.terminal.emulator import Terminal

Opens = Callable[..., Terminal]


@pytest.fixture
def open_terminal(tmp_path: Path) -> Iterator[Opens]:
    """Return what starts warmcall on a pseudo-terminal, with an empty home."""
    opened: list[Terminal] = []
    home = tmp_path / "empty home"
    home.mkdir()

    def start(*arguments: str, columns: int = 80, rows: int = 24, **environ: str) -> Terminal:
        terminal = Terminal(*arguments, home=home, columns=columns, rows=rows, environ=environ)
        opened.append(terminal)
        return terminal

    yield start
    for terminal in opened:
        terminal.close()
