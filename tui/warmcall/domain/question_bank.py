"""Question banks and sets, and the checklist chosen from them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

import msgspec

from warmcall.domain.evidence import research_lines, resume_advice, starred_answers
from warmcall.domain.records import ChecklistQuestion, Contact, Interview, Target
from warmcall.domain.script import Fault
from warmcall.domain.templates import placeholders
from warmcall.domain.vocabulary import ContactKind, Mode, Source


class Occasion(StrEnum):
    """When a question set serves: what is special about the person, the talk, or the user."""

    TEN_MINUTES = "ten_minutes"
    SECOND_MEETING = "second_meeting"
    ALUMNI = "alumni"
    ACADEMIC = "academic"
    FREELANCE = "freelance"
    ABROAD = "abroad"
    VIDEO = "video"
    CAREER_CHANGER = "career_changer"
    BY_EMAIL = "by_email"


ALONE = (Occasion.SECOND_MEETING, Occasion.TEN_MINUTES, Occasion.BY_EMAIL)
"""The occasions whose set is asked instead of the bank; who else to talk to is asked all the same.

The first that holds counts: somebody met before is not asked again what an ordinary day is.
"""

SHORT_QUESTIONS = 2
"""So many questions of a set are asked in a talk of TEN_MINUTES, before who else to talk to."""

SHORT_MINUTES = 10
"""A talk of at most so many minutes is one of TEN_MINUTES."""

GAPS = {"read": "what you read of them", "advised": "what they advised"}
"""The names that stand in braces in a question, with the words shown while nothing on record fills them."""

_PROPOSAL_MAX = 80
"""Letters of what is proposed for a gap: it is to be said in one breath."""

_TITLES = {
    Occasion.ACADEMIC: re.compile(r"\b(professor|prof|lecturer|postdoc|postdoctoral|dean)\b", re.IGNORECASE),
    Occasion.FREELANCE: re.compile(
        r"\b(freelancer?|self[- ]employed|owner|co[- ]?owner|founder|co-?founder|proprietor)\b", re.IGNORECASE
    ),
}
"""The words in a title that say how somebody works."""


def is_shorter(planned: Interview, minutes: int) -> bool:
    """Return whether a talk of `minutes` (0 if nobody said how many) is too short for what was `planned`."""
    unstarted = not planned.countdown.started
    return unstarted and 0 < minutes <= SHORT_MINUTES and minutes < planned.countdown.minutes


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question. `priority` 1 is asked first; a `core` one is chosen by default.

    A `close` one is kept for the last minutes, as is the `referral` one, which asks who else to talk to.
    """

    id: str
    ask: str
    priority: int
    minutes: int = 2
    core: bool = False
    close: bool = False
    referral: bool = False

    @property
    def in_close(self) -> bool:
        """Whether it is kept for the last minutes."""
        return self.close or self.referral

    @property
    def gaps(self) -> tuple[str, ...]:
        """The names in braces, of GAPS, that stand in it."""
        return tuple(placeholders(self.ask))


class Bank(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A list of questions for one kind of contact; with `when` a set, for that occasion.

    A set without a `kind` is for every kind.
    """

    id: str
    title: str
    questions: tuple[Question, ...]
    kind: ContactKind | None = None
    when: Occasion | None = None


def faults(bank: Bank) -> Iterator[Fault]:
    """Yield everything wrong with `bank`."""
    if bank.kind is None and bank.when is None:
        words = (
            f"write “kind:” and one of {', '.join(ContactKind)}, or “when:” and one of {', '.join(Occasion)}"
        )
        yield Fault((), "it does not say for whom, or when, its questions are", words)
    if not bank.questions:
        yield Fault(("questions",), "the bank has no questions", "add one with id, ask and priority")
    seen: set[str] = set()
    for index, question in enumerate(bank.questions):
        at = ("questions", str(index))
        if question.id in seen:
            yield Fault((*at, "id"), f"the id “{question.id}” is there twice", "give each its own id")
        if not question.id or "." in question.id:
            yield Fault((*at, "id"), f"“{question.id}” cannot be an id", "use letters, figures and hyphens")
        if not question.ask.strip():
            yield Fault((*at, "ask"), "the question is empty", "write what to ask")
        for name in question.gaps:
            if name not in GAPS:
                known = " or ".join(f"{{{gap}}}" for gap in GAPS)
                yield Fault((*at, "ask"), f"unknown placeholder {{{name}}}", f"write {known}")
        seen.add(question.id)
    if bank.when is None and bank.questions and not any(question.referral for question in bank.questions):
        yield Fault(
            ("questions",), "no question asks who else to talk to", "mark one “referral: true”", warning=True
        )


class Offer(NamedTuple):
    """A question that can be put on a checklist.

    `answered` is how many people have answered it for the same target; `own` marks the user's own question
    from an earlier interview, which is in no bank. `set_id` and `set_title` are those of the set it is in,
    empty for one of the bank.
    """

    question: ChecklistQuestion
    answered: int = 0
    own: bool = False
    set_id: str = ""
    set_title: str = ""


class Talk(NamedTuple):
    """What is known of a talk when its questions are chosen.

    `minutes` is its limit and `close_minutes` how many of them are kept for the close; `occasions` are those
    that hold; `proposals` are what records say for the names of GAPS.
    """

    minutes: int = 20
    close_minutes: int = 3
    occasions: tuple[Occasion, ...] = ()
    proposals: Mapping[str, str] = {}


USUAL_TALK = Talk()
"""A talk of which nothing special is known."""


def occasions(
    contact: Contact, mode: Mode, minutes: int, met_before: bool, abroad: bool, career_changer: bool = False
) -> tuple[Occasion, ...]:
    """Return the occasions that hold for a talk with `contact`, as far as records say so."""
    holds = {
        Occasion.TEN_MINUTES: minutes <= SHORT_MINUTES,
        Occasion.SECOND_MEETING: met_before,
        Occasion.ALUMNI: contact.source is Source.ALUMNI,
        Occasion.ABROAD: abroad,
        Occasion.VIDEO: mode is Mode.VIDEO,
        Occasion.CAREER_CHANGER: career_changer,
    } | {occasion: bool(pattern.search(contact.title)) for occasion, pattern in _TITLES.items()}
    return tuple(occasion for occasion in Occasion if holds.get(occasion))


def proposals(contact: Contact, target: Target | None, last_meeting: Interview | None) -> dict[str, str]:
    """Return what records say for the names of GAPS; a name of which they say nothing is missing.

    What was read is the first line of the research that names their organization, else the first sentence
    of the notes on them; what they advised is what they said of the resume at their last meeting, else a
    starred answer.
    """
    read = [*research_lines(contact.organization, target.research if target else ""), contact.notes]
    advised = [*resume_advice(last_meeting), *starred_answers(last_meeting)] if last_meeting else []
    found = {"read": _first_sentence(read), "advised": _first_sentence(advised)}
    return {name: text for name, text in found.items() if text}


def choose(
    bank: Bank,
    fewest: int,
    most: int,
    answered: Callable[[Question], bool] = lambda _question: False,
    sets: Sequence[Bank] = (),
    talk: Talk = USUAL_TALK,
) -> tuple[ChecklistQuestion, ...]:
    """Return the checklist to begin with, by priority, those of the close last.

    Core questions are chosen first, for everybody: one person's answer is an opinion, and only several can
    be compared. Of the others those come first that nobody has `answered` yet, and once a core one has an
    answer, at least one of them is added. There are at least `fewest` questions, if the bank has them, and at
    most `most`, which a bank without core questions gives. A question with a gap that nothing on record fills
    is not chosen. The core questions of `sets`, which are those for what is special about the talk, are
    added, too. Nothing is added beyond the time and `most`; a set that stands ALONE is asked instead of the
    bank.
    """
    alone = next((found for occasion in ALONE for found in sets if found.when is occasion), None)
    referrals = [question for question in bank.questions if question.referral][:1]
    if alone is not None:
        chosen = [question for question in alone.questions if question.core and not question.referral]
        ordered = sorted(chosen, key=lambda question: (question.close, question.priority))
        if Occasion.TEN_MINUTES in talk.occasions:
            ordered = ordered[:SHORT_QUESTIONS]
        return _as_checklist([*ordered, *referrals], talk)

    def ready(bank: Bank) -> list[Question]:
        questions = (question for question in bank.questions if not question.in_close)
        return [question for question in questions if all(name in talk.proposals for name in question.gaps)]

    def rank(question: Question) -> tuple[bool, bool, int]:
        return not question.core, not question.core and answered(question), question.priority

    ordinary = sorted(ready(bank), key=rank)
    close = [question for question in bank.questions if question.close and question.core]
    close = sorted(close, key=lambda question: question.priority) + referrals
    core = sum(question.core for question in ordinary) or most
    kept = ordinary[: max(min(most - len(close), max(fewest - len(close), core)), 0)]
    room = talk.minutes - talk.close_minutes - sum(question.minutes for question in kept)
    special = [question for found in sets for question in ready(found) if question.core]
    fresh = [question for question in ordinary if not question.core and not answered(question)][:1]
    if not any(question.core and answered(question) for question in kept):
        fresh = []
    for question in (*special, *(question for question in fresh if question not in kept)):
        if question.minutes <= room and len(kept) + len(close) < most:
            kept.append(question)
            room -= question.minutes
    return _as_checklist([*sorted(kept, key=lambda question: question.priority), *close], talk)


def as_checklist_question(question: Question, proposals: Mapping[str, str] = {}) -> ChecklistQuestion:
    """Return `question` as it stands on a checklist, not asked yet.

    In place of a name in braces stands what `proposals` has for it, or else what belongs there, between ‹
    and › until the user puts it in their own words.
    """
    ask = question.ask
    for name in question.gaps:
        ask = ask.replace(f"{{{name}}}", f"‹{proposals.get(name) or GAPS.get(name, name)}›")
    return ChecklistQuestion(
        id=question.id, ask=ask, minutes=question.minutes, close=question.close, referral=question.referral
    )


def not_chosen(bank: Bank, checklist: Sequence[ChecklistQuestion]) -> list[Question]:
    """Return the questions of `bank` that are not on `checklist`, by priority."""
    chosen = {question.id for question in checklist}
    rest = [question for question in bank.questions if question.id not in chosen]
    return sorted(rest, key=lambda question: question.priority)


def with_questions(
    checklist: Sequence[ChecklistQuestion], questions: Sequence[ChecklistQuestion], after: str = ""
) -> tuple[ChecklistQuestion, ...]:
    """Return `checklist` with `questions` in their order: after the one with the id `after`, else before the
    close.

    One for the close goes to its end, the referral question last; one that is there already is left out.
    """
    listed = list(checklist)
    present = {question.id for question in listed}
    fresh = [question for question in questions if question.id not in present]
    close = next((at for at, question in enumerate(listed) if question.in_close), len(listed))
    at = next((at + 1 for at, question in enumerate(listed) if question.id == after), close)
    listed[at:at] = [question for question in fresh if not question.in_close]
    referral = next((at for at, question in enumerate(listed) if question.referral), len(listed))
    listed[referral:referral] = [question for question in fresh if question.close and not question.referral]
    listed += [question for question in fresh if question.referral]
    return tuple(listed)


def _as_checklist(questions: Sequence[Question], talk: Talk) -> tuple[ChecklistQuestion, ...]:
    return tuple(as_checklist_question(question, talk.proposals) for question in questions)


def _first_sentence(texts: Sequence[str]) -> str:
    """Return the first sentence of the first of `texts` that has any, cut at a word and without ‹ and ›."""
    text = next((text for text in texts if text.strip()), "")
    sentence = re.split(r"(?<=[.!?])\s|\n", re.sub("[‹›]", "", text).strip(), maxsplit=1)[0]
    sentence = " ".join(sentence.split()).rstrip(".")
    if len(sentence) <= _PROPOSAL_MAX:
        return sentence
    return sentence[:_PROPOSAL_MAX].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
