"""What every test may use: a fake clock, a desk over an empty book, and a home of its own."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from tui.domain.book import Book
from tui.domain.change import Change
from tui.services.desk import Desk
from tui.storage.config import Config
from tui.storage.library import Library, read_library
from tui.storage.paths import content

MONDAY_MORNING = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
"""Monday 23 November 2026, 9:00 in Chicago."""

SEED = 7
"""What the dice of practice begin with, so that every run hears the same replies."""

CHICAGO = ZoneInfo("America/Chicago")


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = MONDAY_MORNING) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def move_to(self, now: datetime) -> None:
        self._now = now

    def forward(self, **duration: float) -> None:
        """Move on by a duration given as for timedelta, such as minutes=5."""
        self._now += timedelta(**duration)


class Made:
    """A desk with what stands behind it: the clock, the book and the changes it saved."""

    def __init__(self, library: Library, config: Config | None = None, zone: tzinfo = CHICAGO) -> None:
        self.clock = FakeClock()
        self.book = Book()
        self.saved: list[Change] = []
        numbers = itertools.count(1)
        self.desk = Desk(
            self.book,
            library,
            config or Config(),
            self.clock,
            lambda: zone,
            self.saved.append,
            lambda: f"id{next(numbers):04d}",
            dice=Random(SEED),
        )


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the developer's machine out of every test."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("TZ", "UTC")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "WARMCALL_DB", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def library() -> Library:
    """The bundled scripts, banks, messages and figures."""
    return read_library(content(), Path("/nonexistent"))


@pytest.fixture
def made(library: Library) -> Made:
    """A desk over an empty book on Monday 23 November 2026, 9:00 in Chicago."""
    return Made(library)


@pytest.fixture
def desk(made: Made) -> Desk:
    """The desk of `made`."""
    return made.desk


@pytest.fixture
def clock(made: Made) -> FakeClock:
    """The clock of `made`."""
    return made.clock
