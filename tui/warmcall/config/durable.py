"""Making what was written durable: on the disk itself, where a power cut leaves it."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress

_FULL_SYNC: int | None = getattr(fcntl, "F_FULLFSYNC", None)
"""What has the drive write out its own cache, on macOS alone: fsync(2) there says that fsync does not."""


def sync_file(descriptor: int) -> None:
    """Return when what was written to an open file, or the names in an open folder, are on the disk.

    Raises:
        OSError: if the system could not write them.
    """
    if _FULL_SYNC is not None:
        with suppress(OSError):  # network drives and some others cannot; they get what fsync gives
            fcntl.fcntl(descriptor, _FULL_SYNC)
            return
    os.fsync(descriptor)
