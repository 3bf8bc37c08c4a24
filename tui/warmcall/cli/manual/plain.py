"""The blocks of the manual as plain text for a terminal, wrapped to its width."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from textwrap import wrap

from warmcall.cli.manual.blocks import SHORT_LINES, Block, Entries, Subheading, Verbatim, Words
from warmcall.cli.manual.contents import Topic

WIDEST = 78
"""Columns of a line at most: longer ones are hard to read."""

_LEFT = "  "
"""What is left free before all but headings."""

_UNDER = 6
"""Columns before the words of an entry whose term has a line of its own."""


def topic_lines(topic: Topic) -> list[str]:
    """Return a topic as it is shown on this terminal."""
    return [*plain(topic.title, topic.blocks(), shutil.get_terminal_size().columns)]


def plain(title: str, blocks: Iterable[Block], columns: int) -> Iterator[str]:
    """Yield the lines of a topic under its title, for a terminal of so many columns.

    Lines to be copied, and words that are longer than a line, are not broken.
    """
    width = max(20, min(WIDEST, columns))
    yield title.upper()
    for block in blocks:
        yield ""
        match block:
            case Words(text):
                yield from _wrapped(text, width, _LEFT)
            case Subheading(text):
                yield from _wrapped(text, width, "")
            case Entries():
                yield from _entries(block, width)
            case Verbatim(lines):
                yield from (f"{_LEFT * 2}{line}".rstrip() for line in lines)


def _entries(block: Entries, width: int) -> Iterator[str]:
    column = len(_LEFT) + block.column(width - len(_LEFT), _UNDER - len(_LEFT))
    shown = [[*_entry(term, words, column, width)] for term, words in block.listed()]
    spread = any(len(lines) > SHORT_LINES for lines in shown)
    for at, lines in enumerate(shown):
        if at and spread:
            yield ""
        yield from lines


def _entry(term: str, words: str, column: int, width: int) -> Iterator[str]:
    """Yield the lines of an entry: the words beside the term from a column on, or below it."""
    beside = f"{_LEFT}{term}".ljust(column)
    if len(_LEFT) + len(term) + 2 > column:
        yield from _wrapped(term, width, _LEFT)
        beside = " " * column
    yield from _wrapped(words, width, beside, " " * column)


def _wrapped(text: str, width: int, first: str, others: str | None = None) -> list[str]:
    """Return the lines of a text, the first of which begins with `first`, and the others so, too, or else."""
    return wrap(
        " ".join(text.split()),
        width,
        initial_indent=first,
        subsequent_indent=first if others is None else others,
        break_long_words=False,
        break_on_hyphens=False,
    )
