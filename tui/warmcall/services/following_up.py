"""The queue of follow-ups: adding, doing, putting off and deleting them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

import msgspec

from warmcall.config.library import Library
from warmcall.domain import cadence as rules
from warmcall.domain.day_names import plain_day
from warmcall.domain.evidence import meeting_reason
from warmcall.domain.message import MessageTemplate, Purpose
from warmcall.domain.promises import as_thing
from warmcall.domain.queue import first_of_kind
from warmcall.domain.records import Contact, FollowUp, Interview, Opening, replace
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind, Introduction
from warmcall.domain.when import When
from warmcall.services.address_book import AddressBook
from warmcall.services.clock import Timekeeper
from warmcall.services.drafting import Drafting
from warmcall.services.history import History
from warmcall.services.introductions import Introductions
from warmcall.services.queue_cache import QueueCache

SNOOZE_BUSINESS_DAYS = 3


class Snooze(StrEnum):
    """The preset lengths of a snooze, by the key that chooses each."""

    TOMORROW = "1"
    THREE_BUSINESS_DAYS = "2"
    A_WEEK = "3"


class FollowingUp:
    """Finds follow-ups and changes them; every method that changes anything is one change."""

    def __init__(
        self,
        store: Store,
        history: History,
        time: Timekeeper,
        library: Library,
        address_book: AddressBook,
        drafting: Drafting,
        queue: QueueCache,
    ) -> None:
        self._store = store
        self._history = history
        self._time = time
        self._library = library
        self._address_book = address_book
        self._drafting = drafting
        self._queue = queue
        self._to_be_told: tuple[object, Sequence[Contact]] = (None, ())
        self.introductions = Introductions(store, history, time, library, address_book, drafting)

    def next_to_call(self) -> str:
        """Return the id of the contact whom the first call in the queue is to; empty if there is no call."""
        call = first_of_kind(self._queue.entries(), FollowUpKind.CALL)
        return call.contact_id if call else ""

    def next_meeting(self) -> tuple[str, str]:
        """Return the ids of contact and interview of the meeting going on, else the next; empty if none."""
        running = self._store.running()
        if running:
            return running.contact_id, running.id
        coming = first_of_kind(self._queue.entries(), FollowUpKind.INTERVIEW)
        return (coming.contact_id, coming.interview_id) if coming else ("", "")

    def add(self, contact_id: str, kind: FollowUpKind, due: When, note: str) -> None:
        """Add a follow-up of the user's own."""
        today = self._time.calendar.day_of(self._time.now())
        why = "" if note.strip() else f"added by you {plain_day(today)}"
        owed = rules.FollowUpPlan(kind=kind, due=due, note=_note(kind, note), why=why)
        self._history.commit("add a follow-up", self._address_book.follow_up(contact_id, owed))

    def add_letter(self, contact_id: str, letter: MessageTemplate, about_id: str = "") -> FollowUp:
        """Add a letter to write today, from the template `letter`; return its follow-up."""
        owed = self._letter(contact_id, letter, about_id)
        self._history.commit(f"letter: {letter.title.lower()}", owed)
        return owed

    def late_letter(self, contact: Contact) -> FollowUp | None:
        """Return the letter that says one is late: that in the queue or a new one; None without one."""
        for owed in self._store.open_of_contact(contact.id, FollowUpKind.OTHER):
            if self._drafting.purpose(owed) is Purpose.LATE:
                return owed
        template = self._drafting.template_for(Purpose.LATE, contact)
        return self.add_letter(contact.id, template) if template else None

    def add_decided(self) -> int:
        """Add a letter on what the user decided to everybody who helped, as one change; return how many."""
        letters = [
            self._letter(contact.id, template)
            for contact in self.to_be_told_decision()
            if (template := self._drafting.template_for(Purpose.DECIDED, contact)) is not None
        ]
        if letters:
            self._history.commit("letters: what I decided", *letters)
        return len(letters)

    def to_be_told_decision(self) -> Sequence[Contact]:
        """Return everybody who helped and to whom no letter on the decision is in the queue, or was sent.

        A letter that does not say which target it is about is from an earlier version, and counts for each.
        """
        helpers, target = self._drafting.helpers(), self._store.target
        target_ids = ("", target.id if target else "")
        basis = (helpers, target_ids, self._store.revision(FollowUp))
        if self._to_be_told[0] != basis:
            have_it = {
                owed.contact_id
                for owed in self._store.all(FollowUp)
                if owed.letter and not owed.dropped and owed.target_id in target_ids
                if self._drafting.purpose(owed) is Purpose.DECIDED
            }
            found = [contact for contact in helpers if contact.id not in have_it]
            self._to_be_told = (basis, found)
        return self._to_be_told[1]

    def _letter(self, contact_id: str, letter: MessageTemplate, about_id: str = "") -> FollowUp:
        today = When(self._time.calendar.day_of(self._time.now()))
        note = letter.title.partition(",")[0]
        owed = rules.FollowUpPlan(kind=FollowUpKind.OTHER, due=today, note=note)
        target = self._store.target if letter.purpose is Purpose.DECIDED else None
        return self._address_book.follow_up(
            contact_id, owed, letter=letter.id, about_id=about_id, target_id=target.id if target else ""
        )

    def edit(self, follow_up_id: str, due: When, note: str) -> None:
        """Change when it is due and what it says."""
        follow_up = self._store.get(FollowUp, follow_up_id)
        if follow_up is not None:
            self._change(follow_up_id, "edit", due=due, note=_note(follow_up.kind, note, follow_up.waiting))

    def snooze(self, follow_up_id: str, until: When) -> None:
        """Put it off; put off to a day, one with an hour keeps its time of day."""
        self.snooze_all([follow_up_id], until)

    def snooze_all(self, follow_up_ids: Sequence[str], until: When) -> int:
        """Put several off, as one change; return how many."""
        owed = self._open(follow_up_ids)
        moved = [replace(follow_up, due=self._snoozed(follow_up.due, until)) for follow_up in owed]
        self._history.commit(self._label("snooze", owed), *moved)
        return len(owed)

    def _snoozed(self, due: When, until: When) -> When:
        """Return when something due at `due` is due after it was put off `until` a day or an instant."""
        if until.instant is not None or due.instant is None:
            return until
        calendar = self._time.calendar
        at = calendar.at(calendar.day_of(until), calendar.local(due.instant).time())
        return When(at) if at > self._time.now() else until

    def snooze_day(self, choice: Snooze) -> date:
        """Return the day that one of the preset snoozes leads to."""
        calendar = self._time.calendar
        today = calendar.day_of(self._time.now())
        match choice:
            case Snooze.TOMORROW:
                return today + timedelta(days=1)
            case Snooze.THREE_BUSINESS_DAYS:
                return calendar.add(today, SNOOZE_BUSINESS_DAYS)
            case Snooze.A_WEEK:
                return today + timedelta(days=7)

    def delete(self, follow_up_id: str) -> None:
        """Delete it."""
        self.delete_all([follow_up_id])

    def delete_all(self, follow_up_ids: Sequence[str]) -> int:
        """Delete several, as one change; return how many."""
        found = self._found(follow_up_ids)
        what = "a follow-up" if len(found) == 1 else f"{len(found)} follow-ups"
        self._history.commit(f"delete {what}", removed=found)
        return len(found)

    def done(self, follow_up_id: str) -> None:
        """Mark it done; a thank-you or a check-in adds the next check-in."""
        self.complete_all([follow_up_id])

    def complete_all(self, follow_up_ids: Sequence[str]) -> int:
        """Mark several done, as one change; return how many."""
        return self._finish(self._open(follow_up_ids), "done")

    def keep_draft(self, follow_up_id: str, subject: str, body: str) -> None:
        """Keep the text of a message that is not sent yet."""
        self._change(follow_up_id, "write", merge=f"draft {follow_up_id}", subject=subject, body=body)

    def sent(
        self, follow_up_id: str, subject: str, body: str, anyway: bool = False, template_id: str = ""
    ) -> str:
        """Mark a message sent and keep its text, and the reason of a check-in as its note.

        If there is an objection, nothing is changed and what it says is returned, else an empty text;
        `anyway` overrides an objection that is not firm.
        """
        follow_up = self._store.get(FollowUp, follow_up_id)
        if follow_up is None or follow_up.done_at is not None:
            return ""
        objection = self._drafting.objection(follow_up, subject, body, template_id)
        if objection is not None and (objection.firm or not anyway):
            return objection.what
        reason = self._drafting.reason(follow_up, body, template_id)
        self._finish([replace(follow_up, subject=subject, body=body, note=reason)], "sent")
        return ""

    def _finish(self, follow_ups: Sequence[FollowUp], how: str) -> int:
        """Mark `follow_ups` done, with the check-ins that they start or move; return how many."""
        now = self._time.now()
        after = {follow_up.id: _finished(follow_up, now) for follow_up in follow_ups}
        by_contact: dict[str, dict[str, FollowUp]] = {}
        for follow_up in after.values():
            by_contact.setdefault(follow_up.contact_id, {})[follow_up.id] = follow_up
        for contact_id, done in by_contact.items():
            own = {
                follow_up.id: follow_up for follow_up in self._store.of_contact(FollowUp, contact_id)
            } | done
            # Check-ins come first: a thank-you done with them then finds the next check-in, and adds none.
            for follow_up in sorted(
                done.values(), key=lambda follow_up: follow_up.kind is not FollowUpKind.CHECK_IN
            ):
                still_open = [other for other in own.values() if other.done_at is None]
                moved = {other.id: other for other in self._check_ins(follow_up, still_open, now)}
                own |= moved
                after |= moved
        after |= {
            other.id: other
            for follow_up in follow_ups
            for other in self.introductions.after_letter(follow_up)
            if other.id not in after
        }
        self._history.commit(self._label(how, follow_ups), *after.values())
        return len(follow_ups)

    def _check_ins(
        self, follow_up: FollowUp, still_open: Iterable[FollowUp], now: datetime
    ) -> list[FollowUp]:
        """Return the check-in that doing `follow_up` starts, or those of `still_open` that it moves.

        Any contact with a person restarts the time to the next check-in, a shorter one to the first of all; a
        thank-you counts from the meeting.
        """
        thanks = follow_up.kind is FollowUpKind.THANK_YOU
        if self._drafting.purpose(follow_up) is None and follow_up.kind is not FollowUpKind.CALL:
            return []
        meeting = self._store.get(Interview, follow_up.interview_id) if thanks else None
        last = meeting.ended_at if meeting and meeting.ended_at else now
        own = self._store.of_contact(FollowUp, follow_up.contact_id)
        is_next = follow_up.kind is FollowUpKind.CHECK_IN or any(
            other.kind is FollowUpKind.CHECK_IN and other.done_at and not other.dropped for other in own
        )
        owed = rules.check_in(
            last, thanks or not is_next, self._library.cadence, self._time.calendar, met=thanks
        )
        check_ins = [other for other in still_open if rules.is_in_turn(other)]
        if check_ins:
            return [replace(check_in, due=owed.due, why=owed.why) for check_in in check_ins]
        if not thanks and follow_up.kind is not FollowUpKind.CHECK_IN:
            return []
        openings = [found for found in self._store.all(Opening) if found.contact_id == follow_up.contact_id]
        owed = msgspec.structs.replace(owed, note=meeting_reason(meeting, own, openings) if thanks else "")
        meeting_id = follow_up.interview_id if thanks else ""
        return [self._address_book.follow_up(follow_up.contact_id, owed, interview_id=meeting_id)]

    def _label(self, how: str, follow_ups: Sequence[FollowUp]) -> str:
        """Return the label of the change: "thank you sent: Mei Tanaka", "3 follow-ups: done", "snooze"."""
        if len(follow_ups) != 1:
            return f"{len(follow_ups)} follow-ups: {how}"
        if how == "snooze":
            return how
        (follow_up,) = follow_ups
        contact = self._store.contact(follow_up.contact_id)
        return f"{follow_up.kind.replace('_', ' ')} {how}: {contact.name if contact else ''}"

    def _found(self, follow_up_ids: Iterable[str]) -> tuple[FollowUp, ...]:
        found = (self._store.get(FollowUp, id_) for id_ in dict.fromkeys(follow_up_ids))
        return tuple(follow_up for follow_up in found if follow_up is not None)

    def _open(self, follow_up_ids: Iterable[str]) -> tuple[FollowUp, ...]:
        return tuple(follow_up for follow_up in self._found(follow_up_ids) if follow_up.done_at is None)

    def _change(self, follow_up_id: str, label: str, merge: str = "", **changes: object) -> None:
        follow_up = self._store.get(FollowUp, follow_up_id)
        if follow_up is not None:
            self._history.commit(label, replace(follow_up, **changes), merge=merge)


def _finished(follow_up: FollowUp, now: datetime) -> FollowUp:
    """Return `follow_up` done; the thanks for an introduction end it."""
    thanked = follow_up.introduction is Introduction.MADE
    state = Introduction.THANKED if thanked else follow_up.introduction
    return replace(follow_up, done_at=now, introduction=state)


def _note(kind: FollowUpKind, note: str, theirs: bool = False) -> str:
    """Return a note as it is kept: a promise as a thing, where it is certain which."""
    return (kind is FollowUpKind.PROMISE and as_thing(note, theirs)) or note.strip()
