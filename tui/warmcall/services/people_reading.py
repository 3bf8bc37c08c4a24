"""Reading people from the bytes of a file, with what the user answered about such tables."""

from __future__ import annotations

from warmcall.config.column_answers import ColumnAnswers, Columns
from warmcall.domain.found_people import FoundPeople
from warmcall.formats.people_files import ColumnsNeeded, people_in


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
