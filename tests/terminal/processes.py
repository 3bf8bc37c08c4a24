"""Processes that need not be the tests' own children, followed through /proc."""

from __future__ import annotations

import os
import select
import signal
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

POLL_SECONDS = 0.01


class End(NamedTuple):
    """How a process ended: how long it took, and the processor time it used meanwhile, in seconds."""

    seconds: float
    used: float


class Watched:
    """A process whose end is waited for; one still there when this is left is killed."""

    def __init__(self, process: int) -> None:
        self.process = process
        self._ended = os.pidfd_open(process)
        self.mark()

    def mark(self) -> None:
        """Count from now on."""
        self._since = time.monotonic()
        self._before = processor_seconds(self.process) or 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(ProcessLookupError):
            self.send(signal.SIGKILL)
        os.close(self._ended)

    @property
    def gone(self) -> bool:
        """Whether it has ended."""
        return self.gone_within(0)

    def gone_within(self, seconds: float) -> bool:
        """Wait at most so long for its end; return whether it came."""
        return bool(select.select([self._ended], [], [], seconds)[0])

    def send(self, number: signal.Signals) -> None:
        """Send it a signal, and nobody else who may have got its number since.

        Raises:
            ProcessLookupError: if it is not there any more.
        """
        signal.pidfd_send_signal(self._ended, number)

    def wait_for_end(self, limit: float) -> End:
        """Wait at most `limit` seconds for its end."""
        used = 0.0
        end = time.monotonic() + limit
        while not self.gone_within(POLL_SECONDS):
            assert time.monotonic() < end, f"{self.process} does not end"
            used = max(used, (processor_seconds(self.process) or 0.0) - self._before)
        used = max(used, (processor_seconds(self.process) or 0.0) - self._before)
        return End(time.monotonic() - self._since, used)


def processor_seconds(process: int) -> float | None:
    """Return the processor time a process has used so far; None if it is not there."""
    fields = _stat(process)
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") if fields else None


def below(process: int) -> list[int]:
    """Return all processes that descend from one, parents before their children."""
    parents = {
        int(path.name): _stat(int(path.name)) for path in Path("/proc").iterdir() if path.name.isdigit()
    }
    found = [process]
    for parent in found:
        found += [number for number, fields in parents.items() if fields and int(fields[1]) == parent]
    return found[1:]


def process_of(*words: str) -> int:
    """Return the process that runs with exactly these arguments.

    Raises:
        LookupError: if there is none.
    """
    arguments = b"".join(word.encode() + b"\0" for word in words)
    for path in Path("/proc").iterdir():
        with suppress(OSError):
            if path.name.isdigit() and (path / "cmdline").read_bytes().partition(b"\0")[2] == arguments:
                return int(path.name)
    raise LookupError(f"nothing runs with {words}")


def _stat(process: int) -> list[str]:
    """Return what /proc says of a process after its name; nothing if it is not there."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return []
