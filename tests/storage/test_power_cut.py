"""What a power cut may leave: a model of a file system that keeps what was synced, and some of the rest."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import product
from pathlib import Path
from typing import Any

import msgspec
import pytest
from warmcall.storage.errors import BadStateFile
from warmcall.storage.state_file import StateFile

from tests.examples import adding, change, contact, interview
from tests.storage.calls import WAITING


class Step(msgspec.Struct, frozen=True):
    """One thing asked of the file system: `what` with an inode, or with a name in the folder `within`."""

    what: str
    inode: int = 0
    name: str = ""
    data: bytes = b""
    within: int = 0


def named(what: str, inode: int, name: Any, data: bytes = b"") -> Step:
    """Return a step that changes which inode goes by `name`; a sync of the folder makes it last."""
    return Step(what, inode, str(name), data, os.stat(os.path.dirname(name)).st_ino)


class Disk:
    """Records what is asked of the file system, and says what a power cut at any moment may leave of it."""

    def __init__(self, file: Path, without: str = "") -> None:
        self.name = str(file)
        self.steps: list[Step] = []
        files = [path for path in file.parent.glob("*") if path.is_file()]
        self._first = {str(path): path.stat().st_ino for path in files}
        self._content = {path.stat().st_ino: path.read_bytes() for path in files}
        self._without = without

    @contextmanager
    def recording(self) -> Iterator[None]:
        open_, write, fsync = os.open, os.write, os.fsync
        replace, unlink, link, mkdir = os.replace, os.unlink, os.link, os.mkdir

        def keep_number(path: Any) -> None:
            """Keep the number of a file from being used again: an open file has its own."""
            opens.callback(os.close, open_(path, os.O_RDONLY))

        def opened(path: Any, flags: int, *args: Any, **options: Any) -> int:
            descriptor = open_(path, flags, *args, **options)
            if flags & os.O_EXCL:
                self.steps.append(named("name", os.fstat(descriptor).st_ino, path))
                keep_number(path)
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
            self.steps.append(named("rename", inode, to, str(source).encode()))

        def unlinked(path: Any, **options: Any) -> None:
            unlink(path, **options)
            self.steps.append(named("unlink", 0, path))

        def linked(source: Any, to: Any, **options: Any) -> None:
            link(source, to, **options)
            self.steps.append(named("name", os.stat(to).st_ino, to))

        def made(path: Any, *args: Any, **options: Any) -> None:
            mkdir(path, *args, **options)
            self.steps.append(named("folder", os.stat(path).st_ino, path))

        with ExitStack() as opens, pytest.MonkeyPatch.context() as patch:
            for path in self._first:
                keep_number(path)
            for name, call in {
                "open": opened,
                "write": written,
                "fsync": synced,
                "replace": replaced,
            }.items():
                patch.setattr(os, name, call)
            patch.setattr(os, "unlink", unlinked)
            patch.setattr(os, "link", linked)
            patch.setattr(os, "mkdir", made)
            yield

    def left_after(self, count: int) -> Iterator[bytes | None]:
        """Yield every content the state file may have if the power goes after `count` steps."""
        for table in self._names_after(count):
            inode = table.get(self.name)
            if inode is None:
                yield None
            else:
                yield from self._contents(inode, self.steps[:count])

    def folders_after(self, count: int) -> Iterator[dict[str, bytes]]:
        """Yield what may be in the folder, by name, if the power goes after `count` steps.

        Hidden files are left out: nothing is read from them.
        """
        for table in self._names_after(count):
            shown = {name: inode for name, inode in table.items() if not Path(name).name.startswith(".")}
            contents = [set(self._contents(inode, self.steps[:count])) for inode in shown.values()]
            for chosen in product(*contents):
                yield dict(zip(shown, chosen, strict=True))

    def _names_after(self, count: int) -> Iterator[dict[str, int]]:
        """Yield every table of names and inodes that may be left after `count` steps."""
        steps = self.steps[:count]
        synced = {step.inode: at for at, step in enumerate(steps) if step.what == "sync folder"}
        names = [at for at, step in enumerate(steps) if step.within]
        open_ = [at for at in names if at > synced.get(steps[at].within, -1)]
        for kept in product([False, True], repeat=len(open_)):
            lost = {at for at, keep in zip(open_, kept, strict=True) if not keep}
            table, lost_folders = dict(self._first), set[int]()
            for at in names:
                step = steps[at]
                if at in lost or step.within in lost_folders:
                    lost_folders |= {step.inode} if step.what == "folder" else set()
                elif step.what == "unlink":
                    table.pop(step.name, None)
                elif step.what != "folder":
                    table[step.name] = step.inode
                    table.pop(step.data.decode(), None)
            yield table

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
    file.save([adding(contact(), interview())])
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


def test_a_first_save_outlives_a_power_cut_with_the_folders_it_made(tmp_path: Path) -> None:
    path = tmp_path / "home" / "state" / "warmcall.json"
    disk = Disk(path)
    with disk.recording():
        StateFile(path).save([adding(contact())])
    for count in range(len(disk.steps)):
        assert set(disk.left_after(count)) <= {None, path.read_bytes()}
    assert set(disk.left_after(len(disk.steps))) == {path.read_bytes()}


@pytest.mark.parametrize("without", ["file", "folder"])
def test_it_would_be_noticed_if_a_sync_were_missing(tmp_path: Path, without: str) -> None:
    with pytest.raises(AssertionError, match="after"):
        cut_anywhere(tmp_path / "state" / "warmcall.json", without)


WORDS = ["so", "far", "so", "good", "as", "it", "goes"]


def cut_while_typing(path: Path, tmp_path: Path, without: str = "") -> int:
    """Type words, fold them and type on; check each state a power cut may leave, and return how many."""
    StateFile(path).save([adding(contact(), interview())])
    file, other = StateFile(path), StateFile(path)
    file.load()
    other.load()
    disk = Disk(path, without)
    durable = [0]
    with disk.recording():
        for count in range(1, len(WORDS) + 1):
            before, after = (interview(notes={"q": " ".join(WORDS[:end])}) for end in (count - 1, count))
            made = change((before if count > 1 else interview(), after), id_=f"c{count}")
            made = msgspec.structs.replace(made, merge="notes")
            assert file.keep_typed([made])
            durable += [durable[-1]] * (len(disk.steps) + 1 - len(durable))
            durable[-1] = count
            if count == 3:
                file.save([])
            elif count == 5:  # another session folds them, and this one removes its file
                other.save([])
                file.check_for_changes()
                assert not file.has_typed
    durable += [durable[-1]] * (len(disk.steps) + 1 - len(durable))
    states: set[tuple[int, frozenset[tuple[str, bytes]]]] = set()
    for count in range(len(disk.steps) + 1):
        for left in disk.folders_after(count):
            states.add((durable[count], frozenset(left.items())))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _descriptor: None)
        for number, (least, left_files) in enumerate(states):
            folder = tmp_path / f"left {number}"
            folder.mkdir()
            for name, content in left_files:
                (folder / Path(name).name).write_bytes(content)
                (folder / Path(name).name).chmod(0o600)
            found = folded(folder / path.name)
            assert found in [" ".join(WORDS[:end]) for end in range(least, len(WORDS) + 1)]
            assert sorted(item.name for item in folder.glob("*typing*")) == []
    return len(states)


def folded(path: Path) -> str:
    """Return the answer in the state file once the next session has folded what was left beside it."""
    file = StateFile(path)
    file.load()
    file.save([])
    [meeting] = json.loads(path.read_bytes())["interviews"].values()
    found: str = meeting["notes"].get("q", "")
    return found


def test_a_power_cut_while_typing_costs_no_word_that_was_durable_and_doubles_none(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    assert cut_while_typing(tmp_path / "state" / "warmcall.json", tmp_path) > 30


@pytest.mark.parametrize("without", ["file", "folder"])
def test_it_would_be_noticed_if_a_sync_of_the_typing_file_were_missing(tmp_path: Path, without: str) -> None:
    (tmp_path / "state").mkdir()
    with pytest.raises((AssertionError, BadStateFile)):
        cut_while_typing(tmp_path / "state" / "warmcall.json", tmp_path, without)
