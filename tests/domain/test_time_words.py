"""Times in words: dated cases on Monday 23 November 2026, 9:00 in Chicago, and what holds for all words."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warmcall.domain.business_days import Calendar
from warmcall.domain.day_names import MONTHS, WEEKDAYS
from warmcall.domain.time_words import TimeRefused, read_past_time, read_time_to_come
from warmcall.domain.when import When

from tests.examples import CALENDAR, CHICAGO, NOW, local, when
from tests.profiles import modest

DAY_FIRST = CALENDAR
US = msgspec.structs.replace(CALENDAR, month_first=lambda: True)
BERLIN = ZoneInfo("Europe/Berlin")

READ: list[tuple[str, ...]] = [
    ("12/3 2:30pm", "2026-12-03 14:30", "12 March 2027 is “12.3.”"),
    ("tomorrow 14.00", "2026-11-24 14:00"),
    ("14h", "2026-11-23 14:00"),
    ("14h30", "2026-11-23 14:30"),
    ("1400", "2026-11-23 14:00"),
    ("0930", "2026-11-23 09:30"),
    ("930", "2026-11-23 09:30"),
    ("at 9", "2026-11-23 09:00"),
    ("at 2", "2026-11-23 14:00", "02:00 is “2am”"),
    ("at 8", "2026-11-24 08:00", "20:00 is “8pm”"),
    ("at 6", "2026-11-23 18:00", "06:00 is “6am”"),
    ("at 7", "2026-11-24 07:00", "19:00 is “7pm”"),
    ("@ 3pm", "2026-11-23 15:00"),
    ("friday at 3:30", "2026-11-27 15:30", "03:30 is “3:30am”"),
    ("friday @ 3", "2026-11-27 15:00", "03:00 is “3am”"),
    ("friday 4th", "2026-12-04"),
    ("Wednesday the 2nd", "2026-12-02"),
    ("in 3 days at 9", "2026-11-26 09:00"),
    ("dec 4 at 9", "2026-12-04 09:00"),
    ("thurs", "2026-11-26"),
    ("thurs.", "2026-11-26"),
    ("weds", "2026-11-25"),
    ("tues 10", "2026-11-24 10:00"),
    ("Thu, 2 PM", "2026-11-26 14:00"),
    ("2w", "2026-12-07"),
    ("in half an hour", "2026-11-23 09:30"),
    ("3 business days", "2026-11-27"),
    ("in 3 working days at 10", "2026-11-27 10:00"),
    ("monday week", "2026-12-07"),
    ("a week on friday", "2026-12-04"),
    ("2 weeks from monday", "2026-12-14"),
    ("tomorrow week", "2026-12-01"),
    ("thursday after next", "2026-12-03"),
    ("friday next week", "2026-12-04"),
    ("next week friday", "2026-12-04"),
    ("1st friday of next month", "2026-12-04"),
    ("first monday of february", "2027-02-01"),
    ("last friday of the month", "2026-11-27"),
    ("last day of december", "2026-12-31"),
    ("last business day of december", "2026-12-31"),
    ("the 15th of next month", "2026-12-15"),
    ("the first of january", "2027-01-01"),
    ("end of the month", "2026-11-30"),
    ("end of the week", "2026-11-27", "the Friday of that week"),
    ("next friday", "2026-12-04", "27 November is “friday”"),
    ("next monday", "2026-11-30"),
    ("next thu", "2026-12-03", "26 November is “thu”"),
    ("this friday", "2026-11-27"),
    ("this monday", "2026-11-23"),
    ("friday", "2026-11-27"),
    ("monday", "2026-11-30", "23 November is “today”"),
    ("monday 9:00", "2026-11-30 09:00", "23 November is “today”"),
    ("friday 4", "2026-11-27 16:00", "4 December is “4.”", "04:00 is “4am”"),
    ("fri 4.12", "2026-11-27 16:12", "4 December is “4.12.”", "04:12 is “4:12am”"),
    ("the 5th", "2026-12-05"),
    ("5.", "2026-12-05"),
    ("23rd", "2026-11-23"),
    ("25", "2026-11-25"),
    ("wed 25", "2026-11-25"),
    ("31. 9:30", "2026-12-31 09:30"),
    ("the 2nd at 10", "2026-12-02 10:00"),
    ("fri 4 dec", "2026-12-04"),
    ("friday, 4 december 2026 at 3pm", "2026-12-04 15:00"),
    ("dec 4, friday", "2026-12-04"),
    ("thu 12/3", "2026-12-03"),
    ("fri 12/3", "2027-03-12", "3 December is a Thursday"),
    ("12/3", "2026-12-03", "12 March 2027 is “12.3.”"),
    ("12/3/2027", "2027-12-03", "12 March 2027 is “12.3.2027”"),
    ("12/3/27", "2027-12-03", "12 March 2027 is “12.3.2027”"),
    ("12-3-2027", "2027-12-03", "12 March 2027 is “12.3.2027”"),
    ("12 3 2027", "2027-12-03", "12 March 2027 is “12.3.2027”"),
    ("13/12", "2026-12-13"),
    ("12/13", "2026-12-13"),
    ("12.3.", "2027-03-12"),
    ("12.3", "2027-03-12"),
    ("24.12", "2026-12-24"),
    ("5.12.2027", "2027-12-05"),
    ("5. 12.", "2026-12-05"),
    ("5.12. 14:00", "2026-12-05 14:00"),
    ("5.12 14:00", "2026-12-05 14:00"),
    ("14:00 12/3", "2026-12-03 14:00", "12 March 2027 is “12.3.”"),
    ("12.30", "2026-11-23 12:30"),
    ("14.00", "2026-11-23 14:00"),
    ("9.40", "2026-11-23 09:40"),
    ("5.12", "2026-11-23 17:12", "5 December is “5.12.”", "05:12 is “5:12am”"),
    ("2026-12-03", "2026-12-03"),
    ("2026-12-03 14:00", "2026-12-03 14:00"),
    ("2026/12/3", "2026-12-03"),
    ("3 dec", "2026-12-03"),
    ("dec 3", "2026-12-03"),
    ("3dec", "2026-12-03"),
    ("3rd of december", "2026-12-03"),
    ("december the 3rd", "2026-12-03"),
    ("4 dec 26", "2026-12-04"),
    ("jan 5", "2027-01-05"),
    ("29 feb", "2028-02-29"),
    ("3 jul 9am", "2027-07-03 09:00"),
    ("1 nov 2028", "2028-11-01"),
    ("2026-12-03T14:00:00Z", "2026-12-03 08:00"),
    ("thu 14:00 UTC", "2026-11-26 08:00"),
    ("3 dec 14:00 +02:00", "2026-12-03 06:00"),
    ("tue 2pm UTC-5", "2026-11-24 13:00"),
    ("2pm ET", "2026-11-23 13:00"),
    ("2pm EDT", "2026-11-23 13:00", "EDT read as the clock there, which is on EST then"),
    ("tomorrow 2pm PST", "2026-11-24 16:00"),
    ("now", "2026-11-23 09:00"),
    ("in 2 hours", "2026-11-23 11:00"),
    ("2 hours", "2026-11-23 11:00"),
    ("in 2h", "2026-11-23 11:00"),
    ("in 1h30", "2026-11-23 10:30"),
    ("90 min", "2026-11-23 10:30"),
    ("in an hour", "2026-11-23 10:00"),
    ("an hour and a half", "2026-11-23 10:30"),
    ("in 1.25 hours", "2026-11-23 10:15"),
    ("in 1 h 30 min", "2026-11-23 10:30"),
    ("in 2 and a half hours", "2026-11-23 11:30"),
    ("in 1.5 hours", "2026-11-23 10:30"),
    ("in 2 hours and 20 minutes", "2026-11-23 11:20"),
    ("in 20 minutes from now", "2026-11-23 09:20"),
    ("in 3 days", "2026-11-26"),
    ("3d", "2026-11-26"),
    ("a week", "2026-11-30"),
    ("in two weeks", "2026-12-07"),
    ("a fortnight", "2026-12-07"),
    ("in a couple of days", "2026-11-25"),
    ("in a month", "2026-12-23"),
    ("in 1 week and 2 days", "2026-12-02"),
    ("in 3 days' time", "2026-11-26"),
    ("today", "2026-11-23"),
    ("tomorrow", "2026-11-24"),
    ("tmrw 9", "2026-11-24 09:00"),
    ("day after tomorrow", "2026-11-25"),
    ("the day after tomorrow at 9", "2026-11-25 09:00"),
    ("tonight at 8", "2026-11-23 20:00"),
    ("this afternoon at 3", "2026-11-23 15:00"),
    ("tomorrow morning at 9", "2026-11-24 09:00"),
    ("friday afternoon 3", "2026-11-27 15:00"),
    ("8 in the evening", "2026-11-23 20:00"),
    ("11 at night", "2026-11-23 23:00"),
    ("noon", "2026-11-23 12:00"),
    ("friday at noon", "2026-11-27 12:00"),
    ("midnight", "2026-11-24 00:00", "midnight as that day begins"),
    ("tomorrow midnight", "2026-11-24 00:00", "midnight as that day begins"),
    ("8am", "2026-11-24 08:00"),
    ("8 a.m.", "2026-11-24 08:00"),
    ("12am", "2026-11-24 00:00"),
    ("12pm", "2026-11-23 12:00"),
    ("2:30pm", "2026-11-23 14:30"),
    ("2.30 pm", "2026-11-23 14:30"),
    ("0:30", "2026-11-24 00:30"),
    ("02:30", "2026-11-24 02:30"),
    ("tomorrow 2:30", "2026-11-24 14:30", "02:30 is “2:30am”"),
    ("14:30pm", "2026-11-23 14:30"),
    ("9 o'clock", "2026-11-23 09:00"),
    ("at nine", "2026-11-23 09:00"),
    ("half past two", "2026-11-23 14:30", "02:30 is “2:30am”"),
    ("quarter to 3", "2026-11-23 14:45", "02:45 is “2:45am”"),
    ("ten to three", "2026-11-23 14:50", "02:50 is “2:50am”"),
    ("20 past 9", "2026-11-23 09:20"),
    ("9 tomorrow", "2026-11-24 09:00"),
    ("2pm on thursday", "2026-11-26 14:00"),
    ("14:30 tomorrow", "2026-11-24 14:30"),
    ("at 9 on friday the 4th", "2026-12-04 09:00"),
    ("by friday", "2026-11-27"),
    ("until dec 4", "2026-12-04"),
    ("on tuesday at 10", "2026-11-24 10:00"),
    ("next week", "2026-11-30", "the Monday of that week"),
    ("next month", "2026-12-01", "the first of the month"),
    ("next year", "2027-01-01", "the first of the year"),
    ("december", "2026-12-01", "the first of the month"),
    ("in may", "2027-05-01", "the first of the month"),
    ("dec 2027", "2027-12-01", "the first of the month"),
    ("next wk", "2026-11-30", "the Monday of that week"),
    ("next wk fri at 9", "2026-12-04 09:00"),
    ("the week after next", "2026-12-07", "the Monday of that week"),
    ("start of next week", "2026-11-30", "the Monday of that week"),
    ("beginning of january", "2027-01-01", "the first of the month"),
    ("end of the year", "2026-12-31"),
    ("next business day", "2026-11-24"),
    ("the next working day at 9", "2026-11-24 09:00"),
    ("a week today", "2026-11-30"),
    ("two weeks tomorrow", "2026-12-08"),
    ("a fortnight tomorrow at 2pm", "2026-12-08 14:00"),
    ("wk on thurs", "2026-12-03"),
    ("the coming monday", "2026-11-30"),
    ("this coming friday", "2026-11-27"),
    ("the 2nd of the month", "2026-12-02"),
    ("1st friday of the month", "2026-12-04"),
    ("two thirty", "2026-11-23 14:30", "02:30 is “2:30am”"),
    ("tomorrow at four forty-five", "2026-11-24 16:45", "04:45 is “4:45am”"),
    ("9a", "2026-11-23 09:00"),
    ("mon 2:30p", "2026-11-30 14:30", "23 November is “today”"),
    ("9am tomorrow morning", "2026-11-24 09:00"),
    ("3 tomorrow afternoon", "2026-11-24 15:00"),
    ("tomorrow in the morning at 9", "2026-11-24 09:00"),
    ("dec2 at 9", "2026-12-02 09:00"),
    ("15.30h", "2026-11-23 15:30"),
    ("14 h 30", "2026-11-23 14:30"),
    ("30 at 9", "2026-11-30 09:00"),
    ("30 9am", "2026-11-30 09:00"),
    ("fri 9.30 h", "2026-11-27 09:30"),
    ("1.5h", "2026-11-23 10:30"),
    ("3.12.2026 10:00 Uhr", "2026-12-03 10:00"),
    ("wed@2", "2026-11-25 14:00", "02:00 is “2am”"),
    ("6mo", "2027-05-23"),
    ("in a week's time", "2026-11-30"),
    ("4 fri", "2026-11-27 16:00", "4 December is “4.”", "04:00 is “4am”"),
    ("thu 2pm.", "2026-11-26 14:00"),
    ("friday!", "2026-11-27"),
    ("2:30 PM Friday, December 4th", "2026-12-04 14:30"),
    ("１２／３　１４：００", "2026-12-03 14:00", "12 March 2027 is “12.3.”"),
]

REFUSED: list[tuple[str, str]] = [
    ("3.30h", "“3.30h” can be a number of hours or a time of day: write “in 3 h 30 min” or “15:30”"),
    ("9 30", "“9 30” is not a date I know"),
    ("30 9", "“30 9” is not a date I know"),
    ("noon 30", "“noon 30” is not a date I know"),
    ("14 30", "“14 30” is not a date I know"),
    ("in 3.30h", "“in 3.30h” is not a date I know"),
    ("in 30m", "“in 30m” can be minutes or months: write “in 30 min” or “in 30 months”"),
    ("tomorrow in the morning", "“tomorrow in the morning” names no hour: write one too, or the day alone"),
    ("the 2nd of this month", "that has passed already: write a day to come"),
    ("monday 9-10", "“9-10” beside “monday” is not a date I know"),
    ("monday 9, 10", "“10” beside “monday 9” is not a date I know"),
    ("monday, tuesday", "“tuesday” beside “monday” is not a date I know"),
    ("friday next month", "“next month” beside “friday” is not a date I know"),
    ("fri 2ish", "“2ish” beside “fri” is not a date I know"),
    ("dec14.00", "“dec14.00” is not a date I know"),
    ("", "write a day, such as “thu 2pm”, “in 2 weeks” or “2026-12-03 14:00”"),
    ("9", "“9” can be a day or an hour: write “9.” or “at 9”"),
    ("14", "“14” can be a day or an hour: write “14.” or “at 14”"),
    ("2027", "“2027” can be a year or a time of day: write “20:27”, or the day too"),
    ("2h", "“2h” can be a number of hours or a time of day: write “in 2h” or “14:00”"),
    ("1h30", "“1h30” can be a number of hours or a time of day: write “in 1 h 30 min” or “13:30”"),
    ("half 2", "“half 2” is an hour later to some than to others: write it in figures, “14:30”"),
    ("mon 4 dec", "4 December is a Friday, Monday is the 7th: write “4 dec” or “7 dec”"),
    ("4 dec 12.", "“12.” beside “4 dec” is not a date I know"),
    ("2 to 3", "“to 3” beside “2” is not a date I know"),
    ("2 to 3pm", "“to 3pm” beside “2” is not a date I know"),
    ("9 till 11", "“till 11” beside “9” is not a date I know"),
    ("tonight at noon", "noon is not in that part of the day: write the day and the hour"),
    ("weeks from fri", "“weeks from fri” is not a date I know"),
    ("t09:00", "“t09:00” is not a date I know"),
    (", 9:00", "“, 9:00” is not a date I know"),
    ("fri 25", "25 November is a Wednesday, Friday is the 27th: write “25 nov” or “27 nov”"),
    ("32", "“32” is not a date I know"),
    ("monday the 4th", "4 December is a Friday, Monday is the 7th: write “4 dec” or “7 dec”"),
    (
        "thu 3 dec 2027",
        "3 December 2027 is a Friday, Thursday is the 2nd: write “3 dec 2027” or “2 dec 2027”",
    ),
    ("tonight", "“tonight” names no hour: write one too, or the day alone"),
    ("tomorrow morning", "“tomorrow morning” names no hour: write one too, or the day alone"),
    ("9 in the afternoon", "9:00 is not in the afternoon: write the hour as “14:30” or “2:30pm”"),
    ("14:30am", "there is no 14:30am: write 14:30 alone"),
    ("tomorrow evening 9am", "9:00 is not in the evening: write the hour as “14:30” or “2:30pm”"),
    ("feb 30", "there is no 30 February: write a day of that month"),
    ("29 feb 2027", "there is no 29 February 2027: write a day of that month"),
    ("14/14", "there is no month 14: write the day and the month, “3 dec”"),
    ("0/3", "there is no month 0: write the day and the month, “3 dec”"),
    ("31/4", "there is no 31 April: write a day of that month"),
    ("32nd", "there is no 32nd in any month: write the day and the month"),
    ("40.", "there is no 40th in any month: write the day and the month"),
    ("5th friday of february", "“5th friday of february” is not a day: write the day and the month"),
    ("12-3", "“12-3” is not a date I know"),
    ("2-3pm", "“2-3pm” is not a date I know"),
    ("9:00-11:00", "“9:00-11:00” is not a date I know"),
    ("thu 2pm or 3pm", "“or 3pm” beside “thu 2pm” is not a date I know"),
    ("thu banana", "“banana” beside “thu” is not a date I know"),
    ("banana", "“banana” is not a date I know"),
    ("soon", "“soon” is not a date I know"),
    ("a few days", "“a few days” is not a date I know"),
    ("nine", "“nine” is not a date I know"),
    ("when she is back", "“when she is back” is not a date I know"),
    ("in 99999999999 days", "“in 99999999999 days” is not a date I know"),
    ("99:99", "“99:99” is not a date I know"),
    ("24:00", "“24:00” is not a date I know"),
    ("tomorrow at 25:00", "“at 25:00” beside “tomorrow” is not a date I know"),
    ("dec 14.00", "an hour needs a day, not a week or a month: write “tue 9:00” or “1 dec 9:00”"),
    ("next week at 9", "an hour needs a day, not a week or a month: write “tue 9:00” or “1 dec 9:00”"),
    ("in 3 days 9", "an hour after a number of days needs “at”: write “in 2 days at 9”"),
    ("in 3 days ago", "“in 3 days ago” is both to come and past: write “in” or “ago”"),
    ("2 days and 3 hours", "“and 3 hours” beside “2 days” is not a date I know"),
    ("yesterday", "that has passed already: write a day to come"),
    ("last week", "that has passed already: write a day to come; the Monday of that week"),
    ("last friday", "that has passed already: write a day to come"),
    ("25 nov 2025", "that has passed already: write a day to come"),
    ("2020-01-01", "that has passed already: write a day to come"),
    ("2026-11-23 08:59", "that has passed already: write a day to come"),
    ("today 8:00", "that has passed already: write a day to come; 20:00 is “8pm”"),
    ("an hour ago", "that has passed already: write a day to come"),
    ("12/3/2025", "that has passed already: write a day to come; 12 March 2025 is “12.3.2025”"),
    ("in 3 years", "that is more than two years away: write a nearer day"),
    ("1 jan 2029", "that is more than two years away: write a nearer day"),
    ("in 999 years", "that is more than two years away: write a nearer day"),
    ("{contact.name}", "“{contact.name}” is not a date I know"),
    ("thu 2pm BST", "“BST” beside “thu 2pm” is not a date I know"),
    ("about 3", "“about 3” is not a date I know"),
    ("1 hour 61", "“61” beside “1 hour” is not a date I know"),
]

PAST: list[tuple[str, ...]] = [
    ("", "2026-11-23 09:00"),
    ("now", "2026-11-23 09:00"),
    ("just now", "2026-11-23 09:00"),
    ("an hour ago", "2026-11-23 08:00"),
    ("half an hour ago", "2026-11-23 08:30"),
    ("20 min ago", "2026-11-23 08:40"),
    ("at 9", "2026-11-23 09:00"),
    ("at 2", "2026-11-22 14:00", "02:00 is “2am”"),
    ("8:15", "2026-11-23 08:15", "20:15 is “8:15pm”"),
    ("8.15", "2026-11-23 08:15", "20:15 is “8:15pm”"),
    ("10:15", "2026-11-22 10:15"),
    ("noon", "2026-11-22 12:00"),
    ("8am", "2026-11-23 08:00"),
    ("today 8:15", "2026-11-23 08:15", "20:15 is “8:15pm”"),
    ("this morning at 8", "2026-11-23 08:00"),
    ("last night at 8", "2026-11-22 20:00"),
    ("yesterday", "2026-11-22"),
    ("yesterday 10.15", "2026-11-22 10:15"),
    ("Yesterday, 10:15", "2026-11-22 10:15"),
    ("yesterday 2", "2026-11-22 14:00", "02:00 is “2am”"),
    ("day before yesterday 4pm", "2026-11-21 16:00"),
    ("tue 9:40", "2026-11-17 09:40"),
    ("mon 8:00", "2026-11-16 08:00", "23 November is “today”", "20:00 is “8pm”"),
    ("last tue 9:40", "2026-11-17 09:40"),
    ("last tuesday at 3", "2026-11-17 15:00", "03:00 is “3am”"),
    ("last thursday", "2026-11-19"),
    ("3 days ago", "2026-11-20"),
    ("3 days ago at 16:00", "2026-11-20 16:00"),
    ("3 business days ago", "2026-11-18"),
    ("a month ago", "2026-10-23"),
    ("17 nov 14:00", "2026-11-17 14:00"),
    ("nov 17, 2pm", "2026-11-17 14:00"),
    ("mon 16 nov", "2026-11-16"),
    ("24 nov 10:00", "2025-11-24 10:00"),
    ("17/11 10:05", "2026-11-17 10:05"),
    ("17.11. 10:05", "2026-11-17 10:05"),
    ("3/11 10:00", "2026-03-11 10:00", "3 November is “3.11.”"),
    ("the 5th 10:05", "2026-11-05 10:05"),
    ("31.", "2026-10-31"),
    ("1st friday of november", "2026-11-06"),
    ("1st friday of the month", "2026-11-06"),
    ("the last friday of the month", "2026-10-30"),
    ("last wk tue at 10", "2026-11-17 10:00"),
]

PAST_REFUSED: list[tuple[str, str]] = [
    ("tomorrow", "that is still to come: write when it was"),
    ("in 2 hours", "that is still to come: write when it was"),
    ("today 10:15", "that is still to come: write when it was"),
    ("3 dec 2026 10:00", "that is still to come: write when it was"),
    ("tue 16 nov", "16 November is a Monday, Tuesday is the 17th: write “16 nov” or “17 nov”"),
    ("20 nov 2025", "that is more than a year ago: write a day of the last twelve months"),
    ("2 years ago", "that is more than a year ago: write a day of the last twelve months"),
    ("12", "“12” can be a day or an hour: write “12.” or “at 12”"),
    ("the other day", "“the other day” is not a date I know"),
    ("10m ago", "“10m ago” can be minutes or months: write “10 min ago” or “10 months ago”"),
    ("the coming monday", "that is still to come: write when it was"),
    ("tue 9:40 or so", "“or so” beside “tue 9:40” is not a date I know"),
]


def test_words_for_a_time_to_come_are_read_and_what_was_decided_is_said() -> None:
    for words, at, *notes in READ:
        for written in (words, f"  {words.upper().replace(' ', '  ')} "):
            reading = read_time_to_come(written, NOW, US)
            assert reading.when == when(at), written
            assert [note.lower() for note in reading.notes] == [note.lower() for note in notes], written


def test_words_that_cannot_be_a_time_to_come_are_refused_with_the_reason() -> None:
    usual = ": write “thu 2pm”, “in 2 weeks” or “3 dec 14:00”"
    for words, reason in REFUSED:
        with pytest.raises(TimeRefused) as refused:
            read_time_to_come(words, NOW, US)
        assert str(refused.value).removesuffix(usual) == reason, words


def test_words_for_a_past_time_are_read() -> None:
    for words, at, *notes in PAST:
        reading = read_past_time(words, NOW, US)
        assert (reading.when, list(reading.notes)) == (when(at), notes), words


@pytest.mark.parametrize(("words", "reason"), PAST_REFUSED)
def test_words_that_cannot_be_a_past_time_are_refused_with_the_reason(words: str, reason: str) -> None:
    with pytest.raises(TimeRefused) as refused:
        read_past_time(words, NOW, US)
    usual = ": write “yesterday 10:15”, “tue 9:40” or “an hour ago”"
    assert str(refused.value).removesuffix(usual) == reason


@pytest.mark.parametrize(
    ("words", "at", "note"),
    [
        ("12/3", "2027-03-12", "3 December is “3.12.”"),
        ("12/3/2027", "2027-03-12", "3 December 2027 is “3.12.2027”"),
        ("fri 12/4", "2026-12-04", "12 April 2027 is a Monday"),
        ("13/12", "2026-12-13", ""),
        ("12/13", "2026-12-13", ""),
        ("12.3.", "2027-03-12", ""),
        ("2026-12-03", "2026-12-03", ""),
        ("5/5", "2027-05-05", ""),
    ],
)
def test_where_the_day_comes_first_the_other_order_is_named(words: str, at: str, note: str) -> None:
    reading = read_time_to_come(words, NOW, DAY_FIRST)
    assert (reading.when, reading.notes) == (when(at), (note,) if note else ())


@pytest.mark.parametrize(
    ("now", "words", "at"),
    [
        ("2026-11-27 09:00", "friday", "2026-12-04"),
        ("2026-11-27 09:00", "friday 3pm", "2026-12-04 15:00"),
        ("2026-11-27 09:00", "this friday", "2026-11-27"),
        ("2026-11-27 09:00", "next friday", "2026-12-04"),
        ("2026-11-27 09:00", "next tuesday", "2026-12-01"),
        ("2026-11-27 09:00", "friday week", "2026-12-11"),
        ("2026-11-28 09:00", "next friday", "2026-12-04"),
        ("2026-11-28 09:00", "1 business day", "2026-12-01"),
        ("2026-11-29 09:00", "next monday", "2026-11-30"),
        ("2026-11-29 09:00", "next friday", "2026-12-04"),
        ("2026-11-23 17:00", "at 9", "2026-11-24 09:00"),
        ("2026-11-23 17:00", "at 2", "2026-11-24 14:00"),
        ("2026-11-23 17:00", "2pm", "2026-11-24 14:00"),
        ("2026-12-31 17:00", "tomorrow 14.00", "2027-01-01 14:00"),
        ("2026-12-31 17:00", "dec 31", "2026-12-31"),
        ("2026-12-31 17:00", "dec 30", "2027-12-30"),
        ("2027-01-31 09:00", "in a month", "2027-02-28"),
        ("2027-01-31 09:00", "31.", "2027-01-31"),
        ("2027-02-01 09:00", "31.", "2027-03-31"),
        ("2028-02-29 09:00", "in 1 year", "2029-02-28"),
        ("2026-12-01 09:00", "1st friday of the month", "2026-12-04"),
        ("2026-12-01 09:00", "first tuesday of december", "2026-12-01"),
        ("2026-12-02 09:00", "first tuesday of december", "2027-12-07"),
    ],
)
def test_words_are_read_from_the_day_they_are_written(now: str, words: str, at: str) -> None:
    assert read_time_to_come(words, local(now), US).when == when(at)


@pytest.mark.parametrize(
    ("now", "words", "note"),
    [
        ("2026-11-27 09:00", "friday 3pm", "27 November is “today”"),
        ("2026-11-27 09:00", "next tuesday", "8 December is “tuesday week”"),
        ("2026-11-29 09:00", "next monday", "7 December is “monday week”"),
        ("2026-11-26 09:00", "next friday", "27 November is “friday”"),
    ],
)
def test_a_weekday_that_can_be_another_one_names_it(now: str, words: str, note: str) -> None:
    assert read_time_to_come(words, local(now), US).notes == (note,)


def test_the_last_weekday_of_this_week_names_the_one_before() -> None:
    reading = read_past_time("last tuesday 9:00", local("2026-11-26 10:00"), US)
    assert (reading.when, reading.notes) == (when("2026-11-24 09:00"), ("17 November is “17 nov”",))


SPRING = [(CHICAGO, "2027-03-14", "2027-03-13 23:30"), (BERLIN, "2027-03-28", "2027-03-27 23:30")]
AUTUMN = [(CHICAGO, "2026-11-01", "2026-10-31 23:30"), (BERLIN, "2026-10-25", "2026-10-24 23:30")]


@pytest.mark.parametrize(("zone", "day", "evening_before"), SPRING)
def test_the_hour_that_summer_time_leaves_out_is_refused_and_hours_are_elapsed(
    zone: ZoneInfo, day: str, evening_before: str
) -> None:
    calendar, now = Calendar(zone), local(evening_before, zone)
    with pytest.raises(
        TimeRefused, match=r"there is no 02:30 on Sun .* when the clocks go forward: write 03:30"
    ):
        read_time_to_come(f"{day} 02:30", now, calendar)
    assert read_time_to_come("in 3 hours", now, calendar).when == When(now + timedelta(hours=3))
    assert read_time_to_come("in 3 hours", now, calendar).when == When(local(f"{day} 03:30", zone))
    assert read_time_to_come("in 1 day at 9", now, calendar).when == When(local(f"{day} 09:00", zone))
    with pytest.raises(TimeRefused, match="there is no 02:30"):
        read_time_to_come("2:30am", local(f"{day} 00:30", zone), calendar)
    next_night = read_time_to_come("2:30am", local(f"{day} 05:00", zone), calendar).when
    assert next_night == When(local(f"{day} 02:30", zone) + timedelta(hours=23))
    with pytest.raises(TimeRefused, match="there is no 02:30"):
        read_past_time("2:30am", local(f"{day} 05:00", zone), calendar)


@pytest.mark.parametrize(("zone", "day", "evening_before"), AUTUMN)
def test_of_an_hour_that_comes_twice_the_first_is_meant_and_said(
    zone: ZoneInfo, day: str, evening_before: str
) -> None:
    calendar, now = Calendar(zone), local(evening_before, zone)
    twice = "01:30" if zone is CHICAGO else "02:30"
    reading = read_time_to_come(f"{day} {twice}", now, calendar)
    assert reading.when == When(local(f"{day} {twice}", zone))
    assert reading.notes == (f"the clocks go back then: the first {twice} of two",)
    in_4_hours = read_time_to_come("in 4 hours", now, calendar).when
    assert (
        in_4_hours
        == When(now + timedelta(hours=4))
        == When(datetime.fromisoformat(f"{day} 02:30").replace(tzinfo=zone, fold=1))
    )


def test_a_day_is_the_day_where_the_user_is() -> None:
    reading = read_time_to_come("tomorrow 9am", NOW, Calendar(ZoneInfo("Asia/Tokyo")))
    assert reading.when == When(datetime(2026, 11, 25, 0, 0, tzinfo=UTC))


def test_the_abbreviation_of_the_users_own_zone_is_their_clock() -> None:
    phoenix, july = Calendar(ZoneInfo("America/Phoenix")), datetime(2027, 7, 1, 15, 0, tzinfo=UTC)
    assert read_time_to_come("2pm MST", july, phoenix).when == When(datetime(2027, 7, 1, 21, 0, tzinfo=UTC))
    assert read_time_to_come("2pm EST", july, phoenix).notes == (
        "EST read as the clock there, which is on EDT then",
    )


def ordinal_suffix(number: int) -> str:
    """Return "st", "nd", "rd" or "th"."""
    return "th" if 11 <= number <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


coming_days = st.dates(date(2026, 11, 24), date(2028, 11, 1))
minutes_of_day = st.times().map(lambda found: found.replace(second=0, microsecond=0))
DAY_FORMS: tuple[Callable[[date], str], ...] = (
    lambda day: day.isoformat(),
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day.day} {MONTHS[day.month - 1][:3].lower()} {day.year}",
    lambda day: f"{MONTHS[day.month - 1]} {day.day}, {day.year}",
    lambda day: f"{WEEKDAYS[day.weekday()][:3]}, {day.day} {MONTHS[day.month - 1]} {day.year}",
    lambda day: f"{day.day}.{day.month}.{day.year}",
    lambda day: f"{day.month}/{day.day}/{day.year}",
    lambda day: f"{day.month}/{day.day}/{day:%y}",
    lambda day: f"in {(day - date(2026, 11, 23)).days} days",
    lambda day: f"the {day.day}{ordinal_suffix(day.day)} of {MONTHS[day.month - 1].lower()} {day.year}",
    lambda day: f"{WEEKDAYS[day.weekday()].lower()} {day.month}/{day.day}/{day.year}",
    lambda day: f"{day.day}.{day.month}.{day:%y}, {WEEKDAYS[day.weekday()]}",
    lambda day: f"on {day.day}-{MONTHS[day.month - 1][:3]}-{day.year}",
)
"""Forms of a day with its year, whichever day is today."""

NEAR_FORMS: tuple[Callable[[date], str], ...] = (
    lambda day: f"{WEEKDAYS[day.weekday()]}{'' if day < date(2026, 12, 1) else ' week'}",
    lambda day: f"{WEEKDAYS[day.weekday()][:3].lower()} the {day.day}{ordinal_suffix(day.day)}",
    lambda day: f"the {day.day}{ordinal_suffix(day.day)}",
    lambda day: f"{day.day}.{day.month}.",
    lambda day: f"{day.month}/{day.day}",
    lambda day: f"{MONTHS[day.month - 1][:3]} {day.day}",
    lambda day: f"{WEEKDAYS[day.weekday()]}, {day.day}. {MONTHS[day.month - 1]}",
    lambda day: f"{'this' if day < date(2026, 11, 30) else 'next'} week {WEEKDAYS[day.weekday()]}",
    lambda day: (
        f"a week {'today' if day == date(2026, 11, 30) else f'from {WEEKDAYS[day.weekday()]}'}"
        if day >= date(2026, 11, 30)
        else f"in {(day - date(2026, 11, 23)).days} days"
    ),
)
"""Forms of a day of the two weeks from the Monday that is today."""

CLOCK_FORMS: tuple[Callable[[time], str], ...] = (
    lambda at: f"{at:%H:%M}",
    lambda at: f"at {at:%H.%M}",
    lambda at: f"@ {at:%H}h{at:%M}",
    lambda at: f"{at.hour % 12 or 12}:{at:%M}{at:%p}",
    lambda at: f"{at.hour % 12 or 12}:{at:%M} {'a' if at.hour < 12 else 'p'}.m.",
)


@settings(modest, max_examples=50)
@given(coming_days, minutes_of_day, st.sampled_from(DAY_FORMS), st.sampled_from(CLOCK_FORMS), st.booleans())
def test_a_day_and_an_hour_written_in_any_form_are_read_back(
    day: date, at: time, day_form: Callable[[date], str], clock_form: Callable[[time], str], clock_first: bool
) -> None:
    clock = Calendar(UTC, month_first=lambda: True)
    words = [day_form(day), clock_form(at)]
    reading = read_time_to_come(" ".join(reversed(words) if clock_first else words), NOW, clock)
    assert reading.when == When(datetime.combine(day, at, UTC))
    assert read_time_to_come(day_form(day), NOW, clock).when == When(day)


@settings(modest, max_examples=50)
@given(
    st.dates(date(2026, 11, 24), date(2026, 12, 6)),
    minutes_of_day,
    st.sampled_from(NEAR_FORMS),
    st.sampled_from(CLOCK_FORMS),
)
def test_a_day_of_the_next_two_weeks_and_an_hour_written_in_any_form_are_read_back(
    day: date, at: time, day_form: Callable[[date], str], clock_form: Callable[[time], str]
) -> None:
    clock = Calendar(UTC, month_first=lambda: True)
    assert read_time_to_come(day_form(day), NOW, clock).when == When(day)
    reading = read_time_to_come(f"{day_form(day)} {clock_form(at)}", NOW, clock)
    assert reading.when == When(datetime.combine(day, at, UTC))


@settings(modest, max_examples=50)
@given(
    st.sampled_from([case[0] for case in READ if case[0]]), st.sampled_from(["maybe", "xyz", "%", "or", "–"])
)
def test_a_word_that_is_not_used_is_refused_and_quoted(words: str, unknown: str) -> None:
    for text in (f"{words} {unknown}", f"{unknown} {words}"):
        for read in (read_time_to_come, read_past_time):
            with pytest.raises(TimeRefused, match=unknown):
                read(text, NOW, US)


PIECES = [
    "mon",
    "fri",
    "4",
    "4th",
    "dec",
    "12/3",
    "12.",
    "14:00",
    "2pm",
    "at",
    "in",
    "on",
    "the",
    "a",
    "3",
    "2h",
    "days",
    "week",
    "next",
    "last",
    "of",
    "ago",
    "and",
    ",",
    "noon",
    "1400",
]


@settings(modest, max_examples=50)
@given(
    st.lists(st.sampled_from(PIECES), max_size=5).map(" ".join)
    | st.text("0123456789:/-. amptodyjnthufrie+²é", max_size=14)
)
def test_any_words_are_a_time_in_bounds_or_refused(words: str) -> None:
    for read, is_past in ((read_time_to_come, False), (read_past_time, True)):
        found = None
        with suppress(TimeRefused):
            found = read(words, NOW, US).when
        if found is not None:
            assert US.has_come(found, NOW) if is_past else not US.is_past(found, NOW)
            assert abs(US.day_of(found) - US.day_of(NOW)) <= timedelta(days=2 * 366)
