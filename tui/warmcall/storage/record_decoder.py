"""Turns the tables of a state file into records, and says which documents cannot be read and why."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from operator import attrgetter
from pathlib import Path

import msgspec

from warmcall.domain.countdown import BIGGEST_NUMBER
from warmcall.domain.records import (
    OF_CONTACT,
    TABLES,
    AnyRecord,
    Contact,
    MergedPerson,
    Opening,
    from_document,
    instant_fields,
    json_decoder,
    to_document,
)
from warmcall.domain.when import YEARS
from warmcall.storage.errors import BadStateFile
from warmcall.storage.raw_table import RawTable, document_in, has_id, is_number


def records_in(tables: Mapping[str, RawTable]) -> tuple[list[AnyRecord], list[str]]:
    """Return the records of all tables, and a sentence for each that cannot be read or has no contact."""
    records: list[AnyRecord] = []
    problems: list[str] = []
    orphans: list[str] = []
    contacts: set[str] = set()
    for name, kind in TABLES.items():
        found, faults = _records_of(kind, tables[name]) if name in tables else ({}, {})
        records += found.values()
        problems += (f"{name}.{number[:40]}{fault}" for number, fault in faults.items())
        if kind is Contact:
            contacts = set(map(_ID, found.values()))
        elif issubclass(kind, OF_CONTACT) and not contacts.issuperset(map(_CONTACT_ID, found.values())):
            orphans += (
                f"{name}.{number}.contact_id: there is no such contact"
                for number, record in found.items()
                if _CONTACT_ID(record) not in contacts
                and (_CONTACT_ID(record) or kind is not Opening)  # an opening may be from nobody in People
            )
    return records, problems + orphans


_ID, _CONTACT_ID = attrgetter("id"), attrgetter("contact_id")


def _records_of(kind: type[AnyRecord], table: RawTable) -> tuple[dict[str, AnyRecord], dict[str, str]]:
    """Return the records of one table, and what is wrong with each document that is none, by number."""
    decoded = table.take_records()
    if decoded is not None and len(decoded) == len(set(map(_ID, decoded.values()))):
        records, faults = dict(decoded), dict[str, str]()
    else:
        records, faults = _records_one_by_one(kind, table.lines)
    unshowable = _far_dates(kind, records) | (_big_numbers(records) if kind is MergedPerson else {})
    for number in unshowable:
        del records[number]
    return records, faults | unshowable


def _records_one_by_one(
    kind: type[AnyRecord], lines: Mapping[str, bytes]
) -> tuple[dict[str, AnyRecord], dict[str, str]]:
    """Return the same of lines that are not decoded yet, or of which two have the same id."""
    records: dict[str, AnyRecord] = {}
    faults: dict[str, str] = {}
    ids: set[str] = set()
    decode = json_decoder(kind).decode
    for number, line in lines.items():
        if not is_number(number):
            faults[number] = ": the key of a document has to be a whole number"
            continue
        try:
            record = decode(line[len(number) + len('"":') :])
        except (msgspec.DecodeError, RecursionError):
            try:
                record = _leniently_decoded(kind, line)
            except ValueError as error:
                faults[number] = _place(error)
                continue
        id_ = record.id
        if id_ in ids:
            faults[number] = ".id: this id is there twice"
        elif not id_ or not has_id(line, number, id_):
            faults[number] = ".id: it has two ids, or an empty one"
        else:
            ids.add(id_)
            records[number] = record
    return records, faults


def _leniently_decoded(kind: type[AnyRecord], line: bytes) -> AnyRecord:
    """Return the record of a line by the standard decoder, which accepts more, such as NaN in unknown fields.

    Raises:
        ValueError: if it is no record, or holds half a character.
    """
    record = from_document(document_in(line), kind)
    for name, value in to_document(record).items():
        try:
            msgspec.json.encode(value)
        except UnicodeEncodeError as error:
            raise msgspec.ValidationError(f"Half a character - at `$.{name}`") from error
    return record


def _far_dates(kind: type[AnyRecord], records: Mapping[str, AnyRecord]) -> dict[str, str]:
    """Return which instant is in no year that a calendar can show, for each record with such a one."""
    faults: dict[str, str] = {}
    for name in instant_fields(kind):
        instants = filter(None, map(attrgetter(name), records.values()))
        years = set(map(attrgetter("year"), instants))
        for far in years - _YEARS:
            for number, record in records.items():
                instant = getattr(record, name)
                if instant is not None and instant.year == far:
                    faults.setdefault(number, f".{name}: expected a date from {YEARS[0]} to {YEARS[-1]}")
    return faults


_YEARS = frozenset(YEARS)


def _big_numbers(records: Mapping[str, AnyRecord]) -> dict[str, str]:
    """Return the same for plain values that hold a big number; fields that hold a number have limits."""
    return {
        number: f".{name}: the number is too big"
        for number, record in records.items()
        for name, value in to_document(record).items()
        if any(abs(item) > BIGGEST_NUMBER for item in _numbers_in(value))
    }


def _numbers_in(value: object) -> Iterator[int]:
    if isinstance(value, int):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _numbers_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _numbers_in(inner)


LARGEST_SCHEMA = 999_999
"""A larger number is no version of a warmcall to come, but a mistake."""


def schema_of(tables: Mapping[str, RawTable], path: Path) -> int:
    """Return the version of the layout of `tables`.

    Raises:
        BadStateFile: if it is not a file of warmcall.
    """
    try:
        meta = next(iter(tables["meta"].values()), None) if "meta" in tables else None
    except ValueError as error:
        raise BadStateFile(path, f"meta.1: {error}") from error
    if not isinstance(meta, dict) or meta.get("app") != "warmcall":
        raise BadStateFile(path, "it is JSON, but not a warmcall file")
    schema = meta.get("schema")
    if not isinstance(schema, int) or isinstance(schema, bool) or not 1 <= schema <= LARGEST_SCHEMA:
        raise BadStateFile(path, f"its schema “{json.dumps(schema)[:40]}” is not a version")
    return schema


_KINDS = {
    "datetime": "a date", "str": "a text", "int": "a whole number", "bool": "true or false",
    "array": "a list", "object": "a record", "null": "nothing", "float": "a number",
}  # fmt: skip


_OUT_OF_RANGE = re.compile(r"Expected `int` [<>]= -?[0-9]+")


def _place(error: Exception) -> str:
    """Return the message of a msgspec error in plain words, as ".field: what is wrong"."""
    what, _, path = str(error).partition(" - at `$")
    what = _OUT_OF_RANGE.sub("The number is too big", what)
    for name, words in _KINDS.items():
        what = what.replace(f"`{name}`", words)
    return f"{path.rstrip('`')}: {what[:1].lower()}{what[1:]}"
