"""Folding: texts as a search compares them, without case, accents and composition, and figures without signs.

Folded text is in Unicode's compatibility decomposition (NFKD, UAX 15), case-folded, without the marks of
Latin, Greek, Cyrillic, Hebrew and Arabic letters, with plain letters for those that do not decompose. What is
left is composed again: か is not found in が.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f"
    "\u0670\u06d6-\u06dc\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
"""Marks of scripts that are read without them too; in others, as kana and Devanagari, they make letters."""

_LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ŋ": "n", "ð": "d", "ɖ": "d", "ı": "i", "ĸ": "k",
        "æ": "ae", "œ": "oe", "þ": "th", "ƒ": "f", "ə": "e", "ß": "ss",
        "’": "'", "‘": "'", "ʼ": "'", "`": "'", "‐": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
    }
)  # fmt: skip
"""Letters that do not decompose, and signs that are typed in more than one way, as they are compared."""

_RESPELLED = str.maketrans(
    {
        "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue",
        "å": "aa", "Å": "Aa", "ø": "oe", "Ø": "Oe",
    }
)  # fmt: skip
"""Letters that German and the Nordic languages write with two where a keyboard or a form has none."""

_HAS_RESPELLED = re.compile("[äöüÄÖÜåÅøØ]")

_NUMBER = re.compile(r"\d[\d \t().,/\-‐‑‒–]*\d")
"""Figures with the signs that stand between those of a telephone number."""

_NO_FIGURES = re.compile(r"\D+")

_NUMBER_WORD = re.compile(r"[+()./,\-‐‑‒–]*\d[\d+()./,\-‐‑‒–]*")

FIGURES_MIN = 3
"""Figures are compared apart from signs if there are at least so many: fewer fit nearly every number."""

Term = tuple[tuple[str, ...], ...]
"""One thing that was typed, folded: a text fits it that has all the parts of any of these."""


def folded(text: str) -> str:
    """Return `text` as it is compared; folding what is folded changes nothing."""
    if text.isascii():
        return text.lower().replace("`", "'") if "`" in text else text.lower()
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", decomposed))
    return unicodedata.normalize("NFC", plain.translate(_LETTERS))


def folded_words(text: str) -> list[str]:
    """Return the words of `text`, folded."""
    return folded(text).split()


def searchable(text: str) -> str:
    """Return everything by which `text` is found, a line each.

    It is the folded text; with ä as ae, and its like, where there are such letters; and the figures of each
    number in it without the signs between them.
    """
    lines = [folded(text)]
    if not text.isascii():
        composed = unicodedata.normalize("NFC", text)
        if _HAS_RESPELLED.search(composed):
            lines.append(folded(composed.translate(_RESPELLED)))
    lines += [figures for figures in map(_figures, _NUMBER.findall(lines[0])) if len(figures) >= FIGURES_MIN]
    return "\n".join(lines)


def terms(typed: str) -> list[Term]:
    """Return what was typed as terms, all of which have to fit.

    Each word is one, in both spellings; words that are figures and signs are one together.
    """
    found: list[Term] = []
    number: list[str] = []
    for word in typed.split():
        if _NUMBER_WORD.fullmatch(word):
            number.append(word)
        else:
            found += [*_number_terms(number), *_word_terms(word)]
            number = []
    return [*found, *_number_terms(number)]


def fits(term: Term, text: str) -> bool:
    """Return whether `text`, which is `searchable`, has what the term asks for."""
    return any(all(part in text for part in parts) for parts in term)


def has_words(words: Iterable[str], text: str) -> bool:
    """Return whether all of `words` are parts of `text`, both folded."""
    return all(word in text for word in words)


def span_of(term: Term, text: str) -> tuple[int, int] | None:
    """Return where in `text`, which is composed (NFC), the term is: its first part that is there; or None."""
    for parts in term:
        for part in parts:
            if span := _span(part, text, respell=False) or _span(part, text, respell=True):
                return span
        if len(parts) == 1 and parts[0].isdecimal():
            for match in _NUMBER.finditer(text):
                places = [at for at in range(*match.span()) if text[at].isdecimal()]
                at = _figures(match[0]).find(parts[0])
                if at >= 0:
                    return places[at], places[at + len(parts[0]) - 1] + 1
    return None


def _span(part: str, text: str, respell: bool) -> tuple[int, int] | None:
    """Return where `part` is in the folded `text`, as places in `text` itself."""
    pieces = [_folded_letter(letter, respell) for letter in text]
    at = "".join(pieces).find(part)
    if at < 0:
        return None
    start = end = length = 0
    for index, piece in enumerate(pieces):
        if length <= at:
            start = index
        length += len(piece)
        if length >= at + len(part):
            end = index + 1
            break
    return start, end


@lru_cache(4096)
def _folded_letter(letter: str, respell: bool) -> str:
    return folded(letter.translate(_RESPELLED) if respell else letter)


def _word_terms(word: str) -> list[Term]:
    """Return a term for each word that `word` is folded to, which is more than one for a few signs."""
    plain = folded_words(word)
    other = folded_words(unicodedata.normalize("NFC", word).translate(_RESPELLED))
    if len(other) != len(plain):
        return [((part,),) for part in plain]
    return [((a,),) if a == b else ((a,), (b,)) for a, b in zip(plain, other, strict=True)]


def _number_terms(words: list[str]) -> list[Term]:
    """Return a term for the figures in `words`, also without the zeros that a national number begins with."""
    if not words:
        return []
    parts = tuple(part for word in words for part in folded_words(word))
    figures = _figures("".join(parts))
    if len(figures) < FIGURES_MIN:
        return [((part,),) for part in parts]
    without_zeros = figures.lstrip("0")
    also = ((without_zeros,),) if FIGURES_MIN <= len(without_zeros) < len(figures) else ()
    return [((figures,), *also, parts)]


def _figures(text: str) -> str:
    return _NO_FIGURES.sub("", text)
