"""Tables in text: lines of cells between commas, semicolons, tabs or bars, some in quotes (RFC 4180).

No line is lost to a quotation mark that is never closed.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

DELIMITERS = (",", ";", "\t", "|")

_SEPARATOR_LINE = re.compile(r'"?sep=([^\w"\r\n ])"?[,;\t|]*\s*', re.IGNORECASE)
"""The line that tells a spreadsheet the delimiter, as Excel reads and writes it."""

_CELL_LINES = 1000
"""The most lines one row may have; with more, a quotation mark was not closed."""

_MANY_UNEVEN = 50
"""After so many rows with uneven quotes each line is a row: to look for their ends each time takes long."""


class TextRow(NamedTuple):
    """One row: the line it begins on, from 1, its cells, and whether its quotes were uneven."""

    line: int
    cells: list[str]
    uneven: bool = False


def text_lines(text: str) -> list[str]:
    """Return the lines of `text` with their ends: LF, CRLF or CR, nothing else."""
    return list(io.StringIO(text, newline=""))


def named_delimiter(lines: Sequence[str]) -> str:
    """Return the delimiter that the first line names, as "sep=;" does; empty if it names none."""
    match = _SEPARATOR_LINE.fullmatch(lines[0]) if lines else None
    return match[1] if match else ""


def text_rows(lines: Sequence[str], delimiter: str) -> Iterator[TextRow]:
    """Yield the rows of `lines` that are not blank."""
    start = uneven = 0
    while start < len(lines):
        most = _CELL_LINES if uneven < _MANY_UNEVEN else 1
        source = _Source(lines, start, most)
        reader = csv.reader(source, delimiter=delimiter, strict=True)
        first = start
        try:
            for cells in reader:
                if cells and (cells[0].strip() or any(cell.strip() for cell in cells)):
                    yield TextRow(first + 1, cells)
                source.row_ended()
                first = source.next
        except csv.Error:
            uneven += 1
            cells = _single_line(lines[first], delimiter)
            if any(cell.strip() for cell in cells):
                yield TextRow(first + 1, cells, uneven=True)
            start = first + 1
        else:
            return


class _Source:
    """Lines for a csv reader from `next` on; at most `most` for one row."""

    def __init__(self, lines: Sequence[str], start: int, most: int) -> None:
        self._lines = lines
        self._most = most
        self.next = start
        self._limit = start + most

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.next >= len(self._lines):
            raise StopIteration
        if self.next >= self._limit:
            raise csv.Error("a row has too many lines")
        self.next += 1
        return self._lines[self.next - 1]

    def row_ended(self) -> None:
        self._limit = self.next + self._most


def _single_line(line: str, delimiter: str) -> list[str]:
    """Return the cells of a line whose quotes are uneven, or stand where none should."""
    line = line.rstrip("\r\n")
    try:
        if line.count('"') % 2 == 0:
            return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        pass
    return [_unquoted(cell) for cell in line.split(delimiter)]


def _unquoted(cell: str) -> str:
    inner = cell.strip()
    return inner[1:-1].replace('""', '"') if len(inner) > 1 and inner[0] == inner[-1] == '"' else cell


def first_rows(lines: Sequence[str], delimiter: str, most: int) -> list[TextRow]:
    """Return the first `most` rows that are not blank."""
    return list(itertools.islice(text_rows(lines[: most * 20], delimiter), most))
