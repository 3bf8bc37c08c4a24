"""The user's country: the one in the settings, else that of the locale, else that of their phone number.

It decides which public holidays are no business days, and whether 12/3 begins with the month.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import msgspec


class Country(msgspec.Struct, frozen=True):
    """A country: its ISO 3166 `code` of two letters, empty if none is known, and how it is known."""

    code: str = ""
    origin: str = ""


def country_finder(
    configured: str, environ: Mapping[str, str] | None = None, file: str = "config.yaml"
) -> Callable[[str], Country]:
    """Return a function that finds the country of a user, given their phone number.

    It is the one `configured` in the settings, in a `file`; without one, that of the locale in `environ`, or
    of the number. The locale comes first because it is what the user's other programs write dates by. Without
    an `environ` only the settings count.
    """
    if configured or environ is None:
        known = Country(configured.upper(), f"set in {file}") if configured else Country()
        return lambda _phone: known
    local = locale_country(environ)
    by_phone: dict[str, Country] = {}

    def find(phone: str) -> Country:
        if local.code or not phone.startswith("+"):
            return local
        if phone not in by_phone:
            by_phone[phone] = phone_country(phone)
        return by_phone[phone]

    return find


def locale_country(environ: Mapping[str, str]) -> Country:
    """Return the country of the locale for times; none for C, POSIX, or a locale without a country.

    The first of LC_ALL, LC_TIME and LANG that is set counts (POSIX.1-2017, section 8.2).
    """
    name = next((name for name in ("LC_ALL", "LC_TIME", "LANG") if environ.get(name)), "")
    match = re.fullmatch(r"[a-z]{2,3}_([A-Z]{2})(?:[.@].*)?", environ.get(name, ""))
    return Country(match[1], f"from {name}={environ[name]}") if match else Country()


def phone_country(phone: str) -> Country:
    """Return the country of a phone number that begins with +; none if the number does not say."""
    import phonenumbers

    try:
        number = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return Country()
    code = phonenumbers.region_code_for_number(number)
    if code is None and number.country_code is not None:
        regions = phonenumbers.region_codes_for_country_code(number.country_code)
        code = regions[0] if len(regions) == 1 else None
    if code is None or not code.isalpha():  # 001 stands for numbers of no country
        return Country()
    return Country(code, "from your phone number")
