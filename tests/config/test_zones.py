from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from warmcall.config.zones import zone_named, zones_called


@pytest.mark.parametrize("name", ["America/Chicago", "Asia/Kolkata", "UTC"])
def test_a_zone_is_known_by_its_name(name: str) -> None:
    assert zone_named(name) == ZoneInfo(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Chicago",
        "America",
        "America/Nowhere",
        "../../etc/passwd",
        "/etc/localtime",
        "a\x00",
        "ä",
        "\ud800",
    ],
)
def test_an_unknown_zone_is_not_guessed(name: str) -> None:
    assert zone_named(name) is None


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Chicago", "America/Chicago"), ("new york", "America/New_York"), ("new_y", "America/New_York"),
        ("america/chi", "America/Chicago"), ("kolk", "Asia/Kolkata"), ("são", None), ("nowhere", None),
    ],
)  # fmt: skip
def test_a_zone_is_found_by_the_beginning_of_its_city(words: str, first: str | None) -> None:
    assert next(iter(zones_called(words, 5)), None) == first
