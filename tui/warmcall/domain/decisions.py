"""What must be true for the target to be the right job, what people said of it, and what is decided."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

import msgspec

from warmcall.domain.answers import Answer, answer_id
from warmcall.domain.articles import with_article
from warmcall.domain.records import Decision, Evidence, Requirement
from warmcall.domain.vocabulary import ContactKind, TargetVerdict

FINAL = (TargetVerdict.GO, TargetVerdict.NO)
"""What everybody who helped would like to hear."""


class WeighedAnswer(msgspec.Struct, frozen=True):
    """One answer that speaks for a requirement, or against it."""

    evidence: Evidence
    answer: Answer

    @property
    def words(self) -> str:
        """The words that count: those the user chose, else the whole answer."""
        return self.evidence.words or self.answer.words


class WeighedRequirement(msgspec.Struct, frozen=True):
    """A requirement with the answers for it and against it, each starred first, then the newest.

    `could_say` are the ids of people still to be met who are asked about it.
    """

    requirement: Requirement
    supporting: tuple[WeighedAnswer, ...] = ()
    opposing: tuple[WeighedAnswer, ...] = ()
    could_say: tuple[str, ...] = ()

    @property
    def answers(self) -> tuple[WeighedAnswer, ...]:
        """All of them, those for it first."""
        return self.supporting + self.opposing


def evidence_id(requirement_id: str, interview_id: str, question_id: str) -> str:
    """Return the id of the evidence that an answer is for a requirement."""
    return f"{requirement_id}~{answer_id(interview_id, question_id)}"


def decision_id(target_id: str) -> str:
    """Return the id of what is decided about a target."""
    return f"decision {target_id}"


def weighed(
    requirements: Iterable[Requirement],
    evidence: Iterable[Evidence],
    answers: Mapping[str, Answer],
    kinds_asked: Callable[[str], Collection[ContactKind]],
    to_meet: Mapping[ContactKind, Sequence[str]],
) -> list[WeighedRequirement]:
    """Return the requirements in their order, with the evidence whose answer is among `answers`, by id.

    `kinds_asked` returns which kinds of people are asked a question, by its id; `to_meet` are those still to
    be met by kind, the soonest first; of several kinds they are named by turns.
    """
    by_requirement: dict[str, list[WeighedAnswer]] = {}
    for piece in evidence:
        answer = answers.get(answer_id(piece.interview_id, piece.question_id))
        if answer is not None:
            by_requirement.setdefault(piece.requirement_id, []).append(WeighedAnswer(piece, answer))
    could_say: dict[frozenset[ContactKind], tuple[str, ...]] = {}
    found = []
    for requirement in sorted(requirements, key=lambda one: (one.order, one.created_at, one.id)):
        said = sorted(
            by_requirement.get(requirement.id, ()),
            key=lambda one: (one.answer.starred, one.answer.at, one.answer.id),
            reverse=True,
        )
        kinds = _kinds((one.answer for one in said), kinds_asked)
        if kinds not in could_say:
            could_say[kinds] = _by_turns([ids for kind, ids in to_meet.items() if not kinds or kind in kinds])
        found.append(
            WeighedRequirement(
                requirement=requirement,
                supporting=tuple(one for one in said if one.evidence.supports),
                opposing=tuple(one for one in said if not one.evidence.supports),
                could_say=could_say[kinds],
            )
        )
    return found


def _by_turns(columns: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the first of each column, then the second of each, and so on."""
    return tuple(id_ for turn in zip_longest(*columns) for id_ in turn if id_ is not None)


def _kinds(
    answers: Iterable[Answer], kinds_asked: Callable[[str], Collection[ContactKind]]
) -> frozenset[ContactKind]:
    """Return which kinds of people are asked what was answered; none if nothing was.

    The user's own question is for the kind of people who answered it.
    """
    kinds: set[ContactKind] = set()
    for question_id, kind in {(answer.question_id, answer.kind) for answer in answers}:
        kinds |= set(kinds_asked(question_id)) or {kind}
    return frozenset(kinds)


def decision_sentence(verdict: TargetVerdict, role: str, why: str = "") -> str:
    """Return what a letter says of a decision, without a full stop; empty where nothing is final.

    `why` is a clause as it follows "because", and left out if it is empty.
    """
    if verdict not in FINAL:
        return ""
    job = f"the work of {with_article(role.strip())}" if role.strip() else ""
    said = f"to go for {job or 'it'}" if verdict is TargetVerdict.GO else f"that {job or 'this'} isn't for me"
    clause = because(why)
    return f"I've decided {said}{f', because {clause}' if clause else ''}"


def because(why: str) -> str:
    """Return a reason as it follows "because", without a full stop."""
    clause = " ".join(why.split()).rstrip(" .")
    first, _, rest = clause.partition(" ")
    return rest if first.casefold() == "because" else clause


def part_played(said: Sequence[WeighedAnswer], decision: Decision | None) -> str:
    """Return which of the answers of one person counted most for a decision; empty if none did.

    What agrees with the decision comes first, of that what is starred, then the newest. An answer that is not
    to be repeated is left out.
    """
    supports = decision is None or decision.verdict is not TargetVerdict.NO
    repeatable = [one for one in said if not one.answer.not_to_repeat]
    best = sorted(
        repeatable,
        key=lambda one: (one.evidence.supports is supports, one.answer.starred, one.answer.at),
        reverse=True,
    )
    return next(_words(best), "")


def _words(said: Iterable[WeighedAnswer]) -> Iterator[str]:
    return (" ".join(one.words.split()) for one in said)


def is_in(words: str, answer: str) -> bool:
    """Return whether `words` stand in an answer, case and breaks between lines aside."""
    return " ".join(words.casefold().split()) in " ".join(answer.casefold().split())
