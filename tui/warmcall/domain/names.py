"""Names as they stand in a sentence and in a greeting, whatever the order they were written in."""

from __future__ import annotations

import re

from warmcall.domain.text_folding import folded_words

FAMILY_FIRST = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
"""A letter of the scripts (Unicode blocks) of Chinese, Japanese and Korean, where family names come first."""

_HONORIFICS = frozenset({"dr", "prof", "professor", "mr", "mrs", "ms", "mx", "herr", "frau", "sir", "dame"})

_GENERATION = re.compile(r"(?:jr|sr)\.?|ii|iii|iv", re.IGNORECASE)
"""What is said after a family name and belongs to the name."""

_DEGREE = re.compile(
    r"(?:ph\.?\s?d|d\.?phil|m\.?d|d\.?d\.?s|j\.?d|ed\.?d|esq|m\.?b\.?a|m\.?sc|b\.?sc|m\.?a|b\.?a|m\.?ed|r\.?n"
    r"|c\.?p\.?a|c\.?f\.?a|pmp|phr|sphr|shrm-s?cp|p\.?e|lcsw)\.?",
    re.IGNORECASE,
)
"""A degree or a licence, which people write after their names and nobody says."""

_LETTERS = re.compile(r"[A-Z](?:[A-Za-z]?\.?-?[A-Z]){1,5}\.?")
"""Letters after a name that nobody says: most are capitals."""

_PARTICLE = frozenset(
    {"ní", "ó", "nic", "mac", "uí", "st.", "saint", "san", "santa", "von", "van", "zu", "de", "del", "della"}
    | {"da", "di", "dos", "du", "la", "le", "der", "den", "ter", "ten", "el", "al", "bin", "ibn", "ben"}
)
"""Words before a family name that are part of it: "Ní Bhraonáin", "van der Berg", "St. John"."""

_INITIAL = re.compile(r"[^\W\d_]\.?")

GAP_SIGNS = str.maketrans({"‹": "‘", "›": "’"})
"""How the signs of a gap are written where they are part of a name or another fact."""


def written_name(name: str) -> str:
    """Return `name` as it is said: "Mei Tanaka" for "Tanaka, Mei" and for "Mei Tanaka, MBA".

    In a script in which family names come first that order stays.
    """
    name = name.translate(GAP_SIGNS).strip()
    parts = [part.strip() for part in name.split(",")]
    generation = ""
    while len(parts) > 1 and (_GENERATION.fullmatch(parts[-1]) or _is_degree(parts)):
        last = parts.pop()
        generation = f" {last}" if _GENERATION.fullmatch(last) else generation
    if not all(parts) or len(parts) > 2:
        return name
    if len(parts) == 2 and not FAMILY_FIRST.search(name):
        parts.reverse()
    return f"{' '.join(parts)}{generation}"


def recognized_by(name: str, goes_by: str = "") -> tuple[str, ...]:
    """Return what a name is recognized by, as texts are compared.

    It is the name as it is said, without a title, and that with `goes_by` for the given name: "Teo Barlow" is
    Teodoro Barlow, who goes by Teo.
    """
    is_plain = name.isascii() and "," not in name and "`" not in name
    words = name.lower().split() if is_plain else folded_words(written_name(name))
    if len(words) > 2 and words[0].rstrip(".") in _HONORIFICS:
        words = words[1:]
    whole = " ".join(words)
    if not goes_by:
        return (whole,)
    called = " ".join([*folded_words(goes_by), *words[1:]])
    return (whole, called) if goes_by.strip() and called != whole else (whole,)


def first_name(name: str) -> str:
    """Return the given name in `name`, as far as the name alone shows it.

    It is the first word, with what follows if that is an initial; after a comma ("Tanaka, Mei") the word that
    follows; after a title the title and the family name ("Dr. Wu"). In a script in which family names come
    first, it is the whole name: a bare family name would be rude.
    """
    said = written_name(name).rstrip(", ")
    words = [word.rstrip(",") for word in said.split()]
    if not words or FAMILY_FIRST.search(said):
        return said
    if len(words) > 1 and words[0].rstrip(".").casefold() in _HONORIFICS:
        return f"{words[0]} {family_name(words[1:])}"
    count = 1
    while count < len(words) and _INITIAL.fullmatch(words[count - 1]):
        count += 1
    return " ".join(words[:count])


def _is_degree(parts: list[str]) -> bool:
    """Return whether the last part, after a comma, is degrees alone; that of "Tanaka, MA" is not."""
    words = parts[-1].split()
    first = parts[0].partition(" ")[0]
    whole = " " in parts[0] and first.casefold() not in _PARTICLE
    are_letters = bool(words) and all(_DEGREE.fullmatch(word) or _LETTERS.fullmatch(word) for word in words)
    return are_letters and (len(parts) > 2 or whole)


def family_name(words: list[str]) -> str:
    """Return the family name at the end of `words`, with the words that belong to it: "van der Berg"."""
    while len(words) > 1 and _GENERATION.fullmatch(words[-1]):
        words = words[:-1]
    start = len(words) - 1
    while start > 0 and words[start - 1].casefold() in _PARTICLE:
        start -= 1
    return " ".join(words[start:])
