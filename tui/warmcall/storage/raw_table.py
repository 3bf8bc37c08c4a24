"""The documents of one table, each kept as its line in the file.

Only what is edited is encoded again, so a save is quick: it joins lines. And what this version does not know
stays as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, MutableMapping, Sequence
from itertools import chain
from json.decoder import scanstring  # type: ignore[attr-defined]
from json.encoder import c_make_encoder, encode_basestring_ascii  # type: ignore[attr-defined]
from typing import Any

import msgspec

from warmcall.domain.records import AnyRecord

Tables = Mapping[str, Mapping[str, Any]]
"""What TinyDB passes to and from a storage: by table name, the documents by number."""

_ID_FIRST = re.compile(rb'"\d+":\{"id":"([\w-]+)"')
_MOST_DIGITS = 18


def line_of(number: str, document: object) -> bytes:
    """Return the line of a document: its number and its JSON, in ASCII and without a line feed."""
    shown = f'"{number}"' if number.isalnum() and number.isascii() else json.dumps(number)
    return f"{shown}:{''.join(_encoded(document, 0))}".encode("ascii")


_TEXTS: set[type] = {str}
_TEXTS_AND_LISTS: set[type] = {str, list}


def plain_line_of(number: str, document: Mapping[str, Any]) -> bytes:
    """Return the line of a document, sooner if it is texts alone: there both encoders write the same."""
    kinds = set(map(type, document.values()))
    if not kinds <= _TEXTS and not (
        kinds <= _TEXTS_AND_LISTS
        and all(_TEXTS.issuperset(map(type, value)) for value in document.values() if type(value) is list)
    ):
        return line_of(number, document)
    try:
        encoded = msgspec.json.encode(document)
    except UnicodeEncodeError:  # a lone surrogate
        return line_of(number, document)
    return _ascii_line(number, encoded) or line_of(number, document)


def line_of_struct(number: str, value: msgspec.Struct) -> bytes:
    """Return the line of what a struct holds, which has no fractions."""
    try:
        line = _ascii_line(number, msgspec.json.encode(value))
    except UnicodeEncodeError:  # a lone surrogate
        line = b""
    return line or line_of(number, msgspec.to_builtins(value))


def _ascii_line(number: str, encoded: bytes) -> bytes:
    """Return a line, or nothing if it has what the standard encoder escapes and the quick one does not."""
    if not encoded.isascii() or b"\x7f" in encoded:
        return b""
    return b'"%b":%b' % (number.encode("ascii"), encoded)


def _encoder() -> Callable[[object, int], Iterable[str]]:
    """Return what encodes as `json.dumps` does; made once, since making it takes longer than a document."""
    usual = json.JSONEncoder(separators=(",", ":"))
    if c_make_encoder is None:
        return lambda document, _level: (usual.encode(document),)
    encode: Callable[[object, int], Iterable[str]] = c_make_encoder(
        None, usual.default, encode_basestring_ascii, None, ":", ",", False, False, True
    )
    return encode


_encoded = _encoder()


def document_json(line: bytes) -> bytes:
    """Return the JSON of the document in a line, without its number."""
    at = line.index(b'":')
    if b"\\" in line[:at]:
        at = scanstring(line.decode("ascii"), 1, True)[1] - 1
    return line[at + 2 :]


def document_in(line: bytes) -> Any:
    """Return the document of a line, read by the standard decoder: it accepts NaN and half surrogates, too.

    Raises:
        ValueError: if it is nested too deep.
    """
    try:
        return json.loads(document_json(line))
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error


def is_number(text: str) -> bool:
    """Return whether TinyDB can use `text` as the number of a document."""
    return text.isdecimal() and text.isascii() and len(text) <= _MOST_DIGITS


def are_numbers(texts: Collection[str]) -> bool:
    """Return whether TinyDB can use each of `texts` as the number of a document."""
    together = "".join(texts)
    return (
        together.isdecimal()
        and together.isascii()
        and len(max(texts, key=len)) <= _MOST_DIGITS
        and "" not in texts
    )


class RawTable(MutableMapping[str, Any]):
    """A mapping from numbers to documents that stores lines, and decodes a document when it is asked for."""

    def __init__(self, lines: dict[str, bytes] | None = None) -> None:
        self._split: dict[str, bytes] | None = {} if lines is None else lines
        self._pieces: tuple[bytes, Sequence[slice], Sequence[str]] | None = None
        self._records: Mapping[str, AnyRecord] | None = None
        self._numbers: dict[str, str] | None = None
        self._highest: int | None = None

    @classmethod
    def of_pieces(cls, raw: bytes, pieces: Sequence[slice], records: Mapping[str, AnyRecord]) -> RawTable:
        """Return the table of all lines in these `pieces` of `raw`, whose `records` are decoded already.

        The pieces are divided into lines when those are first asked for, which a start never does.
        """
        table = cls()
        table._split, table._pieces, table._records = None, (raw, pieces, tuple(records)), records
        return table

    @classmethod
    def of(cls, documents: Mapping[str, Any]) -> RawTable:
        """Return `documents` as a raw table; a raw table is returned as it is."""
        if isinstance(documents, RawTable):
            return documents
        return cls({str(number): line_of(str(number), item) for number, item in documents.items()})

    @property
    def lines(self) -> Mapping[str, bytes]:
        """The lines by number, in the order of the file."""
        return self._lines

    @property
    def _lines(self) -> dict[str, bytes]:
        pieces = self._pieces
        if self._split is None and pieces is not None:
            raw, places, numbers = pieces
            split = chain.from_iterable(raw[place].split(b",\n") for place in places)
            # The lines are set before the pieces are gone: another thread may be dividing them, too.
            self._split = dict(zip(numbers, split, strict=True))
            self._pieces = None
        assert self._split is not None  # noqa: S101 - there are pieces until there are lines
        return self._split

    def take_records(self) -> Mapping[str, AnyRecord] | None:
        """Return all records by number if they were decoded with the table, and keep them no longer."""
        records, self._records = self._records, None
        return records

    def copy(self) -> RawTable:
        """Return a copy that shares the lines themselves."""
        copied = RawTable(self._lines.copy())
        copied._numbers = None if self._numbers is None else self._numbers.copy()
        copied._highest = self._highest
        return copied

    def __getitem__(self, number: str) -> Any:
        return document_in(self._lines[number])

    def __setitem__(self, number: str, document: Any) -> None:
        self.put_line(number, line_of(number, document))

    def put_line(self, number: str, line: bytes) -> None:
        """Set a document, given as its line in the file."""
        self._records = None
        before = self._lines.get(number)
        self._lines[number] = line
        if self._highest is not None and is_number(number):
            self._highest = max(self._highest, int(number))
        if self._numbers is None:
            return
        id_ = record_id(line)
        if before is not None and record_id(before) != id_:
            self._numbers = None
        else:
            self._numbers.setdefault(id_, number)

    def add(self, id_: str, document: Mapping[str, Any]) -> None:
        """Add a document with the record id `id_`, which no other has, under the next number."""
        self._records = None
        number = self.next_number()
        self._lines[number] = plain_line_of(number, document)
        self._highest = int(number)
        if self._numbers is not None:
            self._numbers[id_] = number

    def __delitem__(self, number: str) -> None:
        self._records = None
        line = self._lines.pop(number)
        if self._numbers is None:
            return
        if len(self._numbers) == len(self._lines) + 1:
            del self._numbers[record_id(line)]
        else:  # two documents have the id, and the other one must be found now
            self._numbers = None

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        pieces = self._pieces
        return len(self._lines if pieces is None else pieces[2])

    def number_of(self, id_: str) -> str | None:
        """Return the number of the document with that record id, the first if several have it."""
        if self._numbers is None:
            numbers: dict[str, str] = {}
            for number, line in self._lines.items():
                numbers.setdefault(record_id(line), number)
            self._numbers = numbers  # set when complete: another thread may be reading it
        return self._numbers.get(id_) if id_ else None

    def document_of(self, id_: str) -> dict[str, Any] | None:
        """Return the document with that record id; None if there is none, or it cannot be read."""
        number = self.number_of(id_)
        if number is None:
            return None
        try:
            document = self[number]
        except ValueError:
            return None
        return document if isinstance(document, dict) else None

    def next_number(self) -> str:
        """Return a number that no document has."""
        if self._highest is None:
            self._highest = max((int(number) for number in self._lines if is_number(number)), default=0)
        return str(self._highest + 1)


def has_id(line: bytes, number: str, id_: str) -> bool:
    """Return whether `record_id` of the line of that number is `id_`; every line of ours begins with it."""
    begins = line.startswith(f'"{number}":{{"id":"{id_}"'.encode()) and "\\" not in id_
    return begins or record_id(line) == id_


def record_id(line: bytes) -> str:
    """Return the `id` field of the document in a line; empty if it has none."""
    match = _ID_FIRST.match(line)
    if match:
        return match.group(1).decode("ascii")
    try:
        document = document_in(line)
    except ValueError:
        return ""
    found = document.get("id") if isinstance(document, dict) else None
    return found if isinstance(found, str) else ""
