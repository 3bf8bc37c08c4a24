"""What people type and paste into fields: made plain, and checked.

A check returns what is wrong in a few words, empty if nothing is.
"""

from __future__ import annotations

from warmcall.config.zones import zone_named
from warmcall.domain.sanitize import plain_line, visible
from warmcall.formats.contact_details import plain_email, plain_phone

_MINUTES = range(5, 121)


def plain_field(name: str, text: str) -> str:
    """Return what was typed or pasted into the field `name` as it is kept."""
    if name == "phone":
        return plain_phone(text)
    if name == "email":
        return plain_email(text)
    return visible(text).strip() if name == "notes" else plain_line(text)


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
