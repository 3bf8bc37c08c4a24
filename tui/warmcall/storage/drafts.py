"""The folder of mail drafts, beside the state file and for its owner's eyes only."""

from __future__ import annotations

import os
import re
import unicodedata
from contextlib import suppress
from itertools import count
from pathlib import Path

from warmcall.config.paths import make_private_folder

LONGEST_NAME = 80
"""Characters of a file's name before its ending; every file system takes this many."""


def write_draft(folder: Path, name: str, content: bytes) -> Path:
    """Write `content` into a new file in `folder`, called after `name`, and return its path.

    A file that is there already is left alone: the new one gets -2, -3 and so on behind its name.

    Raises:
        OSError: if it cannot be written; nothing is left of it then.
    """
    make_private_folder(folder)
    stem = safe_name(name)
    for number in count(1):
        path = folder / (f"{stem}.eml" if number == 1 else f"{stem}-{number}.eml")
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        except FileExistsError:
            continue
        break
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with suppress(OSError):
            path.unlink()
        raise
    return path


def safe_name(name: str) -> str:
    """Return `name` as a file may be called anywhere: ASCII letters and figures with single hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_NAME].rstrip("-") or "draft"
