"""Documents of headings, list items and checkboxes, as Markdown or as plain text for paper. Pure functions.

The texts of a document come from users and files: none of them can become a heading, a link with other words,
HTML or any other markup. A web address that is written out stays a link, which shows where it leads. The
Markdown is CommonMark with the task lists of GitHub.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from enum import Enum

import msgspec

from warmcall.domain.sanitize import one_line

WIDTH = 78
"""Columns of a line: as much as printers and mail programs show."""


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


class DocumentSection(msgspec.Struct, frozen=True):
    """A heading and the items under it; `level` is 2 for a section, 3 for a part of one."""

    title: str
    items: tuple[Item, ...] = ()
    level: int = 2


class Document(msgspec.Struct, frozen=True):
    """A title, the lines under it, and sections."""

    title: str
    lines: tuple[str, ...] = ()
    sections: tuple[DocumentSection, ...] = ()


def lines_in(text: str) -> tuple[str, ...]:
    """Return the lines of `text` that are not blank, without spaces around them."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def markdown(document: Document) -> str:
    """Return `document` as Markdown, wrapped at `WIDTH` columns; a longer word is not broken."""
    blocks = [_heading(1, document.title), *(_paragraph(line) for line in document.lines)]
    for section in document.sections:
        blocks += [_heading(section.level, section.title), *_blocks(section.items)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def plain(document: Document) -> str:
    """Return `document` as plain text, no line of it wider than `WIDTH` columns."""
    lines = [*_underlined(document.title, "=")]
    lines += [line for text in document.lines for line in _plain(text, "", "")]
    for section in document.sections:
        lines += ["", *_underlined(section.title, "-")]
        for item, mark in _marked(section.items):
            lines += _plain(item.text, mark, " " * len(mark))
            for text in item.more:
                lines += _plain(text, " " * len(mark), " " * len(mark))
    return "\n".join(lines) + "\n"


def _blocks(items: tuple[Item, ...]) -> Iterator[str]:
    """Yield the blocks of a section: each paragraph, and all items of the list as one block."""
    listed: list[str] = []
    for item, mark in _marked(items):
        if item.mark is Mark.NONE:
            yield from (_paragraph(text) for text in (item.text, *item.more))
            continue
        # A checkbox is part of the item's text, so what is under it is indented as under the bullet.
        start = f"- {mark}" if item.mark in (Mark.DONE, Mark.OPEN) else mark
        indent = " " * (len(mark) if item.mark is Mark.NUMBER else 2)
        listed += _wrapped(_words(item.text, _units), start, indent, _at_start)
        for text in item.more:
            listed += _wrapped(_words(text, _units), f"{indent}- ", f"{indent}  ", _at_start)
    if listed:
        yield "\n".join(listed)


def _marked(items: Iterable[Item]) -> Iterator[tuple[Item, str]]:
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


def _heading(level: int, title: str) -> str:
    words = [_at_start(word) for word in _words(title, _units)]
    return f"{'#' * level} {' '.join(''.join(word) for word in words)}" if words else ""


def _paragraph(text: str) -> str:
    return "\n".join(_wrapped(_words(text, _units), "", "", _at_start))


def _underlined(title: str, underline: str) -> list[str]:
    lines = _plain(title, "", "")
    return [*lines, underline * max((_width(line) for line in lines), default=0)]


def _plain(text: str, first: str, rest: str) -> list[str]:
    words = [piece for word in _words(text, list) for piece in _pieces(word, WIDTH - len(rest))]
    return _wrapped(words, first, rest, lambda word: word)


_Word = list[str]
"""A word as a list of units that are never broken: a character, or a backslash and the one it escapes."""


def _words(text: str, units: Callable[[str], _Word]) -> list[_Word]:
    return [units(word) for word in one_line(text.strip()).split()]


def _pieces(word: _Word, room: int) -> Iterator[_Word]:
    """Yield a word in pieces of at most `room` columns."""
    piece: _Word = []
    used = 0
    for unit in word:
        width = _width(unit)
        if piece and used + width > room:
            yield piece
            piece, used = [], 0
        piece.append(unit)
        used += width
    if piece:
        yield piece


def _wrapped(words: list[_Word], first: str, rest: str, at_start: Callable[[_Word], _Word]) -> list[str]:
    """Return `words` in lines of `WIDTH` columns.

    The first line begins with `first`, the others with `rest`. `at_start` escapes the first word of each.
    """
    lines: list[str] = []
    line, used, empty = first, len(first), True
    for word in words:
        width = sum(_width(unit) for unit in word)
        if not empty and used + 1 + width > WIDTH:
            lines.append(line)
            line, used, empty = rest, len(rest), True
        written = "".join(at_start(word) if empty else word)
        line += written if empty else f" {written}"
        used += (0 if empty else 1) + _width(written)
        empty = False
    return lines if empty else [*lines, line]


def _width(text: str) -> int:
    """Return how many columns `text` takes in a fixed-width font."""
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


_ALWAYS = frozenset("\\`*[]<|~")
"""Characters that are markup anywhere in a line."""

_ENTITY = re.compile(r"&(?:#[xX]?[0-9a-fA-F]+|[0-9A-Za-z]+);")
_BLOCK = re.compile(r"#{1,6}|[-+]|[:=-]+|>.*|\d{1,9}[.)]")
"""What is markup at the start of a line: heading, list item, rule, underline, quotation, number."""


def _units(word: str) -> _Word:
    """Return the units of a word, with characters escaped that are markup anywhere in a line."""
    units = []
    for at, letter in enumerate(word):
        inside = 0 < at < len(word) - 1 and word[at - 1].isalnum() and word[at + 1].isalnum()
        entity = letter == "&" and _ENTITY.match(word, at)
        markup = letter in _ALWAYS or (letter == "_" and not inside) or entity
        units.append(f"\\{letter}" if markup else letter)
    return units


def _at_start(word: _Word) -> _Word:
    """Return a word escaped so that it is no markup at the start of a line."""
    if not _BLOCK.fullmatch("".join(word).replace("\\", "")):
        return word
    at = len(word) - 1 if word[0].isdigit() else 0
    escaped = word[at] if len(word[at]) > 1 else f"\\{word[at]}"
    return [*word[:at], escaped, *word[at + 1 :]]
