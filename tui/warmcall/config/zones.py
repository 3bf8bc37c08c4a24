"""Time zones: by name, from the machine's or the packaged zone files, and the machine's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo


def zone_named(name: str) -> tzinfo | None:
    """Return the time zone with that IANA name; None if there is none, as a zone is never guessed."""
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None


def machine_zone(configured: str) -> Callable[[], tzinfo]:
    """Return a function that finds the zone named in the settings, else the machine's."""

    def find() -> tzinfo:
        chosen = zone_named(configured)
        if chosen is not None:
            return chosen
        import tzlocal

        try:
            local: tzinfo = tzlocal.get_localzone()
        except Exception:  # a broken TZ or /etc/localtime raises whatever it likes; UTC is then right
            return UTC
        return local

    return find
