"""Starts warmcall on a terminal in a hundredth of the usual time: by forking a process that has it imported.

A start of Python with warmcall and Textual costs about a second of processor time, and there are hundreds of
them in a run. `ForkServer` keeps one process that has everything imported and runs nothing; `start` has it
fork, and the child gets a terminal, an environment and arguments of its own, as if it had been executed.

What Python and Textual read once at their start cannot be given to a fork: `can_fork` says whether an
environment differs in nothing of that kind.
"""

from __future__ import annotations

import atexit
import gc
import json
import locale
import os
import select
import selectors
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from fcntl import ioctl
from functools import cache
from pathlib import Path
from termios import TIOCSCTTY, TIOCSWINSZ
from typing import Any

import pexpect

LONGEST_REQUEST = 200_000
START_SECONDS = 60.0

FREE = frozenset({
    "HOME", "PATH", "TERM", "TZ", "TMUX", "STY", "VISUAL", "EDITOR", "WARMCALL_DB", "WARMCALL_TESTS_BEGAN",
    "WARMCALL_TESTS_NOW", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "TMPDIR",
})  # fmt: skip
"""Variables that are read when they are needed, and may differ from those of the server."""


class ForkServer:
    """A process that has warmcall imported and forks on demand; it ends with the one that started it."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = dict(environ)
        self._folder = tempfile.TemporaryDirectory(prefix="fork-")
        self._path = str(Path(self._folder.name) / "socket")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.terminal.fork_server", self._path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=self.environ,
            start_new_session=True,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == b"ready\n", "the fork server does not start"
        atexit.register(self.close)

    def can_fork(self, environ: Mapping[str, str]) -> bool:
        """Return whether a fork can have `environ`: nothing in it is read at the start of Python alone."""
        names = {name for name in {*environ, *self.environ} if environ.get(name) != self.environ.get(name)}
        return names <= FREE

    def start(self, arguments: Sequence[str], environ: Mapping[str, str], terminal: int) -> Forked:
        """Start warmcall on a terminal, given as the descriptor of its slave side."""
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(START_SECONDS)
        connection.connect(self._path)
        request = {"arguments": list(arguments), "environ": dict(environ), "folder": os.getcwd()}
        socket.send_fds(connection, [json.dumps(request).encode()], [terminal])
        connection.shutdown(socket.SHUT_WR)
        return Forked(connection)

    def close(self) -> None:
        """End the server; what it forked goes on."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()
        self._folder.cleanup()


class Forked:
    """A process that the server forked, known by its number and what the server reports of its end.

    `used_seconds` is the processor time it used, once it has ended.
    """

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self.used_seconds = 0.0
        self._received = b""
        while b"\n" not in self._received:
            self._received += connection.recv(100)
        line, _, self._received = self._received.partition(b"\n")
        self.pid = int(line)
        self.status: int | None = None

    def poll(self, seconds: float | None = 0.0) -> int | None:
        """Wait so long for the end, or without a limit; return the wait status, None if it is not over."""
        if self.status is None:
            self._connection.settimeout(seconds)
            with suppress(TimeoutError, BlockingIOError):
                while b"\n" not in self._received:
                    self._received += self._connection.recv(100)
                status, used = self._received.split()
                self.status, self.used_seconds = int(status), float(used)
                self._connection.close()
        return self.status


class ForkedChild:
    """warmcall forked onto a pseudo-terminal, with what the tests use of `pexpect.spawn`."""

    def __init__(
        self, server: ForkServer, arguments: Sequence[str], environ: Mapping[str, str], size: tuple[int, int]
    ) -> None:
        self.child_fd, terminal = os.openpty()
        self.setwinsize(*size)
        self._forked = server.start(arguments, environ, terminal)
        os.close(terminal)
        self.pid = self._forked.pid
        self._is_open = True

    @property
    def exitstatus(self) -> int | None:
        status = self._forked.poll()
        return os.WEXITSTATUS(status) if status is not None and os.WIFEXITED(status) else None

    @property
    def signalstatus(self) -> int | None:
        status = self._forked.poll()
        return os.WTERMSIG(status) if status is not None and os.WIFSIGNALED(status) else None

    @property
    def used_seconds(self) -> float | None:
        """The processor time it used; None while it runs."""
        return self._forked.used_seconds if self._forked.poll() is not None else None

    def isalive(self) -> bool:
        return self._forked.poll() is None

    def wait(self) -> None:
        self._forked.poll(None)

    def kill(self, number: int) -> None:
        if self.isalive():
            os.kill(self.pid, number)

    def send(self, text: str | bytes) -> None:
        data = text.encode() if isinstance(text, str) else text
        while data:
            data = data[os.write(self.child_fd, data) :]

    def setwinsize(self, rows: int, columns: int) -> None:
        ioctl(self.child_fd, TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read_nonblocking(self, size: int, timeout: float) -> bytes:
        """Return what has come, waiting at most so long.

        Raises:
            pexpect.TIMEOUT: if nothing has.
            pexpect.EOF: if the terminal was closed on the other side.
        """
        if not select.select([self.child_fd], [], [], timeout)[0]:
            raise pexpect.TIMEOUT("nothing to read")
        try:
            data = os.read(self.child_fd, size)
        except OSError as error:
            raise pexpect.EOF(str(error)) from error
        if not data:
            raise pexpect.EOF("the terminal is closed")
        return data

    def close(self) -> None:
        """Close the terminal, which hangs up on what still runs there."""
        if self._is_open:
            self._is_open = False
            with suppress(OSError):
                os.close(self.child_fd)
            if self._forked.poll(2.0) is None:
                self.kill(signal.SIGKILL)
                self.wait()


@cache
def server(environ: tuple[tuple[str, str], ...]) -> ForkServer:
    """Return the fork server of this process for an environment, started when it is first asked for."""
    return ForkServer(dict(environ))


def serve(path: str) -> None:
    """Import warmcall, and fork for each request until the standard input is closed."""
    _import_all()
    gc.collect()
    gc.freeze()
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(50)
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    running: dict[int, socket.socket] = {}
    ready = selectors.DefaultSelector()
    for file in (listener, woken, 0):
        ready.register(file, selectors.EVENT_READ)
    os.write(1, b"ready\n")
    while True:
        for key, _ in ready.select():
            if key.fileobj == 0:
                return
            if key.fileobj == woken:
                os.read(woken, 1000)
                _report_ends(running)
                continue
            connection, _ = listener.accept()
            request, terminal = _request_of(connection)
            child = os.fork()
            if child == 0:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                for file in (listener, connection, *running.values()):
                    file.close()
                for number in (woken, wake):
                    os.close(number)
                ready.close()
                _become(request, terminal)
            os.close(terminal)
            running[child] = connection
            connection.send(f"{child}\n".encode())


def _import_all() -> None:
    import dateparser.date
    import holidays
    import tzlocal
    import warmcall.app.app
    import warmcall.app.keymap_registry
    import warmcall.cli.main
    from textual.drivers import linux_driver

    import tests.terminal.entry

    assert all((dateparser, holidays, tzlocal, warmcall, linux_driver, tests))
    assert threading.active_count() == 1, "a process with threads cannot be forked safely"


def _request_of(connection: socket.socket) -> tuple[dict[str, Any], int]:
    """Return what is asked for, and the descriptor of the terminal."""
    data, terminals, _, _ = socket.recv_fds(connection, LONGEST_REQUEST, 1)
    while piece := connection.recv(LONGEST_REQUEST):
        data += piece
    return json.loads(data), terminals[0]


def _report_ends(running: dict[int, socket.socket]) -> None:
    """Tell who asked for them of the processes that have ended."""
    with suppress(ChildProcessError):
        while True:
            child, status, usage = os.wait4(-1, os.WNOHANG)
            if child == 0:
                return
            connection = running.pop(child)
            with suppress(OSError):
                connection.send(f"{status} {usage.ru_utime + usage.ru_stime}\n".encode())
            connection.close()


def _become(request: dict[str, Any], terminal: int) -> None:
    """Go on in a fork as a process executed with those arguments on that terminal; never returns."""
    code: object = 1
    try:
        os.setsid()
        ioctl(terminal, TIOCSCTTY, 0)
        for number in (0, 1, 2):
            os.dup2(terminal, number)
        os.close(terminal)
        os.chdir(request["folder"])
        os.environ.clear()
        os.environ.update(request["environ"])
        time.tzset()
        locale.setlocale(locale.LC_CTYPE, "")
        sys.argv = ["warmcall", *request["arguments"]]
        for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
            stream = open(number, mode, 1, encoding="utf-8", closefd=False)  # noqa: SIM115 - it stays open
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)
        from tests.terminal.entry import start

        start()
        code = 0
    except SystemExit as end:
        code = end.code
    except BaseException:
        traceback.print_exc()
    try:
        threading._shutdown()  # type: ignore[attr-defined]  # as Python does at its end
        atexit._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    finally:
        os._exit(code if isinstance(code, int) else 0 if code is None else 1)


if __name__ == "__main__":
    serve(sys.argv[1])
