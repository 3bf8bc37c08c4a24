"""Days as other programs write them, in one notation for a file, with the months of many languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from warmcall.domain.text_folding import folded

_TIME = r"(?:[\s,T]+\d{1,2}[:.]\d{2}.*)?"
_FIGURES = re.compile(rf"(\d{{1,4}})\s*([-/.年년])\s*(\d{{1,2}})\s*[-/.月월]\s*(\d{{1,4}})\s*[日일.]?{_TIME}")
_HALF_DAY = re.compile(r"\d\s*[ap]\.?\s?m\.?$", re.IGNORECASE)
_DAY_MONTH = re.compile(rf"(\d{{1,2}})(?:\.|º|er|st|nd|rd|th)?[\s\-]*(?:de |of )?([^\W\d_]{{3,}})\.?,?[\s\-]*(?:de )?'?(\d{{4}}|\d{{2}})(?: г\.?)?{_TIME}")  # fmt: skip # noqa: E501
_MONTH_DAY = re.compile(rf"([^\W\d_]{{3,}})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){_TIME}")
_SERIAL = re.compile(r"[3-6]\d{4}(?:\.\d+)?")
"""A day as a spreadsheet counts it, from 30 December 1899; these are of the years 1982 to 2091."""

_DATE_LETTERS = 60
"""Longer texts are no dates."""

_SPREADSHEET_ZERO = date(1899, 12, 30)

_MONTH_NAMES = """
january february march april may june july august september october november december
januar februar märz april mai juni juli august september oktober november dezember
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
januari februari maart april mei juni juli augustus september oktober november december
januari februari mars april maj juni juli augusti september oktober november december
januar februar marts april maj juni juli august september oktober november desember
styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień
stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
leden únor březen duben květen červen červenec srpen září říjen listopad prosinec
ledna února března dubna května června července srpna září října listopadu prosince
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
januari februari maret april mei juni juli agustus september oktober november desember
jänner feber mrz apr mai jun jul aug sept okt nov dez
jan feb mrt apr mei jun jul aug sep okt nov dec
"""
_MONTHS = [
    (folded(name), number)
    for line in _MONTH_NAMES.strip().splitlines()
    for number, name in enumerate(line.split(), 1)
]


class DateOrder(NamedTuple):
    """Whether days stand before months, None if no date shows it in either order; whether that is certain."""

    day_first: bool | None
    sure: bool


@lru_cache(maxsize=512)
def month_named(word: str) -> int:
    """Return the number of a month by its name, or the beginning of it, in a language of LinkedIn's; or 0."""
    word = folded(word).rstrip(".")
    exact = {number for name, number in _MONTHS if name == word}
    found = exact or {number for name, number in _MONTHS if len(word) >= 3 and name.startswith(word)}
    return found.pop() if len(found) == 1 else 0


def date_order(cells: Iterable[str], semicolons: bool = False) -> DateOrder:
    """Return the order that all dates of a file are in.

    A figure above 12 shows it; so do an hour with AM or PM, and a full stop. Where nothing does, a table with
    `semicolons` comes from a country that writes the day first; any other is read with the month first, as
    LinkedIn writes.
    """
    days_first = months_first = dotted = half_days = ambiguous = 0
    for cell in cells:
        match = _FIGURES.fullmatch(cell.strip())
        if match is None or len(match[1]) > 2:
            continue
        first, second = int(match[1]), int(match[3])
        days_first += first > 12
        months_first += second > 12
        dotted += match[2] == "."
        half_days += bool(_HALF_DAY.search(cell.strip()))
        ambiguous += first != second
    if not ambiguous:
        return DateOrder(None, True)
    if days_first or months_first:
        return DateOrder(days_first > months_first, not (days_first and months_first))
    if half_days or dotted:
        return DateOrder(not half_days, True)
    return DateOrder(semicolons, False)


def day_written(text: str, day_first: bool) -> date | None:
    """Return the day that `text` says, in figures with or without `day_first`, or with a month's name."""
    return _day(text.strip(), day_first) if len(text) <= _DATE_LETTERS else None


@lru_cache(maxsize=4096)
def _day(text: str, day_first: bool) -> date | None:
    try:
        if match := _FIGURES.fullmatch(text):
            first, second, third = int(match[1]), int(match[3]), int(match[4])
            if len(match[1]) == 4:
                return date(first, second, third)
            day, month = (first, second) if day_first else (second, first)
            return date(_year(match[4]), month, day)
        if match := _DAY_MONTH.fullmatch(text):
            return date(_year(match[3]), month_named(match[2]), int(match[1]))
        if match := _MONTH_DAY.fullmatch(text):
            return date(_year(match[3]), month_named(match[1]), int(match[2]))
        if _SERIAL.fullmatch(text):
            return _SPREADSHEET_ZERO + timedelta(days=int(float(text)))
    except ValueError:
        pass
    return None


def _year(text: str) -> int:
    """Return a year of four figures or of two, which are of 1970 to 2069.

    Raises:
        ValueError: if it has three, or is of another age.
    """
    year = int(text)
    if len(text) == 2:
        return year + (2000 if year < 70 else 1900)
    if not 1900 <= year < 2200:
        raise ValueError(text)
    return year
