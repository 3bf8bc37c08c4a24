"""The styles of cells: attributes such as bold, colours, and the shortest sequence from one to another."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

_DEFAULT_FOREGROUND = "39"
_DEFAULT_BACKGROUND = "49"
_COLOR_LENGTHS = {"5": 3, "2": 5}
"""How many codes make up a colour that starts with 38 or 48, by the second one: 5 is followed by a number of
256, 2 by red, green and blue."""


_OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "21": "24", "7": "27"}
"""The codes that turn off bold and dim, italics, underlining, single or double, and reversing (ECMA-48,
8.3.117)."""

SEEN_ON_BLANKS = frozenset({"4", "5", "7", "9", "21", "53"})
"""The attributes that are seen on a blank: underlined, blinking, reversed, struck out, overlined."""


class CellStyle(NamedTuple):
    """The style of a cell as codes of an SGR sequence (ECMA-48, with the colours of xterm)."""

    attributes: frozenset[str] = frozenset()
    foreground: str = _DEFAULT_FOREGROUND
    background: str = _DEFAULT_BACKGROUND


PLAIN = CellStyle()
"""The style of a terminal after a reset: no attributes, its default colours."""


@lru_cache(maxsize=4096)
def cell_style_of(codes: str) -> CellStyle:
    """Return the style that `codes`, joined by semicolons, give a terminal after a reset."""
    attributes: set[str] = set()
    foreground, background = _DEFAULT_FOREGROUND, _DEFAULT_BACKGROUND
    rest = codes.split(";") if codes else []
    while rest:
        length = _COLOR_LENGTHS.get(rest[1], 1) if rest[0] in ("38", "48") and len(rest) > 1 else 1
        code, rest = ";".join(rest[:length]), rest[length:]
        first = int(code.partition(";")[0])
        if 30 <= first <= 39 or 90 <= first <= 97:
            foreground = code
        elif 40 <= first <= 49 or 100 <= first <= 107:
            background = code
        else:
            attributes.add(code)
    return CellStyle(frozenset(attributes), foreground, background)


@lru_cache(maxsize=4096)
def style_change(before: CellStyle, after: CellStyle) -> str:
    """Return the shortest sequence that changes style `before` to `after`, with a reset first if need be.

    Only attributes that all terminals know how to turn off are turned off without a reset.
    """
    if before == after:
        return ""
    candidates = [["0", *_codes(PLAIN, after)]] if after != PLAIN else [[]]
    ended = before.attributes - after.attributes
    if ended <= _OFF.keys():
        off = {_OFF[attribute] for attribute in ended}
        kept = frozenset(attribute for attribute in before.attributes if _OFF.get(attribute) not in off)
        candidates.append([*sorted(off), *_codes(before._replace(attributes=kept), after)])
    return min((f"\x1b[{';'.join(codes)}m" for codes in candidates), key=len)


def _codes(before: CellStyle, after: CellStyle) -> list[str]:
    """Return the codes of everything in `after` that differs from `before`."""
    codes = sorted(after.attributes - before.attributes, key=int)
    codes += [after.foreground] if after.foreground != before.foreground else []
    return codes + ([after.background] if after.background != before.background else [])
