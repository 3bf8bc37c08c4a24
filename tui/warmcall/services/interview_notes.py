"""The notes of an interview: which question it is at, and what is written under each."""

from __future__ import annotations

import msgspec

from warmcall.domain.minute_marks import minute_mark
from warmcall.domain.records import Interview, replace
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import QuestionState
from warmcall.services.clock import Timekeeper
from warmcall.services.history import History
from warmcall.services.undo_span import UndoSpan


class InterviewNotes:
    """Moves between the questions of a meeting and keeps what is written; every method is one change.

    Every method raises KeyError if there is no such interview.
    """

    def __init__(self, store: Store, history: History, time: Timekeeper) -> None:
        self._store = store
        self._history = history
        self._time = time
        self._span = UndoSpan()

    def go_to(self, interview_id: str, question_id: str, leaving: str | None = None) -> None:
        """Remember which question the meeting is at; the one left counts as asked if it has notes.

        `leaving` is the question left where that is not the one the interview was at.
        """
        interview = self._store.require(Interview, interview_id)
        self._span.end()
        left_id = interview.current if leaving is None else leaving
        moved = _moved(interview, question_id, left_id)
        if moved.checklist == interview.checklist:
            self._history.commit("question", moved, undoable=False)
        else:
            self._history.commit("asked", moved)

    def add(self, interview_id: str, question_id: str, text: str) -> None:
        """Go to a question and add a line to what is written under it, as one change.

        It begins with its minute if the notes have minutes. The question left counts as asked as in `go_to`.
        """
        interview, now = self._store.require(Interview, interview_id), self._time.now()
        self._span.end()
        before = interview.notes.get(question_id, "").rstrip()
        going = interview.stamped and interview.countdown.going
        mark = minute_mark(*self._time.anchored(interview.countdown)) if going else ""
        notes = interview.notes | {question_id: f"{before}\n{mark}{text}" if before else f"{mark}{text}"}
        moved = _moved(interview, question_id, interview.current) if question_id else interview
        self._history.commit("notes", replace(moved, notes=notes, last_note_at=now))

    def write(self, interview_id: str, question_id: str, text: str) -> None:
        """Keep what was written under a question; the empty id is for notes that belong to none.

        What is written within UNDO_SPAN, without going to another question, is undone together.
        """
        interview, now = self._store.require(Interview, interview_id), self._time.now()
        if interview.notes.get(question_id) == text:
            return
        notes = interview.notes | {question_id: text}
        merge = self._span.name(f"notes {interview_id} {question_id}", now)
        self._history.commit("notes", replace(interview, notes=notes, last_note_at=now), merge=merge)

    def toggle_minutes(self, interview_id: str) -> None:
        """Turn on or off that each new line of the notes begins with its minute."""
        interview = self._store.require(Interview, interview_id)
        self._history.commit("minutes on the notes", replace(interview, stamped=not interview.stamped))


def _moved(interview: Interview, question_id: str, left_id: str) -> Interview:
    """Return `interview` at another question; the one left counts as asked if it has notes and is open."""
    checklist = tuple(
        msgspec.structs.replace(question, state=QuestionState.ASKED)
        if question.id == left_id != question_id
        and question.state is QuestionState.OPEN
        and interview.notes.get(left_id, "").strip()
        else question
        for question in interview.checklist
    )
    return replace(interview, current=question_id, checklist=checklist)
