"""How far people have come, from found to in touch, and how those who were asked have answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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

_NO_LONGER_REFUSED = (Outcome.REPLIED, Outcome.CALL_BACK)
"""Outcomes that take back a no said before: they said something else since."""

_STEP_BEFORE_MEETING = {
    AskResult.NOT_ASKED: PipelineStep.FOUND,
    AskResult.OPEN: PipelineStep.ASKED,
    AskResult.NO: PipelineStep.ASKED,
    AskResult.YES: PipelineStep.AGREED,
}
"""The step that somebody has come to who was not met, by what became of asking them."""


def answer_of(attempts: Sequence[Attempt], interviews: Sequence[Interview]) -> AskResult:
    """Return what became of asking one contact, given all their attempts and interviews.

    A meeting that was agreed on is a yes, even if it was called off later. Of several answers the last
    counts, but nothing after a yes makes it a no. Silence is open, however long it lasts; whoever did not
    take up the phone was not asked yet.
    """
    if any(not interview.practice for interview in interviews):
        return AskResult.YES
    answer = AskResult.NOT_ASKED
    for attempt in sorted(attempts, key=lambda attempt: attempt.at) if len(attempts) > 1 else attempts:
        outcome = attempt.outcome
        if outcome is None or outcome in NOBODY_ASKED:
            continue
        if outcome in AGREED:
            return AskResult.YES
        if outcome in _REFUSED:
            answer = AskResult.NO
        elif answer is AskResult.NOT_ASKED or outcome in _NO_LONGER_REFUSED:
            answer = AskResult.OPEN
    return answer


def step_of(
    attempts: Sequence[Attempt], interviews: Sequence[Interview], follow_ups: Sequence[FollowUp]
) -> PipelineStep:
    """Return the last step that one contact has come to."""
    held = [interview for interview in interviews if interview.was_held]
    if held:
        in_touch = stage_of(attempts, held, follow_ups) is Stage.IN_TOUCH
        return PipelineStep.IN_TOUCH if in_touch else PipelineStep.MET
    return _STEP_BEFORE_MEETING[answer_of(attempts, interviews)]


class PersonProgress(msgspec.Struct, frozen=True, gc=False):
    """How far one contact has come who was asked; `source` is where their name came from."""

    contact_id: str
    source: Source
    step: PipelineStep
    answer: AskResult


class Pipeline(msgspec.Struct, frozen=True):
    """How far everybody has come: the ids of all people, and how far those of them are who were `asked`.

    Both are in the order in which the people came into the store.
    """

    ids: tuple[str, ...]
    asked: tuple[PersonProgress, ...] = ()

    def at_least(self, step: PipelineStep) -> tuple[str, ...]:
        """Return the ids of those who have come to `step` or beyond, in the order they were added."""
        if step is PipelineStep.FOUND:
            return self.ids
        return tuple(person.contact_id for person in self.asked if person.step >= step)

    def counts(self) -> dict[PipelineStep, int]:
        """Return how many have come to each step or beyond."""
        steps = [person.step for person in self.asked]
        exactly = {step: steps.count(step) for step in PipelineStep}
        there = {
            step: sum(exactly[other] for other in PipelineStep if other >= step) for step in PipelineStep
        }
        return there | {PipelineStep.FOUND: len(self.ids)}

    def not_asked(self) -> tuple[str, ...]:
        """Return the ids of those who were not asked yet, in the order they were added."""
        asked = {person.contact_id for person in self.asked}
        return tuple(id_ for id_ in self.ids if id_ not in asked)

    def rate(self, source: Source | None = None) -> Rate:
        """Return how those who were asked have answered, of one source or of all."""
        return rate_of(person for person in self.asked if source is None or person.source is source)

    def sources(self) -> list[tuple[Source, tuple[PersonProgress, ...]]]:
        """Return those who were asked by source: the source with most yeses first, then with most asked."""
        found: dict[Source, list[PersonProgress]] = {}
        for person in self.asked:
            found.setdefault(person.source, []).append(person)

        def rank(item: tuple[Source, list[PersonProgress]]) -> tuple[int, int, int]:
            source, people = item
            agreed = sum(person.answer is AskResult.YES for person in people)
            return -agreed, -len(people), list(Source).index(source)

        return [
            (source, tuple(person for answer in _SHOWN for person in people if person.answer is answer))
            for source, people in sorted(found.items(), key=rank)
        ]


_SHOWN = (AskResult.YES, AskResult.NO, AskResult.OPEN)
"""The order in which the answers of one source are shown."""


def rate_of(people: Iterable[PersonProgress]) -> Rate:
    """Return how these people have answered."""
    answers = [person.answer for person in people]
    return Rate(*(answers.count(answer) for answer in _SHOWN))


def progress_of(
    contact: Contact,
    attempts: Sequence[Attempt],
    interviews: Sequence[Interview],
    follow_ups: Sequence[FollowUp],
) -> PersonProgress | None:
    """Return how far `contact` has come, given all their records; None if they were not asked yet.

    Follow-ups count only for somebody with an interview.
    """
    answer = answer_of(attempts, interviews)
    if answer is AskResult.NOT_ASKED:
        return None
    step = step_of(attempts, interviews, follow_ups) if interviews else _STEP_BEFORE_MEETING[answer]
    return PersonProgress(contact.id, contact.source, step, answer)
