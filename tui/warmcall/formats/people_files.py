"""The people in the bytes of a file, whatever program wrote it: ZIP, vCard, JSON, or a table in text."""

from __future__ import annotations

import io
import json
import stat
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

import msgspec

from warmcall.domain.found_people import (
    ColumnField,
    FileKind,
    FoundPeople,
    FoundPerson,
    LeftReason,
    LeftRow,
)
from warmcall.domain.records import TABLES, Contact, PoolPerson, from_document
from warmcall.formats.contact_table import people_in_rows, people_in_table
from warmcall.formats.decoding import decoded
from warmcall.formats.delimited import TextRow
from warmcall.formats.found_values import clean_line, clean_notes
from warmcall.formats.headings import heading_words
from warmcall.formats.unreadable import ColumnsNeeded, UnreadableFile
from warmcall.formats.vcard import is_vcard, people_in_vcards

__all__ = ["FILE_BYTES", "ColumnsNeeded", "UnreadableFile", "people_in"]

FILE_BYTES = 100_000_000
"""The most that is read of a file, and that a member of a ZIP may unpack to: pictures make cards large."""

_SAME_ZIP = (b"PK\x03\x04", b"PK\x05\x06")

_OTHER_FILES = (
    (
        b"\xd0\xcf\x11\xe0",
        "it is a workbook of a spreadsheet",
        "save it there as CSV (UTF-8), and import that",
    ),
    (b"%PDF", "it is a PDF document", "export the people as CSV or vCard, and import that"),
    (b"\x1f\x8b", "it is packed with gzip", "unpack it with gunzip first"),
    (b"\x89PNG", "it is a picture", "name the file with the people"),
    (b"\xff\xd8\xff", "it is a picture", "name the file with the people"),
    (b"SQLite format 3", "it is a database", "export the people as CSV or vCard, and import that"),
)
"""Files that hold no text, by their first bytes, and what to do."""

_WEB_PAGE = (b"<!doctype html", b"<html")


def people_in(
    data: bytes,
    columns: Mapping[str, ColumnField] | None = None,
    day_first: bool | None = None,
    encoding: str = "",
) -> FoundPeople:
    """Return the people in the bytes of a file.

    `columns` says by heading what columns of a table hold, where that was asked; `day_first` how its dates in
    figures are read, and `encoding` in what it is written, both to be seen from the file if not given.

    Raises:
        ColumnsNeeded: if it is a table, and no heading says where the names are.
        UnreadableFile: if nobody is in it.
        LookupError: if there is no such encoding.
    """
    if data[:4] in _SAME_ZIP:
        member, inner = _member(data)
        if inner[:4] in _SAME_ZIP:
            raise UnreadableFile(
                f"{member} in it is a ZIP itself", "unpack it, and import the file with people"
            )
        return msgspec.structs.replace(people_in(inner, columns, day_first, encoding), member=member)
    for start, what, fix in _OTHER_FILES:
        if data.startswith(start):
            raise UnreadableFile(what, fix)
    if data.lstrip()[:15].lower().startswith(_WEB_PAGE):
        raise UnreadableFile("it is a web page", "download the export itself, and import that")
    if is_vcard(data):
        return people_in_vcards(data, encoding)
    file = decoded(data, encoding)
    if file.text.count("\0") > len(file.text) // 100:
        raise UnreadableFile("it holds no text", "export the people as CSV or vCard, and import that")
    if file.text.lstrip()[:1] in ("{", "["):
        found = _people_in_json(file.text, columns, day_first)
    else:
        found = people_in_table(file.text, columns, day_first)
    return msgspec.structs.replace(found, encoding=file.encoding, encoding_sure=file.sure)


def _member(data: bytes) -> tuple[str, bytes]:
    """Return the member of a ZIP that holds people, by its name: LinkedIn's Connections.csv, else all
    contacts of Google, else the only table or file of cards.

    Raises:
        UnreadableFile: if there is none, or it cannot be unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [entry for entry in archive.infolist() if _is_ordinary(entry)]
            chosen = _chosen(members)
            if chosen.file_size > FILE_BYTES:
                raise UnreadableFile(_too_large(chosen), "check whether it is the right file")
            with archive.open(chosen) as file:
                content = file.read(FILE_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        if isinstance(error, UnreadableFile):
            raise
        raise UnreadableFile("it is a damaged ZIP", "download it again") from error
    except (RuntimeError, NotImplementedError) as error:
        raise UnreadableFile(
            "it is a ZIP with a password, or packed in a way not known",
            "unpack it, and import the file with people",
        ) from error
    except Exception as error:  # the unpackers of other methods raise errors of their own
        raise UnreadableFile("it is a damaged ZIP", "download it again") from error
    if len(content) > FILE_BYTES:
        raise UnreadableFile(_too_large(chosen), "check whether it is the right file")
    return clean_line(chosen.filename), content


def _too_large(entry: zipfile.ZipInfo) -> str:
    return f"{clean_line(entry.filename)} in it unpacks to more than {FILE_BYTES // 1_000_000} MB"


def _is_ordinary(entry: zipfile.ZipInfo) -> bool:
    """Return whether a member is a file with a path inside the archive, no link and no folder."""
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    kind = stat.S_IFMT(entry.external_attr >> 16)
    outside = path.is_absolute() or ".." in path.parts or path.parts[:1] == ("__MACOSX",)
    return not entry.is_dir() and not outside and kind in (0, stat.S_IFREG)


def _chosen(members: list[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    """Return the member with the people.

    Raises:
        UnreadableFile: if no name says which it is.
    """
    paths = [(entry, PurePosixPath(entry.filename.replace("\\", "/"))) for entry in members]
    for wanted in ("connections.csv", "all contacts.vcf", "all contacts.csv"):
        found = [(len(path.parts), entry) for entry, path in paths if path.name.lower() == wanted]
        if found:
            return min(found, key=lambda one: one[0])[1]
    names = {str(path).lower() for _, path in paths}
    if any(name.startswith(("xl/", "word/", "index/document")) for name in names):
        raise UnreadableFile(
            "it is a workbook or a document", "save it there as CSV (UTF-8), and import that"
        )
    tables = [entry for entry, path in paths if path.suffix.lower() in (".csv", ".vcf")]
    if len(tables) == 1:
        return tables[0]
    shown = ", ".join(clean_line(path.name) for _, path in paths[:8]) or "nothing"
    raise UnreadableFile(
        f"no Connections.csv is in it, but {shown}",
        "ask LinkedIn for Connections, or unpack it and import the file with people",
    )


def _people_in_json(
    text: str, columns: Mapping[str, ColumnField] | None, day_first: bool | None
) -> FoundPeople:
    """Return the contacts of our own JSON, or of any list of objects.

    Raises:
        ColumnsNeeded, UnreadableFile: as `people_in`.
    """
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        what = f"it is no valid JSON ({error})" if isinstance(error, ValueError) else "it is nested too deep"
        raise UnreadableFile(what, "export it again") from error
    if isinstance(content, dict) and isinstance(content.get("contacts"), (list, dict)):
        return _own_contacts(content)
    items = content.get("items") if isinstance(content, dict) else content
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise UnreadableFile("it holds no list of people", "name a file from warmcall export json")
    if not items:
        raise UnreadableFile("nobody is in it: its list is empty", "export it again, or name another file")
    headings = list(dict.fromkeys(key for item in items for key in item))
    rows = [
        TextRow(number, [_cell(item.get(heading)) for heading in headings])
        for number, item in enumerate(items, 1)
    ]
    given = {heading_words(heading): field for heading, field in (columns or {}).items()}
    if not given and not any(field in headings for field in ("name", "Name", "full_name", "first_name")):
        samples = tuple(tuple(map(clean_line, row.cells)) for row in rows[:5])
        raise ColumnsNeeded(tuple(map(clean_line, headings)), samples)
    return people_in_rows(headings, rows, given, day_first)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _own_contacts(content: Mapping[str, Any]) -> FoundPeople:
    """Return the contacts and the people of the pool in our JSON, or in a state file.

    Raises:
        UnreadableFile: if there are none.
    """
    documents = _documents(content["contacts"])
    kinds: list[type[Contact] | type[PoolPerson]] = [Contact] * len(documents)
    documents += _documents(content.get("pool"))
    kinds += [PoolPerson] * (len(documents) - len(kinds))
    if not documents:
        raise UnreadableFile("nobody is in it: it has no contacts", "name another file")
    names = {
        document.get("id"): document.get("name", "")
        for document in documents
        if isinstance(document, dict) and isinstance(document.get("id"), str)
    }
    people: list[FoundPerson] = []
    left: list[LeftRow] = []
    for number, (document, kind) in enumerate(zip(documents, kinds, strict=True), 1):
        try:
            known = from_document(document, kind)
        except (msgspec.ValidationError, ValueError, TypeError):
            name = document.get("name") if isinstance(document, dict) else document
            left.append(LeftRow(line=number, reason=LeftReason.BROKEN, text=clean_line(str(name))[:100]))
            continue
        if isinstance(known, Contact):
            person = _person(number, known, str(names.get(known.referrer_id, "")))
        else:
            person = _person(number, known, known.referrer)
        if person.name:
            people.append(person)
        else:
            left.append(LeftRow(line=number, reason=LeftReason.NO_NAME, text=person.email or person.phone))
    others = {
        name: len(content[name])
        for name in TABLES
        if name not in ("contacts", "pool", "unfinished")
        and isinstance(content.get(name), (list, dict))
        and content[name]
    }
    return FoundPeople(kind=FileKind.OWN_JSON, people=tuple(people), left=tuple(left), other_records=others)


def _documents(table: object) -> list[Any]:
    """Return the documents of a table of ours, a list or, in a state file, a mapping by number."""
    if isinstance(table, dict):
        return list(table.values())
    return list(table) if isinstance(table, list) else []


def _person(number: int, known: Contact | PoolPerson, referrer: str) -> FoundPerson:
    """Return a person of ours as a person found; what it has was checked when it was written."""
    phone, email = clean_line(known.phone), clean_line(known.email)
    found = FoundPerson(
        line=number,
        name=clean_line(known.name),
        goes_by=clean_line(known.goes_by),
        kind=known.kind,
        organization=clean_line(known.organization),
        title=clean_line(known.title),
        phone=phone,
        email=email,
        zone=clean_line(known.zone),
        source=known.source,
        found=clean_line(known.found),
        news=known.news,
        why=clean_line(known.why),
        referrer=clean_line(referrer),
        may_use_name=known.may_use_name,
        notes=clean_notes(known.notes),
        connected_on=known.connected_on,
        phones=(phone,) if phone else (),
        emails=(email,) if email else (),
        record_id=known.id,
    )
    if isinstance(known, Contact):
        return found
    return msgspec.structs.replace(
        found,
        phones=tuple(map(clean_line, known.phones)) or found.phones,
        emails=tuple(map(clean_line, known.emails)) or found.emails,
        links=tuple(map(clean_line, known.links)),
        earlier_work=clean_line(known.earlier_work),
        work_changed_on=known.work_changed_on,
        never=known.never,
    )
