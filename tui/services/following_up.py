"""Following up: the queue, and what is written to keep a contact warm."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from tui.domain import cadence as rules
from tui.domain import message as messages
from tui.domain.book import Book
from tui.domain.evidence import meeting_values, noted, starred
from tui.domain.filling import about_values, has_gap
from tui.domain.lint import Remark, lint
from tui.domain.message import PURPOSE_OF, Draft
from tui.domain.queue import Entry, queue
from tui.domain.records import AnyRecord, Contact, FollowUp, Interview, replace
from tui.domain.vocabulary import FollowUpKind
from tui.services.address_book import AddressBook
from tui.services.clock import Timekeeper
from tui.services.history import History
from tui.services.targeting import Targeting
from tui.storage.library import Library
from tui.storage.zones import zone_named

SNOOZE_BUSINESS_DAYS = 3


class Snooze(StrEnum):
    """The ready-made ways to put something off."""

    TOMORROW = "1"
    THREE_BUSINESS_DAYS = "2"
    A_WEEK = "3"


class FollowingUp:
    """What can be done to follow-ups; every method that changes anything is one change."""

    def __init__(
        self,
        book: Book,
        history: History,
        time: Timekeeper,
        library: Library,
        address_book: AddressBook,
        targeting: Targeting,
    ) -> None:
        self._book = book
        self._history = history
        self._time = time
        self._library = library
        self._address_book = address_book
        self._targeting = targeting

    def queue(self) -> list[Entry]:
        """Return everything owed, in the order to do it; an interview under way is due now, never late."""
        now, running = self._time.now(), self._book.running()
        here = running.id if running else None
        owed = (
            replace(one, due=now) if one.interview_id == here and one.kind is FollowUpKind.INTERVIEW else one
            for one in self._book.open_follow_ups()
        )
        return queue(owed, now, self._time.calendar)

    def add(self, contact_id: str, kind: FollowUpKind, due: datetime, timed: bool, note: str) -> None:
        """Put something of the user's own into the queue."""
        owed = rules.Owed(kind=kind, due=due, timed=timed, note=note.strip())
        self._history.commit("add a follow-up", self._address_book.follow_up(contact_id, owed))

    def edit(self, follow_up_id: str, due: datetime, timed: bool, note: str) -> None:
        """Change when it is due and what it says."""
        self._change(follow_up_id, "edit", due=due, timed=timed, note=note.strip())

    def snooze(self, follow_up_id: str, due: datetime, timed: bool) -> None:
        """Put it off until `due`."""
        self._change(follow_up_id, "snooze", due=due, timed=timed)

    def snoozed(self, way: Snooze) -> datetime:
        """Return the all-day instant a ready-made snooze leads to."""
        calendar = self._time.calendar
        today = calendar.day_of(self._time.now())
        match way:
            case Snooze.TOMORROW:
                return calendar.all_day(today + timedelta(days=1))
            case Snooze.THREE_BUSINESS_DAYS:
                return calendar.all_day(calendar.add(today, SNOOZE_BUSINESS_DAYS))
            case Snooze.A_WEEK:
                return calendar.all_day(today + timedelta(days=7))

    def delete(self, follow_up_id: str) -> None:
        """Take it out of the queue for good."""
        follow_up = self._book.get(FollowUp, follow_up_id)
        if follow_up is not None:
            self._history.commit("delete a follow-up", removed=(follow_up,))

    def done(self, follow_up_id: str) -> None:
        """Mark it done; a thank-you or a check-in puts the next check-in into the queue."""
        follow_up = self._book.get(FollowUp, follow_up_id)
        if follow_up is not None and follow_up.done_at is None:
            self._finish(follow_up, "done")

    def draft(self, follow_up: FollowUp) -> Draft:
        """Return what was written so far, else a draft from the template and the evidence.

        A kind without a template gives an empty draft.
        """
        if follow_up.body:
            return Draft(follow_up.subject, follow_up.body)
        purpose = PURPOSE_OF.get(follow_up.kind)
        templates = self._library.messages_for(purpose) if purpose else []
        contact = self._book.contact(follow_up.contact_id)
        if not templates or contact is None:
            return Draft("", "")
        return messages.draft(templates[0], self.values(contact, follow_up))

    def values(self, contact: Contact, follow_up: FollowUp | None = None) -> dict[str, str]:
        """Return everything templates can use for a contact, and for one follow-up of theirs."""
        about = self._book.contact(follow_up.about_id) if follow_up else None
        meeting = self._book.get(Interview, follow_up.interview_id) if follow_up else None
        if meeting is None:
            meetings = self._book.of_contact(Interview, contact.id)
            meeting = rules.last_meeting(meetings)
        named = [one for id_ in (meeting.named if meeting else ()) if (one := self._book.contact(id_))]
        own = self._book.of_contact(FollowUp, contact.id)
        return (
            self._targeting.values()
            | self._address_book.values(contact)
            | meeting_values(meeting, named, own, self._time.calendar, zone_named(contact.zone))
            | about_values(about)
            | {"follow_up.note": follow_up.note.rstrip(" .") if follow_up else ""}
        )

    def look_over(self, follow_up: FollowUp, subject: str, body: str) -> tuple[Remark, ...]:
        """Return what could be better in a message that is written, the serious first."""
        purpose = PURPOSE_OF.get(follow_up.kind)
        templates = self._library.messages_for(purpose) if purpose else []
        if purpose is None or not templates:
            return ()
        meeting = self._book.get(Interview, follow_up.interview_id)
        said = starred(meeting) or noted(meeting) if meeting else []
        return lint(
            subject, body, templates[0].channel, purpose, self._library.cadence,
            said=said, reason=follow_up.note or (body if follow_up.kind is FollowUpKind.CHECK_IN else ""),
        )  # fmt: skip

    def keep_draft(self, follow_up_id: str, subject: str, body: str) -> None:
        """Keep what was written, to be gone on with later."""
        self._change(follow_up_id, "write", merge=f"draft {follow_up_id}", subject=subject, body=body)

    def sent(self, follow_up_id: str, subject: str, body: str) -> str:
        """Mark a message sent and keep its text. Return why not, if a gap is left in it."""
        if has_gap(subject) or has_gap(body):
            return "fill the gaps in ‹ › first"
        if not body.strip():
            return "there is nothing in it yet"
        follow_up = self._book.get(FollowUp, follow_up_id)
        if follow_up is not None and follow_up.done_at is None:
            self._finish(replace(follow_up, subject=subject, body=body), "sent")
        return ""

    def _finish(self, follow_up: FollowUp, how: str) -> None:
        now = self._time.now()
        records: list[AnyRecord] = [replace(follow_up, done_at=now), *self._check_ins(follow_up, now)]
        contact = self._book.contact(follow_up.contact_id)
        what = follow_up.kind.replace("_", " ")
        self._history.commit(f"{what} {how}: {contact.name if contact else ''}", *records)

    def _check_ins(self, follow_up: FollowUp, now: datetime) -> list[AnyRecord]:
        """Return the check-in that a thank-you or a check-in starts, or the open ones moved on."""
        cadence, calendar = self._library.cadence, self._time.calendar
        others = [
            one
            for one in self._book.of_contact(FollowUp, follow_up.contact_id)
            if one.kind is FollowUpKind.CHECK_IN and one.done_at is None and one.id != follow_up.id
        ]
        if follow_up.kind is FollowUpKind.THANK_YOU and not others:
            meeting = self._book.get(Interview, follow_up.interview_id)
            met_at = meeting.ended_at if meeting and meeting.ended_at else now
            owed = rules.check_in(met_at, True, cadence, calendar)
            return [
                self._address_book.follow_up(follow_up.contact_id, owed, interview_id=follow_up.interview_id)
            ]
        owed = rules.check_in(now, False, cadence, calendar)
        if follow_up.kind is FollowUpKind.CHECK_IN and not others:
            return [self._address_book.follow_up(follow_up.contact_id, owed)]
        if follow_up.kind in PURPOSE_OF and follow_up.kind is not FollowUpKind.THANK_YOU:
            return [replace(one, due=owed.due, why=owed.why) for one in others]
        return []

    def _change(self, follow_up_id: str, label: str, merge: str = "", **changes: object) -> None:
        follow_up = self._book.get(FollowUp, follow_up_id)
        if follow_up is not None:
            self._history.commit(label, replace(follow_up, **changes), merge=merge)
