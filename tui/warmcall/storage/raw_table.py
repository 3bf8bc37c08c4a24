"""The documents of one table, each kept as the very line it is in the file.

Only what is edited is encoded again, so a save joins lines; and what nobody here understands stays as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, MutableMapping
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

Tables = Mapping[str, Mapping[str, Any]]
"""What TinyDB passes to and from a storage: documents by number, by table."""

_ID_FIRST = re.compile(rb'"\d+":\{"id":"([\w-]+)"')
_NUMBER = re.compile(r"[0-9]{1,18}")


def encoded(number: str, document: object) -> bytes:
    """Return the line of a document: its number and itself, in ASCII and without a line feed."""
    return f"{json.dumps(number)}:{json.dumps(document, separators=(',', ':'))}".encode("ascii")


def body(line: bytes) -> bytes:
    """Return the document's own JSON in its line."""
    at = line.index(b'":')
    if b"\\" in line[:at]:
        at = scanstring(line.decode("ascii"), 1, True)[1] - 1
    return line[at + 2 :]


def document_in(line: bytes) -> Any:
    """Return the document of a line by the standard decoder, which takes all that JSON in the wild has.

    Raises:
        ValueError: if it is nested too deep.
    """
    try:
        return json.loads(body(line))
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error


def is_number(text: str) -> bool:
    """Return whether a document can go by that number."""
    return _NUMBER.fullmatch(text) is not None


class RawTable(MutableMapping[str, Any]):
    """A table of lines that reads as a table of documents."""

    def __init__(self, lines: dict[str, bytes] | None = None) -> None:
        self._lines: dict[str, bytes] = {} if lines is None else lines
        self._numbers: dict[str, str] | None = None
        self._highest: int | None = None

    @classmethod
    def of(cls, documents: Mapping[str, Any]) -> RawTable:
        """Return `documents` as fragments; what are fragments already is returned as it is."""
        if isinstance(documents, RawTable):
            return documents
        return cls({str(number): encoded(str(number), item) for number, item in documents.items()})

    @property
    def lines(self) -> Mapping[str, bytes]:
        """The lines by number, in the order of the file."""
        return self._lines

    def copy(self) -> RawTable:
        """Return a copy that shares the lines themselves."""
        copied = RawTable(self._lines.copy())
        copied._numbers = None if self._numbers is None else self._numbers.copy()
        copied._highest = self._highest
        return copied

    def __getitem__(self, number: str) -> Any:
        return document_in(self._lines[number])

    def __setitem__(self, number: str, document: Any) -> None:
        self.put_line(number, encoded(number, document))

    def put_line(self, number: str, line: bytes) -> None:
        """Set a document as the line it is to be in the file."""
        before = self._lines.get(number)
        self._lines[number] = line
        if self._highest is not None and is_number(number):
            self._highest = max(self._highest, int(number))
        if self._numbers is None:
            return
        id_ = own_id(line)
        if before is not None and own_id(before) != id_:
            self._numbers = None
        else:
            self._numbers.setdefault(id_, number)

    def __delitem__(self, number: str) -> None:
        line = self._lines.pop(number)
        if self._numbers is None:
            return
        if len(self._numbers) == len(self._lines) + 1:
            del self._numbers[own_id(line)]
        else:  # an id stands twice, and the other document must be found now
            self._numbers = None

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def number_of(self, id_: str) -> str | None:
        """Return the number of the document with that own id, the first if it stands twice."""
        if self._numbers is None:
            numbers: dict[str, str] = {}
            for number, line in self._lines.items():
                numbers.setdefault(own_id(line), number)
            self._numbers = numbers  # whole at once: another thread may be reading it
        return self._numbers.get(id_) if id_ else None

    def document_of(self, id_: str) -> dict[str, Any] | None:
        """Return the document with that own id; None if there is none, or it cannot be read."""
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


def own_id(line: bytes) -> str:
    """Return the document's own id, or an empty text if it has none."""
    match = _ID_FIRST.match(line)
    if match:
        return match.group(1).decode("ascii")
    try:
        document = document_in(line)
    except ValueError:
        return ""
    found = document.get("id") if isinstance(document, dict) else None
    return found if isinstance(found, str) else ""
