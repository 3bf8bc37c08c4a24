"""The one writer: a thread that makes changes durable, in order, while the screens go on.

Once a second it also checks whether another session or program changed the file, and reports what is new.
"""

from __future__ import annotations

import errno
import queue
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path

import msgspec

from warmcall.domain.change import Change
from warmcall.storage.errors import BadStateFile
from warmcall.storage.lock import LockBusy
from warmcall.storage.session_view import ExternalChanges
from warmcall.storage.state_file import StateFile

RETRY_SECONDS = (1.0, 2.0, 5.0, 10.0)
"""Waits between tries after a failed save: short at first, then often enough to notice free space."""

POLL_SECONDS = 1.0
"""How often the file is checked, by its attributes: another session's change shows within two seconds."""

STOP_RETRY_SECONDS = 0.2
"""Waits between tries once the program ends."""

EDITS_AT_ONCE = 200
"""How many edits of other sessions are reported in one part."""

FULL = (errno.ENOSPC, errno.EDQUOT)
"""Errors that free space may help against."""

REASONS = {
    errno.ENOSPC: "disk full",
    errno.EDQUOT: "quota used up",
    errno.EFBIG: "file size limit reached",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "no permission",
    errno.EPERM: "no permission",
    errno.EIO: "disk error",
}
"""Why a save failed, in the words of the bar, by error number."""


class SaveState(msgspec.Struct, frozen=True):
    """How many changes are not on disk yet, and, if a save failed, the reason."""

    unsaved: int = 0
    reason: str = ""


class _Wake(Enum):
    """What wakes the writer's thread: a new change, a request to try at once, the request to end."""

    CHANGE = auto()
    RETRY = auto()
    STOP = auto()


class Writer:
    """Saves changes in the background, from its own thread.

    All that wait are saved in one write. A save that fails is tried again until it succeeds.
    """

    def __init__(self, file: StateFile) -> None:
        self._file = file
        self._waiting: list[Change] = []
        self._guard = threading.RLock()  # re-entrant: a signal handler may call `put` during a `put`
        self._wakes: queue.SimpleQueue[_Wake] = queue.SimpleQueue()  # a signal handler may use it, too
        self._drains: list[threading.Event] = []
        self._state = SaveState()
        self._deadline: float | None = None
        self._on_state: Callable[[SaveState], None] = lambda _state: None
        self._on_external_changes: Callable[[ExternalChanges], None] = lambda _changes: None
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    @property
    def state(self) -> SaveState:
        """What is not on disk at this moment."""
        return self._state

    def on_state(self, listener: Callable[[SaveState], None]) -> None:
        """Call `listener`, in the writer's thread, whenever the state changes."""
        self._on_state = listener

    def on_external_changes(self, listener: Callable[[ExternalChanges], None]) -> None:
        """Call `listener`, in the writer's thread, with what other sessions changed."""
        self._on_external_changes = listener

    def put(self, change: Change) -> None:
        """Add `change` to those that wait to be saved; return at once."""
        with self._guard:
            self._waiting.append(change)
        self._wakes.put(_Wake.CHANGE)

    def retry(self) -> None:
        """Try a failed save again now instead of at the end of its wait."""
        self._wakes.put(_Wake.RETRY)

    def drain(self, seconds: float) -> bool:
        """Wait at most `seconds` until everything is on disk; return whether it is."""
        done = threading.Event()
        with self._guard:
            if not self._waiting:
                return True
            self._drains.append(done)
        self.retry()
        return done.wait(seconds)

    def stop(self, seconds: float) -> bool:
        """Save what waits, trying for at most `seconds`, and end the thread; return whether it is on disk."""
        self._deadline = time.monotonic() + seconds
        self._wakes.put(_Wake.STOP)
        self._thread.join(seconds)
        return not self._waiting

    def write_copy(self, path: Path) -> None:
        """Write a copy of the file, with everything that is not saved yet, to `path`.

        Raises:
            OSError: if it cannot be written there.
        """
        with self._guard:
            waiting = list(self._waiting)
        self._file.write_copy(path, waiting)

    def _run(self) -> None:
        failures = 0
        while True:
            wake = self._next_wake(failures)
            if self._waiting:
                failures = 0 if self._save(failures) else failures + 1
            if wake is None or failures:
                self._check_for_changes()
            deadline = self._deadline
            if deadline is not None and (not self._waiting or time.monotonic() >= deadline):
                return

    def _next_wake(self, failures: int) -> _Wake | None:
        """Wait for something to do; None means that it is time to check the file, or to try again.

        After a failure a new change does not shorten the wait.
        """
        seconds = RETRY_SECONDS[min(failures, len(RETRY_SECONDS)) - 1] if failures else POLL_SECONDS
        if self._deadline is not None:
            seconds = min(seconds, STOP_RETRY_SECONDS, max(self._deadline - time.monotonic(), 0))
        end = time.monotonic() + seconds
        while True:
            try:
                wake = self._wakes.get(timeout=max(end - time.monotonic(), 0))
            except queue.Empty:
                return None
            if not failures or wake is not _Wake.CHANGE:
                return wake
            self._report_state(self._state.reason)

    def _check_for_changes(self) -> None:
        """Report what is new in the file; one that is half written now will be complete the next time."""
        with suppress(OSError, BadStateFile):
            self._report_changes(self._file.check_for_changes())

    def _save(self, failures: int) -> bool:
        with self._guard:
            batch = list(self._waiting)
        self._report_state(self._state.reason)
        try:
            found = self._save_or_free_space(batch)
        except Exception as error:  # any error must be reported, and not end the one thread that saves
            half_written = isinstance(error, BadStateFile) and not failures
            self._report_state(self._state.reason if half_written else reason_of(error))
            return False
        with self._guard:
            del self._waiting[: len(batch)]
            drains, self._drains = (self._drains, []) if not self._waiting else ([], self._drains)
        self._report_state("")
        self._report_changes(found)
        for done in drains:
            done.set()
        return True

    def _save_or_free_space(self, batch: list[Change]) -> ExternalChanges:
        """Save; on a full disk remove backups, the oldest first, as long as that may help."""
        while True:
            try:
                return self._file.save(batch)
            except OSError as error:
                if error.errno not in FULL or not self._removed_backup():
                    raise

    def _removed_backup(self) -> bool:
        try:
            return self._file.backups.remove_oldest()
        except OSError:
            return False

    def _report_changes(self, found: ExternalChanges) -> None:
        """Report changes of others in parts, so small that none delays the next key."""
        if found:
            for part in found.in_parts(EDITS_AT_ONCE):
                with suppress(Exception):  # an error of the listener must not stop the saving
                    self._on_external_changes(part)

    def _report_state(self, reason: str) -> None:
        """Call the listener if the state is another one now."""
        state = SaveState(len(self._waiting), reason)
        if state != self._state:
            self._state = state
            with suppress(Exception):  # an error of the listener must not stop the saving
                self._on_state(state)


def reason_of(error: Exception) -> str:
    """Return why a save failed, in a few words for the bar."""
    if isinstance(error, BadStateFile):
        return error.what
    if isinstance(error, LockBusy):
        return f"another session is writing ({error.holder or 'unknown'})"
    if isinstance(error, OSError):
        return REASONS.get(error.errno or 0) or (error.strerror or str(error)).lower()
    return str(error) or type(error).__name__
