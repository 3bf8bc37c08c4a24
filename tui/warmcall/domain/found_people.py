"""People found in a file of another program, as its reader hands them on: nothing is stored yet."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from warmcall.domain.vocabulary import ContactKind, News, Permission, Source


class FileKind(StrEnum):
    """Whose file it is."""

    LINKEDIN = "linkedin"
    GOOGLE = "google"
    OUTLOOK = "outlook"
    VCARD = "vcard"
    OWN_CSV = "own_csv"
    OWN_JSON = "own_json"
    TABLE = "table"


class ColumnField(StrEnum):
    """What a column of a table holds. OTHER goes into the notes under its heading, IGNORED nowhere."""

    NAME = "name"
    FIRST_NAME = "first_name"
    MIDDLE_NAME = "middle_name"
    LAST_NAME = "last_name"
    PREFIX = "prefix"
    SUFFIX = "suffix"
    GOES_BY = "goes_by"
    KIND = "kind"
    ORGANIZATION = "organization"
    TITLE = "title"
    PHONE = "phone"
    EMAIL = "email"
    LINK = "link"
    ZONE = "zone"
    SOURCE = "source"
    REFERRER = "referrer"
    FOUND = "found"
    NEWS = "news"
    WHY = "why"
    CONNECTED_ON = "connected_on"
    NOTES = "notes"
    OTHER = "other"
    IGNORED = "ignored"


class RemarkKind(StrEnum):
    """What is to tell of a person: a value that did not fit its field is in the notes instead."""

    BAD_PHONE = "bad_phone"
    BAD_EMAIL = "bad_email"
    BAD_DATE = "bad_date"
    BAD_ZONE = "bad_zone"
    UNKNOWN_WORD = "unknown_word"
    NAMED_BY_ORGANIZATION = "named_by_organization"
    UNEVEN_QUOTES = "uneven_quotes"
    MORE_CELLS = "more_cells"


class LeftReason(StrEnum):
    """Why a row or card became nobody."""

    NO_NAME = "no_name"
    GROUP = "group"
    CUT_SHORT = "cut_short"
    BROKEN = "broken"
    HEADINGS = "headings"


class RowRemark(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Something to tell of a row: the heading of the column and the value, where it is about any."""

    kind: RemarkKind
    column: str = ""
    value: str = ""


class FoundPerson(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """A person found. Fields are those of `Contact`, cleaned; `line` is where it starts in the file, from 1.

    `notes` holds all that has no field of its own, further numbers, addresses and links too; `phones`,
    `emails` and `links` repeat them for comparing, the one in the field first. `referrer` is a name, and is
    not in the notes. `kind` is None where the file does not say. `record_id` is their id in JSON that
    warmcall wrote, which alone has `earlier_work`, `work_changed_on` and `never`.
    """

    line: int
    name: str
    goes_by: str = ""
    kind: ContactKind | None = None
    organization: str = ""
    title: str = ""
    phone: str = ""
    email: str = ""
    zone: str = ""
    source: Source = Source.OTHER
    found: str = ""
    news: News = News.OTHER
    why: str = ""
    referrer: str = ""
    may_use_name: Permission = Permission.NOT_ASKED
    notes: str = ""
    connected_on: date | None = None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    record_id: str = ""
    earlier_work: str = ""
    work_changed_on: date | None = None
    never: bool = False
    remarks: tuple[RowRemark, ...] = ()


class LeftRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A row or card that became nobody: where it starts, why, and the beginning of what it says."""

    line: int
    reason: LeftReason
    text: str = ""


class FoundColumn(msgspec.Struct, frozen=True, kw_only=True):
    """A column of the table and what it was read as; `known` is false if its heading said nothing."""

    heading: str
    field: ColumnField
    known: bool = True


class FoundPeople(msgspec.Struct, frozen=True, kw_only=True):
    """What a file gave. Every row or card that is not blank is in `people` or in `left`.

    `member` is the file inside a ZIP. `encoding` is a name Python knows; not `encoding_sure` if another one
    fits as well. `day_first` says how dates in figures were read, None if no date could be read either way;
    not `day_first_sure` if the file would allow both. `lines_before` counts the lines that stood before the
    headings, blank ones left out. `other_records` are those of our JSON that are no contacts, by table.
    """

    kind: FileKind
    people: tuple[FoundPerson, ...]
    left: tuple[LeftRow, ...] = ()
    columns: tuple[FoundColumn, ...] = ()
    member: str = ""
    encoding: str = "utf-8"
    encoding_sure: bool = True
    day_first: bool | None = None
    day_first_sure: bool = True
    lines_before: int = 0
    other_records: dict[str, int] = {}

    @property
    def unknown_headings(self) -> tuple[str, ...]:
        """Headings that said nothing: their values are in the notes, until the user says what they are."""
        return tuple(column.heading for column in self.columns if not column.known)
