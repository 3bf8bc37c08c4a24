"""Days that a note mentions, such as "3 December", "Dec 3rd" or "in May"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

import msgspec

from warmcall.domain.day_names import MONTHS, month_number


class DateMention(msgspec.Struct, frozen=True):
    """A day, or a month from its `first` to its `last` day, with the `words` for it."""

    words: str
    first: date
    last: date


_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
_YEAR = r"(?:,?\s+(?P<year>20\d{2})\b)?"
_DAYS = (
    re.compile(rf"(?<![\w./:-]){_DAY}\.?(?:\s+of)?\s+{_MONTH}\.?{_YEAR}", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\.?\s+(?:the\s+)?{_DAY}(?![:.]\d){_YEAR}", re.IGNORECASE),
)
_ISO = re.compile(r"(?<![\w-])(?P<year>20\d{2})-(?P<month>\d{2})-(?P<day>\d{2})(?![\w-])")
_IN_A_MONTH = re.compile(
    rf"\b(?:in|by|until|till|from|early|late|mid|next|this)[\s-]+{_MONTH}\.?{_YEAR}(?!\s+(?:the\s+)?\d)",
    re.IGNORECASE,
)


def date_mentions(text: str, said_on: date) -> Iterator[DateMention]:
    """Yield the days and months mentioned in `text` that are after the day `said_on`.

    One without a year is the next one after that day; a month may be the one it was said in. "may" and
    "march" in small letters are verbs.
    """
    for pattern in (*_DAYS, _ISO):
        for match in pattern.finditer(text):
            day = _day(match, said_on)
            if day is not None:
                yield DateMention(f"{day.day} {MONTHS[day.month - 1]}", day, day)
    for match in _IN_A_MONTH.finditer(text):
        month = _month(match)
        if not month:
            continue
        year = int(match["year"] or said_on.year + (month < said_on.month))
        last = date(year, month, monthrange(year, month)[1])
        if last >= said_on:
            yield DateMention(MONTHS[month - 1], date(year, month, 1), last)


def _day(match: re.Match[str], said_on: date) -> date | None:
    """Return the day a match says, if there is such a day and it is after `said_on`."""
    month, number = _month(match), int(match["day"])
    years = [int(match["year"])] if match["year"] else [said_on.year, said_on.year + 1]
    for year in years:
        if 1 <= month <= 12 and 1 <= number <= monthrange(year, month)[1]:
            day = date(year, month, number)
            if day > said_on:
                return day
    return None


def _month(match: re.Match[str]) -> int:
    """Return the number of the month of a match; 0 if the word is a verb."""
    word = match["month"]
    if word.isdigit():
        return int(word)
    if word in ("may", "march", "mar"):
        return 0
    return month_number(word)
