"""Reads the bytes of a state file into tables, and says at which line and column it stops being one.

A file in our layout, with a document on each line, is scanned once, and its documents stay as they are. Any
other JSON is decoded a document at a time. Both go on in small pieces, so that no other thread waits long.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from json.decoder import scanstring  # type: ignore[attr-defined]
from pathlib import Path
from typing import Any

import msgspec

from warmcall.domain.records import TABLES, AnyRecord, json_decoder_of_many
from warmcall.storage.errors import BadStateFile
from warmcall.storage.raw_table import RawTable, are_numbers, document_in, document_json, line_of

_SPACE = re.compile(r"[ \t\n\r]*")
_TABLE = re.compile(rb'"((?:[^"\\\n]|\\.)*)":\{\n')
_TABLE_END = re.compile(rb"\n}")
_DOCUMENT = re.compile(rb'"([0-9]+)":[^ \t\r\n]')
_LONGEST_NUMBER = 4300
"""Digits of the longest whole number that Python reads."""

_TO_ZEROS = bytes.maketrans(b"123456789", b"0" * 9)
_BOM = b"\xef\xbb\xbf"
_SCANNER = msgspec.json.Decoder(dict[str, msgspec.Raw])
_VALUE = msgspec.json.Decoder(msgspec.Raw)

_LINES_A_PIECE = 500
_BYTES_A_PIECE = 100_000
"""How much is joined or scanned at once: so little that the screens never wait for it."""


def tables_of(
    raw: bytes, path: Path, known: Mapping[str, RawTable] | None = None, with_records: bool = False
) -> dict[str, RawTable]:
    """Return the tables in `raw`, the content of `path`, sharing the lines that `known` has too.

    With `with_records` they have the records, too, as far as these can be decoded in the same scan.

    Raises:
        BadStateFile: if it is not the JSON of tables.
    """
    if not raw[:_BYTES_A_PIECE].strip(b"\x00 \r\n\t") and not raw.strip(b"\x00 \r\n\t"):
        raise BadStateFile(path, "the file is there but empty")
    by_lines = _by_lines(raw, known or {}, with_records)
    return by_lines if by_lines is not None else _by_scanning(raw, path)


def file_content(tables: Mapping[str, RawTable]) -> Iterator[bytes]:
    """Yield the bytes of a file in our layout, in pieces: table after table, a document on each line."""
    yield b"{"
    lead = b"\n"
    for name, table in tables.items():
        yield lead + json.dumps(name).encode("ascii") + (b":{\n" if table.lines else b":{")
        lines = list(table.lines.values())
        for at in range(0, len(lines), _LINES_A_PIECE):
            # An empty first element adds the separator without a second copy of the piece.
            yield b",\n".join(([b""] if at else []) + lines[at : at + _LINES_A_PIECE])
        lead = b"\n},\n"
    yield (b"\n}" if tables else b"") + b"\n}\n"


def _by_lines(raw: bytes, known: Mapping[str, RawTable], with_records: bool) -> dict[str, RawTable] | None:
    """Return the tables of a file in our layout; None if it is not laid out like that."""
    tables: dict[str, RawTable] = {}
    at = len(b"{\n") if raw.startswith(b"{\n") else len(raw)
    while head := _TABLE.match(raw, at):
        name, begin = _text(head[1]), head.end()
        found = _TABLE_END.search(raw, begin - 1)  # an empty table ends at the line feed after its name
        if name is None or name in tables or found is None:
            return None
        end = found.start()
        known_lines = known[name].lines if name in known else {}
        kind = TABLES.get(name) if with_records and not known_lines else None
        table = _decoded_table(raw, begin, end, kind) if kind is not None and begin < end else None
        if table is None:
            lines = _lines_in(raw, begin, end, known_lines) if begin < end else {}
            if lines is None:
                return None
            table = RawTable(lines)
        tables[name] = table
        at = found.end()
        if raw.startswith(b"\n}\n", at) and len(raw) == at + len(b"\n}\n"):
            return tables
        if not raw.startswith(b",\n", at):
            return None
        at += len(b",\n")
    return None


def _lines_in(raw: bytes, at: int, end: int, known: Mapping[str, bytes]) -> dict[str, bytes] | None:
    """Return the documents between two positions by number, each as its line; None if some are on no line.

    None, too, if a number is there twice. Lines that are `known` are shared, and not scanned again.
    """
    lines, at = _shared_start(raw, at, end, known)
    while at <= end:
        cut = _end_of_piece(raw, at, end)
        piece = raw[at:cut]
        found = ({} if known else _scanned(piece)) or _scanned_by_lines(piece, known)
        count = len(lines) + len(found)
        lines |= found
        if not found or len(lines) < count:
            return None
        at = cut + len(b",\n")
    return lines


def _decoded_table(raw: bytes, at: int, end: int, kind: type[AnyRecord]) -> RawTable | None:
    """Return the table of the documents between two positions, with their records, from a single scan.

    It is None if one of them needs a closer look.
    """
    decoder = json_decoder_of_many(kind)
    pieces: list[slice] = []
    records: dict[str, AnyRecord] = {}
    while at <= end:
        cut = _end_of_piece(raw, at, end)
        found = _decoded(raw, at, cut, decoder)
        count = len(records) + len(found)
        records |= found
        if not found or len(records) < count:
            return None
        pieces.append(slice(at, cut))
        at = cut + len(b",\n")
    return RawTable.of_pieces(raw, pieces, records)


def _end_of_piece(raw: bytes, at: int, end: int) -> int:
    """Return where a line ends with which the piece from `at` on is not too long; the first if none does."""
    if end - at <= _BYTES_A_PIECE:
        return end
    cut = raw.rfind(b",\n", at, at + _BYTES_A_PIECE)
    if cut < 0:  # a document is longer than a piece
        cut = raw.find(b",\n", at, end)
    return end if cut < 0 else cut


def _shared_start(raw: bytes, at: int, end: int, known: Mapping[str, bytes]) -> tuple[dict[str, bytes], int]:
    """Return those of the `known` lines that stand from `at` on as they are, and the position of the next.

    A change of another session leaves most tables as they were, and most of the lines in one.
    """
    lines: dict[str, bytes] = {}
    numbers = list(known)
    for first in range(0, len(numbers), _LINES_A_PIECE):
        some = {number: known[number] for number in numbers[first : first + _LINES_A_PIECE]}
        text = b",\n".join(some.values())
        after = at + len(text)
        if not raw.startswith(text, at, end) or not (after == end or raw.startswith(b",\n", after, end)):
            break
        lines |= some
        at = after + len(b",\n")
    return lines, at


def _decoded(
    raw: bytes, at: int, end: int, decoder: msgspec.json.Decoder[dict[str, AnyRecord]]
) -> dict[str, AnyRecord]:
    """Return the records of the lines between two positions by number; nothing if one needs a closer look.

    Each line has to begin as this program writes it, with the number and the id of the record, and there has
    to be no other line: then each document is on one.
    """
    piece = b"".join((b"{", memoryview(raw)[at:end], b"}"))
    try:
        records = decoder.decode(piece)
    except (msgspec.DecodeError, RecursionError):
        return {}
    ids = [record.id for record in records.values()]
    if not (all(ids) and are_numbers(records) and piece.isascii()) or _may_have_long_number(piece):
        return {}
    place, before = 0, "{"
    for number, id_ in zip(records, ids, strict=True):
        begin = f'{before}"{number}":{{"id":"{id_}"'.encode()
        if place < 0 or not piece.startswith(begin, place):
            return {}
        place, before = piece.find(b"\n", place + len(begin)) - len(","), ",\n"
    return records if place < 0 else {}


def _scanned(piece: bytes) -> dict[str, bytes]:
    """Return the lines of `piece` by number; nothing if it is not plain JSON with a document on each line."""
    try:
        documents = _SCANNER.decode(b"{%b}" % piece)
    except (msgspec.DecodeError, RecursionError):
        return {}
    lines = [b'"%b":%b' % (number.encode(), document) for number, document in documents.items()]
    if b",\n".join(lines) != piece or not piece.isascii() or not all(map(str.isdecimal, documents)):
        return {}
    if any(b"\n" in line or _has_long_number(line) for line in lines):
        return {}
    return dict(zip(documents, lines, strict=True))


def _scanned_by_lines(piece: bytes, known: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the same line by line, where most are known, or one has what only the standard decoder reads."""
    lines: dict[str, bytes] = {}
    for line in piece.split(b",\n"):
        match = _DOCUMENT.match(line)
        number = match[1].decode("ascii") if match else ""
        before = known.get(number)
        if not match or number in lines or not (before == line or _is_json(line)):
            return {}
        lines[number] = before if before is not None and before == line else line
    return lines


def _text(inside: bytes) -> str | None:
    """Return the text of a JSON string, given what is between its quotes; None if it is not valid."""
    try:
        return str(json.loads(f'"{inside.decode("ascii")}"'))
    except ValueError:
        return None


def _is_json(line: bytes) -> bool:
    if not line.isascii() or b"\n" in line or _has_long_number(line):
        return False
    try:
        _VALUE.decode(document_json(line))
    except (msgspec.DecodeError, RecursionError):
        try:
            document_in(line)
        except ValueError:
            return False
    return True


def _has_long_number(line: bytes) -> bool:
    """Return whether there are more digits in a row than Python reads as one number."""
    return _may_have_long_number(line) and b"0" * _LONGEST_NUMBER in line.translate(_TO_ZEROS)


def _may_have_long_number(text: bytes) -> bool:
    """Return whether there may be so many: of every other half as many, all are digits."""
    half = _LONGEST_NUMBER // 2
    return any(text[at : at + half].isdigit() for at in range(0, len(text) - half, half))


def _by_scanning(raw: bytes, path: Path) -> dict[str, RawTable]:
    if raw.startswith(_BOM):
        raise BadStateFile(path, "line 1, column 1: a byte-order mark stands before the JSON")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        raise BadStateFile(path, f"line {line}, column {column}: this byte is not UTF-8 text") from error
    scanner = _Scanner(text)
    try:
        return scanner.tables()
    except json.JSONDecodeError as error:
        where = _place(text, error.pos)
        start = text.rfind("\n", 0, error.pos) + 1
        if text.startswith(("<<<<<<<", "=======", ">>>>>>>"), start):
            raise BadStateFile(path, f"{where}: a merge conflict was left in it") from error
        raise BadStateFile(path, f"{where}: it is not JSON from there on: {error.msg.lower()}") from error
    except RecursionError as error:
        where = _place(text, scanner.at)
        raise BadStateFile(path, f"{where}: what begins there is nested too deep") from error
    except _NotTables as error:
        raise BadStateFile(path, f"{_place(text, scanner.at)}: {error}") from error
    except ValueError as error:
        where = _place(text, scanner.at)
        raise BadStateFile(path, f"{where}: what begins there has a number too long to be read") from error


def _place(text: str, at: int) -> str:
    return f"line {text.count(chr(10), 0, at) + 1}, column {at - text.rfind(chr(10), 0, at)}"


class _NotTables(Exception):
    """The file is JSON, but does not hold tables."""


class _Scanner:
    """Reads the two outer levels by hand, and each document with the standard decoder.

    `at` is the position in the text, in characters from 0.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self.at = 0
        self._inexact = False
        self._decoder = json.JSONDecoder(parse_float=self._float)

    def tables(self) -> dict[str, RawTable]:
        """Return the tables of the text, the JSON of each document as it is.

        Raises:
            JSONDecodeError: if the text is no JSON.
            _NotTables: if it is JSON of another kind.
        """
        tables: dict[str, dict[str, bytes]] = {}
        self._skip_space()
        start = self.at
        if not self._text.startswith("{", self.at):
            self._value()
            self.at = start
            raise _NotTables("it is JSON, but not the tables of a warmcall file")
        for name in self._members():
            self._table(name, tables.setdefault(name, {}))
        self._skip_space()
        if self.at != len(self._text):
            raise json.JSONDecodeError("Extra data", self._text, self.at)
        return {name: RawTable(lines) for name, lines in tables.items()}

    def _table(self, name: str, lines: dict[str, bytes]) -> None:
        """Read a table into `lines`; a document whose number is used already gets another one."""
        start = self.at
        if not self._text.startswith("{", start):
            self._value()
            self.at = start
            raise _NotTables(f"it is JSON, but its “{name[:40]}” is not a table")
        repeated: list[tuple[object, str]] = []
        for number in self._members():
            begin = self.at
            document = self._value()
            exact = self._source_from(begin) if self._inexact else ""
            if number in lines:
                repeated.append((document, exact))
            else:
                lines[number] = _line(number, document, exact)
        table = RawTable(lines)
        for document, exact in repeated:
            number = table.next_number()
            table.put_line(number, _line(number, document, exact))

    def _value(self) -> object:
        self._inexact = False
        document, self.at = self._decoder.raw_decode(self._text, self.at)
        return document

    def _float(self, text: str) -> float:
        """Return the number, and remember if Python would write it in another way."""
        number = float(text)
        self._inexact = self._inexact or repr(number) != text
        return number

    def _source_from(self, begin: int) -> str:
        """Return the JSON from `begin` to the present position, changed only to be ASCII on one line."""
        text = self._text[begin : self.at].replace("\n", " ").replace("\r", " ")
        return re.sub(r"[^\x00-\x7f]+", lambda match: json.dumps(match.group())[1:-1], text)

    def _members(self) -> Iterator[str]:
        """Yield the key of each member with `at` at its value, which the caller then reads."""
        self.at += 1
        self._skip_space()
        if self._text.startswith("}", self.at):
            self.at += 1
            return
        while True:
            if not self._text.startswith('"', self.at):
                raise json.JSONDecodeError("Expecting a name in double quotes", self._text, self.at)
            key: str
            key, self.at = scanstring(self._text, self.at + 1, True)
            self._skip_space()
            self._expect(":")
            self._skip_space()
            yield key
            self._skip_space()
            if self._text.startswith("}", self.at):
                self.at += 1
                return
            self._expect(",")
            self._skip_space()

    def _expect(self, sign: str) -> None:
        if not self._text.startswith(sign, self.at):
            raise json.JSONDecodeError(f"Expecting “{sign}”", self._text, self.at)
        self.at += 1

    def _skip_space(self) -> None:
        match = _SPACE.match(self._text, self.at)
        self.at = match.end() if match else self.at


def _line(number: str, document: Any, exact: str) -> bytes:
    return f"{json.dumps(number)}:{exact}".encode("ascii") if exact else line_of(number, document)
