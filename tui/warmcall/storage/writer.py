"""The one writer: a thread that makes changes durable, in order, while the screens go on.

Pieces of a text that is being written go to the session's typing file, which the next save folds into the
state file. Of everything else the first change is saved at once, and those that follow are saved together: so
seldom that the writer is busy for a tenth of the time, but each within half a second, and where a save takes
so long that both cannot hold, the half second does.

Once a second the writer also checks whether another session or program changed the file, and reports what is
new.
"""

from __future__ import annotations

import errno
import math
import queue
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path

import msgspec

from warmcall.config.safe_files import FileRefused
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

MOST_UNSAVED_SECONDS = 0.5
"""How old a change becomes before it is durable: a save begins so early that it ends by then, if it takes no
longer than those before. Where one takes over half as long, a change put meanwhile waits for two saves."""

PAUSE_PER_SAVE = 9.0
"""How many times as long as the last save took the next one waits, unless a change gets too old: the writer
is then busy for a tenth of the time. Where a save takes over 50 ms both cannot hold, and the age counts."""

SLOWEST_KEPT = 0.8
"""What is left, after each save, of the longest time that one took lately: changes are saved early by it."""

LAST_BACKUP_SECONDS = 1.0
"""How long the end of the program may wait for a backup: the next run makes another one soon."""

EDITS_AT_ONCE = 200
"""How many edits of other sessions are reported in one part."""

FULL = (errno.ENOSPC, errno.EDQUOT)
"""Errors that free space may help against."""

REASONS = {
    errno.ENOSPC: ("disk full", "free some space"),
    errno.EDQUOT: ("quota used up", "remove files of yours that are not needed"),
    errno.EFBIG: ("file size limit reached", "see `ulimit -f`"),
    errno.EROFS: ("the disk is read-only", "make it writable again; see `mount` and the system's log"),
    errno.EACCES: ("no permission", "check with ls -ld who may write to its folder"),
    errno.EPERM: ("no permission", "check with ls -ld who may write to its folder"),
    errno.EIO: ("disk error", "see the system's log"),
}
"""Why a save failed, in the words of the bar, and what the user can do, by error number."""


class SaveState(msgspec.Struct, frozen=True):
    """How many changes are not in the state file yet, and, if a save failed, why and what to do about it.

    `kept` says that none of them can be lost any more: they are durable beside the state file.
    """

    unsaved: int = 0
    reason: str = ""
    fix: str = ""
    kept: bool = False


class _Wake(Enum):
    """What wakes the writer's thread: a new change, a request to save all at once, the request to end."""

    CHANGE = auto()
    SAVE = auto()
    STOP = auto()


class Writer:
    """Saves changes in the background, from its own thread.

    The first change after a pause is saved at once, and those that follow together, as often as a save costs
    little enough. A save that fails is tried again until it succeeds. With `folds` it also folds what other
    sessions left in their typing files; where nothing may be written it must not. `check_copy` raises OSError
    for a path at which no copy may be written.
    """

    def __init__(
        self, file: StateFile, folds: bool = True, check_copy: Callable[[Path], None] = lambda _path: None
    ) -> None:
        self._file = file
        self._check_copy = check_copy
        self._folds = folds
        self._waiting: list[Change] = []
        self._put_at: list[float] = []  # when each of them was put, by the monotonic clock
        self._save_cost = self._slowest = 0.0
        # Instants of the monotonic clock: the end of the last save; when to poll, to fold and to try again.
        self._saved_at = self._poll_at = self._retry_at = 0.0
        self._fold_at = math.inf
        self._fold_failures = 0
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
            self._put_at.append(time.monotonic())  # before the change: the writer reads it without the guard
            self._waiting.append(change)
        self._wakes.put(_Wake.CHANGE)

    def keep_backup(self, event: str) -> None:
        """Have the file as the next save finds it kept as a backup of before `event`, such as a merge."""
        self._file.backups.keep_before_next_save(event)

    def save_now(self) -> None:
        """Save everything into the state file soon, what was typed and what could not be saved included."""
        self._wakes.put(_Wake.SAVE)

    def drain(self, seconds: float) -> bool:
        """Wait at most `seconds` until everything is on disk; return whether it is.

        What was typed is in the state file then, if that can be written, and else in the typing file.
        """
        done = threading.Event()
        with self._guard:
            if not self._waiting and not self._file.has_typed:
                return True
            self._drains.append(done)
        self.save_now()
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
            OSError: if it cannot or must not be written there.
        """
        self._check_copy(path)
        with self._guard:
            waiting = list(self._waiting)
        self._file.write_copy(path, waiting)

    def _run(self) -> None:
        failures = 0
        while True:
            wake = self._next_wake(self._next_save(failures))
            at_once = wake is _Wake.SAVE or self._deadline is not None
            if at_once or time.monotonic() >= self._next_save(failures):
                failures = 0 if self._save(failures, at_once) else failures + 1
                if failures:
                    wait = RETRY_SECONDS[min(failures, len(RETRY_SECONDS)) - 1]
                    self._retry_at = time.monotonic() + wait
            if failures or at_once or time.monotonic() >= self._poll_at:
                self._check_for_changes()
                self._poll_at = time.monotonic() + POLL_SECONDS
            if wake is None and not failures:
                self._write_backups(self._is_idle)
            deadline = self._deadline
            done = not self._waiting and not self._file.has_typed
            if deadline is not None and (done or time.monotonic() >= deadline):
                self._write_last_backups(min(deadline, time.monotonic() + LAST_BACKUP_SECONDS))
                return

    def _next_save(self, failures: int) -> float:
        """Return at which instant the next save is due; infinity if there is nothing to save.

        After a failure a new change does not shorten the wait.
        """
        if failures:
            return self._retry_at
        if not self._waiting:
            return self._fold_at
        return due_at(self._put_at[0], self._saved_at, self._save_cost, self._slowest)

    def _next_wake(self, until: float) -> _Wake | None:
        """Wait for something to do, at most until that instant or that of the next poll."""
        end = min(until, self._poll_at)
        if self._deadline is not None:
            end = min(end, self._deadline, time.monotonic() + STOP_RETRY_SECONDS)
        try:
            wake = self._wakes.get(timeout=max(end - time.monotonic(), 0))
        except queue.Empty:
            return None
        self._report_state(self._state.reason, self._state.fix)
        return wake

    def _check_for_changes(self) -> None:
        """Report what is new in the file; one that is half written now will be complete the next time."""
        with suppress(OSError, BadStateFile):
            self._report_changes(self._file.check_for_changes())
            if self._fold_due and not self._fold_failures:
                self._fold_at = time.monotonic()

    def _is_idle(self) -> bool:
        """Return whether there is nothing to do at this moment."""
        return self._wakes.empty() and time.monotonic() < self._next_save(0)

    def _write_backups(self, may_go_on: Callable[[], bool]) -> None:
        """Write the backups that wait, piece by piece as long as `may_go_on`; say once if space is short."""
        with suppress(Exception):  # a backup that fails must not stop the saving
            self._file.backups.write_waiting(may_go_on)
        if notice := self._file.backups.new_notice():
            self._report_changes(ExternalChanges(messages=(notice,)))

    def _write_last_backups(self, end: float) -> None:
        """Write the backups that wait, until `end` by the monotonic clock."""
        self._write_backups(lambda: time.monotonic() < end)

    def _save(self, failures: int, at_once: bool) -> bool:
        """Make durable what waits; return whether it is. With `at_once` what was typed is folded, too."""
        with self._guard:
            batch = list(self._waiting)
        if not (batch or self._file.has_typed or self._fold_due):
            self._fold_at = math.inf
            self._set_drained()
            return True
        start = time.monotonic()
        self._report_state(self._state.reason, self._state.fix)
        typed = bool(batch) and not at_once and all(change.merge for change in batch)
        try:
            found = ExternalChanges()
            if not typed or not self._file.keep_typed(batch):
                found = self._save_or_free_space(batch)
        except Exception as error:  # any error must be reported, and not end the one thread that saves
            half_written = isinstance(error, BadStateFile) and not (failures or self._fold_failures)
            kept = not batch or self._keep_unsaved(batch)
            self._fold_failures = self._fold_failures + 1 if kept else 0
            wait = RETRY_SECONDS[min(self._fold_failures, len(RETRY_SECONDS)) - 1]
            self._fold_at = time.monotonic() + wait
            if half_written:
                self._report_state(self._state.reason, self._state.fix)
            else:
                self._report_state(*reason_of(error))
            self._set_drained()
            return kept  # what is in a typing file is durable, and what is typed next must not wait
        with self._guard:
            del self._waiting[: len(batch)], self._put_at[: len(batch)]
        self._saved_at = time.monotonic()
        self._save_cost = self._saved_at - start
        self._slowest = max(self._save_cost, SLOWEST_KEPT * self._slowest)
        self._fold_at = self._saved_at + self._file.quiet_seconds if self._file.has_typed else math.inf
        if not typed:
            self._fold_failures = 0
        elif self._fold_failures:
            self._fold_at = self._saved_at + RETRY_SECONDS[min(self._fold_failures, len(RETRY_SECONDS)) - 1]
        self._report_state(*(self._state.reason, self._state.fix) if self._fold_failures else ("", ""))
        self._report_changes(found)
        self._set_drained()
        return True

    def _keep_unsaved(self, batch: list[Change]) -> bool:
        """Have changes that cannot be saved kept beside the state file; return whether they are."""
        with suppress(Exception):
            if self._file.keep_unsaved(batch):
                with self._guard:
                    del self._waiting[: len(batch)], self._put_at[: len(batch)]
                return True
        return False

    @property
    def _fold_due(self) -> bool:
        return self._folds and self._file.fold_due

    def _set_drained(self) -> None:
        """Let those go on who wait until everything is on disk, if it is."""
        with self._guard:
            drains, self._drains = (self._drains, []) if not self._waiting else ([], self._drains)
        for done in drains:
            done.set()

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

    def _report_state(self, reason: str, fix: str) -> None:
        """Call the listener if the state is another one now."""
        waiting = len(self._waiting)
        kept = bool(self._fold_failures and not waiting)
        state = SaveState(waiting or int(kept), reason, fix, kept)
        if state != self._state:
            self._state = state
            with suppress(Exception):  # an error of the listener must not stop the saving
                self._on_state(state)


def due_at(put_at: float, saved_at: float, cost: float, slowest: float) -> float:
    """Return at which instant to save a change that was put at `put_at`, when the last save ended `saved_at`.

    `cost` is how many seconds that save took, `slowest` how many one took lately at most.
    """
    return min(saved_at + PAUSE_PER_SAVE * cost, put_at + MOST_UNSAVED_SECONDS - slowest)


def reason_of(error: Exception) -> tuple[str, str]:
    """Return why a save failed, in a few words for the bar, and what to do; empty if that is not known."""
    if isinstance(error, BadStateFile):
        return error.what, error.fix
    if isinstance(error, LockBusy):
        return f"another session is writing ({error.holder or 'unknown'})", ""
    if isinstance(error, OSError) and (error.errno or 0) in REASONS:
        return REASONS[error.errno or 0]
    if isinstance(error, FileRefused):
        return error.what, error.fix
    if isinstance(error, OSError):
        return (error.strerror or str(error)).lower(), ""
    return str(error) or type(error).__name__, ""
