"""The public holidays of a country in a year, kept in small files from one start to the next.

The library of holidays takes 45 ms of processor and 7 MB of memory, in each session and each command that
counts business days, to name a dozen days that are the same all year.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from warmcall.config.safe_files import read_file, write_private
from warmcall.domain.sanitize import one_line

HolidaysIn = Callable[[str, int], dict[date, str]]
"""Returns the holidays of a country, a two-letter code in capitals, in a year, each with its name."""

_MOST_BYTES = 100_000


class KeptHolidays:
    """What `find` returns, kept in files in `folder`; each holds as long as the library is the same.

    A file that cannot be read or is not one of ours counts as none, and one that cannot be written is done
    without.
    """

    def __init__(self, folder: Path, find: HolidaysIn) -> None:
        self._folder = folder
        self._find = find

    def __call__(self, country: str, year: int) -> dict[date, str]:
        """Return the holidays of a country in a year."""
        path, library = self._folder / f"holidays-{country}-{year}.json", library_version()
        if not library or not (country.isascii() and country.isalpha()):
            return self._find(country, year)
        with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
            content = json.loads(read_file(path, _MOST_BYTES)[0])
            if content["library"] == library:
                return {date.fromisoformat(day): one_line(name) for day, name in content["days"].items()}
        found = self._find(country, year)
        days = {day.isoformat(): name for day, name in found.items()}
        with suppress(OSError):
            write_private(path, json.dumps({"library": library, "days": days}, indent=1) + "\n")
        return found


def library_version() -> str:
    """Return the name and version of the library without importing it; empty if they are not known.

    The installer puts a folder of that name beside it.
    """
    spec = find_spec("holidays")
    if spec is None or spec.origin is None:
        return ""
    names = [folder.stem for folder in Path(spec.origin).parents[1].glob("holidays-*.dist-info")]
    return names[0] if len(names) == 1 else ""
