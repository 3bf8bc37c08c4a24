"""Holding: which session runs an interview, when several are open on one file.

Only the session that holds it writes; another that opens it looks on, until it takes it over. What the other
typed is kept, for the file puts the words of both together. Nobody can tell a slow session from a dead one,
so nothing ends a hold by itself: resuming at start takes it over, and so does a key.
"""

from __future__ import annotations

from warmcall.domain.records import Interview, replace
from warmcall.domain.store import Store
from warmcall.services.history import History


class InterviewLock:
    """Takes, asks for and gives back the hold on an interview; no undo touches it."""

    def __init__(self, store: Store, history: History, session: str) -> None:
        self._store = store
        self._history = history
        self._session = session

    def held_elsewhere(self, interview: Interview) -> bool:
        """Return whether another session holds an interview that is under way."""
        return interview.countdown.going and interview.held_by not in ("", self._session)

    def take_over(self, interview_id: str) -> None:
        """Have this session run it from now on, whoever did so far."""
        interview = self._store.get(Interview, interview_id)
        if interview is not None and interview.countdown.going:
            self._put(interview, self._session)

    def acquire(self, interview_id: str) -> None:
        """Have this session run it if none does."""
        interview = self._store.get(Interview, interview_id)
        if interview is not None and not interview.held_by:
            self.take_over(interview_id)

    def release(self) -> None:
        """Give back what this session holds: it ends, and another may go on."""
        for interview in [
            interview for interview in self._store.all(Interview) if interview.held_by == self._session
        ]:
            self._put(interview, "")

    def _put(self, interview: Interview, session: str) -> None:
        if not self._history.read_only:
            held = replace(interview, held_by=session, held_since=self._history.now() if session else None)
            self._history.commit("who runs the interview", held, undoable=False)
