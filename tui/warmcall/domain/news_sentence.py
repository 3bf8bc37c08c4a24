"""Reading a sentence of the business news: who was promoted or hired, to what, and where.

What it finds is a proposal for a form that the user sees, so it rather finds nothing than something doubtful.
"""

from __future__ import annotations

import re

import msgspec

from warmcall.domain.vocabulary import News


class NewsReading(msgspec.Struct, frozen=True):
    """What a sentence says; empty where it does not say it in a form that is known."""

    name: str = ""
    organization: str = ""
    title: str = ""
    news: News = News.OTHER


_PROMOTED = r"promot(?:ed|es)|elevat(?:ed|es)|nam(?:ed|es)|appoint(?:ed|s)"
_HIRED = r"hir(?:ed|es)|recruit(?:ed|s)"
_PASSIVE = re.compile(
    rf"\s+(?:has\s+been|have\s+been|was|is|gets?|got)\s+(?:(?P<promoted>{_PROMOTED})|(?P<hired>{_HIRED}))\s+"
)
_JOINS = re.compile(r"\s+(?:has\s+)?(?:joins|joined)\s+")
_BECOMES = re.compile(r"\s+(?:has\s+)?(?:becomes?|became)\s+")
_PROMOTED_TO = re.compile(r"\s+promoted\s+(?=to\b)")
_ACTIVE = re.compile(rf"\s+(?:has\s+)?(?:(?P<promoted>{_PROMOTED})|(?P<hired>{_HIRED}))\s+")

_PERSON = re.compile(r"[^\W\d_]\.?[\w'’.-]*(?:\s+[^\W\d_]\.?[\w'’.-]*){1,3}")
_PARTICLES = frozenset(
    ["da", "de", "del", "di", "dos", "du", "la", "van", "von", "der", "den", "bin", "ibn", "al"]
)
"""The words in names that begin with a small letter."""

_PLACE = re.compile(r"(?:^|\s+)(?:at|by)\s+")
_NO_ORGANIZATION = re.compile(r"(?:on|in|at|this|last|after|before|when|meanwhile)\b", re.IGNORECASE)
_MOST_WORDS = 6
"""A subject that begins so, or has more words, is more than the name of an organization."""

_ENDS = re.compile(r"[,;:]|\.(?:\s|$)|\s+(?:as|after|following|where|who|from|effective|this|last|in|on)\s")
"""What ends the name of an organization, or a title."""


def read_news(sentence: str) -> NewsReading:
    """Return what `sentence` says of somebody promoted or hired."""
    text = " ".join(sentence.split())
    if found := _PASSIVE.search(text):
        news = News.PROMOTED if found["promoted"] else News.HIRED
        return _reading(text[: found.start()], text[found.end() :], news)
    if found := _JOINS.search(text):
        rest = text[found.end() :]
        organization, _, after = rest.partition(" as ")
        title = _until_end(_without_article(after)) if after else ""
        return NewsReading(_person(text[: found.start()]), _until_end(organization), title, News.HIRED)
    if found := _BECOMES.search(text) or _PROMOTED_TO.search(text):
        return _reading(text[: found.start()], text[found.end() :], News.PROMOTED)
    if found := _ACTIVE.search(text):
        news = News.PROMOTED if found["promoted"] else News.HIRED
        rest = text[found.end() :]
        name = _leading_person(rest)
        title = _until_end(_without_article(rest[len(name) :])) if name else ""
        return NewsReading(name, _organization(text[: found.start()]), title, news)
    return NewsReading()


def _reading(before: str, after: str, news: News) -> NewsReading:
    """Return the reading of a sentence about a person, which begins with the name."""
    what, *where = _PLACE.split(after, maxsplit=1)
    title = "" if news is News.HIRED and not re.match(r"(?:as|to)\b", what) else _without_article(what)
    organization, name = where[0] if where else "", _person(before)
    return NewsReading(name, _until_end(organization), _until_end(title) if name else "", news)


def _organization(text: str) -> str:
    """Return the subject of a sentence if it can be the name of an organization, else nothing."""
    name = re.sub(r"^The\s+", "", text.strip())
    is_name = name[:1].isupper() and len(name.split()) <= _MOST_WORDS and not _NO_ORGANIZATION.match(name)
    return name if is_name else ""


def _person(text: str) -> str:
    """Return the name at the beginning of a sentence, up to its first comma; empty if it is none."""
    name = text.partition(",")[0].strip()
    return name if name and name == _leading_person(name) else ""


def _leading_person(text: str) -> str:
    """Return the two to four words of a name with which `text` begins; empty if it begins otherwise."""
    words: list[str] = []
    for word in text.split():
        is_name = word[:1].isupper() or (word in _PARTICLES and bool(words))
        if not is_name or len(words) == 4:
            break
        words.append(word.rstrip(",;:"))
        if word != words[-1]:
            break
    while words and words[-1] in _PARTICLES:
        words.pop()
    name = " ".join(words)
    return name if len(words) > 1 and _PERSON.fullmatch(name) else ""


def _without_article(text: str) -> str:
    """Return a title without what stands before it: "to", "as", "a", "the new"."""
    return re.sub(r"^\s*,?\s*(?:(?:to|as|the|an?|its|new)\s+)+", "", text).strip()


def _until_end(text: str) -> str:
    """Return `text` up to where a name or a title ends."""
    end = _ENDS.search(f"{text} ")
    return text[: end.start() if end else len(text)].strip(" .,")
