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

    def words_of(self, text: str) -> str:
        """Return the words of an entry as they are shown."""
        if self.as_it_is:
            return text
        return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(_ENDS) else '.'}"


class Verbatim(NamedTuple):
    """Lines to be typed or copied as they are."""

    lines: tuple[str, ...]


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
