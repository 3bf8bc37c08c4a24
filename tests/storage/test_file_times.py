"""Changes are noticed on file systems whose times are whole seconds, and whose clock may be another one."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warmcall.config.safe_files import read_file, read_start
from warmcall.storage import atomic_storage
from warmcall.storage.atomic_storage import AtomicJsonStorage, Signature
from warmcall.storage.raw_table import Tables

from tests.profiles import modest

SECOND = 1_000_000_000
NAMES = ["Luis", "Lena", "Lars", "Lily"]


def tables(name: str) -> Tables:
    return {"contacts": {"1": {"id": "luis", "name": name}}}


class CoarseFileSystem:
    """A file system that keeps times in steps of `step_ns`, by a clock that is `skew_ns` ahead of ours.

    A new file always gets the inode of the old one, as may happen.
    """

    def __init__(self, step_ns: int, skew_ns: int = 0) -> None:
        self.step_ns, self.skew_ns = step_ns, skew_ns
        self.now_ns = 1_800_000_000 * SECOND + 600_000_000
        self.path = Path(tempfile.mkdtemp()) / "warmcall.json"
        self.reads = 0

    @contextmanager
    def mounted(self) -> Iterator[None]:
        signature = atomic_storage._signature

        def coarse(found: os.stat_result) -> Signature:
            exact = signature(found)
            return exact._replace(inode=0, changed_ns=exact.changed_ns // self.step_ns * self.step_ns)

        def counted(path: Path, most: int) -> tuple[bytes, os.stat_result]:
            self.reads += 1
            return read_file(path, most)

        def start_counted(path: Path, size: int) -> bytes:
            self.reads += 1
            return read_start(path, size)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(atomic_storage, "_signature", coarse)
            patch.setattr(atomic_storage, "read_file", counted)
            patch.setattr(atomic_storage, "read_start", start_counted)
            for clock in ("time_ns", "monotonic_ns"):
                patch.setattr(f"warmcall.storage.atomic_storage.time.{clock}", lambda: self.now_ns)
            yield
        shutil.rmtree(self.path.parent)

    def edit(self, name: str) -> None:
        """Write another name of the same length into the file itself."""
        before = self.path.read_bytes()
        for other in NAMES:
            before = before.replace(other.encode(), name.encode())
        self.path.write_bytes(before)
        now = self.now_ns + self.skew_ns
        os.utime(self.path, ns=(now, now))


@pytest.mark.parametrize("skew_ms", [0, -60_000, -3_100, 7_000])
@pytest.mark.parametrize("step", [1, 2])
def test_of_nineteen_edits_within_a_few_seconds_none_is_missed(step: int, skew_ms: int) -> None:
    disk = CoarseFileSystem(step * SECOND, skew_ms * 1_000_000)
    with disk.mounted():
        storage = AtomicJsonStorage(disk.path)
        storage.write(tables("Luis"))
        for number in range(19):
            disk.now_ns += 310_000_000
            disk.edit(NAMES[number % 4])
            assert storage.read() == tables(NAMES[number % 4])


events = st.lists(
    st.tuples(
        st.sampled_from(["edit", "poll", "save", "other"]), st.integers(0, 1200), st.sampled_from(NAMES)
    ),
    max_size=25,
)


@settings(modest, max_examples=20)
@given(events, st.sampled_from([1, 2]), st.sampled_from([0, -60_000, -3_100, 7_000]))
def test_every_edit_of_the_same_size_is_seen(
    plan: list[tuple[str, int, str]], step: int, skew_ms: int
) -> None:
    disk = CoarseFileSystem(step * SECOND, skew_ms * 1_000_000)
    with disk.mounted():
        here, there = AtomicJsonStorage(disk.path), AtomicJsonStorage(disk.path)
        here.write(tables("Luis"))
        for what, milliseconds, name in plan:
            disk.now_ns += milliseconds * 1_000_000
            if what == "edit":
                disk.edit(name)
            elif what == "poll":
                assert here.read() == AtomicJsonStorage(disk.path).read()
            else:
                (here if what == "save" else there).read()
                (here if what == "save" else there).write(tables(name))
        assert here.read() == AtomicJsonStorage(disk.path).read()


@pytest.mark.parametrize("written_here", [True, False])
def test_a_quiet_file_costs_no_more_than_its_attributes(written_here: bool) -> None:
    disk = CoarseFileSystem(SECOND)
    with disk.mounted():
        storage = AtomicJsonStorage(disk.path)
        AtomicJsonStorage(disk.path).write(tables("Luis"))
        if written_here:
            storage.write(tables("Lena"))
        storage.read()
        reads = []
        for _ in range(6):
            disk.now_ns += SECOND
            disk.reads = 0
            storage.read()
            reads.append(disk.reads)
    assert reads == [1, 1, 1, 0, 0, 0]


def test_an_old_file_is_read_once() -> None:
    disk = CoarseFileSystem(SECOND)
    with disk.mounted():
        AtomicJsonStorage(disk.path).write(tables("Luis"))
        disk.now_ns += 2 * 3600 * SECOND
        storage = AtomicJsonStorage(disk.path)
        storage.read()
        disk.reads = 0
        storage.read()
        assert disk.reads == 0
