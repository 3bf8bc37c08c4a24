"""Moving what earlier versions kept elsewhere to where it lies now."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress

from warmcall.config.paths import Paths
from warmcall.config.safe_files import create, make_private_folder, read_file

_MOST_BYTES = 10_000_000
"""Bytes of the largest log that is copied to another file system; none of ours comes near it."""


def move_log(paths: Paths) -> str:
    """Move the log to where it lies now, and return a sentence that says so; empty if there is none to move.

    A log that is there already stays, and so does one that cannot be moved, as from a folder that must not
    be written: it is of no use but to be read. Of two processes that do it at once, one does, and says so.
    """
    before, now = paths.earlier_log_file, paths.log_file
    try:
        if before == now or not stat.S_ISREG(before.lstat().st_mode):
            return ""
        make_private_folder(now.parent)
        try:
            os.link(before, now, follow_symlinks=False)
        except FileExistsError:
            return ""
        except OSError as error:
            if error.errno not in (errno.EXDEV, errno.EPERM, errno.ENOTSUP, errno.EMLINK):
                return ""
            content = read_file(before, _MOST_BYTES)[0]
            descriptor = create(now)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(content)
            except OSError:
                now.unlink(missing_ok=True)
                raise
        try:
            before.unlink(missing_ok=True)
        except OSError:
            with suppress(OSError):
                now.unlink()
            return ""
    except OSError:
        return ""
    return f"The log lies in {now} now: it was moved there from {before}"
