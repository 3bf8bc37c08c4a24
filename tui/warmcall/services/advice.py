"""Advice: adding, editing and deleting it, and saying that it was followed, or that they know."""

from __future__ import annotations

from collections.abc import Sequence

from warmcall.domain.advice_given import AdviceGiven, advice_given
from warmcall.domain.cadence import FollowUpPlan
from warmcall.domain.evidence import resume_task
from warmcall.domain.records import Advice, AnyRecord, Contact, FollowUp, replace
from warmcall.domain.sanitize import plain_line
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.domain.when import When
from warmcall.services.address_book import AddressBook
from warmcall.services.clock import Timekeeper
from warmcall.services.history import History

_WHY = "their advice"
"""Why the task of a piece of advice is in the queue."""


class AdviceList:
    """All advice, and what the user does with it; every method that changes anything is one change.

    A method that is given an id does nothing if there is no such advice.
    """

    def __init__(self, store: Store, history: History, time: Timekeeper, address_book: AddressBook) -> None:
        self._store = store
        self._history = history
        self._time = time
        self._address_book = address_book
        self._given: tuple[object, Sequence[AdviceGiven]] | None = None

    def given(self) -> Sequence[AdviceGiven]:
        """Return the advice by people who are still in People, what is to be done first."""
        revision = self._store.revision(Contact, FollowUp, Advice)
        if self._given is None or self._given[0] != revision:
            tasks = (owed for owed in self._store.all(FollowUp) if self._store.contact(owed.contact_id))
            records = (one for one in self._store.all(Advice) if self._store.contact(one.contact_id))
            found = advice_given(records, tasks, lambda id_: self._store.of_contact(FollowUp, id_))
            self._given = (revision, found)
        return self._given[1]

    def find(self, advice_id: str) -> AdviceGiven | None:
        """Return the advice of that id, or None."""
        return next((advice for advice in self.given() if advice.id == advice_id), None)

    def add(self, contact_id: str, words: str, due: When | None, on_resume: bool = False) -> str:
        """Add what a contact advised, with a task in the queue if it is `due`; return its id."""
        advice = Advice(
            **self._history.stamp(), contact_id=contact_id, words=plain_line(words), on_resume=on_resume
        )
        self._history.commit(f"advice: {advice.words}", *self._with_task(advice, None, due))
        return advice.id

    def edit(
        self, advice_id: str, contact_id: str, words: str, due: When | None, on_resume: bool = False
    ) -> None:
        """Change who gave it, what it says, and the day of its task; without a day there is no open task."""
        given = self.find(advice_id)
        if given is None:
            return
        changed = replace(
            self._record(given), contact_id=contact_id, words=plain_line(words), on_resume=on_resume
        )
        task = given.task
        removed: tuple[AnyRecord, ...] = ()
        if task is not None and task.done_at is None and due is None:
            changed, removed, task = replace(changed, task_id=""), (task,), None
        self._history.commit("edit advice", *self._with_task(changed, task, due), removed=removed)

    def delete(self, advice_id: str) -> None:
        """Delete it with its task."""
        given = self.find(advice_id)
        if given is not None:
            belonging = tuple(record for record in (given.record, given.task) if record is not None)
            self._history.commit("delete advice", removed=belonging)

    def toggle_followed(self, advice_id: str) -> None:
        """Say that it was followed, or that it was not; its task is done, or to be done, with that."""
        given = self.find(advice_id)
        if given is None:
            return
        at = None if given.is_followed else self._time.now()
        label = f"advice {'followed' if at else 'not followed'}: {given.words}"
        records: list[AnyRecord] = []
        advice = given.record
        if given.task is not None:
            records.append(replace(given.task, done_at=at))
        else:
            advice = replace(self._record(given), followed_at=at)
        if advice is not None:
            records.append(replace(advice, told_at=advice.told_at if at else None))
        self._history.commit(label, *records)

    def toggle_told(self, advice_id: str) -> None:
        """Say that they know it was followed, in another way than by letter; or that they do not."""
        given = self.find(advice_id)
        if given is not None:
            record = self._record(given)
            at = None if record.told_at else self._time.now()
            label = f"{'told' if at else 'not told'}: {given.words}"
            self._history.commit(label, replace(record, told_at=at))

    def _record(self, given: AdviceGiven) -> Advice:
        """Return the record of `given`: a new one for what an earlier version kept as a task alone."""
        if given.record is not None:
            return given.record
        task = given.task
        return Advice(
            **(self._history.stamp() | {"id": given.id, "created_at": given.given_at}),
            contact_id=given.contact_id, words=given.words, on_resume=given.on_resume,
            interview_id=task.interview_id if task else "", task_id=task.id if task else "",
        )  # fmt: skip

    def _with_task(self, advice: Advice, task: FollowUp | None, due: When | None) -> tuple[AnyRecord, ...]:
        """Return `advice` with its task: the present `task` changed, or a new one if it is `due`."""
        note = resume_task(advice.words) if advice.on_resume else advice.words
        if task is not None:
            due = task.due if due is None else due
            return advice, replace(task, contact_id=advice.contact_id, note=note, due=due)
        if due is None or advice.followed_at is not None:
            return (advice,)
        owed = FollowUpPlan(kind=FollowUpKind.OTHER, due=due, note=note, why=_WHY)
        made = self._address_book.follow_up(advice.contact_id, owed, interview_id=advice.interview_id)
        return replace(advice, task_id=made.id), made
