"""What every test may use: a fake clock, the services over an empty store, and a home of its own."""

from __future__ import annotations

import compileall
import gc
import importlib
import itertools
import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import settings
from hypothesis.internal.conjecture import providers
from warmcall.config.library import Library
from warmcall.config.paths import content
from warmcall.config.settings import Config
from warmcall.domain.change import Change, ChangeKind
from warmcall.domain.clock_reading import ClockReading
from warmcall.domain.store import Store
from warmcall.services.interview_lock import CheckSession
from warmcall.services.services import Services
from warmcall.terminal.textual_patches import (
    count_parameters_of_code,
    draw_new_screens_settled,
    find_handlers_once,
    hold_back_for_one_message,
    lay_out_new_screens_once,
    lay_out_nothing_for_closed_screens,
    log_no_messages,
)

from tests.bundled import bundled_read_once
from tests.clock import MONDAY_MORNING as MONDAY_MORNING
from tests.idle import no_time_lost
from tests.requirements import check
from tests.stylesheets import matched_once, parsed_once

SEED = 7
"""What the dice of practice begin with, so that every run hears the same replies."""

CHICAGO = ZoneInfo("America/Chicago")

LONGEST_NAME = 100
"""How many letters of a text may stand in the name of a test."""

KEPT_VARIABLES = re.compile(
    "PATH|HOME|TZ|LANG|LANGUAGE|LC_.*|TMPDIR|TEMP|TMP|CI|LD_.*|FAKETIME.*"
    "|(PYTHON|PYTEST|COV|HYPOTHESIS|TEXTUAL_SNAPSHOT|WARMCALL_TESTS)_?.*"
)
"""The variables that say how the tests are run; all others of the user's are kept away from them."""


class FakeClock:
    """Clocks that stand still until they are moved, on a machine that was started a day ago."""

    def __init__(self, now: datetime = MONDAY_MORNING) -> None:
        self._now = now
        self._boots = 1
        self._since_boot = timedelta(days=1)

    def now(self) -> datetime:
        return self._now

    def read(self) -> ClockReading:
        return ClockReading(self._now, f"boot{self._boots}", self._since_boot)

    def monotonic(self) -> float:
        return self._since_boot.total_seconds()

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


class Bench:
    """the services with what stands behind it: the clock, the store and the changes it saved."""

    def __init__(
        self,
        library: Library,
        config: Config | None = None,
        zone: tzinfo = CHICAGO,
        store: Store | None = None,
        session: str = "here",
        has_ended: CheckSession = lambda _session: None,
    ) -> None:
        self.clock = FakeClock()
        self.store = store or Store()
        self.saved: list[Change] = []
        numbers = itertools.count(1)
        self.services = Services(
            self.store,
            library,
            config or Config(),
            self.clock,
            lambda: zone,
            self.saved.append,
            lambda: f"{'' if session == 'here' else session}id{next(numbers):04d}",
            dice=Random(SEED),
            session=session,
            has_ended=has_ended,
        )

    @property
    def done(self) -> list[Change]:
        """The changes that undo can take back, without what is kept of forms half filled."""
        return [change for change in self.saved if change.kind is not ChangeKind.NOT_UNDOABLE]


EXAMPLES = "WARMCALL_TESTS_EXAMPLES"
"""The variable that names the profile of examples, "usual" or "long", whichever tests are run."""

settings.register_profile("usual", max_examples=30, deadline=None, derandomize=True, database=None)
settings.register_profile("long", settings.get_profile("usual"), max_examples=300)
settings.load_profile("usual")  # the conftests of folders, imported next, make settings from it


def pytest_configure(config: pytest.Config) -> None:
    """Choose how many examples are tried, the same ones in every run; keep bytecode; collect garbage seldom.

    Hypothesis would read the source of every module that happens to be loaded for constants to try: seconds
    in each worker, and other examples whenever another test runs first. Looking for cycles through the
    objects of a whole run takes a quarter of it. Rewriting and compiling the tests takes seconds in each
    worker: their bytecode is kept, as the programs they start keep that of warmcall. What the tests start has
    the usual signals: one that is ignored, as under nohup, stays so in every program that is executed; a
    handled one does not (signal(7)).
    """
    usual = "long" if str(config.option.markexpr).strip() == "long" else "usual"
    settings.load_profile(os.environ.get(EXAMPLES) or usual)
    vars(providers)["is_local_module_file"] = lambda _path: False
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    for number in signal.valid_signals() - {signal.SIGPIPE, signal.SIGXFSZ}:
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, lambda *_: None)


def pytest_collection(session: pytest.Session) -> None:
    """Import the test modules in another order in each worker, so that each compiles a part of them.

    All workers begin at once, and on a fresh clone each would compile everything at the same time as the
    others. Begun at different places, each finds the bytecode that the others have written meanwhile.
    """
    worker = getattr(session.config, "workerinput", None)
    if worker is None:
        return
    begin, count = int(worker["workerid"].removeprefix("gw")), worker["workercount"]

    def from_here(files: list[Path]) -> list[Path]:
        at = len(files) * begin // count
        return files[at:] + files[:at]

    root = session.config.rootpath
    for file in from_here(sorted((root / "tui").rglob("*.py"))):
        compileall.compile_file(file, quiet=2)
    named = {root / name.partition("::")[0] for name in session.config.args}
    modules = sorted((root / "tests").rglob("test_*.py"))
    for file in from_here([file for file in modules if named & {file, *file.parents}]):
        with suppress(Exception, pytest.skip.Exception):  # said when the module is collected
            importlib.import_module(".".join(file.relative_to(root).with_suffix("").parts))


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name a case of a long text after its beginning: names go to each worker, and back with each report."""
    if isinstance(val, str | bytes) and len(val) > LONGEST_NAME:
        return ascii(val[:LONGEST_NAME])
    return None


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave what is left uncollected: pytest looks five times for cycles among all of it.

    Where the tests run in one process it is collected once before, so that warnings, such as of a file left
    open, are still shown; those of a worker would not be.
    """
    if not hasattr(config, "workerinput"):
        gc.collect()
    gc.freeze()


def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Have a worker report of a test no more than it has to: what was done before and after it, if it failed.

    Three reports of each test, written and read again, are a twentieth of the time of a run.
    """
    if not hasattr(item.config, "workerinput"):
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for report in runtestprotocol(item, log=False, nextitem=nextitem):
        if report.when == "call" or not report.passed:
            item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave out a test whose machine lacks what it needs, or fail it where everything must be checked."""
    check(item)


@pytest.fixture(autouse=True, scope="session")
def _plain_environment() -> Iterator[None]:
    """Keep the user's settings out of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if not KEPT_VARIABLES.fullmatch(name):
                patch.delenv(name)
        patch.setenv("TZ", "UTC")
        patch.setenv("SHELL", "/bin/sh")
        patch.setenv("XDG_CONFIG_DIRS", "/nonexistent")
        yield


@pytest.fixture(scope="session")
def _folder_numbers() -> Iterator[int]:
    """The numbers of the folders that tests are given."""
    return itertools.count()


@pytest.fixture
def tmp_path(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, _folder_numbers: Iterator[int]
) -> Path:
    """An empty folder of the test's own.

    The fixture of pytest looks through the folders of all tests so far for a free number.
    """
    name = re.sub(r"\W", "_", request.node.name)[:30]
    folder = tmp_path_factory.getbasetemp() / f"{name}{next(_folder_numbers)}"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every test a home of its own."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))


@pytest.fixture(autouse=True, scope="session")
def _no_time_lost() -> Iterator[None]:
    """Read each stylesheet and bundled file once in a run, and wait for apps no longer than they work."""
    lay_out_new_screens_once({})
    draw_new_screens_settled({})
    hold_back_for_one_message({})
    lay_out_nothing_for_closed_screens({})
    find_handlers_once({})
    count_parameters_of_code({})
    log_no_messages({})
    with bundled_read_once(), parsed_once(), matched_once(), no_time_lost():
        yield


@pytest.fixture(scope="session")
def library() -> Library:
    """The bundled scripts, banks, messages and figures."""
    return Library(content(), Path("/nonexistent"))


@pytest.fixture
def bench(library: Library) -> Bench:
    """the services over an empty store on Monday 23 November 2026, 9:00 in Chicago."""
    return Bench(library)


@pytest.fixture
def services(bench: Bench) -> Services:
    """The services of `made`."""
    return bench.services


@pytest.fixture
def clock(bench: Bench) -> FakeClock:
    """The clock of `made`."""
    return bench.clock
