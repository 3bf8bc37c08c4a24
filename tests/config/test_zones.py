from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from warmcall.config.zones import zone_named


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
