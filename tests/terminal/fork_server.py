"""Starts warmcall on a terminal in a hundredth of the usual time: by forking a process that has it imported.

A start of Python with warmcall and Textual costs almost a second of processor time, and there are hundreds of
them in a run. `ForkServer` keeps one process that has everything imported, has shown every screen once, and
runs nothing; `start` has it fork, and the child gets a terminal, an environment and arguments of its own, as
if it had been executed. All workers of a run share one such process.

What Python and Textual read once at their start cannot be given to a fork: `can_fork` says whether an
environment differs in nothing of that kind.
"""

from __future__ import annotations

import asyncio
import atexit
import gc
import json
import locale
import os
import runpy
import select
import selectors
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from fcntl import LOCK_EX, flock, ioctl
from functools import cache
from pathlib import Path
from termios import TIOCSCTTY, TIOCSWINSZ, tcgetattr
from typing import Any

import pexpect

LONGEST_REQUEST = 200_000
START_SECONDS = 60.0

SHORT_FOLDER = Path("/tmp")  # noqa: S108 - only folders of other names are made in it
"""Where sockets lie: their paths may have 107 bytes at most (unix(7)), and TMPDIR may be longer."""

GARBAGE_THRESHOLDS = (100_000, 50, 100)
"""How seldom a fork looks for garbage; the tests' own process looks as seldom."""

FREE = frozenset({
    "COLORTERM", "EDITOR", "HOME", "KEPT", "NO_COLOR", "PATH", "STY", "TERM", "TMPDIR", "TMUX", "TZ",
    "VISUAL", "WARMCALL_DB", "WARMCALL_PLAIN_TEXTUAL", "WARMCALL_TESTS_BEGAN", "WARMCALL_TESTS_NOW",
    "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME",
})  # fmt: skip
"""Variables that are read when they are needed, and may differ from those of the server."""

WORKERS_OF_A_RUN = "PYTEST_XDIST_TESTRUNUID"
"""The variable that is the same in all workers of a run, and in no others."""


class ForkServer:
    """A process that has warmcall imported and forks on demand; it ends with the last worker that uses it.

    The worker that needs it first starts it, and waits for its end, so that what it and its forks used is
    counted in the run.
    """

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = dict(environ)
        self._process: subprocess.Popen[bytes] | None = None
        with _folder_of_the_run() as folder:
            self._path = str(folder / "fork")
            try:
                self._staying = _connected(self._path + "-stay")
            except OSError:
                self._start(folder)
                self._staying = _connected(self._path + "-stay")
        atexit.register(self.close)

    def _start(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.terminal.fork_server", str(folder)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            env=self.environ,
            start_new_session=True,
        )
        assert self._process.stdout is not None
        with self._process.stdout as answer:
            assert answer.readline() == b"ready\n", "the fork server does not start"

    def can_fork(self, environ: Mapping[str, str]) -> bool:
        """Return whether a fork can have `environ`: nothing in it is read at the start of Python alone."""
        names = {name for name in {*environ, *self.environ} if environ.get(name) != self.environ.get(name)}
        return names <= FREE

    def start(self, words: Sequence[str], environ: Mapping[str, str], terminal: int) -> Forked:
        """Run Python with `words`, as -m MODULE or -c CODE, on the slave side of a terminal."""
        connection = _connected(self._path)
        request = {"words": list(words), "environ": dict(environ), "folder": os.getcwd()}
        socket.send_fds(connection, [json.dumps(request).encode()], [terminal])
        connection.shutdown(socket.SHUT_WR)
        return Forked(connection)

    def close(self) -> None:
        """Use the server no more; the worker that started it waits until nobody does."""
        self._staying.close()
        if self._process is not None:
            self._process.wait()


@contextmanager
def _folder_of_the_run() -> Iterator[Path]:
    """Give the folder of the server's sockets, while no other worker of this run has it."""
    run = os.environ.get(WORKERS_OF_A_RUN)
    if run is None:
        yield Path(tempfile.mkdtemp(prefix="warmcall-", dir=SHORT_FOLDER))
        return
    folder = SHORT_FOLDER / f"warmcall-{run[:16]}"
    folder.mkdir(mode=0o700, exist_ok=True)
    lock = os.open(folder / "lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        flock(lock, LOCK_EX)
        yield folder
    finally:
        os.close(lock)


def _connected(path: str) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.settimeout(START_SECONDS)
        connection.connect(path)
    except OSError:
        connection.close()
        raise
    return connection


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
    """A process forked onto a pseudo-terminal, with what the tests use of `pexpect.spawn`.

    `attributes_found` are those of its line before it ran, `attributes_left` those when the line was closed.
    """

    def __init__(
        self, server: ForkServer, words: Sequence[str], environ: Mapping[str, str], size: tuple[int, int]
    ) -> None:
        self.child_fd, terminal = os.openpty()
        self.setwinsize(*size)
        self.attributes_found = self.attributes_left = tcgetattr(self.child_fd)
        self._forked = server.start(words, environ, terminal)
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
        """Return what has come, waiting at most so long for it or, if the terminal is closed, for the end.

        Raises:
            pexpect.TIMEOUT: if nothing has.
            pexpect.EOF: if the terminal was closed on the other side.
        """
        if not select.select([self.child_fd], [], [], timeout)[0]:
            raise pexpect.TIMEOUT("nothing to read")
        with suppress(OSError):
            if data := os.read(self.child_fd, size):
                return data
        self._forked.poll(timeout)
        raise pexpect.EOF("the terminal is closed")

    def hang_up(self) -> None:
        """Close the terminal, which hangs up on what still runs there."""
        if self._is_open:
            self._is_open = False
            self.attributes_left = tcgetattr(self.child_fd)
            os.close(self.child_fd)

    def close(self) -> None:
        """Close the terminal, and end what does not end by that."""
        self.hang_up()
        if self._forked.poll(2.0) is None:
            self.kill(signal.SIGKILL)
            self.wait()


@cache
def server(environ: tuple[tuple[str, str], ...]) -> ForkServer:
    """Return the fork server of this process for an environment, started when it is first asked for."""
    return ForkServer(dict(environ))


def serve(folder: Path) -> None:
    """Import warmcall, and fork for each request until no worker is connected any more."""
    _import_all()
    _set_default_signals()
    with ExitStack() as kept, suppress(_NobodyLeft):
        kept.callback(shutil.rmtree, folder, ignore_errors=True)
        _warm_up(kept)
        gc.collect()
        gc.freeze()
        _fork_on_demand(folder)


class _NobodyLeft(Exception):
    """No worker uses the server any more."""


def _fork_on_demand(folder: Path) -> None:
    """Fork for each request.

    Raises:
        _NobodyLeft: as soon as the last worker has gone.
    """
    requests, stays = (socket.socket(socket.AF_UNIX) for _ in range(2))
    for listener, name in ((requests, "fork"), (stays, "fork-stay")):
        (folder / name).unlink(missing_ok=True)
        listener.bind(str(folder / name))
        listener.listen(50)
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    running: dict[int, socket.socket] = {}
    workers: dict[int, socket.socket] = {}
    ready = selectors.DefaultSelector()
    for file in (requests, stays, woken):
        ready.register(file, selectors.EVENT_READ)
    os.write(1, b"ready\n")
    while True:
        for key, _ in ready.select():
            if key.fileobj == woken:
                os.read(woken, 1000)
                _report_ends(running)
            elif key.fileobj is stays:
                worker, _ = stays.accept()
                workers[worker.fileno()] = worker
                ready.register(worker, selectors.EVENT_READ)
            elif key.fd in workers:
                ready.unregister(key.fd)
                workers.pop(key.fd).close()
                if not workers:
                    raise _NobodyLeft
            else:
                connection, _ = requests.accept()
                request, terminal = _request_of(connection)
                child = os.fork()
                if child == 0:
                    signal.set_wakeup_fd(-1)
                    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                    for file in (requests, stays, connection, *workers.values(), *running.values()):
                        file.close()
                    ready.close()
                    for number in (woken, wake):
                        os.close(number)
                    _become(request, terminal)
                os.close(terminal)
                running[child] = connection
                connection.send(f"{child}\n".encode())


def _import_all() -> None:
    import holidays
    import tzlocal
    import warmcall.app.app
    import warmcall.app.keymap_registry
    import warmcall.cli.launch
    import warmcall.cli.lists
    import warmcall.cli.main
    from textual.drivers import linux_driver

    import tests.terminal.entry

    assert all((holidays, tzlocal, warmcall, linux_driver, tests))


def _set_default_signals() -> None:
    """Have every signal do what it does in a new Python, also those that were ignored, as under nohup."""
    for number in signal.valid_signals() - {signal.SIGPIPE, signal.SIGXFSZ}:
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _warm_up(kept: ExitStack) -> None:
    """Show every screen once: forks find stylesheets parsed, texts read and caches filled."""
    from warmcall.cli import launch
    from warmcall.config import library, yaml_folders
    from warmcall.config.paths import content

    from tests.conftest import Bench
    from tests.idle import no_time_lost
    from tests.screens.driving import driven, fill_with_demo
    from tests.stylesheets import parsed_once

    kept.enter_context(parsed_once())
    launch.read_yaml = yaml_folders.read_yaml = cache(yaml_folders.read_yaml)  # type: ignore[attr-defined]
    bench = Bench(library.Library(content(), Path("/nonexistent")))
    fill_with_demo(bench)

    async def walk() -> None:
        async with driven(bench) as at:
            for key in ("2", "3", "4", "5", "6", "1"):
                await at.press(key)

    with no_time_lost():
        asyncio.run(walk())
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
    """Go on in a fork as a Python executed with those words on that terminal; never returns."""
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
        gc.set_threshold(*GARBAGE_THRESHOLDS)
        how, program, *arguments = request["words"]
        sys.argv = [how, *arguments]
        for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
            errors = getattr(sys, name).errors
            stream = open(number, mode, 1, encoding="utf-8", errors=errors, closefd=False)  # noqa: SIM115
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)
        if how == "-m":
            sys.modules.pop(program, None)
            runpy.run_module(program, run_name="__main__", alter_sys=True)
        else:
            exec(program, {"__name__": "__main__"})  # noqa: S102 - the tests' own code
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
    serve(Path(sys.argv[1]))
