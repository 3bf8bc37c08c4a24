"""ASCII characters that look like others, for terminals and files that can hold only ASCII."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

UNKNOWN = "?"
"""Replaces a character that nothing in ASCII looks like."""

_SIGNS = {
    "|": "▏▎▍▌▊▐▕",
    "#": "█▉▋▆▇▓■▪┃⊘",
    "=": "▄▅≡‖",
    "!": "≠",
    "_": "▁▂▃",
    "-": "▀▔–—―‐‑‒−·‧",
    ":": "▒",
    ".": "░▖▗",
    "'": "▘▝‘’‚‛′",
    "+": "▙▛▜▟",
    "/": "▞⁄",
    "\\": "▚",
    '"': "“”„‟″",
    "<": "‹«◂◀◄←",
    ">": "›»▸▶►→🔎🔍",
    "^": "↑▲▴",
    "*": "★☆●•∙⭘",
    "o": "○◯°",
    "x": "✓☑×✗✘",
    "v": "↓▼▽▾✔",
    "~": "…∞",
    "c": "☎",
    "w": "✉",
    "m": "◷",
    "p": "◆",
    "t": "➤",
    " ": "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000",
    UNKNOWN: "\ufffd¿",
}
"""Signs by their ASCII replacement. "~" replaces the ellipsis, which marks a text that was cut off."""

_LETTERS = dict(zip("ßÆæŒœØøŁłĐđÐðÞþıĦħ", "sAaOoOoLlDdDdTtiHh", strict=True))
"""Letters that Unicode does not decompose into a base letter and a mark, and the base letter they read as."""

_CONTROL_PICTURES = range(0x2400, 0x2427)
_BOX = range(0x2500, 0x2580)
_HORIZONTAL = frozenset({"HORIZONTAL", "LEFT", "RIGHT"})
_VERTICAL = frozenset({"VERTICAL", "UP", "DOWN"})


def _box_replacement(character: str) -> str:
    """Return the ASCII replacement of a box-drawing character, by its Unicode name."""
    name = unicodedata.name(character)
    words = set(name.split())
    if "DIAGONAL" in words:
        return "X" if "CROSS" in words else "/" if "UPPER RIGHT" in name else "\\"
    horizontal, vertical = words & _HORIZONTAL, words & _VERTICAL
    return "+" if horizontal and vertical else "-" if horizontal else "|"


ASCII_FOR: Mapping[str, str] = (
    {chr(code): _box_replacement(chr(code)) for code in _BOX}
    | {character: replacement for replacement, characters in _SIGNS.items() for character in characters}
    | {chr(code): UNKNOWN for code in _CONTROL_PICTURES}
)
"""The ASCII replacement of each sign that the app and Textual draw."""


@lru_cache(maxsize=4096)
def ascii_for(character: str) -> str:
    """Return the ASCII character that replaces `character`: a similar one, its base letter, or "?"."""
    if character.isascii():
        return character
    if character in ASCII_FOR:
        return ASCII_FOR[character]
    if character in _LETTERS:
        return _LETTERS[character]
    parts = unicodedata.normalize("NFKD", character)
    base = "".join(part for part in parts if not unicodedata.category(part).startswith("M"))
    return base if len(base) == 1 and base.isascii() and base.isprintable() else UNKNOWN
