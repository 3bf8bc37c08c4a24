"""Reading what people wrote: its sentences, whether it speaks of a job, whether it takes up a note."""

from __future__ import annotations

import re
from collections.abc import Iterable

RARE_LETTERS = 9
"""A word of so many letters hardly stands in two texts by chance, unless it is one of `_COMMON`."""

RUN_OF_WORDS = 3
"""So many telling words in a row are a quotation and no accident."""

_TELLING_LETTERS = 4

_WORD = re.compile(r"\w+(?:['’]\w+)*")

_COMMON = frozenset(
    _WORD.findall("""
    about also another answering anything around because been before beginning being between both cannot
    come conversation could describe different does doing done each especially even ever everybody everyone
    everything experience experiences explained explaining first friday from gave give given going good
    great have having here immediately important information interested interesting into just kind know
    like little made make many maybe mentioned mentioning monday more most much never nothing often
    ones only organisation organization other others otherwise over people perfectly personally probably
    questions really said same saturday seen shall should some somebody someone something sometimes
    spending spoke still such sunday take talk talking tell tells than thank thanks that their them then
    there these they thing things think this those thought thursday time told tuesday understand
    understanding used very want wanted wednesday well were what when where which while wonderful wondering
    work working would yesterday your yours yourself
    """)
)
"""Words that say nothing of what a note is about."""

_SENTENCE_END = re.compile(
    r"(?<!\bDr\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bMx\.)(?<!\bMrs\.)(?<!\bProf\.)(?<!\b[A-Z]\.)(?<=[.!?…])\s+|\n+"
)

_OF_A_DOOR = (
    r"(?!\s+(?:hours?|nights?|days?|times?|ceremony|scene|lines?|remarks?|of|up|the|an?|your|our|its|to)\b)"
)
"""What follows an "opening" that is none on the payroll: opening hours, the opening of the show."""

_OF_A_PAUSE = r"(?!\s+(?:our|the|this|that|where|work|after)\b)"
"""What follows a "resume" that means to go on: resume our talk."""

_MENTION = re.compile(
    rf"\b(?:jobs?|openings?\b{_OF_A_DOOR}|vacanc(?:y|ies)|hir(?:e|es|ed|ing)"
    rf"|(?:open|vacant|available|any|a)\s+positions?|r[eé]sum[eé]s?\b{_OF_A_PAUSE}|cvs?|curriculum\s+vitae)\b",
    re.IGNORECASE,
)
_WORK_FOR_ME = re.compile(
    rf"\b(?:jobs?|openings?\b{_OF_A_DOOR}|positions?|vacanc(?:y|ies)|hir(?:e|es|ed|ing)|employ(?:ment|ed|ing)?"
    r"|opportunit(?:y|ies)|work(?:ing)?\s+for\s+you|apply(?:ing)?|applications?|recruit(?:ing|ment)?)\b",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"\b(?:let\s+me\s+know|(?:know|hear|heard|think)\s+of|keep\s+me\s+in\s+mind|consider(?:ing)?\s+me"
    r"|(?:i['’]m|i\s+am)\s+(?:\w+\s+)?(?:looking|searching|hoping|applying)|put\s+in\s+a\s+(?:good\s+)?word"
    r"|any|ask(?:ing)?\s+(?:if|whether|about|for)|wonder(?:ing)?|check(?:ing)?|please)\b",
    re.IGNORECASE,
)
_SENDS_RESUME = re.compile(
    r"\b(?:my|attach(?:ed|ing)?)\b[^.!?\n]{0,60}\b(?:r[eé]sum[eé]|cv)\b", re.IGNORECASE
)
_NEGATION = re.compile(
    r"\b(?:not|no|never|nothing|none|neither|nor|without|cannot|\w{2,8}n['’]t)\b", re.IGNORECASE
)


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`; a new line ends one, the point after a title or an initial does not."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]


def job_word(text: str) -> str:
    """Return the first word in `text` that speaks of a job or of being hired, or an empty text.

    An opening of doors and a talk that is resumed are not meant.
    """
    match = _MENTION.search(text)
    return match.group() if match else ""


def asks_for_job(text: str) -> bool:
    """Return whether a sentence of `text` asks for work, or hands a resume over.

    A question with a word of jobs in it does, and so does a sentence such as "let me know of any
    openings", unless it says no.
    """
    return any(_asks(sentence) for sentence in sentences(text))


def _asks(sentence: str) -> bool:
    if _WORK_FOR_ME.search(sentence) and "?" in sentence:
        return True
    if _NEGATION.search(sentence):
        return False
    asked = _WORK_FOR_ME.search(sentence) and _ASKING.search(sentence)
    return bool(asked or _SENDS_RESUME.search(sentence))


def expects_no_job(text: str) -> bool:
    """Return whether a sentence of `text` says no together with a word of jobs."""
    return any(_NEGATION.search(sentence) and _WORK_FOR_ME.search(sentence) for sentence in sentences(text))


def takes_up(text: str, notes: Iterable[str]) -> bool:
    """Return whether `text` takes up one of `notes`; it does if there is no word in any of them.

    It takes a note up if three telling words of the note stand in a row in both, common words left
    out, or if they share one word of nine letters or more. A shorter note must stand in it whole.
    """
    written = [note for note in notes if _words(note)]
    return not written or any(_shares(text, note) for note in written)


def _shares(text: str, note: str) -> bool:
    telling, of_text = _telling(note), _telling(text)
    if not telling:
        return _in_a_row(_words(note), _words(text))
    if any(len(word) >= RARE_LETTERS for word in set(telling) & set(of_text)):
        return True
    length = min(RUN_OF_WORDS, len(telling))
    runs = (telling[at : at + length] for at in range(len(telling) - length + 1))
    return any(_in_a_row(run, of_text) for run in runs)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _telling(text: str) -> list[str]:
    return [word for word in _words(text) if len(word) >= _TELLING_LETTERS and word not in _COMMON]


def _in_a_row(run: list[str], words: list[str]) -> bool:
    return f" {' '.join(run)} " in f" {' '.join(words)} "
