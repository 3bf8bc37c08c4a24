"""Reading people from the bytes of a file, with what the user answered about such tables."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from warmcall.config.column_answers import ColumnAnswers, Columns
from warmcall.config.safe_files import read_named
from warmcall.config.typed_paths import completed, completions, typed_path
from warmcall.domain.found_people import FoundPeople
from warmcall.formats.unreadable import ColumnsNeeded


def read_people(
    data: bytes,
    answers: ColumnAnswers,
    columns: Columns | None = None,
    day_first: bool | None = None,
    encoding: str = "",
) -> FoundPeople:
    """Return the people in the bytes of a file; `columns` goes before the `answers` given earlier.

    Raises:
        ColumnsNeeded: if it is a table, and neither a heading nor an answer says where the names are.
        UnreadableFile: if nobody is in it.
        LookupError: if there is no such encoding.
    """
    from warmcall.formats.people_files import people_in  # only an import needs the readers

    given = dict(columns or {})
    try:
        found = people_in(data, given, day_first, encoding)
    except ColumnsNeeded as needed:
        known = answers.about(needed.columns)
        if not known:
            raise
        return people_in(data, {**known, **given}, day_first, encoding)
    if not found.unknown_headings:
        return found
    known = answers.about([column.heading for column in found.columns])
    return people_in(data, {**known, **given}, day_first, encoding) if known else found


class PeopleFiles:
    """The files with people that a user names; without `answers` none about columns are kept."""

    def __init__(self, answers: ColumnAnswers | None = None) -> None:
        self._answers = answers

    def read(self, typed: str, columns: Columns | None = None, day_first: bool | None = None) -> FoundPeople:
        """Return the people in the file whose path was typed; any thread may ask.

        Raises:
            OSError: if the file is not there, cannot be read or is too large.
            ColumnsNeeded, UnreadableFile: as `read_people`.
        """
        from warmcall.formats.people_files import FILE_BYTES, people_in

        data = read_named(typed_path(typed), FILE_BYTES)
        if self._answers is None:
            return people_in(data, columns, day_first)
        return read_people(data, self._answers, columns, day_first)

    def keep(self, headings: Sequence[str], columns: Columns) -> None:
        """Keep what the columns of such tables hold; where that cannot be written it is asked again."""
        if self._answers is not None:
            with suppress(OSError):
                self._answers.keep(headings, columns)

    def completions(self, typed: str, most: int) -> list[str]:
        """Return how a path that is being typed may go on."""
        return completions(typed, most)

    def completed(self, typed: str) -> str:
        """Return a path that is being typed with all that is certain to follow."""
        return completed(typed)
