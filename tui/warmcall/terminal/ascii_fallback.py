"""What looks like a character in ASCII, for terminals and files that hold no more."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

UNKNOWN = "?"
"""What stands for a character without a likeness."""

_SIGNS = {
    "|": "▏▎▍▌▊▐▕",
    "#": "█▉▋▆▇▓■▪",
    "=": "▄▅≡",
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
    "v": "↓▼▽▾",
    "*": "★☆●•∙⭘",
    "o": "○◯°",
    "x": "✓✔☑×✗✘",
    "~": "…",
    " ": "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000",
    UNKNOWN: "\ufffd¿",
}
"""Signs by what stands for them. "~" says that there is more: a text was cut, or someone trails off."""

_LETTERS = dict(zip("ßÆæŒœØøŁłĐđÐðÞþıĦħ", "sAaOoOoLlDdDdTtiHh", strict=True))
"""Letters that are no base letter with a mark, and read well as one of these."""

_PICTURES_OF_CONTROLS = range(0x2400, 0x2427)
_BOX = range(0x2500, 0x2580)
_ACROSS = frozenset({"HORIZONTAL", "LEFT", "RIGHT"})
_UPRIGHT = frozenset({"VERTICAL", "UP", "DOWN"})


def _drawn(character: str) -> str:
    """Return what stands for a line or corner of a box, by its name.

    Heavy lines are those of large figures, and are drawn as on a display of seven segments: a stroke that
    goes up is "|", one across lies on the ground, and a corner over it is left out.
    """
    name = unicodedata.name(character)
    words = set(name.split())
    if "DIAGONAL" in words:
        return "X" if "CROSS" in words else "/" if "UPPER RIGHT" in name else "\\"
    across, upright = words & _ACROSS, words & _UPRIGHT
    if words.isdisjoint({"LIGHT", "DOUBLE", "SINGLE"}):
        if words >= {"HORIZONTAL", "VERTICAL"}:
            return "+"
        if upright & {"VERTICAL", "UP"}:
            return "|"
        return "_" if "HORIZONTAL" in across and not upright else " "
    return "+" if across and upright else "-" if across else "|"


ASCII_FOR: Mapping[str, str] = (
    {character: likeness for likeness, characters in _SIGNS.items() for character in characters}
    | {chr(code): _drawn(chr(code)) for code in _BOX}
    | {chr(code): UNKNOWN for code in _PICTURES_OF_CONTROLS}
)
"""What stands for each sign that the app and Textual draw."""


@lru_cache(maxsize=4096)
def ascii_for(character: str) -> str:
    """Return the one ASCII character that stands for `character`: a likeness, its base letter, or "?"."""
    if character.isascii():
        return character
    if character in ASCII_FOR:
        return ASCII_FOR[character]
    if character in _LETTERS:
        return _LETTERS[character]
    parts = unicodedata.normalize("NFKD", character)
    base = "".join(part for part in parts if not unicodedata.category(part).startswith("M"))
    return base if len(base) == 1 and base.isascii() and base.isprintable() else UNKNOWN
