"""What is written reaches the disk itself, on macOS by the call that it has for that."""

from __future__ import annotations

import errno
import fcntl
import os
from pathlib import Path

import pytest
from warmcall.config import durable

FULL_SYNC = 51
"""F_FULLFSYNC, as <sys/fcntl.h> of macOS has it."""


@pytest.mark.parametrize(
    ("full_sync", "refused", "calls"),
    [
        (None, False, ["fsync"]),
        (FULL_SYNC, False, ["full"]),
        (FULL_SYNC, True, ["full", "fsync"]),
    ],
    ids=["another system", "macOS", "a network drive on macOS"],
)
def test_a_file_is_written_through_to_the_disk(
    full_sync: int | None, refused: bool, calls: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def control(descriptor: int, command: int) -> int:
        assert (descriptor, command) == (file.fileno(), FULL_SYNC)
        done.append("full")
        if refused:
            raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))
        return 0

    monkeypatch.setattr(durable, "_FULL_SYNC", full_sync)
    monkeypatch.setattr(fcntl, "fcntl", control)
    monkeypatch.setattr(os, "fsync", lambda _descriptor: done.append("fsync"))
    with (tmp_path / "file").open("wb") as file:
        durable.sync_file(file.fileno())
    assert done == calls


def test_an_error_of_the_disk_is_raised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_descriptor: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", broken)
    with (tmp_path / "file").open("wb") as file, pytest.raises(OSError, match="Input/output error"):
        durable.sync_file(file.fileno())
