"""The stage of everybody who was tried; after a change only those it is about are looked at again."""

from __future__ import annotations

from collections.abc import Mapping

from warmcall.domain.records import Attempt, FollowUp, Interview
from warmcall.domain.stage import stage_of
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import Stage
from warmcall.services.contact_changes import ContactChanges, by_contact


class Stages:
    """The stages of the contacts who have an attempt or an interview; any other contact is new."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._changes = ContactChanges(store, Attempt, Interview, FollowUp)
        self._tried: dict[str, Stage] = {}

    def tried(self) -> Mapping[str, Stage]:
        """Return the stage of each who was tried, by contact id; the same one as long as all are the same."""
        changed, store = self._changes.since_last_asked(), self._store
        if changed is None:
            attempts, interviews = by_contact(store.all(Attempt)), by_contact(store.all(Interview))
            self._tried = {
                id_: stage_of(attempts.get(id_, ()), interviews.get(id_, ()), store.of_contact(FollowUp, id_))
                for id_ in attempts | interviews
            }
            return self._tried
        found = {id_: self._stage(id_) for id_ in changed.touched}
        if any(self._tried.get(id_) is not stage for id_, stage in found.items()):
            together = self._tried | found
            self._tried = {id_: stage for id_, stage in together.items() if stage is not None}
        return self._tried

    def _stage(self, contact_id: str) -> Stage | None:
        """Return the stage of somebody; None if they have neither attempts nor interviews."""
        own = self._store.of_contact
        attempts, interviews = own(Attempt, contact_id), own(Interview, contact_id)
        if not (attempts or interviews):
            return None
        return stage_of(attempts, interviews, own(FollowUp, contact_id))
