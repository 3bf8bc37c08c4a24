"""What the user answered about the columns of tables that were imported, kept in a small JSON file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from warmcall.config.safe_files import FileRefused, read_file, write_private
from warmcall.domain.found_people import ColumnField

Columns = Mapping[str, ColumnField]
"""What columns of a table hold, by heading."""

_MOST_TABLES = 50
"""Of how many kinds of tables the answers are kept."""

_MOST_BYTES = 1_000_000


class ColumnAnswers:
    """The answers in the file at `path`, by all the headings of a table."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def about(self, headings: Sequence[str]) -> dict[str, ColumnField]:
        """Return what was answered about a table with these headings."""
        return self._tables().get(_key(headings), {})

    def keep(self, headings: Sequence[str], columns: Columns) -> None:
        """Keep an answer about tables with these headings, beside earlier ones.

        Raises:
            OSError: if it cannot be written.
        """
        tables = self._tables()
        key = _key(headings)
        answers = tables.pop(key, {}) | {heading: ColumnField(field) for heading, field in columns.items()}
        kept = list((tables | {key: answers}).items())[-_MOST_TABLES:]
        content = [{"headings": list(words), "columns": answers} for words, answers in kept]
        write_private(self._path, json.dumps({"schema": 1, "tables": content}, indent=1) + "\n")

    def _tables(self) -> dict[tuple[str, ...], dict[str, ColumnField]]:
        """Return all answers; none if the file is not there or is not one of ours."""
        found: dict[tuple[str, ...], dict[str, ColumnField]] = {}
        with suppress(FileNotFoundError, FileRefused, ValueError, TypeError, KeyError, AttributeError):
            content = json.loads(read_file(self._path, _MOST_BYTES)[0])
            for table in content["tables"]:
                columns = {str(key): ColumnField(value) for key, value in table["columns"].items()}
                found[tuple(map(str, table["headings"]))] = columns
        return found


def _key(headings: Sequence[str]) -> tuple[str, ...]:
    from warmcall.formats.headings import heading_words

    return tuple(map(heading_words, headings))
