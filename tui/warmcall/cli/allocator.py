"""The allocator of the C library, where a large state file is read and written whole."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

LARGE_BYTES = 4_000_000
"""From this size of the state file on it is worth asking: it takes 0.4 MB and 2 ms to do so."""

BLOCK_BYTES = 1 << 20
"""Blocks of this size or more are taken from the system one by one, and given back when they are freed."""

_M_MMAP_THRESHOLD = -3
"""The number of that size for mallopt(3), in <malloc.h> of the GNU C library."""


def return_large_blocks(file: Path) -> bool:
    """Have large blocks go back to the system when freed, if `file` is large; return whether they will.

    The GNU C library raises that size to that of the largest block freed so far, up to 32 MB, and keeps up
    to twice as much: with 30,000 contacts 6 MB after the file was read, and 8 after it was written.
    """
    with suppress(OSError, AttributeError, ImportError):  # other libraries have no mallopt
        if file.stat().st_size >= LARGE_BYTES:
            import ctypes  # only here

            return bool(ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, BLOCK_BYTES))
    return False
