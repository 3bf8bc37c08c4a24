"""Cards, such as a person's answer, laid out as lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len

from warmcall.domain.sanitize import many_lines, one_line
from warmcall.widgets.rich_text import Card, CardGroup, RichPart
from warmcall.widgets.text_width import truncate, wrap

PROSE_CELLS = 72
"""Prose in longer lines is hard to read."""

_INDENT = 3
"""The sign of the cursor, that of the card, and a blank, which stand before its first line."""


class CardLine(NamedTuple):
    """One line: its parts, the key of its card, whether it is the card's first, and whether it is text."""

    parts: tuple[RichPart, ...] = ()
    key: str = ""
    first: bool = False
    is_text: bool = False


def lines_of(group: CardGroup, width: int) -> list[CardLine]:
    """Return a group in lines of at most `width` cells, a blank line between two cards."""
    room = min(width - _INDENT, PROSE_CELLS)
    found = [CardLine(((f" {one_line(group.title)}", "bold"),))]
    if not group.cards:
        found += [CardLine(((f" {line}", "$muted"),)) for line in wrap(group.nothing, width - 1)]
    for number, card in enumerate(group.cards):
        if number:
            found.append(CardLine())
        found += _lines_of_card(card, room)
    return found


def _lines_of_card(card: Card, room: int) -> list[CardLine]:
    blank = " " * _INDENT
    found = [CardLine((card.sign, " ", *card.head), card.key, first=True)]
    for line in wrap(many_lines(card.text), room):
        found.append(CardLine((f"{blank}{line}",), card.key, is_text=True))
    for note in card.notes:
        text, style = (note, "") if isinstance(note, str) else note
        found += [CardLine(((f"{blank}{line}", style),), card.key) for line in wrap(one_line(text), room)]
    return found


def fitted(parts: Sequence[RichPart], width: int) -> list[tuple[str, str]]:
    """Return `parts` with their styles, cut to `width` cells with an ellipsis."""
    found: list[tuple[str, str]] = []
    left = width
    for part in parts:
        text, style = (part, "") if isinstance(part, str) else part
        text = one_line(text)
        cells = cell_len(text)
        if cells > left:
            return [*found, (truncate(text, left), style)] if left > 0 else found
        found.append((text, style))
        left -= cells
    return found
