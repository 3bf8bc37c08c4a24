"""The ranking: why somebody is worth asking, by reasons that are shown, each with its weight.

The order of a shortlist is the sum of the weights of its reasons; the weights are those of
`data/ranking.yaml`, where each has its meaning beside it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, NamedTuple

import msgspec

from warmcall.domain.records import Contact, PoolPerson
from warmcall.domain.text_folding import folded
from warmcall.domain.vocabulary import ContactKind, Source

Weight = Annotated[int, msgspec.Meta(ge=0, le=100)]
"""How much a reason counts."""


class Ranking(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The weights, and the words of titles that say who hires, at what level, or nothing of the job.

    `wanted` counts for each step that an organization is wanted, `word` for each word found, `known` from
    `known_years` full years on.
    """

    title: Weight = 4
    word: Weight = 2
    level: Weight = 1
    does: Weight = 1
    hires: Weight = 2
    wanted: Weight = 2
    introduction: Weight = 4
    met: Weight = 3
    school: Weight = 3
    known: Weight = 1
    known_years: Annotated[int, msgspec.Meta(ge=1, le=60)] = 3
    gap: Weight = 2
    hires_words: tuple[str, ...] = ()
    level_words: tuple[str, ...] = ()
    general_words: tuple[str, ...] = ()


class PointKind(StrEnum):
    """What speaks for asking somebody."""

    TITLE = "title"
    WORD = "word"
    LEVEL = "level"
    DOES = "does"
    HIRES = "hires"
    WANTED = "wanted"
    INTRODUCTION = "introduction"
    MET = "met"
    SCHOOL = "school"
    KNOWN = "known"
    GAP = "gap"


class Point(NamedTuple):
    """A reason with its weight.

    `text` is the word or the phrase found, or the name of who could introduce; `amount` how much the
    organization is wanted, or for how many years somebody is known.
    """

    kind: PointKind
    weight: int
    text: str = ""
    amount: int = 0


class _Phrase(NamedTuple):
    """A name of the job: as the user wrote it, and the stems of its words."""

    text: str
    stems: frozenset[str]


class Aim(NamedTuple):
    """What a title is compared with.

    `phrases` are the names of the job. `words` are the stems that count by themselves, `levels` those of the
    levels that fit, `hires` those of who hires.
    """

    phrases: tuple[_Phrase, ...] = ()
    words: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    hires: frozenset[str] = frozenset()


class Surroundings(NamedTuple):
    """What the records say of where somebody works, and of what was learned so far.

    `wanted` is how much the organization is wanted, `introducer` the name of somebody met who works there or
    named them, `asked` the kinds of people who were asked.
    """

    wanted: int = 0
    introducer: str = ""
    asked: Collection[ContactKind] = ()


_WORD = re.compile(r"[^\W_]+")

_ENDINGS = (
    "ytics", "ytic", "ysis", "yst", "ments", "ment", "ings", "ing", "erin", "ers", "er", "ors", "or", "ists",
    "ist", "ies", "ics", "ic",
)  # fmt: skip
"""Endings of the words in titles, the longest first: analysis and analyst, planning and planner."""

_STEM_MIN = 3
"""A stem has at least so many letters."""


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """Return what is left of a word without its ending, folded: planner, planning and plans are plan."""
    shorter = folded(word)
    if len(shorter) > _STEM_MIN and shorter.endswith("s") and not shorter.endswith(("ss", "sis", "ics")):
        shorter = shorter[:-1]
    found = ""
    while shorter != found:
        found, shorter = shorter, _without_ending(shorter)
    if len(found) > _STEM_MIN and found[-1] in "ey":
        found = found[:-1]
    return found[:-1] if len(found) > _STEM_MIN and found[-1] == found[-2] else found


def _without_ending(word: str) -> str:
    for ending in _ENDINGS:
        if len(word) - len(ending) >= _STEM_MIN and word.endswith(ending):
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=16384)
def stems_of(title: str) -> dict[str, str]:
    """Return the stems of the words of a title, each with the first word that has it; not to be changed."""
    found: dict[str, str] = {}
    for word in _WORD.findall(title):
        found.setdefault(stem(word), word)
    return found


def _stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(found for word in words for found in stems_of(word))


def aim_of(role: str, synonyms: str, ranking: Ranking) -> Aim:
    """Return what titles are compared with: the role, and other words for it, separated by commas.

    A word such as "manager" or "senior", which titles of every trade have, counts only together with the
    rest of the phrase, unless there is no other in it. If the role says a level, that is the one that fits.
    """
    levels, hires = _stems(ranking.level_words), _stems(ranking.hires_words)
    general = levels | hires | _stems(ranking.general_words)
    texts = [" ".join(text.split()) for text in (role, *re.split("[,;\n]", synonyms))]
    phrases = [_Phrase(text, frozenset(stems_of(text))) for text in texts if _WORD.search(text)]
    words = (phrase.stems - general or phrase.stems for phrase in phrases)
    said = frozenset(stems_of(role)) & levels
    return Aim(tuple(phrases), frozenset().union(*words), said or levels, hires)


def words_found(title: str, aim: Aim) -> list[str]:
    """Return the words of a title that are words for the job."""
    return [word for found, word in stems_of(title).items() if found in aim.words]


def judged_kind(title: str, aim: Aim) -> ContactKind | None:
    """Return what somebody with this title can help with; None if the title is empty, or there is no target.

    Who has a word for the job in the title does it; beside a word such as director, which is none of the
    job's own name, they hire for it. Any other title makes a connector.
    """
    found = stems_of(title)
    if not found or not aim.words:
        return None
    if not any(word in aim.words for word in found):
        return ContactKind.CONNECTOR
    names = (phrase.stems for phrase in aim.phrases if phrase.stems <= found.keys())
    besides = found.keys() - frozenset().union(*names)
    return ContactKind.HIRING_MANAGER if besides & aim.hires else ContactKind.PRACTITIONER


def own_reasons(
    person: Contact | PoolPerson, aim: Aim, school: str, today: date, ranking: Ranking
) -> tuple[Point, ...]:
    """Return the reasons in what is known of a person: title, level, kind, met before, school, years known.

    `school` is the user's; `today` the user's day. Reasons of weight 0 are left out.
    """
    title = stems_of(person.title)
    found = words_found(person.title, aim)
    reasons: list[Point] = []
    for number, phrase in enumerate(aim.phrases):
        if phrase.stems <= title.keys() and (number == 0 or len(phrase.stems) > 1):
            reasons.append(Point(PointKind.TITLE, ranking.title, phrase.text))
            break
    reasons += [Point(PointKind.WORD, ranking.word, word) for word in found]
    level = next((word for stem_, word in title.items() if stem_ in aim.levels), "")
    if found and level:
        reasons.append(Point(PointKind.LEVEL, ranking.level, level))
    kind = kind_of(person, aim)
    if kind is ContactKind.HIRING_MANAGER:
        reasons.append(Point(PointKind.HIRES, ranking.hires))
    elif kind is ContactKind.PRACTITIONER and found:
        reasons.append(Point(PointKind.DOES, ranking.does))
    if met_before(person):
        reasons.append(Point(PointKind.MET, ranking.met))
    if same_school(person, folded(school)):
        reasons.append(Point(PointKind.SCHOOL, ranking.school, school))
    years = _years_known(person, today)
    if years >= ranking.known_years:
        reasons.append(Point(PointKind.KNOWN, ranking.known, amount=years))
    return tuple(reason for reason in reasons if reason.weight)


def other_reasons(
    kind: ContactKind | None, has_own: bool, around: Surroundings, ranking: Ranking
) -> tuple[Point, ...]:
    """Return the reasons outside of a person: their organization, who could introduce, what is to be learned.

    A gap speaks for somebody who has reasons of their own (`has_own`) and is of a kind that was never asked,
    once others were. Reasons of weight 0 are left out.
    """
    reasons: list[Point] = []
    if around.wanted:
        weight = around.wanted * ranking.wanted
        reasons.append(Point(PointKind.WANTED, weight, amount=around.wanted))
    if around.introducer:
        reasons.append(Point(PointKind.INTRODUCTION, ranking.introduction, around.introducer))
    askable = (ContactKind.PRACTITIONER, ContactKind.HIRING_MANAGER)
    if has_own and around.asked and kind in askable and kind not in around.asked:
        reasons.append(Point(PointKind.GAP, ranking.gap))
    return tuple(reason for reason in reasons if reason.weight)


def kind_of(person: Contact | PoolPerson, aim: Aim) -> ContactKind | None:
    """Return what somebody can help with: as the user said, else by the title."""
    return person.kind or judged_kind(person.title, aim)


def met_before(person: Contact | PoolPerson) -> bool:
    """Return whether the name comes from where one met: an event, or a class."""
    return person.source in (Source.EVENT, Source.PROFESSOR)


def same_school(person: Contact | PoolPerson, school: str) -> bool:
    """Return whether they went to the user's school, folded in `school`; it is named in notes or source."""
    if person.source is Source.ALUMNI:
        return True
    return bool(school) and (school in folded(person.notes) or school in folded(person.found))


def _years_known(person: Contact | PoolPerson, today: date) -> int:
    """Return for how many full years somebody is a connection; 0 if that is not known."""
    since = person.connected_on
    if since is None:
        return 0
    return today.year - since.year - ((today.month, today.day) < (since.month, since.day))
