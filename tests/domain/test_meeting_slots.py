from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from warmcall.domain.cadence import Cadence
from warmcall.domain.meeting_slots import OWN_HOURS, free_slots, slots_sentence

from tests.examples import CALENDAR, NOW, local

HOURS = Cadence().call_hours


@pytest.mark.parametrize(
    ("zone", "sentence"),
    [
        (
            "America/Chicago",
            "Tuesday 24 November at 10:00, Wednesday 25 November at 14:00 or Friday 27 November at 10:00",
        ),
        (
            "Asia/Tokyo",
            "Wednesday 25 November at 10:00 your time (Tuesday 19:00 mine), "
            "Thursday 26 November at 11:00 your time (Wednesday 20:00 mine) or "
            "Tuesday 1 December at 10:00 your time (Monday 19:00 mine)",
        ),
        (
            "",
            "Tuesday 24 November at 10:00, Wednesday 25 November at 14:00 or Friday 27 November at 10:00, "
            "Chicago time",
        ),
    ],
)
def test_three_times_are_offered_by_their_clock_and_by_mine(zone: str, sentence: str) -> None:
    theirs = ZoneInfo(zone) if zone else None
    slots = free_slots(NOW, CALENDAR, theirs, HOURS, ())
    assert slots_sentence(slots, CALENDAR, theirs) == sentence


@pytest.mark.parametrize("zone", ["Europe/London", "Asia/Kolkata", "Pacific/Auckland", "America/Los_Angeles"])
def test_each_time_is_one_of_work_for_them_and_of_the_day_for_me(zone: str) -> None:
    for slot in free_slots(NOW, CALENDAR, ZoneInfo(zone), HOURS, ()):
        assert HOURS[0] <= slot.astimezone(ZoneInfo(zone)).time() <= HOURS[1]
        assert slot.astimezone(ZoneInfo(zone)).weekday() < 5
        assert OWN_HOURS[0] <= CALENDAR.local(slot).time() <= OWN_HOURS[1]


def test_an_hour_that_is_taken_is_not_offered() -> None:
    taken = local("2026-11-24 10:30")
    first, *_ = free_slots(NOW, CALENDAR, None, HOURS, [taken])
    assert first == local("2026-11-24 14:00")


def test_without_three_times_there_is_a_gap() -> None:
    assert slots_sentence(free_slots(NOW, CALENDAR, None, HOURS, ())[:2], CALENDAR, None) == ""
