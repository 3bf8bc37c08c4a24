"""Making text safe for the screen: without control characters and direction overrides."""

from __future__ import annotations

_PICTURES = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
_REPLACED = dict.fromkeys(range(128, 160), 65533)
_DROPPED: dict[int, int | None] = dict.fromkeys(
    [*range(0x200E, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x061C, 0xFEFF]
)
_SURROGATES = dict.fromkeys(range(55296, 57344), 65533)
_LINE_BREAKS = {0x2028: 0x2424, 0x2029: 0x2424}
_ONE_LINE = _PICTURES | _REPLACED | _DROPPED | _SURROGATES | _LINE_BREAKS
_MANY_LINES = {code: to for code, to in _ONE_LINE.items() if code != 0x0A} | {0x09: 0x20}


def one_line(text: str) -> str:
    """Return `text` for one row of the screen: control characters, line breaks too, as visible signs."""
    return text if text.isascii() and text.isprintable() else text.translate(_ONE_LINE)


def many_lines(text: str) -> str:
    """Return `text` for a paragraph: as `one_line`, but line feeds stay and tabs become spaces."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_MANY_LINES)
