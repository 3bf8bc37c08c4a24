"""Loading what commands read: the settings, the library, and the state file."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from warmcall.cli.invocation import Invocation, fail
from warmcall.cli.refusals import nothing_done
from warmcall.config.country import Country, country_finder
from warmcall.config.kept_holidays import HolidaysIn, KeptHolidays
from warmcall.config.paths import Paths, content, user_paths
from warmcall.config.settings import Config, config_of, written_settings
from warmcall.config.yaml_source import Problem
from warmcall.config.zones import machine_zone
from warmcall.domain.store import Store
from warmcall.services.clock import Clock, SystemClock, Timekeeper, library_holidays
from warmcall.storage.errors import BadStateFile
from warmcall.storage.state_file import Loaded, StateFile

if TYPE_CHECKING:
    from warmcall.config.library import Library


class Context:
    """What every command needs: the clock, the paths, the settings, and the library, read when it is used.

    `find_country` returns the user's country, given their phone number, and `public_holidays_in` the holidays
    of a country in a year.
    """

    def __init__(
        self,
        clock: Clock,
        paths: Paths,
        config: Config,
        config_problems: tuple[Problem, ...],
        find_country: Callable[[str], Country],
        public_holidays_in: HolidaysIn,
    ) -> None:
        self.clock = clock
        self.paths = paths
        self.config = config
        self.find_country = find_country
        self._public_holidays_in = public_holidays_in
        self._config_problems = config_problems

    @cached_property
    def library(self) -> Library:
        """The bundled YAML, the office's and the user's own."""
        from warmcall.config.library import Library

        return Library(content(), self.paths.config_folder, self.paths.office_folders)

    def holidays_in(self, country: str, year: int) -> dict[date, str]:
        """Return the public holidays of a country in a year, and the days off of the user and the office."""
        own = {day: name for day, name in self.library.holidays.items() if day.year == year}
        return self._public_holidays_in(country, year) | own

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in the settings and in the library, and with the folders of the office."""
        return (*self.paths.office_problems, *self._config_problems, *self.library.problems)

    def timekeeper(self, store: Store) -> Timekeeper:
        """Return the clock with the zone and the holidays of the user in `store`."""
        zone = machine_zone(self.config.zone)
        return Timekeeper(
            self.clock, store, zone, self.find_country, lambda: self._noon_hour, self.holidays_in
        )

    @cached_property
    def _noon_hour(self) -> int:
        return self.library.cadence.noon_hour


def load_context(invocation: Invocation) -> Context:
    """Read the settings."""
    paths = user_paths(invocation.db, os.environ)
    written, problems = written_settings(paths.config_file, paths.office_folders)
    config, country = config_of(written), written.get("country")
    country_file = str(country.file) if country and country.of_office else "config.yaml"
    find_country = country_finder(config.country, invocation.locale, country_file)
    holidays_in = KeptHolidays(paths.cache_folder, library_holidays)
    return Context(invocation.clock or SystemClock(), paths, config, problems, find_country, holidays_in)


def open_state(paths: Paths, zone: str = "") -> StateFile:
    """Return the state file, not read yet, or end with a sentence that says why it cannot be opened.

    The days in a file of an older layout are migrated in `zone`, the one in the settings.
    """
    with _ends_if_unusable():
        return StateFile(paths.state_file, zone)


def load_state(context: Context, must_exist: bool = True, to_write: bool = False) -> tuple[StateFile, Loaded]:
    """Read the state file, or end with a sentence that says why it cannot be read.

    One that was named by hand has to be there for a command that only reads, unlike the usual one. A file
    in an older layout is written in the present one first if it is read `to_write`. Where that is not
    possible now, the first save does it, or says why not.
    """
    paths = context.paths
    with _ends_if_unusable():
        file = StateFile(paths.state_file, context.config.zone)
        if must_exist and paths.named_by and not file.path.exists():
            fix = f"check {paths.named_by}, or add somebody with warmcall add to make the file"
            fail(f"{paths.state_file}: there is no such state file: {fix}.")
        if to_write:
            with suppress(OSError, BadStateFile):
                file.upgrade()
        with collector_paused():
            return file, file.load()


@contextmanager
def collector_paused() -> Iterator[None]:
    """Look for no cycles meanwhile: rows and records have none, and looking takes as long as reading."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def _ends_if_unusable() -> Iterator[None]:
    try:
        with nothing_done("changed"):
            yield
    except BadStateFile as error:
        fail(str(error))
