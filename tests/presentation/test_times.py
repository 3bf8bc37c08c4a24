from __future__ import annotations

from zoneinfo import ZoneInfo

import msgspec
import pytest
from warmcall.domain.time_words import read_time_to_come
from warmcall.presentation.times import understood

from tests.examples import CALENDAR, NOW

US = msgspec.structs.replace(CALENDAR, month_first=lambda: True)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("words", "their_zone", "hour", "line"),
    [
        ("tue 2pm", None, "", "Tuesday 24 November, 14:00 your time"),
        ("tue 2pm", CALENDAR.zone, "", "Tuesday 24 November, 14:00 your time"),
        ("tue 2pm", BERLIN, "", "Tuesday 24 November, 14:00 your time · 21:00 theirs"),
        ("tue 6pm", BERLIN, "", "Tuesday 24 November, 18:00 your time · Wed 25 Nov, 01:00 theirs"),
        ("tue", BERLIN, "", "Tuesday 24 November"),
        ("tue", None, "14:00", "Tuesday 24 November, 14:00"),
        ("sat 2pm", None, "", "Saturday 28 November, 14:00 your time: a weekend"),
        ("5.12.", None, "", "Saturday 5 December: a weekend"),
        ("thu", None, "09:00", "Thursday 26 November, 09:00: Thanksgiving Day"),
        ("12/3 2:30pm", None, "", "Thursday 3 December, 14:30 your time; 12 March 2027 is “12.3.”"),
        ("12.3.", None, "", "Friday 12 March 2027"),
        ("tue at 2", None, "", "Tuesday 24 November, 14:00 your time; 02:00 is “2am”"),
    ],
)
def test_what_was_understood_is_said_with_weekday_and_hour(
    words: str, their_zone: ZoneInfo | None, hour: str, line: str
) -> None:
    assert understood(read_time_to_come(words, NOW, US), NOW, US, their_zone, hour) == line
