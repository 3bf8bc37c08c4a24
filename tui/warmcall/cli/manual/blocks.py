"""What the text of a topic consists of, before it is rendered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Words(NamedTuple):
    """A paragraph; the white space in it means nothing."""

    text: str


class Subheading(NamedTuple):
    """The heading of a part of a topic."""

    text: str


class Entries(NamedTuple):
    """A list of terms, each with what it is: a phrase or sentences, with or without the last full stop.

    It is shown with a capital and a full stop, unless it is to be shown `as_it_is`.
    """

    entries: tuple[tuple[str, str], ...]
    as_it_is: bool = False

    def listed(self) -> list[tuple[str, str]]:
        """Return the terms with their words as they are shown."""
        return [(term, text if self.as_it_is else _sentence(text)) for term, text in self.entries]

    def column(self, width: int, below: int) -> int:
        """Return where the words begin, in a text of that width: beside the terms, else `below` them.

        They are beside them if most of the terms are short, and no word is too long for what is left.
        """
        short = [len(term) for term, _ in self.entries if len(term) <= width // 3]
        beside = max(short, default=0) + 2
        longest = max((len(word) for _, words in self.listed() for word in words.split()), default=0)
        return beside if len(short) * 2 > len(self.entries) and beside + longest <= width else below


class Verbatim(NamedTuple):
    """Lines to be typed or copied as they are."""

    lines: tuple[str, ...]


SHORT_LINES = 2
"""So many lines an entry may have in a list without empty lines between the entries."""

_ENDS = (".", "?", "!", "…")

Block = Words | Subheading | Entries | Verbatim


def words(*paragraphs: str) -> Iterable[Words]:
    """Return a block for each paragraph."""
    return map(Words, paragraphs)


def entries(*terms: tuple[str, str], as_it_is: bool = False) -> Entries:
    """Return a list of terms."""
    return Entries(terms, as_it_is)


def verbatim(text: str) -> Verbatim:
    """Return the lines of a text, without empty ones before and behind them."""
    return Verbatim(tuple(text.strip("\n").split("\n")))


def _sentence(text: str) -> str:
    """Return the words of an entry with a capital and a full stop."""
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(_ENDS) else '.'}"
