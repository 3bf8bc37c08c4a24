from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import tzlocal
from warmcall.config.country import country_finder
from warmcall.config.zones import machine_zone
from warmcall.domain.business_days import usual_noon
from warmcall.domain.store import Store
from warmcall.services.boot_clock import BootClock
from warmcall.services.clock import SystemClock, Timekeeper, holidays_of

from tests.conftest import FakeClock
from tests.examples import profile


def test_the_zone_is_that_of_the_settings_else_the_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tzlocal, "get_localzone", lambda: ZoneInfo("Asia/Tokyo"))
    assert machine_zone("")() == ZoneInfo("Asia/Tokyo")
    assert machine_zone("Europe/Berlin")() == ZoneInfo("Europe/Berlin")
    assert machine_zone("Nowhere/Land")() == ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize(
    ("in_profile", "zone"), [("America/Denver", "America/Denver"), ("", "Asia/Tokyo"), ("gone", "Asia/Tokyo")]
)
def test_the_zone_of_the_profile_comes_first(in_profile: str, zone: str) -> None:
    store = Store([profile(zone=in_profile)])
    timekeeper = Timekeeper(FakeClock(), store, machine_zone("Asia/Tokyo"), country_finder(""), usual_noon)
    assert timekeeper.calendar.zone == ZoneInfo(zone)


def test_a_machine_that_does_not_know_its_zone_is_on_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("TZ is a mess")

    monkeypatch.setattr(tzlocal, "get_localzone", broken)
    assert machine_zone("")() is UTC


def test_the_calendar_has_the_noon_of_the_cadence() -> None:
    assert (
        Timekeeper(FakeClock(), Store(), lambda: UTC, country_finder(""), lambda: 17).calendar.noon_hour()
        == 17
    )


@pytest.mark.parametrize(
    ("country", "day", "name"),
    [
        ("US", date(2026, 11, 26), "Thanksgiving Day"),
        ("US", date(2026, 11, 27), ""),
        ("US", date(2026, 7, 3), "Independence Day (observed)"),
        ("GB", date(2026, 12, 25), "Christmas Day"),
        ("GB", date(2026, 11, 26), ""),
        ("DE", date(2027, 5, 1), "Labor Day"),
        ("FR", date(2026, 7, 14), "National Day"),
        ("", date(2026, 12, 25), ""),
        ("XX", date(2026, 12, 25), ""),
        ("nonsense", date(2026, 12, 25), ""),
    ],
)
def test_the_holidays_are_those_of_the_country_named_in_english(country: str, day: date, name: str) -> None:
    assert holidays_of(country)(day) == name


def test_of_all_countries_only_the_one_asked_for_is_imported() -> None:
    code = (
        "import sys; from datetime import date; from warmcall.services.clock import holidays_of;"
        "holidays_of('US')(date(2026, 12, 25)); holidays_of('US')(date(2027, 1, 1));"
        "print(*[name for name in sys.modules if name.startswith('holidays.countries.')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["holidays.countries.united_states"]


def test_the_clock_of_the_machine_is_in_utc() -> None:
    assert SystemClock().now().utcoffset() == timedelta()


def test_the_clocks_of_the_machine_agree_and_name_the_boot_they_count_from() -> None:
    clock = SystemClock()
    first, later = clock.read(), SystemClock().read()
    assert first.same_boot(later)
    assert first.since_boot > timedelta()
    assert abs(first.set_until(later)) < timedelta(seconds=1)
    assert clock.read().boot_id == first.boot_id


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b"", b" \n"])
def test_a_machine_without_a_boot_id_goes_by_its_wall_clock(content: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "boot_id"
    if content is not None:
        file.write_bytes(content)
    reading = SystemClock(BootClock("linux", file)).read()
    assert (reading.boot_id, reading.since_boot) == ("", timedelta())


@pytest.mark.parametrize(
    ("platform", "release", "boot"),
    [
        ("linux", "6.1.0-18-amd64\n", "4b3f"),
        ("linux", "5.15.167.4-microsoft-standard-WSL2\n", ""),
        ("darwin", "", "A1-B2"),
    ],
)
def test_the_clock_of_each_system_goes_on_while_it_sleeps_or_is_not_used(
    platform: str, release: str, boot: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"boot_id": "4b3f\n", "release": release}
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    asked: list[int] = []

    def clock_gettime_ns(clock: int) -> int:
        asked.append(clock)
        return 7_000_000_000

    monkeypatch.setattr(time, "clock_gettime_ns", clock_gettime_ns)
    sysctl = {b"kern.bootsessionuuid": b"A1-B2\0"}.__getitem__
    clock = BootClock(platform, tmp_path / "boot_id", tmp_path / "release", sysctl)
    reading = SystemClock(clock).read()
    assert reading.boot_id == boot
    assert reading.since_boot == timedelta(seconds=7 if boot else 0)
    assert set(asked) == {time.CLOCK_MONOTONIC if platform == "darwin" else time.CLOCK_BOOTTIME}


class _StoppedOnce(BootClock):
    """A clock of which the process looks twice with a long pause between, and not later."""

    def __init__(self, first: timedelta, later: timedelta) -> None:
        super().__init__()
        self._looks, self._later = iter([first, first]), later

    def read(self) -> timedelta:
        return next(self._looks, self._later)


def test_a_pause_of_the_process_between_two_clocks_is_no_clock_that_was_set() -> None:
    later = timedelta(seconds=1)
    last = later + timedelta(seconds=30)
    assert SystemClock(_StoppedOnce(later, last)).read().since_boot == last


@pytest.mark.parametrize(
    ("country", "month_first"),
    [
        ("US", True), ("us", True), ("PH", True), ("PR", True), ("JP", True), ("HU", True),
        ("GB", False), ("DE", False), ("CA", False), ("IN", False), ("", False), ("XX", False),
    ],
)  # fmt: skip
def test_whether_the_month_comes_first_is_the_custom_of_the_country(country: str, month_first: bool) -> None:
    calendar = Timekeeper(FakeClock(), Store(), lambda: UTC, country_finder(country), usual_noon).calendar
    assert calendar.month_first() is month_first
