"""How far people have come, from found to in touch, and how those who were asked have answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum, StrEnum

import msgspec

from warmcall.domain.rates import Rate
from warmcall.domain.records import Attempt, Contact, FollowUp, Interview
from warmcall.domain.stage import stage_of
from warmcall.domain.vocabulary import AGREED, NOBODY_ASKED, Outcome, Source, Stage


class PipelineStep(IntEnum):
    """A step of the pipeline; whoever is at one has been at all before it."""

    FOUND = 0
    ASKED = 1
    AGREED = 2
    MET = 3
    IN_TOUCH = 4


class AskResult(StrEnum):
    """What became of asking somebody."""

    NOT_ASKED = ""
    OPEN = "open"
    YES = "yes"
    NO = "no"


_REFUSED = (Outcome.DECLINED, Outcome.REFERRED)
"""Outcomes that are no yes: they said no, or named somebody else instead."""


def answer_of(attempts: Sequence[Attempt], interviews: Sequence[Interview]) -> AskResult:
    """Return what became of asking one contact, given all their attempts and interviews.

    A meeting that was agreed on is a yes, even if it was called off later. Of several answers the last
    counts, but nothing after a yes makes it a no. Silence is open, however long it lasts; whoever did not
    take up the phone was not asked yet.
    """
    if any(not interview.practice for interview in interviews):
        return AskResult.YES
    outcomes = [attempt.outcome for attempt in sorted(attempts, key=lambda attempt: attempt.at)]
    asked = [outcome for outcome in outcomes if outcome is not None and outcome not in NOBODY_ASKED]
    if not asked:
        return AskResult.NOT_ASKED
    if any(outcome in AGREED for outcome in asked):
        return AskResult.YES
    said = [outcome for outcome in asked if outcome in (*_REFUSED, Outcome.REPLIED, Outcome.CALL_BACK)]
    return AskResult.NO if said and said[-1] in _REFUSED else AskResult.OPEN


def step_of(
    attempts: Sequence[Attempt], interviews: Sequence[Interview], follow_ups: Sequence[FollowUp]
) -> PipelineStep:
    """Return the last step that one contact has come to."""
    real = [interview for interview in interviews if not interview.practice]
    if any(interview.was_held for interview in real):
        held = [interview for interview in real if interview.was_held]
        in_touch = stage_of(attempts, held, follow_ups) is Stage.IN_TOUCH
        return PipelineStep.IN_TOUCH if in_touch else PipelineStep.MET
    answer = answer_of(attempts, real)
    if answer is AskResult.YES:
        return PipelineStep.AGREED
    return PipelineStep.FOUND if answer is AskResult.NOT_ASKED else PipelineStep.ASKED


class PersonProgress(msgspec.Struct, frozen=True, gc=False):
    """How far one contact has come; `source` is where their name came from."""

    contact_id: str
    source: Source
    step: PipelineStep
    answer: AskResult


class Pipeline(msgspec.Struct, frozen=True):
    """How far everybody has come."""

    people: tuple[PersonProgress, ...]

    def at_least(self, step: PipelineStep) -> tuple[str, ...]:
        """Return the ids of those who have come to `step` or beyond, in the order they were added."""
        return tuple(person.contact_id for person in self.people if person.step >= step)

    def rate(self, source: Source | None = None) -> Rate:
        """Return how those who were asked have answered, of one source or of all."""
        answers = [person.answer for person in self.people if source is None or person.source is source]
        return Rate(*(answers.count(answer) for answer in (AskResult.YES, AskResult.NO, AskResult.OPEN)))

    def sources(self) -> list[tuple[Source, tuple[PersonProgress, ...]]]:
        """Return those who were asked by source: the source with most yeses first, then with most asked."""
        found: dict[Source, list[PersonProgress]] = {}
        for person in self.people:
            if person.answer is not AskResult.NOT_ASKED:
                found.setdefault(person.source, []).append(person)

        def rank(item: tuple[Source, list[PersonProgress]]) -> tuple[int, int, int]:
            source, people = item
            agreed = sum(person.answer is AskResult.YES for person in people)
            return -agreed, -len(people), list(Source).index(source)

        by_answer = {
            source: tuple(sorted(people, key=lambda person: _SHOWN.index(person.answer)))
            for source, people in sorted(found.items(), key=rank)
        }
        return list(by_answer.items())


_SHOWN = (AskResult.YES, AskResult.NO, AskResult.OPEN, AskResult.NOT_ASKED)
"""The order in which the answers of one source are shown."""


def pipeline_of(
    contacts: Iterable[Contact],
    attempts: Mapping[str, Sequence[Attempt]],
    interviews: Mapping[str, Sequence[Interview]],
    follow_ups: Mapping[str, Sequence[FollowUp]],
) -> Pipeline:
    """Return how far `contacts` have come, given the records of each by contact id."""
    people = []
    for contact in contacts:
        own = (attempts.get(contact.id, ()), interviews.get(contact.id, ()))
        if not (own[0] or own[1]):
            people.append(PersonProgress(contact.id, contact.source, PipelineStep.FOUND, AskResult.NOT_ASKED))
            continue
        step = step_of(*own, follow_ups.get(contact.id, ()))
        people.append(PersonProgress(contact.id, contact.source, step, answer_of(*own)))
    return Pipeline(tuple(people))
