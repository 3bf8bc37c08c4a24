"""Files that get their name only when all of them is on disk, so that other programs never read a part."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from warmcall.config.durable import sync_file
from warmcall.config.safe_files import create, write_all


def write_synced(path: Path, content: bytes) -> None:
    """Write a new file, readable by its owner alone, which is on disk when this returns.

    Raises:
        FileExistsError: if there is anything by that name.
        OSError: if it cannot be written; then no part of it is left.
    """
    descriptor = create(path)
    try:
        try:
            write_all(descriptor, content)
            sync_file(descriptor)
        finally:
            os.close(descriptor)
    except BaseException:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise
