"""The one writer: a thread that makes changes durable, in order, while the screens go on.

It also looks once a second whether somebody else changed the file, and passes on what is new.
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
from warmcall.storage.state_file import ExternalChanges, StateFile

RETRY_SECONDS = (1.0, 2.0, 5.0, 10.0)
"""Waits between tries after a failed save: soon at first, then often enough to notice free room."""

LOOK_SECONDS = 1.0
"""How often the file is looked at: a stat, so that another session's change shows within two seconds."""

LAST_TRIES_SECONDS = 0.2
"""Waits between tries once the program wants to end."""

EDITS_AT_ONCE = 200
"""Edits of other sessions passed on in one part."""

FULL = (errno.ENOSPC, errno.EDQUOT)
REASONS = {
    errno.ENOSPC: "disk full",
    errno.EDQUOT: "quota used up",
    errno.EFBIG: "file size limit reached",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "no permission",
    errno.EPERM: "no permission",
    errno.EIO: "disk error",
}


class SaveState(msgspec.Struct, frozen=True):
    """What the bar says: how many changes are not on disk yet, and why if a save failed."""

    unsaved: int = 0
    reason: str = ""


class _Call(Enum):
    """What wakes the writer: a new change, a wish to try at once, the wish to end."""

    CHANGE = auto()
    NOW = auto()
    STOP = auto()


class Writer:
    """Takes changes from the screens and saves them from a thread of its own.

    All that wait are saved as one write. A save that fails is tried again until it succeeds.
    """

    def __init__(self, file: StateFile) -> None:
        self._file = file
        self._waiting: list[Change] = []
        self._guard = threading.RLock()  # a signal handler may put a change in the middle of a put
        self._calls: queue.SimpleQueue[_Call] = queue.SimpleQueue()  # which a signal handler may use too
        self._drains: list[threading.Event] = []
        self._state = SaveState()
        self._last_try: float | None = None
        self._tell: Callable[[SaveState], None] = lambda _state: None
        self._pass_on: Callable[[ExternalChanges], None] = lambda _news: None
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    @property
    def state(self) -> SaveState:
        """What is saved and what is not, at this moment."""
        return self._state

    def on_state(self, tell: Callable[[SaveState], None]) -> None:
        """Have `tell` called, from the writer's thread, whenever the state changes."""
        self._tell = tell

    def on_external_changes(self, pass_on: Callable[[ExternalChanges], None]) -> None:
        """Have `pass_on` called, from the writer's thread, with what other sessions changed."""
        self._pass_on = pass_on

    def put(self, change: Change) -> None:
        """Take `change` to be saved; returns at once."""
        with self._guard:
            self._waiting.append(change)
        self._calls.put(_Call.CHANGE)

    def retry(self) -> None:
        """Try a save that failed again now, not at the end of its wait."""
        self._calls.put(_Call.NOW)

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
        """Save what waits, trying for `seconds` at most, and end the thread; return whether that was done."""
        self._last_try = time.monotonic() + seconds
        self._calls.put(_Call.STOP)
        self._thread.join(seconds)
        return not self._waiting

    def write_copy(self, path: Path) -> None:
        """Write the file, with everything not saved yet, to another place.

        Raises:
            OSError: if it cannot be written there.
        """
        with self._guard:
            waiting = list(self._waiting)
        self._file.write_copy(path, waiting)

    def _work(self) -> None:
        failures = 0
        while True:
            call = self._next_call(failures)
            if self._waiting:
                failures = 0 if self._save(failures) else failures + 1
            if call is None or failures:
                self._look()
            stopping = self._last_try
            if stopping is not None and (not self._waiting or time.monotonic() >= stopping):
                return

    def _next_call(self, failures: int) -> _Call | None:
        """Wait for something to do; None means that it is time to look, or to try again.

        After a failure nothing but a word hurries the next try.
        """
        seconds = RETRY_SECONDS[min(failures, len(RETRY_SECONDS)) - 1] if failures else LOOK_SECONDS
        if self._last_try is not None:
            seconds = min(seconds, LAST_TRIES_SECONDS, max(self._last_try - time.monotonic(), 0))
        end = time.monotonic() + seconds
        while True:
            try:
                call = self._calls.get(timeout=max(end - time.monotonic(), 0))
            except queue.Empty:
                return None
            if not failures or call is not _Call.CHANGE:
                return call
            self._say(self._state.reason)

    def _look(self) -> None:
        """Pass on what is new in the file; what is half written now is whole the next time."""
        with suppress(OSError, BadStateFile):
            self._tell_news(self._file.look())

    def _save(self, failures: int) -> bool:
        with self._guard:
            batch = list(self._waiting)
        self._say(self._state.reason)
        try:
            news = self._save_with_room(batch)
        except Exception as error:  # whatever it is, it must be told, not end the one thread that saves
            half_written = isinstance(error, BadStateFile) and not failures
            self._say(self._state.reason if half_written else reason_of(error))
            return False
        with self._guard:
            del self._waiting[: len(batch)]
            drains, self._drains = (self._drains, []) if not self._waiting else ([], self._drains)
        self._say("")
        self._tell_news(news)
        for done in drains:
            done.set()
        return True

    def _save_with_room(self, batch: list[Change]) -> ExternalChanges:
        """Save; on a full disk give up backups, the oldest first, as long as that may help."""
        while True:
            try:
                return self._file.save(batch)
            except OSError as error:
                if error.errno not in FULL or not self._gave_room():
                    raise

    def _gave_room(self) -> bool:
        try:
            return self._file.backups.give_up_oldest()
        except OSError:
            return False

    def _tell_news(self, news: ExternalChanges) -> None:
        """Pass on `news` in parts, none of which keeps the screens from the next key."""
        if news:
            for part in news.sliced(EDITS_AT_ONCE):
                with suppress(Exception):  # a listener that is gone must not stop the saving
                    self._pass_on(part)

    def _say(self, reason: str) -> None:
        state = SaveState(len(self._waiting), reason)
        if state != self._state:
            self._state = state
            with suppress(Exception):  # a listener that is gone must not stop the saving
                self._tell(state)


def reason_of(error: Exception) -> str:
    """Return why a save failed, in a few words for the bar."""
    if isinstance(error, BadStateFile):
        return error.what
    if isinstance(error, LockBusy):
        return f"another session is writing ({error.holder or 'unknown'})"
    if isinstance(error, OSError):
        return REASONS.get(error.errno or 0) or (error.strerror or str(error)).lower()
    return str(error) or type(error).__name__
