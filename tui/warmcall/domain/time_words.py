"""Reading times as people write them: "thu 2pm", "12/3 2:30pm", "in 3 business days at 9", "an hour ago".

The words are read whole or refused: a word that the reading does not use is quoted in the refusal, and never
dropped. What was read comes with notes that name what was decided where the words leave a choice.

Whole words are one of
    now                     "now", "just now"
    duration                "in half an hour", "in 2 hours", "90 minutes", "20 min ago": an instant
    [at] clock              "at 9", "2:30pm", "14.00", "14h", "1400", "quarter to 3", "noon"
    day                     a day without an hour: it stays a date
    day [part] [at] clock   "friday at 3:30", "tomorrow morning at 9", "dec 4 at 9"
    clock [on] day          "2pm on thursday"
with "on", "by" or "until" before a day if one likes. A day is one of
    today, tomorrow, yesterday, the day after tomorrow, the day before yesterday, the next business day
    friday, this friday, next friday, last friday, friday week, friday next week, a week on friday,
    a week today
    2026-12-04, 4 dec, dec 4th, 4 december 2026, 12/4, 4.12., 4.12.2026, the 4th, 4., the 4th of next month
    fri 4 dec, friday the 4th          the weekday must be that of the date
    in 3 days, 2w, a fortnight, in a month, 3 business days, 2 weeks from monday, 3 days ago
    1st friday of next month, last day of december, end of the month, december
    next week, the week after next, next month, start of next month
A clock may end in a zone: "2pm ET", "14:00 UTC", "14:00 +02:00". Full-width figures and signs, as Japanese
keyboards give them, are read as the plain ones, and a stop at the end of a sentence is nothing.

What the words leave open is decided so, and the notes say so where another reading is possible:
- An hour from 1 to 11 without "am", "pm" or a leading zero is the one within or nearest to the working
  hours of a call, 8:30 to 17:30: "at 2" is 14:00, "at 9" 9:00, "at 8" 8:00, "at 6" 18:00. People on the
  telephone leave "pm" out because nobody calls at two in the night.
- A time of day alone is the next one to come; in the record of something past, the last one.
- A weekday is the next one after today, in the past the last one before it: the day itself is called
  "today". "this friday" may be today. "next friday" is that of the next week, which begins on Monday
  (ISO 8601).
- "12/3" begins with the month in the countries of `MONTH_FIRST`, else with the day. "12.3." is the 12th of
  March everywhere, since only countries that begin with the day write it so; 2026-12-03 and 2026/12/03
  begin with the year everywhere (ISO 8601). If only the other order is a date, that one is meant, and so it
  is if only the other one is on the weekday that was written.
- "12.30" is a time of day: two figures after the dot. "12.3" and "24.12" cannot be, and are days.
- A date without a year is the next one from today on, in the past the last one up to today; so are "the 2nd
  of the month" and "1st friday of the month".
- "next week", "next month", "next year" and "december" are the first day of it, and take no hour.
- "mon 4 dec", where the 4th is a Friday, is refused with both days named: neither is likelier.
- "3 business days" are counted as the cadence counts them, weekends and holidays left out.
- "in 3 hours" are elapsed hours, also across a clock change; "in 3 days at 9" is 9:00 by the clock there. A
  time that a clock change leaves out is refused; of one that it repeats the first is meant.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache, partial
from typing import ClassVar, NoReturn
from zoneinfo import ZoneInfo

import msgspec

from warmcall.domain.business_days import Calendar, months_after
from warmcall.domain.day_names import MONTHS, WEEKDAYS, month_number, plain_day
from warmcall.domain.when import When

MONTH_FIRST = frozenset((
    "AF", "AS", "CN", "FM", "GU", "HU", "IR", "JP", "KP", "KR", "LT", "MH", "MN", "MP", "NP", "PA", "PH",
    "PR", "PW", "TW", "UM", "US", "VI",
))  # fmt: skip
"""Countries that write the month before the day: the United States and those that follow them, and those that
begin with the year. It is so where both the short date and the month with the day are in that order in the
main language of the country (Unicode CLDR, https://cldr.unicode.org, patterns "short" and "Md"). Canada,
where English has d/M and French MM-dd, is not among them."""


class TimeRefused(ValueError):
    """Words are no time that can be used; the message says why, and what to write instead."""


class Reading(msgspec.Struct, frozen=True):
    """What words mean, and `notes` that each name a decision where the words leave a choice."""

    when: When
    notes: tuple[str, ...] = ()


_MAX_AHEAD = timedelta(days=2 * 366)
_MAX_AGO = timedelta(days=366)
_QUOTED = 40
"""How many characters of the words a refusal quotes at most."""


def read_time_to_come(words: str, now: datetime, calendar: Calendar) -> Reading:
    """Return what `words` mean that is to come: a day as in "in 2 weeks", or an instant as in "thu 2pm".

    Raises:
        TimeRefused: if a word is not understood, or the time is past or more than two years ahead.
    """
    if not words.strip():
        raise TimeRefused("write a day, such as “thu 2pm”, “in 2 weeks” or “2026-12-03 14:00”")
    reading = _TimeReader(words, now, calendar, past=False).read()
    if calendar.is_past(reading.when, now):
        raise TimeRefused("; ".join(["that has passed already: write a day to come", *reading.notes]))
    if calendar.day_of(reading.when) - calendar.day_of(now) > _MAX_AHEAD:
        raise TimeRefused("that is more than two years away: write a nearer day")
    return reading


def read_past_time(words: str, now: datetime, calendar: Calendar) -> Reading:
    """Return what `words` mean that is past: a day as in "yesterday", or an instant as in "tue 9:40".

    Without words it is now.

    Raises:
        TimeRefused: if a word is not understood, or the time is to come or more than a year ago.
    """
    if not words.strip():
        return Reading(When(now))
    reading = _TimeReader(words, now, calendar, past=True).read()
    if not calendar.has_come(reading.when, now):
        raise TimeRefused("; ".join(["that is still to come: write when it was", *reading.notes]))
    if calendar.day_of(now) - calendar.day_of(reading.when) > _MAX_AGO:
        raise TimeRefused("that is more than a year ago: write a day of the last twelve months")
    return reading


class _Day(msgspec.Struct, frozen=True):
    """A day that was read.

    `other` is the day that figures mean in the other order, if they can. `is_period` is whether the words
    name a week, a month or a year. `needs_at` is whether a number after them is an hour only with "at", and
    `is_number` whether they are a mere number.
    """

    day: date
    notes: tuple[str, ...] = ()
    other: date | None = None
    is_period: bool = False
    needs_at: bool = False
    is_number: bool = False


class _Clock(msgspec.Struct, frozen=True):
    """A time of day that was read, with the zone that was written, if any.

    `abbreviation` is that of the zone, such as "est". `is_bare` is whether it is a mere number.
    """

    at: time
    notes: tuple[str, ...] = ()
    zone: tzinfo | None = None
    abbreviation: str = ""
    is_bare: bool = False


_DayMaker = Callable[[], _Day]
"""Returns the day that some words mean, or raises TimeRefused."""

_ClockMaker = Callable[[str], _Clock]
"""Returns the time of day that some words mean in the part of the day given, or raises TimeRefused."""

_WORD_NUMBERS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_NUMBERS = {word: number for number, word in enumerate(_WORD_NUMBERS, 1)} | {
    "a": 1, "an": 1, "a couple": 2, "a couple of": 2, "twenty": 20,
}  # fmt: skip
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_SPELLED_MINUTES = {"fif": 15, "thi": 30, "for": 45}
"""The minutes that are said after an hour, by how the word begins."""

_MINUTES_IN = {
    "half an hour": 30, "half hour": 30, "a half hour": 30,
    "a quarter of an hour": 15, "quarter of an hour": 15,
    "three quarters of an hour": 45, "an hour and a half": 90,
}  # fmt: skip

_WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?)\b\.?"
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z_])\.?"
)
_SMALL = rf"(?:{'|'.join(_WORD_NUMBERS)})\b"
_NUMBER = rf"(?:\d{{1,3}}|{_SMALL}|an?\b(?: couple(?: of)?\b)?)"
_SUFFIX = r"(?:st\b|nd\b|rd\b|th\b|\.)"
_FIRST_TO_FIFTH = r"first|second|third|fourth|fifth"
_FULL_YEAR = r"(?:19|20)\d\d"
_OF_YEAR = rf"(?:(?:, ?|[ -])(?P<y>{_FULL_YEAR}|'?2[4-9]))?"
"""The year after a month. In two figures it is from 24 on: up to 23 they would be an hour."""

_THAT = r"(?:this|next|last)"
_WHICH = r"(?P<which>the|this|next|last)"
_UNIT = (
    r"(?:(?:business|working|work) ?days?|days?|d|weeks?|wks?|w|fortnights?|months?|mos?|years?|yrs?|y)"
    r"(?:'s|\b'?|')"
)
"""A number of days, also as in "3 days' time"."""

_END = r"(?=$|[ ,]|(?<=\d)t\d)"
"""What follows a part of the words: nothing, a space, a comma, or the T of ISO 8601."""

_AM_PM = r"(?: ?(?P<ap>[ap])(?:\.?m\b\.?|(?<=\d[ap])\b(?!\.)))"
"""Also "9a", where the letter follows the figure."""
_PART = r"(?: (?:in the (?P<part>morning|afternoon|evening)|at (?P<night>night)))"
_ZONE = (
    r"(?: ?(?P<zone>(?:utc|gmt)(?:[+-](?:0?\d|1[0-4])(?::?[0-5]\d)?)?|z\b|[ecmp][sd]?t\b"
    r"|\+(?:0\d|1[0-4]):?[0-5]\d|(?<=:\d\d:\d\d)-(?:0\d|1[0-4]):?[0-5]\d))"
)
"""An offset with a minus needs seconds or UTC before it: "9:00-11:00" is a span of hours."""

_US_ZONES = {
    "e": "America/New_York", "c": "America/Chicago", "m": "America/Denver", "p": "America/Los_Angeles",
}  # fmt: skip
"""The zones of the United States by the first letter of ET, EST and EDT and the like (RFC 5322, section 4.3).
People say EST in summer too, so each is what the clocks there show, and a note says so."""

_WORKING_HOURS = (8 * 60 + 30, 17 * 60 + 30)
"""When calls are made, in minutes of the day."""

_HOURS_OF = {
    "morning": range(12), "afternoon": range(12, 19), "evening": range(17, 24), "night": range(18, 24),
}  # fmt: skip


_NOW = r"(?:(?:just|right) )?now"
_ELAPSED = (
    rf"(?P<in>in )?(?:(?P<fixed>{'|'.join(_MINUTES_IN)})"
    rf"|(?P<hours>\d{{1,3}}[.,](?:\d|25|50|75)|{_NUMBER})(?P<and_half> and a half)?"
    r" ?(?:hours?\b|hrs?\b|h(?![a-z]))"
    rf"(?:(?:, ?| and | ?)(?P<more>{_NUMBER}) ?(?:min(?:ute)?s?\b|m\b|(?<=h\d\d)))?"
    rf"|(?P<minutes>{_NUMBER}) ?min(?:ute)?s?\b)(?P<after> (?:ago|from now|later))?"
)
_HOUR_WITH_H = r"\d{1,2} ?h(?: ?\d\d)?|\d{1,2}\.[0-5]\d ?h"
"""What is a time of day though it might be a duration: "14h", "14h30" and "14.30h"; "in 2h" is not."""

_HALF_TWO = rf"(?:at )?half (?:\d{{1,2}}|{_SMALL})"
_SHORT_M = r"(?:in )?(?P<n>\d{1,3}) ?m(?P<after> ago)?"
_SPOKEN_HOUR = rf"(?P<h>1[0-2]|[1-9]|{_SMALL}){_AM_PM}?{_PART}?{_ZONE}?"
_HOUR = r"(?P<h>[01]?\d|2[0-3])"
_CLOCKS = (
    rf"{_HOUR}[:.](?P<m>[0-5]\d)(?::(?P<s>[0-5]\d))?(?:(?<=\.\d\d) ?(?P<unit>h)\b| ?(?:h|uhr)\b)?"
    rf"{_AM_PM}?{_PART}?{_ZONE}?",
    rf"(?P<h>1[0-2]|0?[1-9]){_AM_PM}{_PART}?{_ZONE}?",
    rf"(?P<h>{_SMALL}) (?P<spelled>fifteen|thirty|forty[- ]?five){_AM_PM}?{_PART}?{_ZONE}?",
    rf"{_HOUR} ?(?P<unit>h)(?: ?(?P<m>[0-5]\d))?\b{_ZONE}?",
    rf"{_HOUR}(?P<m>[0-5]\d)(?P<run>)(?: ?h(?:rs)?\b)?{_AM_PM}?{_ZONE}?",
    rf"(?:12 )?(?P<name>noon|midday|midnight)\b{_ZONE}?",
    rf"(?P<amount>half|(?:a )?quarter|{_NUMBER}(?: minutes?)?) (?P<side>past|after) {_SPOKEN_HOUR}",
    rf"(?P<amount>(?:a )?quarter|five|ten|twenty|{_NUMBER} minutes?) (?P<side>to) {_SPOKEN_HOUR}",
    rf"(?P<h>[01]?\d|2[0-3]|{_SMALL})(?P<bare>)(?P<oclock> ?(?:o'? ?clock|uhr)\b)?{_PART}?{_ZONE}?",
)
"""The forms of a time of day; `run` is in figures without a sign between, `bare` an hour without minutes.

"2 to 3" is none: it is a span of hours rather than 2:58."""

_PART_ALONE = r" (?:in the )?(?P<part>morning|afternoon|evening|night)"
_DAY_WITH_PART = r"tonight|this (?P<part>morning|afternoon|evening)|(?P<last>last) night"
_COUNTED = rf"(?P<number>{_NUMBER}) ?(?P<unit>{_UNIT})"
_PREFACE = re.compile(r"(?:on|by|until|till) ", re.IGNORECASE)
_BEFORE_CLOCK = re.compile(r"(?:(?<=.)(?:, ?| )|(?<=\d)t(?=\d)|^)(?P<at>(?:at|by) |@ ?)?", re.IGNORECASE)
_BEFORE_DAY = re.compile(r"(?:, ?| )(?:on )?", re.IGNORECASE)
_WEEKDAY_FIRST = re.compile(_WEEKDAY, re.IGNORECASE)
_AFTER_WEEKDAY = re.compile(r",? ")
_NUMBER_AND_MONTH = re.compile(rf"(?:at |by |@ ?)?\d{{1,2}} {_MONTH}", re.IGNORECASE)
_LEAP_YEARS_APART = 8
"""A 29 February comes within so many years, also around 2100."""

_PLAIN_SIGNS = str.maketrans("’‐‑−\u3000", "'--- ") | {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""Full-width signs (Unicode, Halfwidth and Fullwidth Forms) and some that stand for others, as plain ones."""

_AT_THE_END = re.compile(r"(?<=[a-z])[,;:!?]+$|(?<=\w{3})\.$|(?<=\d)[,;!?]+$", re.IGNORECASE)
"""A sign at the end of a sentence, which means nothing here; the stop of "4." and "12.3." does."""

_LONGEST = 100
"""No time takes more characters."""


@cache
def _form(pattern: str) -> re.Pattern[str]:
    """Return `pattern` for a whole part of the words. Made when it is first used: all of them take 20 ms."""
    return re.compile(f"(?:{pattern}){_END}", re.IGNORECASE | re.ASCII)


class _TimeReader:
    """Reads one text at one moment: tries every form, and takes the first that uses all words."""

    def __init__(self, words: str, now: datetime, calendar: Calendar, past: bool) -> None:
        plain = " ".join(
            words.translate(_PLAIN_SIGNS).replace("@", " @ ").split()
        )  # the forms have single spaces
        self._text = _AT_THE_END.sub("", plain)
        self._now = now
        self._calendar = calendar
        self._today = calendar.day_of(now)
        self._past = past
        self._read_up_to = 0

    def read(self) -> Reading:
        """Return the reading of all words.

        Raises:
            TimeRefused: if a word is not used, or they name no day or hour that there is.
        """
        if len(self._text) > _LONGEST:
            self._refuse_unread()
        reading = next(self._readings(), None)
        if reading is None:
            self._refuse_unread()
        try:
            return reading()
        except TimeRefused:
            raise
        except (OverflowError, ValueError):  # beyond the calendar
            raise TimeRefused("that is too far away: write a nearer day") from None

    def _refuse_unread(self) -> NoReturn:
        """Refuse the words, and quote those that no form uses."""
        if re.fullmatch(r"0?[1-9]|1\d|2[0-3]", self._text, re.ASCII):
            number = int(self._text)
            raise TimeRefused(f"“{number}” can be a day or an hour: write “{number}.” or “at {number}”")
        fix = "write " + (
            "“yesterday 10:15”, “tue 9:40” or “an hour ago”"
            if self._past
            else "“thu 2pm”, “in 2 weeks” or “3 dec 14:00”"
        )
        read, unread = (
            words.strip(" ,")[:_QUOTED]
            for words in (self._text[: self._read_up_to], self._text[self._read_up_to :])
        )
        if not read or not unread:
            raise TimeRefused(f"“{self._text[:_QUOTED]}” is not a date I know: {fix}")
        raise TimeRefused(f"“{unread}” beside “{read}” is not a date I know: {fix}")

    # Whole words

    def _readings(self) -> Iterator[Callable[[], Reading]]:
        """Yield a function for every reading that uses all words, the likeliest first."""
        for form, reading_of in (
            (_NOW, self._of_now),
            (_ELAPSED, self._of_elapsed),
            (_HALF_TWO, self._of_half_two),
            (_SHORT_M, self._of_short_m),
        ):
            match = _form(form).match(self._text)
            if match and not _form(_HOUR_WITH_H).fullmatch(match[0]) and self._is_all(match.end()):
                yield partial(reading_of, match)
        for end, clock in self._clocks(0):
            if self._is_all(end):
                yield partial(self._of_clock, clock)
        preface = _PREFACE.match(self._text)
        days = tuple(self._days(preface.end() if preface else 0))
        for end, part, day in days:
            if self._is_all(end):
                yield self._of_part if part else partial(self._of_day, day)
        for end, part, day in days:
            said = _form(_PART_ALONE).match(self._text, end)
            if said:
                end, part = said.end(), said["part"].lower()
                if self._is_all(end):
                    yield self._of_part
            for clock_end, clock in self._clocks(end):
                if self._is_all(clock_end):
                    yield partial(self._of_day_and_clock, day, clock, part)
        for end, clock in self._clocks(0):
            before = _BEFORE_DAY.match(self._text, end)
            if before is None or _NUMBER_AND_MONTH.match(self._text):  # "4 dec 12." is no hour
                continue
            for day_end, part, day in self._days(before.end()):
                said = _form(_PART_ALONE).match(self._text, day_end)
                if said and self._is_all(said.end()):
                    yield partial(self._of_day_and_clock, day, clock, said["part"].lower(), True)
                if self._is_all(day_end):
                    yield partial(self._of_day_and_clock, day, clock, part, True)

    def _is_all(self, position: int) -> bool:
        """Return whether all words are used up to `position`, and remember how far any form has come."""
        self._read_up_to = max(self._read_up_to, position)
        return position == len(self._text)

    def _of_now(self, _match: re.Match[str]) -> Reading:
        return Reading(When(self._now))

    def _of_elapsed(self, match: re.Match[str]) -> Reading:
        minutes = _MINUTES_IN.get((match["fixed"] or "").lower(), 0)
        if hours := match["hours"]:
            number = float(hours.replace(",", ".")) if re.search("[.,]", hours) else _number(hours)
            minutes = round(60 * number) + (30 if match["and_half"] else 0)
        minutes += sum(_number(match[name]) for name in ("more", "minutes") if match[name])
        sign = self._sign(match)
        start = self._now.replace(second=0, microsecond=0)
        return Reading(When(start + timedelta(minutes=sign * minutes)))

    def _of_half_two(self, match: re.Match[str]) -> Reading:
        raise TimeRefused(
            f"“{match[0]}” is an hour later to some than to others: write it in figures, “14:30”"
        )

    def _of_short_m(self, match: re.Match[str]) -> Reading:
        number = int(match["n"])
        before, after = ("", " ago") if match["after"] else ("in ", "")
        fix = f"write “{before}{number} min{after}” or “{before}{number} months{after}”"
        raise TimeRefused(f"“{match[0]}” can be minutes or months: {fix}")

    def _of_part(self) -> Reading:
        text = self._text[:_QUOTED]
        raise TimeRefused(f"“{text}” names no hour: write one too, or the day alone")

    def _of_clock(self, clock: _ClockMaker) -> Reading:
        """Return a time of day alone: the next one to come, or in the past the last one."""
        found = clock("")
        if found.is_bare:
            self._refuse_unread()
        wall_now = self._now.astimezone(found.zone or self._calendar.zone).replace(tzinfo=None)
        day, notes = wall_now.date(), self._notes_of_other_date(None)
        try:
            reading = self._on(day, found, notes)
        except TimeRefused:
            wall = datetime.combine(day, found.at)
            if wall <= wall_now if self._past else wall >= wall_now:
                raise
        else:
            come = self._calendar.has_come(reading.when, self._now)
            if come if self._past else not self._calendar.is_past(reading.when, self._now):
                return reading
        return self._on(day + timedelta(days=-1 if self._past else 1), found, notes)

    def _of_day(self, day: _DayMaker) -> Reading:
        found = day()
        return Reading(When(found.day), found.notes)

    def _of_day_and_clock(
        self, day: _DayMaker, clock: _ClockMaker, part: str, clock_first: bool = False
    ) -> Reading:
        found_day, found = day(), clock(part)
        if found_day.is_period:
            raise TimeRefused("an hour needs a day, not a week or a month: write “tue 9:00” or “1 dec 9:00”")
        if found_day.is_number and (found.is_bare or clock_first):  # "9 30" and "30 9" can be 9:30
            self._refuse_unread()
        if found_day.needs_at and found.is_bare:
            raise TimeRefused("an hour after a number of days needs “at”: write “in 2 days at 9”")
        return self._on(found_day.day, found, found_day.notes + self._notes_of_other_date(found_day.day))

    def _on(self, day: date, clock: _Clock, notes: tuple[str, ...]) -> Reading:
        """Return the instant of `clock` on `day`. Raises TimeRefused if the clocks there leave it out."""
        zone, abbreviation = clock.zone or self._calendar.zone, clock.abbreviation.upper()
        wall = datetime.combine(day, clock.at, zone)
        if abbreviation and abbreviation == wall.replace(tzinfo=self._calendar.zone).tzname():
            wall = wall.replace(tzinfo=self._calendar.zone)  # MST is Arizona's in summer too
        elif len(abbreviation) == 3 and abbreviation != wall.tzname():
            notes += (f"{abbreviation} read as the clock there, which is on {wall.tzname()} then",)
        instant = wall.astimezone(UTC)
        there = instant.astimezone(wall.tzinfo)
        if there.replace(tzinfo=None) != wall.replace(tzinfo=None):
            raise TimeRefused(
                f"there is no {clock.at:%H:%M} on {plain_day(day)}, when the clocks go forward: "
                f"write {there:%H:%M} or another hour"
            )
        if wall.utcoffset() != wall.replace(fold=1).utcoffset():
            notes += (f"the clocks go back then: the first {clock.at:%H:%M} of two",)
        return Reading(When(instant), notes + clock.notes)

    def _notes_of_other_date(self, day: date | None) -> tuple[str, ...]:
        """Return a note if "5.12" may be a date, or "friday 4" the 4th because it is the weekday of `day`."""
        number = r"(\d{1,2})(?:\.(\d\d))?"
        form = number if day is None else rf"{_WEEKDAY} {number}"
        match = re.fullmatch(form, self._text, re.IGNORECASE | re.ASCII)
        if match is None and day is not None:
            match = re.fullmatch(rf"{number} {_WEEKDAY}", self._text, re.IGNORECASE | re.ASCII)
        if match is None:
            return ()
        try:
            other = (
                self._nearest(int(match[2]), int(match[1]))
                if match[2]
                else self._nearest_of_month(int(match[1]))
            )
        except TimeRefused:
            return ()
        if day is not None and other.weekday() != day.weekday():
            return ()
        return (f"{self._long(other)} is “{match[1]}.{match[2] + '.' if match[2] else ''}”",)

    # The time of day

    def _clocks(self, start: int) -> Iterator[tuple[int, _ClockMaker]]:
        """Yield the end of every time of day that can begin at `start`, and a function that returns it."""
        before = _BEFORE_CLOCK.match(self._text, start)
        if before is None:
            return
        for form in _CLOCKS:
            match = _form(form).match(self._text, before.end())
            if match:
                yield match.end(), partial(self._clock, match, bool(before["at"]))

    def _clock(self, match: re.Match[str], has_at: bool, part: str) -> _Clock:
        """Return the time of day of a match of `_CLOCKS`; `part` is the part of the day said before it."""
        said = {name: text.lower() for name, text in match.groupdict().items() if text is not None}
        part = part or said.get("part", "") or said.get("night", "")
        zone = said.get("zone", "")
        notes: tuple[str, ...] = ()
        if name := said.get("name"):
            at = time(0 if name == "midnight" else 12)
            if part and at.hour not in _HOURS_OF[part]:
                raise TimeRefused(f"{name} is not in that part of the day: write the day and the hour")
            notes = ("midnight as that day begins",) if name == "midnight" else ()
        else:
            hour, minute = _number(said["h"]), int(said.get("m", 0))
            minute = _SPELLED_MINUTES[said["spelled"][:3]] if "spelled" in said else minute
            exact = said["h"].startswith("0") or "unit" in said
            if "unit" in said and 0 < hour < 8 and not said["h"].startswith("0"):
                span = f"{hour} h {minute} min" if minute else f"{hour}h"
                fix = f"write “in {span}” or “{hour + 12}:{minute:02}”"
                raise TimeRefused(f"“{match[0]}” can be a number of hours or a time of day: {fix}")
            if "run" in said and self._today.year <= hour * 100 + minute <= self._today.year + 3:
                fix = f"write “{hour}:{minute:02}”, or the day too"
                raise TimeRefused(f"“{match[0]}” can be a year or a time of day: {fix}")
            if amount := said.get("amount"):
                hour, minute = _spoken(hour, amount, said["side"])
            hour, notes = _hour(hour, minute, said.get("ap", ""), part, exact)
            at = time(hour, minute, int(said.get("s", 0)))
        is_bare = "bare" in said and not (has_at or part or zone or "oclock" in said)
        return _Clock(at, notes, _zone(zone), zone if zone[:1] in _US_ZONES else "", is_bare)

    # The day

    def _days(self, start: int) -> Iterator[tuple[int, str, _DayMaker]]:
        """Yield the end of every day that begins at `start`, its part if said, and a function for the day."""
        weekday = _WEEKDAY_FIRST.match(self._text, start)
        before = _AFTER_WEEKDAY.match(self._text, weekday.end()) if weekday else None
        if weekday and before:
            for end, maker in self._dates(before.end()):
                yield end, "", partial(self._weekday_and_date, weekday[0], maker)
        for end, maker in self._dates(start):
            yield end, "", maker
            after = _AFTER_WEEKDAY.match(self._text, end)
            weekday = _form(_WEEKDAY).match(self._text, after.end()) if after else None
            if weekday:
                yield weekday.end(), "", partial(self._weekday_and_date, weekday[0], maker)
        for form, day_of in self._DAYS:
            match = _form(form).match(self._text, start)
            if match:
                yield match.end(), "", partial(day_of, self, match)
        match = _form(_DAY_WITH_PART).match(self._text, start)
        if match:
            part = (match["part"] or "night").lower()
            day = self._today - timedelta(days=1 if match["last"] else 0)
            yield match.end(), part, partial(_Day, day)

    def _dates(self, start: int) -> Iterator[tuple[int, _DayMaker]]:
        """Yield the end of every date that begins at `start`, and a function that returns it."""
        for form, date_of in self._DATES:
            match = _form(form).match(self._text, start)
            if match:
                yield match.end(), partial(date_of, self, match)

    def _date(self, match: re.Match[str]) -> _Day:
        """Return the date of a match with a day, and a month in figures or in words."""
        month = match["month"]
        number = int(month) if month.isdigit() else month_number(month)
        day = _ORDINALS.get(match["d"].lower(), 0) or int(match["d"])
        return _Day(self._nearest(number, day, _year(match["y"])))

    def _by_country(self, match: re.Match[str]) -> _Day:
        """Return the date of figures that name the month and the day in the order of the country."""
        first, second, year = int(match["first"]), int(match["second"]), _year(match["y"])
        day, month = (second, first) if self._calendar.month_first() else (first, second)
        if month > 12 >= day:
            day, month = month, day
        chosen = self._nearest(month, day, year)
        if day > 12 or day == month:
            return _Day(chosen)
        other = self._nearest(day, month, year)
        written = f"{other.day}.{other.month}.{year or ''}"
        return _Day(chosen, (f"{self._long(other)} is “{written}”",), other)

    def _of_month(self, match: re.Match[str]) -> _Day:
        """Return the day of "the 4th", "4." or "the 4th of next month"."""
        number = _ORDINALS.get(match["d"].lower(), 0) or int(match["d"])
        if (match["which"] or "the").lower() == "the":
            return _Day(self._nearest_of_month(number), is_number="number" in match.groupdict())
        year, month = self._month_near(match["which"])
        return _Day(self._nearest(month, number, year))

    def _weekday_and_date(self, weekday: str, maker: _DayMaker) -> _Day:
        """Return the date if it is on that weekday, which also decides the order of its figures."""
        found, number = maker(), _weekday(weekday)
        if found.day.weekday() == number:
            both = found.other is not None and found.other.weekday() == number
            return _Day(found.day, found.notes if both else ())
        if found.other is not None and found.other.weekday() == number:
            return _Day(found.other, (f"{self._long(found.day)} is a {WEEKDAYS[found.day.weekday()]}",))
        near = found.day + timedelta(days=(number - found.day.weekday() + 3) % 7 - 3)
        if near > self._today if self._past else near < self._today:
            near += timedelta(days=-7 if self._past else 7)
        same_month = (near.year, near.month) == (found.day.year, found.day.month)
        raise TimeRefused(
            f"{self._long(found.day)} is a {WEEKDAYS[found.day.weekday()]}, {WEEKDAYS[number]} is "
            f"{f'the {_ordinal(near.day)}' if same_month else self._long(near)}: "
            f"write “{self._written(found.day)}” or “{self._written(near)}”"
        )

    def _named_weekday(self, match: re.Match[str]) -> _Day:
        """Return the day of "friday", "this friday", "next friday", "friday week" or "friday next week"."""
        said = {name: text.lower() for name, text in match.groupdict("").items()}
        name, which, after = said["w"].rstrip("."), said["which"], said["after"].removeprefix("of ")
        weekday = _weekday(name)
        ahead = (weekday - self._today.weekday()) % 7
        coming, latest = (self._today + timedelta(days=days) for days in (ahead or 7, ahead - 7))
        monday = self._today - timedelta(days=self._today.weekday())
        if after in ("week", "after next"):
            return _Day(coming + timedelta(days=7))
        if after:
            weeks = {"this": 0, "next": 1, "last": -1}[after.split()[0]]
            return _Day(monday + timedelta(days=7 * weeks + weekday))
        match which:
            case "next":
                chosen = monday + timedelta(days=7 + weekday)
                if chosen != coming:
                    return _Day(chosen, (f"{self._long(coming)} is “{name}”",))
                later = coming + timedelta(days=7)
                return _Day(chosen, (f"{self._long(later)} is “{name} week”",) if ahead else ())
            case "last" | "past":
                earlier = latest - timedelta(days=7)
                notes = (f"{self._long(earlier)} is “{self._written(earlier)}”",) if latest >= monday else ()
                return _Day(latest, notes)
            case "this":
                back = self._past and ahead
                return _Day(latest if back else self._today + timedelta(days=ahead))
        notes = () if ahead or which else (f"{self._long(self._today)} is “today”",)
        return _Day(latest if self._past and which != "coming" else coming, notes)

    def _weeks_from(self, match: re.Match[str]) -> _Day:
        """Return the day of "a week on friday" or "2 weeks from tomorrow"."""
        base = match["base"].lower()
        days = {"today": 0, "tomorrow": 1}.get(base)
        if days is None:
            days = (_weekday(base) - self._today.weekday()) % 7 or 7
        weeks = 2 if match["two"] else _number(match["n"]) if match["n"] else 1
        return _Day(self._today + timedelta(days=days + 7 * weeks))

    def _near_day(self, match: re.Match[str]) -> _Day:
        """Return today, tomorrow, yesterday, or the day beyond one of them."""
        words = match[0].lower().removeprefix("the ")
        days = {"today": 0, "yesterday": -1, "day after tomorrow": 2, "day before yesterday": -2}.get(
            words, 1
        )
        return _Day(self._today + timedelta(days=days))

    def _next_business_day(self, _match: re.Match[str]) -> _Day:
        return _Day(self._calendar.add(self._today, 1 if self._calendar.is_business_day(self._today) else 0))

    def _after_span(self, match: re.Match[str]) -> _Day:
        """Return the day of "in 3 days", "2w", "3 business days", "a month ago"."""
        day, sign = self._today, self._sign(match)
        for counted in _form(_COUNTED).finditer(match["span"]):
            number, first = _number(counted["number"]), counted["unit"][:2].lower()
            if first in ("bu", "wo"):
                day = self._calendar.add(day, number) if sign > 0 else self._calendar.before(day, number)
            elif first[0] in "my":
                day = months_after(day, sign * number * (12 if first[0] == "y" else 1))
            else:
                day += timedelta(days=sign * number * {"d": 1, "w": 7, "f": 14}[first[0]])
        return _Day(day, needs_at=True)

    def _first_of_period(self, match: re.Match[str]) -> _Day:
        """Return the first day of "next week", "next month", "next year" or "december"."""
        if match["month"]:
            month, year = month_number(match["month"]), _year(match["y"])
            return _Day(self._nearest(month, 1, year), ("the first of the month",), is_period=True)
        step = 2 if match["two"] else 1 if match["step"].lower() == "next" else -1
        match (match["two"] or match["unit"]).lower():
            case "week" | "wk":
                monday = self._today - timedelta(days=self._today.weekday())
                return _Day(monday + timedelta(days=7 * step), ("the Monday of that week",), is_period=True)
            case "month":
                day = months_after(self._today.replace(day=1), step)
                return _Day(day, ("the first of the month",), is_period=True)
        day = date(self._today.year + step, 1, 1)
        return _Day(day, ("the first of the year",), is_period=True)

    def _end_of_period(self, match: re.Match[str]) -> _Day:
        """Return the day of "end of the week", its Friday, or of "end of the month", its last day."""
        if (match["unit"] or "").lower() == "week":
            monday = self._today - timedelta(days=self._today.weekday())
            weeks = 1 if match["step"] else 0
            return _Day(monday + timedelta(days=4 + 7 * weeks), ("the Friday of that week",))
        if match["month"]:
            return self._nth_in_month("last", "day", match)
        if (match["unit"] or "").lower() == "year":
            return _Day(date(self._today.year + (1 if match["step"] else 0), 12, 31))
        year, month = self._month_near(match["step"] or "this")
        return _Day(date(year, month, monthrange(year, month)[1]))

    def _nth_of_month(self, match: re.Match[str]) -> _Day:
        """Return the day of "1st friday of next month", "last business day of december"."""
        return self._nth_in_month(match["n"].lower(), match["w"].lower(), match)

    def _nth_in_month(self, which: str, kind: str, match: re.Match[str]) -> _Day:
        """Return the first to last day of a `kind`, a weekday or "day", in the month of `match`."""
        number = _ORDINALS.get(which) or int(which[0])
        if match["month"]:
            month = month_number(match["month"])
            year = _year(match["y"])
            step = -1 if self._past else 1
            months = [(year or self._today.year + step * count, month) for count in range(1 if year else 2)]
        else:
            step = (-1 if self._past else 1) if match["which"].lower() == "the" else 0
            first = date(*self._month_near(match["which"]), 1)
            after = months_after(first, step)
            months = [(first.year, first.month)] + ([(after.year, after.month)] if step else [])
        for year, month in months:
            found = [day for day in _days_of(year, month) if self._is_of_kind(day, kind)]
            if number > len(found):
                continue
            day = found[number - 1 if number > 0 else -1]
            if len(months) == 1 or (day <= self._today if self._past else day >= self._today):
                return _Day(day)
        raise TimeRefused(f"“{match[0][:_QUOTED]}” is not a day: write the day and the month")

    def _is_of_kind(self, day: date, kind: str) -> bool:
        if kind == "day":
            return True
        if kind.startswith(("business", "work")):
            return self._calendar.is_business_day(day)
        return day.weekday() == _weekday(kind)

    def _month_near(self, which: str) -> tuple[int, int]:
        """Return the year and month of "this", "next" or "last" month."""
        step = {"next": 1, "last": -1}.get(which.lower(), 0)
        first = months_after(self._today.replace(day=1), step)
        return first.year, first.month

    def _nearest(self, month: int, day: int, year: int = 0) -> date:
        """Return a day of `year`, or of the year in which it comes next, or was last.

        Raises:
            TimeRefused: if there is no such day.
        """
        if not 1 <= month <= 12:
            raise TimeRefused(f"there is no month {month}: write the day and the month, “3 dec”")
        step = -1 if self._past else 1
        years = (
            [year] if year else [self._today.year + step * count for count in range(_LEAP_YEARS_APART + 1)]
        )
        for candidate in years:
            if 1 <= day <= monthrange(candidate, month)[1]:
                found = date(candidate, month, day)
                if year or (found <= self._today if self._past else found >= self._today):
                    return found
        words = f"{day} {MONTHS[month - 1]}{f' {year}' if year else ''}"
        raise TimeRefused(f"there is no {words}: write a day of that month")

    def _nearest_of_month(self, number: int) -> date:
        """Return the day with that number in a month that comes next from today on, or was last."""
        if not 1 <= number <= 31:
            raise TimeRefused(f"there is no {_ordinal(number)} in any month: write the day and the month")
        day = self._today
        while day.day != number:
            day += timedelta(days=-1 if self._past else 1)
        return day

    def _sign(self, match: re.Match[str]) -> int:
        """Return -1 for a span that is "ago", else 1."""
        ago = (match["after"] or "").strip().lower() == "ago"
        if ago and match["in"]:
            raise TimeRefused(f"“{match[0][:_QUOTED]}” is both to come and past: write “in” or “ago”")
        return -1 if ago else 1

    def _long(self, day: date) -> str:
        """Return a day as "3 December", with its year if that is not this year."""
        return f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if day.year != self._today.year else "")

    def _written(self, day: date) -> str:
        """Return a day as it is read without a doubt: "4 dec", or "4 dec 2027"."""
        words = f"{day.day} {MONTHS[day.month - 1][:3].lower()}"
        return words + (f" {day.year}" if day.year != self._today.year else "")

    _DATES: ClassVar[tuple[tuple[str, Callable[[_TimeReader, re.Match[str]], _Day]], ...]] = (
        (rf"(?P<y>{_FULL_YEAR})(?P<sep>[-/.])(?P<month>\d{{1,2}})(?P=sep)(?P<d>\d{{1,2}})", _date),
        (rf"(?:the )?(?P<d>\d{{1,2}}){_SUFFIX}?(?: of)?[ -]*(?P<month>{_MONTH}){_OF_YEAR}", _date),
        (rf"(?:the )?(?P<d>{_FIRST_TO_FIFTH}) of (?P<month>{_MONTH}){_OF_YEAR}", _date),
        (rf"(?P<month>{_MONTH}) ?(?:the )?(?P<d>\d{{1,2}}){_SUFFIX}?{_OF_YEAR}", _date),
        (rf"(?P<d>\d{{1,2}})\. ?(?P<month>\d{{1,2}})\.(?P<y> ?{_FULL_YEAR}|\d\d)?", _date),
        (r"(?P<d>\d{1,2})\.(?P<month>\d)(?P<y>)", _date),
        (r"(?P<d>2[4-9]|3\d)\.(?P<month>\d\d)(?P<y>)", _date),
        (rf"(?P<first>\d{{1,2}})/(?P<second>\d{{1,2}})(?:/(?P<y>{_FULL_YEAR}|\d\d))?", _by_country),
        (rf"(?P<first>\d{{1,2}})-(?P<second>\d{{1,2}})-(?P<y>{_FULL_YEAR}|\d\d)", _by_country),
        (rf"(?P<first>\d{{1,2}}) (?P<second>\d{{1,2}}) (?P<y>{_FULL_YEAR})", _by_country),
        (
            rf"(?=the |\d+{_SUFFIX})(?:the )?(?P<d>\d{{1,2}}){_SUFFIX}?(?: of {_WHICH} month)?",
            _of_month,
        ),
        (rf"(?:the )?(?P<d>{_FIRST_TO_FIFTH}) of {_WHICH} month", _of_month),
        (r"(?P<d>2[4-9]|3[01])(?P<which>)(?P<number>)", _of_month),
    )
    """The forms of a date, which may stand beside its weekday."""

    _DAYS: ClassVar[tuple[tuple[str, Callable[[_TimeReader, re.Match[str]], _Day]], ...]] = (
        (
            r"today|tomorrow|tmrw?|yesterday|(?:the )?day (?:after tomorrow|before yesterday)",
            _near_day,
        ),
        (r"(?:the )?next (?:business|working|work) day", _next_business_day),
        (
            rf"(?:(?:(?:the|this) (?=coming))?(?P<which>this|next|last|past|coming) )?"
            rf"(?P<w>{_WEEKDAY})(?P<after>)",
            _named_weekday,
        ),
        (
            rf"(?P<which>)(?P<w>{_WEEKDAY}),? (?P<after>week|after next|(?:of )?{_THAT} (?:week|wk))",
            _named_weekday,
        ),
        (rf"(?P<which>)(?P<after>{_THAT} (?:week|wk)),? (?:on )?(?P<w>{_WEEKDAY})", _named_weekday),
        (
            rf"(?:in )?(?:(?P<n>{_NUMBER}) ?(?:weeks?|wks?|w)|week|wk|(?P<two>(?:a )?fortnight)) "
            rf"(?:(?:on|from) )?(?P<base>{_WEEKDAY}|today|tomorrow)",
            _weeks_from,
        ),
        (r"(?P<base>today|tomorrow) week(?P<n>)(?P<two>)", _weeks_from),
        (
            rf"(?P<in>in )?(?P<span>{_NUMBER} ?{_UNIT}(?:(?:, ?| and | ){_NUMBER} ?{_UNIT})*)"
            r"(?P<after> (?:time|ago|later|from (?:now|today)))?",
            _after_span,
        ),
        (
            rf"(?:the )?(?P<n>\d(?:st|nd|rd|th)|{_FIRST_TO_FIFTH}|last) "
            rf"(?P<w>{_WEEKDAY}|(?:(?:business|working|work) ?)?day) (?:of|in) "
            rf"(?:{_WHICH} month|(?P<month>{_MONTH}){_OF_YEAR})",
            _nth_of_month,
        ),
        (
            r"(?:at )?(?:the )?end of (?:(?:(?:the|this) |(?P<step>next) )?(?P<unit>week|month|year)"
            rf"|(?P<month>{_MONTH}){_OF_YEAR})",
            _end_of_period,
        ),
        (
            r"(?:in |(?:at )?(?:the )?(?:start|beginning) of )?"
            r"(?:(?P<step>next|last) (?P<unit>week|wk|month|year)"
            rf"|(?:the )?(?P<two>week|wk) after next|(?P<month>{_MONTH}){_OF_YEAR})",
            _first_of_period,
        ),
        (r"(?P<d>\d{1,2})\.(?P<month>\d\d)(?P<y>)", _date),
    )
    """The other forms of a day; the last is a date only where a time of day is beside it."""


def _number(words: str) -> int:
    """Return the number of "3", "three", "a" or "a couple of"."""
    return int(words) if words.isdigit() else _NUMBERS[words.lower()]


def _year(figures: str | None) -> int:
    """Return the year of "2026", "26" or "'26"; 0 if there is none."""
    number = int((figures or "").strip(" '") or 0)
    return number + 2000 if 0 < number < 100 else number


def _weekday(name: str) -> int:
    """Return the number of a weekday, 0 for Monday."""
    return next(number for number, day in enumerate(WEEKDAYS) if day.startswith(name[:3].capitalize()))


def _spoken(hour: int, amount: str, side: str) -> tuple[int, int]:
    """Return the hour and minute of "quarter to 3" or "ten past three"."""
    words = amount.removeprefix("a ").split()[0]
    minutes = {"half": 30, "quarter": 15}.get(words) or _number(words)
    if not 0 < minutes < 60:
        raise TimeRefused(f"{minutes} minutes are no part of an hour: write the time in figures, “14:30”")
    return (hour, minutes) if side in ("past", "after") else ((hour - 2) % 12 + 1, 60 - minutes)


def _hour(hour: int, minute: int, meridiem: str, part: str, exact: bool) -> tuple[int, tuple[str, ...]]:
    """Return the hour of the day, and a note if another could be meant.

    `meridiem` is "a", "p" or empty, `part` the part of the day said, and `exact` whether the hour
    is written as one of twenty-four.
    """
    if meridiem and not (hour > 12 and meridiem == "p"):
        if not 1 <= hour <= 12:
            raise TimeRefused(f"there is no {hour}:{minute:02}{meridiem}m: write {hour}:{minute:02} alone")
        hour = hour % 12 + (12 if meridiem == "p" else 0)
    candidates = [hour] if meridiem or exact or hour >= 12 else [hour, hour + 12]
    if part:
        in_part = [candidate for candidate in candidates if candidate in _HOURS_OF[part]]
        if not in_part:
            words = "at night" if part == "night" else f"in the {part}"
            raise TimeRefused(f"{hour}:{minute:02} is not {words}: write the hour as “14:30” or “2:30pm”")
        return in_part[0], ()
    chosen = min(candidates, key=lambda candidate: _minutes_off(candidate, minute))
    if len(candidates) == 1 or (chosen == hour and not _minutes_off(chosen, minute)):
        return chosen, ()
    other = candidates[chosen == hour]
    written = f"{hour}{f':{minute:02}' if minute else ''}{'am' if other < 12 else 'pm'}"
    return chosen, (f"{other:02}:{minute:02} is “{written}”",)


def _minutes_off(hour: int, minute: int) -> int:
    """Return how many minutes a time is before or after the working hours of a call."""
    first, last = _WORKING_HOURS
    return max(first - (hour * 60 + minute), hour * 60 + minute - last, 0)


def _zone(name: str) -> tzinfo | None:
    """Return the zone of "utc", "+02:00", "et" and the like; None if none is named."""
    if not name:
        return None
    if name[0] in _US_ZONES:
        return ZoneInfo(_US_ZONES[name[0]])
    offset = re.search(r"([+-])(\d{1,2}):?(\d\d)?$", name)
    if offset is None:
        return UTC
    distance = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    return timezone(distance if offset[1] == "+" else -distance)


def _days_of(year: int, month: int) -> list[date]:
    return [date(year, month, number + 1) for number in range(monthrange(year, month)[1])]


def _ordinal(number: int) -> str:
    """Return "1st", "22nd", "13th"."""
    suffix = "th" if number // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"
