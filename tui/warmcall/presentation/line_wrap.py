"""Long lines broken between words, for a terminal: what belongs to a line stays under its beginning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import combining, east_asian_width

from warmcall.widgets.rich_text import RichPart, plain_text

_WORDS = re.compile(r"\S+\s*|\s+")
_BEGINNING = re.compile(r"\s*(?:\S+  )?")
"""What a line begins with that the lines below leave free: spaces, and an id with two spaces behind it."""

WIDEST_BEGINNING = 24
"""Up to so many cells are left free below; a longer beginning would leave too little room for words."""


def wrapped(parts: Sequence[RichPart], columns: int) -> list[list[RichPart]]:
    """Return a line of text as lines of at most so many columns; a word that is longer is not broken.

    Wide characters, as in Chinese and Japanese, take two columns, and may be followed by a break.
    """
    if columns < 1 or sum(map(_cells, map(_text, parts))) <= columns:
        return [list(parts)]
    beginning = _BEGINNING.match("".join(map(_text, parts)))
    left = _cells(beginning[0]) if beginning else 0
    indent = " " * (left if left <= min(WIDEST_BEGINNING, columns // 2) else 0)
    lines: list[list[RichPart]] = [[]]
    used = 0
    for part in parts:
        style = "" if isinstance(part, str) else part[1]
        for word in _words(_text(part)):
            if used > len(indent) and used + _cells(word.rstrip()) > columns:
                lines.append([indent] if indent else [])
                used = len(indent)
            lines[-1].append((word, style) if style else word)
            used += _cells(word)
    return [_without_end(line) for line in lines if plain_text(line)] or [[]]


def _without_end(line: Sequence[RichPart]) -> list[RichPart]:
    """Return a line without the spaces at its end, which could be one too many for the terminal."""
    kept = list(line)
    while kept:
        last = kept.pop()
        text = _text(last).rstrip()
        if text:
            return [*kept, text if isinstance(last, str) else (text, last[1])]
    return kept


def _words(text: str) -> list[str]:
    """Return a text in pieces between which a line may break, each with the spaces after it."""
    pieces: list[str] = []
    for word in _WORDS.findall(text):
        if word.isascii():
            pieces.append(word)
        else:
            pieces += re.findall(r"[\u2e80-\u9fff\uf900-\ufaff]\s*|[^\u2e80-\u9fff\uf900-\ufaff]+", word)
    return pieces


def _text(part: RichPart) -> str:
    return part if isinstance(part, str) else part[0]


def _cells(text: str) -> int:
    """Return how many columns a text takes."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(sign) else 2 if east_asian_width(sign) in "WF" else 1 for sign in text)
