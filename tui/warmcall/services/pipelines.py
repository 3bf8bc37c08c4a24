"""How far the people of each target have come; after a change only those it is about are looked at again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from operator import attrgetter

from warmcall.domain.pipeline import PersonProgress, Pipeline, progress_of
from warmcall.domain.records import Attempt, Contact, FollowUp, Interview
from warmcall.domain.store import Store
from warmcall.domain.targets import serves, targets_of
from warmcall.services.contact_changes import ContactChanges, by_contact

EVERYBODY = ""
"""What stands in place of the id of a target for all contacts, whatever they serve."""


def several_targets(store: Store) -> frozenset[str]:
    """Return the ids of the targets; none if there is only one, which then everybody counts for."""
    known = store.target_ids
    return known if len(known) > 1 else frozenset()


_FIELDS = ("source", "target_id", "also_for", "created_at")
"""The fields of a contact that are in a pipeline, or say in which."""


class _Serving:
    """The contacts of one target: their ids in the order of the store, and who of them was added first."""

    def __init__(self, contacts: Iterable[Contact]) -> None:
        found = list(contacts)
        self.ids = dict.fromkeys(map(attrgetter("id"), found))
        self.first = min(found, key=attrgetter("created_at"), default=None)
        self.pipeline: Pipeline | None = None


class Pipelines:
    """The pipeline of each target; where there are fewer than two, that of everybody."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._changes = ContactChanges(store, Attempt, Interview, FollowUp, fields=_FIELDS)
        self._known: frozenset[str] = frozenset()
        self._asked: dict[str, PersonProgress] = {}
        self._serving: dict[str, _Serving] = {}

    def of(self, target_id: str) -> Pipeline:
        """Return the pipeline of those who serve a target; the same one while they have come no further.

        Where there are fewer than two targets it is that of everybody, whatever `target_id` is.
        """
        serving = self._of(target_id)
        if serving is None:
            return Pipeline(())
        if serving.pipeline is None:
            asked = self._asked
            serving.pipeline = Pipeline(
                tuple(serving.ids), tuple(asked[id_] for id_ in serving.ids if id_ in asked)
            )
        return serving.pipeline

    def serving(self, target_id: str) -> Collection[str]:
        """Return the ids of the contacts of a target, to look somebody up; the next change may change it."""
        serving = self._of(target_id)
        return serving.ids if serving is not None else ()

    def began_at(self, target_id: str) -> datetime | None:
        """Return when the first of those of a target was added; None if there is nobody."""
        serving = self._of(target_id)
        return serving.first.created_at if serving is not None and serving.first is not None else None

    def _of(self, target_id: str) -> _Serving | None:
        self._update()
        return self._serving.get(target_id if EVERYBODY not in self._serving else EVERYBODY)

    def _update(self) -> None:
        changed, known = self._changes.since_last_asked(), several_targets(self._store)
        if changed is None:
            self._look_at_all()
        else:
            for id_ in changed.deleted:
                self._asked.pop(id_, None)
            for id_ in changed.touched:
                self._look_again(id_)
        if changed is None or known != self._known:
            self._known = known
            self._sort()
            return
        for id_ in changed.deleted:
            self._leave(id_, self._serving.values())
        if not all(self._put(id_) for id_ in changed.touched):
            self._sort()

    def _look_at_all(self) -> None:
        store = self._store
        attempts, interviews = by_contact(store.all(Attempt)), by_contact(store.all(Interview))
        self._asked = {}
        for id_ in attempts | interviews:
            contact, talks = store.contact(id_), interviews.get(id_, ())
            if contact is not None:
                follow_ups = store.of_contact(FollowUp, id_) if talks else ()
                person = progress_of(contact, attempts.get(id_, ()), talks, follow_ups)
                if person is not None:
                    self._asked[id_] = person

    def _look_again(self, contact_id: str) -> None:
        """Look at a contact again; if they have come further, the pipelines with them are another."""
        person = self._looked_at(contact_id)
        if person == self._asked.get(contact_id):
            return
        if person is None:
            del self._asked[contact_id]
        else:
            self._asked[contact_id] = person
        for serving in self._serving.values():
            if contact_id in serving.ids:
                serving.pipeline = None

    def _put(self, contact_id: str) -> bool:
        """Put a contact, who may have changed, after those of each target they serve.

        Returns False if their place is not the last, as they are no new contact; then all are to be sorted.
        """
        contact = self._store.contact(contact_id)
        if contact is None:
            return True
        is_new = not any(contact_id in serving.ids for serving in self._serving.values())
        for target_id, serving in self._serving.items():
            if not self._serves(contact, target_id):
                self._leave(contact_id, [serving])
                continue
            if contact_id not in serving.ids:
                if not is_new:
                    return False
                serving.ids[contact_id] = None
                serving.pipeline = None
            self._compare_first(serving, contact)
        return True

    def _compare_first(self, serving: _Serving, contact: Contact) -> None:
        """Let a contact who was touched be the first added of those of a target, or not."""
        first = serving.first
        if first is None or contact.created_at < first.created_at:
            serving.first = contact
        elif first.id == contact.id and contact.created_at > first.created_at:
            serving.first = self._first_of(serving)

    def _leave(self, contact_id: str, lists: Iterable[_Serving]) -> None:
        for serving in lists:
            if contact_id in serving.ids:
                del serving.ids[contact_id]
                serving.pipeline = None
                if serving.first is not None and serving.first.id == contact_id:
                    serving.first = self._first_of(serving)

    def _first_of(self, serving: _Serving) -> Contact | None:
        contacts = (self._store.contact(id_) for id_ in serving.ids)
        return min(filter(None, contacts), key=attrgetter("created_at"), default=None)

    def _sort(self) -> None:
        """Put all contacts among those of each target they serve."""
        known = self._known
        if not known:
            self._serving = {EVERYBODY: _Serving(self._store.all(Contact))}
            return
        found: dict[str, list[Contact]] = {id_: [] for id_ in known}
        for contact in self._store.all(Contact):
            own = contact.target_id
            if own in found and not contact.also_for:
                found[own].append(contact)
                continue
            for id_ in (contact.also_for and targets_of(contact, known)) or known:
                found[id_].append(contact)
        self._serving = {id_: _Serving(contacts) for id_, contacts in found.items()}

    def _serves(self, contact: Contact, target_id: str) -> bool:
        return target_id == EVERYBODY or serves(contact, target_id, self._known)

    def _looked_at(self, contact_id: str) -> PersonProgress | None:
        """Return how far a contact has come; None if they were not asked yet, or are gone."""
        contact = self._store.contact(contact_id)
        if contact is None:
            return None
        own = self._store.of_contact
        interviews = own(Interview, contact_id)
        follow_ups = own(FollowUp, contact_id) if interviews else ()
        return progress_of(contact, own(Attempt, contact_id), interviews, follow_ups)
