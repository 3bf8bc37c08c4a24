"""Analysing what people wrote: its sentences, whether it mentions a job, whether it refers to a note."""

from __future__ import annotations

import re
from collections.abc import Iterable

RARE_LETTERS = 9
"""A word with this many letters is hardly in two texts by chance, unless it is one of `_COMMON`."""

RUN_OF_WORDS = 3
"""This many significant words in the same order are a quotation, not chance."""

SHARED_WORDS = 2
"""This many significant words of a note, in any order, say the same thing in other words."""

_SIGNIFICANT_LETTERS = 4
"""A word with fewer letters is not significant."""

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
"""Words that say nothing about the subject of a note."""

_SENTENCE_END = re.compile(
    r"(?<!\bDr\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bMx\.)(?<!\bMrs\.)(?<!\bProf\.)(?<!\b[A-Z]\.)(?<=[.!?…])\s+|\n+"
)

_NOT_OPENING_HOURS = (
    r"(?!\s+(?:hours?|nights?|days?|times?|ceremony|scene|lines?|remarks?|of|up|the|an?|your|our|its|to)\b)"
)
"""Excludes an "opening" that is no vacancy: opening hours, the opening of the show."""

_NOT_RESUMING = r"(?!\s+(?:our|the|this|that|where|work|after)\b)"
"""Excludes the verb "resume": resume our talk."""

_MENTION = re.compile(
    rf"\b(?:jobs?|openings?\b{_NOT_OPENING_HOURS}|vacanc(?:y|ies)|hir(?:e|es|ed|ing)"
    rf"|(?:open|vacant|available|any|a)\s+positions?|r[eé]sum[eé]s?\b{_NOT_RESUMING}|cvs?|curriculum\s+vitae)\b",
    re.IGNORECASE,
)
_WORK_FOR_ME = re.compile(
    rf"\b(?:jobs?|openings?\b{_NOT_OPENING_HOURS}|positions?|vacanc(?:y|ies)|hir(?:e|es|ed|ing)|employ(?:ment|ed|ing)?"
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
_RESUME_READ = re.compile(
    r"\b(?:thank\w*|look(?:ed|ing)?\s+at|advi[sc]\w+|changed|you\s+kept)\b", re.IGNORECASE
)
"""Words by which a sentence speaks of a resume that they have already, and sends none."""

_NEGATION = re.compile(
    r"\b(?:not|no|never|nothing|none|neither|nor|without|cannot|\w{2,8}n['’]t)\b", re.IGNORECASE
)


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`; a new line ends one, the full stop of a title or initial does not."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]


def job_word(text: str) -> str:
    """Return the first word in `text` about a job or being hired, empty if there is none.

    "Opening" and "resume" in other senses are left out.
    """
    match = _MENTION.search(text)
    return match.group() if match else ""


def asks_for_job(text: str, resume_promised: bool = False) -> bool:
    """Return whether a sentence of `text` asks for work, or sends a resume that was not `resume_promised`.

    A question with a word about work does, and so does a sentence such as "let me know of any openings",
    unless it has a negation.
    """
    return any(_asks(sentence, resume_promised) for sentence in sentences(text))


def _asks(sentence: str, resume_promised: bool) -> bool:
    if _WORK_FOR_ME.search(sentence) and "?" in sentence:
        return True
    if _NEGATION.search(sentence):
        return False
    asked = _WORK_FOR_ME.search(sentence) and _ASKING.search(sentence)
    sends = not resume_promised and _SENDS_RESUME.search(sentence) and not _RESUME_READ.search(sentence)
    return bool(asked or sends)


def expects_no_job(text: str) -> bool:
    """Return whether a sentence of `text` has a word about work together with a negation."""
    return any(_NEGATION.search(sentence) and _WORK_FOR_ME.search(sentence) for sentence in sentences(text))


def refers_to(text: str, notes: Iterable[str]) -> bool:
    """Return whether `text` refers to one of `notes`; True if none of them has any words.

    It does if it has RUN_OF_WORDS significant words of a note in the same order, or shares SHARED_WORDS
    of them in any, or a word of RARE_LETTERS letters or more. A note without significant words must be in it
    whole.
    """
    written = [note for note in notes if _words(note)]
    return not written or any(_refers_to(text, note) for note in written)


def _refers_to(text: str, note: str) -> bool:
    in_note, in_text = _significant(note), _significant(text)
    if not in_note:
        return _in_a_row(_words(note), _words(text))
    shared = set(in_note) & set(in_text)
    if len(shared) >= SHARED_WORDS or any(len(word) >= RARE_LETTERS for word in shared):
        return True
    length = min(RUN_OF_WORDS, len(in_note))
    runs = (in_note[at : at + length] for at in range(len(in_note) - length + 1))
    return any(_in_a_row(run, in_text) for run in runs)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _significant(text: str) -> list[str]:
    return [word for word in _words(text) if len(word) >= _SIGNIFICANT_LETTERS and word not in _COMMON]


def _in_a_row(run: list[str], words: list[str]) -> bool:
    return f" {' '.join(run)} " in f" {' '.join(words)} "
