"""Introductions: a contact is asked to introduce the user to another, passes it on, makes it, is thanked."""

from __future__ import annotations

from warmcall.config.library import Library
from warmcall.domain import cadence as rules
from warmcall.domain.message import Purpose
from warmcall.domain.names import written_name
from warmcall.domain.records import AnyRecord, Contact, FollowUp, replace
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind, Introduction, Permission, Source, Stage
from warmcall.domain.when import When
from warmcall.services.address_book import AddressBook
from warmcall.services.clock import Timekeeper
from warmcall.services.drafting import Drafting
from warmcall.services.history import History


class Introductions:
    """Keeps how far each introduction has come, in one follow-up to whoever was asked for it.

    It begins when the letter that asks has gone out, and ends when the thanks have.
    """

    def __init__(
        self,
        store: Store,
        history: History,
        time: Timekeeper,
        library: Library,
        address_book: AddressBook,
        drafting: Drafting,
    ) -> None:
        self._store = store
        self._history = history
        self._time = time
        self._library = library
        self._address_book = address_book
        self._drafting = drafting

    def after_letter(self, letter: FollowUp) -> tuple[FollowUp, ...]:
        """Return what enters the queue, or waits there, once `letter` is done; nothing is changed.

        If it asks for an introduction, that is the wait for the answer, and the call to the other person
        waits until the same day.
        """
        if self._drafting.purpose(letter) is not Purpose.INTRODUCTION:
            return ()
        about = self._store.contact(letter.about_id)
        asked = self._plan(about, "asked")
        owed = self._address_book.follow_up(
            letter.contact_id, asked, about_id=letter.about_id, introduction=Introduction.ASKED
        )
        introducer = self._name(letter.contact_id)
        return (
            owed,
            *(
                replace(call, due=asked.due, why=f"{introducer} is asked to introduce you", waiting=True)
                for call in self._first_calls(about)
            ),
        )

    def pass_on(self, follow_up_id: str) -> None:
        """Record that whoever was asked has passed it on; the answer is waited for from now on."""
        owed = self._open(follow_up_id)
        if owed is None:
            return
        about = self._store.contact(owed.about_id)
        passed_on = self._plan(about, "passed on")
        changed = replace(
            owed, introduction=Introduction.PASSED_ON, due=passed_on.due, why=passed_on.why, waiting=True
        )
        calls = (replace(call, due=passed_on.due) for call in self._first_calls(about))
        self._history.commit("introduction passed on", changed, *calls)

    def make(self, follow_up_id: str) -> None:
        """Record that it was made: the thanks, and the call to the other person, are due today.

        Whoever made it may be named to that person, and counts as the one who gave the name.
        """
        owed = self._open(follow_up_id)
        introducer = self._store.contact(owed.contact_id) if owed else None
        if owed is None or introducer is None:
            return
        today = When(self._time.calendar.day_of(self._time.now()))
        template = self._drafting.template_for(Purpose.THANKS_FOR_INTRODUCTION, introducer)
        thanks = replace(
            owed, introduction=Introduction.MADE, due=today, waiting=False, why="they introduced you",
            letter=template.id if template else "", note="Thank them for the introduction",
        )  # fmt: skip
        records: list[AnyRecord] = [thanks]
        about = self._store.contact(owed.about_id)
        if about is not None:
            records += self._introduced(about, introducer, today)
        self._history.commit("introduction made", *records)

    def give_up(self, follow_up_id: str) -> None:
        """Record that there will be none; the call to the other person waits for it no longer."""
        owed = self._open(follow_up_id)
        if owed is None:
            return
        now = self._time.now()
        today = When(self._time.calendar.day_of(now))
        calls = (
            replace(call, due=today, waiting=False, why="no introduction")
            for call in self._first_calls(self._store.contact(owed.about_id))
        )
        self._history.commit("no introduction", replace(owed, done_at=now, dropped=True), *calls)

    def of(self, contact: Contact) -> list[FollowUp]:
        """Return those asked of `contact`, and those to them asked of whoever named them, oldest first."""
        by_referrer = [
            other for other in self._store.of_contact(FollowUp, contact.referrer_id)
            if other.about_id == contact.id
        ]  # fmt: skip
        own = self._store.of_contact(FollowUp, contact.id)
        found = [other for other in (*own, *by_referrer) if other.introduction and not other.dropped]
        return sorted(found, key=lambda follow_up: (follow_up.created_at, follow_up.id))

    def _introduced(self, about: Contact, introducer: Contact, today: When) -> list[AnyRecord]:
        """Return `about` as named by `introducer`, and the call to them unless they were reached already."""
        named = about
        if about.referrer_id in ("", introducer.id):
            named = replace(
                about, referrer_id=introducer.id, source=Source.REFERRAL, may_use_name=Permission.YES
            )
        why = f"{self._name(introducer.id)} introduced you"
        calls = [replace(call, due=today, waiting=False, why=why) for call in self._first_calls(about)]
        if not calls and self._address_book.stage(about.id) is Stage.NEW:
            plan = rules.FollowUpPlan(kind=FollowUpKind.CALL, due=today, why=why)
            calls = [self._address_book.follow_up(about.id, plan)]
        return [named, *self._address_book.answered(about, named), *calls]

    def _plan(self, about: Contact | None, how_far: str) -> rules.FollowUpPlan:
        whom = written_name(about.name) if about else ""
        return rules.for_introduction(
            whom, how_far, self._time.now(), self._library.cadence, self._time.calendar
        )

    def _first_calls(self, about: Contact | None) -> list[FollowUp]:
        """Return the open calls to somebody who was not asked yet."""
        if about is None or self._address_book.stage(about.id) is not Stage.NEW:
            return []
        return self._store.open_of_contact(about.id, FollowUpKind.CALL)

    def _name(self, contact_id: str) -> str:
        contact = self._store.contact(contact_id)
        return written_name(contact.name) if contact else "somebody"

    def _open(self, follow_up_id: str) -> FollowUp | None:
        """Return the introduction of that id that is asked for and not made yet, or None."""
        owed = self._store.get(FollowUp, follow_up_id)
        waiting = (Introduction.ASKED, Introduction.PASSED_ON)
        if owed is None or owed.done_at is not None or owed.introduction not in waiting:
            return None
        return owed
