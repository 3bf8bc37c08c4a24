"""Making text safe: for the screen, without control characters and direction overrides, and for the records,
without characters that nobody can see.
"""

from __future__ import annotations

import re
from functools import cache

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
    return text if text.isprintable() else text.translate(_ONE_LINE)  # what is replaced is not printable


def many_lines(text: str) -> str:
    """Return `text` for a paragraph: as `one_line`, but line feeds stay and tabs become spaces."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_MANY_LINES)


_JOINING = (
    "[\u0620-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\u1a20-\u1aaf\u1b00-\u1c4f"
    "\ua840-\uabff\ufb50-\ufdff\ufe70-\ufefc\U00010a00-\U00011fff\U0001e900-\U0001e95f]"
)
"""Scripts whose spelling needs joiners: Arabic and Persian, those of India, and the like."""

_EMOJI = "\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001fbff"

_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""What Unicode lists as Default_Ignorable_Code_Point in DerivedCoreProperties.txt, and annotation marks."""

_NEEDED = (
    f"(?<={_JOINING})\u200c(?={_JOINING})",
    f"(?<={_JOINING})\u200d",
    f"(?<=[{_EMOJI}\ufe0f])\u200d(?=[{_EMOJI}])",
    f"(?<=[^\\s{_INVISIBLE}])[\ufe00-\ufe0f\U000e0100-\U000e01ef]",
    "(?<=[\u1820-\u18aa])[\u180b-\u180d\u180f]",
    "(?<=\U0001f3f4)[\U000e0061-\U000e007a]{3,6}\U000e007f",
)
"""Where such characters change what is seen: joiners in scripts and emoji, variants, the flags of regions."""

_PLAIN = {"\u2010": "-", "\u2011": "-", "\u2800": " "} | dict.fromkeys(
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f", " "
)
"""Spaces and hyphens that look like the plain ones."""


@cache
def _unseen() -> re.Pattern[str]:
    """Return the pattern of what is not seen; to compile it takes as long as reading 300 contacts."""
    return re.compile(f"({'|'.join(_NEEDED)})|[{_INVISIBLE}]")


def visible(text: str) -> str:
    """Return `text` without characters that nobody can see, as they come with texts from elsewhere."""
    return text if text.isascii() else _unseen().sub(lambda match: match[1] or "", text)


def plain_line(text: str) -> str:
    """Return `text` for a field such as a name: what is visible, with plain spaces and hyphens, stripped.

    Spaces and hyphens that do not break, as in what is copied from web pages, are found by no search. The
    wide space of Japanese names stays.
    """
    if text.isascii():
        return text.strip()
    return "".join(_PLAIN.get(letter, letter) for letter in visible(text)).strip()
