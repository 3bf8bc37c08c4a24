"""The blocks of the manual as roff with the man macros, which groff_man(7) describes, in ASCII."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from warmcall.cli.manual.blocks import Block, Entries, Subheading, Verbatim, Words
from warmcall.terminal.ascii_fallback import ascii_for

_ESCAPES = str.maketrans({
    "\\": "\\e", "-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti", '"': "\\(dq", "\n": " ",
})  # fmt: skip


def roff(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the lines of blocks, without the heading above them."""
    for block in blocks:
        match block:
            case Words(text):
                yield from (".PP", escaped(text))
            case Subheading(text):
                yield f".SS {escaped(text)}"
            case Entries(entries):
                for term, text in entries:
                    yield from (".TP", f"\\fB{escaped(term)}\\fR", escaped(block.words_of(text)))
            case Verbatim(lines):
                yield from (".RS", ".nf", *map(_as_it_is, lines), ".fi", ".RE")


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
