"""Interviewing: from the preparation to the debrief."""

from __future__ import annotations

from datetime import datetime

import msgspec

from tui.domain import cadence as rules
from tui.domain.book import Book
from tui.domain.cadence import Cadence
from tui.domain.meeting import begun
from tui.domain.records import (
    AnyRecord,
    ChecklistQuestion,
    Debrief,
    FollowUp,
    Interview,
    replace,
)
from tui.domain.vocabulary import FollowUpKind, Mode, QuestionState
from tui.services.address_book import AddressBook
from tui.services.calling import Calling
from tui.services.capturing import Capturing
from tui.services.clock import Timekeeper
from tui.services.history import History


class Interviewing:
    """What can be done to a meeting; every method is one change."""

    def __init__(
        self,
        book: Book,
        history: History,
        time: Timekeeper,
        cadence: Cadence,
        address_book: AddressBook,
        calling: Calling,
        capturing: Capturing,
        session: str,
    ) -> None:
        self._book = book
        self._history = history
        self._time = time
        self._cadence = cadence
        self._address_book = address_book
        self._calling = calling
        self._capturing = capturing
        self._session = session

    def arrange(self, contact_id: str, at: datetime, mode: Mode, place: str) -> Interview | None:
        """Plan a meeting, or move the one planned; its queue entries go with it."""
        contact = self._book.contact(contact_id)
        if contact is None:
            return None
        ending = self._calling.meeting(contact, at, mode, place)
        self._history.commit(f"meeting with {contact.name}", *ending.records)
        return ending.interview

    def current(self, contact_id: str) -> Interview | None:
        """Return the meeting to show for a contact: the one planned or under way, else the last."""
        return self._calling.planned(contact_id) or rules.last_meeting(
            self._book.of_contact(Interview, contact_id)
        )

    def start(self, interview_id: str) -> None:
        """Start the countdown, at the first open question, in this session."""
        started = begun(self._get(interview_id), self._time.read(), self._session)
        self._history.commit("start the interview", started)

    def pause_or_go_on(self, interview_id: str) -> None:
        """Stop the countdown for a while, or let it run again."""
        interview = self._get(interview_id)
        countdown, now = self._time.counted(interview.countdown)
        changed = countdown.resume(now) if countdown.paused else countdown.pause(now)
        self._put("go on" if countdown.paused else "pause", interview, countdown=changed)

    def extend(self, interview_id: str) -> None:
        """Add the minutes they offered, which are kept apart from those asked for."""
        interview = self._get(interview_id)
        minutes = self._cadence.extension_minutes
        self._put(f"{minutes} more minutes", interview, countdown=interview.countdown.extend(minutes))

    def go_to(self, interview_id: str, question_id: str, leaving: str | None = None) -> None:
        """Remember which question the meeting is at; the one left counts as asked if it has notes.

        `leaving` is the question left where that is not the one the interview was at.
        """
        interview = self._get(interview_id)
        left_id = interview.current if leaving is None else leaving
        left = next((one for one in interview.checklist if one.id == left_id), None)
        moved = replace(interview, current=question_id)
        answered = left is not None and bool(interview.notes.get(left.id, "").strip())
        if left is None or left.state is not QuestionState.OPEN or not answered or left.id == question_id:
            self._history.commit("question", moved, undoable=False)
            return
        checklist = tuple(
            msgspec.structs.replace(one, state=QuestionState.ASKED) if one.id == left.id else one
            for one in interview.checklist
        )
        self._history.commit("asked", replace(moved, checklist=checklist))

    def begin_now(self, contact_id: str) -> Interview | None:
        """Start a meeting that was not planned, at once and by phone."""
        contact = self._book.contact(contact_id)
        if contact is None:
            return None
        reading = self._time.read()
        ending = self._calling.meeting(contact, reading.utc, Mode.PHONE, "")
        if ending.interview is None:
            return None
        started = begun(ending.interview, reading, self._session)
        records = [started if one.id == started.id else one for one in ending.records]
        self._history.commit(f"interview with {contact.name}", *records)
        return started

    def write_notes(self, interview_id: str, question_id: str, text: str) -> None:
        """Keep what was written under a question; the empty id is for notes that belong to none."""
        interview = self._get(interview_id)
        if interview.notes.get(question_id) == text:
            return
        notes = interview.notes | {question_id: text}
        merge = f"notes {interview_id} {question_id}"
        self._put("notes", interview, merge=merge, notes=notes, last_note_at=self._time.now())

    def mark(self, interview_id: str, question_id: str, state: QuestionState) -> None:
        """Mark a question asked, skipped or open again."""
        self._question(interview_id, question_id, f"{state}", state=state)

    def star(self, interview_id: str, question_id: str) -> None:
        """Star an answer worth thanking for, or take the star off."""
        interview = self._get(interview_id)
        starred = any(one.id == question_id and one.starred for one in interview.checklist)
        self._question(interview_id, question_id, "star", starred=not starred)

    def add_question(self, interview_id: str, question: ChecklistQuestion, after: str = "") -> None:
        """Put a question on the checklist: behind `after`, else last but before the referral question."""
        listed = list(self._get(interview_id).checklist)
        at = next((at + 1 for at, one in enumerate(listed) if one.id == after), None)
        if at is None:
            at = next((at for at, one in enumerate(listed) if one.referral), len(listed))
        listed.insert(at, question)
        self._put("add a question", self._get(interview_id), checklist=tuple(listed))

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
        at = next((at for at, one in enumerate(listed) if one.id == question_id), None)
        if at is not None and 0 <= at + by < len(listed):
            listed.insert(at + by, listed.pop(at))
            self._put("move a question", interview, checklist=tuple(listed))

    def drop(self, interview_id: str, question_id: str) -> None:
        """Take a question off the checklist; what was written under it stays in the file."""
        interview = self._get(interview_id)
        kept = tuple(one for one in interview.checklist if one.id != question_id)
        self._put("drop a question", interview, checklist=kept)

    def tick(self, interview_id: str, item_id: str) -> None:
        """Tick a thing on the preparation list, or take the tick off."""
        interview = self._get(interview_id)
        ticked = interview.prepared
        changed = tuple(one for one in ticked if one != item_id) if item_id in ticked else (*ticked, item_id)
        self._put("preparation", interview, prepared=changed)

    def end(self, interview_id: str, at: datetime | None = None) -> None:
        """End the meeting, now or as of `at`; what was captured becomes records, and what is owed is due.

        Owed are the thank-you, and a word to whoever named them.
        """
        interview = self._get(interview_id)
        contact = self._book.contact(interview.contact_id)
        if contact is None or interview.ended_at is not None:
            return
        stopped = interview
        if at is None:
            countdown, stopped_at = self._time.counted(interview.countdown)
            stopped = replace(interview, countdown=countdown.stop(stopped_at))
        label = f"end of the interview with {contact.name}"
        self._history.commit(label, *self.ended(stopped, at or self._time.now()))

    def ended(self, interview: Interview, at: datetime) -> list[AnyRecord]:
        """Return the records of a meeting over at `at`: itself, what it settles, moves, and asks for."""
        over = replace(interview, countdown=interview.countdown.stop(at), ended_at=at)
        done = [
            replace(one, done_at=at, dropped=one.kind is FollowUpKind.CONFIRM)
            for one in self._book.of_contact(FollowUp, interview.contact_id)
            if one.done_at is None
            and one.kind in (FollowUpKind.INTERVIEW, FollowUpKind.CONFIRM, FollowUpKind.CALL)
        ]
        contact = self._book.contact(interview.contact_id)
        referrer = self._book.contact(contact.referrer_id) if contact else None
        first = rules.check_in(at, True, self._cadence, self._time.calendar)
        moved = [
            replace(one, due=first.due, timed=False, why=first.why)
            for one in self._book.of_contact(FollowUp, interview.contact_id)
            if one.kind is FollowUpKind.CHECK_IN and one.done_at is None and one.due < first.due
        ]
        records: list[AnyRecord] = [*self._capturing.become(over, over.captured, at), *done, *moved]
        for owed in rules.after_interview(at, referrer is not None, self._cadence, self._time.calendar):
            tells = owed.kind is FollowUpKind.TELL_REFERRER and referrer is not None
            to, about = (
                (referrer.id, interview.contact_id) if tells and referrer else (interview.contact_id, "")
            )
            records.append(self._address_book.follow_up(to, owed, interview_id=interview.id, about_id=about))
        return records

    def debrief(self, interview_id: str, told: Debrief) -> None:
        """Keep the debrief as it is told so far; what is typed into one field is undone together."""
        before = self._get(interview_id)
        fields = [
            name for name in told.__struct_fields__ if getattr(told, name) != getattr(before.debrief, name)
        ]
        self._put("debrief", before, merge=f"debrief {interview_id} {' '.join(fields)}", debrief=told)

    def _get(self, interview_id: str) -> Interview:
        found = self._book.get(Interview, interview_id)
        if found is None:
            raise KeyError(interview_id)
        return found

    def _question(self, interview_id: str, question_id: str, label: str, **changes: object) -> None:
        interview = self._get(interview_id)
        checklist = tuple(
            msgspec.structs.replace(one, **changes) if one.id == question_id else one
            for one in interview.checklist
        )
        self._put(label, interview, checklist=checklist)

    def _put(self, label: str, interview: Interview, merge: str = "", **changes: object) -> None:
        self._history.commit(label, replace(interview, **changes), merge=merge)
