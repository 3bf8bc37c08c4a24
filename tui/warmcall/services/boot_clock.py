"""The clock that counts from the start of the machine, its sleep included, and that nobody can set."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import timedelta
from functools import cached_property
from pathlib import Path

_LINUX_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_LINUX_RELEASE = Path("/proc/sys/kernel/osrelease")
_MAC_BOOT_ID = b"kern.bootsessionuuid"


class BootClock:
    """The clock since the start of the machine, where the system has one that goes on while it sleeps.

    On Linux it is CLOCK_BOOTTIME of clock_gettime(2). On macOS it is CLOCK_MONOTONIC, which counts sleep
    there, unlike `time.monotonic`: clock_gettime(3) of macOS. In the Windows Subsystem for Linux no clock
    counts while Windows sleeps, and other systems name no boot, so there is none.
    """

    def __init__(
        self,
        platform: str = sys.platform,
        boot_id: Path = _LINUX_BOOT_ID,
        release: Path = _LINUX_RELEASE,
        sysctl: Callable[[bytes], bytes] | None = None,
    ) -> None:
        self._platform = platform
        self._boot_id = boot_id
        self._release = release
        self._sysctl = sysctl or _sysctl

    @cached_property
    def boot_id(self) -> str:
        """What identifies this start of the machine, found out once; empty if there is no such clock."""
        try:
            self.read()
            if self._platform == "darwin":
                return self._sysctl(_MAC_BOOT_ID).decode("ascii").strip("\0 \n")
            if "microsoft" in self._release.read_text(encoding="utf-8", errors="replace").lower():
                return ""
            return self._boot_id.read_text(encoding="ascii").strip()
        except (OSError, ValueError, AttributeError):
            return ""

    def read(self) -> timedelta:
        """Return the time since the machine was started, its sleep included.

        Raises:
            AttributeError: if Python knows no such clock here.
            OSError: if the system has none.
        """
        clock = time.CLOCK_MONOTONIC if self._platform == "darwin" else time.CLOCK_BOOTTIME
        return timedelta(microseconds=time.clock_gettime_ns(clock) // 1000)


def _sysctl(name: bytes) -> bytes:
    """Return a text that the system keeps by that name, by sysctlbyname(3), which BSD and macOS have.

    Raises:
        AttributeError: if the system has no such call.
        OSError: if it knows no such name.
    """
    import ctypes  # on Linux nothing asks for it

    call = ctypes.CDLL(None, use_errno=True).sysctlbyname
    size = ctypes.c_size_t(256)
    text = ctypes.create_string_buffer(size.value)
    if call(name, text, ctypes.byref(size), None, ctypes.c_size_t(0)) != 0:
        raise OSError(ctypes.get_errno(), "sysctlbyname")
    return text.raw[: size.value]
