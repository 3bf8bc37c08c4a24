"""The bytes of a text file of unknown origin as text: the encoding by its mark (BOM), else by its content."""

from __future__ import annotations

import codecs
from typing import NamedTuple

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_CANDIDATES = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256",
    "shift_jis", "gb18030", "big5", "euc_kr",
)  # fmt: skip
"""What spreadsheets write besides Unicode, by the language of the system, the likelier first."""

_SAMPLE_BYTES = 20_000
"""How much of the lines with other letters than ASCII's is looked at."""

_ALIKE = 0.025
"""How much less orderly (of 1, by charset-normalizer) a likelier encoding may look and still be chosen."""

_FEW_BAD = 4
"""So many letters of UTF-8 for each byte that is none show that the text is UTF-8 with damaged places."""


class Decoded(NamedTuple):
    """The text, the encoding it was in, and whether no other one would give as orderly a text."""

    text: str
    encoding: str
    sure: bool = True


def decoded(data: bytes, encoding: str = "") -> Decoded:
    """Return the text in `data`, in a given `encoding` or else in the likeliest; bytes that fit none are
    replaced, never dropped.

    Raises:
        LookupError: if there is no such encoding.
    """
    if encoding:
        return Decoded(data.decode(encoding, "replace").removeprefix("\ufeff"), encoding)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(name, "replace"), name)
    wide = _without_mark(data)
    if wide:
        return Decoded(data.decode(wide, "replace"), wide)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    damaged = data.decode("utf-8", "surrogateescape")
    bad = sum("\udc80" <= letter <= "\udcff" for letter in damaged)
    good = sum(letter > "\x7f" for letter in damaged) - bad
    if good >= _FEW_BAD * bad:
        return Decoded(_with_bytes_of(damaged, "cp1252"), "utf-8", False)
    name, sure = legacy_encoding(data)
    return Decoded(data.decode(name, "replace"), name, sure)


def legacy_encoding(data: bytes) -> tuple[str, bool]:
    """Return the likeliest encoding of `data`, which is no Unicode, and whether no other is likely."""
    candidates = list(_CANDIDATES)
    if b"\r" in data and b"\n" not in data:  # lines end so on the Macs that had an encoding of their own
        candidates.insert(0, "mac_roman")
    lines = [line for line in data.splitlines() if not line.isascii()]
    sample = b"\n".join(lines)[:_SAMPLE_BYTES]
    if len(sample) == _SAMPLE_BYTES:
        sample = sample[: sample.rfind(b"\n")] if b"\n" in sample else sample
    from charset_normalizer import from_bytes

    found: dict[str, float] = {}
    for match in from_bytes(sample, cp_isolation=candidates, threshold=0.5):
        found |= dict.fromkeys(match.could_be_from_charset, match.chaos)
    if not found:
        return "cp1252", False
    limit = min(found.values()) + _ALIKE
    likely = [name for name in candidates if name in found and found[name] <= limit]
    return _by_letters(sample, likely), len(likely) == 1


def _by_letters(sample: bytes, likely: list[str]) -> str:
    """Return which of the `likely` encodings it is, by letters that one language has and others do not.

    Hebrew has no capitals, where Cyrillic and Greek names have some; Turkish has ğ and ş where Icelandic
    has ð and þ, which stand beside á and í; Czech has š and ž beside ř, ě and ů.
    """
    has = set(sample)
    if "cp1255" in likely and likely[0] in ("cp1251", "cp1253") and not has & set(range(0xC0, 0xE0)):
        return "cp1255"
    if "cp1254" in likely and has & set(b"\xd0\xde\xf0\xfe") and not has & set(b"\xe1\xe6\xe9\xed\xf3\xfa"):
        return "cp1254"
    if "cp1250" in likely and has & set(b"\x8a\x8e\x9a\x9e") and has & set(b"\xc8\xcc\xd8\xe8\xec\xf8\xf9"):
        return "cp1250"
    return likely[0]


def _without_mark(data: bytes) -> str:
    """Return the encoding of UTF-16 without a mark, which shows by its zero bytes; empty if it is none."""
    start = data[:4000]
    even, odd = start[::2].count(0), start[1::2].count(0)
    few, many = len(start) // 16, len(start) // 8
    if odd > many and even < few:
        return "utf-16-le"
    return "utf-16-be" if even > many and odd < few else ""


def _with_bytes_of(text: str, encoding: str) -> str:
    """Return `text` with each byte that was kept as a surrogate read in `encoding`."""
    return "".join(
        bytes((ord(letter) - 0xDC00,)).decode(encoding, "replace")
        if "\udc80" <= letter <= "\udcff"
        else letter
        for letter in text
    )
