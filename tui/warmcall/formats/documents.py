"""Documents of headings, list items, quotations, trees and bar charts: what `markdown` and `html` render.

The texts of a document come from users and files; whoever renders them sees to it that none becomes markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum

import msgspec


class Mark(Enum):
    """What a text begins with in a list."""

    NONE = ""
    POINT = "- "
    DONE = "[x] "
    OPEN = "[ ] "
    NUMBER = "1. "


class Item(msgspec.Struct, frozen=True):
    """A text with its mark, and the texts that belong under it."""

    text: str
    mark: Mark = Mark.NONE
    more: tuple[str, ...] = ()


class Quotation(msgspec.Struct, frozen=True):
    """What somebody said, a paragraph a line, and who it was; `starred` if it matters more than others."""

    lines: tuple[str, ...]
    by: str
    starred: bool = False


class QuotationGroup(msgspec.Struct, frozen=True):
    """What people of one kind said, under a heading, which may be empty."""

    title: str
    quotations: tuple[Quotation, ...]


class Quotations(msgspec.Struct, frozen=True):
    """Groups of quotations, which stand beside each other where there is room."""

    groups: tuple[QuotationGroup, ...]


class TreeEntry(msgspec.Struct, frozen=True):
    """A name in a tree with what is said of it.

    `depth` is 0 for the first of a branch, and at most one more than that of the entry before. `lines` are
    the signs that lead to it where the tree is drawn as text.
    """

    text: str
    about: str = ""
    depth: int = 0
    lines: str = ""


class Tree(msgspec.Struct, frozen=True):
    """Names under each other, in the order in which they are drawn."""

    entries: tuple[TreeEntry, ...]


class ChartBar(msgspec.Struct, frozen=True):
    """One line of a chart: its label, the number, and words on it.

    `parts` are the lengths of the segments of the bar, each from 0 to 1 of the whole width, and `signs` the
    same as text.
    """

    label: str
    number: str
    parts: tuple[float, ...] = ()
    signs: str = ""
    words: str = ""


class Chart(msgspec.Struct, frozen=True):
    """Bars under each other, and what their segments stand for, if they have several."""

    title: str
    bars: tuple[ChartBar, ...]


Part = Quotations | Tree | Chart


class DocumentSection(msgspec.Struct, frozen=True):
    """A heading, the items under it, and after them other parts.

    `level` is 2 for a section, 3 for a part of one. Without a title it goes on with the section before.
    """

    title: str
    items: tuple[Item, ...] = ()
    level: int = 2
    parts: tuple[Part, ...] = ()


class Document(msgspec.Struct, frozen=True):
    """A title, the lines under it, and sections."""

    title: str
    lines: tuple[str, ...] = ()
    sections: tuple[DocumentSection, ...] = ()


def lines_in(text: str) -> tuple[str, ...]:
    """Return the lines of `text` that are not blank, without spaces around them."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def marked(items: Iterable[Item]) -> Iterator[tuple[Item, str]]:
    """Yield the items that are not blank, each with its mark; those with NUMBER are counted from 1."""
    number = 0
    for item in items:
        if not item.text.strip():
            continue
        if item.mark is Mark.NUMBER:
            number += 1
            yield item, f"{number}. "
        else:
            yield item, item.mark.value
