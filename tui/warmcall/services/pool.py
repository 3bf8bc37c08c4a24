"""The pool: people known of, to whom nothing is owed, and choosing those to call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from warmcall.config.library import Library
from warmcall.domain.asking_days import asking_days, monday_of
from warmcall.domain.cadence import FollowUpPlan
from warmcall.domain.ranking import Aim, aim_of, kind_of
from warmcall.domain.records import (
    AnyRecord,
    Attempt,
    Contact,
    FollowUp,
    Interview,
    PoolPerson,
    Week,
    replace,
)
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import ContactKind, FollowUpKind, Stage
from warmcall.domain.when import When
from warmcall.services.address_book import NOT_CALLED, AddressBook
from warmcall.services.clock import Timekeeper
from warmcall.services.history import History
from warmcall.services.weeks import Weeks


class ChosenPerson(msgspec.Struct, frozen=True):
    """A contact just chosen, and the day of their first call."""

    contact: Contact
    day: date


class Pool:
    """Makes contacts of people in the pool; each method that changes anything is one change."""

    def __init__(
        self,
        store: Store,
        history: History,
        time: Timekeeper,
        library: Library,
        address_book: AddressBook,
        weeks: Weeks,
    ) -> None:
        self._store = store
        self._history = history
        self._time = time
        self._library = library
        self._address_book = address_book
        self._weeks = weeks
        self._aim: tuple[tuple[str, str], Aim] = (("", ""), Aim())
        self._calls: tuple[object, Counter[date]] = (None, Counter())

    def aim(self) -> Aim:
        """Return what titles are compared with: the target's role and the other words for it."""
        target = self._store.target
        words = (target.role, target.synonyms) if target else ("", "")
        if self._aim[0] != words:
            self._aim = (words, aim_of(*words, self._library.ranking))
        return self._aim[1]

    def kind(self, person: Contact | PoolPerson) -> ContactKind:
        """Return what somebody can help with: as the user said, else by their title."""
        return kind_of(person, self.aim()) or ContactKind.PRACTITIONER

    def choose(self, ids: Sequence[str]) -> list[ChosenPerson]:
        """Make contacts of people in the pool, and put their first calls into the queue, in one change.

        The calls are spread over the coming business days by the weekly goal, in the order of `ids`. Of a
        contact, only the call is added. Whoever is gone, or has a call in the queue, is left out.
        """
        people = [person for id_ in dict.fromkeys(ids) if (person := self._choosable(id_)) is not None]
        days = self._days(len(people))
        records: list[AnyRecord] = []
        chosen: list[ChosenPerson] = []
        for person, day in zip(people, days, strict=True):
            if isinstance(person, Contact):
                contact = person
            else:
                contact = self._address_book.contact_of(person, self.kind(person))
                records.append(contact)
            plan = FollowUpPlan(kind=FollowUpKind.CALL, due=When(day), why=self._why(contact))
            records.append(self._address_book.follow_up(contact.id, plan))
            chosen.append(ChosenPerson(contact, day))
        label = f"choose {people[0].name}" if len(people) == 1 else f"choose {len(people)} people"
        places = self._address_book.new_organizations(*(person.contact for person in chosen))
        done = self._history.commit(label, *records, *places) if people else None
        return chosen if done else []

    def never(self, person_id: str) -> PoolPerson | None:
        """Keep somebody in the pool off the shortlist, and return them; None if they are not in the pool."""
        return self._change(person_id, "never ask", never=True)

    def put_back(self, person_id: str) -> PoolPerson | None:
        """Let somebody onto the shortlist again, and return them; None if they are not in the pool."""
        return self._change(person_id, "ask again", never=False)

    def set_kind(self, person_id: str, kind: ContactKind) -> None:
        """Say what somebody in the pool, or a contact, can help with."""
        if self._change(person_id, "edit", kind=kind) is None:
            self._address_book.edit(person_id, {"kind": kind})

    def set_next_kind(self, person_id: str, kind: ContactKind) -> ContactKind:
        """Say that somebody of one kind is of the next one, and return that."""
        kinds = list(ContactKind)
        after = kinds[(kinds.index(kind) + 1) % len(kinds)]
        self.set_kind(person_id, after)
        return after

    def delete(self, person_id: str) -> PoolPerson | None:
        """Delete somebody from the pool, and return them; None if they are not there."""
        person = self._store.get(PoolPerson, person_id)
        if person is None:
            return None
        removed: tuple[AnyRecord, ...] = (*self._address_book.merged_into(person_id), person)
        return person if self._history.commit(f"delete {person.name}", removed=removed) else None

    def asks_left(self) -> int:
        """Return how many more people to ask in the week of the next first call, by the goal.

        Those asked in it, or to be called, are not counted again; a week off has none.
        """
        monday = monday_of(self._first_day())
        if self._weeks.is_off(monday):
            return 0
        asked = self._weeks.asked_now() if self.asks_this_week() else 0
        called = sum(count for day, count in self._calls_by_day().items() if monday_of(day) == monday)
        return max(self._weeks.goal - asked - called, 0)

    def asks_this_week(self) -> bool:
        """Return whether somebody can still be called this week; else the next one is meant."""
        return monday_of(self._first_day()) == self._weeks.present()

    def _change(self, person_id: str, what: str, **fields: object) -> PoolPerson | None:
        person = self._store.get(PoolPerson, person_id)
        if person is None:
            return None
        self._history.commit(f"{what} {person.name}", replace(person, **fields))
        return self._store.get(PoolPerson, person_id)

    def _choosable(self, id_: str) -> PoolPerson | Contact | None:
        contact = self._store.contact(id_)
        if contact is not None and self._store.open_of_contact(id_):
            return None
        return contact or self._store.get(PoolPerson, id_)

    def _why(self, contact: Contact) -> str:
        referrer = self._store.contact(contact.referrer_id)
        return f"named by {referrer.name}" if referrer else NOT_CALLED

    def _days(self, count: int) -> list[date]:
        """Return the days of the next first calls, so many of them."""
        first, calendar = self._first_day(), self._time.calendar
        asked = {self._weeks.present(): self._weeks.asked_now()}
        off = frozenset(week.monday for week in self._store.all(Week) if week.off)
        return asking_days(count, first, self._weeks.goal, self._calls_by_day(), asked, off, calendar)

    def _first_day(self) -> date:
        """Return the first day on which somebody can be called."""
        calendar = self._time.calendar
        local = calendar.local(self._time.now())
        today, until = local.date(), self._library.cadence.call_hours[1]
        return calendar.add(today, 1 if local.time() >= until and calendar.is_business_day(today) else 0)

    def _calls_by_day(self) -> Mapping[date, int]:
        """Return how many first calls are due on each day; those of days past count today.

        It is kept until something changes, or the day does.
        """
        calendar = self._time.calendar
        today = calendar.day_of(self._time.now())
        basis = (self._store.revision(Attempt, Interview, FollowUp), today)
        if self._calls[0] != basis:
            calls = Counter(
                max(calendar.day_of(owed.due), today)
                for owed in self._store.open_follow_ups()
                if owed.kind is FollowUpKind.CALL and self._address_book.stage(owed.contact_id) is Stage.NEW
            )
            self._calls = (basis, calls)
        return self._calls[1]
