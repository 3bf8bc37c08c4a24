"""Which process holds something, so that others know whether it still runs.

A process id alone does not say: another process gets it some day, and after a restart of the machine, or in a
container, numbers start from 1 again. So it is kept with the instant the process started, the boot of the
machine (random/boot_id in proc_sys_kernel(5)), the PID namespace (pid_namespaces(7)), and the machine.
"""

from __future__ import annotations

import os
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import msgspec

_MACHINE_IDS = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))
_ENDED = ("Z", "X")
"""States of a process in /proc/PID/stat, proc_pid_stat(5): ended, but its parent has not asked yet."""


class ProcessIdentity(msgspec.Struct, frozen=True):
    """A process as others find it. What the system does not say is an empty text.

    `started` is in clock ticks since the boot; `pid_space` is the number of the PID namespace; `machine` is
    made from the machine's id, which itself is not to be given away, as machine-id(5) says.
    """

    pid: int
    host: str
    boot: str = ""
    started: str = ""
    pid_space: str = ""
    machine: str = ""

    @classmethod
    def of_this_process(cls) -> ProcessIdentity:
        """Return that of the process that calls it."""
        return _identity(os.getpid(), os.uname().nodename)

    def has_ended(self, process: ProcessIdentity) -> bool | None:
        """Return whether `process` has ended, as this process sees it; None if that is unknown.

        * Of another PID namespace, such as a container, of another machine, and of another host name where
          the boot is unknown, it is unknown: a session there may well live.
        * A process of an earlier boot of this machine has ended.
        * Where no process has the number, it has ended, even without /proc, as on macOS, the BSDs and in some
          containers: `kill(pid, 0)` says ESRCH there as everywhere. EPERM means that there is one.
        * Where one has the number, it lives if it is known to be of this boot and namespace, and the start,
          if both are known, is the same. Otherwise that is unknown: the number may be another process's.
        """
        boots_known, spaces_known = (
            bool(self.boot and process.boot),
            bool(self.pid_space and process.pid_space),
        )
        if boots_known and process.boot != self.boot:
            same_machine = self.machine and (process.machine, process.host) == (self.machine, self.host)
            return True if same_machine else None
        if spaces_known and process.pid_space != self.pid_space:
            return None
        surely_here = boots_known and process.pid_space == self.pid_space
        if not surely_here and (process.host != self.host or self._is_other_machine(process)):
            return None
        if not _runs(process):
            return True
        return False if surely_here else None

    def may_share_locks(self, process: ProcessIdentity) -> bool:
        """Return whether `process` runs, or ran, on the same system, whose locks hold back both."""
        same_boot = process.boot == self.boot or not (process.boot and self.boot)
        return process.host == self.host and same_boot

    def _is_other_machine(self, process: ProcessIdentity) -> bool:
        return bool(self.machine and process.machine) and process.machine != self.machine


class SessionNames:
    """Names sessions so that each says which process it is, and tells from a name whether that has ended.

    A name is a random word, then the parts of the process's identity, the host last.
    """

    def __init__(self, own: ProcessIdentity) -> None:
        self._own = own

    def name(self, word: str) -> str:
        """Return the name of a session of this process that `word` tells from all others."""
        own = self._own
        parts = (word, str(own.pid), own.started, own.boot, own.pid_space, own.machine, own.host)
        return " ".join(part or "-" for part in parts)

    def has_ended(self, name: str) -> bool | None:
        """Return whether the session of that name has ended; None if that is unknown here.

        Nobody can from a name that was given by an earlier version.
        """
        parts = ["" if part == "-" else part for part in name.split(" ", 6)]
        if len(parts) < 7 or not parts[1].isdigit():
            return None
        _, pid, started, boot, pid_space, machine, host = parts
        return self._own.has_ended(ProcessIdentity(int(pid), host, boot, started, pid_space, machine))


@lru_cache(maxsize=1)
def _identity(pid: int, host: str) -> ProcessIdentity:
    """Return the identity of this process, found out once: every save writes it into the lock file."""
    boot = _text(Path("/proc/sys/kernel/random/boot_id"))
    return ProcessIdentity(pid, host, boot, _state_and_start(pid)[1], _pid_space(), _machine())


def _runs(process: ProcessIdentity) -> bool:
    """Return whether a process of this PID namespace runs; one that cannot be looked at may."""
    state, started = _state_and_start(process.pid)
    if started:
        return state not in _ENDED and process.started in ("", started)
    try:  # /proc may be missing, or hide the processes of others
        os.kill(process.pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _state_and_start(pid: int) -> tuple[str, str]:
    """Return the state of a process and when it started; empty texts if the system does not say."""
    fields = _text(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return (fields[0], fields[19]) if len(fields) > 19 else ("", "")


def _pid_space() -> str:
    try:
        return os.readlink("/proc/self/ns/pid").strip("pid:[]")
    except OSError:
        return ""


def _machine() -> str:
    """Return what identifies this machine; empty if it has no id."""
    import hashlib  # only a lock that is taken, or a run of the app, asks for it

    id_ = next(filter(None, map(_text, _MACHINE_IDS)), "")
    return hashlib.sha256(f"warmcall {id_}".encode()).hexdigest()[:16] if id_ else ""


def _text(path: Path) -> str:
    """Return the text of a file of the system; empty if there is none."""
    with suppress(OSError, ValueError):
        return path.read_text(encoding="utf-8").strip()
    return ""
