from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from warmcall.domain.clock_reading import ClockReading

from tests.examples import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FIRST = ClockReading(NOW, "boot", DAY)


@pytest.mark.parametrize(
    ("later", "moment", "set_by"),
    [
        (ClockReading(NOW + HOUR, "boot", DAY + HOUR), NOW + HOUR, timedelta()),
        (ClockReading(NOW, "boot", DAY + HOUR), NOW + HOUR, -HOUR),
        (ClockReading(NOW + 3 * HOUR, "boot", DAY + HOUR), NOW + HOUR, 2 * HOUR),
        (ClockReading(NOW - HOUR, "another", DAY + HOUR), NOW - HOUR, timedelta()),
        (ClockReading(NOW + 2 * HOUR, "boot", HOUR), NOW + 2 * HOUR, timedelta()),
        (ClockReading(NOW + 2 * HOUR, ""), NOW + 2 * HOUR, timedelta()),
    ],
)
def test_on_one_boot_the_wall_clock_moves_no_moment_and_elsewhere_it_is_all_there_is(
    later: ClockReading, moment: datetime, set_by: timedelta
) -> None:
    assert FIRST.instant_of(later) == moment
    assert FIRST.set_until(later) == set_by


def test_machines_without_a_boot_id_are_never_on_the_same_boot() -> None:
    assert not ClockReading(NOW).same_boot(ClockReading(NOW + HOUR))


def test_a_reading_of_the_last_day_of_all_breaks_nothing() -> None:
    last = ClockReading(datetime.max.replace(tzinfo=UTC), "boot", DAY)
    assert last.instant_of(ClockReading(NOW, "boot", DAY + HOUR)) == NOW
