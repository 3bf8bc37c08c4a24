"""The weeks: who was asked, met and thanked in each, what the user says of it, and who is next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, tzinfo

import msgspec

from warmcall.config.library import Library
from warmcall.domain.asking_days import monday_of
from warmcall.domain.queue import QueueEntry
from warmcall.domain.records import Attempt, Contact, FollowUp, Interview, Profile, Week, replace
from warmcall.domain.sanitize import plain_line
from warmcall.domain.stage import stage_of
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind, Stage, TargetChange
from warmcall.domain.weeks import (
    WEEK,
    Rhythm,
    asks_of,
    last_weekday,
    people_by_week,
    review_day,
    rhythm,
    span_of,
    week_id,
)
from warmcall.services.clock import Timekeeper
from warmcall.services.contact_changes import ContactChanges, by_contact
from warmcall.services.history import History
from warmcall.services.queue_cache import QueueCache

_OWED = (FollowUpKind.PROMISE, FollowUpKind.THANK_YOU, FollowUpKind.TELL_REFERRER)
"""What others wait for: words and things that the user owes them."""


class WeekReview(msgspec.Struct, frozen=True):
    """What a look back at one week shows; the people in it are contacts, in the order to read them.

    `week` is what the user said of it. `waiting` is what others wait for now, `ready` are those whose call is
    in the queue up to the end of the week after; both are empty for a week before the present one.
    """

    week: Week
    goal: int
    rhythm: Rhythm
    is_present: bool
    met: tuple[Contact, ...] = ()
    thanked: tuple[Contact, ...] = ()
    named: tuple[Contact, ...] = ()
    waiting: tuple[QueueEntry, ...] = ()
    ready: tuple[Contact, ...] = ()
    next_off: bool = False
    learned_before: tuple[Week, ...] = ()

    @property
    def more(self) -> int:
        """How many more people than those ready the goal of the next week asks for."""
        return max(self.goal - len(self.ready), 0)


class Weeks:
    """Looks back at weeks, and keeps what the user says of them; each method that changes is one change."""

    def __init__(
        self,
        store: Store,
        history: History,
        time: Timekeeper,
        library: Library,
        queue: QueueCache,
    ) -> None:
        self._store = store
        self._history = history
        self._time = time
        self._library = library
        self._queue = queue
        self._asked_basis: object = None
        self._asked_now = 0
        self._changes = ContactChanges(store, Attempt, Interview)
        self._people_zone: tzinfo | None = None
        self._people: dict[date, set[str]] = {}

    @property
    def goal(self) -> int:
        """How many people are to be asked in a week."""
        return self._library.cadence.weekly_goal

    def present(self) -> date:
        """Return the Monday of the present week."""
        return monday_of(self._today())

    def asked_now(self) -> int:
        """Return how many people were asked in the present week, counted again only if that may differ."""
        monday, calendar = self.present(), self._time.calendar
        basis = (self._store.revision(Attempt, Interview), monday, calendar.zone)
        if basis != self._asked_basis:
            begin, end = span_of(monday, calendar)
            tried = {attempt.contact_id for attempt in self._store.all(Attempt) if begin <= attempt.at < end}
            people = people_by_week({id_: self._asks_of(id_) for id_ in tried}, calendar)
            self._asked_basis, self._asked_now = basis, len(people.get(monday, ()))
        return self._asked_now

    def asked_by_week(self) -> Mapping[date, Collection[str]]:
        """Return who was asked in each week, by its Monday; the next change may change what is returned.

        After a change only those it is about are counted again.
        """
        changed, calendar = self._changes.since_last_asked(), self._time.calendar
        if changed is None or self._people_zone != calendar.zone:
            self._people_zone, self._people = calendar.zone, {}
            attempts, talks = by_contact(self._store.all(Attempt)), by_contact(self._store.all(Interview))
            asks = {
                id_: asks_of(tries, talks.get(id_, ()), self._script_asks) for id_, tries in attempts.items()
            }
        else:
            asks = {id_: self._asks_of(id_) for id_ in changed.touched}
            for ids in self._people.values():
                ids.difference_update(asks)
        for monday, found in people_by_week(asks, calendar).items():
            self._people.setdefault(monday, set()).update(found)
        for monday in [monday for monday, ids in self._people.items() if not ids]:
            del self._people[monday]
        return self._people

    def week(self, monday: date) -> Week:
        """Return what the user said of a week; one of which nothing was said is not in the store."""
        found = self._store.get(Week, week_id(monday))
        return found or Week(**(self._history.stamp() | {"id": week_id(monday)}), monday=monday)

    def is_off(self, monday: date) -> bool:
        """Return whether a week is off."""
        found = self._store.get(Week, week_id(monday))
        return found is not None and found.off

    def offers(self) -> bool:
        """Return whether a look back is ever offered."""
        profile = self._store.profile
        return profile is None or profile.weekly_review

    def is_offered(self) -> bool:
        """Return whether a look back at the present week is offered now.

        It is from the last business day of the week on, until it is done, if there is anything to look at.
        """
        monday, today = self.present(), self._today()
        if not self._may_be_offered(monday):
            return False
        return today >= last_weekday(monday) or today >= review_day(monday, self._time.calendar)

    def depends_on_holidays(self) -> bool:
        """Return whether `is_offered` has to know the holidays now, whose library takes long to import."""
        monday = self.present()
        return self._may_be_offered(monday) and self._today() < last_weekday(monday)

    def _may_be_offered(self, monday: date) -> bool:
        """Return whether a look back at the week of `monday` is offered once its review day has come."""
        week = self._store.get(Week, week_id(monday))
        done = week is not None and (week.off or week.reviewed)
        return self.offers() and not done and bool(self._store.count(Attempt))

    def review(self, monday: date) -> WeekReview:
        """Return the look back at the week of `monday`."""
        calendar = self._time.calendar
        present = self.present()
        begin, end = span_of(monday, calendar)
        talks = [
            talk
            for talk in self._store.all(Interview)
            if talk.was_held and begin <= (talk.ended_at or talk.at) < end
        ]
        talks.sort(key=lambda talk: talk.began_at)
        thanked = sorted(
            (
                owed
                for owed in self._store.all(FollowUp)
                if owed.kind is FollowUpKind.THANK_YOU and owed.done_at and not owed.dropped
                if begin <= owed.done_at < end
            ),
            key=lambda owed: owed.done_at or begin,
        )
        named = [id_ for talk in talks for id_ in talk.named]
        off = frozenset(week.monday for week in self._store.all(Week) if week.off)
        is_present = monday == present
        return WeekReview(
            week=self.week(monday),
            goal=self.goal,
            rhythm=rhythm(monday, self.asked_by_week(), off, is_over=monday < present),
            is_present=is_present,
            met=self._contacts(talk.contact_id for talk in talks),
            thanked=self._contacts(owed.contact_id for owed in thanked),
            named=self._contacts(named),
            waiting=self._waiting() if is_present else (),
            ready=self._ready(span_of(monday + WEEK, calendar)[1]) if is_present else (),
            next_off=self.is_off(monday + WEEK),
            learned_before=self._learned_before(monday),
        )

    def write(self, monday: date, learned: str, changes: TargetChange) -> None:
        """Keep what was learned in a week, in one sentence, and whether it changes the target."""
        changed = replace(self.week(monday), learned=plain_line(learned), changes=changes)
        if (changed.learned, changed.changes) != (self.week(monday).learned, self.week(monday).changes):
            self._history.commit("what you learned this week", changed, merge=f"week {monday}")

    def set_off(self, monday: date, off: bool) -> None:
        """Make a week one off, or one like the others."""
        self._history.commit("a week off" if off else "no week off", replace(self.week(monday), off=off))

    def finish(self, monday: date) -> None:
        """Say that the look back at a week is done."""
        self._history.commit("your week", replace(self.week(monday), reviewed=True))

    def offer(self, offered: bool) -> None:
        """Offer a look back at the end of each week, or never any more."""
        profile = self._store.profile or Profile(**(self._history.stamp() | {"id": "profile"}))
        self._history.commit("the weekly review", replace(profile, weekly_review=offered))

    def _today(self) -> date:
        return self._time.calendar.day_of(self._time.now())

    def _asks_of(self, contact_id: str) -> list[datetime]:
        own = self._store.of_contact
        return asks_of(own(Attempt, contact_id), own(Interview, contact_id), self._script_asks)

    def _script_asks(self, script_id: str) -> bool:
        from warmcall.domain.script import ScriptFor

        script = self._library.scripts.get(script_id)
        return script is None or script.serves is ScriptFor.ASK

    def _waiting(self) -> tuple[QueueEntry, ...]:
        """Return what others wait for, in the order of the queue."""
        return tuple(
            entry
            for entry in self._queue.entries()
            if entry.follow_up.kind in _OWED and not entry.follow_up.waiting
        )

    def _ready(self, until: datetime) -> tuple[Contact, ...]:
        """Return those not met yet whose call is in the queue and due before `until`, in its order."""
        calendar = self._time.calendar
        last = calendar.day_of(until)
        ids = [
            entry.follow_up.contact_id
            for entry in self._queue.entries()
            if entry.follow_up.kind is FollowUpKind.CALL and not entry.follow_up.waiting
            if calendar.day_of(entry.follow_up.due) < last
        ]
        not_met = (Stage.NEW, Stage.ASKED)
        return tuple(found for found in self._contacts(ids) if self._stage(found.id) in not_met)

    def _stage(self, contact_id: str) -> Stage:
        own = self._store.of_contact
        return stage_of(own(Attempt, contact_id), own(Interview, contact_id), own(FollowUp, contact_id))

    def _learned_before(self, monday: date) -> tuple[Week, ...]:
        """Return the weeks before in which something was learned, the latest first."""
        weeks = (week for week in self._store.all(Week) if week.learned and week.monday < monday)
        return tuple(sorted(weeks, key=lambda week: week.monday, reverse=True))

    def _contacts(self, ids: Iterable[str]) -> tuple[Contact, ...]:
        """Return the contacts of those ids, each once, without those deleted since."""
        found = (self._store.contact(id_) for id_ in dict.fromkeys(ids))
        return tuple(contact for contact in found if contact is not None)
