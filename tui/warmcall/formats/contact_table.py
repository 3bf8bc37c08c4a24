"""Tables of people: of LinkedIn, Google, Outlook, schools, trackers, and our own CSV.

Where the headings stand, and what is between the cells, is found by the names of the columns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from operator import itemgetter

import msgspec

from warmcall.domain.found_people import (
    ColumnField,
    FileKind,
    FoundColumn,
    FoundPeople,
    FoundPerson,
    LeftReason,
    LeftRow,
    RemarkKind,
)
from warmcall.domain.names import FAMILY_FIRST
from warmcall.domain.text_folding import folded
from warmcall.domain.vocabulary import Source
from warmcall.formats.delimited import DELIMITERS, TextRow, first_rows, named_delimiter, text_lines, text_rows
from warmcall.formats.found_dates import DateOrder, date_order, day_written
from warmcall.formats.found_values import PersonBuilder, clean_line
from warmcall.formats.headings import (
    field_of,
    fields_of,
    heading_score,
    heading_words,
    is_of_a_school,
    phone_rank,
    table_kind,
)
from warmcall.formats.tables import original_cell
from warmcall.formats.unreadable import ColumnsNeeded, UnreadableFile

_HEADING_ROWS = 60
"""Among how many rows that are not blank the headings are looked for."""

_SAMPLE_ROWS = 5
"""How many rows are shown with the question what each column is."""

_LEFT_TEXT = 100

_VALUE_OF = re.compile(r"(.+ \d+) (?:value|formatted)")
_LABEL_OF = re.compile(r"(.+ \d+) (?:type|label)")
_QUOTED_FORMULA = re.compile(r'="(.*)"', re.DOTALL)
_PLAIN_PREFIXES = frozenset(
    {
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "herr",
        "frau",
        "hr",
        "fr",
        "m",
        "mme",
        "mlle",
        "sr",
        "sra",
        "srta",
        "sig",
    }
)
"""What stands before a name and belongs to no greeting by the given name."""

_LINES = {
    ColumnField.GOES_BY: "goes_by",
    ColumnField.ORGANIZATION: "organization",
    ColumnField.TITLE: "title",
    ColumnField.REFERRER: "referrer",
    ColumnField.FOUND: "found",
    ColumnField.WHY: "why",
}
_PLAIN_FIELDS = (
    ColumnField.FIRST_NAME, ColumnField.LAST_NAME, ColumnField.ORGANIZATION, ColumnField.TITLE,
    ColumnField.EMAIL, ColumnField.LINK, ColumnField.CONNECTED_ON,
)  # fmt: skip
"""The columns of LinkedIn's files, of which there may be 30,000 rows."""

_PLAIN_EMAIL = re.compile(
    r"[a-z0-9._+-]{1,60}@[a-z0-9-]{1,60}(?:\.[a-z]{2,20}){1,3}", re.ASCII | re.IGNORECASE
)
"""An address that is beyond doubt one."""

_WORDS = {ColumnField.KIND: "kind", ColumnField.SOURCE: "source", ColumnField.NEWS: "news"}
_NAME_PARTS = frozenset(
    {
        ColumnField.NAME, ColumnField.FIRST_NAME, ColumnField.MIDDLE_NAME, ColumnField.LAST_NAME,
        ColumnField.PREFIX, ColumnField.SUFFIX,
    }
)  # fmt: skip


def people_in_table(
    text: str, columns: Mapping[str, ColumnField] | None = None, day_first: bool | None = None
) -> FoundPeople:
    """Return the people of a table in text.

    `columns` says what columns hold, by heading, and goes before what headings say by themselves;
    `day_first` how dates in figures are read, None to see it from them.

    Raises:
        ColumnsNeeded: if no heading says where the names are.
        UnreadableFile: if no row is below the headings.
    """
    lines = text_lines(text)
    given = {heading_words(heading): field for heading, field in (columns or {}).items()}
    named = named_delimiter(lines)
    if named:
        lines[0] = ""  # it stays a line, for the numbers of those below
    delimiters = [named] if named else DELIMITERS
    try:
        delimiter, headings = _found_headings(lines, delimiters, given)
    except ColumnsNeeded:
        lines = _unwrapped(lines)
        delimiter, headings = _found_headings(lines, delimiters, given)
    before = 0
    rows = []
    for row in text_rows(lines, delimiter):
        if row.line > headings.line:
            rows.append(row)
        before += row.line < headings.line
    found = people_in_rows(headings.cells, rows, given, day_first, semicolons=delimiter == ";")
    return msgspec.structs.replace(found, lines_before=before)


def people_in_rows(
    headings: Sequence[str],
    rows: Sequence[TextRow],
    given: Mapping[str, ColumnField] | None = None,
    day_first: bool | None = None,
    semicolons: bool = False,
) -> FoundPeople:
    """Return the people in `rows`, the cells of which stand in the order of `headings`.

    Raises:
        UnreadableFile: if there are none.
    """
    headings = [heading.strip().removeprefix("\ufeff") for heading in headings]
    shown = tuple(clean_line(heading) for heading in headings if heading)
    if not rows:
        raise UnreadableFile(
            f"nobody is in it: below the headings {', '.join(shown[:12])} there is no row",
            "check whether it is the right file",
            shown,
        )
    table = _Table(headings, rows, given or {}, day_first, semicolons)
    people: list[FoundPerson] = []
    left: list[LeftRow] = []
    for row in rows:
        again = row.cells == headings
        person = None if again else table.plain_person(row) or table.person(row)
        if person is None:
            reason = LeftReason.HEADINGS if again else LeftReason.NO_NAME
            text = " · ".join(filter(None, map(clean_line, row.cells)))
            left.append(LeftRow(line=row.line, reason=reason, text=text[:_LEFT_TEXT]))
        else:
            people.append(person)
    return FoundPeople(
        kind=table.kind,
        people=tuple(people),
        left=tuple(left),
        columns=table.columns,
        day_first=table.order.day_first,
        day_first_sure=table.order.sure,
    )


def _found_headings(
    lines: Sequence[str], delimiters: Iterable[str], given: Mapping[str, ColumnField]
) -> tuple[str, TextRow]:
    """Return the delimiter of a table, and the row of its headings.

    Raises:
        ColumnsNeeded: if no row has a heading of a name.
        UnreadableFile: if there is nothing at all.
    """
    best: tuple[int, str, TextRow] | None = None
    widest: tuple[int, list[TextRow]] | None = None
    for delimiter in delimiters:
        rows = first_rows(lines, delimiter, _HEADING_ROWS)
        if not rows:
            break
        scores = [_score(row.cells, given) for row in rows]
        score = max(scores)
        first = next(index for index, one in enumerate(scores) if one >= min(score, 2))
        if scores[first] and (best is None or scores[first] > best[0]):
            best = scores[first], delimiter, rows[first]
        width = _usual_width(rows)
        if widest is None or width > widest[0]:
            widest = width, [row for row in rows if len(row.cells) >= min(width, 2)]
    if best is not None:
        return best[1], best[2]
    if widest is None:
        raise UnreadableFile("nobody is in it: it is empty", "export it again, or name another file")
    rows = widest[1]
    headings = tuple(clean_line(cell)[:_LEFT_TEXT] for cell in rows[0].cells)
    samples = tuple(tuple(clean_line(cell) for cell in row.cells) for row in rows[1 : _SAMPLE_ROWS + 1])
    raise ColumnsNeeded(headings, samples)


def _unwrapped(lines: Sequence[str]) -> list[str]:
    """Return the lines of a table each row of which stands in quotes as one cell, as it comes from a
    spreadsheet that knows another delimiter; other tables as they are."""
    rows = [row.cells for row in text_rows(lines, ";")]
    if all(cells[0] and not any(cells[1:]) for cells in rows):
        return [f"{cells[0]}\r\n" for cells in rows]
    return list(lines)


def _usual_width(rows: Sequence[TextRow]) -> int:
    widths = sorted(len(row.cells) for row in rows)
    return widths[len(widths) // 2]


def _score(cells: Sequence[str], given: Mapping[str, ColumnField]) -> int:
    """Return how surely a row is the one with the headings: those the user named count most."""
    words = {heading_words(cell) for cell in cells}
    if given and words.issuperset(given):
        return 1000 + len(given)
    return heading_score(cells)


class _Table:
    """What the columns of one table hold, and how its rows become people."""

    def __init__(
        self,
        headings: Sequence[str],
        rows: Sequence[TextRow],
        given: Mapping[str, ColumnField],
        day_first: bool | None,
        semicolons: bool,
    ) -> None:
        self._headings = headings
        self.kind = table_kind(headings)
        words = [heading_words(heading) for heading in headings]
        fields = [given.get(word, field) for word, field in zip(words, fields_of(headings), strict=True)]
        self._find_connection_day(fields, rows)
        known = self.kind in (FileKind.GOOGLE, FileKind.OUTLOOK, FileKind.OWN_CSV)
        self.columns = tuple(
            FoundColumn(
                heading=clean_line(heading),
                field=field or ColumnField.OTHER,
                known=known or field is not None or not heading,
            )
            for heading, field in zip(headings, fields, strict=True)
        )
        self._columns = [
            (index, heading, field or ColumnField.OTHER)
            for index, (heading, field) in enumerate(zip(headings, fields, strict=True))
            if field is not ColumnField.IGNORED
        ]
        # A column "Name" beside one of the first name holds the last name, or the whole.
        self._name_beside_first = any(
            field is ColumnField.LAST_NAME and field_of(heading) is ColumnField.NAME
            for _, heading, field in self._columns
        )
        labels = {match[1]: index for index, word in enumerate(words) if (match := _LABEL_OF.fullmatch(word))}
        self._labels = {
            index: labels[match[1]]
            for index, word in enumerate(words)
            if (match := _VALUE_OF.fullmatch(word)) and match[1] in labels
        }
        self._source = Source.OTHER
        if self.kind is FileKind.LINKEDIN:
            self._source = Source.ONLINE
        elif self.kind is FileKind.TABLE and is_of_a_school(headings):
            self._source = Source.ALUMNI
        self._plain = self._plain_columns()
        self._days: dict[str, date] = {}
        days = [index for index, _, field in self._columns if field is ColumnField.CONNECTED_ON]
        cells = (row.cells[index] for row in rows for index in days if index < len(row.cells))
        self.order = date_order(cells, semicolons)
        if day_first is not None and self.order.day_first is not None:
            self.order = DateOrder(day_first, True)

    def _find_connection_day(self, fields: list[ColumnField | None], rows: Sequence[TextRow]) -> None:
        """Find LinkedIn's day of the connection by its values, if its heading is in no known language."""
        expected = {ColumnField.FIRST_NAME, ColumnField.LAST_NAME, ColumnField.LINK}
        unknown = [index for index, field in enumerate(fields) if field is None and self._headings[index]]
        if self.kind is not FileKind.TABLE or len(unknown) != 1 or not expected.issubset(fields):
            return
        cells = [row.cells[unknown[0]] for row in rows if len(row.cells) > unknown[0]]
        if all(day_written(cell, True) or day_written(cell, False) for cell in cells if cell.strip()):
            fields[unknown[0]] = ColumnField.CONNECTED_ON
            self.kind = FileKind.LINKEDIN

    def _plain_columns(self) -> Callable[[list[str]], tuple[str, ...]] | None:
        """Return what gives LinkedIn's cells in the order of `_PLAIN_FIELDS`; None if there are others.

        A column that is not there has the place of a last cell that is always empty.
        """
        fields = [field for _, _, field in self._columns]
        if self.kind is not FileKind.LINKEDIN or self._labels or self._name_beside_first:
            return None
        if len(fields) != len(self._headings) or not set(fields) <= set(_PLAIN_FIELDS):
            return None
        if len(set(fields)) != len(fields):
            return None
        places = (fields.index(field) if field in fields else len(fields) for field in _PLAIN_FIELDS)
        return itemgetter(*places)

    def plain_person(self, row: TextRow) -> FoundPerson | None:
        """Return the person of a row as `person` does, but sooner; None if the row is no plain one."""
        cells = row.cells
        if self._plain is None or row.uneven or len(cells) != len(self._headings):
            return None
        text = "".join(cells)
        if '="' in text or " ::: " in text:
            return None
        values = self._plain([*cells, ""])
        if text.isascii() and text.isprintable():
            given, family, organization, title, email, link, day_cell = map(str.strip, values)
        else:
            given, family, organization, title, email, link, day_cell = map(clean_line, values)
        if not (given and family) or (email and not _PLAIN_EMAIL.fullmatch(email)):
            return None
        day = self._days.get(day_cell)
        if day is None and day_cell:
            day = day_written(day_cell, bool(self.order.day_first))
            if day is None:
                return None
            self._days[day_cell] = day
        return FoundPerson(
            line=row.line,
            name=f"{given} {family}",
            organization=organization,
            title=title,
            email=email,
            source=self._source,
            notes=link,
            connected_on=day,
            emails=(email,) if email else (),
            links=(link,) if link else (),
        )

    def person(self, row: TextRow) -> FoundPerson | None:
        """Return the person of a row; None if it names nobody."""
        built = PersonBuilder(row.line, self._source)
        cells = row.cells
        parts: dict[ColumnField, str] = {}
        for index, heading, field in self._columns:
            cell = cells[index] if index < len(cells) else ""
            if not cell or cell.isspace():
                continue
            if self.kind in (FileKind.OWN_CSV, FileKind.GOOGLE):
                cell = original_cell(cell)
            elif cell.startswith('="') and (formula := _QUOTED_FORMULA.fullmatch(cell)):
                cell = formula[1]  # as some programs keep a spreadsheet from changing a number
            if field in _NAME_PARTS:
                if field in parts:
                    built.more(heading, cell)
                else:
                    parts[field] = clean_line(cell)
            else:
                self._add(built, index, heading, field, cell, cells)
        if row.uneven:
            built.remark(RemarkKind.UNEVEN_QUOTES)
        if len(cells) > len(self._headings) and any(map(str.strip, cells[len(self._headings) :])):
            extra = [cell for cell in cells[len(self._headings) :] if cell.strip()]
            built.more("", ", ".join(extra))
            built.remark(RemarkKind.MORE_CELLS, value=clean_line(", ".join(extra)))
        self._set_name(built, parts)
        if self.kind is FileKind.LINKEDIN and not built.get("name"):
            return None
        if (
            built.get("referrer")
            and built.get("source") == Source.OTHER
            and self.kind is not FileKind.OWN_CSV
        ):
            built.set("source", Source.REFERRAL)
        return built.person()

    def _add(
        self,
        built: PersonBuilder,
        index: int,
        heading: str,
        field: ColumnField,
        cell: str,
        cells: Sequence[str],
    ) -> None:
        """Add what one cell holds."""
        if field in _LINES:
            built.line_field(_LINES[field], heading, cell)
            return
        label, preferred = heading, 1
        label_at = self._labels.get(index, len(cells))
        if label_at < len(cells):
            label = cells[label_at].strip()
            preferred = 0 if label.startswith("*") else 1
            label = label.removeprefix("*").strip() or heading
        if field is ColumnField.EMAIL:
            built.email(label, cell, preferred)
        elif field is ColumnField.PHONE:
            if field_of(label) is ColumnField.OTHER:  # a fax
                built.more(label, cell)
            else:
                rank = phone_rank(heading) if self.kind is FileKind.OUTLOOK else preferred
                built.phone(label, cell, rank)
        elif field is ColumnField.LINK:
            for link in cell.split(" ::: "):
                built.link(link)
        elif field is ColumnField.NOTES:
            built.notes(cell)
        elif field is ColumnField.CONNECTED_ON:
            built.connected_on(heading, cell, day_written(cell, bool(self.order.day_first)))
        elif field is ColumnField.ZONE:
            built.zone(heading, cell)
        elif field in _WORDS:
            built.word(_WORDS[field], heading, cell)
        elif self.kind is FileKind.GOOGLE and " ::: " in f" {cell}":
            built.more(label, ", ".join(part for part in cell.split(" ::: ") if not part.startswith("* ")))
        elif not (self.kind is FileKind.GOOGLE and cell.startswith("* ")):
            built.more(label, cell)

    def _set_name(self, built: PersonBuilder, parts: Mapping[ColumnField, str]) -> None:
        """Set the name: the whole one if there is one, else its parts in the order of their language."""
        whole = parts.get(ColumnField.NAME, "")
        first, last = parts.get(ColumnField.FIRST_NAME, ""), parts.get(ColumnField.LAST_NAME, "")
        prefix = parts.get(ColumnField.PREFIX, "")
        if prefix and (whole or folded(prefix).rstrip(".") in _PLAIN_PREFIXES):
            if folded(prefix) not in folded(whole):
                built.more(self._heading(ColumnField.PREFIX), prefix)
            prefix = ""
        if whole:
            built.set("name", whole)
            return
        if not first and not last:
            return
        if self._name_beside_first and first and folded(first) in folded(last).split():
            first = ""
        order = [
            prefix,
            first,
            parts.get(ColumnField.MIDDLE_NAME, ""),
            last,
            parts.get(ColumnField.SUFFIX, ""),
        ]
        if self.kind in (FileKind.GOOGLE, FileKind.OUTLOOK) and FAMILY_FIRST.search(last):
            order = [last, first]
        built.set("name", " ".join(filter(None, order)))

    def _heading(self, wanted: ColumnField) -> str:
        return next(heading for _, heading, field in self._columns if field is wanted)
