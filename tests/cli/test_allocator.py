"""Memory that reading and writing a large state file took goes back to the host."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest
from warmcall.cli.allocator import LARGE_BYTES

HELD = """
import sys
from pathlib import Path
from warmcall.cli.allocator import return_large_blocks
done = return_large_blocks(Path(sys.argv[1]))

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1])

before = resident()
for _ in range(3):
    bytearray(b"x") * 10_000_000
print(int(done), resident() - before)
"""
"""Frees blocks of 10 MB; prints how many pages more there are then."""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only the GNU C library keeps them")
def test_with_a_large_file_blocks_that_were_freed_go_back_to_the_system(tmp_path: Path) -> None:
    kept = {}
    for size in (LARGE_BYTES - 1, LARGE_BYTES):
        with (tmp_path / f"{size}").open("wb") as file:
            file.truncate(size)
        words = [sys.executable, "-c", HELD, str(tmp_path / f"{size}")]
        printed = subprocess.run(words, capture_output=True, text=True, check=True).stdout
        done, pages = map(int, printed.split())
        kept[done] = pages * os.sysconf("SC_PAGE_SIZE")
    assert kept[1] < 1_000_000
    assert kept[0] > 9_000_000, "what is done is of use"


def test_without_a_file_nothing_is_asked_of_it(tmp_path: Path) -> None:
    words = [sys.executable, "-c", f"{HELD}\nprint('ctypes' in sys.modules)", str(tmp_path / "none")]
    printed = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert (printed.split()[0], printed.split()[-1]) == ("0", "False")
