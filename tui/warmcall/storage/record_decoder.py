"""Turns the tables of a state file into records, and says which documents cannot be read and why."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from warmcall.domain.records import TABLES, AnyRecord, Contact, from_document, json_decoder, to_document
from warmcall.domain.when import YEARS
from warmcall.storage.errors import BadStateFile
from warmcall.storage.raw_table import RawTable, document_in, document_json, is_number, record_id


def records_in(tables: Mapping[str, RawTable]) -> tuple[list[AnyRecord], list[str]]:
    """Return the records of all tables, and a sentence for each that cannot be read or has no contact."""
    records: list[AnyRecord] = []
    problems: list[str] = []
    contacts: set[str] = set()
    belonging: list[tuple[str, str]] = []
    for name, kind in TABLES.items():
        decoder = json_decoder(kind)
        seen: set[str] = set()
        for number, line in tables[name].lines.items() if name in tables else ():
            place = f"{name}.{number[:40]}"
            if not is_number(number):
                problems.append(f"{place}: the key of a document has to be a whole number")
                continue
            try:
                record = _record(line, decoder, kind)
            except (msgspec.ValidationError, ValueError) as error:
                problems.append(f"{place}{_place(error)}")
                continue
            if record.id in seen:
                problems.append(f"{place}.id: this id is there twice")
                continue
            if not record.id or record_id(line) != record.id:
                problems.append(f"{place}.id: it has two ids, or an empty one")
                continue
            seen.add(record.id)
            records.append(record)
            if isinstance(record, Contact):
                contacts.add(record.id)
            elif hasattr(record, "contact_id"):
                belonging.append((place, record.contact_id))
    problems += [
        f"{place}.contact_id: there is no such contact" for place, id_ in belonging if id_ not in contacts
    ]
    return records, problems


def _record(line: bytes, decoder: msgspec.json.Decoder[AnyRecord], kind: type[AnyRecord]) -> AnyRecord:
    """Return the record of a line.

    Raises:
        ValueError: if it is no record, or has a text or a number that no screen could show.
    """
    try:
        record = decoder.decode(document_json(line))
    except (msgspec.DecodeError, RecursionError):
        # The standard decoder accepts more, such as NaN, in fields that we do not know.
        record = from_document(document_in(line), kind)
        for name, value in to_document(record).items():
            try:
                msgspec.json.encode(value)
            except UnicodeEncodeError as error:
                raise msgspec.ValidationError(f"Half a character - at `$.{name}`") from error
    if _BIG.search(line):
        _refuse_big_numbers(record)
    if _FAR.search(line):
        _refuse_far_dates(record)
    return record


_BIG = re.compile(rb":-?[0-9]{10}")
_FAR = re.compile(rb'"(?!19|20|21)[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]')


def _refuse_far_dates(record: AnyRecord) -> None:
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if isinstance(value, datetime) and value.year not in YEARS:
            raise msgspec.ValidationError(f"Expected a date from 1900 to 2199 - at `$.{name}`")


def _refuse_big_numbers(record: AnyRecord) -> None:
    for name, value in to_document(record).items():
        for item in _numbers_in(value):
            if abs(item) > 10**9:
                raise msgspec.ValidationError(f"The number is too big - at `$.{name}`")


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


def _place(error: Exception) -> str:
    """Return the message of a msgspec error in plain words, as ".field: what is wrong"."""
    what, _, path = str(error).partition(" - at `$")
    for name, words in _KINDS.items():
        what = what.replace(f"`{name}`", words)
    return f"{path.rstrip('`')}: {what[:1].lower()}{what[1:]}"
