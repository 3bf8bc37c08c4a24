"""A real pseudo-terminal with an emulated screen behind it."""

from __future__ import annotations

import copy
import os
import re
import select
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

import pexpect
import pyte

from tests.clock import ZONE, shared_time
from tests.terminal.fork_server import ForkedChild
from tests.terminal.fork_server import server as fork_server

PATIENCE_SECONDS = 20.0
READ_SECONDS = 0.2

KEYS = {
    "Enter": "\r", "Esc": "\x1b", "Tab": "\t", "Space": " ", "Left": "\x1b[D", "Right": "\x1b[C",
    "Up": "\x1b[A", "Down": "\x1b[B", "ctrl+s": "\x13", "ctrl+q": "\x11", "Backspace": "\x7f", "F1": "\x1bOP",
}  # fmt: skip

WARMCALL = (sys.executable, "-m", "tests.terminal.entry")
"""What starts warmcall with the clock of the tests."""


_OTHER_SCREEN = 1049
_KEY_PROTOCOLS = re.compile(rb"\x1b\[(?:[<>][0-9]*u|[>?][0-9;]*m)")
"""What the emulated screen takes for text, or fails at; a terminal without the protocols passes it over."""


class WhollyErasedScreen(pyte.Screen):
    """A screen of which every cell is erased in the background that is set.

    pyte leaves cells as they are to which nothing was written since the start, a reset, or a larger window.
    """

    def erase_in_display(self, how: int = 0, *args: Any, **more: Any) -> None:
        for row in range(self.lines):
            cells = self.buffer[row]
            cells.update({column: cells[column] for column in range(self.columns)})
        super().erase_in_display(how, *args, **more)


class TwoScreens(WhollyErasedScreen):
    """A screen with another one for full-screen programs, empty whenever it is turned to."""

    main: tuple[Any, Any] | None = None

    def set_mode(self, *modes: int, **how: Any) -> None:
        super().set_mode(*modes, **how)
        if how.get("private") and _OTHER_SCREEN in modes and self.main is None:
            self.main = (copy.deepcopy(self.buffer), copy.copy(self.cursor))
            self.erase_in_display(2)

    def reset_mode(self, *modes: int, **how: Any) -> None:
        super().reset_mode(*modes, **how)
        if how.get("private") and _OTHER_SCREEN in modes and self.main is not None:
            self.erase_in_display(2)
            style = self.cursor.attrs  # which some terminals do not restore
            (buffer, self.cursor), self.main = self.main, None
            self.cursor.attrs = style
            self.buffer.update(buffer)
            self.dirty.update(range(self.lines))


def environment(home: Path) -> dict[str, str]:
    """Return the plain environment that programs on the terminals begin with.

    What they leave when they are killed, such as the folder of a demo, is left beside the home.
    """
    return {
        "HOME": str(home),
        "TMPDIR": str(home.parent),
        "PATH": os.environ["PATH"],
        "SHELL": "/bin/sh",
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "TZ": os.environ.get(ZONE, "UTC"),
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        **shared_time(),
    }


class Terminal:
    """warmcall on a pseudo-terminal of its own: keys go in, and what a person would see comes out.

    A variable of `environ` with an empty text is left out altogether. A program in Python, given as -m MODULE
    or -c CODE, is forked from a server that has warmcall imported, unless its environment asks for another,
    or `fork` is False.
    """

    def __init__(
        self,
        *arguments: str,
        home: Path,
        columns: int = 80,
        rows: int = 24,
        environ: Mapping[str, str] | None = None,
        program: Sequence[str] = WARMCALL,
        fork: bool = True,
    ) -> None:
        self.screen = TwoScreens(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.bytes = b""
        self.used_seconds = 0.0
        variables = environment(home) | dict(environ or {})
        given = {name: value for name, value in variables.items() if value}
        self.child: pexpect.spawn[bytes] | ForkedChild
        if fork and program[0] == sys.executable:
            server = fork_server(tuple(environment(Path("/")).items()))
            if server.can_fork(given):
                self.child = ForkedChild(server, (*program[1:], *arguments), given, (rows, columns))
                return
        self.child = pexpect.spawn(
            program[0],
            [*program[1:], *arguments],
            env=given,
            dimensions=(rows, columns),
            timeout=PATIENCE_SECONDS,
        )
        self.child.delaybeforesend = None

    @property
    def received(self) -> int:
        """How many bytes have come so far."""
        return len(self.bytes)

    @property
    def text(self) -> str:
        """What is on the screen, also while half of a wide character is overwritten: `display` fails then."""
        rows = (self.screen.buffer[row] for row in range(self.screen.lines))
        lines = ("".join(row[column].data for column in range(self.screen.columns)) for row in rows)
        return "\n".join(line.rstrip() for line in lines)

    def wait_for(self, *texts: str, gone: str = "") -> str:
        """Read until every one of `texts` is on the screen, and `gone` is not; return the screen."""
        shown = ""

        def seen() -> bool:
            nonlocal shown
            shown = self.text
            return all(text in shown for text in texts) and not (gone and gone in shown)

        self.wait_until(seen, f"never saw {texts} (without {gone!r})")
        return shown

    def wait_until(self, true: Callable[[], bool], complaint: str) -> None:
        """Read until `true` says so."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not true():
            if time.monotonic() > end:
                raise AssertionError(f"{complaint} on:\n{self.text}")
            self.read(READ_SECONDS)

    def press(self, *keys: str) -> None:
        """Type keys by name, and anything else as it is."""
        for key in keys:
            self.child.send(KEYS.get(key, key))

    def burst(self, *keys: str) -> None:
        """Type keys as `press`, all of them in one write, as a line that was stuck for a moment does."""
        self.child.send("".join(KEYS.get(key, key) for key in keys))

    def resize(self, columns: int, rows: int) -> None:
        """Make the window another size."""
        self.screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)

    def kill(self) -> None:
        """End the process as a power cut would."""
        self.child.kill(signal.SIGKILL)
        self.child.wait()

    def hang_up(self) -> None:
        """Close the terminal under the process, as a dropped line does."""
        if isinstance(self.child, ForkedChild):
            self.child.hang_up()
        else:
            cast("Any", self.child).ptyproc.fileobj.close()

    def wait_for_end(self, limit: float = PATIENCE_SECONDS) -> int:
        """Read until the process has ended, at most `limit` seconds; return its exit code."""
        end = time.monotonic() + limit
        while self.child.isalive():
            if time.monotonic() > end:
                raise AssertionError(f"it does not end:\n{self.text}")
            self.read(READ_SECONDS)
        self.read(READ_SECONDS)
        self.child.close()
        if self.child.exitstatus is None:
            return -(self.child.signalstatus or 0)
        return self.child.exitstatus

    def wait_unread(self, limit: float) -> int:
        """Wait at most `limit` seconds for the end of the process, taking none of its output."""
        ended = os.pidfd_open(self.child.pid or 0)
        try:
            assert select.select([ended], [], [], limit)[0], "it does not end"
            if not isinstance(self.child, ForkedChild):
                self.used_seconds = self.processor_seconds()
        finally:
            os.close(ended)
        self.child.wait()
        if isinstance(self.child, ForkedChild):
            self.used_seconds = self.child.used_seconds or 0.0
        return self.child.exitstatus if self.child.exitstatus is not None else -1

    def processor_seconds(self) -> float:
        """Return the processor time the process has used so far."""
        fields = Path(f"/proc/{self.child.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        """Leave nothing behind."""
        with suppress(OSError):
            self.child.kill(signal.SIGKILL)
            self.child.wait()
            self.child.close()

    def read(self, seconds: float) -> None:
        """Read what has come, waiting at most so long for it, and show it."""
        try:
            data = self.child.read_nonblocking(65536, timeout=seconds)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return
        self.show(data)

    def show(self, data: bytes) -> None:
        """Have the emulated screen show what was read from the terminal."""
        self.bytes += data
        self._stream.feed(_KEY_PROTOCOLS.sub(b"", data))
