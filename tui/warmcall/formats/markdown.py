"""Documents as Markdown, or as plain text for paper. Pure functions.

The texts of a document come from users and files: none of them can become a heading, a link with other words,
HTML or any other markup. A web or mail address that is written out is a link, which shows where it leads. The
Markdown is CommonMark with the task lists of GitHub; readers that know more, such as pandoc, show the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from warmcall.domain.sanitize import one_line
from warmcall.formats.documents import (
    Chart,
    Document,
    DocumentSection,
    Item,
    Mark,
    Part,
    Quotations,
    Tree,
    marked,
)

WIDTH = 78
"""Columns of a line: as much as printers and mail programs show."""

_WIDEST_CELL = 40
"""So many columns a cell has at most before those beside it give way."""

_ENDS_IN_HASH = re.compile(r"(?:.*[^\\])?(?:\\\\)*#")
_BACKTICKS = re.compile("`+")


def markdown(document: Document) -> str:
    """Return `document` as Markdown, wrapped at `WIDTH` columns; a longer word is not broken."""
    blocks = [_heading(1, document.title), *(_paragraph(line) for line in document.lines)]
    for section in document.sections:
        blocks += [_heading(section.level, section.title), *_blocks(section.items)]
        for part in section.parts:
            blocks += _part(part, section)
    return "\n\n".join(block for block in blocks if block) + "\n"


def plain(document: Document) -> str:
    """Return `document` as plain text, no line of it wider than `WIDTH` columns."""
    lines = [*_underlined(document.title, "=")]
    lines += [line for text in document.lines for line in _plain(text, "", "")]
    for section in document.sections:
        lines += ["", *(_underlined(section.title, "-") if section.title.strip() else ())]
        for item, mark in marked(section.items):
            lines += _plain(item.text, mark, " " * len(mark))
            for text in item.more:
                lines += _plain(text, " " * len(mark), " " * len(mark))
        for part in section.parts:
            lines += _plain_part(part)
    return "\n".join(lines) + "\n"


def _part(part: Part, section: DocumentSection) -> Iterator[str]:
    """Yield the blocks of a part: quotations under headings of their own, or lines as they are."""
    match part:
        case Quotations():
            for group in part.groups:
                yield _heading(section.level + 1, group.title)
                for quotation in group.quotations:
                    star = "★ " if quotation.starred else ""
                    texts = [
                        f"{star}{' '.join(quotation.lines[:1])}",
                        *quotation.lines[1:],
                        f"— {quotation.by}",
                    ]
                    paragraphs = (_wrapped(_escaped(text), "> ", "> ", _at_start) for text in texts)
                    yield "\n>\n".join("\n".join(lines) for lines in paragraphs if lines)
        case Tree():
            yield _verbatim(_tree_lines(part))
        case Chart():
            yield _paragraph(part.title)
            yield _verbatim(_chart_lines(part))


def _plain_part(part: Part) -> Iterator[str]:
    """Yield the lines of a part on paper."""
    match part:
        case Quotations():
            for group in part.groups:
                yield from ("", *(_plain(group.title, "", "")))
                for quotation in group.quotations:
                    star = "★ " if quotation.starred else "  "
                    for number, text in enumerate(quotation.lines):
                        yield from _plain(text, "  " if number else star, "  ")
                    yield from _plain(f"— {quotation.by}", "  ", "    ")
        case Tree():
            for line in _tree_lines(part):
                yield from _pieces(line, WIDTH)
        case Chart():
            yield from _plain(part.title, "", "")
            for line in _chart_lines(part):
                yield from _pieces(line, WIDTH)


def _tree_lines(tree: Tree) -> list[str]:
    """Return the lines of a tree: the names under the signs that lead to them, and beside them the rest."""
    names = [one_line(f"{entry.lines}{entry.text}") for entry in tree.entries]
    return _columns([(name, one_line(entry.about)) for name, entry in zip(names, tree.entries, strict=True)])


def _chart_lines(chart: Chart) -> list[str]:
    """Return the lines of a chart: label, number, bar and words under each other."""
    figures = max((len(bar.number) for bar in chart.bars), default=0)
    return _columns(
        [
            (one_line(bar.label), f"{bar.number:>{figures}}", bar.signs, one_line(bar.words))
            for bar in chart.bars
        ]
    )


def _columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Return each row as a line, with its cells under those of the others, unless a cell is very wide."""
    widths = [min(max(map(_width, column)), _WIDEST_CELL) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True) if width
        ).rstrip()
        for row in rows
    ]


def _verbatim(lines: Sequence[str]) -> str:
    """Return lines that a reader of Markdown shows as they are, whatever is in them.

    The fence is longer than any run of backticks in them, so none of them ends the block.
    """
    longest = max((len(run) for line in lines for run in _BACKTICKS.findall(line)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([fence, *lines, fence]) if lines else ""


def _blocks(items: tuple[Item, ...]) -> Iterator[str]:
    """Yield the blocks of a section: each paragraph, and all items of the list as one block."""
    listed: list[str] = []
    for item, mark in marked(items):
        if item.mark is Mark.NONE:
            yield from (_paragraph(text) for text in (item.text, *item.more))
            continue
        # A checkbox is part of the item's text, so what is under it is indented as under the bullet.
        start = f"- {mark}" if item.mark in (Mark.DONE, Mark.OPEN) else mark
        indent = " " * (len(mark) if item.mark is Mark.NUMBER else 2)
        listed += _wrapped(_escaped(item.text), start, indent, _at_start)
        for text in item.more:
            listed += _wrapped(_escaped(text), f"{indent}- ", f"{indent}  ", _at_start)
    if listed:
        yield "\n".join(listed)


def _heading(level: int, title: str) -> str:
    words = [*map(_at_start, _escaped(title).split())]
    if words and _ENDS_IN_HASH.fullmatch(words[-1]):  # pandoc would leave it out
        words[-1] = f"{words[-1][:-1]}\\#"
    return " ".join(["#" * level, *words]) if words else ""


def _paragraph(text: str) -> str:
    return "\n".join(_wrapped(_escaped(text), "", "", _at_start))


def _underlined(title: str, underline: str) -> list[str]:
    lines = _plain(title, "", "")
    return [*lines, underline * max((_width(line) for line in lines), default=0)]


def _plain(text: str, first: str, rest: str) -> list[str]:
    pieces = [piece for word in _words(text) for piece in _pieces(word, WIDTH - len(rest))]
    return _wrapped(" ".join(pieces), first, rest, lambda word: word)


def _words(text: str) -> list[str]:
    return one_line(text.strip()).split()


def _pieces(word: str, room: int) -> Iterator[str]:
    """Yield a word in pieces of at most `room` columns."""
    start = used = 0
    for at, letter in enumerate(word):
        width = _width(letter)
        if at > start and used + width > room:
            yield word[start:at]
            start, used = at, 0
        used += width
    yield word[start:]


def _wrapped(text: str, first: str, rest: str, at_start: Callable[[str], str]) -> list[str]:
    """Return `text`, whose words have one space between them, in lines of `WIDTH` columns.

    The first line begins with `first`, the others with `rest`. `at_start` escapes the first word of each.
    """
    lines: list[str] = []
    lead, start = first, 0
    while start < len(text):
        after_word = text.find(" ", start)
        after_word = len(text) if after_word < 0 else after_word
        word = at_start(text[start:after_word])
        end = _line_end(text, after_word, WIDTH - len(lead) - _width(word))
        lines.append(f"{lead}{word}{text[after_word:end]}")
        lead, start = rest, end + 1
    return lines


def _line_end(text: str, start: int, room: int) -> int:
    """Return where a line ends that goes on at `start`, the end of a word, for at most `room` columns."""
    last = start + max(room, 0)
    if text[start : last + 1].isascii():
        return len(text) if last >= len(text) else text.rfind(" ", start, last + 1)
    end = start
    while end < len(text):
        after_word = text.find(" ", end + 1)
        after_word = len(text) if after_word < 0 else after_word
        room -= _width(text[end:after_word])
        if room < 0:
            break
        end = after_word
    return end


def _width(text: str) -> int:
    """Return how many columns `text` takes in a fixed-width font."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


_MARKUP = re.compile(
    r"""[\\`*\[\]<|~_&](?:
        (?<![_&])
        |(?<=_)(?:(?<![^\W_]_)|(?![^\W_]))
        |(?<=&)(?=\#[xX]?[0-9a-fA-F]+;|[0-9A-Za-z]+;)
    )""",
    re.VERBOSE,
)
"""What is markup anywhere in a line: some characters, `_` unless it is inside a word, `&` of an entity."""

_BLOCK = re.compile(r"#{1,6}|[-+]|[:=-]+|>.*|\d{1,9}[.)]")
"""What is markup at the start of a line: heading, list item, rule, underline, quotation, number."""


_MATH = re.compile(r"\$(?=\S)[^$]*(?<=[^\s$])\$(?!\d)|\^[^\s^]+\^")
_MATH_SIGN, _MATH_START = re.compile(r"[$^]"), re.compile(r"\$(?=[^\s\d])")
"""What pandoc and GitHub read as formulas, unlike sums of money ($60k to $75k); and what begins one."""

_ADDRESS = re.compile(
    r"""(?<![\w./:@+-])(?:
        [Hh][Tt][Tt][Pp][Ss]?://[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]+)?(?:[/?\#][^\s<>"`|\\^{}]*)?(?!\w)
        |[A-Za-z0-9._+-]+@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?
            (?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+(?![\w@-])
    )""",
    re.VERBOSE,
)
"""A web or mail address as people write it in a sentence, with the punctuation after it.

Where a host has other letters, readers differ in what they show; it stays text.
"""

_AFTER_ADDRESS = ".,;:!?*'’”»)]"
_ENTITY = re.compile(r"&#?[0-9A-Za-z]+;")
_LOOKS_LIKE_ADDRESS = re.compile(r"(https?|ftp|www)([:.])", re.IGNORECASE)
"""What begins a web address for readers that look for some, where the rest of it is none."""


def _escaped(text: str) -> str:
    """Return the words of `text` with one space between them, addresses as links, and markup escaped.

    Some readers make links of addresses by themselves, others do not; and escapes in them would be a part of
    them.
    """
    text = " ".join(_words(text))
    pieces, start = [], 0
    for match in _ADDRESS.finditer(text):
        address = _without_punctuation(match[0])
        if _ENTITY.search(address):  # readers differ in what it stands for
            continue
        pieces += [_plain_words(text[start : match.start()]), f"<{address}>"]
        start = match.start() + len(address)
    return "".join([*pieces, _plain_words(text[start:])])


def _without_punctuation(address: str) -> str:
    """Return an address without the signs after it that belong to the sentence."""
    kept = address.rstrip(_AFTER_ADDRESS)
    is_open = kept.count("(") > kept.count(")")
    return f"{kept})" if is_open and address.startswith(")", len(kept)) else kept


def _plain_words(text: str) -> str:
    escaped = _LOOKS_LIKE_ADDRESS.sub(r"\g<1>\\\g<2>", _MARKUP.sub(r"\\\g<0>", text))
    math = _MATH_SIGN if _MATH.search(escaped) else _MATH_START
    return math.sub(r"\\\g<0>", escaped)


def _at_start(word: str) -> str:
    """Return an escaped word so that it is no markup at the start of a line."""
    if word.startswith("\\") or not _BLOCK.fullmatch(word.replace("\\", "")):
        return word
    at = len(word) - 1 if word[0].isdigit() else 0
    return f"{word[:at]}\\{word[at:]}"
