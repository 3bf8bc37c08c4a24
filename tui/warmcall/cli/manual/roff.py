"""The blocks of the manual as roff with the man macros, which groff_man(7) describes, in ASCII."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from warmcall.cli.manual.blocks import SHORT_LINES, Block, Entries, Subheading, Verbatim, Words
from warmcall.terminal.ascii_fallback import ascii_for

_ESCAPES = str.maketrans({
    "\\": "\\e", "-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti", '"': "\\(dq", "\n": " ",
})  # fmt: skip


_WIDTH = 71
"""Columns of text on a terminal of 80: a page has 7 on its left, and 2 are free on its right."""

_UNDER = 4
"""Columns before the words of an entry whose term has a line of its own."""


def roff(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the lines of blocks, without the heading above them."""
    for block in blocks:
        match block:
            case Words(text):
                yield from (".PP", escaped(text))
            case Subheading(text):
                yield f".SS {escaped(text)}"
            case Entries():
                yield from _entries(block)
            case Verbatim(lines):
                yield from (".PP", ".RS", ".nf", *map(_as_it_is, lines), ".fi", ".RE")


def _entries(block: Entries) -> Iterator[str]:
    """Yield the lines of a list, without empty lines between entries if all of them are short."""
    column = block.column(_WIDTH, _UNDER)
    dense = all(len(words) <= SHORT_LINES * (_WIDTH - column) for _, words in block.listed())
    for at, (term, words) in enumerate(block.listed()):
        if dense and at == 1:
            yield ".PD 0"
        yield from (f".TP {column}", f"\\fB{escaped(term)}\\fR", escaped(words))
    if dense and len(block.entries) > 1:
        yield ".PD"


def section(title: str, blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the lines of a section with its heading."""
    yield f".SH {escaped(title.upper())}"
    yield from roff(blocks)


def fallbacks(page: str) -> Iterator[str]:
    """Yield what stands for characters of a page where the terminal has none like them (groff's `.fchar`)."""
    for code in sorted(set(re.findall(r"\\\[u([0-9A-F]+)\]", page))):
        plain = "..." if code == "2026" else ascii_for(chr(int(code, 16)))
        yield f".fchar \\[u{code}] {escaped(plain)}"


def escaped(text: str) -> str:
    """Return `text` in ASCII, escaped so that man shows it character by character and runs none of it."""
    plain = " ".join(text.split()).translate(_ESCAPES)
    plain = "".join(character if character.isascii() else f"\\[u{ord(character):04X}]" for character in plain)
    return f"\\&{plain}" if plain.startswith(".") else plain


def _as_it_is(line: str) -> str:
    """Return a line that keeps the spaces at its beginning and within."""
    text = line.lstrip()
    spaces = re.split("( {2,})", text)
    inside = "".join("\\ " * len(part) if part.isspace() else escaped(part) for part in spaces)
    return "\\ " * (len(line) - len(text)) + inside
