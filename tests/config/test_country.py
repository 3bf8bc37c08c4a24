from __future__ import annotations

import pytest
from warmcall.config.country import Country, country_finder

NOTHING = Country()


@pytest.mark.parametrize(
    ("environ", "code", "origin"),
    [
        ({"LANG": "en_US.UTF-8"}, "US", "from LANG=en_US.UTF-8"),
        ({"LANG": "de_DE@euro"}, "DE", "from LANG=de_DE@euro"),
        ({"LANG": "en_US.UTF-8", "LC_TIME": "en_GB.UTF-8"}, "GB", "from LC_TIME=en_GB.UTF-8"),
        ({"LANG": "en_US", "LC_TIME": "en_GB", "LC_ALL": "fr_CA"}, "CA", "from LC_ALL=fr_CA"),
        ({"LANG": "en_US", "LC_ALL": ""}, "US", "from LANG=en_US"),
        ({"LANG": "en_US", "LC_ALL": "C.UTF-8"}, "", ""),
        ({"LANG": "C"}, "", ""),
        ({"LANG": "POSIX"}, "", ""),
        ({"LANG": "en"}, "", ""),
        ({"LANG": "es_419.UTF-8"}, "", ""),
        ({"LC_CTYPE": "en_US.UTF-8"}, "", ""),
        ({}, "", ""),
    ],
)
def test_the_country_is_that_of_the_locale_for_times(environ: dict[str, str], code: str, origin: str) -> None:
    assert country_finder("", environ)("") == Country(code, origin)


@pytest.mark.parametrize(
    ("phone", "code"),
    [
        ("+1 312 555 0118", "US"), ("+1 416 555 0118", "CA"), ("+49 30 1234567", "DE"), ("+49 12345", "DE"),
        ("+44 20 7946 0018", "GB"), ("312 555 0118", ""), ("+", ""), ("+999 1234567", ""),
        ("+800 1234 5678", ""), ("+1 000 0000000", ""), ("", ""),
    ],
)  # fmt: skip
def test_without_a_country_in_the_locale_the_phone_number_decides(phone: str, code: str) -> None:
    found = country_finder("", {"LANG": "C.UTF-8"})(phone)
    assert found == (Country(code, "from your phone number") if code else NOTHING)


def test_the_settings_come_first_then_the_locale() -> None:
    assert country_finder("de", {"LANG": "en_US"})("+44 20 7946 0018") == Country("DE", "set in config.yaml")
    assert country_finder("", {"LANG": "en_US"})("+44 20 7946 0018").code == "US"
    assert country_finder("")("+44 20 7946 0018") == NOTHING
