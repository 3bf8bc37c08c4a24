"""The lock on an interview: which session runs it when several are open on one file.

Only the session that holds the lock writes; any other shows the interview read-only until it takes the lock
over. What the other session typed is kept, since the file merges the words of both. A slow session cannot
be told from a dead one, so the lock never expires: resuming at the start takes it over, and so does a key.
"""

from __future__ import annotations

from warmcall.domain.records import Interview, replace
from warmcall.domain.store import Store
from warmcall.services.history import History


class InterviewLock:
    """Acquires, takes over and releases the lock; undo does not touch it."""

    def __init__(self, store: Store, history: History, session: str) -> None:
        self._store = store
        self._history = history
        self._session = session

    def held_elsewhere(self, interview: Interview) -> bool:
        """Return whether the interview is going on and another session holds its lock."""
        return interview.countdown.going and interview.held_by not in ("", self._session)

    def take_over(self, interview_id: str) -> None:
        """Give this session the lock of an interview that is going on, whoever holds it."""
        interview = self._store.get(Interview, interview_id)
        if interview is not None and interview.countdown.going:
            self._put(interview, self._session)

    def acquire(self, interview_id: str) -> None:
        """Give this session the lock of an interview that is going on, if no session holds it."""
        interview = self._store.get(Interview, interview_id)
        if interview is not None and not interview.held_by:
            self.take_over(interview_id)

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
