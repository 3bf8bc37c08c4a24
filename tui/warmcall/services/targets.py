"""The targets: adding, editing and deleting them, changing to another, and comparing them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from warmcall.domain.decisions import decision_id
from warmcall.domain.pipeline import Pipeline
from warmcall.domain.records import Contact, Decision, Profile, Target, replace
from warmcall.domain.store import Store
from warmcall.domain.targets import target_fields, targets_of
from warmcall.services.history import History
from warmcall.services.profile import TARGET_FIELDS
from warmcall.services.progress import Progress, RatedTalk


class TargetStanding(msgspec.Struct, frozen=True):
    """How things are with one target: those who serve it, how they answered, and the talks for it.

    `shared` is how many of the people serve another target, too. `talks` are rated, the oldest first.
    `decision` is what the user has decided about it, if anything.
    """

    target: Target
    is_present: bool
    pipeline: Pipeline
    shared: int
    talks: tuple[RatedTalk, ...]
    decision: Decision | None = None


class ComparedTargets(msgspec.Struct, frozen=True):
    """All targets beside each other, the oldest first.

    `unsaid` is how many people serve none of them, and so count for each.
    """

    standings: tuple[TargetStanding, ...]
    unsaid: int


class _Served(NamedTuple):
    """How many people serve another target, too, by the id of a target, and how many serve none."""

    shared: Mapping[str, int]
    by_none: int


class Targets:
    """Keeps the targets; whatever a method changes is one change. The present one is the profile's."""

    def __init__(self, store: Store, history: History, progress: Progress) -> None:
        self._store = store
        self._history = history
        self._progress = progress
        self._counted: tuple[object, _Served] = (None, _Served({}, 0))

    def all(self) -> list[Target]:
        """Return the targets, the oldest first."""
        return sorted(self._store.all(Target), key=lambda target: (target.created_at, target.id))

    def problems(self, fields: Mapping[str, str]) -> dict[str, str]:
        """Return what is wrong with the fields of a target, by field."""
        return {} if fields.get("role", "").strip() else {"role": "say which job"}

    def add(self, fields: Mapping[str, str]) -> Target:
        """Add a target; the first one is the present one, any other has to be changed to."""
        target = replace(Target(**self._history.stamp()), **_stripped(fields))
        present = self._store.target
        pointed = self._pointed_at(present or target)
        self._history.commit(f"add the target {target.role}", target, pointed)
        return target

    def edit(self, target_id: str, fields: Mapping[str, str]) -> None:
        """Change the given fields of a target."""
        target = self._store.require(Target, target_id)
        self._history.commit(f"edit the target {target.role}", replace(target, **_stripped(fields)))

    def change_to(self, target_id: str) -> Target:
        """Make a target the present one."""
        target = self._store.require(Target, target_id)
        self._history.commit(f"target: {target.role}", self._pointed_at(target))
        return target

    def deletion_problem(self) -> str:
        """Return why no target can be deleted; empty if one can."""
        if self._store.count(Target) > 1:
            return ""
        return "This is your only target: scripts and letters need one. Edit it, or add another first"

    def delete(self, target_id: str) -> int:
        """Delete a target, unless it is the only one; return how many people served it alone.

        They stay, and count for each target until the user says which. After the present one the newest of
        the others is the present one.
        """
        target, present = self._store.require(Target, target_id), self._store.target
        others = [other for other in self.all() if other.id != target_id]
        if not others:
            return 0
        known = self._store.target_ids
        alone = sum(targets_of(contact, known) == (target_id,) for contact in self._store.all(Contact))
        is_present = present is not None and present.id == target_id
        pointed = [self._pointed_at(others[-1])] if is_present else []
        self._history.commit(f"delete the target {target.role}", *pointed, removed=(target,))
        return alone

    def served_by(self, contact: Contact) -> list[Target]:
        """Return the targets that a contact serves, their own first; none if it is not said which."""
        ids = targets_of(contact, self._store.target_ids)
        return [self._store.require(Target, id_) for id_ in ids]

    def set_serves(self, contact_id: str, target_id: str, does: bool) -> Contact:
        """Say that a contact serves a target, or does not; a target deleted since is forgotten then."""
        contact = self._store.require(Contact, contact_id)
        ids = [id_ for id_ in targets_of(contact, self._store.target_ids) if id_ != target_id]
        changed = replace(contact, **target_fields((*ids, target_id) if does else ids))
        self._history.commit(f"targets of {contact.name}", changed)
        return changed

    def compared(self) -> ComparedTargets:
        """Return how things are with each target; worked out again only after a change."""
        targets, present = self.all(), self._store.target
        served = self._served()
        standings = tuple(
            TargetStanding(
                target,
                target == present,
                self._progress.pipeline(target.id),
                served.shared.get(target.id, 0),
                self._progress.rated_talks(target.id),
                self._store.get(Decision, decision_id(target.id)),
            )
            for target in targets
        )
        return ComparedTargets(standings, served.by_none)

    def _served(self) -> _Served:
        """Return how many people serve several targets, and none; counted again only after a change."""
        known = self._store.target_ids
        basis = (self._store.revision(Contact), known)
        if self._counted[0] != basis:
            shared, by_none = dict.fromkeys(known, 0), 0
            for contact in self._store.all(Contact):
                if contact.also_for:
                    ids = targets_of(contact, known)
                    by_none += not ids
                    for id_ in ids if len(ids) > 1 else ():
                        shared[id_] += 1
                elif contact.target_id not in known:
                    by_none += 1
            self._counted = (basis, _Served(shared, by_none))
        return self._counted[1]

    def _pointed_at(self, target: Target) -> Profile:
        """Return the profile with `target` as the present one."""
        profile = self._store.profile or Profile(**(self._history.stamp() | {"id": "profile"}))
        return replace(profile, target_id=target.id)


def _stripped(fields: Mapping[str, str]) -> dict[str, str]:
    return {name: fields[name].strip() for name in TARGET_FIELDS if name in fields}
