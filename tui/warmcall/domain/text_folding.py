"""Folding: texts as a search compares them, without case, accents and composition, and figures without signs.

Folded text is in Unicode's compatibility decomposition (NFKD, UAX 15), case-folded, without the marks of
Latin, Greek, Cyrillic, Hebrew and Arabic letters, with plain letters for those that do not decompose, and
hiragana for katakana. What is left is composed again: か is not found in が.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache

_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f"
    "\u0670\u06d6-\u06dc\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
"""Marks of scripts that are read without them too, and signs that nobody sees.

In other scripts, as kana and Devanagari, marks make letters.
"""

_LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ŋ": "n", "ð": "d", "ɖ": "d", "ı": "i", "ĸ": "k",
        "æ": "ae", "œ": "oe", "þ": "th", "ƒ": "f", "ə": "e", "ß": "ss",
        "’": "'", "‘": "'", "ʼ": "'", "`": "'", "‐": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    }
    | {chr(katakana): chr(katakana - 0x60) for katakana in range(0x30A1, 0x30F7)}
    | {chr(zero + figure): str(figure) for zero in (0x660, 0x6F0, 0x966) for figure in range(10)}
)  # fmt: skip
"""Letters that do not decompose, signs that are typed in more than one way, and figures of other scripts, as
they are compared."""

_RESPELLED = str.maketrans(
    {
        "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue",
        "å": "aa", "Å": "Aa", "ø": "oe", "Ø": "Oe",
    }
)  # fmt: skip
"""Letters that German and the Nordic languages write with two where a keyboard or a form has none."""

_HAS_RESPELLED = re.compile("[äöüÄÖÜåÅøØ]")

_NUMBER = re.compile(r"\d[\d \t().,/·\-‐‑‒–]*\d")
"""Figures with the signs that stand between those of a telephone number."""

_TRUNK_ZERO = "(0)"
"""The zero that is dialled within a country alone, as it is written in "+44 (0)20 7946 0958"."""

COUNTRY_CODE = re.compile("[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|[2-9][0-9][0-9]")
"""A country code: of one figure, two or three (ITU-T E.164, list of assigned country codes)."""

_JOINED = re.compile(r"[^\W\d_]+(?:['\-][^\W\d_]+)+")
_JOINTS = re.compile(r"['\-]+")
"""Words with an apostrophe or a hyphen in them, which many write without; and those signs."""

_NO_FIGURES = re.compile(r"\D+")

_NUMBER_WORD = re.compile(r"(?:tel:)?[+()./,·\-‐‑‒–]*\d[\d+()./,·\-‐‑‒–]*", re.IGNORECASE)

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


def respelled(text: str) -> str:
    """Return `text` with ä as ae, and its like; `text` itself if it has no such letter."""
    if text.isascii():
        return text
    composed = text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
    return composed.translate(_RESPELLED) if _HAS_RESPELLED.search(composed) else text


def searchable(text: str) -> str:
    """Return everything by which `text` is found, a line each.

    It is the folded text; with ä as ae, and its like, where there are such letters; words with an apostrophe
    or a hyphen without it; and the figures of each number in it without the signs between them.
    """
    lines = [folded(text)]
    if (other := respelled(text)) is not text:
        lines.append(folded(other))
    if "'" in lines[0] or "-" in lines[0]:
        words = {word for word in lines[0].split() if "'" in word or "-" in word}
        lines += [_JOINTS.sub("", part) for word in sorted(words) for part in _JOINED.findall(word)]
    for number in _NUMBER.findall(lines[0]):
        lines += [figures for figures in _spellings(number) if len(figures) >= FIGURES_MIN]
    return "\n".join(lines)


def terms(typed: str) -> list[Term]:
    """Return what was typed as terms, all of which have to fit.

    Each word is one, in all its spellings; words that are figures and signs are one together.
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
            if span := next(filter(None, (_span(part, text, fold) for fold in _FOLDS)), None):
                return span
        if len(parts) == 1 and parts[0].isdecimal() and (span := _span_of_figures(parts[0], text)):
            return span
    return None


def _span_of_figures(figures: str, text: str) -> tuple[int, int] | None:
    """Return where in `text` a number is that has these figures, whatever signs are between them."""
    plain = "".join(piece if len(piece := _folded_letter(letter)) == 1 else letter for letter in text)
    for match in _NUMBER.finditer(plain):
        places = [at for at in range(*match.span()) if plain[at].isdecimal()]
        trunk = match.start() + 1 + match[0].find(_TRUNK_ZERO)
        for chosen in (places, [at for at in places if at != trunk]):
            at = "".join(plain[place] for place in chosen).find(figures)
            if at >= 0:
                return chosen[at], chosen[at + len(figures) - 1] + 1
    return None


def _span(part: str, text: str, fold: Callable[[str], str]) -> tuple[int, int] | None:
    """Return where `part` is in `text`, each letter of which is compared as `fold` has it."""
    pieces = [fold(letter) for letter in text]
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
def _folded_letter(letter: str) -> str:
    return folded(letter)


@lru_cache(4096)
def _respelled_letter(letter: str) -> str:
    return folded(letter.translate(_RESPELLED))


@lru_cache(4096)
def _joined_letter(letter: str) -> str:
    return _JOINTS.sub("", folded(letter))


_FOLDS: tuple[Callable[[str], str], ...] = (_folded_letter, _respelled_letter, _joined_letter)
"""The ways in which a letter may be compared, the likeliest first."""


def _word_terms(word: str) -> list[Term]:
    """Return a term for each word that `word` is folded to, which is more than one for a few signs."""
    plain = folded_words(word)
    other = folded_words(unicodedata.normalize("NFC", word).translate(_RESPELLED))
    if len(other) != len(plain):
        other = plain
    return [_spelled((a, b)) for a, b in zip(plain, other, strict=True)]


def _spelled(words: Iterable[str]) -> Term:
    """Return a term of `words`, also without an apostrophe or a hyphen, and with a space for a hyphen."""
    found = dict.fromkeys(words)
    for word in tuple(found):
        if _JOINTS.search(word):
            joined, apart = _JOINTS.sub("", word), " ".join(word.replace("'", "").split("-")).strip()
            found |= dict.fromkeys(filter(None, (joined, apart)))
    return tuple((word,) for word in found)


def _number_terms(words: list[str]) -> list[Term]:
    """Return a term for the figures in `words`, in all the spellings a telephone number has.

    They are the figures, without the zeros that a national number begins with, and without the country code
    that an international one does: after "+", "00" or "011", and the 1 before ten figures.
    """
    if not words:
        return []
    parts = tuple(part.removeprefix("tel:") for word in words for part in folded_words(word))
    written = "".join(parts)
    if len(_figures(written)) < FIGURES_MIN:
        return [((part,),) for part in parts]
    numbers: list[str] = []
    for figures in _spellings(written):
        without_zeros = figures.lstrip("0")
        numbers += [figures, without_zeros]
        abroad = figures if written.startswith("+") else without_zeros if figures.startswith("00") else ""
        if figures.startswith("011"):  # what North America dials before a country code
            abroad = figures.removeprefix("011")
            numbers.append(abroad)
        if len(figures) == _NORTH_AMERICAN and figures.startswith("1"):
            abroad = figures
        if code := COUNTRY_CODE.match(abroad):
            numbers.append(abroad[code.end() :].lstrip("0"))
    found = [(number,) for number in dict.fromkeys(numbers) if len(number) >= FIGURES_MIN]
    return [(*found, parts)]


_NORTH_AMERICAN = 11
"""How many figures a North American number has with the 1 before it."""


def _spellings(number: str) -> tuple[str, ...]:
    """Return the figures of a number, and those without a zero in brackets if it has one."""
    figures = _figures(number)
    if _TRUNK_ZERO not in number:
        return (figures,)
    return figures, _figures(number.replace(_TRUNK_ZERO, "", 1))


def _figures(text: str) -> str:
    return _NO_FIGURES.sub("", text)
