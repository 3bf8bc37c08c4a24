"""The system calls of a save, seen from outside: counted, made to fail, or recorded."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from warmcall.storage.state_file import StateFile

from tests.examples import adding, change, contact

_OF_OS = ("open", "write", "fsync", "replace", "unlink", "link", "mkdir", "chmod", "close", "stat", "fstat")
CALLS = {os: (*_OF_OS, "utime", "pwrite"), fcntl: ("flock",)}
"""Every call of the system that a save can make, by the module it is looked up in."""


WAITING = [change((contact(), contact(phone="1")), id_="c1"), adding(contact(id="mei", name="Mei"))]
"""What a save holds whose calls are watched."""


class Watched:
    """Calls `before` with the name of each system call about to be made while it is switched on."""

    def __init__(self, before: Callable[[str], None]) -> None:
        self._before = before

    @contextmanager
    def on(self) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            for module, names in CALLS.items():
                for name in names:
                    patch.setattr(module, name, self._watched(name, getattr(module, name)))
            yield

    def _watched(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*args: Any, **options: Any) -> Any:
            if name != "close":
                self._before(name)
                return call(*args, **options)
            call(*args, **options)  # the system closes a file even where it says that it failed to
            return self._before(name)

        return watched


class Failing(Watched):
    """Makes the call of a number fail, and every later one too if it is `lasting`."""

    def __init__(self, number: int, error: BaseException, lasting: bool = False) -> None:
        super().__init__(self._fail)
        self.done: list[str] = []
        self._number, self._error, self._lasting = number, error, lasting

    @property
    def hit(self) -> bool:
        """Whether there were so many calls."""
        return len(self.done) > self._number

    def _fail(self, name: str) -> None:
        at = len(self.done)
        self.done.append(name)
        if at == self._number or (self._lasting and at > self._number):
            raise self._error


def close_as_killed(file: StateFile) -> None:
    """Close the typing file of a session as the system does when it is killed, which frees the lock on it."""
    descriptor, file._typing._descriptor = file._typing._descriptor, None
    with suppress(OSError):  # it may have ended just after it was closed
        os.close(-1 if descriptor is None else descriptor)


def killed_before_each_call(what: str, folder: Path, most: int, step: int = 1) -> int:
    """Have one process after the other killed at the next call of the system in a save or a migration.

    The n-th, from 0, works on `folder`/n/warmcall.json and is killed before its call n; only each `step`-th
    is started. Return the number of the first one that comes to its end.
    """
    command = [sys.executable, "-m", "tests.storage.calls", what, str(folder), str(most), str(step)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert ran.stderr == ""
    return int(ran.stdout)


def _killed_before_call(number: int, path: Path, what: str) -> bool:
    """Do `what` in a process that is killed before its call `number`; return whether it was."""
    child = os.fork()
    if not child:
        file = StateFile(path, "UTC")
        file.load()
        file.db.storage.session = "the same in each"
        left = iter(range(number))

        def before(_name: str) -> None:
            if next(left, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)

        with Watched(before).on():
            if what == "save":
                file.save(WAITING)
            else:
                file.upgrade()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


if __name__ == "__main__":
    where, tried = Path(sys.argv[2]), range(0, int(sys.argv[3]), int(sys.argv[4]))
    numbers = (n for n in tried if not _killed_before_call(n, where / str(n) / "warmcall.json", sys.argv[1]))
    sys.stdout.write(f"{next(numbers)}")


def call_this_machine(name: str, patch: pytest.MonkeyPatch) -> None:
    """Let this machine be called `name`."""
    _, *others = (real := os.uname())
    patch.setattr("os.uname", lambda: os.uname_result((real.sysname, name, *others[1:])))
