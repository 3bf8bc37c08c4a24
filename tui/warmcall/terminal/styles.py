"""How characters look: bold and the like, ink and paper, and the shortest way from one look to another."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

_NO_INK = "39"
_NO_PAPER = "49"
_DEPTHS = {"5": 3, "2": 5}
"""How many codes a colour takes behind 38 or 48: a number out of 256, or red, green and blue."""


class CellStyle(NamedTuple):
    """What the terminal draws with: codes of its SGR sequence, as ECMA-48 and xterm number them."""

    attributes: frozenset[str] = frozenset()
    ink: str = _NO_INK
    paper: str = _NO_PAPER


PLAIN = CellStyle()
"""The pen of a terminal that was told to forget what it was told, with its own ink and paper."""


@lru_cache(maxsize=4096)
def cell_style_of(codes: str) -> CellStyle:
    """Return the pen that `codes`, joined by semicolons, make of a plain one."""
    attributes: set[str] = set()
    ink, paper = _NO_INK, _NO_PAPER
    rest = codes.split(";") if codes else []
    while rest:
        taken = _DEPTHS.get(rest[1], 1) if rest[0] in ("38", "48") and len(rest) > 1 else 1
        code, rest = ";".join(rest[:taken]), rest[taken:]
        first = int(code.partition(";")[0])
        if 30 <= first <= 39 or 90 <= first <= 97:
            ink = code
        elif 40 <= first <= 49 or 100 <= first <= 107:
            paper = code
        else:
            attributes.add(code)
    return CellStyle(frozenset(attributes), ink, paper)


@lru_cache(maxsize=4096)
def turned(before: CellStyle, after: CellStyle) -> str:
    """Return the shortest sequence that makes `after` of `before`, by what is added or all of it anew.

    An attribute is never taken back alone: terminals do not agree on the codes for that.
    """
    if before == after:
        return ""
    ways = [["0", *_codes(PLAIN, after)]] if after != PLAIN else [[]]
    if before.attributes <= after.attributes:
        ways.append(_codes(before, after))
    return min((f"\x1b[{';'.join(way)}m" for way in ways), key=len)


def _codes(before: CellStyle, after: CellStyle) -> list[str]:
    """Return the codes of everything in `after` that `before` has not."""
    codes = sorted(after.attributes - before.attributes, key=int)
    codes += [after.ink] if after.ink != before.ink else []
    return codes + ([after.paper] if after.paper != before.paper else [])
