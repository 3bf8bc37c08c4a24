"""Time zones by name, from the machine's or the packaged zone files."""

from __future__ import annotations

from datetime import tzinfo
from zoneinfo import ZoneInfo


def zone_named(name: str) -> tzinfo | None:
    """Return the time zone with that IANA name; None if there is none, as a zone is never guessed."""
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None
