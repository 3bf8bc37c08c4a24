"""Time zones: by name, from the machine's or the packaged zone files, and the machine's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones


def zone_named(name: str) -> tzinfo | None:
    """Return the time zone with that IANA name; None if there is none, as a zone is never guessed."""
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None


def zones_called(words: str, most: int) -> list[str]:
    """Return at most `most` IANA names of zones that have all `words`, those first whose city begins so.

    "chicago" finds America/Chicago, and "new york" America/New_York.
    """
    wanted = words.casefold().replace("_", " ").replace("/", " ").split()
    phrase = " ".join(wanted)
    ranked = sorted(
        (not city.startswith(phrase), name.startswith("Etc/") or "/" not in name, name)
        for name in _zone_names()
        if all(word in (readable := name.casefold().replace("_", " ")) for word in wanted)
        for city in [readable.rpartition("/")[2]]
    )
    return [name for *_, name in ranked[:most]]


@cache
def _zone_names() -> frozenset[str]:
    """Return the names of all zones of this machine, read once when the first is looked for."""
    return frozenset(available_timezones())


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
