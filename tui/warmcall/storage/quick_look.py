"""A quick look into a state file: who is in it and what is owed, for completion, which has to be instant.

Only the few fields that are needed are decoded; 30,000 contacts take a twentieth of a second so. Nothing is
checked or migrated, and what cannot be read is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from warmcall.config.safe_files import STATE_BYTES, FileRefused, read_file, resolved
from warmcall.storage.errors import BadStateFile
from warmcall.storage.json_parser import tables_of
from warmcall.storage.raw_table import document_json


class PersonSeen(msgspec.Struct, frozen=True):
    """Somebody in People."""

    id: str
    name: str
    organization: str = ""
    title: str = ""


class OwedSeen(msgspec.Struct, frozen=True):
    """Something that was or is owed; `due` is the day or the instant as it stands in the file."""

    id: str
    contact_id: str
    kind: str
    due: str = ""
    note: str = ""
    done_at: str | None = None


S = TypeVar("S", bound=msgspec.Struct)


class QuickLook:
    """What a state file held when it was looked into; nothing if it is not there or cannot be read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._content = read_file(resolved(path), STATE_BYTES)[0]
        except (FileNotFoundError, FileRefused):
            self._content = b""

    def people(self, letters: str = "") -> list[PersonSeen]:
        """Return everybody in People whose name may have `letters`, folded, in the order of the file.

        Not everybody returned has them; they only tell which records need not be decoded.
        """
        return list(self._all("contacts", PersonSeen, letters))

    def owed(self) -> list[OwedSeen]:
        """Return what is owed, what is due first at the beginning."""
        found = (owed for owed in self._all("follow_ups", OwedSeen) if not owed.done_at)
        return sorted(found, key=lambda owed: owed.due)

    def _all(self, table: str, kind: type[S], letters: str = "") -> Iterator[S]:
        decoder = msgspec.json.Decoder(kind)
        for line in self._lines(table, letters):
            try:
                yield decoder.decode(document_json(line))
            except (msgspec.DecodeError, ValueError):
                continue

    def _lines(self, table: str, letters: str) -> Iterable[bytes]:
        """Return the lines of a table that may have those letters, with their numbers and documents."""
        head = f'\n"{table}":{{\n'.encode("ascii")  # no text in JSON has a line feed in it
        begin = self._content.find(head)
        if begin >= 0:
            begin += len(head)
            lines = self._content[begin : self._content.find(b"\n}", begin - 1)]
            if letters.isascii() and letters.replace(" ", "").isalnum():
                return _having(lines, letters.encode("ascii"))
            return lines.split(b",\n")
        try:  # laid out by another program
            tables = tables_of(self._content, self._path)
        except BadStateFile:
            return ()
        return tables[table].lines.values() if table in tables else ()


def _having(lines: bytes, letters: bytes) -> list[bytes]:
    """Return the lines that have the letters, or one outside ASCII, which may be folded to one of them."""
    small = lines.lower()
    found: dict[int, int] = {}
    for wanted in (letters, b"\\u"):
        at = 0
        while (hit := small.find(wanted, at)) >= 0:
            at = small.find(b"\n", hit)
            at = len(small) if at < 0 else at
            found[small.rfind(b"\n", 0, hit) + 1] = at
    return [lines[begin:end].removesuffix(b",") for begin, end in sorted(found.items())]
