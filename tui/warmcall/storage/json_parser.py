"""Reads the bytes of a state file into tables, and says at which line and column it stops being one.

A file in our layout, with a document on each line, is split at its lines, and lines that are known already
are not decoded again. Any other JSON is read a document at a time, so that no other thread waits long.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from json.decoder import scanstring  # type: ignore[attr-defined]
from pathlib import Path
from typing import Any

import msgspec

from warmcall.storage.errors import BadStateFile
from warmcall.storage.raw_table import RawTable, document_json, line_of

_SPACE = re.compile(r"[ \t\n\r]*")
_TABLE = re.compile(rb'"((?:[^"\\]|\\.)*)":\{')
_DOCUMENT = re.compile(rb'"([0-9]+)":\{')
_LONG_NUMBER = re.compile(rb"[0-9]{4300}")
_BOM = b"\xef\xbb\xbf"
_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])

_LINES_A_PIECE = 500
_BYTES_A_PIECE = 1_000_000
"""How much is joined or split at once: so little that the screens never wait for it."""


def tables_of(raw: bytes, path: Path, known: Mapping[str, RawTable] | None = None) -> dict[str, RawTable]:
    """Return the tables in `raw`, the content of `path`, sharing the lines that `known` has too.

    Raises:
        BadStateFile: if it is not the JSON of tables.
    """
    if not raw[:_BYTES_A_PIECE].strip(b"\x00 \r\n\t") and not raw.strip(b"\x00 \r\n\t"):
        raise BadStateFile(path, "the file is there but empty")
    by_lines = _by_lines(raw, known or {})
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


def _lines_in(raw: bytes) -> Iterator[bytes]:
    """Yield the lines of `raw` without their line feeds, and what is after the last line feed."""
    at = 0
    while at < len(raw):
        cut = raw.rfind(b"\n", at, at + _BYTES_A_PIECE)
        if cut < 0:
            cut = raw.find(b"\n", at)
        if cut < 0:
            break
        yield from raw[at:cut].split(b"\n")
        at = cut + 1
    yield raw[at:]


def _by_lines(raw: bytes, known: Mapping[str, RawTable]) -> dict[str, RawTable] | None:
    """Return the tables of a file in our layout; None if it is not laid out like that."""
    if not raw.startswith(b"{\n") or not raw.endswith(b"\n}\n"):
        return None
    tables: dict[str, RawTable] = {}
    table: dict[str, bytes] | None = None
    known_lines: Mapping[str, bytes] = {}
    comma = False  # whether the line before ended with one, and so another member must follow
    first = True
    lines = _lines_in(raw)
    next(lines)
    for line in lines:
        if line in (b"}", b"},"):
            if comma:
                return None
            if table is None:  # the end of the file, after which only the last line feed may come
                return tables if line == b"}" and list(lines) == [b""] else None
            table, comma, first = None, line == b"},", False
            continue
        if not first and not comma:
            return None
        if table is None:
            match = _TABLE.fullmatch(line)
            name = _text(match.group(1)) if match and line.isascii() else None
            if name is None or name in tables:
                return None
            table, comma, first = {}, False, True
            tables[name] = RawTable(table)
            known_lines = known[name].lines if name in known else {}
            continue
        comma, first = line.endswith(b","), False
        bare = line[:-1] if comma else line
        match = _DOCUMENT.match(bare)
        number = match.group(1).decode("ascii") if match else ""
        if not match or number in table:
            return None
        before = known_lines.get(number)
        if before == bare:
            table[number] = before
        elif _is_object(bare):
            table[number] = bare
        else:
            return None
    return None


def _text(inside: bytes) -> str | None:
    """Return the text of a JSON string, given what is between its quotes; None if it is not valid."""
    try:
        return str(json.loads(b'"' + inside + b'"'))
    except ValueError:
        return None


def _is_object(line: bytes) -> bool:
    if not line.isascii() or (len(line) > 4300 and _LONG_NUMBER.search(line)):
        return False
    text = document_json(line)
    try:
        _OBJECT.decode(text)
    except (msgspec.DecodeError, RecursionError):
        try:
            return isinstance(json.loads(text), dict)
        except (ValueError, RecursionError):
            return False
    return True


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
