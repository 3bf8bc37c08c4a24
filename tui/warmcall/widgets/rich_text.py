"""Styled text as plain data: what a widget shows. No Textual here, since plain commands import it too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

RichPart = str | tuple[str, str]
"""Text, or text with a style such as "bold" or "$warning"."""


class Excerpt(NamedTuple):
    """A text of one line with a stretch to mark, from the place `start` to before `end`."""

    text: str
    start: int
    end: int


class Card(NamedTuple):
    """A card: a key, a sign of one cell, its first line, a text of several lines, and notes of one each."""

    key: str
    sign: RichPart
    head: tuple[RichPart, ...]
    text: str
    notes: tuple[RichPart, ...] = ()


class CardGroup(NamedTuple):
    """Cards under a title; `nothing` is what stands there while there are none."""

    title: str
    cards: tuple[Card, ...]
    nothing: str = ""


def plain_text(parts: Sequence[RichPart]) -> str:
    """Return `parts` without their styles, and without blank space at both ends."""
    return "".join(part if isinstance(part, str) else part[0] for part in parts).strip()
