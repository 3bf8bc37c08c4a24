"""Question banks, and the checklist chosen from one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from warmcall.domain.records import ChecklistQuestion
from warmcall.domain.script import Fault
from warmcall.domain.vocabulary import ContactKind


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question. `priority` 1 is asked first; a `core` one is chosen by default."""

    id: str
    ask: str
    priority: int
    minutes: int = 2
    core: bool = False
    referral: bool = False


class Bank(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A list of questions for one kind of contact."""

    id: str
    title: str
    kind: ContactKind
    questions: tuple[Question, ...]


def faults(bank: Bank) -> Iterator[Fault]:
    """Yield everything wrong with `bank`."""
    if not bank.questions:
        yield Fault(("questions",), "the bank has no questions", "add one with id, ask and priority")
    seen: set[str] = set()
    for index, question in enumerate(bank.questions):
        at = ("questions", str(index))
        if question.id in seen:
            yield Fault((*at, "id"), f"the id “{question.id}” stands twice", "give each question its own id")
        if not question.id or "." in question.id:
            yield Fault((*at, "id"), f"“{question.id}” cannot be an id", "use letters, figures and hyphens")
        if not question.ask.strip():
            yield Fault((*at, "ask"), "the question is empty", "write what to ask")
        seen.add(question.id)
    if bank.questions and not any(question.referral for question in bank.questions):
        yield Fault(
            ("questions",), "no question asks who else to talk to", "mark one “referral: true”", warning=True
        )


class Offer(NamedTuple):
    """A question that can be put on a checklist.

    `answered` is how many people of that kind have answered it for the same target; `own` marks the
    user's own question from an earlier interview, which is in no bank.
    """

    question: ChecklistQuestion
    answered: int = 0
    own: bool = False


def choose(
    bank: Bank, fewest: int, most: int, answered: Callable[[Question], bool] = lambda _question: False
) -> tuple[ChecklistQuestion, ...]:
    """Return the checklist to begin with: questions not `answered` yet first, the referral one last.

    Of the answered ones, and of the others, core questions are chosen first; the chosen ones are asked by
    priority. There are at least `fewest` questions, if the bank has them, and at most `most`, which a bank
    without core questions gives.
    """
    known = {question.id: answered(question) for question in bank.questions}
    ordinary = sorted(
        (question for question in bank.questions if not question.referral),
        key=lambda question: (known[question.id], not question.core, question.priority),
    )
    referrals = [question for question in bank.questions if question.referral][:1]
    core = sum(question.core for question in ordinary) or most
    kept = ordinary[: max(min(most - len(referrals), max(fewest - len(referrals), core)), 0)]
    in_order = sorted(kept, key=lambda question: (known[question.id], question.priority))
    return tuple(as_checklist_question(question) for question in [*in_order, *referrals])


def as_checklist_question(question: Question) -> ChecklistQuestion:
    """Return `question` as it stands on a checklist, not asked yet."""
    return ChecklistQuestion(
        id=question.id, ask=question.ask, minutes=question.minutes, referral=question.referral
    )


def not_chosen(bank: Bank, checklist: Sequence[ChecklistQuestion]) -> list[Question]:
    """Return the questions of `bank` that are not on `checklist`, by priority."""
    chosen = {question.id for question in checklist}
    rest = [question for question in bank.questions if question.id not in chosen]
    return sorted(rest, key=lambda question: question.priority)
