"""The orders in which people are listed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any

from warmcall.domain.queue import due_order
from warmcall.domain.records import Attempt, Contact, FollowUp, Interview
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import Stage
from warmcall.services.address_book import AddressBook
from warmcall.services.clock import Timekeeper


class PeopleBy(StrEnum):
    """What people are sorted by."""

    NAME = "name"
    STAGE = "stage"
    NEXT = "next"
    NEWEST = "newest"


_STAGES = {stage: place for place, stage in enumerate(Stage)}


class PeopleOrder:
    """Sorts people, and remembers the last result as long as the records stay the same."""

    def __init__(self, store: Store, time: Timekeeper, address_book: AddressBook) -> None:
        self._store = store
        self._time = time
        self._address_book = address_book
        self._last: tuple[Any, Sequence[str]] = (None, ())

    def sorted(self, ids: Sequence[str], by: PeopleBy) -> Sequence[str]:
        """Return the ids of contacts, which are in the order of their names, in another order.

        By stage they are from new to held, by the next step the one due first comes first, and those without
        one last; by the newest the one added last comes first. Equal ones stay in the order of their names.
        """
        if by is PeopleBy.NAME:
            return ids
        basis = (self._store.revision(Contact, Attempt, Interview, FollowUp), by, tuple(ids))
        if self._last[0] != basis:
            self._last = basis, sorted(ids, key=self._key(by))
        return self._last[1]

    def _key(self, by: PeopleBy) -> Callable[[str], Any]:
        match by:
            case PeopleBy.STAGE:
                met = {interview.contact_id for interview in self._store.all(Interview)}
                begun = met | {attempt.contact_id for attempt in self._store.all(Attempt)}
                return lambda id_: _STAGES[self._address_book.stage(id_) if id_ in begun else Stage.NEW]
            case PeopleBy.NEXT:
                return self._due
            case _:
                return self._added

    def _due(self, id_: str) -> tuple[bool, Any]:
        step = self._address_book.next_step(id_)
        return (True, None) if step is None else (False, due_order(step, self._time.calendar))

    def _added(self, id_: str) -> float:
        contact = self._store.contact(id_)
        return -contact.created_at.timestamp() if contact else 0.0
