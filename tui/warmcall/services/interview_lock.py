"""The lock on an interview: which session runs it when several are open on one file.

Only the session that holds the lock writes; any other shows the interview read-only until it takes the lock
over. What the other session typed is kept, since the file merges the words of both. A session that has ended
holds nothing, whether it was killed or the machine was started again. Whether a session on another machine,
or in another container, lives is unknown: it is believed for `BELIEVED` after its last sign. The lock of a
session that lives never expires, however slow it is: resuming at the start takes it over, and so does a key.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from warmcall.domain.meeting import last_activity
from warmcall.domain.records import Interview, replace
from warmcall.domain.store import Store
from warmcall.services.history import History

BELIEVED = timedelta(hours=1)
"""How long a session holds a lock after its last sign, where it is unknown whether it lives: a note, a pause,
or that it got the lock. No interview of twenty minutes is so long without one."""

CheckSession = Callable[[str], bool | None]
"""Returns whether the session of that name has ended; None if that is unknown here."""


class InterviewLock:
    """Acquires, takes over and releases the lock; undo does not touch it."""

    def __init__(self, store: Store, history: History, session: str, has_ended: CheckSession) -> None:
        self._store = store
        self._history = history
        self._session = session
        self._has_ended = has_ended

    def held_elsewhere(self, interview: Interview) -> bool:
        """Return whether the interview is going on and another session, which lives, holds its lock."""
        if not interview.countdown.going or interview.held_by in ("", self._session):
            return False
        ended = self._has_ended(interview.held_by)
        if ended is not None:
            return not ended
        last_sign = max(filter(None, (last_activity(interview), interview.held_since)))
        return self._history.now() - last_sign <= BELIEVED

    def take_over(self, interview_id: str) -> None:
        """Give this session the lock of an interview that is going on, whoever holds it."""
        interview = self._store.get(Interview, interview_id)
        if interview is not None and interview.countdown.going:
            self._put(interview, self._session)

    def acquire(self, interview_id: str) -> None:
        """Give this session the lock of an interview that is going on, if no session that lives holds it."""
        interview = self._store.get(Interview, interview_id)
        if interview is None or interview.held_by == self._session or self.held_elsewhere(interview):
            return
        self.take_over(interview_id)

    def inherit(self, interview: Interview) -> None:
        """Give this session the lock of an interview that goes on, and whose session ended without a word."""
        if interview.countdown.going and interview.held_by and not self.held_elsewhere(interview):
            self.acquire(interview.id)

    def release(self) -> None:
        """Release every lock this session holds, as it ends."""
        for interview in [
            interview for interview in self._store.all(Interview) if interview.held_by == self._session
        ]:
            self._put(interview, "")

    def _put(self, interview: Interview, session: str) -> None:
        if not self._history.read_only:
            held = replace(interview, held_by=session, held_since=self._history.now() if session else None)
            self._history.commit("who runs the interview", held, undoable=False)
