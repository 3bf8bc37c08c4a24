"""A session in a process of its own, for tests: python -m tests.storage.session WHAT FILE …"""

from __future__ import annotations

import errno
import fcntl
import os
import resource
import sys
import threading
from contextlib import suppress
from pathlib import Path

from warmcall.storage import writer as writers
from warmcall.storage.atomic_storage import FileChanged
from warmcall.storage.lock import locked
from warmcall.storage.process_identity import ProcessIdentity
from warmcall.storage.state_file import StateFile
from warmcall.storage.writer import SaveState, Writer

from tests.examples import adding, change, contact

LONG = 60.0


def say(word: object) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def insert(path: Path, name: str, count: int) -> None:
    """Insert so many contacts, each as a change of its own, saying each one that is on disk."""
    file = StateFile(path)
    file.load()
    say("ready")
    sys.stdin.readline()
    for number in range(count):
        id_ = f"{name}-{number}"
        waiting = [adding(contact(id=id_))]
        while True:
            with suppress(FileChanged):
                file.save(waiting)
                break
        say(id_)


def insert_without_locks(path: Path, name: str, count: int) -> None:
    """Insert as above, where the file system has no locks."""

    def refuse(*_args: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    fcntl.flock = refuse
    insert(path, name, count)


def insert_on_own_host(path: Path, name: str, count: int) -> None:
    """Insert as above, on a machine of its own, whose locks hold back nobody on another one."""
    own = ProcessIdentity(os.getpid(), name, boot=name, machine=name)
    ProcessIdentity.of_this_process = classmethod(lambda _cls: own)  # type: ignore[method-assign,assignment]
    fcntl.flock = lambda *_args: None
    insert(path, name, count)


def edit_on(path: Path, name: str) -> None:
    """Edit and insert through the writer without end, saying each number that is on disk."""
    file = StateFile(path)
    file.load()
    writer = Writer(file)
    number = 0
    while True:
        number += 1
        before, after = (
            contact(id="c0", notes=f"{name} {number - 1}"),
            contact(id="c0", notes=f"{name} {number}"),
        )
        writer.put(change((before, after), id_=f"{name} e{number}"))
        writer.put(adding(contact(id=f"{name}-{number}", notes="x" * 900)))
        if not writer.drain(LONG):
            raise SystemExit(1)
        say(number)


def migrate(path: Path) -> None:
    """Bring the file up to date, once a line comes in."""
    file = StateFile(path)
    say("ready")
    sys.stdin.readline()
    file.upgrade()


def hold(path: Path) -> None:
    """Hold the lock until killed."""
    with locked(path):
        say("held")
        sys.stdin.readline()


def limit(path: Path) -> None:
    """Run against the limit on the size of a file, then have it lifted, printing the reasons reported."""
    writers.RETRY_SECONDS = (0.02,) * 4
    file = StateFile(path)
    file.load()
    writer = Writer(file)
    failed, saved = threading.Event(), threading.Event()

    def listen(state: SaveState) -> None:
        if state.reason:
            say(state.reason)
            failed.set()
        elif not state.unsaved:
            saved.set()

    before = path.read_bytes()
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
    writer.on_state(listen)
    writer.put(adding(contact(id="late", notes="x" * 2000)))
    failed.wait(LONG)
    say(path.read_bytes() == before)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    say(saved.wait(LONG))


if __name__ == "__main__":
    what, where, *more = sys.argv[1:]
    if what == "insert":
        insert(Path(where), more[0], int(more[1]))
    elif what == "insert_without_locks":
        insert_without_locks(Path(where), more[0], int(more[1]))
    elif what == "insert_on_own_host":
        insert_on_own_host(Path(where), more[0], int(more[1]))
    elif what == "edit_on":
        edit_on(Path(where), more[0])
    elif what == "migrate":
        migrate(Path(where))
    elif what == "hold":
        hold(Path(where))
    else:
        limit(Path(where))
