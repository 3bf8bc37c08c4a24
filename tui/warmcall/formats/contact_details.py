"""Phone numbers and email addresses as people write them: made plain, and checked.

A check returns what is wrong in a few words, empty if nothing is.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

from warmcall.domain.sanitize import plain_line

_EMAIL = re.compile(r"[^@\s<>()\[\],;:\"]+@[^@\s<>()\[\],;:\".]+(\.[^@\s<>()\[\],;:\".]+)+")
_PHONE = re.compile(r"\+?[0-9 ().\-/]+(\s*[,;]?\s*(x|ext\.?|extension|#)\s*[0-9]+)?", re.IGNORECASE)


def plain_email(text: str) -> str:
    """Return an email address without what nobody sees and without the start of a link to it."""
    return plain_line(text).removeprefix("mailto:")


def plain_phone(text: str) -> str:
    """Return a phone number in plain figures and signs, without the parts of a link to it (RFC 3966).

    "tel:+1-312-555-0142;ext=77" becomes "+1-312-555-0142 ext. 77".
    """
    text = _plain_figures(plain_line(text))
    if text[:4].lower() == "tel:":
        text = unquote(text[4:])
    number, *parameters = re.split(r"\s*;\s*(?=[A-Za-z-]+=)", text)
    values = {name.lower(): value for name, _, value in (part.partition("=") for part in parameters)}
    return f"{number} ext. {values['ext']}" if "ext" in values else number


def _plain_figures(text: str) -> str:
    """Return `text` with the figures of every script as 0 to 9, and every dash as a hyphen."""
    if text.isascii():
        return text
    plain = []
    for letter in unicodedata.normalize("NFKC", text):
        figure = unicodedata.decimal(letter, None)
        dash = unicodedata.category(letter) == "Pd" or letter == "\N{MINUS SIGN}"
        plain.append("-" if dash else letter if figure is None else str(figure))
    return "".join(plain).strip()


def email_problem(text: str) -> str:
    """Return why `text` cannot be an email address; it may be empty."""
    text = plain_email(text)
    if not text:
        return ""
    if not _EMAIL.fullmatch(text) or len(text) > 254:
        return "an email looks like name@place.org" if "@" in text else "an email has an @ in it"
    host = text.rpartition("@")[2]
    if host.isascii() and "xn--" not in host.lower():
        return ""
    from warmcall.formats.mail import ascii_domain

    try:
        ascii_domain(host)
    except ValueError as error:
        return str(error)
    return ""


def phone_problem(text: str, country: str) -> str:
    """Return why `text` cannot be a phone number; it may be empty.

    With a `country`, or a leading +, the number is checked against the lengths of that country's numbers.
    """
    text = plain_phone(text)
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
