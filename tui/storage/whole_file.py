"""The TinyDB storage: one JSON file, always whole, replaced by a finished one and never written into."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from tui.storage.bad_file import BadStateFile
from tui.storage.paths import make_private_folder

Tables = dict[str, dict[str, Any]]


class WholeFile(Storage):
    """Reads the file whole; writes a new file beside it, makes that durable, and puts it in place."""

    def __init__(self, path: Path) -> None:
        self.path = Path(os.path.realpath(path))
        self._held: Tables | None = None
        self._holding = False

    def read(self) -> Tables | None:
        """Return the tables, or None if there is no file yet.

        Raises:
            BadStateFile: if the file is not the JSON of tables; it is left as it is.
            OSError: if it cannot be read.
        """
        if self._held is not None:
            return self._held
        tables = self._from_disk()
        if self._holding:
            self._held = tables
        return tables

    def write(self, data: Tables) -> None:
        """Make `data` the content of the file, durably, or at the end of `one_write` if inside it.

        Raises:
            OSError: if it cannot be written; then the file is what it was.
            ValueError: if `data` has a number that JSON lacks.
        """
        if self._holding:
            self._held = data
        else:
            self._to_disk(data)

    @contextmanager
    def one_write(self) -> Iterator[None]:
        """Gather every write inside into one, which happens at the end if nothing was raised."""
        self._holding = True
        try:
            yield
            if self._held is not None:
                self._to_disk(self._held)
        finally:
            self._holding = False
            self._held = None

    def _from_disk(self) -> Tables | None:
        try:
            if not (self.path.is_file() or self.path.is_dir()) and self.path.exists():
                raise BadStateFile(self.path, "it is no regular file")
            raw = self.path.read_bytes()
        except FileNotFoundError:
            return None
        return parsed(raw, self.path)

    def _to_disk(self, data: Tables) -> None:
        content = json.dumps(data, allow_nan=False, separators=(",", ":")).encode("ascii")
        make_private_folder(self.path.parent)
        beside = self.path.with_name(f".{self.path.name}.new")
        beside.unlink(missing_ok=True)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self.path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        _sync_folder(self.path.parent)


def parsed(raw: bytes, path: Path) -> Tables:
    """Return the tables in `raw`, the content of `path`.

    Raises:
        BadStateFile: if it is not the JSON of tables.
    """
    if not raw.strip(b"\x00 \r\n\t"):
        raise BadStateFile(path, "the file is there but empty")
    try:
        data = json.loads(raw.decode("utf-8"), parse_constant=_refuse)
    except UnicodeDecodeError as error:
        raise BadStateFile(path, f"byte {error.start + 1} is not text") from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise BadStateFile(path, f"it is not JSON from {where} on: {error.msg.lower()}") from error
    except ValueError as error:
        raise BadStateFile(path, f"it has a number that cannot be kept: {error}") from error
    except RecursionError as error:
        raise BadStateFile(path, "it is nested too deep to be ours") from error
    if not isinstance(data, dict) or not all(_is_table(table) for table in data.values()):
        raise BadStateFile(path, "it is JSON, but not the tables of a warmcall file")
    return data


def _is_table(table: object) -> bool:
    """Return whether TinyDB could work with `table`: documents by whole numbers."""
    return isinstance(table, dict) and all(key.isascii() and key.isdigit() for key in table)


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
