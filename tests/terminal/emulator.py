"""A real pseudo-terminal with an emulated screen behind it."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pexpect
import pyte

PATIENCE_SECONDS = 20.0

KEYS = {
    "Enter": "\r", "Esc": "\x1b", "Tab": "\t", "Space": " ", "Left": "\x1b[D", "Right": "\x1b[C",
    "Up": "\x1b[A", "Down": "\x1b[B", "ctrl+s": "\x13", "ctrl+q": "\x11", "Backspace": "\x7f",
}  # fmt: skip


class Terminal:
    """warmcall on a pseudo-terminal of its own: keys go in, and what a person would see comes out."""

    def __init__(
        self,
        *arguments: str,
        home: Path,
        columns: int = 80,
        rows: int = 24,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.bytes = b""
        plain = {
            "HOME": str(home),
            "PATH": os.environ["PATH"],
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        }
        self.child: pexpect.spawn[bytes] = pexpect.spawn(
            sys.executable,
            ["-m", "tui", *arguments],
            env=plain | dict(environ or {}),
            dimensions=(rows, columns),
            timeout=PATIENCE_SECONDS,
        )

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def wait_for(self, *texts: str, gone: str = "") -> str:
        """Read until every one of `texts` is on the screen, and `gone` is not; return the screen."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not all(text in self.text for text in texts) or (gone and gone in self.text):
            if time.monotonic() > end:
                raise AssertionError(f"never saw {texts} (without {gone!r}) on:\n{self.text}")
            self._read()
        return self.text

    def press(self, *keys: str) -> None:
        """Type keys by name, and anything else as it is."""
        for key in keys:
            self.child.send(KEYS.get(key, key))

    def kill(self) -> None:
        """End the process as a power cut would."""
        self.child.kill(signal.SIGKILL)
        self.child.wait()

    def wait_for_end(self) -> int:
        """Read until the process has ended; return its exit code."""
        end = time.monotonic() + PATIENCE_SECONDS
        while self.child.isalive():
            if time.monotonic() > end:
                raise AssertionError(f"it does not end:\n{self.text}")
            self._read()
        self.child.close()
        if self.child.exitstatus is None:
            return -(self.child.signalstatus or 0)
        return self.child.exitstatus

    def close(self) -> None:
        """Leave nothing behind."""
        self.child.close(force=True)

    def _read(self) -> None:
        try:
            data = self.child.read_nonblocking(65536, timeout=0.2)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return
        self.bytes += data
        self._stream.feed(data)
