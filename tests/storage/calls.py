"""The system calls of a save, seen from outside: counted, made to fail, or recorded."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from warmcall.storage.state_file import StateFile

_OF_OS = ("open", "write", "fsync", "replace", "unlink", "link", "mkdir", "chmod", "close", "stat", "fstat")
CALLS = {os: (*_OF_OS, "utime", "pwrite"), fcntl: ("flock",)}
"""Every call of the system that a save can make, by the module it is looked up in."""


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
