"""Checks of what people type: each returns what is wrong in a few words, empty if nothing is."""

from __future__ import annotations

import re

from warmcall.config.zones import zone_named

_EMAIL = re.compile(r"[^@\s<>()\[\],;:\"]+@[^@\s<>()\[\],;:\".]+(\.[^@\s<>()\[\],;:\".]+)+")
_PHONE = re.compile(r"\+?[0-9 ().\-/]+(\s*(x|ext\.?|#)\s*[0-9]+)?", re.IGNORECASE)
_MINUTES = range(5, 121)


def email_problem(text: str) -> str:
    """Return why `text` cannot be an email address; it may be empty."""
    text = text.strip()
    if not text or (_EMAIL.fullmatch(text) and len(text) <= 254):
        return ""
    return "an email looks like name@place.org" if "@" in text else "an email has an @ in it"


def phone_problem(text: str, country: str) -> str:
    """Return why `text` cannot be a phone number; it may be empty.

    With a `country`, or a leading +, the number is checked against the lengths of that country's numbers.
    """
    text = text.strip()
    if not text:
        return ""
    if not _PHONE.fullmatch(text):
        return "only figures, spaces and + ( ) - /"
    figures = sum(character.isdigit() for character in text)
    if figures < 3:
        return "too short for a phone number"
    long = "too long for a phone number" if figures > 20 else ""
    if not text.startswith("+") and not country:
        return long
    import phonenumbers

    region = country.upper() if country.upper() in phonenumbers.SUPPORTED_REGIONS else None
    if not text.startswith("+") and region is None:
        return long
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return "no country has a number like this"
    reason = phonenumbers.is_possible_number_with_reason(number)
    words = phonenumbers.ValidationResult
    if reason == words.TOO_SHORT:
        return "too short for a phone number"
    if reason == words.TOO_LONG:
        return "too long for a phone number"
    return "no country has a number like this" if reason == words.INVALID_COUNTRY_CODE else ""


def minutes_problem(text: str) -> str:
    """Return why `text` cannot be the minutes asked for; it may be empty."""
    text = text.strip()
    if not text or (text.isascii() and text.isdigit() and len(text) <= 3 and int(text) in _MINUTES):
        return ""
    return f"minutes: a number from {_MINUTES.start} to {_MINUTES.stop - 1}"


def zone_problem(text: str) -> str:
    """Return why `text` cannot be a time zone; it may be empty."""
    text = text.strip()
    if not text or zone_named(text) is not None:
        return ""
    return "a zone looks like Europe/Berlin"
