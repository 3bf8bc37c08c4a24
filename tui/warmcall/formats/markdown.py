"""Documents of headings, points and ticks, as Markdown or as plain text for paper. Pure functions.

What a document says comes from outside: none of it becomes a heading, a link with other words, HTML or any
other markup. An address written out stays one, and shows where it leads. Markdown is that of CommonMark with
GitHub's tables, task lists and strike-through.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from enum import Enum

import msgspec

from warmcall.domain.sanitize import one_line

WIDTH = 78
"""Columns of a line: what a printer and a mail program both take."""


class Mark(Enum):
    """What stands before a piece of text."""

    NONE = ""
    POINT = "- "
    DONE = "[x] "
    OPEN = "[ ] "
    NUMBER = "1. "


class Item(msgspec.Struct, frozen=True):
    """A piece of text with its mark, and what belongs under it."""

    text: str
    mark: Mark = Mark.NONE
    more: tuple[str, ...] = ()


class DocumentSection(msgspec.Struct, frozen=True):
    """A heading with what stands under it; `level` 2 is below the title, 3 below that."""

    title: str
    items: tuple[Item, ...] = ()
    level: int = 2


class Document(msgspec.Struct, frozen=True):
    """A title, the lines under it, and the sections."""

    title: str
    lines: tuple[str, ...] = ()
    sections: tuple[DocumentSection, ...] = ()


def lines_in(text: str) -> tuple[str, ...]:
    """Return the lines of `text` that have anything on them, as the texts of items."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def markdown(document: Document) -> str:
    """Return `document` as Markdown, wrapped at WIDTH where that breaks no word."""
    blocks = [_heading(1, document.title), *(_paragraph(line) for line in document.lines)]
    for section in document.sections:
        blocks += [_heading(section.level, section.title), *_blocks(section.items)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def plain(document: Document) -> str:
    """Return `document` as plain text, no line of it wider than WIDTH."""
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
    """Yield the blocks of a section: a list whole, a paragraph by itself."""
    listed: list[str] = []
    for item, mark in _marked(items):
        if item.mark is Mark.NONE:
            yield from (_paragraph(text) for text in (item.text, *item.more))
            continue
        # A box is the beginning of a point's text, so that what is under it hangs below the point.
        sign = f"- {mark}" if item.mark in (Mark.DONE, Mark.OPEN) else mark
        indent = " " * (len(mark) if item.mark is Mark.NUMBER else 2)
        listed += _wrapped(_words(item.text, _units), sign, indent, _at_start)
        for text in item.more:
            listed += _wrapped(_words(text, _units), f"{indent}- ", f"{indent}  ", _at_start)
    if listed:
        yield "\n".join(listed)


def _marked(items: Iterable[Item]) -> Iterator[tuple[Item, str]]:
    """Yield the items that say anything with their marks, those of NUMBER counted."""
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


def _underlined(title: str, sign: str) -> list[str]:
    lines = _plain(title, "", "")
    return [*lines, sign * max((_width(line) for line in lines), default=0)]


def _plain(text: str, first: str, rest: str) -> list[str]:
    words = [piece for word in _words(text, list) for piece in _pieces(word, WIDTH - len(rest))]
    return _wrapped(words, first, rest, lambda word: word)


_Word = list[str]
"""A word as the signs it is written with: escaped ones have two characters, and are never broken."""


def _words(text: str, units: Callable[[str], _Word]) -> list[_Word]:
    return [units(word) for word in one_line(text.strip()).split()]


def _pieces(word: _Word, room: int) -> Iterator[_Word]:
    """Yield a word in pieces that fit into `room` columns."""
    piece: _Word = []
    used = 0
    for unit in word:
        wide = _width(unit)
        if piece and used + wide > room:
            yield piece
            piece, used = [], 0
        piece.append(unit)
        used += wide
    if piece:
        yield piece


def _wrapped(words: list[_Word], first: str, rest: str, at_start: Callable[[_Word], _Word]) -> list[str]:
    """Return lines of `words` behind `first` and `rest`; the first word of each as `at_start` has it."""
    lines: list[str] = []
    line, used, empty = first, len(first), True
    for word in words:
        wide = sum(_width(unit) for unit in word)
        if not empty and used + 1 + wide > WIDTH:
            lines.append(line)
            line, used, empty = rest, len(rest), True
        written = "".join(at_start(word) if empty else word)
        line += written if empty else f" {written}"
        used += (0 if empty else 1) + _width(written)
        empty = False
    return lines if empty else [*lines, line]


def _width(text: str) -> int:
    """Return the columns `text` takes on a terminal or on paper."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text
    )


_ALWAYS = frozenset("\\`*[]<|~")
_ENTITY = re.compile(r"&(?:#[xX]?[0-9a-fA-F]+|[0-9A-Za-z]+);")
_BLOCK = re.compile(r"#{1,6}|[-+]|[:=-]+|>.*|\d{1,9}[.)]")
"""What would begin a heading, a point, a rule, an underline, a quotation or a number at a line's start."""


def _units(word: str) -> _Word:
    """Return the signs of a word with what Markdown would read in its midst escaped."""
    found = []
    for at, sign in enumerate(word):
        inside = 0 < at < len(word) - 1 and word[at - 1].isalnum() and word[at + 1].isalnum()
        meant = sign in _ALWAYS or (sign == "_" and not inside) or (sign == "&" and _ENTITY.match(word, at))
        found.append(f"\\{sign}" if meant else sign)
    return found


def _at_start(word: _Word) -> _Word:
    """Return a word with what Markdown would read at the start of a line escaped."""
    if not _BLOCK.fullmatch("".join(word).replace("\\", "")):
        return word
    at = len(word) - 1 if word[0].isdigit() else 0
    escaped = word[at] if len(word[at]) > 1 else f"\\{word[at]}"
    return [*word[:at], escaped, *word[at + 1 :]]
