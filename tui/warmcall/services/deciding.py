"""The decision: what must be true for the target to be right, what speaks for it, and what is decided."""

from __future__ import annotations

from operator import is_
from typing import NamedTuple

import msgspec

from warmcall.domain.answers import Answer
from warmcall.domain.decisions import WeighedAnswer, WeighedRequirement, decision_id, evidence_id, weighed
from warmcall.domain.records import (
    AnyRecord,
    Decision,
    Evidence,
    Profile,
    Requirement,
    Target,
    replace,
)
from warmcall.domain.sanitize import plain_line
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import TargetVerdict
from warmcall.services.answers import ASKED_KINDS, Answers
from warmcall.services.history import History


class DecisionState(msgspec.Struct, frozen=True):
    """How the decision about the target stands; `decision` is None until something is decided."""

    target: Target | None
    requirements: tuple[WeighedRequirement, ...]
    decision: Decision | None


class _KeptState(NamedTuple):
    """How a decision stands, and what that was found in: the revision of records, and the very objects."""

    revision: object
    found_in: tuple[object, ...]
    state: DecisionState


class Deciding:
    """Weighs answers against requirements; every method that changes anything is one change.

    An answer speaks for a requirement or against it, never both: said to be the other, it moves. Who hears
    both in one answer has two requirements in one. A method that is given an id does nothing if there is no
    such record.
    """

    def __init__(self, store: Store, history: History, answers: Answers) -> None:
        self._store = store
        self._history = history
        self._answers = answers
        self._states: dict[str, _KeptState] = {}

    def state(self, target_id: str = "") -> DecisionState:
        """Return how it stands for a target, the present one without an id; of one that is gone, nothing.

        Asking again costs nothing while nothing changed.
        """
        revision = self._store.revision(Requirement, Evidence, Decision, Target, Profile)
        found_in = (self._answers.all(), *map(self._answers.could_say, ASKED_KINDS))
        kept = self._states.get(target_id)
        if kept is None or kept.revision != revision or not all(map(is_, kept.found_in, found_in)):
            target = self._store.get(Target, target_id) if target_id else self._store.target
            kept = self._states[target_id] = _KeptState(revision, found_in, self._found(target))
        return kept.state

    def said_by(self, contact_id: str, target_id: str = "") -> list[WeighedAnswer]:
        """Return the answers of one person that speak for or against anything; of the target as `state`."""
        return [
            said
            for requirement in self.state(target_id).requirements
            for said in requirement.answers
            if said.answer.contact_id == contact_id
        ]

    def requirement(self, requirement_id: str) -> WeighedRequirement | None:
        """Return the requirement of that id, or None."""
        found = (one for one in self.state().requirements if one.requirement.id == requirement_id)
        return next(found, None)

    def add_requirement(self, text: str) -> str:
        """Add something that must be true, as the last; return its id, empty if there is no target."""
        state = self.state()
        if state.target is None:
            return ""
        last = max((one.requirement.order for one in state.requirements), default=0)
        added = Requirement(
            **self._history.stamp(), target_id=state.target.id, text=plain_line(text), order=last + 1
        )
        self._history.commit(f"must be true: {added.text}", added)
        return added.id

    def edit_requirement(self, requirement_id: str, text: str) -> None:
        """Say it in other words."""
        found = self.requirement(requirement_id)
        if found is not None:
            self._history.commit("edit what must be true", replace(found.requirement, text=plain_line(text)))

    def delete_requirement(self, requirement_id: str) -> None:
        """Delete it with what speaks for it and against it."""
        found = self._store.get(Requirement, requirement_id)
        if found is not None:
            evidence = (
                piece for piece in self._store.all(Evidence) if piece.requirement_id == requirement_id
            )
            self._history.commit(f"delete: {found.text}", removed=(*evidence, found))

    def move_requirement(self, requirement_id: str, by: int) -> None:
        """Move it up by one place if `by` is -1, down if it is 1; the first and the last stay there."""
        ids = [one.requirement.id for one in self.state().requirements]
        if requirement_id not in ids:
            return
        at = ids.index(requirement_id)
        to = at + by
        if not 0 <= to < len(ids):
            return
        ids[at], ids[to] = ids[to], ids[at]
        moved: list[AnyRecord] = [
            replace(self._store.require(Requirement, id_), order=order)
            for order, id_ in enumerate(ids, start=1)
        ]
        self._history.commit("move what must be true", *moved)

    def add_evidence(self, requirement_id: str, answer: Answer, supports: bool) -> str:
        """Say that an answer speaks for a requirement, or against it; return the id of the evidence.

        The words chosen of an answer that only moves from one to the other stay.
        """
        id_ = evidence_id(requirement_id, answer.interview_id, answer.question_id)
        present = self._store.get(Evidence, id_)
        piece = (
            replace(present, supports=supports)
            if present is not None
            else Evidence(
                **(self._history.stamp() | {"id": id_}),
                requirement_id=requirement_id,
                interview_id=answer.interview_id,
                question_id=answer.question_id,
                supports=supports,
            )
        )
        self._history.commit(f"an answer {'for' if supports else 'against'}", piece)
        return id_

    def quote(self, evidence_id: str, words: str) -> None:
        """Choose the words of an answer that count; empty for all of it."""
        present = self._store.get(Evidence, evidence_id)
        if present is not None:
            self._history.commit("the words that count", replace(present, words=plain_line(words)))

    def remove_evidence(self, evidence_id: str) -> None:
        """Take an answer away from a requirement."""
        present = self._store.get(Evidence, evidence_id)
        if present is not None:
            self._history.commit("take an answer away", removed=(present,))

    def decide(self, verdict: TargetVerdict, why: str, would_change_my_mind: str) -> None:
        """Decide about the target; nothing happens without one."""
        state = self.state()
        if state.target is None:
            return
        stamp = self._history.stamp() | {"id": decision_id(state.target.id)}
        present = state.decision or Decision(**stamp, target_id=state.target.id, verdict=verdict)
        same = state.decision is not None and state.decision.verdict is verdict
        decided = replace(
            present,
            verdict=verdict,
            why=plain_line(why),
            would_change_my_mind=plain_line(would_change_my_mind),
            decided_at=present.decided_at if same else self._history.now(),
        )
        self._history.commit(f"decided: {verdict.replace('_', ' ')}", decided)

    def _found(self, target: Target | None) -> DecisionState:
        store = self._store
        target_id = target.id if target else ""
        return DecisionState(
            target=target,
            requirements=tuple(
                weighed(
                    (one for one in store.all(Requirement) if one.target_id == target_id),
                    store.all(Evidence),
                    self._answers.all().by_id,
                    self._answers.kinds_asked,
                    {kind: self._answers.could_say(kind) for kind in ASKED_KINDS},
                )
            ),
            decision=store.get(Decision, decision_id(target_id)),
        )
