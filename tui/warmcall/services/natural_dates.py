"""Parsing dates as people write them: "thu 2pm", "an hour ago", "12/3/2026"."""

from __future__ import annotations

import re
import threading
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

from warmcall.domain.business_days import Calendar, no_holidays
from warmcall.domain.day_names import MONTHS
from warmcall.domain.when import When

MONTH_FIRST = frozenset((
    "AS", "CN", "FM", "GU", "HU", "JP", "KP", "KR", "LT", "MH", "MN", "MP", "PH", "PR", "PW", "TW", "UM",
    "US", "VI",
))  # fmt: skip
"""Countries that write the month before the day: the United States and some others, and those that begin
with the year. Everywhere else, and where both are usual, the day comes first (Unicode CLDR)."""


class DateError(ValueError):
    """A text is no usable date; the message says what to write instead."""


_NOT_WRITTEN = 1
"""Microseconds that mark a time as not written: dateparser treats a time equal to the present one as none."""

_MAX_AHEAD = timedelta(days=2 * 366)
_MAX_AGO = timedelta(days=366)


def parse_date(words: str, now: datetime, calendar: Calendar) -> When:
    """Return what `words` say that is to come: a day as in "in 2 weeks", or an instant as in "thu 2pm".

    Raises:
        DateError: if it is no date, or is past or more than two years ahead.
    """
    text = words.strip()
    if not text or text.isdigit():
        raise DateError("write a day, such as “thu 2pm”, “in 2 weeks” or “2026-12-03 14:00”")
    found = _parsed(text, now, calendar, past=False)
    if found is None:
        raise DateError(f"“{text[:40]}” is no date I know: write “thu 2pm”, “in 2 weeks” or “3 dec 14:00”")
    if calendar.is_past(found, now):
        raise DateError("that has passed already: write a day to come")
    if calendar.day_of(found) - calendar.day_of(now) > _MAX_AHEAD:
        raise DateError("that is more than two years away: write the day and the month")
    return found


def parse_past_date(words: str, now: datetime, calendar: Calendar) -> When:
    """Return what `words` say that is past: a day as in "yesterday", or an instant as in "tue 9:40".

    Without words it is now. A time of day alone is one of today.

    Raises:
        DateError: if it is no date, or is in the future or more than a year ago.
    """
    text = words.strip()
    if not text:
        return When(now)
    if text.isdigit():
        raise DateError("write when it was, such as “yesterday 10:15”, “tue 9:40” or “an hour ago”")
    text = text.replace("half an hour", "30 minutes")
    time_alone = _TIME_ALONE.fullmatch(text) is not None
    found = _parsed(
        "today " + re.sub(r"(\d)\.(\d)", r"\1:\2", text) if time_alone else text, now, calendar, past=True
    )
    if found is None:
        raise DateError(
            f"“{text[:40]}” is no date I know: write “yesterday 10:15”, “tue 9:40” or “17 nov 14:00”"
        )
    if not calendar.has_come(found, now):
        fix = f"say “yesterday {text[:20]}” if it was then" if time_alone else "write when it was"
        raise DateError(f"that is still to come: {fix}")
    if calendar.day_of(now) - calendar.day_of(found) > _MAX_AGO:
        raise DateError("that is more than a year ago: write a day of the last twelve months")
    return found


def preload_parser() -> None:
    """Import the parser in a thread of its own, so that the first date typed need not wait for it."""
    now = datetime(2026, 1, 5, tzinfo=UTC)

    def load() -> None:
        with suppress(DateError):
            parse_date("tomorrow 9:00", now, Calendar(UTC, no_holidays, 12))

    threading.Thread(target=load, name="dates in words", daemon=True).start()


def _parsed(text: str, now: datetime, calendar: Calendar, past: bool) -> When | None:
    """Return what `text` says, the nearest one in the past or to come; None if it is no date."""
    if not _CAN_BE_DATE.search(text):
        return None
    today = calendar.day_of(now)
    dated = _day_and_month(_with_hour(text), calendar.month_first)
    rewritten = _day_of_month(dated, today, past) if dated is not None else None
    if rewritten is None:
        return None
    from dateparser.date import DateDataParser

    local = calendar.local(now).replace(tzinfo=None, second=0, microsecond=_NOT_WRITTEN)
    parser = DateDataParser(
        languages=["en"],
        settings={
            "RELATIVE_BASE": local,
            "PREFER_DATES_FROM": "past" if past else "future",
            "RETURN_TIME_AS_PERIOD": True,
            "DATE_ORDER": "DMY",
        },
    )
    found = parser.get_date_data(rewritten)
    if found is None or found.date_obj is None:
        return None
    at: datetime = found.date_obj.replace(microsecond=0)
    naive = at.replace(tzinfo=None)
    if found.period != "time":
        return When(naive.date())
    if at.tzinfo is not None:
        return When(at)
    return When(calendar.at(naive.date(), naive.time()))


_CAN_BE_DATE = re.compile(r"\d|[^\W\d_]{3}")
"""A figure, or a word of three letters: dateparser reads "y" as this year."""

_TIME_ALONE = re.compile(
    r"(?:at\s+)?(?:\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?|noon)", re.IGNORECASE
)
_DAY_AND_HOUR = re.compile(
    r"((?:next |this |last )?(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|today|tomorrow|yesterday),?"
    r"\s+(?:at\s+)?(\d{1,2})",
    re.IGNORECASE,
)
_AFTERNOON_UP_TO = 6
"""Up to this hour one without minutes is in the afternoon: "thu at 2" is 14:00, within the working day."""


def _with_hour(text: str) -> str:
    """Return "tue 10:00" for "tue 10" and "tuesday at 10"; any other text as it is."""
    match = _DAY_AND_HOUR.fullmatch(text)
    hour = int(match.group(2)) if match else 24
    if match is None or hour > 23:
        return text
    if 1 <= hour <= _AFTERNOON_UP_TO:
        hour += 12
    return f"{match.group(1)} {hour}:00"


_IN_FIGURES = re.compile(
    r"(?<![\d:./-])(\d{1,2})(?:([./-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})?|([/-])(\d{1,2})|( )(\d{1,2}) (\d{4}))"
    r"(?![\d:./-])"
)


def _day_and_month(text: str, month_first: bool) -> str | None:
    """Return "3 December 2026" for "3/12/2026", "3.12." or, month first, "12/3"; other text as it is.

    "9.40" without a full stop at the end is a time of day. If only the other order is a date, that one is
    taken; None if neither is.
    """
    match = _IN_FIGURES.search(text)
    if match is None:
        return text
    first = int(match.group(1))
    second = int(match.group(3) or match.group(6) or match.group(8))
    year = match.group(4) or match.group(9) or ""
    day, month = (second, first) if month_first else (first, second)
    if month > 12:
        day, month = month, day
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    full_year = f" 20{year}" if len(year) == 2 else f" {year}" if year else ""
    return f"{text[: match.start()]}{day} {MONTHS[month - 1]}{full_year}{text[match.end() :]}"


_OF_THE_MONTH = re.compile(r"(?:on )?(?:the )?(\d{1,2})(?:\.|st|nd|rd|th)(?=$|,? )(.*)", re.IGNORECASE)


def _day_of_month(text: str, today: date, past: bool) -> str | None:
    """Return "2026-12-05" for "5." and "the 5th", the nearest in the past or to come; None for "32nd"."""
    match = _OF_THE_MONTH.fullmatch(text)
    if match is None or not re.fullmatch(r",?(?:\s+(?:at\s+)?\d.*)?", match.group(2)):
        return text
    number = int(match.group(1))
    if not 1 <= number <= 31:
        return None
    day = today
    while day.day != number:
        day += timedelta(days=-1 if past else 1)
    return f"{day.isoformat()}{match.group(2).lstrip(',')}"
