"""The time of a change, by which two machines agree which one is later, however wrong their clocks are.

A stamp is the time of a hybrid logical clock and the session that made the change. The clock shows the time
of day as long as that is later than all it has seen, and counts on from the latest time seen otherwise, so
that a change made with another one in view is always the later of the two (Kulkarni et al., "Logical Physical
Clocks", 2014). The time seen last is kept in the table `meta` of the state file.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

_COUNTER_BITS = 16
"""How many bits of a time count the changes within one millisecond, and those after a clock went back."""

TIME_DIGITS = 15
"""How many hexadecimal digits a time has: 44 bits of milliseconds since 1970, until the year 2527, and the
counter. Times of one length are compared as texts."""

SESSION_DIGITS = 8
"""How many characters of a stamp name the session."""


def clock_time(at: datetime) -> str:
    """Return the time of the clock for an aware instant; the earliest one for an instant before 1970."""
    milliseconds = max(0, int(at.timestamp() * 1000))
    return f"{milliseconds << _COUNTER_BITS:0{TIME_DIGITS}x}"[-TIME_DIGITS:]


def next_time(seen: str, at: datetime) -> str:
    """Return the time of a change made `at` that instant by the machine's clock, `seen` being the last."""
    counted = f"{int(seen or '0', 16) + 1:0{TIME_DIGITS}x}"
    return max(counted, clock_time(at))


def stamp(time: str, session: str) -> str:
    """Return the stamp of a change at a time of the clock; with the hash of a long name of a session."""
    if len(session) != SESSION_DIGITS or not session.isalnum():
        session = name_of(session)
    return f"{time}{session}"


def name_of(text: str) -> str:
    """Return a name for a session that is known by some other text: the same for the same text."""
    from hashlib import blake2s  # only what writes asks for it

    return blake2s(text.encode("utf-8", "surrogatepass")).hexdigest()[:SESSION_DIGITS]


def earlier(stamp_: str, by: timedelta) -> str:
    """Return the time of the clock so much before a stamp."""
    milliseconds = (int(stamp_[:TIME_DIGITS], 16) >> _COUNTER_BITS) - int(by.total_seconds() * 1000)
    return f"{max(0, milliseconds) << _COUNTER_BITS:0{TIME_DIGITS}x}"


def session_of(stamp_: str) -> str:
    """Return the session of a stamp."""
    return stamp_[TIME_DIGITS:]


def joined(*lists: Iterable[str]) -> list[str]:
    """Return the latest stamp of each session in any of the lists, the latest of all first."""
    latest: dict[str, str] = {}
    for found in (found for stamps in lists for found in stamps):
        session = session_of(found)
        latest[session] = max(found, latest.get(session, ""))
    return sorted(latest.values(), reverse=True)


def covers(stamps: Iterable[str], stamp_: str) -> bool:
    """Return whether a side that knows `stamps` has seen the change with that stamp.

    It has if it knows that change, or a later one of its session: a session writes to one file, in order, so
    that whoever has the later change has had the earlier one.
    """
    session = session_of(stamp_)
    return any(session_of(known) == session and known >= stamp_ for known in stamps)
