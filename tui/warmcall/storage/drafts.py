"""Writes mail drafts into their folder beside the state file, readable by its owner alone."""

from __future__ import annotations

import os
import re
import unicodedata
from contextlib import suppress
from itertools import count
from pathlib import Path

from warmcall.config.durable import sync_file
from warmcall.config.safe_files import create, make_private_folder

LONGEST_NAME = 80
"""Characters of a file's name before its ending; every file system takes this many."""


def write_draft(folder: Path, name: str, content: bytes) -> Path:
    """Write `content` into a new file in `folder`, named after `name`, and return its path.

    An existing file is never replaced: the name of the new one gets -2, -3 and so on.

    Raises:
        OSError: if it cannot be written; then no part of it is left.
    """
    make_private_folder(folder)
    stem = safe_name(name)
    for number in count(1):
        path = folder / (f"{stem}.eml" if number == 1 else f"{stem}-{number}.eml")
        try:
            descriptor = create(path)
        except FileExistsError:
            continue
        break
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            sync_file(file.fileno())
    except OSError:
        with suppress(OSError):
            path.unlink()
        raise
    return path


def safe_name(name: str) -> str:
    """Return `name` as a file name for every system: ASCII letters and digits with single hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_NAME].rstrip("-") or "draft"
