"""Values from files of other programs as the fields of a contact; what does not fit goes into the notes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from warmcall.domain.found_people import FoundPerson, RemarkKind, RowRemark
from warmcall.domain.sanitize import many_lines, one_line, plain_line, visible
from warmcall.domain.vocabulary import ContactKind, News, Source
from warmcall.formats.contact_details import email_problem, phone_problem, plain_email, plain_phone

_BREAKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
_BETWEEN = re.compile(r"\s*(?::::|[;|,\n]|\bor\b|\boder\b|\bou\b)\s*")
_DETAIL_LETTERS = 254
"""The most letters of an email address (RFC 5321); no phone number has as many either."""

_CELL_LETTERS = 2000
"""Longer cells hold no list of numbers or addresses."""

_IN_BRACKETS = re.compile(r"[^<>]*<([^<>]+)>")
_NO_DATE = re.compile(r"[0/.\-: ]*")

_KINDS = {
    "manager": ContactKind.HIRING_MANAGER,
    "recruiter": ContactKind.HIRING_MANAGER,
    "professional": ContactKind.PRACTITIONER,
}
_SOURCES = {
    "linkedin": Source.ONLINE,
    "web": Source.ONLINE,
    "alumnus": Source.ALUMNI,
    "alumna": Source.ALUMNI,
    "alum": Source.ALUMNI,
    "career office": Source.PLACEMENT_OFFICE,
    "career services": Source.PLACEMENT_OFFICE,
    "news": Source.BUSINESS_NEWS,
}
"""What people write for the words of warmcall."""

_KNOWN_WORDS: dict[str, dict[str, Any]] = {
    "kind": {kind.value: kind for kind in ContactKind} | _KINDS,
    "source": {source.value: source for source in Source} | _SOURCES,
    "news": {news.value: news for news in News if news},
}


def clean_line(text: str) -> str:
    """Return `text` for a field: what is visible, breaks as spaces, control characters as signs."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return plain_line(one_line(_BREAKS.sub(" ", text).strip()))


def clean_notes(text: str) -> str:
    """Return `text` for the notes: what is visible, in lines, control characters as signs."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return visible(many_lines(text)).strip()


@lru_cache(maxsize=512)
def is_zone(name: str) -> bool:
    """Return whether there is a time zone with that IANA name."""
    try:
        return bool(name) and ZoneInfo(name) is not None
    except (KeyError, ValueError, OSError):
        return False


def pieces(
    text: str, plain: Callable[[str], str], is_good: Callable[[str], bool]
) -> tuple[list[str], list[str]]:
    """Return the values in a cell that may hold several, made `plain`: the good ones, and the others.

    A cell that is good as it is holds one, whatever signs stand in it.
    """
    text = clean_notes(text)
    if len(text) > _CELL_LETTERS:
        return [], [clean_line(text)]
    whole = plain(text)
    if not whole or (len(whole) <= _DETAIL_LETTERS and is_good(whole)):
        return [whole] if whole else [], []
    good: list[str] = []
    bad: list[str] = []
    for piece in _BETWEEN.split(text):
        found = plain(piece)
        if found:
            (good if len(found) <= _DETAIL_LETTERS and is_good(found) else bad).append(found)
    return (good, bad) if good else ([], [clean_line(text)])


def phones_in(text: str) -> tuple[list[str], list[str]]:
    """Return the phone numbers in a cell, and what is none.

    An apostrophe before one was set against a spreadsheet, which would take the + for a formula.
    """
    return pieces(text.lstrip("' "), lambda piece: clean_line(plain_phone(piece)), _is_phone)


def emails_in(text: str) -> tuple[list[str], list[str]]:
    """Return the email addresses in a cell, without the names beside them, and what is none."""
    return pieces(text, _bare_email, _is_email)


def _is_phone(text: str) -> bool:
    return not phone_problem(text, "")


def _is_email(text: str) -> bool:
    return not email_problem(text)


def _bare_email(text: str) -> str:
    match = _IN_BRACKETS.fullmatch(text)
    return clean_line(plain_email(match[1] if match else text))


class PersonBuilder:
    """Collects the values of one row or card, in order of preference, and makes a person of them."""

    def __init__(self, line: int, source: Source) -> None:
        self._line = line
        self._fields: dict[str, Any] = {"source": source}
        self._notes: list[str] = []
        self._more: list[str] = []
        self._phones: list[tuple[int, str, str]] = []
        self._emails: list[tuple[int, str, str]] = []
        self._links: list[str] = []
        self._remarks: list[RowRemark] = []

    def set(self, field: str, value: object) -> None:
        """Set a field of the person, whatever was in it."""
        self._fields[field] = value

    def get(self, field: str) -> str:
        """Return what a text field has so far."""
        return str(self._fields.get(field, ""))

    def remark(self, kind: RemarkKind, column: str = "", value: str = "") -> None:
        """Add a remark on the row or card."""
        self._remarks.append(RowRemark(kind=kind, column=column, value=value))

    def line_field(self, field: str, heading: str, value: str) -> None:
        """Set a field of one line; a second value for it goes into the notes."""
        value = clean_line(value)
        if value and self._fields.get(field, value) != value:
            self.more(heading, value)
        elif value:
            self._fields[field] = value

    def notes(self, text: str) -> None:
        """Add a paragraph to the notes."""
        text = clean_notes(text)
        if text:
            self._notes.append(text)

    def more(self, heading: str, value: str) -> None:
        """Add "heading: value" to the notes; a date of zeros is none."""
        value = clean_notes(value)
        if not _NO_DATE.fullmatch(value):
            heading = clean_line(heading)
            self._more.append(f"{heading}: {value}" if heading else value)

    def phone(self, heading: str, value: str, rank: int = 0) -> None:
        """Add the numbers of a cell; the lowest `rank` of a person is the one to call."""
        good, bad = phones_in(value)
        self._phones += [(rank, heading, number) for number in good]
        self._refuse(RemarkKind.BAD_PHONE, heading, bad)

    def email(self, heading: str, value: str, rank: int = 0) -> None:
        """Add the addresses of a cell; the lowest `rank` of a person is the one to write to."""
        good, bad = emails_in(value)
        self._emails += [(rank, heading, address) for address in good]
        self._refuse(RemarkKind.BAD_EMAIL, heading, bad)

    def link(self, value: str) -> None:
        """Add a link, which goes into the notes."""
        value = clean_line(value)
        if value and value not in self._links:
            self._links.append(value)

    def zone(self, heading: str, value: str) -> None:
        """Set the time zone."""
        value = clean_line(value)
        if is_zone(value):
            self._fields["zone"] = value
        elif value:
            self._refuse(RemarkKind.BAD_ZONE, heading, [value])

    def connected_on(self, heading: str, value: str, day: date | None) -> None:
        """Set the day of the connection, as `value` says it."""
        if day is not None:
            self._fields["connected_on"] = day
        elif value.strip():
            self._refuse(RemarkKind.BAD_DATE, heading, [clean_line(value)])

    def word(self, field: str, heading: str, value: str) -> None:
        """Set the kind, the source or the news by its word, or by another word for it."""
        value = clean_line(value)
        word = value.casefold()
        known = _KNOWN_WORDS[field]
        found = known.get(word.replace(" ", "_"), known.get(word))
        if found is not None:
            self._fields[field] = found
        elif value:
            self._refuse(RemarkKind.UNKNOWN_WORD, heading, [value])

    def _refuse(self, kind: RemarkKind, heading: str, values: list[str]) -> None:
        for value in values:
            self.more(heading, value)
            self.remark(kind, clean_line(heading), value)

    def person(self) -> FoundPerson | None:
        """Return the person; None if nothing is a name."""
        fields = self._fields
        if not fields.get("name"):
            name = fields.get("goes_by") or fields.get("organization")
            if not name:
                return None
            if not fields.get("goes_by"):
                self.remark(RemarkKind.NAMED_BY_ORGANIZATION)
            fields["name"] = name
        phones = self._in_order(self._phones)
        emails = self._in_order(self._emails)
        if phones:
            fields["phone"] = phones[0]
        if emails:
            fields["email"] = emails[0]
        links = self._links
        if links and self._notes:
            links = [link for link in links if not any(link in text for text in self._notes)]
        notes = "\n".join([*self._notes, *self._more, *links])
        return FoundPerson(
            line=self._line,
            notes=notes,
            phones=phones,
            emails=emails,
            links=tuple(self._links),
            remarks=tuple(self._remarks),
            **fields,
        )

    def _in_order(self, values: list[tuple[int, str, str]]) -> tuple[str, ...]:
        """Return the numbers or addresses, each once; all but the first are added to the notes."""
        if len(values) < 2:
            return tuple(value for *_, value in values)
        headings = {value: heading for _, heading, value in sorted(values, key=lambda one: -one[0])}
        found = list(dict.fromkeys(value for *_, value in sorted(values, key=lambda one: one[0])))
        for value in found[1:]:
            self.more(headings[value], value)
        return tuple(found)
