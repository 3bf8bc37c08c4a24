"""The typing file: words still being typed, kept durable beside the state file at a cost of a few bytes.

A save replaces the whole state file, which is too much for every half second of typing. So each session
appends what is typed to a small file of its own, `NAME.typing-SESSION` beside the state file NAME, and the
next save of any session folds it into the state file, by the same three-way merge as everything else. The
file exists only while it holds words that are not known to be folded.

The format is a line for each change: the CRC-32 of the rest in 8 hexadecimal digits, a space, and JSON in
ASCII. The first line says who writes. Each change has a number, which only rises; the table `meta` of the
state file says for each session up to which number its changes are in there, so that each is folded exactly
once, whoever does it. The change of a text is stored as the place, the number of characters replaced and the
new ones; the first edit of a record in a file comes with the whole record as it was before. A line that is
torn, or garbage, costs only itself, and the changes that build on it. Where the next line would hardly fit
into the page of a disk, blanks at the end of the JSON fill it, so that a line costs one page and not two.

While its session lives it holds a lock (flock) on the file, by which others know whether it was abandoned.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import time
import zlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from warmcall.config.durable import sync_file
from warmcall.config.safe_files import create, open_to_read, write_all
from warmcall.domain.change import (
    INCIDENTAL_FIELDS,
    MISSING,
    Change,
    Edit,
    Fields,
    composed,
    continues,
    patched,
    value_in,
)
from warmcall.domain.text_merge import changed_span
from warmcall.storage.atomic_storage import sync_folder
from warmcall.storage.change_log import META
from warmcall.storage.lock import NO_LOCKS
from warmcall.storage.process_identity import ProcessIdentity
from warmcall.storage.raw_table import RawTable

RecordKey = tuple[str, str]
"""A record's table and id."""

Field = tuple[str, str, str]
"""A field: its record's table and id, and its name; an empty name stands for the record as a whole."""

LARGEST = 64_000_000
"""Bytes of the largest typing file that is read; none of ours comes near it."""

OTHER_HOST_SECONDS = 600.0
"""How long a file of another machine must be unchanged to count as abandoned: a program that copies files
between machines copies no locks."""

PAGE_BYTES = 4096
"""What a file system writes at least, however few bytes of it are new."""

_LOCK_TRIES, _LOCK_STEP_SECONDS = 20, 0.01
"""How often a session tries to lock its own new file, and how long it waits in between."""

_HEAD_BYTES = 10_000
"""More than the first line takes."""

_FOLDED = "folded"
"""The field of `meta` that holds the number of the last folded change by session."""

_SESSIONS_KEPT = 50
"""For how many sessions `meta` remembers that number: a power cut may undo the removal of their files."""


class TypedChange(msgspec.Struct, frozen=True):
    """A change in a typing file, and its number there."""

    number: int
    change: Change


class UnreadableLine(Exception):
    """A line of a typing file is torn or garbage, or builds on such a line."""


class TypingCodec:
    """Turns changes into lines of one typing file, or the lines back into changes, in order.

    `documents` are the records as they are after the last line, and `bases` as they were before the first
    change of each; a record that was added in the file has no base.
    """

    def __init__(self) -> None:
        self.documents: dict[RecordKey, Fields] = {}
        self.bases: dict[RecordKey, Fields] = {}

    def copy(self) -> TypingCodec:
        """Return a codec in the same state."""
        copied = TypingCodec()
        copied.documents, copied.bases = dict(self.documents), dict(self.bases)
        return copied

    def encode(self, number: int, change: Change, known: Mapping[str, RawTable]) -> bytes:
        """Return the line of a change; `known` has each record as it was before the first change of it."""
        edits = [self._encoded_edit(edit, known) for edit in change.edits]
        return _line({"n": number, **_builtins(msgspec.structs.replace(change, edits=())), "edits": edits})

    def decode(self, line: bytes) -> TypedChange:
        """Return the change in a line.

        Raises:
            UnreadableLine: if it is damaged or no change, or edits a text that an unreadable line changed.
        """
        found = _content_of(line)
        before = self.copy()
        try:
            if type(found["n"]) is not int:
                raise TypeError("the number of a change is not a whole number")
            edits = [self._decoded_edit(edit) for edit in found["edits"]]
            change = msgspec.convert(found | {"edits": edits}, Change)
            return TypedChange(found["n"], change)
        except (
            AttributeError,
            IndexError,
            KeyError,
            TypeError,
            ValueError,
            msgspec.ValidationError,
        ) as error:
            self.documents, self.bases = before.documents, before.bases
            raise UnreadableLine from error

    def _encoded_edit(self, edit: Edit, known: Mapping[str, RawTable]) -> Fields:
        key = (edit.table, edit.id)
        encoded: Fields = {"table": edit.table, "id": edit.id}
        if edit.before is None or edit.after is None:
            self.documents[key] = edit.after or {}
            return encoded | {"before": edit.before, "after": edit.after}
        if key not in self.documents:
            table = known.get(edit.table)
            base = table.document_of(edit.id) if table is not None else None
            encoded["base"] = self.documents[key] = base or {}
            self.bases[key] = base or {}
        document = self.documents[key]
        encoded["fields"] = {
            name: _encoded_value(
                value_in(document, name), edit.before.get(name, MISSING), edit.after.get(name, MISSING)
            )
            for name in edit.before | edit.after
        }
        self.documents[key] = patched(document, edit)
        return encoded

    def _decoded_edit(self, encoded: Fields) -> Fields:
        key = (encoded["table"], encoded["id"])
        if "fields" not in encoded:
            self.documents[key] = encoded["after"] or {}
            if encoded["after"] is not None and encoded["after"]["id"] != encoded["id"]:
                raise ValueError("a record with another id")
            return encoded
        if "base" in encoded:
            self.documents[key] = self.bases[key] = dict(encoded["base"])
        document = self.documents.get(key, {})
        before: Fields = {}
        after: Fields = {}
        for name, value in encoded["fields"].items():
            if name == "id":
                raise ValueError("no edit gives a record another id")
            old, new = _decoded_value(value_in(document, name), value)
            before |= {} if old is MISSING else {name: old}
            after |= {} if new is MISSING else {name: new}
        self.documents[key] = patched(document, Edit(*key, before, after))
        return {"table": key[0], "id": key[1], "before": before, "after": after}


class TypingFile:
    """The typing file of this session. It is made with the first change, and removed once all are folded.

    `session` is part of its name. `last` is the number of its last change, or of a later one that could not
    be written. `folded` is the last number that this session knows to be in the state file. `grown` is how
    many bytes were appended to the file after the first changes in it.
    """

    def __init__(self, state_file: Path) -> None:
        self.session = os.urandom(8).hex()
        self.path = state_file.with_name(f"{state_file.name}.typing-{self.session}")
        self.folded = 0
        self.last = 0
        self.grown = 0
        self._size = 0
        self._lines: list[bytes] = []
        self._codec = TypingCodec()
        self._fields: set[Field] = set()
        self._descriptor: int | None = None
        self._usable = True

    @property
    def unfolded(self) -> bool:
        """Whether it holds changes that are not in the state file, as far as this session knows."""
        return bool(self._lines)

    @property
    def fields(self) -> set[Field]:
        """The fields that its changes edit."""
        return self._fields

    def append(self, changes: Sequence[Change], known: Mapping[str, RawTable]) -> None:
        """Make `changes` durable; `known` are the records as this session's store held them before.

        Raises:
            OSError: if that fails. The changes before are still there, and the file is not appended to again
                until they are folded: what a failed write or sync left of it is not known.
        """
        if not self._usable:
            raise OSError(errno.EIO, "an earlier write failed", str(self.path))
        codec = self._codec.copy()
        lines = [codec.encode(self.last + 1 + at, change, known) for at, change in enumerate(changes)]
        if sum(map(len, (*self._lines, *lines))) > LARGEST - _HEAD_BYTES:  # nobody could read it again
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(self.path))
        self.last += len(lines)
        self._usable = False
        if self._descriptor is None or not _is_at(self._descriptor, self.path):
            self._create([*self._lines, *lines])
        else:
            self._write(self._descriptor, lines)
            self.grown += sum(map(len, lines))
        self._usable = True
        self._codec = codec
        self._lines += lines
        self._fields |= fields_of(changes)

    def changes_after(self, number: int) -> list[Change]:
        """Return the changes after that of `number`; those of one text that follow each other are one."""
        return joined(change.change for change in decoded(self._lines)[0] if change.number > number)

    def changes_up_to(self, number: int) -> list[Change]:
        """Return those up to `number` that this session did not know to be folded."""
        return joined(
            change.change for change in decoded(self._lines)[0] if self.folded < change.number <= number
        )

    def mark_folded(self, number: int) -> None:
        """Remember that the changes up to `number` are in the state file; remove the file if all are."""
        self.folded = max(self.folded, number)
        if self.folded < self.last or self._descriptor is None:
            return
        self._lines, self._codec, self._fields = [], TypingCodec(), set()
        self.grown, self._usable = 0, True
        with suppress(OSError):  # one that is left, or comes back, holds nothing that is not folded
            self.path.unlink(missing_ok=True)
        self._close()

    def _create(self, lines: Sequence[bytes]) -> None:
        """Write a new file with these changes in the place of any that has the name."""
        self._close()
        while True:
            with suppress(FileNotFoundError):
                self.path.unlink()
            self._descriptor = create(self.path, os.O_WRONLY | os.O_APPEND)
            _lock_soon(self._descriptor)
            if _is_at(self._descriptor, self.path):
                break
            self._close()  # somebody took it for an abandoned one before it was locked
        self._size = 0
        self._write(
            self._descriptor,
            [_line({"warmcall": "typing", **_builtins(ProcessIdentity.of_this_process())}), *lines],
        )
        sync_folder(self.path.parent)

    def _write(self, descriptor: int, lines: Sequence[bytes]) -> None:
        """Append lines durably, the last with blanks to the end of a page without room for another."""
        data = b"".join(lines)
        room = -(self._size + len(data)) % PAGE_BYTES
        if room < len(lines[-1]) < PAGE_BYTES:
            data = b"".join([*lines[:-1], _padded(lines[-1], room)])
        write_all(descriptor, data)
        sync_file(descriptor)
        self._size += len(data)

    def _close(self) -> None:
        if self._descriptor is not None:
            with suppress(OSError):
                os.close(self._descriptor)
            self._descriptor = None


class OtherTyping(msgspec.Struct, frozen=True):
    """The typing file of another session, as it was read.

    `abandoned` says that its session has ended; `writer` is its process, if it says so. `bases` are the
    records as they were before its changes. `damaged` is how many lines before the last could not be read.
    """

    path: Path
    session: str
    changes: tuple[TypedChange, ...] = ()
    bases: Mapping[str, RawTable] = {}
    abandoned: bool = False
    damaged: int = 0
    writer: ProcessIdentity | None = None
    inode: int = 0

    @property
    def last(self) -> int:
        """The number of its last change; 0 if there is none."""
        return self.changes[-1].number if self.changes else 0

    @property
    def fields(self) -> set[Field]:
        """The fields that its changes edit."""
        return fields_of(typed.change for typed in self.changes)

    def changes_after(self, number: int) -> list[Change]:
        """Return the changes after that of `number`; those of one text that follow each other are one."""
        return joined(typed.change for typed in self.changes if typed.number > number)


class OtherTypingFiles:
    """The typing files of all other sessions on one state file."""

    def __init__(self, state_file: Path, own_session: str) -> None:
        self._state_file = state_file
        self._own_session = own_session
        self._read: dict[Path, tuple[tuple[int, int, int], OtherTyping]] = {}

    def read(self) -> tuple[OtherTyping, ...]:
        """Return the files as they are now, in the order of their names; one that cannot be read is left out.

        A file that did not change since is not read again.
        """
        self._read = {path: found for path in self._paths() if (found := self._read_file(path)) is not None}
        return tuple(other for _, other in self._read.values())

    def remove(self, other: OtherTyping) -> None:
        """Remove an abandoned file whose changes are folded; one with unreadable lines is renamed and kept.

        Call it with the state file's lock held. Errors are ignored: the file is tried again.
        """
        with suppress(OSError):
            descriptor, _ = open_to_read(other.path)
            try:
                same = os.fstat(descriptor).st_ino == other.inode and _is_at(descriptor, other.path)
                if same and _locked_now(descriptor):
                    sync_folder(self._state_file.parent)  # whoever folded them may not have done it
                    if other.damaged:
                        other.path.replace(other.path.with_name(_kept_name(other.path)))
                    else:
                        other.path.unlink(missing_ok=True)
            finally:
                os.close(descriptor)

    def unusable(self) -> list[Path]:
        """Return the paths named like a typing file that are not ours, and those kept as damaged."""
        kept = self._state_file.parent.glob(_kept_name(Path(f"{self._state_file.name}.typing-*")))
        return [*(path for path in self._paths() if self._read_file(path) is None), *sorted(kept)]

    def _paths(self) -> list[Path]:
        prefix = f"{self._state_file.name}.typing-"
        try:
            with os.scandir(self._state_file.parent) as entries:
                names = [entry.name for entry in entries if entry.name.startswith(prefix)]
        except OSError:
            return []
        return [
            self._state_file.with_name(name) for name in sorted(names) if name != prefix + self._own_session
        ]

    def _read_file(self, path: Path) -> tuple[tuple[int, int, int], OtherTyping] | None:
        try:
            descriptor, found = open_to_read(path)
        except OSError:
            return None
        with os.fdopen(descriptor, "rb", buffering=0) as file:
            signature = (found.st_ino, found.st_size, found.st_mtime_ns)
            known = self._read.get(path)
            try:
                if known is not None and known[0] == signature:
                    other = known[1]
                elif found.st_size > LARGEST:
                    return None
                else:
                    other = _parsed(path, file.read(LARGEST), found.st_ino)
            except OSError:
                return None
            abandoned = _is_abandoned(descriptor, other.writer, found.st_mtime)
            return signature, msgspec.structs.replace(other, abandoned=abandoned)


def folded_number(tables: Mapping[str, RawTable], session: str) -> int:
    """Return up to which number the changes of a session's typing file are in `tables`; 0 if none is."""
    folded = _folded(tables)
    number = folded.get(session)
    return number if isinstance(number, int) else 0


def set_folded_number(tables: Mapping[str, RawTable], session: str, number: int) -> None:
    """Remember in `tables` that the changes of a session's typing file are in there up to `number`."""
    folded = {name: value for name, value in _folded(tables).items() if name != session}
    kept = list(folded.items())[1 - _SESSIONS_KEPT :]
    meta = tables["meta"]
    row = next(iter(meta), "1")
    meta[row] = dict(meta.get(row, META)) | {_FOLDED: dict(kept) | {session: number}}


def fields_of(changes: Iterable[Change]) -> set[Field]:
    """Return the fields that `changes` edit, without those that change whatever is typed."""
    return {
        (edit.table, edit.id, name)
        for change in changes
        for edit in change.edits
        for name in ([""] if edit.before is None or edit.after is None else edit.before | edit.after)
        if name not in INCIDENTAL_FIELDS
    }


def joined(changes: Iterable[Change]) -> list[Change]:
    """Return `changes` with those of one text that follow each other made one, with the id of the last."""
    found: list[Change] = []
    for change in changes:
        if found and continues(change, found[-1]) and found[-1].kind is change.kind:
            edits = composed(found[-1].edits + change.edits)
            found[-1] = msgspec.structs.replace(change, edits=edits)
        else:
            found.append(change)
    return found


def decoded(lines: Sequence[bytes]) -> tuple[list[TypedChange], TypingCodec, list[bytes]]:
    """Return the changes in `lines`, the codec after them, and the lines that could not be read.

    A change whose number does not rise is left out.
    """
    codec = TypingCodec()
    changes: list[TypedChange] = []
    unreadable: list[bytes] = []
    for line in lines:
        try:
            change = codec.decode(line)
        except UnreadableLine:
            unreadable.append(line)
            continue
        if not changes or change.number > changes[-1].number:
            changes.append(change)
    return changes, codec, unreadable


def _parsed(path: Path, content: bytes, inode: int) -> OtherTyping:
    """Return a typing file with this content; what is after the last line feed was never acknowledged."""
    session = path.name.rpartition("-")[2]
    lines = content.splitlines(keepends=True)
    writer = None
    with suppress(UnreadableLine, IndexError):
        head = _content_of(lines[0])
        if "warmcall" in head:
            del lines[0]
            with suppress(msgspec.ValidationError):
                writer = msgspec.convert(head, ProcessIdentity)
    changes, codec, unreadable = decoded(lines)
    damaged = len(unreadable) - (1 if unreadable and unreadable[-1] is lines[-1] else 0)
    bases: dict[str, dict[str, Any]] = {}
    for (table, id_), document in codec.bases.items():
        if document.get("id") == id_:
            rows = bases.setdefault(table, {})
            rows[str(len(rows) + 1)] = document
    return OtherTyping(
        path,
        session,
        tuple(changes),
        {table: RawTable.of(rows) for table, rows in bases.items()},
        damaged=damaged,
        writer=writer,
        inode=inode,
    )


def _line(content: Fields) -> bytes:
    return _checksummed(json.dumps(content, separators=(",", ":")).encode("ascii"))


def _padded(line: bytes, blanks: int) -> bytes:
    """Return a line with so many more blanks at its end."""
    return _checksummed(line.partition(b" ")[2].removesuffix(b"\n") + b" " * blanks)


def _checksummed(text: bytes) -> bytes:
    """Return the line that has this JSON."""
    return b"%08x %s\n" % (zlib.crc32(text), text)


def _content_of(line: bytes) -> Fields:
    """Return what is in a line.

    Raises:
        UnreadableLine: if it is not whole.
    """
    crc, _, text = line.partition(b" ")
    if not text.endswith(b"\n") or crc != b"%08x" % zlib.crc32(text[:-1]):
        raise UnreadableLine
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableLine from error
    if not isinstance(content, dict):
        raise UnreadableLine
    return content


def _builtins(item: msgspec.Struct) -> Fields:
    found: Fields = msgspec.to_builtins(item)
    return found


def _encoded_value(known: object, before: object, after: object) -> Any:
    """Return a field's change: as a splice of the text `known` if that is `before`, else with both values.

    A splice is [place, characters replaced, new characters, CRC-32 of the text before].
    """
    if isinstance(before, str) and isinstance(after, str) and known == before:
        start, end = changed_span(before, after)
        return [start, end - start, after[start : len(after) - len(before) + end], _crc(before)]
    values = {"before": before, "after": after}
    return {name: value for name, value in values.items() if value is not MISSING}


def _decoded_value(known: object, encoded: Any) -> tuple[object, object]:
    """Return the values of a field before and after its change.

    Raises:
        UnreadableLine: if it is a splice of another text than the one known here.
    """
    if isinstance(encoded, dict):
        return encoded.get("before", MISSING), encoded.get("after", MISSING)
    start, count, inserted, crc = encoded
    if not isinstance(known, str) or _crc(known) != crc:
        raise UnreadableLine
    return known, known[:start] + inserted + known[start + count :]


def _crc(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def _is_at(descriptor: int, path: Path) -> bool:
    """Return whether an open file is still the one at `path`."""
    try:
        found = path.lstat()
    except OSError:
        return False
    opened = os.fstat(descriptor)
    return (found.st_dev, found.st_ino) == (opened.st_dev, opened.st_ino)


def _is_abandoned(descriptor: int, writer: ProcessIdentity | None, changed: float) -> bool:
    """Return whether the session that wrote a typing file has ended; its lock is gone with it."""
    own = ProcessIdentity.of_this_process()
    here = writer is None or own.has_ended(writer) is True or own.may_share_locks(writer)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in NO_LOCKS or writer is None:
            return False
        return own.has_ended(writer) is True
    return here or time.time() - changed > OTHER_HOST_SECONDS


def _lock_soon(descriptor: int) -> None:
    """Lock an open file, waiting only as long as another session looks whether anybody has it.

    Without a lock others go by the process in the first line; a server may keep one of a killed session.
    """
    for _ in range(_LOCK_TRIES):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in NO_LOCKS:
                return
            time.sleep(_LOCK_STEP_SECONDS)
        else:
            return


def _locked_now(descriptor: int) -> bool:
    """Lock an open file, if nobody else has; return whether nobody has, or there are no locks."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno in NO_LOCKS
    return True


def _kept_name(path: Path) -> str:
    """Return the name under which a file with unreadable lines is kept."""
    return path.name.replace(".typing-", ".damaged-typing-")


def _folded(tables: Mapping[str, RawTable]) -> Fields:
    meta = tables.get("meta")
    document = next(iter(meta.values()), None) if meta else None
    folded = document.get(_FOLDED) if isinstance(document, dict) else None
    return folded if isinstance(folded, dict) else {}
