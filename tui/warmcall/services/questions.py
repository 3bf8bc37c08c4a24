"""The questions of an interview: which one it is at, what was asked and answered, and changes of the list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from warmcall.domain.records import ChecklistQuestion, Interview, replace
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import QuestionState
from warmcall.services.clock import Timekeeper
from warmcall.services.history import History

STRETCH = timedelta(seconds=60)
"""The most typing that one undo takes back."""


class Questions:
    """What can be done to the checklist and the notes of a meeting; every method is one change."""

    def __init__(self, store: Store, history: History, time: Timekeeper) -> None:
        self._store = store
        self._history = history
        self._time = time
        self._stretch = ("", "", datetime.min.replace(tzinfo=UTC))
        self._stretches = 0

    def go_to(self, interview_id: str, question_id: str, leaving: str | None = None) -> None:
        """Remember which question the meeting is at; the one left counts as asked if it has notes.

        `leaving` is the question left where that is not the one the interview was at.
        """
        interview = self._get(interview_id)
        self._stretch = ("", "", self._time.now())
        left_id = interview.current if leaving is None else leaving
        left = next((question for question in interview.checklist if question.id == left_id), None)
        moved = replace(interview, current=question_id)
        answered = left is not None and bool(interview.notes.get(left.id, "").strip())
        if left is None or left.state is not QuestionState.OPEN or not answered or left.id == question_id:
            self._history.commit("question", moved, undoable=False)
            return
        checklist = tuple(
            msgspec.structs.replace(question, state=QuestionState.ASKED)
            if question.id == left.id
            else question
            for question in interview.checklist
        )
        self._history.commit("asked", replace(moved, checklist=checklist))

    def write_notes(self, interview_id: str, question_id: str, text: str) -> None:
        """Keep what was written under a question; the empty id is for notes that belong to none.

        What is written within STRETCH, without going to another question, is undone together.
        """
        interview, now = self._get(interview_id), self._time.now()
        if interview.notes.get(question_id) == text:
            return
        notes = interview.notes | {question_id: text}
        of, under, since = self._stretch
        if (of, under) != (interview_id, question_id) or not since <= now < since + STRETCH:
            since = now
            self._stretch = (interview_id, question_id, since)
            self._stretches += 1
        merge = f"notes {interview_id} {question_id} {since:%Y-%m-%dT%H:%M:%S} {self._stretches}"
        self._put("notes", interview, merge=merge, notes=notes, last_note_at=now)

    def stamp_notes(self, interview_id: str) -> None:
        """Let each new line of the notes begin with its minute, or no longer."""
        interview = self._get(interview_id)
        self._put("minutes on the notes", interview, stamped=not interview.stamped)

    def mark(self, interview_id: str, question_id: str, state: QuestionState) -> None:
        """Mark a question asked, skipped or open again."""
        self._question(interview_id, question_id, f"{state}", state=state)

    def star(self, interview_id: str, question_id: str) -> None:
        """Star an answer worth thanking for, or take the star off."""
        interview = self._get(interview_id)
        starred = any(question.id == question_id and question.starred for question in interview.checklist)
        self._question(interview_id, question_id, "star", starred=not starred)

    def add_questions(
        self, interview_id: str, questions: Sequence[ChecklistQuestion], after: str = ""
    ) -> None:
        """Put questions on the checklist, in their order: behind `after`, else before the referral one.

        A referral question goes last, and one that is there already is left out.
        """
        interview = self._get(interview_id)
        listed = list(interview.checklist)
        present = {question.id for question in listed}
        fresh = [question for question in questions if question.id not in present]
        at = next((at + 1 for at, question in enumerate(listed) if question.id == after), None)
        if at is None:
            at = next((at for at, question in enumerate(listed) if question.referral), len(listed))
        listed[at:at] = [question for question in fresh if not question.referral]
        listed += [question for question in fresh if question.referral]
        label = "add a question" if len(fresh) == 1 else f"add {len(fresh)} questions"
        self._put(label, interview, checklist=tuple(listed))

    def own_question(self, ask: str) -> ChecklistQuestion:
        """Return a question of the user's own, not on any checklist yet."""
        return ChecklistQuestion(id=str(self._history.stamp()["id"]), ask=ask.strip())

    def reword(self, interview_id: str, question_id: str, ask: str) -> None:
        """Change the words of a question."""
        self._question(interview_id, question_id, "edit a question", ask=ask.strip())

    def move(self, interview_id: str, question_id: str, by: int) -> None:
        """Move a question up (negative) or down the checklist."""
        interview = self._get(interview_id)
        listed = list(interview.checklist)
        at = next((at for at, question in enumerate(listed) if question.id == question_id), None)
        if at is not None and 0 <= at + by < len(listed):
            listed.insert(at + by, listed.pop(at))
            self._put("move a question", interview, checklist=tuple(listed))

    def drop(self, interview_id: str, question_id: str) -> None:
        """Take a question off the checklist; what was written under it stays in the file.

        A meeting that was at it is then at the one behind it.
        """
        interview = self._get(interview_id)
        ids = [question.id for question in interview.checklist]
        kept = tuple(question for question in interview.checklist if question.id != question_id)
        current = interview.current
        if question_id in ids and current == question_id:
            current = (kept[min(ids.index(question_id), len(kept) - 1)].id) if kept else ""
        self._put("drop a question", interview, checklist=kept, current=current)

    def _get(self, interview_id: str) -> Interview:
        found = self._store.get(Interview, interview_id)
        if found is None:
            raise KeyError(interview_id)
        return found

    def _question(self, interview_id: str, question_id: str, label: str, **changes: object) -> None:
        interview = self._get(interview_id)
        checklist = tuple(
            msgspec.structs.replace(question, **changes) if question.id == question_id else question
            for question in interview.checklist
        )
        self._put(label, interview, checklist=checklist)

    def _put(self, label: str, interview: Interview, merge: str = "", **changes: object) -> None:
        self._history.commit(label, replace(interview, **changes), merge=merge)
