"""What a power cut may leave: a model of a file system that keeps what was synced, and some of the rest."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any

import msgspec
import pytest
from warmcall.storage.state_file import StateFile

from tests.examples import adding, change, contact

WAITING = [change((contact(), contact(phone="1")), id_="c1"), adding(contact(id="mei", name="Mei"))]


class Step(msgspec.Struct, frozen=True):
    """One thing asked of the file system: `what` with a file's inode, or with names."""

    what: str
    inode: int = 0
    name: str = ""
    data: bytes = b""


class Disk:
    """Records what is asked of the file system, and says what a power cut at any moment may leave of it."""

    def __init__(self, file: Path, without: str = "") -> None:
        self.name = str(file)
        self.steps: list[Step] = []
        self._first = {str(path): path.stat().st_ino for path in file.parent.iterdir() if path.is_file()}
        self._content = {
            path.stat().st_ino: path.read_bytes() for path in file.parent.iterdir() if path.is_file()
        }
        self._without = without

    @contextmanager
    def recording(self) -> Iterator[None]:
        open_, write, fsync = os.open, os.write, os.fsync
        replace, unlink, link = os.replace, os.unlink, os.link

        def opened(path: Any, flags: int, *args: Any, **options: Any) -> int:
            descriptor = open_(path, flags, *args, **options)
            if flags & os.O_EXCL:
                self.steps.append(Step("name", os.fstat(descriptor).st_ino, str(path)))
            return descriptor

        def written(descriptor: int, data: Any) -> int:
            count = write(descriptor, data)
            self.steps.append(Step("write", os.fstat(descriptor).st_ino, data=bytes(data[:count])))
            return count

        def synced(descriptor: int) -> None:
            found = os.fstat(descriptor)
            folder = os.path.isdir(f"/proc/self/fd/{descriptor}")
            if self._without != ("folder" if folder else "file"):
                self.steps.append(Step("sync folder" if folder else "sync", found.st_ino))
            fsync(descriptor)

        def replaced(source: Any, to: Any, **options: Any) -> None:
            inode = os.stat(source).st_ino
            replace(source, to, **options)
            self.steps.append(Step("rename", inode, str(to), str(source).encode()))

        def unlinked(path: Any, **options: Any) -> None:
            unlink(path, **options)
            self.steps.append(Step("unlink", name=str(path)))

        def linked(source: Any, to: Any, **options: Any) -> None:
            link(source, to, **options)
            self.steps.append(Step("name", os.stat(to).st_ino, str(to)))

        with pytest.MonkeyPatch.context() as patch:
            for name, call in {
                "open": opened,
                "write": written,
                "fsync": synced,
                "replace": replaced,
            }.items():
                patch.setattr(os, name, call)
            patch.setattr(os, "unlink", unlinked)
            patch.setattr(os, "link", linked)
            yield

    def left_after(self, count: int) -> Iterator[bytes | None]:
        """Yield every content the state file may have if the power goes after `count` steps."""
        steps = self.steps[:count]
        synced = max((at for at, step in enumerate(steps) if step.what == "sync folder"), default=-1)
        names = [at for at, step in enumerate(steps) if step.what in ("name", "rename", "unlink")]
        sure = [at for at in names if at < synced]
        open_ = [at for at in names if at > synced]
        for kept in product([False, True], repeat=len(open_)):
            table = dict(self._first)
            for at in sure + [at for at, keep in zip(open_, kept, strict=True) if keep]:
                step = steps[at]
                if step.what == "unlink":
                    table.pop(step.name, None)
                else:
                    table[step.name] = step.inode
                    table.pop(step.data.decode(), None)
            inode = table.get(self.name)
            if inode is None:
                yield None
            else:
                yield from self._contents(inode, steps)

    def _contents(self, inode: int, steps: list[Step]) -> Iterator[bytes]:
        """Yield what the file may hold: what was synced, and of later writes all, none, a part or zeros."""
        mine = [step for step in steps if step.inode == inode]
        synced = max((at for at, step in enumerate(mine) if step.what == "sync"), default=-1)
        sure = self._content.get(inode, b"") + b"".join(
            step.data for step in mine[: synced + 1] if step.what == "write"
        )
        late = b"".join(step.data for step in mine[synced + 1 :] if step.what == "write")
        yield from {sure + data for data in (late, b"", late[: len(late) // 2], bytes(len(late)))}


def cut_anywhere(path: Path, without: str = "") -> int:
    """Save two changes and check what a power cut at each step may leave; return in how many states."""
    file = StateFile(path)
    file.save([adding(contact())])
    for folder in path.parent.iterdir():
        if folder.is_dir():
            for other_path in folder.iterdir():
                other_path.unlink()
    old = path.read_bytes()
    disk = Disk(path, without)
    with disk.recording():
        file.save(WAITING)
        saved = len(disk.steps)
        file.backups.write_waiting()
    assert len(disk.steps) > saved
    new = path.read_bytes()
    assert new != old
    states = 0
    for count in range(len(disk.steps) + 1):
        allowed = {new} if count >= saved else {old, new}
        for left in disk.left_after(count):
            states += 1
            assert left in allowed, f"after {disk.steps[count - 1].what} {disk.steps[count - 1].name}"
    return states


def test_a_power_cut_at_any_moment_leaves_exactly_the_old_or_the_new_file(tmp_path: Path) -> None:
    assert cut_anywhere(tmp_path / "state" / "warmcall.json") > 50


@pytest.mark.parametrize("without", ["file", "folder"])
def test_it_would_be_noticed_if_a_sync_were_missing(tmp_path: Path, without: str) -> None:
    with pytest.raises(AssertionError, match="after"):
        cut_anywhere(tmp_path / "state" / "warmcall.json", without)
