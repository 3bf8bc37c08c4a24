from __future__ import annotations

import msgspec
import pytest
from warmcall.domain.cadence import Cadence
from warmcall.domain.calling_hours import BadTime, bad_time_to_call

from tests.examples import CHICAGO, local


@pytest.mark.parametrize(
    ("at", "bad"),
    [
        ("2026-11-20 08:29", BadTime.OUTSIDE_HOURS),
        ("2026-11-20 08:30", None),
        ("2026-11-20 12:00", None),
        ("2026-11-20 17:30", None),
        ("2026-11-20 17:31", BadTime.OUTSIDE_HOURS),
        ("2026-11-21 12:00", BadTime.WEEKEND),
        ("2026-11-22 03:00", BadTime.WEEKEND),
    ],
)
def test_people_are_called_at_work_on_weekdays_within_working_hours(at: str, bad: BadTime | None) -> None:
    assert bad_time_to_call(local(at).astimezone(CHICAGO), Cadence()) == bad


@pytest.mark.parametrize(("start", "end"), [("9:00", "13:00"), ("09:00", "13:00"), (9 * 60, 13 * 60)])
def test_the_hours_can_be_changed_and_are_written_as_yaml_reads_a_time_of_day(
    start: str | int, end: str | int
) -> None:
    cadence = msgspec.convert({"call_from": start, "call_until": end}, Cadence)
    at = [local(f"2026-11-20 {hour}").astimezone(CHICAGO) for hour in ("08:59", "09:00", "13:00", "13:01")]
    assert [bad_time_to_call(time, cadence) is None for time in at] == [False, True, True, False]


@pytest.mark.parametrize("written", ["24:00", "noon", "8", "8:60", "", -1, 24 * 60])
def test_what_is_no_time_of_day_is_refused(written: str | int) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"call_from": written}, Cadence)
