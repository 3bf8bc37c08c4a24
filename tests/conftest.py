"""What every test may use: a fake clock, a desk over an empty book, and a home of its own."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from tests.clock import MONDAY_MORNING as MONDAY_MORNING
from tests.stylesheets import parsed_once
from tui.domain.book import Book
from tui.domain.change import Change, ChangeKind
from tui.domain.clocks import Reading
from tui.services.desk import Desk
from tui.storage.config import Config
from tui.storage.library import Library, read_library
from tui.storage.paths import content

SEED = 7
"""What the dice of practice begin with, so that every run hears the same replies."""

CHICAGO = ZoneInfo("America/Chicago")


class FakeClock:
    """Clocks that stand still until they are moved, on a machine that was started a day ago."""

    def __init__(self, now: datetime = MONDAY_MORNING) -> None:
        self._now = now
        self._boots = 1
        self._since_boot = timedelta(days=1)

    def now(self) -> datetime:
        return self._now

    def read(self) -> Reading:
        return Reading(self._now, f"boot{self._boots}", self._since_boot)

    def move_to(self, now: datetime) -> None:
        """Move on, or back, to an instant."""
        self._since_boot += now - self._now
        self._now = now

    def forward(self, **duration: float) -> None:
        """Move on by a duration given as for timedelta, such as minutes=5, awake or asleep."""
        self.move_to(self._now + timedelta(**duration))

    def set_wall(self, **duration: float) -> None:
        """Set the wall clock alone, forward or back, by a duration given as for timedelta."""
        self._now += timedelta(**duration)

    def restart(self, **duration: float) -> None:
        """Restart the machine, which is off for a duration given as for timedelta."""
        self._now += timedelta(**duration)
        self._boots += 1
        self._since_boot = timedelta(seconds=30)


class Made:
    """A desk with what stands behind it: the clock, the book and the changes it saved."""

    def __init__(
        self,
        library: Library,
        config: Config | None = None,
        zone: tzinfo = CHICAGO,
        book: Book | None = None,
        session: str = "here",
    ) -> None:
        self.clock = FakeClock()
        self.book = book or Book()
        self.saved: list[Change] = []
        numbers = itertools.count(1)
        self.desk = Desk(
            self.book,
            library,
            config or Config(),
            self.clock,
            lambda: zone,
            self.saved.append,
            lambda: f"{'' if session == 'here' else session}id{next(numbers):04d}",
            dice=Random(SEED),
            session=session,
        )

    @property
    def done(self) -> list[Change]:
        """The changes that undo can take back, without what is kept of forms half filled."""
        return [one for one in self.saved if one.kind is not ChangeKind.QUIET]


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the developer's machine out of every test."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("TZ", "UTC")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "WARMCALL_DB", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True, scope="session")
def _parse_once() -> Iterator[None]:
    """Read every stylesheet once for a whole run."""
    with parsed_once():
        yield


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
